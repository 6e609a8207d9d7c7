import type { Unit } from "../domain/response.ts";
import type { ScenarioManifest } from "../domain/scenario.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { orderOf, ordersOf, type UnitOrder } from "../domain/unit-order.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import type { WireParts } from "./parts.ts";

/** An order that this page carries out by itself ends by then: who is out for longer is told of by somebody else. */
const OWN_ORDER_MS = 6 * 3_600_000;

/** Units of a moment, and what they are told in a what-if that began with it. */
export interface PastUnits {
  readonly units: readonly Unit[];
  readonly orders: readonly UnitOrder[];
  /** Epoch ms. */
  readonly atMs: number;
}

export interface UnitReports {
  /** As feeds report them; empty where none does. */
  readonly reported: () => readonly Unit[];
  /** Reports may come any moment: nobody simulates meanwhile. */
  readonly isExpected: () => boolean;
  /** Hears where everybody is now, at every look and whatever is shown. */
  readonly onLive: (units: readonly Unit[]) => void;
}

type Parts = Pick<WireParts, "stores" | "events">;

/**
 * Where everybody is: as feeds report it, else as this page simulates it out of the orders in the log; a unit whose order nobody took
 * drives by simulation from where it was reported. The present is followed while the past is shown.
 */
export class UnitDesk {
  readonly #parts: Parts;
  readonly #analysis: Pick<AnalysisDesk, "units" | "steer">;
  readonly #reported: () => readonly Unit[];
  readonly #isExpected: () => boolean;
  readonly #onLive: (units: readonly Unit[]) => void;
  readonly #nowMs: () => number;
  #orders: readonly UnitOrder[] = [];
  #past: PastUnits | null = null;
  #isLooking = false;
  #mustLookAgain = false;

  constructor(
    parts: Parts,
    analysis: Pick<AnalysisDesk, "units" | "steer">,
    { reported, isExpected, onLive }: UnitReports,
    nowMs: () => number,
  ) {
    this.#parts = parts;
    this.#analysis = analysis;
    this.#reported = reported;
    this.#isExpected = isExpected;
    this.#onLive = onLive;
    this.#nowMs = nowMs;
  }

  async restore(): Promise<void> {
    this.#orders = ordersOf((await this.#parts.events.entriesOfKinds?.(["command"])) ?? []);
  }

  /** Takes an order that is in the log. */
  take(event: TwinEvent): UnitOrder | null {
    const order = orderOf(event);
    if (!order) return null;
    const known = this.#orders.find(({ id }) => id === order.id);
    const kept = { ...order, atMs: known?.atMs ?? order.atMs };
    this.#orders = [...this.#orders.filter((one) => one !== known), kept];
    return kept;
  }

  /** Whether feeds tell where units are. */
  get isReported(): boolean {
    return this.#reported().length > 0;
  }

  async showPast(past: PastUnits | null): Promise<void> {
    this.#past = past;
    await this.look();
  }

  /** Brings the units in the store to the moment that is shown. Calls while one is under way become one more. */
  async look(): Promise<void> {
    if (this.#isLooking) {
      this.#mustLookAgain = true;
      return;
    }
    this.#isLooking = true;
    try {
      do {
        this.#mustLookAgain = false;
        await this.#lookOnce();
      } while (this.#mustLookAgain);
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce(): Promise<void> {
    const { stores } = this.#parts;
    const { city } = stores.city.get();
    const past = this.#past;
    if (past) await this.#show(past);
    // the city's roads are those of what is shown: another city's units are followed again when the present is back
    if (past && !this.isReported) return;
    if (!isOperational(stores.scenario.get().active) && !past) {
      this.#onLive([]);
      if (stores.response.get().units.length > 0)
        stores.response.set({ units: [], routes: [], routeTarget: null });
      return;
    }
    const units = await this.#live();
    if (stores.city.get().city !== city) return;
    this.#onLive(units);
    if (this.#past === null && stores.scenario.get().active !== null) stores.response.set({ units });
  }

  #live(): Promise<readonly Unit[]> | readonly Unit[] {
    const nowMs = this.#nowMs();
    const reported = this.#reported();
    if (reported.length === 0) return this.#isExpected() ? [] : this.#analysis.units(this.#orders, nowMs);
    const own = this.#orders.filter(({ isByPage, atMs }) => isByPage && atMs > nowMs - OWN_ORDER_MS);
    return own.length === 0 || this.#past ? reported : this.#analysis.steer(reported, own, nowMs);
  }

  async #show({ units, orders, atMs }: PastUnits): Promise<void> {
    const shown = orders.length === 0 ? units : await this.#analysis.steer(units, orders, atMs);
    if (this.#past?.units === units && this.#past.atMs === atMs)
      this.#parts.stores.response.set({ units: shown });
  }
}

/** A scenario that nothing comes in for (plans, maps) has nobody to send. */
function isOperational(active: ScenarioManifest | null): boolean {
  return active !== null && active.feeds.length + (active.rules?.length ?? 0) > 0;
}
