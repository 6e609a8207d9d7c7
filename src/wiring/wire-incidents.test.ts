import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AffectedSummary } from "../domain/scenario.ts";
import {
  alert,
  only,
  page,
  people,
  provenance,
  rule,
  SharedDesk,
  T0,
  text,
  warning,
} from "./incident-page.fixture.ts";

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

  it("has many alerts outlined elsewhere, opens all the same when that fails, and only once for two clicks", async () => {
    const far = { ...alert, id: "water/s2/1", longitudeDeg: 123.5 };
    const one = page(new SharedDesk(), [alert, far]);
    one.outline.mockRejectedValueOnce(new Error("the worker has died"));
    await Promise.all([1, 2].map(() => one.run({ type: "open-incident", ruleId: "water" })));
    expect(one.stores.incidents.get().incidents).toHaveLength(1);
    expect(only(one).area!.polygons).toHaveLength(2);
    expect(one.onError).toHaveBeenCalledOnce();
    expect(one.outline.mock.calls[0]).toEqual([Float64Array.of(123.4, 41.8, 123.5, 41.8), 300]);
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
