import { vi } from "vitest";
import { Scope } from "../base/scope.ts";
import { createCommandDesk } from "../commands/desk.ts";
import type { CommandPorts } from "../commands/ports.ts";
import { outlineOfPlaces } from "../domain/alert-area.ts";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { Warning } from "../domain/risk.ts";
import type { AffectedSummary } from "../domain/scenario.ts";
import { createStores } from "../state/stores.ts";
import { MemoryEventDesk } from "./event-desk.ts";
import type { EventDesk } from "./parts.ts";
import type { OutgoingFile } from "./save-file.ts";
import { wireIncidents } from "./wire-incidents.ts";

export const T0 = Date.parse("2026-07-22T02:30:00Z");
export const text = { zh: "暴雨", en: "Rain" };
export const provenance = { kind: "SIMULATED", source: "replay" } as const;
export const warning: Warning = {
  id: "w1",
  level: 1,
  event: text,
  headline: text,
  description: text,
  instruction: text,
  areaDesc: text,
  sender: "s",
  status: "Exercise",
  severity: "Extreme",
  urgency: "Immediate",
  certainty: "Likely",
  sentMs: T0,
  effectiveMs: T0,
  expiresMs: null,
  polygons: [],
  circles: [{ longitudeDeg: 123.4, latitudeDeg: 41.8, radius: 2000 }],
  provenance,
  feedId: "hub",
};
export const rule: AlertRule = {
  id: "water",
  title: { zh: "积水", en: "Water" },
  level: 2,
  kind: "waterlogging",
  when: { type: "threshold", direction: "above", raise: 30, clear: 25, holdS: 0 },
};
export const alert: RuleAlert = {
  id: "water/s1/1",
  ruleId: "water",
  level: 2,
  subject: "s1",
  sensorIds: ["s1"],
  raisedMs: T0,
  clearedMs: null,
  evidence: [],
  longitudeDeg: 123.4,
  latitudeDeg: 41.8,
};
export const people = (buildings: number): AffectedSummary => ({
  buildings,
  residentsDay: 1,
  residentsNight: 2,
  area: 1,
  rows: [],
  provenance: { kind: "SAMPLE", source: "demo" },
});

/** Entries of one computer, as several pages share them. */
export class SharedDesk extends MemoryEventDesk {
  fails = false;

  override async append(...args: Parameters<EventDesk["append"]>) {
    if (this.fails) throw new Error("the disk is full");
    return super.append(...args);
  }

  async incidentEntries() {
    return this.entries;
  }
}

export function page(events = new SharedDesk(), holding: RuleAlert[] = [alert]) {
  const stores = createStores();
  const scope = new Scope();
  const onError = vi.fn();
  const inside = vi.fn(async () => people(7));
  const outline = vi.fn(async (...asked: Parameters<typeof outlineOfPlaces>) => outlineOfPlaces(...asked));
  const saved: OutgoingFile[] = [];
  let ids = 0;
  const wire = wireIncidents(
    { stores, scope, events, onError },
    {
      alertsOf: (ruleId) => (ruleId === "water" ? { rule, alerts: holding } : null),
      placeOf: () => null,
      inside,
      outline,
      flyTo: async () => {},
      save: (file) => void saved.push(file),
      newId: () => `I${++ids}`,
    },
  );
  stores.risk.set({ warnings: [warning] });
  const showView = vi.fn(async () => {});
  const ports = {
    ...wire,
    presentView: async () => ({ query: "city=dalian", image: "data:image/jpeg;base64,AA==" }),
    showView,
  };
  const desk = createCommandDesk(stores, ports as unknown as CommandPorts);
  return { stores, scope, events, onError, inside, outline, saved, showView, wire, holding, run: desk.run };
}

export const only = ({ stores }: ReturnType<typeof page>) => stores.incidents.get().incidents[0]!;
