import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import type { Incident } from "../domain/incident.ts";
import type { Warning, WarningLevel } from "../domain/risk.ts";
import { createStores } from "../state/stores.ts";
import { wireAnnouncements } from "./wire-announcements.ts";

const text = { zh: "文", en: "text" };
const scopes: Scope[] = [];
beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.dispose();
  vi.useRealTimers();
});

/** After the beginning of every desk here. */
const LATER_MS = 1_020_000;
const warning = (id: string, level: WarningLevel, sentMs = LATER_MS): Warning =>
  ({ id, level, headline: { zh: id, en: id }, event: text, areaDesc: text, sender: id[0], sentMs }) as never;
const incident = (id: string, part: Partial<Incident> = {}): Incident =>
  ({
    id,
    title: text,
    phase: "monitor",
    acknowledged: null,
    warningLevel: 2,
    escalation: 0,
    openedMs: LATER_MS,
    waitingSinceMs: LATER_MS,
    ...part,
  }) as never;

/** A desk whose quiet beginning is over. */
function desk() {
  const stores = createStores();
  const scope = new Scope();
  scopes.push(scope);
  const sounds: number[] = [];
  const notes: string[] = [];
  const wire = wireAnnouncements(
    { stores, scope },
    {
      sound: (level) => sounds.push(level),
      notify: (title) => notes.push(title),
      allow: async () => "on",
      isHidden: () => true,
      now: Date.now,
    },
  );
  vi.advanceTimersByTime(10_000);
  const warn = (...warnings: Warning[]) => {
    stores.risk.set({ warnings });
    vi.advanceTimersByTime(1000);
  };
  const open = (...incidents: Incident[]) => {
    stores.incidents.set({ incidents });
    vi.advanceTimersByTime(1000);
  };
  const waiting = () => stores.announcements.get().waiting.map(({ text: { zh } }) => zh);
  return { stores, wire, sounds, notes, warn, open, waiting };
}

it("announces by the policy's level; an update of the same warning counts up", () => {
  const { stores, sounds, warn, waiting } = desk();
  warn(warning("a1", 2), warning("b1", 3));
  expect(waiting()).toEqual(["a1"]);
  warn(warning("a2", 2, LATER_MS + 5));
  expect(stores.announcements.get().waiting).toMatchObject([{ repeats: 1, target: { id: "a2" } }]);
  expect(sounds).toEqual([2]);
});

it("is silent when muted, and still shows; the desktop is told only when that was allowed", () => {
  const { stores, sounds, notes, warn, waiting } = desk();
  stores.announcements.set({ isMuted: true });
  warn(warning("a1", 1));
  expect([sounds, notes, waiting()]).toEqual([[], [], ["a1"]]);
  stores.announcements.set({ notifications: "on" });
  warn(warning("a1", 1), warning("c1", 1));
  expect(notes).toEqual(["c1"]);
});

it("what this desk has issued itself is no news to it", () => {
  const { stores, warn, waiting } = desk();
  const own = incident("I", {
    acknowledged: { by: "x", atMs: 0 },
    caps: [{ message: { identifier: "own" } }] as never,
  });
  stores.incidents.set({ incidents: [own] });
  warn(warning("own", 1), warning("other", 1));
  expect(waiting()).toEqual(["other"]);
});

it("an incident is announced, again when it is passed on, and no longer once somebody has acknowledged it", () => {
  const { open, waiting, sounds } = desk();
  open(incident("I"));
  expect(waiting()).toEqual(["新事件：文"]);
  vi.advanceTimersByTime(60_000);
  open(incident("I", { escalation: 1 }));
  expect(waiting()).toEqual(["无人确认，第 1 次升级：文"]);
  expect(sounds).toEqual([2, 2]);
  open(incident("I", { escalation: 1, acknowledged: { by: "x", atMs: 0 } }));
  expect(waiting()).toEqual([]);
});

