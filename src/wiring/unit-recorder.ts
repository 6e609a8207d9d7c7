import type { Unit } from "../domain/response.ts";
import type { TwinEventBody } from "../domain/twin-event.ts";
import { distanceM } from "../geo/local-plane.ts";

/** A unit's place is written down at most this often, and when it has moved so far. */
const PLACE_MS = 5000;
const PLACE_M = 15;

interface Logged {
  readonly unit: Unit;
  readonly atMs: number;
}

/** Turns where everybody is into entries of the log: each change of status or task at once, places now and then. One page records. */
export class UnitRecorder {
  readonly #record: (body: TwinEventBody) => void;
  readonly #nowMs: () => number;
  readonly #logged = new Map<string, Logged>();
  #units: readonly Unit[] = [];
  #isOn = false;

  constructor(record: (body: TwinEventBody) => void, nowMs: () => number = Date.now) {
    this.#record = record;
    this.#nowMs = nowMs;
  }

  /** From now on this page records; what the log said of units before no longer counts. */
  begin(): void {
    this.#isOn = true;
    this.#logged.clear();
    this.#log(this.#units, [], true);
  }

  take(units: readonly Unit[]): void {
    this.#units = units;
    if (!this.#isOn) return;
    const ids = new Set(units.map(({ id }) => id));
    const gone = [...this.#logged.keys()].filter((id) => !ids.has(id));
    for (const id of gone) this.#logged.delete(id);
    const put = units.filter((unit) => this.#isNews(unit));
    if (put.length + gone.length > 0) this.#log(put, gone, false);
  }

  #log(put: readonly Unit[], gone: readonly string[], isAll: boolean): void {
    const atMs = this.#nowMs();
    for (const unit of put) this.#logged.set(unit.id, { unit, atMs });
    this.#record({ kind: "units", put, gone, ...(isAll && { isAll }) });
  }

  #isNews(unit: Unit): boolean {
    const before = this.#logged.get(unit.id);
    if (!before) return true;
    const { status, incidentId, provenance, longitudeDeg, latitudeDeg } = before.unit;
    if (unit.status !== status || unit.incidentId !== incidentId) return true;
    if (unit.provenance.kind !== provenance.kind) return true;
    const moved = distanceM(longitudeDeg, latitudeDeg, unit.longitudeDeg, unit.latitudeDeg);
    return moved >= PLACE_M && this.#nowMs() - before.atMs >= PLACE_MS;
  }
}
