import "fake-indexeddb/auto";
import { IDBObjectStore as FakeObjectStore, IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { momentHash } from "../domain/moment-hash.ts";
import { Tape } from "../domain/tape.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { randomLog, readingsOf, sensorsOf, zoneOf } from "../domain/twin-log.fixture.ts";
import { foldEvents } from "../domain/twin-moment.ts";
import { type EventDraft, EventStore } from "./event-store.ts";
import { LogThinner } from "./thin-log.ts";

const T0 = 1_700_000_000_000;
const ALL = Number.MAX_SAFE_INTEGER;
let nowMs = T0;
const open = () => EventStore.open({ nowMs: () => nowMs });

function draftOf({ id, actor, timeMs: _timeMs, ...body }: TwinEvent): EventDraft {
  return { id, actor, body: body as EventDraft["body"] };
}

async function fill(store: EventStore, events: readonly TwinEvent[], size = 7): Promise<void> {
  for (let at = 0; at < events.length; at += size) {
    nowMs = T0 + events[at]!.timeMs;
    await store.append(events.slice(at, at + size).map(draftOf), false);
  }
}

async function allOf(store: EventStore): Promise<TwinEvent[]> {
  return (await store.read(0, await store.placeAt(ALL), 1e6)).entries.map(({ event }) => event);
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  nowMs = T0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** From the n-th write on, nothing more happens and what is under way is rolled back, as when a tab is killed. */
function killAtWrite(n: number): () => number {
  let writes = 0;
  for (const verb of ["add", "put", "delete"] as const) {
    const real = FakeObjectStore.prototype[verb] as (...args: unknown[]) => unknown;
    vi.spyOn(FakeObjectStore.prototype, verb).mockImplementation(function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      if (++writes >= n) {
        (this.transaction as IDBTransaction).abort();
        throw new DOMException("killed", "AbortError");
      }
      return real.apply(this, args) as never;
    } as never);
  }
  return () => writes;
}

describe("the event store", () => {
  it("answers in order what was added, with times that never run backwards", async () => {
    const store = await open();
    await fill(store, randomLog(1, 60));
    nowMs -= 5000;
    await store.append([draftOf({ ...randomLog(1, 1)[0]!, id: "late" })], true);
    const events = await allOf(store);
    expect(events).toHaveLength(61);
    const times = events.map(({ timeMs }) => timeMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await store.span()).toEqual({ fromMs: times[0], toMs: times.at(-1), entries: 61 });
    expect(await store.placeAt(times[0]! - 1)).toBe(0);
  });

  it("keeps one of two entries with the same id, whichever page writes them", async () => {
    const [one, two] = [await open(), await open()];
    const draft = draftOf({ ...randomLog(2, 1)[0]!, id: "same" });
    const both = await Promise.all([one.append([draft], true), two.append([draft], true)]);
    expect(both[0]).toEqual(both[1]);
    expect(await allOf(one)).toHaveLength(1);
  });

  it("has the entries of two pages in one order for both", async () => {
    const [one, two] = [await open(), await open()];
    const named = (name: string) => randomLog(3, 40).map((event) => ({ ...event, id: `${name}${event.id}` }));
    await Promise.all([fill(one, named("a"), 3), fill(two, named("b"), 5)]);
    expect(await allOf(one)).toHaveLength(80);
    expect(await allOf(one)).toEqual(await allOf(two));
  });

  it("passes over damaged entries, lists them, and loses none of the others", async () => {
    const store = await open();
    await fill(store, randomLog(4, 20));
    const broken = { place: 7, id: "e6", timeMs: T0, actor: "x", kind: "readings", feedId: "hub" };
    await store.db.put("entries", broken as never);
    await store.db.put("entries", { place: 9, id: "e8", timeMs: T0, kind: "from-tomorrow" } as never);
    expect(await allOf(store)).toHaveLength(18);
    expect(await allOf(store)).toHaveLength(18);
    expect(store.issues.map(({ place }) => place)).toEqual(["#7", "#9"]);
    const pages = [];
    for (let place = 0; place < 20; ) {
      const page = await store.read(place, 20, 3);
      pages.push(...page.entries);
      place = page.lastPlace;
    }
    expect(pages).toHaveLength(18);
  });

  it("reads a page one by one when it cannot be read as a whole", async () => {
    const store = await open();
    await fill(store, randomLog(4, 12));
    vi.spyOn(FakeObjectStore.prototype, "getAll").mockImplementation(() => {
      throw new DOMException("Failed to read large IndexedDB value", "DataError");
    });
    expect(await allOf(store)).toHaveLength(12);
  });

  it("opens a log of version 1: its entries count, its checkpoints, which lack units and zones, are made anew", async () => {
    const old = indexedDB.open("liaotwin-log", 1);
    old.addEventListener("upgradeneeded", () => {
      const entries = old.result.createObjectStore("entries", { keyPath: "place", autoIncrement: true });
      entries.createIndex("id", "id", { unique: true });
      entries.createIndex("timeMs", "timeMs");
      entries.createIndex("kind", "kind");
      old.result.createObjectStore("checkpoints", { keyPath: "place" });
      old.result.createObjectStore("thinned");
      const zone = { type: "set-zone", zone: zoneOf("Z") };
      entries.add({ id: "e0", timeMs: T0, actor: "x", kind: "command", command: zone });
      const moment = { timeMs: T0, scenario: null, city: null, feeds: [], incidents: new Map(), view: null };
      old.transaction?.objectStore("checkpoints").add({ place: 1, moment });
    });
    await new Promise((resolve) => old.addEventListener("success", resolve));
    old.result.close();
    const store = await open();
    expect(await store.checkpointBefore(1)).toBeNull();
    const { zones } = await new Tape(store).at(T0 + 1);
    expect([...zones.values()]).toEqual([zoneOf("Z")]);
  });

  it("says that a newer program has written it", async () => {
    (await open()).close();
    const newer = indexedDB.open("liaotwin-log", 99);
    await new Promise((resolve) => newer.addEventListener("success", resolve));
    newer.result.close();
    await expect(open()).rejects.toMatchObject({ code: "log.newer" });
  });

  it("finds entries of a kind, the newest so many of each", async () => {
    const store = await open();
    const events = randomLog(5, 200);
    await fill(store, events);
    const kinds = ["alert", "incident"] as const;
    const wanted = events.filter(({ kind }) => kind === "alert" || kind === "incident");
    expect((await store.readKinds(kinds)).map(({ event }) => event.id)).toEqual(wanted.map(({ id }) => id));
    expect(await store.readKinds(kinds, 3)).toHaveLength(6);
  });

  it("adds up to the same from checkpoints as from the start, also after it was opened again", async () => {
    const store = await open();
    await fill(store, randomLog(6, 300));
    const events = await allOf(store);
    const often = { minuteMs: 1000, everyMs: 4000, everyRows: 1e9 };
    await new Tape(store, often).at(ALL);
    expect(await store.db.count("checkpoints")).toBeGreaterThan(5);
    const again = await open();
    for (const at of [290, 120, 13, 200]) {
      const { timeMs } = events[at]!;
      const expected = foldEvents(events.filter((event) => event.timeMs <= timeMs));
      expect(momentHash(await new Tape(again, often).at(timeMs))).toBe(momentHash(expected));
    }
  });
});

describe("a kill at any write", () => {
  it("loses nothing that was acknowledged and leaves no half of what was not", async () => {
    const events = randomLog(7, 24);
    for (let n = 1; n <= events.length + 1; n++) {
      globalThis.indexedDB = new IDBFactory();
      const store = await open();
      const acknowledged: string[] = [];
      killAtWrite(n);
      for (let at = 0; at < events.length; at += 4) {
        const batch = events.slice(at, at + 4);
        const written = await store.append(batch.map(draftOf), true).catch(() => null);
        if (!written) break;
        acknowledged.push(...batch.map(({ id }) => id));
      }
      vi.restoreAllMocks();
      const after = (await allOf(await open())).map(({ id }) => id);
      expect(after).toEqual(acknowledged);
      expect(acknowledged).toHaveLength(Math.floor((n - 1) / 4) * 4);
    }
  });

  it("keeps many sensors as text, gives them back as they were, and lists them when the text is damaged", async () => {
    const sensors = sensorsOf(4100, '沈"');
    const body = { kind: "sensors", feedId: "hub", sensors } as const;
    const store = await open();
    await store.append([{ id: "s", actor: "x", body }], false);
    const [stored] = await store.db.getAll("entries");
    expect(stored).toMatchObject({ kind: "sensors", packed: { length: 3 } });
    expect(stored).not.toHaveProperty("sensors");
    expect(await allOf(store)).toEqual([{ id: "s", timeMs: T0, actor: "x", ...body }]);
    expect((await store.append([{ id: "s", actor: "y", body }], false))[0]!.event).toMatchObject({
      actor: "x",
      sensors,
    });

    await store.append(
      [draftOf({ id: "r", timeMs: 0, actor: "x", ...readingsOf("hub", [4], () => 0.5) })],
      false,
    );
    const tape = new Tape(await open(), { minuteMs: 1, everyMs: 0, everyRows: 0 });
    expect((await tape.at(ALL)).feeds.get("hub")!.sensors).toEqual(sensors);

    await store.db.put("entries", { ...stored!, packed: ["["] } as never);
    expect((await allOf(store)).map(({ id }) => id)).toEqual(["r"]);
    expect(store.issues).toMatchObject([{ code: "log.entry" }]);
  });

  it("while old readings are thinned out, leaves every minute's end as it was", async () => {
    const policy = [{ afterMs: 0, pictureEveryMs: 60_000 }];
    const described = { kind: "sensors", feedId: "hub", sensors: sensorsOf(6) } as const;
    const build = async () => {
      globalThis.indexedDB = new IDBFactory();
      nowMs = T0;
      const store = await open();
      await store.append([{ id: "s", actor: "x", body: described }], false);
      for (let at = 0; at < 24; at++) {
        nowMs = T0 + at * 9000;
        await store.append(
          [{ id: `r${at}`, actor: "x", body: readingsOf("hub", [at % 6], () => at / 1000) }],
          false,
        );
      }
      return store;
    };
    const hashes = async (store: EventStore) => {
      const ends = [1, 2, 3, 4].map((minute) => Math.floor(T0 / 60_000 + minute) * 60_000 - 1);
      const moments = [];
      for (const end of ends) moments.push(momentHash(await new Tape(store).at(end)));
      return moments;
    };
    const before = await hashes(await build());
    let isDone = false;
    for (let n = 1; !isDone; n++) {
      const store = await build();
      const writes = killAtWrite(n);
      const thinner = new LogThinner(store.db, policy);
      let isGoing = true;
      while (isGoing) isGoing = await thinner.step(T0 + 1e9).catch(() => false);
      isDone = writes() < n;
      vi.restoreAllMocks();
      const again = await open();
      expect(await hashes(again)).toEqual(before);
      if (isDone) expect((await allOf(again)).length).toBeLessThan(25);
      expect(n).toBeLessThan(200);
    }
  });
});
