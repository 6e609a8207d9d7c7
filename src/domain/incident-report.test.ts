import { expect, it } from "vitest";
import type { IncidentCommand } from "./incident.ts";
import { IncidentLog } from "./incident-log.ts";
import { summarize } from "./incident-report.ts";

const T = Date.parse("2026-07-22T02:30:00Z");
const MINUTE = 60_000;

it("adds up phases, levels, people and how long nobody had acknowledged", () => {
  const log = new IncidentLog();
  const steps: [number, string, IncidentCommand][] = [
    [
      0,
      "王",
      {
        type: "incident.open",
        incidentId: "I",
        title: { zh: "水", en: "Water" },
        alertIds: [],
        warningLevel: 3,
      },
    ],
    [2, "system", { type: "incident.escalate", incidentId: "I" }],
    [3, "李", { type: "incident.acknowledge", incidentId: "I" }],
    [4, "李", { type: "incident.moveTo", incidentId: "I", phase: "verify" }],
    [5, "李", { type: "incident.setWarningLevel", incidentId: "I", level: 1 }],
    [6, "李", { type: "incident.setWarningLevel", incidentId: "I", level: 2 }],
    [7, "李", { type: "incident.setResponseLevel", incidentId: "I", level: 4 }],
    [9, "王", { type: "incident.moveTo", incidentId: "I", phase: "close" }],
  ];
  for (const [minute, actor, command] of steps) log.run(command, actor, T + minute * MINUTE);
  expect(summarize(log.incidents.get("I")!, log.entries)).toEqual({
    fromMs: T,
    untilMs: T + 9 * MINUTE,
    phases: [
      { phase: "monitor", fromMs: T, untilMs: T + 4 * MINUTE, by: "王" },
      { phase: "verify", fromMs: T + 4 * MINUTE, untilMs: T + 9 * MINUTE, by: "李" },
      { phase: "close", fromMs: T + 9 * MINUTE, untilMs: null, by: "王" },
    ],
    acknowledgedAfterMs: 3 * MINUTE,
    escalations: 1,
    worstWarning: 1,
    worstResponse: 4,
    people: ["王", "system", "李"],
  });
});
