import type { Effects } from "./effect.ts";

type DataCommand = "open-files" | "choose-files" | "read-layer-as" | "restore-layer";

/** Effects of the commands about files of the user's own. */
export const DATA_EFFECTS: Effects<DataCommand> = {
  "open-files": ({ sources, ...reading }, { ports }) => ports.openFiles(sources, reading),
  "choose-files": (_args, { ports }) => ports.chooseFiles(),
  "read-layer-as": ({ id, ...reading }, { ports }) => ports.readLayerAs(id, reading),
  "restore-layer": ({ id }, { ports }) => ports.restoreLayer(id),
};
