import type { LocalText } from "./provenance.ts";
import type { WarningLevel } from "./risk.ts";

/** A rule of a scenario: when sensors of a kind say this, there is an alert. Data, not code. */
export interface AlertRule {
  readonly id: string;
  readonly title: LocalText;
  readonly level: WarningLevel;
  /** Key of the scenario's `sensorKinds`. */
  readonly kind: string;
  /** Only sensors inside this ring of lon, lat pairs in degrees; everywhere when absent. */
  readonly area?: readonly (readonly [number, number])[];
  readonly when: RuleCondition;
}

export type RuleCondition = ThresholdCondition | RateCondition | AbsenceCondition | AgreementCondition;

/**
 * A level with memory: past `raise` for `holdS` seconds of event time it is on; it goes off only past `clear`, which lies on the
 * harmless side, for `clearHoldS` seconds (0 when absent). Both ends of a hold are observations, never mere silence.
 */
interface Latched {
  readonly direction: "above" | "below";
  readonly raise: number;
  readonly clear: number;
  readonly holdS: number;
  readonly clearHoldS?: number;
}

export interface ThresholdCondition extends Latched {
  readonly type: "threshold";
}

/** Change an hour between the first and the last observation of the last `overS` seconds; needs at least half that span. */
export interface RateCondition {
  readonly type: "rate";
  readonly direction: "rising" | "falling";
  /** Units of the kind an hour, both positive; `clearPerHour` is the smaller one. */
  readonly perHour: number;
  readonly clearPerHour: number;
  readonly overS: number;
}

/** No observation for `silentS` seconds: an alert for each sensor, or one for the kind once that share of its sensors (0-1) is silent. */
export interface AbsenceCondition {
  readonly type: "absence";
  readonly silentS: number;
  readonly share?: number;
}

/** At least `count` sensors within `radius` metres of one another's finder are on, each heard within `withinS` seconds. */
export interface AgreementCondition extends Latched {
  readonly type: "agreement";
  readonly count: number;
  readonly radius: number;
  readonly withinS: number;
}

/** What a rule engine is told of a sensor. */
export interface RuleSensor {
  /** As observations name it. */
  readonly key: string;
  /** As users know it. */
  readonly id: string;
  readonly kind: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

export interface RuleObservation {
  readonly key: string;
  /** phenomenonTime, epoch ms. */
  readonly timeMs: number;
  /** NaN: the sensor says that it has no value; this is silence. */
  readonly value: number;
}

/** An alert that a rule raised, with what raised it. Times are event time, epoch ms. */
export interface RuleAlert {
  /** `rule/subject/raisedMs`: the same log gives the same. */
  readonly id: string;
  readonly ruleId: string;
  readonly level: WarningLevel;
  /** Sensor id; for a silent kind the kind. */
  readonly subject: string;
  readonly sensorIds: readonly string[];
  readonly raisedMs: number;
  readonly clearedMs: number | null;
  /** The observations that raised it, oldest first; at most 20. Empty for absence: there were none. */
  readonly evidence: readonly {
    readonly sensorId: string;
    readonly timeMs: number;
    readonly value: number;
  }[];
  readonly longitudeDeg: number | null;
  readonly latitudeDeg: number | null;
}

/** One line of a rule engine's log: what it was told, in order. */
export type RuleLogEntry =
  | { readonly type: "sensor"; readonly sensor: RuleSensor }
  | ({ readonly type: "observation" } & RuleObservation)
  /** All the sensors that there are: the others have gone, and their alerts are over. */
  | { readonly type: "roll"; readonly keys: ReadonlySet<string> }
  /** The clock of the ticks has moved by itself: the computer slept, or its clock was set. Nobody was silent meanwhile. */
  | { readonly type: "jump"; readonly timeMs: number }
  | { readonly type: "tick"; readonly timeMs: number };
