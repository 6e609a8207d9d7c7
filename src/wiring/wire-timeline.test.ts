import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import { MemoryLog } from "../domain/memory-log.ts";
import { momentHash } from "../domain/moment-hash.ts";
import type { Zone } from "../domain/response.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { randomLog, zoneOf } from "../domain/twin-log.fixture.ts";
import { foldEvents } from "../domain/twin-moment.ts";
import { createStores } from "../state/stores.ts";
import type { AppendEvent, LogDesk } from "./log-desk.ts";
import { packageOf } from "./package-desk.ts";
import type { WireParts } from "./parts.ts";
import type { PastUnits } from "./unit-desk.ts";
import type { PastRisk } from "./wire-risk.ts";
import { wireTimeline } from "./wire-timeline.ts";

const events = randomLog(21, 300);
const last = events.at(-1)!.timeMs;
const middle = events[150]!.timeMs;
const momentAt = (atMs: number) => foldEvents(events.filter(({ timeMs }) => timeMs <= atMs));

function page() {
  const stores = createStores();
  const scope = new Scope();
  const log = new MemoryLog(events);
  let diverted: AppendEvent | null = null;
  const written: ((entry: { event: TwinEvent }) => void)[] = [];
  const desk = {
    log: async () => log,
    divert: (append: AppendEvent | null) => {
      diverted = append;
    },
    onWritten: (fn: never) => {
      written.push(fn);
      return () => {};
    },
    onForeign: () => () => {},
  };
  const shown: (PastRisk | null)[] = [];
  const presentScenario = vi.fn(async () => {});
  const [units, zones]: [(PastUnits | null)[], (readonly Zone[] | null)[]] = [[], []];
  const wire = wireTimeline({ stores, scope, onError: vi.fn() } as unknown as WireParts, {
    desk: desk as unknown as LogDesk,
    risk: { showPast: (past) => void shown.push(past) },
    scenario: { presentScenario },
    units: { showPast: async (past) => void units.push(past) },
    zones: { showPast: (past) => void zones.push(past) },
  });
  const decide = (body: Parameters<AppendEvent>[1]) => diverted!("me", body);
  return {
    stores,
    scope,
    wire,
    shown,
    units,
    zones,
    log,
    decide,
    written,
    presentScenario,
    isDiverted: () => diverted !== null,
  };
}

