import type { Effects } from "./effect.ts";

type TimelineCommand =
  | "go-live"
  | "go-to-time"
  | "play-timeline"
  | "pause-timeline"
  | "branch-timeline"
  | "leave-branch"
  | "export-package"
  | "import-package"
  | "close-package";

/** Effects of the commands about the past and what-ifs. */
export const TIMELINE_EFFECTS: Effects<TimelineCommand> = {
  "go-live": (_args, { ports }) => ports.goLive(),
  "go-to-time": ({ timeMs }, { ports }) => ports.goToTime(timeMs),
  "play-timeline": ({ speed }, { ports }) => ports.playTimeline(speed),
  "pause-timeline": (_args, { ports }) => ports.pauseTimeline(),
  "branch-timeline": (_args, { ports }) => ports.branchTimeline(),
  "leave-branch": (_args, { ports }) => ports.leaveBranch(),
  "export-package": ({ incidentId }, { ports }) => ports.exportPackage(incidentId),
  "import-package": ({ source }, { ports }) => ports.importPackage(source),
  "close-package": (_args, { ports }) => ports.closePackage(),
};
