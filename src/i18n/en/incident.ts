import type { incident as zh } from "../zh-CN/incident.ts";

export const incident: Readonly<Record<keyof typeof zh, string>> = {
  "incident.title": "Incidents",
};
