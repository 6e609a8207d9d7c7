import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect } from "react";
import type { Command } from "../../commands/schemas.ts";
import type { Notice } from "../../state/stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { JobCard } from "../models/job-card.tsx";
import { useRun } from "../use-run.ts";
import "./overlays.css";

const ICONS = { info: Info, good: CircleCheck, error: CircleAlert } as const;
/** Good news and hints leave by themselves; an error stays until it has been read. */
const STAY_MS = 6000;
/** Longer where something can still be done about it. */
const STAY_TO_ACT_MS = 15_000;

/** What can be done about it there and then; done, the notice leaves. */
function NoticeAction({ id, action }: { id: number; action: NonNullable<Notice["action"]> }) {
  const { run } = useTwin();
  const { t } = useWords();
  const act = async () => {
    try {
      for (const command of action.commands) await run(command as Command);
      await run({ type: "dismiss-notice", id });
    } catch {
      // the door has told why
    }
  };
  return <Button onPress={act}>{t.maybe(action.key, action.key)}</Button>;
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useWords();
  const run = useRun();
  const Icon = ICONS[notice.tone];
  const { id, tone, action } = notice;
  const stayMs = action ? STAY_TO_ACT_MS : STAY_MS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: run is made anew on each render and does the same
  useEffect(() => {
    if (tone === "error") return;
    const timer = setTimeout(() => run({ type: "dismiss-notice", id }), stayMs);
    return () => clearTimeout(timer);
  }, [id, tone, stayMs]);
  return (
    <div className="lt-notice lt-glass" data-tone={tone} role={tone === "error" ? "alert" : undefined}>
      <Icon className="lt-icon" aria-hidden />
      <p>{t.maybe(notice.key, notice.detail ?? notice.key, notice.params)}</p>
      {action && <NoticeAction id={id} action={action} />}
      <IconButton label={t("action.close")} icon={X} onPress={() => run({ type: "dismiss-notice", id })} />
    </div>
  );
}

/** Jobs have their card in the model list; here they show while that list is out of sight. */
function useHiddenJobs() {
  const { stores } = useTwin();
  const jobs = useStore(stores.jobs, (state) => state.jobs);
  const { mode, panels } = useStore(stores.ui, (state) => state);
  const isCloseUp = useStore(stores.models, (state) => state.open !== null);
  const isListShown = mode === "explore" && panels.left && !isCloseUp;
  const isPresenting = mode === "present";
  return jobs.filter(
    (job) =>
      !isPresenting &&
      (job.kind !== "ifc" || !isListShown) &&
      (job.state === "running" || (job.state === "failed" && job.kind !== "data")),
  );
}

/** What happened and what runs, said aloud for screen readers. */
export function Notices() {
  const { stores } = useTwin();
  const { t } = useWords();
  const notices = useStore(stores.notices, (state) => state.notices);
  const jobs = useHiddenJobs();
  return (
    <section className="lt-notices" data-region aria-label={t("notices.label")} aria-live="polite">
      {jobs.map((job) => (
        <div key={job.id} className="lt-notice-job lt-glass">
          <JobCard job={job} />
        </div>
      ))}
      {notices.slice(-4).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}
