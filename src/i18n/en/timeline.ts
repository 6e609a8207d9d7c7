import type { timeline as zh } from "../zh-CN/timeline.ts";

export const timeline: Readonly<Record<keyof typeof zh, string>> = {
  "timeline.title": "Timeline",
};
