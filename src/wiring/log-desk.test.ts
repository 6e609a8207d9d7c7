import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TwinEventBody } from "../domain/twin-event.ts";
import { EventStore } from "../local/event-store.ts";
import { LogDesk, storageError } from "./log-desk.ts";

const decision: TwinEventBody = {
  kind: "incident",
  command: { type: "incident.acknowledge", incidentId: "I1" },
};
const state = (feedId: string): TwinEventBody => ({
  kind: "feed",
  feedId,
  title: { zh: feedId, en: feedId },
  state: "live",
});
const ALL = Number.MAX_SAFE_INTEGER;

function desk(opening = EventStore.open()) {
  const onStorage = vi.fn();
  return { onStorage, desk: new LogDesk(opening, { onStorage }) };
}

async function kindsOf(one: LogDesk): Promise<string[]> {
  const log = await one.log();
  const kinds: string[] = [];
  const until = await log.placeAt(ALL);
  for (let place = 0; place < until; ) {
    const page = await log.read(place, until, 2);
    kinds.push(...page.entries.map(({ event }) => event.kind));
    place = page.lastPlace;
  }
  return kinds;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("the log desk", () => {
  it("keeps the order of what is gathered and what is written at once", async () => {
    const { desk: one, onStorage } = desk();
    one.record(state("a"));
    const told = vi.fn();
    one.onWritten(told);
    const event = await one.append("me", decision);
    expect(event).toMatchObject({ actor: "me", kind: "incident" });
    one.record(state("b"));
    expect(await kindsOf(one)).toEqual(["feed", "incident", "feed"]);
    expect(told).toHaveBeenCalledTimes(3);
    expect(onStorage).toHaveBeenCalledExactlyOnceWith("ready", null);
    expect(await one.incidentEntries()).toEqual([event]);
  });

  it("has a decision on the disk before it says so", async () => {
    const { desk: one } = desk();
    const { id } = await one.append("me", decision, "mine");
    const other = await EventStore.open();
    expect((await other.readKinds(["incident"]))[0]?.event.id).toBe(id);
    expect(await one.append("me", decision, "mine")).toMatchObject({ id: "mine" });
    expect(await other.readKinds(["incident"])).toHaveLength(1);
  });

  it("goes on in memory when the disk is full, and says so once", async () => {
    const { desk: one, onStorage } = desk();
    await one.append("me", decision, "first");
    vi.spyOn(one.disk!, "append").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    await one.append("me", decision, "second");
    one.record(state("a"));
    expect(await kindsOf(one)).toEqual(["incident", "incident", "feed"]);
    expect((await one.incidentEntries()).map(({ id }) => id)).toEqual(["first", "second"]);
    expect(onStorage.mock.calls.map(([what]) => what)).toEqual(["ready", "failed"]);
    expect(storageError(onStorage.mock.calls[1]![1])).toMatchObject({ code: "log.full" });
    expect(one.disk).toBeNull();
  });

  it("goes on in memory when there is no disk at all", async () => {
    const { desk: one, onStorage } = desk(Promise.reject(new Error("private")));
    await one.append("me", decision);
    expect(await kindsOf(one)).toEqual(["incident"]);
    expect(onStorage).toHaveBeenCalledExactlyOnceWith("failed", expect.anything());
    expect(storageError(new Error("x")).code).toBe("log.closed");
  });

  it("hands decisions on while the past is shown, and records what comes in all the same", async () => {
    const { desk: one } = desk();
    const elsewhere = vi.fn(async () => ({ id: "branch" }) as never);
    one.divert(elsewhere);
    await one.append("me", decision);
    one.record(state("a"));
    one.note("me", { kind: "command", command: { type: "set-look" } });
    expect(await kindsOf(one)).toEqual(["feed", "command"]);
    expect(elsewhere).toHaveBeenCalledExactlyOnceWith("me", decision, undefined);
    one.divert(null);
    await one.append("me", decision);
    expect(await kindsOf(one)).toEqual(["feed", "command", "incident"]);
  });

  it("tells other pages what it has written, but not every reading", async () => {
    const heard: unknown[] = [];
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const channel = {
      postMessage: (message: unknown) => heard.push(message),
      addEventListener: (_type: string, fn: never) => listeners.push(fn),
      close: () => {},
    };
    const one = new LogDesk(EventStore.open(), { onStorage: () => {}, channel: channel as never });
    const foreign = vi.fn();
    one.onForeign(foreign);
    const event = await one.append("me", decision);
    one.record({
      kind: "readings",
      feedId: "a",
      rows: new Uint32Array(1),
      values: new Float32Array(1),
      timesMs: new Float64Array(1),
      levels: new Uint8Array(1),
    });
    await one.flush();
    expect(heard).toEqual([[event]]);
    listeners[0]!({ data: [event] });
    expect(foreign).toHaveBeenCalledExactlyOnceWith(event);
  });
});
