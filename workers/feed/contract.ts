import type { AlertRule, RuleAlert } from "../../src/domain/alert-rule.ts";
import type { FeedStatus, Sensor, SensorMoves, Warning } from "../../src/domain/risk.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import type { SensorPart } from "../../src/domain/sensor-parts.ts";
import type { StormTrack } from "../../src/domain/storm-track.ts";
import type { FeedCredentials } from "../../src/feed/feed-adapter.ts";
import type { PublishOutcome } from "../../src/feed/mqtt-publish.ts";
import type { UnitChanges } from "../../src/feed/unit-board.ts";

/** Batched to the page at most four times a second. Typed arrays are transferred. */
export interface FeedBatch {
  readonly feedId: string;
  readonly status: FeedStatus;
  /** Present when the set of sensors changed; row = position, counted over this feed. */
  readonly sensors?: readonly Sensor[];
  /** What changed: rows of this feed's sensors. */
  readonly update?: {
    readonly rows: Uint32Array;
    readonly values: Float32Array;
    readonly timesMs: Float64Array;
    readonly levels: Uint8Array;
  };
  /** Where moving things are now; arrays of equal length, positions three times as long. */
  readonly moves?: SensorMoves;
  /** All tracks that the feed has, whenever one changed. */
  readonly tracks?: readonly StormTrack[];
  /** Units of which something is new, and ids of those that went. */
  readonly units?: UnitChanges;
  /** All warnings in force, whenever the set changed (updates, cancels and expiry applied). */
  readonly warnings?: readonly Warning[];
  /** What the scenario's rules say of this feed, whenever it changed: alerts that hold, then those that are over. */
  readonly alerts?: readonly RuleAlert[];
}

/** A batch as the worker sends it: its sensors in parts, of which the last brings everything else. */
export type SentBatch = Omit<FeedBatch, "sensors"> & { readonly sensors?: SensorPart };

export type { FeedCredentials } from "../../src/feed/feed-adapter.ts";

/** Exposed by feed.worker.ts through Comlink. */
export interface FeedWorker {
  /** Starts (or restarts with the new config) one feed. Never rejects for a network reason: that is a state. */
  connect(
    config: FeedConfig,
    kinds: Readonly<Record<string, SensorKind>>,
    city: string,
    credentials: FeedCredentials | null,
    onBatch: (batch: SentBatch) => void,
    rules?: readonly AlertRule[],
  ): Promise<void>;
  disconnect(feedId: string): Promise<void>;
  /** Tries again now, also after a refusal; what was received stays. */
  retry(feedId: string, credentials: FeedCredentials | null): Promise<void>;
  /** Leaves a retained message with the broker of a feed that is connected, over a connection of its own. Never rejects for a network reason. */
  publish(
    feedId: string,
    topic: string,
    payload: string,
    credentials: FeedCredentials | null,
  ): Promise<PublishOutcome>;
  /** Recent values of one sensor of the feed, oldest first; at most 600 points. */
  series(
    feedId: string,
    row: number,
  ): Promise<{ readonly timesMs: Float64Array; readonly values: Float32Array; readonly levels: Uint8Array }>;
}
