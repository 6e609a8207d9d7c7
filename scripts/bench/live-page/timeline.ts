import { momentHash, prepareHash } from "../../../src/domain/moment-hash.ts";
import type { Sensor } from "../../../src/domain/risk.ts";
import { Tape } from "../../../src/domain/tape.ts";
import type { TwinEvent } from "../../../src/domain/twin-event.ts";
import { EventStore } from "../../../src/local/event-store.ts";
import { pause, watchLongTasks } from "./frames.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURS = 24;
const PICTURE_EVERY_MIN = 10;
const SEEKS = 60;

interface TimelineCost {
  readonly entries: number;
  /** Milliseconds of a jump to another time with its hash, as a user waits for it. */
  readonly firstMs: number;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly longTasks: readonly number[];
}

/** A day's log of many sensors in IndexedDB: jumps through it, forward and back, each with the hash of what it comes to. */
export async function timeline(count: number): Promise<TimelineCost> {
  let nowMs = 0;
  const log = await EventStore.open({ name: `bench-${Math.random()}`, nowMs: () => nowMs });
  for (const { id, timeMs, actor, ...body } of dayOf(count)) {
    nowMs = timeMs;
    await log.append([{ id, actor, body }], false);
  }
  const entries = (await log.span())!.entries;
  await pause(500);
  const tasks = watchLongTasks();
  const tape = new Tape(log);
  const times: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const start = performance.now();
    const moment = await tape.at(((seek * 7919) % 1000) * 0.001 * HOURS * HOUR_MS + HOUR_MS);
    await prepareHash(moment);
    momentHash(moment);
    times.push(performance.now() - start);
    await pause();
  }
  await pause(200);
  log.close();
  const sorted = [...times].sort((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    entries,
    firstMs: round(times[0]!),
    medianMs: round(sorted[SEEKS >> 1]!),
    worstMs: round(sorted.at(-1)!),
    longTasks: tasks.end(),
  };
}

function* dayOf(count: number): Iterable<TwinEvent> {
  const base = { actor: "system", feedId: "hub" } as const;
  const sensors = Array.from({ length: count }, (_, row): Sensor => {
    const text = { zh: `雨量站 ${row}`, en: `Rain gauge ${row}` };
    const place = { longitudeDeg: 123 + (row % 200) / 400, latitudeDeg: 41.5 + row / 40_000, height: 2 };
    return { id: `R${row}`, datastreamId: row, name: text, kind: "rain", unit: "mm/h", ...place };
  });
  yield { ...base, id: "sensors", timeMs: HOUR_MS, kind: "sensors", sensors };
  for (let minute = 0; minute < HOURS * 60; minute++) {
    const timeMs = HOUR_MS + minute * MINUTE_MS + 1;
    const isPicture = minute % PICTURE_EVERY_MIN === 0;
    const rows = Uint32Array.from({ length: isPicture ? count : count / 20 }, (_, k) =>
      isPicture ? k : (k * 20 + minute) % count,
    );
    const values = Float32Array.from(rows, (row) => (row * 7 + minute) % 90);
    const readings = {
      timesMs: new Float64Array(rows.length).fill(timeMs),
      levels: new Uint8Array(rows.length),
    };
    yield { ...base, id: `r${minute}`, timeMs, kind: "readings", rows, values, ...readings };
  }
}