describe("the timeline", () => {
  it("shows a moment, and then the present again as it was", async () => {
    const { stores, wire, shown, units, zones, isDiverted, presentScenario } = page();
    stores.city.set({ city: "dalian" });
    await wire.load();
    expect(stores.timeline.get()).toMatchObject({
      range: { fromMs: events[0]!.timeMs, toMs: last },
      entries: 300,
    });
    await wire.goToTime(middle);
    const moment = momentAt(middle);
    expect(stores.timeline.get()).toMatchObject({ mode: "past", atMs: middle, hash: momentHash(moment) });
    expect(stores.incidents.get().incidents).toEqual([...moment.incidents.values()]);
    expect(shown.at(-1)!.warnings).toHaveLength(
      [...moment.feeds.values()].reduce((sum, { warnings }) => sum + warnings.size, 0),
    );
    expect(isDiverted()).toBe(true);
    expect([moment.zones.size > 0, moment.units.size > 0, shown.at(-1)!.tracks.length]).toEqual([
      true,
      true,
      1,
    ]);
    expect(zones.at(-1)).toEqual([...moment.zones.values()]);
    expect(units.at(-1)).toEqual({ units: [...moment.units.values()], orders: [], atMs: middle });
    await wire.goLive();
    expect([units.at(-1), zones.at(-1)]).toEqual([null, null]);
    expect(stores.timeline.get()).toMatchObject({ mode: "live", atMs: null, hash: null });
    expect([stores.city.get().city, shown.at(-1), isDiverted()]).toEqual(["dalian", null, false]);
    expect(presentScenario).toHaveBeenLastCalledWith(null);
  });

  it("stays within the log, and lets the newest of many moves win", async () => {
    const { stores, wire, shown } = page();
    await wire.goToTime(0);
    expect(stores.timeline.get().atMs).toBe(events[0]!.timeMs);
    await wire.goToTime(1e15);
    expect(stores.timeline.get().atMs).toBe(last);
    shown.length = 0;
    await Promise.all([
      wire.goToTime(middle),
      wire.goToTime(events[10]!.timeMs),
      wire.goToTime(events[99]!.timeMs),
    ]);
    expect(stores.timeline.get()).toMatchObject({
      atMs: events[99]!.timeMs,
      hash: momentHash(momentAt(events[99]!.timeMs)),
    });
    expect(shown).toHaveLength(1);
  });

  it("says so when nothing has been recorded", async () => {
    const { wire, stores, log } = page();
    vi.spyOn(log, "span").mockResolvedValue(null);
    await expect(wire.goToTime(5)).rejects.toMatchObject({ code: "timeline.empty" });
    expect(stores.timeline.get().mode).toBe("live");
  });

  it("refuses decisions in the past and takes them in a what-if, without touching the log", async () => {
    const { wire, stores, units, zones, decide, log } = page();
    const title = { zh: "洪水", en: "Flood" };
    const open = { type: "incident.open", incidentId: "new", title, alertIds: [] } as const;
    await wire.goToTime(middle);
    await expect(decide({ kind: "incident", command: open })).rejects.toMatchObject({
      code: "timeline.past",
    });
    await wire.branchTimeline();
    const before = stores.timeline.get();
    expect(before).toMatchObject({ mode: "branch", branch: { fromMs: middle } });
    await decide({ kind: "incident", command: open });
    stores.incidents.set({ chosen: "new" });
    expect(stores.incidents.get()).toMatchObject({ entries: [{ actor: "me", command: open }] });
    expect(stores.incidents.get().incidents.at(-1)?.id).toBe("new");
    expect(stores.timeline.get().hash).not.toBe(before.hash);
    expect((await log.span())!.entries).toBe(300);
    await decide({ kind: "command", command: { type: "set-zone", zone: zoneOf("what-if") } });
    expect(zones.at(-1)!.at(-1)).toEqual(zoneOf("what-if"));
    const order = { type: "recall-unit", unitId: "U1", orderId: "here" };
    await decide({ kind: "command", command: order });
    expect(units.at(-1)!.orders).toMatchObject([{ id: "here", type: "recall" }]);
    // however far it goes: nobody else moves, and nobody is gone
    expect(last - middle).toBeGreaterThan(150_000);
    await wire.goToTime(last);
    expect(units.at(-1)).toMatchObject({ units: [...momentAt(middle).units.values()], atMs: last });
    expect((await log.span())!.entries).toBe(300);
    await wire.leaveBranch();
    expect(units.at(-1)!.orders).toEqual([]);
    expect(stores.timeline.get()).toMatchObject({ mode: "past", branch: null, hash: before.hash });
  });

  it("puts a package in place of the log, read-only, and takes it away again", async () => {
    const one = page();
    const packed = await packageOf(one.log, null, 1);
    const { wire, stores, decide } = page();
    await wire.openPackage(packed);
    expect(stores.timeline.get()).toMatchObject({
      mode: "past",
      atMs: last,
      hash: packed.manifest.hash,
      packageName: packed.manifest.title,
    });
    await expect(
      decide({ kind: "incident", command: { type: "incident.acknowledge", incidentId: "I1" } }),
    ).rejects.toMatchObject({ code: "timeline.past" });
    await wire.closePackage();
    expect(stores.timeline.get()).toMatchObject({ mode: "live", packageName: null });
    const changed = { ...packed, events: packed.events.slice(0, -40) };
    await expect(wire.openPackage(changed)).rejects.toMatchObject({ code: "package.hash" });
    expect(stores.timeline.get().mode).toBe("live");
  });

  it("opens a package that a program of before has written, by the hash that it knew", async () => {
    const one = page();
    const packed = await packageOf(one.log, null, 1);
    const { wire, stores } = page();
    const old = { ...packed.manifest, version: 1, hash: momentHash(foldEvents(events), 1) } as const;
    await wire.openPackage({ ...packed, manifest: old });
    expect(stores.timeline.get()).toMatchObject({ mode: "past", hash: packed.manifest.hash });
  });

  it("packs an incident with what led to it; it adds up to the same", async () => {
    const long = randomLog(22, 300, 90_000);
    const log = new MemoryLog(long);
    const whole = foldEvents(long);
    const incidentId = [...whole.incidents.keys()].at(-1)!;
    const opened = long.find(
      (event) => event.kind === "incident" && event.command.incidentId === incidentId,
    )!;
    const packed = await packageOf(log, incidentId, 1);
    expect(packed.manifest).toMatchObject({ incidentId, hash: momentHash(whole) });
    expect(packed.manifest.span.fromMs).toBe(opened.timeMs - 30 * 60_000);
    expect(packed.events.length).toBeLessThan(long.length);
    expect(momentHash(foldEvents(packed.events))).toBe(packed.manifest.hash);
    await expect(packageOf(log, "nobody", 1)).rejects.toMatchObject({ code: "incident.unknown" });
  });
});

describe("playing", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("moves on at its speed, pauses, and stops at the end", async () => {
    const { wire, stores, scope } = page();
    await wire.load();
    await wire.goToTime(middle);
    await wire.playTimeline(60);
    expect(stores.timeline.get()).toMatchObject({ isPlaying: true, speed: 60 });
    const settle = async () => {
      for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    vi.advanceTimersByTime(250);
    await settle();
    expect(stores.timeline.get().atMs).toBe(middle + 250 * 60);
    expect(stores.timeline.get().hash).toBe(momentHash(momentAt(middle + 250 * 60)));
    wire.pauseTimeline();
    vi.advanceTimersByTime(5000);
    await settle();
    expect(stores.timeline.get()).toMatchObject({ isPlaying: false, atMs: middle + 250 * 60 });
    await wire.playTimeline(3600);
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(250);
      await settle();
    }
    expect(stores.timeline.get()).toMatchObject({ isPlaying: false, atMs: last });
    scope.dispose();
  });
});
