import { X } from "lucide-react";
import { Label, ProgressBar } from "react-aria-components";
import type { Job } from "../../domain/job.ts";
import { useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import "./job-card.css";

function JobProgress({ job }: { job: Job }) {
  const { t, format } = useWords();
  const isKnown = job.total > 0;
  const ratio = isKnown ? Math.min(1, job.done / job.total) : 0;
  return (
    <ProgressBar value={job.done} maxValue={isKnown ? job.total : 1} isIndeterminate={!isKnown}>
      <div className="lt-progress-words">
        <Label>
          {t.maybe(`job.stage.${job.stage}`, job.stage)}
          {job.partsShown !== undefined && ` · ${t("job.parts")}`}
        </Label>
        {isKnown && (
          <span>{t("job.counted", { done: format.number(job.done), total: format.number(job.total) })}</span>
        )}
      </div>
      <div className="lt-progress-track" data-unknown={!isKnown}>
        <span style={isKnown ? { transform: `scaleX(${ratio})` } : undefined} />
      </div>
    </ProgressBar>
  );
}

/** One piece of work: what, how far, and how to stop it. */
export function JobCard({ job }: { job: Job }) {
  const { t } = useWords();
  const run = useRun();
  const isRunning = job.state === "running";
  return (
    <div className="lt-job" data-state={job.state}>
      <div className="lt-job-head">
        <span className="lt-ellipsis" title={job.subject}>
          {job.subject}
        </span>
        {isRunning ? (
          <Button tone="quiet" onPress={() => run({ type: "cancel-job", id: job.id })}>
            {t("action.cancel")}
          </Button>
        ) : (
          <IconButton
            label={t("action.dismiss")}
            icon={X}
            onPress={() => run({ type: "dismiss-job", id: job.id })}
          />
        )}
      </div>
      {isRunning && <JobProgress job={job} />}
      {job.state === "failed" && (
        <p className="lt-job-error" role="alert">
          {job.error ? t.error(job.error) : t("job.state.failed")}
        </p>
      )}
    </div>
  );
}
