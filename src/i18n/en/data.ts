import type { data as zh } from "../zh-CN/data.ts";

export const data: Readonly<Record<keyof typeof zh, string>> = {
  "data.size": "Cells",
  "data.heights": "heights as given",
  "data.features": "{count} {count#feature|features}",
  "data.refused": "{count} not shown",
  "data.format": "Format",
  "data.file": "File",
  "data.loaded": "Loaded",
  "data.crs": "Coordinates",
  "data.count": "Features",
  "data.issues": "Issues ({count})",
  "data.moreIssues": "The first hundred of each kind are listed.",
  "data.kept": "Kept on this computer: it is here when the page is opened again.",
  "data.notKept": "Too large to keep: it goes when the page is closed.",
  "data.gcj02": "Read as GCJ-02",
  "data.untitled": "Feature {number}",
  "data.noAttributes": "This feature has no attributes.",
  "data.open": "Open file",
  "data.removed": "“{name}” is removed.",
  "data.undo": "Undo",
};