it("the past makes no noise; back in the present only what is new does", () => {
  const { stores, warn, sounds, waiting } = desk();
  warn(warning("a1", 2));
  stores.timeline.set({ mode: "past" });
  warn(warning("z1", 1), warning("a1", 2));
  expect(sounds).toEqual([2]);
  stores.timeline.set({ mode: "live" });
  warn(warning("a1", 2), warning("n1", 1));
  expect(sounds).toEqual([2, 1]);
  expect(waiting()).toEqual(["n1", "a1"]);
});

it("what is passed on in the present is heard over the past, once each time, unless muted, and is gone in the present", () => {
  const { stores, sounds, notes, wire } = desk();
  stores.announcements.set({ notifications: "on" });
  stores.timeline.set({ mode: "past" });
  const behind = (id: string, level: number) =>
    ({ id, key: id, level, text, atMs: LATER_MS, target: { kind: "incident", id: "I" } }) as never;
  stores.announcements.set({ behind: [behind("I/1", 2)] });
  stores.announcements.set({ behind: [behind("J/1", 1), behind("I/1", 2)] });
  expect([sounds, notes]).toEqual([
    [2, 1],
    ["文", "文"],
  ]);
  stores.announcements.set({ isMuted: true, behind: [behind("I/2", 2)] });
  expect([sounds, notes.length]).toEqual([[2, 1], 3]);
  wire.dismissAnnouncement("I/2");
  expect(stores.announcements.get().behind).toEqual([]);
  stores.announcements.set({ behind: [behind("I/3", 2)] });
  stores.timeline.set({ mode: "live" });
  expect(stores.announcements.get().behind).toEqual([]);
});

it("after another scenario is opened, what it brings at once is one summary", () => {
  const { stores, warn, waiting, wire } = desk();
  stores.scenario.set({
    active: { id: "s", announce: { warningLevel: 3, alertLevel: 2, repeatS: 60 } } as never,
  });
  warn(warning("a1", 1), warning("b1", 3), warning("c1", 4));
  expect(waiting()).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(waiting()).toEqual(["当前生效 2 项：红色 1、黄色 1"]);
  wire.dismissAnnouncement("all");
  expect(waiting()).toEqual([]);
});

it("what a feed says when it is heard for the first time was in force already, however late that is", () => {
  const { stores, sounds, waiting } = desk();
  stores.feeds.set({ feeds: [{ id: "hub", lastMessageMs: null } as never] });
  vi.advanceTimersByTime(60_000);
  stores.feeds.set({ feeds: [{ id: "hub", lastMessageMs: Date.now() } as never] });
  stores.risk.set({ warnings: [warning("a", 1), warning("b", 2)] });
  vi.advanceTimersByTime(10_000);
  expect(stores.announcements.get().waiting.map(({ id }) => id)).toEqual(["in-force"]);
  expect(waiting()).toHaveLength(1);
  expect(sounds).toEqual([1]);
});

it("on a slow machine what comes in piece by piece, seconds after the feed was heard, is still one summary", () => {
  const { stores, sounds, waiting } = desk();
  stores.feeds.set({ feeds: [{ id: "hub", lastMessageMs: Date.now() } as never] });
  stores.risk.set({ warnings: [warning("a", 2, 5)] });
  // the first frame: nothing runs for twenty seconds
  vi.setSystemTime(Date.now() + 20_000);
  vi.advanceTimersByTime(500);
  expect(waiting()).toEqual([]);
  stores.alerts.set({
    groups: [{ rule: { id: "r", level: 1, title: text }, lastMs: 7, feedId: "hub" } as never],
  });
  vi.advanceTimersByTime(8000);
  stores.risk.set({ warnings: [warning("a", 2, 5), warning("b", 2, 6)] });
  vi.advanceTimersByTime(1000);
  expect(waiting()).toEqual(["当前生效 3 项：红色 1、橙色 2"]);
  expect(sounds).toEqual([1]);
});
