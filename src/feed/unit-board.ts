import type { Provenance } from "../domain/provenance.ts";
import type { Unit } from "../domain/response.ts";
import type { DecodedUnit } from "./unit-mapping.ts";

const MAX_UNITS = 5000;

/** What changed of a feed's units. */
export interface UnitChanges {
  readonly put: readonly Unit[];
  readonly gone: readonly string[];
}

/** The units that a feed reports, newest report of each. */
export class UnitBoard {
  readonly #provenance: Provenance;
  readonly #units = new Map<string, Unit>();
  /** Which units a topic has told of: taking it back takes them back. */
  readonly #topics = new Map<string, Set<string>>();
  readonly #dirty = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(provenance: Provenance) {
    this.#provenance = provenance;
  }

  /** Takes reports over unless newer ones are known. Returns the newest time among them, null when there is none. */
  put(topic: string, units: readonly DecodedUnit[], nowMs: number): number | null {
    let newestMs: number | null = null;
    const told = this.#topics.get(topic) ?? new Set<string>();
    this.#topics.set(topic, told);
    for (const { unit, timeMs } of units) {
      const observedAtMs = timeMs ?? nowMs;
      const known = this.#units.get(unit.id);
      if (known ? known.observedAtMs > observedAtMs : this.#units.size >= MAX_UNITS) continue;
      this.#units.set(unit.id, { ...unit, observedAtMs, provenance: this.#provenance });
      told.add(unit.id);
      this.#dirty.add(unit.id);
      this.#gone.delete(unit.id);
      newestMs = Math.max(newestMs ?? observedAtMs, observedAtMs);
    }
    return newestMs;
  }

  takeBack(topic: string): void {
    for (const id of this.#topics.get(topic) ?? []) {
      this.#units.delete(id);
      this.#dirty.delete(id);
      this.#gone.add(id);
    }
    this.#topics.delete(topic);
  }

  /** What changed since the last call; null when nothing did. */
  take(): UnitChanges | null {
    if (this.#dirty.size + this.#gone.size === 0) return null;
    const put = [...this.#dirty].map((id) => this.#units.get(id)!);
    const gone = [...this.#gone];
    this.#dirty.clear();
    this.#gone.clear();
    return { put, gone };
  }
}
