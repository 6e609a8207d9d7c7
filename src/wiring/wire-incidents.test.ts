import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import { createCommandDesk } from "../commands/desk.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { Warning } from "../domain/risk.ts";
import type { AffectedSummary, ScenarioManifest } from "../domain/scenario.ts";
import { createStores } from "../state/stores.ts";
import { MemoryEventDesk } from "./event-desk.ts";
import type { EventDesk } from "./parts.ts";
import type { OutgoingFile } from "./save-file.ts";
import { wireIncidents } from "./wire-incidents.ts";

const T0 = Date.parse("2026-07-22T02:30:00Z");
const text = { zh: "暴雨", en: "Rain" };
const provenance = { kind: "SIMULATED", source: "replay" } as const;
const warning: Warning = {
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
const rule: AlertRule = {
  id: "water",
  title: { zh: "积水", en: "Water" },
  level: 2,
  kind: "waterlogging",
  when: { type: "threshold", direction: "above", raise: 30, clear: 25, holdS: 0 },
};
const alert: RuleAlert = {
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
const people = (buildings: number): AffectedSummary => ({
  buildings,
  residentsDay: 1,
  residentsNight: 2,
  area: 1,
  rows: [],
  provenance: { kind: "SAMPLE", source: "demo" },
});

/** Entries of one computer, as several pages share them. */
class SharedDesk extends MemoryEventDesk {
  fails = false;

  override async append(...args: Parameters<EventDesk["append"]>) {
    if (this.fails) throw new Error("the disk is full");
    return super.append(...args);
  }

  async incidentEntries() {
    return this.entries;
  }
}

function page(events = new SharedDesk()) {
  const stores = createStores();
  const scope = new Scope();
  const onError = vi.fn();
  const inside = vi.fn(async () => people(7));
  const saved: OutgoingFile[] = [];
  const holding = [alert];
  let ids = 0;
  const wire = wireIncidents(
    { stores, scope, events, onError },
    {
      alertsOf: (ruleId) => (ruleId === "water" ? { rule, alerts: holding } : null),
      placeOf: () => null,
      inside,
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
  return { stores, scope, events, onError, inside, saved, showView, wire, holding, run: desk.run };
}

const only = ({ stores }: ReturnType<typeof page>) => stores.incidents.get().incidents[0]!;

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("opening", () => {
  it("copies title, level, area and provenance of a warning, chooses it and counts its people", async () => {
    const one = page();
    await one.run({ type: "set-actor", name: " 张三 " });
    await one.run({ type: "open-incident", warningId: "w1" });
    expect(only(one)).toMatchObject({
      id: "I1",
      title: text,
      warningLevel: 1,
      alertIds: ["w1"],
      area: { circles: warning.circles },
      provenance,
    });
    expect(one.stores.incidents.get()).toMatchObject({ chosen: "I1", affected: { buildings: 7 } });
    expect(one.stores.incidents.get().entries).toMatchObject([{ actor: "张三" }]);
    expect(one.stores.ui.get().panels.right).toBe(true);
  });

  it("opens one of a rule's alerts, and goes back to it the second time", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "choose-incident", id: null });
    await one.run({ type: "open-incident", ruleId: "water" });
    expect(one.stores.incidents.get().incidents).toHaveLength(1);
    expect(one.stores.incidents.get().chosen).toBe("I1");
    expect(only(one)).toMatchObject({ title: rule.title, warningLevel: 2, alertIds: [alert.id] });
  });

  it("takes somebody's word and a place", async () => {
    const one = page();
    await one.run({ type: "open-incident", title: "电话报警", at: { longitudeDeg: 123, latitudeDeg: 41 } });
    expect(only(one)).toMatchObject({ title: { zh: "电话报警" }, area: { circles: [{ radius: 300 }] } });
    await one.run({ type: "open-incident", title: "不知何处" });
    expect(one.stores.incidents.get()).toMatchObject({ chosen: "I2", affected: null });
  });

  it.each([
    [{ type: "open-incident", warningId: "gone" }, "warning.unknown"],
    [{ type: "open-incident", ruleId: "gone" }, "alert.over"],
    [{ type: "open-incident" }, "incident.title"],
    [{ type: "choose-incident", id: "gone" }, "incident.unknown"],
    [{ type: "export-affected", id: "gone", format: "csv" }, "incident.unknown"],
  ] as const)("refuses %j", async (command, code) => {
    const one = page();
    await expect(one.run(command)).rejects.toMatchObject({ code });
    expect(one.events.entries).toEqual([]);
  });
});

describe("a change", () => {
  it("counts only once it is stored: a log that fails changes nothing", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    const before = one.stores.incidents.get();
    one.events.fails = true;
    await expect(one.run({ type: "acknowledge-incident", id: "I1" })).rejects.toThrow("disk is full");
    await expect(one.run({ type: "note-incident", id: "I1", text: "水" })).rejects.toThrow();
    await expect(one.run({ type: "open-incident", warningId: "w1" })).rejects.toThrow();
    expect(one.stores.incidents.get()).toBe(before);
    one.events.fails = false;
    await one.run({ type: "acknowledge-incident", id: "I1" });
    expect(only(one).acknowledged?.by).toBe("unnamed");
  });

  it("is not stored when the rules refuse it, even when two come at once", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    const both = await Promise.allSettled([
      one.run({ type: "move-incident", id: "I1", phase: "verify" }),
      one.run({ type: "move-incident", id: "I1", phase: "verify" }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(one.events.entries).toHaveLength(2);
  });

  it("keeps the three scales apart", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "set-response-level", id: "I1", level: 4 });
    await one.run({ type: "set-event-grade", id: "I1", grade: 3 });
    await one.run({ type: "set-warning-level", id: "I1", level: null });
    expect(only(one)).toMatchObject({ warningLevel: null, responseLevel: 4, eventGrade: 3 });
  });

  it("is refused while the past is shown, and the past is left alone", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    one.stores.timeline.set({ mode: "past", atMs: T0 - 1 });
    one.stores.incidents.set({ incidents: [] });
    await expect(
      one.wire.changeIncident({ type: "incident.acknowledge", incidentId: "I1" }),
    ).rejects.toMatchObject({
      code: "incident.past",
    });
    expect(one.stores.incidents.get().incidents).toEqual([]);
    one.stores.timeline.set({ mode: "live", atMs: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(one.stores.incidents.get().incidents).toHaveLength(1);
  });

  it("of a what-if is checked against what is shown, and the log of the present knows nothing of it", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    one.stores.timeline.set({ mode: "branch", atMs: T0 });
    one.stores.incidents.set({ incidents: [{ ...only(one), phase: "consult" }] });
    await one.run({ type: "move-incident", id: "I1", phase: "respond" });
    await expect(one.run({ type: "move-incident", id: "I1", phase: "monitor" })).rejects.toMatchObject({
      code: "incident.phase",
    });
    expect(one.events.entries.map(({ kind }) => kind)).toEqual(["incident", "incident"]);
    one.events.entries.pop();
    one.stores.timeline.set({ mode: "live", atMs: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(only(one).phase).toBe("monitor");
  });

  it("keeps a view and brings it back", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "attach-view", id: "I1" });
    const [view] = only(one).views;
    expect(view).toMatchObject({ query: "city=dalian" });
    await one.run({ type: "open-view", id: "I1", view: view!.entryId });
    expect(one.showView).toHaveBeenCalledExactlyOnceWith("city=dalian");
    await expect(one.run({ type: "open-view", id: "I1", view: "x" })).rejects.toMatchObject({
      code: "incident.view",
    });
  });

  it("closes, and the notice takes a slip back with what closing took away", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "acknowledge-incident", id: "I1" });
    await one.run({ type: "set-response-level", id: "I1", level: 2 });
    await one.run({ type: "move-incident", id: "I1", phase: "close" });
    const notice = one.stores.notices.get().notices.at(-1)!;
    expect(notice).toMatchObject({ key: "incident.closedNotice", params: { name: "积水" } });
    expect(only(one)).toMatchObject({ phase: "close", responseLevel: null });
    for (const command of notice.action!.commands) await one.run(command as never);
    expect(only(one)).toMatchObject({ phase: "verify", responseLevel: 2, acknowledged: { by: "unnamed" } });
  });
});

