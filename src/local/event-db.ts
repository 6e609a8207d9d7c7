import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { TwinError } from "../base/errors.ts";
import type { TwinEvent } from "../domain/twin-event.ts";

/** A checkpoint on the disk: sensor lists stand in for by the id of the entry that described them. */
export interface StoredCheckpoint {
  readonly place: number;
  readonly moment: unknown;
}

export type StoredEvent = TwinEvent & { readonly place: number };

export interface EventSchema extends DBSchema {
  entries: {
    key: number;
    value: StoredEvent;
    indexes: { id: string; timeMs: number; kind: string };
  };
  checkpoints: { key: number; value: StoredCheckpoint };
  /** How far each tier of the policy has been thinned out, epoch ms. */
  thinned: { key: string; value: number };
}

export type EventDb = IDBPDatabase<EventSchema>;

/**
 * 1: entries by place with indexes of id, time and kind; checkpoints by place; progress of thinning out. 2: moments have units, zones,
 * storm tracks and places, which entries of before say as well (zones, orders) but checkpoints of before do not: these are made anew.
 */
const VERSION = 2;

/**
 * Opens the log of this origin, and makes it the first time. Rejects with TwinError `log.newer` when a newer program has written
 * it, `log.closed` when the browser refuses storage.
 */
export async function openEventDb(name: string): Promise<EventDb> {
  try {
    return await openDB<EventSchema>(name, VERSION, {
      upgrade(db, before, _after, tx) {
        if (before > 0) {
          void tx.objectStore("checkpoints").clear();
          return;
        }
        const entries = db.createObjectStore("entries", { keyPath: "place", autoIncrement: true });
        entries.createIndex("id", "id", { unique: true });
        entries.createIndex("timeMs", "timeMs");
        entries.createIndex("kind", "kind");
        db.createObjectStore("checkpoints", { keyPath: "place" });
        db.createObjectStore("thinned");
      },
      blocking(_now, _then, event) {
        (event.target as IDBDatabase).close();
      },
    });
  } catch (cause) {
    if ((cause as { name?: string }).name === "VersionError")
      throw new TwinError("log.newer", "The event log was written by a newer version.", {}, cause);
    throw new TwinError("log.closed", "The browser does not let the event log be stored.", {}, cause);
  }
}
