import type { IDBPObjectStore } from "idb";
import type { Issue } from "../base/errors.ts";
import type { Checkpoint, EventLog, LogPage, LogSpan } from "../domain/event-log.ts";
import type { LoggedEvent, TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import { parseTwinEvent } from "../domain/twin-event-schema.ts";
import { CheckpointShelf } from "./checkpoint-shelf.ts";
import { type EventDb, type EventSchema, openEventDb, type StoredEvent } from "./event-db.ts";
import { packEvent, unpackEvent } from "./packed-sensors.ts";

/** An entry that has no time yet: it gets it when it is written. */
export interface EventDraft {
  readonly id: string;
  readonly actor: string;
  readonly body: TwinEventBody;
}

export interface StoreOptions {
  readonly name?: string;
  readonly nowMs?: () => number;
}

const NAME = "liaotwin-log";
const MAX_ISSUES = 50;

type Entries = IDBPObjectStore<EventSchema, ["entries"], "entries", "readwrite">;

/**
 * The event log of this origin in IndexedDB. Entries are only added; several pages may write at once, since place and time are given
 * inside the transaction, which the browser runs one after another. The caller closes it.
 */
export class EventStore implements EventLog {
  /** Entries that cannot be read, each told once; the others are not lost by them. At most 50. */
  readonly issues: Issue[] = [];
  readonly db: EventDb;
  readonly #nowMs: () => number;
  readonly #checkpoints: CheckpointShelf;

  constructor(db: EventDb, nowMs: () => number) {
    this.db = db;
    this.#nowMs = nowMs;
    this.#checkpoints = new CheckpointShelf(db, (id) => this.#sensorsOf(id));
  }

  /** Rejects with TwinError `log.newer`, `log.closed`. */
  static async open({ name = NAME, nowMs = Date.now }: StoreOptions = {}): Promise<EventStore> {
    return new EventStore(await openEventDb(name), nowMs);
  }

  close(): void {
    this.db.close();
  }

  /**
   * Writes entries together or not at all, in their order, with the time of the writing. Resolves when the transaction is complete;
   * `isStrict`: when it is on the disk, and not only handed to the system. An entry whose id is there already is answered as it
   * stands. Rejects with the browser's own error (`QuotaExceededError`); nothing is written then.
   */
  async append(drafts: readonly EventDraft[], isStrict: boolean): Promise<readonly LoggedEvent[]> {
    const tx = this.db.transaction("entries", "readwrite", {
      durability: isStrict ? "strict" : "relaxed",
    });
    tx.done.catch(() => {});
    const entries = tx.store;
    try {
      const last = await entries.index("timeMs").openKeyCursor(null, "prev");
      const timeMs = Math.max(this.#nowMs(), last?.key ?? 0);
      const written: LoggedEvent[] = [];
      for (const draft of drafts) written.push(await addOnce(entries, draft, timeMs));
      await tx.done;
      return written;
    } catch (error) {
      abort(tx);
      throw error;
    }
  }

  async span(): Promise<LogSpan | null> {
    const tx = this.db.transaction("entries");
    const times = tx.store.index("timeMs");
    const [first, last, entries] = await Promise.all([
      times.openKeyCursor(),
      times.openKeyCursor(null, "prev"),
      tx.store.count(),
    ]);
    return first && last ? { fromMs: first.key, toMs: last.key, entries } : null;
  }

  async placeAt(timeMs: number): Promise<number> {
    const index = this.db.transaction("entries").store.index("timeMs");
    const cursor = await index.openKeyCursor(IDBKeyRange.upperBound(timeMs), "prev");
    return cursor?.primaryKey ?? 0;
  }

  async read(afterPlace: number, untilPlace: number, limit: number): Promise<LogPage> {
    if (untilPlace <= afterPlace) return { entries: [], lastPlace: untilPlace };
    const range = IDBKeyRange.bound(afterPlace, untilPlace, true);
    const records = await this.db.getAll("entries", range, limit).catch(() => this.#readSingly(range, limit));
    const lastPlace = records.length < limit ? untilPlace : Number(records.at(-1)?.place ?? untilPlace);
    return { entries: records.flatMap((record) => this.#checked(record)), lastPlace };
  }

  async readKinds(
    kinds: readonly TwinEvent["kind"][],
    newest = Number.POSITIVE_INFINITY,
  ): Promise<readonly LoggedEvent[]> {
    const places: number[] = [];
    for (const kind of kinds) {
      const all = await this.db.getAllKeysFromIndex("entries", "kind", kind);
      places.push(...(Number.isFinite(newest) ? all.slice(-newest) : all));
    }
    places.sort((a, b) => a - b);
    const entries: LoggedEvent[] = [];
    for (let at = 0; at < places.length; at += 200) {
      const records = await Promise.all(
        places.slice(at, at + 200).map((place) => this.db.get("entries", place).catch(() => ({ place }))),
      );
      entries.push(...records.flatMap((record) => (record ? this.#checked(record) : [])));
    }
    return entries;
  }

  checkpointBefore(place: number, afterPlace = 0): Promise<Checkpoint | null> {
    return this.#checkpoints.before(place, afterPlace);
  }

  /** A checkpoint that cannot be kept only makes the way back longer. */
  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#checkpoints.save(checkpoint).catch(() => {});
  }

  /** After a page of entries could not be read as a whole: what can be read of it. */
  async #readSingly(range: IDBKeyRange, limit: number): Promise<{ place: number }[]> {
    const places = await this.db.getAllKeys("entries", range, limit);
    return Promise.all(
      places.map(async (place) => (await this.db.get("entries", place).catch(() => null)) ?? { place }),
    );
  }

  #checked(record: { readonly place: number }): LoggedEvent[] {
    const { place, ...event } = record as StoredEvent;
    try {
      return [{ place, event: parseTwinEvent(unpackEvent(event)) }];
    } catch (error) {
      const where = `#${place}`;
      if (this.issues.length < MAX_ISSUES && !this.issues.some((issue) => issue.place === where))
        this.issues.push({
          code: "log.entry",
          severity: "warning",
          message: error instanceof Error ? error.message : String(error),
          place: where,
        });
      return [];
    }
  }

  async #sensorsOf(id: string): Promise<Extract<TwinEvent, { kind: "sensors" }>["sensors"] | null> {
    const stored = await this.db.getFromIndex("entries", "id", id);
    const event = stored && (unpackEvent(stored) as TwinEvent);
    return event?.kind === "sensors" ? event.sensors : null;
  }
}

async function addOnce(entries: Entries, draft: EventDraft, timeMs: number): Promise<LoggedEvent> {
  const { id, actor, body } = draft;
  const known = await entries.index("id").get(id);
  if (known) {
    const { place, ...event } = known;
    return { place, event: unpackEvent(event) as TwinEvent };
  }
  const event: TwinEvent = { id, timeMs, actor, ...body };
  const place = await entries.add(packEvent(event) as StoredEvent);
  return { place, event };
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended by itself already.
  }
}
