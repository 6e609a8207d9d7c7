import type { PlainError } from "../base/errors.ts";
import type { LocalText, Provenance } from "./provenance.ts";

/** Warning level of the Emergency Response Law: 1 red (highest), 2 orange, 3 yellow, 4 blue. Not a risk grade, not a response level. */
export type WarningLevel = 1 | 2 | 3 | 4;
/** 0: below every threshold; 255 as `NO_DATA_LEVEL`: never drawn as "no risk". */
export type SensorLevel = 0 | WarningLevel | 255;
export const NO_DATA_LEVEL = 255;

export type WarningColorName = "red" | "orange" | "yellow" | "blue";
export const WARNING_COLOR_NAMES: Readonly<Record<WarningLevel, WarningColorName>> = {
  1: "red",
  2: "orange",
  3: "yellow",
  4: "blue",
};

/** A SensorThings Datastream at a place: what a mark on the map is. */
export interface Sensor {
  /** Thing name + datastream, stable: `SY-RN-0001`. */
  readonly id: string;
  /** Datastream `@iot.id`, as in the topic `v1.1/Datastreams(id)/Observations`. */
  readonly datastreamId: number;
  readonly name: LocalText;
  /** Key of the scenario's `sensorKinds`. */
  readonly kind: string;
  readonly unit: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres above ground. */
  readonly height: number;
  /** A vehicle or the like: the place is where it was first seen, `SensorMoves` say where it is now. */
  readonly isMoving?: true;
  /** GlobalId of the IfcSensor or IfcSpace that it is in a building model (`ifcGlobalId` of its Thing's properties). */
  readonly ifcGlobalId?: string;
}

/** Sensors in one place as the engine needs them. Positions interleaved lon, lat, height (deg, deg, m); index = sensor row. */
export interface SensorTable {
  readonly feedId: string;
  readonly sensors: readonly Sensor[];
  readonly positions: Float64Array;
}

/** What changed since the last batch; arrays of equal length. */
export interface SensorUpdate {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
  /** phenomenonTime, epoch ms. */
  readonly timesMs: Float64Array;
  readonly levels: Uint8Array;
}

/** Sensors that have another place now. `positions` are interleaved lon, lat, height (deg, deg, m), three for each row. */
export interface SensorMoves {
  readonly rows: Uint32Array;
  readonly positions: Float64Array;
  /** From north clockwise; NaN when it is not known. */
  readonly headingsDeg: Float32Array;
  /** When they were there, epoch ms. */
  readonly timesMs: Float64Array;
}

/** A warning in force, out of a CAP 1.2 alert's info in each language. Ring arrays are lon, lat pairs in degrees. */
export interface Warning {
  /** CAP identifier. */
  readonly id: string;
  readonly level: WarningLevel;
  readonly event: LocalText;
  readonly headline: LocalText;
  readonly description: LocalText;
  readonly instruction: LocalText;
  readonly areaDesc: LocalText;
  readonly sender: string;
  /** CAP `status` verbatim: Actual, Exercise, System, Test, Draft. */
  readonly status: string;
  readonly severity: string;
  readonly urgency: string;
  readonly certainty: string;
  readonly sentMs: number;
  readonly effectiveMs: number;
  readonly expiresMs: number | null;
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
  readonly provenance: Provenance;
  readonly feedId: string;
  /** Ids of the warnings that it takes the place of; absent when it is a new one. */
  readonly replaces?: readonly string[];
}

export type FeedState = "connecting" | "live" | "late" | "stale" | "lost" | "refused" | "off";

/** What a feed's records had wrong without being useless, counted since it was connected. */
export interface FeedTally {
  /** Came twice; counted once. */
  readonly duplicates: number;
  /** Came after newer ones of the same sensor: kept in its history only. */
  readonly late: number;
  /** Had a time ahead of this computer's clock by more than ten minutes: left out. */
  readonly ahead: number;
  /** Seconds by which the newest record ran ahead of this computer's clock, 0 when none did: a clock is wrong. */
  readonly skewS: number;
  /** Silences of the feed of `lateAfterS` and longer, counted when they ended. */
  readonly gaps?: number;
  /** Seconds with more than 50 messages and more than four times the average of the nine seconds before. */
  readonly bursts?: number;
}

/** The clock of a simulated feed, as its hub tells it. */
export interface SimulationClock {
  readonly paused: boolean;
  /** 1 is as fast as its recording says. */
  readonly speed: number;
  readonly seed: number;
}

/** A record that was left out, or taken with a doubt. */
export interface FeedIssue {
  readonly atMs: number;
  /** Where and what, in English. */
  readonly message: string;
  /** The same by code, where it was thrown as an error: its sentence is `error.<code>`, its place what stands before the first `: `. */
  readonly problem?: PlainError;
}

/** One row of the feed list. */
export interface FeedStatus {
  readonly id: string;
  readonly title: LocalText;
  readonly url: string;
  readonly state: FeedState;
  readonly provenance: Provenance;
  /** Thresholds of its own, seconds without a message. */
  readonly lateAfterS?: number;
  readonly staleAfterS?: number;
  /** How it is connected, such as `MQTT 5`; null while it is not. */
  readonly link?: string | null;
  /** Clock of a simulation that can be set; absent when the feed has none. */
  readonly clock?: SimulationClock;
  /** Messages per second over the last ten seconds. */
  readonly ratePerS: number;
  readonly received: number;
  readonly rejected: number;
  readonly tally?: FeedTally;
  /** Time of the newest observation or alert itself, epoch ms: a server may answer promptly with old news. */
  readonly newestMs?: number | null;
  /** Receipt time of the newest message, epoch ms; null before the first. */
  readonly lastMessageMs: number | null;
  /** Epoch ms of the next connection attempt while lost. */
  readonly retryAtMs: number | null;
  readonly attempt: number;
  readonly error: string | null;
  /** The same by code, where it has one; its sentence is `error.<code>`. */
  readonly problem?: PlainError;
  /** Last few rejected records, newest first. */
  readonly issues: readonly FeedIssue[];
}
