import { Radio } from "lucide-react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import "./past-frame.css";

/** While it is not the present that is shown: a frame round everything and a badge with the time, so that no picture of it is mistaken. */
export function PastFrame() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { mode, atMs, branch, packageName } = useStore(stores.timeline, (state) => state);
  if (mode === "live" || atMs === null) return null;
  const isBranch = mode === "branch";
  const kind = isBranch ? "SIMULATED" : "RECORDED";
  const day = format.dateTime(atMs).replace(/\s\S+$/, "");
  return (
    <div className="lt-past" data-mode={mode}>
      <div
        className="lt-past-badge"
        data-region="first"
        role="status"
        title={branch ? t("timeline.badge.from", { time: format.time(branch.fromMs) }) : undefined}
      >
        <ProvenanceMark kind={kind} size={16} />
        <b>
          {t(isBranch ? "timeline.badge.branch" : "timeline.badge.past")} {kind}
        </b>
        <time dateTime={new Date(atMs).toISOString()}>
          {day} {format.time(atMs)}
        </time>
        <small>{t("timeline.zone")}</small>
        {packageName && <small>{t("timeline.badge.package", { name: packageName })}</small>}
        <Button icon={Radio} onPress={() => run({ type: "go-live" })}>
          {t("command.go-live")}
        </Button>
      </div>
    </div>
  );
}