describe("people", () => {
  it("are counted anew when a zone of the incident comes", async () => {
    const one = page();
    await one.run({ type: "open-incident", title: "不知何处" });
    expect(one.inside).not.toHaveBeenCalled();
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const;
    const zone = {
      id: "z",
      kind: "affected",
      title: text,
      ring,
      incidentId: "I1",
      origin: "drawn",
      provenance,
    } as const;
    one.stores.response.set({ zones: [zone] });
    await vi.advanceTimersByTimeAsync(0);
    expect(one.inside).toHaveBeenCalledExactlyOnceWith({ polygons: [ring], circles: [] });
    expect(one.stores.incidents.get().affected).toMatchObject({ buildings: 7 });
  });

  it("are those of the incident chosen last, whichever answer comes last", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "open-incident", warningId: "w1" });
    const answers: ((summary: AffectedSummary) => void)[] = [];
    one.inside.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const first = one.run({ type: "choose-incident", id: "I1" });
    const second = one.run({ type: "choose-incident", id: "I2" });
    answers[1]!(people(2));
    answers[0]!(people(1));
    await Promise.all([first, second]);
    expect(one.stores.incidents.get()).toMatchObject({ chosen: "I2", affected: { buildings: 2 } });
  });

  it("that cannot be counted do not hold up the incident, and the reason stands beside it", async () => {
    const one = page();
    one.inside.mockRejectedValueOnce(new Error("no index"));
    await one.run({ type: "open-incident", ruleId: "water" });
    expect(one.stores.incidents.get()).toMatchObject({
      chosen: "I1",
      affected: null,
      affectedError: { params: { detail: "no index" } },
    });
    await one.run({ type: "choose-incident", id: "I1" });
    expect(one.stores.incidents.get()).toMatchObject({ affected: { buildings: 7 }, affectedError: null });
  });

  it("go out as a whole list in the language in use", async () => {
    const one = page();
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "export-affected", id: "I1", format: "csv" });
    await one.run({ type: "set-locale", locale: "en" });
    await one.run({ type: "export-affected", id: "I1", format: "geojson" });
    expect(one.inside).toHaveBeenLastCalledWith(expect.anything(), expect.any(Number));
    expect(one.saved.map(({ name }) => name)).toEqual(["I1-affected.csv", "I1-affected.geojson"]);
    expect(one.saved[0]!.text).toContain("事件,I1,积水");
    expect(one.stores.notices.get().notices.at(-1)).toMatchObject({ key: "incident.exported" });
  });
});

