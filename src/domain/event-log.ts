import type { LoggedEvent, TwinEvent } from "./twin-event.ts";
import type { TwinMoment } from "./twin-moment.ts";

/** First and last entry of a log, and how many there are. Times in epoch ms. */
export interface LogSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly entries: number;
}

export interface LogPage {
  readonly entries: readonly LoggedEvent[];
  /** The last place that was looked at: damaged entries are passed over. */
  readonly lastPlace: number;
}

export interface Checkpoint {
  /** The moment after the entry at this place. */
  readonly place: number;
  readonly moment: TwinMoment;
}

/** A log as replay reads it: on the disk, in memory, or out of a package. Entries are in the order of their places and times. */
export interface EventLog {
  /** Null while it is empty. */
  span(): Promise<LogSpan | null>;
  /** Place of the last entry up to and including a time; 0 when there is none. Whatever was to be written before is in it. */
  placeAt(timeMs: number): Promise<number>;
  /** Entries after one place, up to and including another, at most `limit`. */
  read(afterPlace: number, untilPlace: number, limit: number): Promise<LogPage>;
  /** All entries of some kinds in their order; of each kind the `newest` so many. */
  readKinds(kinds: readonly TwinEvent["kind"][], newest?: number): Promise<readonly LoggedEvent[]>;
  /** The last checkpoint up to and including a place. */
  checkpointBefore(place: number): Promise<Checkpoint | null>;
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
}
