import type { Checkpoint, EventLog, LogPage, LogSpan } from "./event-log.ts";
import type { LoggedEvent, TwinEvent } from "./twin-event.ts";

/** A log in memory: an imported package, a what-if, or what could not reach the disk. Checkpoints are kept beside it. */
export class MemoryLog implements EventLog {
  #entries: LoggedEvent[] = [];
  readonly #ids = new Set<string>();
  readonly #checkpoints: Checkpoint[] = [];

  constructor(events: Iterable<TwinEvent> = []) {
    for (const event of events) this.add(event);
  }

  /** Null when its id is there already. Time never runs backwards: an earlier time becomes that of the entry before. */
  add(event: TwinEvent): LoggedEvent | null {
    if (this.#ids.has(event.id)) return null;
    const last = this.#entries.at(-1);
    const timeMs = Math.max(event.timeMs, last?.event.timeMs ?? 0);
    const entry = {
      place: (last?.place ?? 0) + 1,
      event: timeMs === event.timeMs ? event : { ...event, timeMs },
    };
    this.#ids.add(event.id);
    this.#entries.push(entry);
    return entry;
  }

  find(id: string): TwinEvent | null {
    return this.#ids.has(id) ? (this.#entries.find(({ event }) => event.id === id)?.event ?? null) : null;
  }

  async span(): Promise<LogSpan | null> {
    const [first, last] = [this.#entries[0], this.#entries.at(-1)];
    if (!first || !last) return null;
    return { fromMs: first.event.timeMs, toMs: last.event.timeMs, entries: this.#entries.length };
  }

  async placeAt(timeMs: number): Promise<number> {
    return this.#entries[countUntil(this.#entries, ({ event }) => event.timeMs <= timeMs) - 1]?.place ?? 0;
  }

  async read(afterPlace: number, untilPlace: number, limit: number): Promise<LogPage> {
    const from = countUntil(this.#entries, ({ place }) => place <= afterPlace);
    const until = countUntil(this.#entries, ({ place }) => place <= untilPlace);
    const entries = this.#entries.slice(from, Math.min(until, from + limit));
    return { entries, lastPlace: from + limit < until ? entries.at(-1)!.place : untilPlace };
  }

  async readKinds(
    kinds: readonly TwinEvent["kind"][],
    newest = Number.POSITIVE_INFINITY,
  ): Promise<readonly LoggedEvent[]> {
    const left = new Map(kinds.map((kind) => [kind, newest]));
    const found: LoggedEvent[] = [];
    for (const entry of this.#entries.toReversed()) {
      const wanted = left.get(entry.event.kind) ?? 0;
      if (wanted <= 0) continue;
      left.set(entry.event.kind, wanted - 1);
      found.push(entry);
    }
    return found.reverse();
  }

  /** Lets go of readings and moves from before a time, so that memory stays flat while nothing can be written. */
  dropReadings(beforeMs: number): void {
    const isBulk = ({ kind }: TwinEvent) => kind === "readings" || kind === "moves";
    const kept = this.#entries.filter(({ event }) => !isBulk(event) || event.timeMs >= beforeMs);
    this.#entries = kept;
  }

  async checkpointBefore(place: number, afterPlace = 0): Promise<Checkpoint | null> {
    const found = this.#checkpoints[countUntil(this.#checkpoints, (one) => one.place <= place) - 1];
    return found && found.place > afterPlace ? found : null;
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const at = countUntil(this.#checkpoints, (one) => one.place < checkpoint.place);
    const isThere = this.#checkpoints[at]?.place === checkpoint.place;
    this.#checkpoints.splice(at, isThere ? 1 : 0, checkpoint);
  }
}

/** How many from the start on; `isBefore` must not turn true again once it was false. */
function countUntil<T>(sorted: readonly T[], isBefore: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
