import { describe, expect, it } from "vitest";
import { isAbort } from "../base/abort.ts";
import { seededNumbers } from "../geo/seeded.fixture.ts";
import { MemoryLog } from "./memory-log.ts";
import { momentHash } from "./moment-hash.ts";
import { type CheckpointPolicy, Tape } from "./tape.ts";
import type { TwinEvent } from "./twin-event.ts";
import { randomLog, readingsOf, sensorsOf } from "./twin-log.fixture.ts";
import { foldEvents } from "./twin-moment.ts";
import { WhatIf } from "./what-if.ts";

const NEVER: CheckpointPolicy = { minuteMs: 60_000, everyMs: 1e15, everyRows: 1e15 };
const OFTEN: CheckpointPolicy = { minuteMs: 1000, everyMs: 5000, everyRows: 10 };
const prefix = (events: readonly TwinEvent[], atMs: number) => events.filter(({ timeMs }) => timeMs <= atMs);

describe("a tape", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "shows at every time what the entries until then add up to (log %i)",
    async (seed) => {
      const events = randomLog(seed, 400);
      const tapes = [new Tape(new MemoryLog(events), NEVER), new Tape(new MemoryLog(events), OFTEN)];
      const random = seededNumbers(seed * 77);
      const last = events.at(-1)!.timeMs;
      for (let i = 0; i < 40; i++) {
        const atMs = 999_000 + Math.floor(random() * (last - 990_000));
        const expected = foldEvents(prefix(events, atMs));
        for (const tape of tapes) {
          const moment = await tape.at(atMs);
          expect(moment).toEqual(expected);
          expect(momentHash(moment)).toBe(momentHash(expected));
        }
      }
    },
  );

  it("has different hashes for different states", async () => {
    const events = randomLog(9, 300);
    const tape = new Tape(new MemoryLog(events), OFTEN);
    const hashes = new Set<string>();
    const moments = new Set<string>();
    for (const { timeMs } of events) {
      const moment = await tape.at(timeMs);
      hashes.add(momentHash(moment));
      moments.add(JSON.stringify([...moment.feeds.values()].map(({ values }) => [...values])));
    }
    expect(hashes.size).toBeGreaterThan(moments.size - 1);
    expect(hashes.size).toBeGreaterThan(100);
  });

  it("leaves moments that it has given out as they were", async () => {
    const events = randomLog(4, 200);
    const tape = new Tape(new MemoryLog(events));
    const middle = await tape.at(events[100]!.timeMs);
    const hash = momentHash(middle);
    await tape.at(events.at(-1)!.timeMs);
    expect(momentHash({ ...middle })).toBe(hash);
    expect(middle).toEqual(foldEvents(prefix(events, events[100]!.timeMs)));
  });

  it("goes from the nearest checkpoint, not from the start", async () => {
    const events = randomLog(5, 600);
    const log = new MemoryLog(events);
    const tape = new Tape(log, OFTEN);
    await tape.at(events.at(-1)!.timeMs);
    let read = 0;
    const counting = Object.assign(Object.create(log), {
      read: async (...args: Parameters<MemoryLog["read"]>) => {
        const page = await log.read(...args);
        read += page.entries.length;
        return page;
      },
      placeAt: (timeMs: number) => log.placeAt(timeMs),
      checkpointBefore: (place: number) => log.checkpointBefore(place),
      saveCheckpoint: async () => {},
    });
    await new Tape(counting, OFTEN).at(events[500]!.timeMs);
    expect(read).toBeLessThan(60);
  });

  it("stops when it is told to and works on afterwards", async () => {
    const events = randomLog(6, 300);
    let clock = 0;
    const breath = { nowMs: () => (clock += 7), pause: async () => {} };
    const tape = new Tape(new MemoryLog(events), NEVER, breath);
    const ending = new AbortController();
    const going = tape.at(events.at(-1)!.timeMs, ending.signal);
    ending.abort();
    await expect(going).rejects.toSatisfy(isAbort);
    expect(await tape.at(events[150]!.timeMs)).toEqual(foldEvents(prefix(events, events[150]!.timeMs)));
  });

  it("lets others in while it works", async () => {
    const sensors = sensorsOf(50);
    const events: TwinEvent[] = [
      { id: "s", timeMs: 1, actor: "x", kind: "sensors", feedId: "hub", sensors },
      ...Array.from({ length: 400 }, (_, at) => ({
        ...readingsOf("hub", [at % 50], () => at),
        id: `r${at}`,
        timeMs: 2 + at,
        actor: "x",
      })),
    ];
    let [clock, pauses, longest, since] = [0, 0, 0, 0];
    const breath = {
      nowMs: () => {
        clock += 1;
        longest = Math.max(longest, clock - since);
        return clock;
      },
      pause: async () => {
        pauses++;
        since = clock;
      },
    };
    await new Tape(new MemoryLog(events), NEVER, breath).at(1000);
    expect(pauses).toBeGreaterThan(20);
    expect(longest).toBeLessThan(50);
  });
});

describe("a what-if", () => {
  it("is the log until its moment and what was decided since", () => {
    const events = randomLog(7, 200);
    const atMs = events[120]!.timeMs;
    const base = foldEvents(prefix(events, atMs));
    const whatIf = new WhatIf("w", atMs, base);
    const title = { zh: "洪水", en: "Flood" };
    const open = { type: "incident.open", incidentId: "new", title, alertIds: [] } as const;
    whatIf.append("me", { kind: "incident", command: open }, atMs);
    whatIf.append(
      "me",
      { kind: "incident", command: { type: "incident.acknowledge", incidentId: "new" } },
      atMs + 5,
    );
    const both = foldEvents([...prefix(events, atMs), ...whatIf.events]);
    expect(whatIf.at(atMs + 5)).toEqual(both);
    expect(momentHash(whatIf.at(atMs + 5))).toBe(momentHash(both));
    expect(whatIf.at(atMs).incidents.get("new")?.acknowledged).toBeNull();
    expect(base.incidents.has("new")).toBe(false);
    expect(() => whatIf.append("me", { kind: "incident", command: open }, atMs)).toThrow("open already");
  });
});
