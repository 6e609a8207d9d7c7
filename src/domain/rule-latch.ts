import type { RuleObservation } from "./alert-rule.ts";

/** Observations that an alert keeps. */
export const MAX_EVIDENCE = 20;

export interface LatchSpec {
  readonly direction: "above" | "below";
  readonly raise: number;
  readonly clear: number;
  readonly holdS: number;
  readonly clearHoldS?: number;
}

/** A threshold with hold time and hysteresis over one sensor's observations, which come in order of their time. */
export class Latch {
  isOn = false;
  /** Observations since the value went past `raise`; kept as they were when it went on. */
  evidence: RuleObservation[] = [];
  #sinceMs: number | null = null;
  #backSinceMs: number | null = null;

  /** Takes the next value; says whether this switched it. */
  update(spec: LatchSpec, observation: RuleObservation): "raised" | "cleared" | null {
    return this.isOn ? this.#whileOn(spec, observation) : this.#whileOff(spec, observation);
  }

  /** Plain data for the state hash. */
  state(): readonly unknown[] {
    return [this.isOn, this.#sinceMs, this.#backSinceMs, this.evidence];
  }

  #whileOff(spec: LatchSpec, observation: RuleObservation): "raised" | null {
    const { timeMs, value } = observation;
    const isPast = spec.direction === "above" ? value >= spec.raise : value <= spec.raise;
    if (!isPast) {
      this.#sinceMs = null;
      this.evidence = [];
      return null;
    }
    this.#sinceMs ??= timeMs;
    // the first, and the newest of the others
    if (this.evidence.length >= MAX_EVIDENCE) this.evidence.splice(1, 1);
    this.evidence.push(observation);
    if (timeMs - this.#sinceMs < spec.holdS * 1000) return null;
    this.isOn = true;
    return "raised";
  }

  #whileOn(spec: LatchSpec, { timeMs, value }: RuleObservation): "cleared" | null {
    const isBack = spec.direction === "above" ? value < spec.clear : value > spec.clear;
    if (!isBack) {
      this.#backSinceMs = null;
      return null;
    }
    this.#backSinceMs ??= timeMs;
    if (timeMs - this.#backSinceMs < (spec.clearHoldS ?? 0) * 1000) return null;
    this.isOn = false;
    this.#sinceMs = null;
    this.#backSinceMs = null;
    this.evidence = [];
    return "cleared";
  }
}
