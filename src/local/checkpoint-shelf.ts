import type { Checkpoint } from "../domain/event-log.ts";
import type { FeedMoment } from "../domain/feed-moment.ts";
import type { Sensor } from "../domain/risk.ts";
import { EMPTY_MOMENT, type TwinMoment } from "../domain/twin-moment.ts";
import type { EventDb } from "./event-db.ts";

type StoredFeed = Omit<FeedMoment, "sensors">;
type StoredMoment = Omit<TwinMoment, "feeds"> & { readonly feeds: readonly StoredFeed[] };

/** Lists of sensors that are kept at hand; all moments of a session share one or two. */
const MAX_LISTS = 24;

/** After so many that cannot be read, the way from the start is taken. */
const TRIES = 3;

/** Checkpoints in IndexedDB. 20 000 sensors take 260 kB, since their descriptions stay where they were told. */
export class CheckpointShelf {
  readonly #db: EventDb;
  readonly #readSensors: (id: string) => Promise<readonly Sensor[] | null>;
  readonly #lists = new Map<string, readonly Sensor[]>();

  constructor(db: EventDb, readSensors: (id: string) => Promise<readonly Sensor[] | null>) {
    this.#db = db;
    this.#readSensors = readSensors;
  }

  async save({ place, moment }: Checkpoint): Promise<void> {
    const feeds = [...moment.feeds.values()].map(({ sensors, ...feed }) => {
      if (feed.sensorsId) this.#keep(feed.sensorsId, sensors);
      return feed;
    });
    const stored: StoredMoment = { ...moment, feeds };
    const tx = this.#db.transaction("checkpoints", "readwrite", { durability: "relaxed" });
    await Promise.all([tx.store.put({ place, moment: stored }), tx.done]);
  }

  /** One that cannot be read is passed over for the one before it. */
  async before(place: number, afterPlace: number): Promise<Checkpoint | null> {
    let limit = IDBKeyRange.upperBound(place);
    for (let tries = 0; tries < TRIES; tries++) {
      const cursor = await this.#db.transaction("checkpoints").store.openKeyCursor(limit, "prev");
      if (!cursor || cursor.primaryKey <= afterPlace) return null;
      const found = cursor.primaryKey;
      const moment = await this.#load(found).catch(() => null);
      if (moment) return { place: found, moment };
      limit = IDBKeyRange.upperBound(found, true);
    }
    return null;
  }

  async #load(place: number): Promise<TwinMoment | null> {
    const record = await this.#db.get("checkpoints", place);
    if (!record) return null;
    const stored = record.moment as StoredMoment;
    const feeds = new Map<string, FeedMoment>();
    for (const feed of stored.feeds) {
      const sensors = feed.sensorsId ? await this.#sensors(feed.sensorsId) : [];
      if (sensors.length !== feed.values.length) return null;
      feeds.set(feed.feedId, { ...feed, sensors });
    }
    return { ...EMPTY_MOMENT, ...stored, feeds };
  }

  async #sensors(id: string): Promise<readonly Sensor[]> {
    const known = this.#lists.get(id);
    if (known) return known;
    const sensors = (await this.#readSensors(id)) ?? [];
    this.#keep(id, sensors);
    return sensors;
  }

  #keep(id: string, sensors: readonly Sensor[]): void {
    this.#lists.delete(id);
    this.#lists.set(id, sensors);
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size > MAX_LISTS && oldest !== undefined) this.#lists.delete(oldest);
  }
}
