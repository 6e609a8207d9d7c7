import { describe, expect, it } from "vitest";
import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import { CAP_NOW, capDraft } from "./cap.fixture.ts";
import { checkCapDraft } from "./cap-check.ts";
import { type CapDraftInput, draftCap } from "./cap-draft.ts";
import { issueCap } from "./cap-writer.ts";
import type { Incident } from "./incident.ts";
import type { Zone } from "./response.ts";

const provenance = { kind: "SIMULATED", source: "s" } as const;
const incident: Incident = {
  id: "I",
  title: { zh: "青年大街积水", en: "Water on Qingnian Street" },
  phase: "warn",
  openedMs: CAP_NOW,
  closedMs: null,
  alertIds: ["a"],
  acknowledged: null,
  assignee: null,
  warningLevel: 2,
  responseLevel: null,
  eventGrade: null,
  origin: { kind: "rule", id: "deep" },
  area: null,
  provenance: null,
  views: [],
  notes: [],
  escalation: 0,
  waitingSinceMs: CAP_NOW,
  issued: [],
};
const rule: AlertRule = {
  id: "deep",
  title: { zh: "积水达到涉水风险深度", en: "Standing water deep enough to stall cars" },
  level: 3,
  kind: "water",
  when: { type: "threshold", direction: "above", raise: 1, clear: 0, holdS: 0 },
};
const alert: RuleAlert = {
  id: "a",
  ruleId: "deep",
  level: 3,
  subject: "W1",
  sensorIds: ["W1"],
  raisedMs: CAP_NOW,
  clearedMs: null,
  evidence: [{ sensorId: "W1", timeMs: CAP_NOW, value: 31 }],
  longitudeDeg: 123.4,
  latitudeDeg: 41.8,
};
const zone: Zone = {
  id: "z",
  kind: "evacuation",
  title: { zh: "疏散区", en: "Evacuation zone" },
  ring: [
    [123.4, 41.7],
    [123.5, 41.7],
    [123.5, 41.8],
  ],
  incidentId: "I",
  origin: "drawn",
  provenance,
};
const input = (part: Partial<CapDraftInput> = {}): CapDraftInput => ({
  incident,
  alerts: [{ rule, alert }],
  warnings: [],
  zones: [],
  sensorName: () => ({ zh: "青年大街地道桥", en: "Qingnian underpass" }),
  city: { zh: "沈阳", en: "Shenyang" },
  senderName: { zh: "值班室", en: "Duty office" },
  category: "Met",
  before: null,
  nowMs: CAP_NOW,
  ...part,
});

describe("draftCap", () => {
  it("is ready to go out when the incident has alerts", () => {
    const draft = draftCap(input());
    expect(checkCapDraft(draft, CAP_NOW)).toEqual([]);
    expect(draft).toMatchObject({
      level: 2,
      event: rule.title,
      certainty: "Observed",
      headline: { zh: "沈阳市发布积水达到涉水风险深度橙色预警" },
      areaDesc: { zh: "青年大街地道桥周边", en: "Around Qingnian underpass" },
      circles: [{ longitudeDeg: 123.4, latitudeDeg: 41.8, radius: 500 }],
    });
    expect(draft.description.zh).toBe(
      "截至10:30，青年大街积水。1 个监测点触发“积水达到涉水风险深度”（青年大街地道桥）。",
    );
  });

  it("takes what was drawn for the incident before anything else, closed", () => {
    const other = { ...zone, id: "y", incidentId: "J" };
    const draft = draftCap(input({ zones: [other, zone] }));
    expect(draft.polygons).toEqual([[...zone.ring, zone.ring[0]]]);
    expect(draft.circles).toEqual([]);
    expect(draft.areaDesc).toEqual(zone.title);
  });

  it("stays with where the incident was opened when nobody has drawn", () => {
    const circles = [{ longitudeDeg: 123.41, latitudeDeg: 41.81, radius: 300 }];
    const draft = draftCap(input({ incident: { ...incident, area: { polygons: [], circles } } }));
    expect(draft).toMatchObject({ polygons: [], circles });
  });

  it("has no area, and says so in the check, when nothing is known", () => {
    const draft = draftCap(input({ alerts: [], incident: { ...incident, warningLevel: null } }));
    expect(draft).toMatchObject({ level: 3, event: incident.title, certainty: "Likely" });
    expect(checkCapDraft(draft, CAP_NOW).map(({ code }) => code)).toEqual(["noArea"]);
  });

  it("an update keeps the words of the message before it, and renames the colour with the level", () => {
    const before = issueCap(capDraft({ level: 3 }), { identifier: "A", sender: "s@x", sentMs: CAP_NOW });
    const draft = draftCap(input({ before, nowMs: CAP_NOW + 3600_000 }));
    expect(draft).toMatchObject({ description: before.draft.description, level: 2 });
    expect(draft.headline.zh).toBe("沈阳市发布暴雨橙色预警");
    expect(draft.expiresMs).toBeGreaterThan(before.draft.expiresMs);
    const same = draftCap(input({ before, incident: { ...incident, warningLevel: 3 } }));
    expect(same.headline).toEqual(before.draft.headline);
  });
});