describe("time", () => {
  const escalation = { afterS: 60, most: 2, roles: [text] };
  const pass = async (one: ReturnType<typeof page>, seconds: number) => {
    void one;
    await vi.advanceTimersByTimeAsync(seconds * 1000);
  };
  const withPolicy = (events?: SharedDesk) => {
    const one = page(events);
    one.stores.scenario.set({ active: { escalation } as unknown as ScenarioManifest });
    return one;
  };

  it("passes on what nobody acknowledges, up to the top, and stops at an acknowledgement", async () => {
    const one = withPolicy();
    await one.run({ type: "open-incident", ruleId: "water" });
    await pass(one, 58);
    expect(only(one).escalation).toBe(0);
    await pass(one, 3);
    expect(only(one).escalation).toBe(1);
    await pass(one, 300);
    expect(only(one).escalation).toBe(2);
    expect(one.events.entries.filter(({ actor }) => actor === "system")).toHaveLength(2);
    one.scope.dispose();
  });

  it("goes on while the past is shown, by the present's policy, and whoever looks there is told", async () => {
    const one = withPolicy();
    await one.run({ type: "open-incident", ruleId: "water" });
    await pass(one, 1);
    const shown = one.stores.incidents.get().incidents;
    one.stores.timeline.set({ mode: "past", atMs: T0 });
    one.stores.scenario.set({ active: null });
    await pass(one, 61);
    expect(one.events.entries.at(-1)).toMatchObject({
      actor: "system",
      command: { type: "incident.escalate" },
    });
    expect(one.stores.incidents.get().incidents).toBe(shown);
    expect(one.stores.notices.get().notices.at(-1)).toMatchObject({
      tone: "error",
      key: "incident.escalatedBehind",
      params: { name: "积水", count: 1 },
    });
    one.scope.dispose();
  });

  it("brings later alerts into an open incident by the scenario's policy, and leaves out what was taken out", async () => {
    const one = page();
    const active = { rules: [rule], join: { withinM: 500 } } as unknown as ScenarioManifest;
    one.stores.scenario.set({ active });
    await one.run({ type: "open-incident", ruleId: "water" });
    const near = { ...alert, id: "water/s2/2", longitudeDeg: 123.407 };
    const far = { ...alert, id: "water/s3/3", longitudeDeg: 123.5 };
    one.holding.push(near, far);
    one.stores.alerts.set({ groups: [] });
    await pass(one, 6);
    expect(only(one)).toMatchObject({ alertIds: [alert.id, near.id], joined: [{ alertIds: [near.id] }] });
    expect(one.events.entries.at(-1)).toMatchObject({
      actor: "system",
      command: { type: "incident.joinAlerts", reason: "rule", title: rule.title },
    });
    const notice = one.stores.notices.get().notices.at(-1)!;
    expect(notice).toMatchObject({ key: "incident.joined", params: { count: 1 } });
    for (const command of notice.action!.commands) await one.run(command as never);
    await pass(one, 12);
    expect(only(one)).toMatchObject({ alertIds: [alert.id], joined: [], left: [near.id] });
    one.scope.dispose();
  });

  it("is told by two pages with one entry a step", async () => {
    const events = new SharedDesk();
    const [one, two] = [withPolicy(events), withPolicy(events)];
    await one.run({ type: "open-incident", ruleId: "water" });
    await two.wire.restore();
    await pass(one, 200);
    expect(events.entries).toHaveLength(3);
    expect(only(one)).toEqual(only(two));
  });

  it("brings back what is stored; what two pages stored against each other is left out and said", async () => {
    const events = new SharedDesk();
    const one = page(events);
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "move-incident", id: "I1", phase: "verify" });
    await events.append("other", {
      kind: "incident",
      command: { type: "incident.moveTo", incidentId: "I1", phase: "verify" },
    });
    await events.append("other", { kind: "feed", feedId: "hub", title: text, state: "live" });
    const two = page(events);
    await two.wire.restore();
    expect(only(two)).toEqual(only(one));
    expect(two.onError.mock.calls[0]![0]).toMatchObject({ code: "incident.skipped", params: { count: 1 } });
  });
});
