import {
  DEFAULT_KEEP,
  type KeepPolicy,
  type KeepTier,
  spanStart,
  thinReadings,
} from "../domain/keep-policy.ts";
import { thinMoves, thinUnits } from "../domain/thin-moves.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { parseTwinEvent } from "../domain/twin-event-schema.ts";
import type { EventDb, StoredEvent } from "./event-db.ts";

type Thinnable = "readings" | "moves" | "units";
/** Entries of one kind (and feed) that may become fewer together. */
type Run = { [K in Thinnable]: Extract<StoredEvent, { kind: K }>[] }[Thinnable];

/**
 * Thins out old readings in small steps, each one transaction: after a kill the log is as before the step or as after it. One page
 * at a time may do this.
 */
export class LogThinner {
  readonly #db: EventDb;
  readonly #policy: KeepPolicy;
  /** Levels by tier, feed and row, as far as this session has come; unknown ones count as changed once. */
  readonly #levels = new Map<string, Map<number, number>>();
  readonly #tasks = new Map<string, Map<string, string>>();

  constructor(db: EventDb, policy: KeepPolicy = DEFAULT_KEEP) {
    this.#db = db;
    this.#policy = policy;
  }

  /** Does one span of one tier; false when there is nothing left to do. */
  async step(nowMs: number): Promise<boolean> {
    for (const tier of this.#policy) {
      const fromMs = await this.#nextSpan(tier, nowMs);
      if (fromMs === null) continue;
      await this.#thin(tier, fromMs);
      return true;
    }
    return false;
  }

  /** Start of the next span with entries that is old enough; spans without entries are stepped over. */
  async #nextSpan({ afterMs, pictureEveryMs }: KeepTier, nowMs: number): Promise<number | null> {
    const doneMs = (await this.#db.get("thinned", keyOf(pictureEveryMs))) ?? 0;
    const index = this.#db.transaction("entries").store.index("timeMs");
    const next = await index.openKeyCursor(IDBKeyRange.lowerBound(doneMs));
    if (!next) return null;
    const fromMs = spanStart(next.key, pictureEveryMs);
    return fromMs + pictureEveryMs <= nowMs - afterMs ? fromMs : null;
  }

  async #thin({ pictureEveryMs }: KeepTier, fromMs: number): Promise<void> {
    const untilMs = fromMs + pictureEveryMs;
    const tx = this.#db.transaction(["entries", "checkpoints", "thinned"], "readwrite", {
      durability: "relaxed",
    });
    tx.done.catch(() => {});
    const entries = tx.objectStore("entries");
    const span = IDBKeyRange.bound(fromMs, untilMs, false, true);
    const before = (await entries.index("timeMs").getAll(span)).sort((a, b) => a.place - b.place);
    const writes: Promise<unknown>[] = [];
    const write = (one: Promise<unknown>) => {
      one.catch(() => {});
      writes.push(one);
    };
    for (const run of runsOf(before)) {
      const kept = new Map(this.#thinned(run, pictureEveryMs).map((one) => [one.id, one]));
      for (const { place, id } of run) {
        const event = kept.get(id);
        write(event ? entries.put({ ...event, place }) : entries.delete(place));
      }
    }
    const [first, last] = [before[0], before.at(-1)];
    if (first && last && first.place < last.place)
      write(tx.objectStore("checkpoints").delete(IDBKeyRange.bound(first.place, last.place, false, true)));
    write(tx.objectStore("thinned").put(untilMs, keyOf(pictureEveryMs)));
    await Promise.all([...writes, tx.done]);
  }

  #thinned(run: Run, pictureEveryMs: number): readonly TwinEvent[] {
    const [first] = run;
    if (first === undefined) return [];
    if (first.kind === "moves") return thinMoves(run as Extract<Run[number], { kind: "moves" }>[]);
    if (first.kind === "units") {
      const tasks = rememberedIn(this.#tasks, keyOf(pictureEveryMs));
      return thinUnits(run as Extract<Run[number], { kind: "units" }>[], tasks);
    }
    const levels = rememberedIn(this.#levels, `${pictureEveryMs}/${first.feedId}`);
    return thinReadings(run as Extract<Run[number], { kind: "readings" }>[], levels);
  }
}

function rememberedIn<K, V>(all: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = all.get(key) ?? new Map<K, V>();
  all.set(key, known);
  return known;
}

/** Readings and moves of one feed, and reports of units, without anything in between that gives them another meaning. */
function runsOf(entries: readonly StoredEvent[]): Run[] {
  const runs: StoredEvent[][] = [];
  const open = new Map<string, StoredEvent[]>();
  for (const event of entries) {
    if (event.kind === "sensors" || event.kind === "feed") {
      const isBreak = event.kind === "sensors" || event.isFresh || event.state === "off";
      if (isBreak) for (const kind of ["readings", "moves"]) open.delete(`${kind}/${event.feedId}`);
    }
    if (event.kind === "units" && event.isAll) {
      open.delete("units");
      continue;
    }
    const key = runKeyOf(event);
    if (key === null || !isWhole(event)) continue;
    let run = open.get(key);
    if (!run) {
      run = [];
      runs.push(run);
      open.set(key, run);
    }
    run.push(event);
  }
  return runs as Run[];
}

function runKeyOf(event: StoredEvent): string | null {
  if (event.kind === "units") return "units";
  return event.kind === "readings" || event.kind === "moves" ? `${event.kind}/${event.feedId}` : null;
}

/** What is damaged stays as it is: reading it says so. */
function isWhole(event: StoredEvent): boolean {
  try {
    return Boolean(parseTwinEvent(event));
  } catch {
    return false;
  }
}

function keyOf(pictureEveryMs: number): string {
  return `every-${pictureEveryMs}`;
}
