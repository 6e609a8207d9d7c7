import { TwinError } from "../base/errors.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { CommandArguments } from "../commands/schemas.ts";
import { UNNAMED_ACTOR } from "../domain/incident.ts";
import { areaOfIncident } from "../domain/incident-opening.ts";
import type { Unit, Zone } from "../domain/response.ts";
import type { PlainCommand } from "../domain/story.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { orderOf, ordersOf, type UnitOrder } from "../domain/unit-order.ts";
import type { RouteTarget } from "../state/stores.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import { extentOf } from "./extent.ts";
import type { WireParts } from "./parts.ts";

/** Units move in the store this often; the map glides between. */
const UNITS_MS = 1000;
/** Ways are asked for again this often while somebody looks at them. */
const ROUTES_MS = 15_000;

type Parts = Pick<WireParts, "stores" | "scope" | "events" | "onError">;
type Questions = Pick<AnalysisDesk, "units" | "routes" | "release">;

export interface ResponseWire
  extends Pick<CommandPorts, "dispatchUnit" | "recallUnit" | "routeUnits" | "releaseZones"> {
  /** Takes in the orders that are stored. */
  restore(): Promise<void>;
}

/** Units: orders in the log to where everybody is now, or was at the moment that the timeline shows; ways to the chosen incident. */
export function wireResponse(
  parts: Parts,
  analysis: Questions,
  nowMs: () => number = Date.now,
): ResponseWire {
  const desk = new UnitDesk(parts, analysis, nowMs);
  const { stores, scope, events, onError } = parts;
  const look = () => void desk.look().catch(onError);
  const route = () => void desk.routeToChosen().catch(onError);
  const timers = [setInterval(look, UNITS_MS), setInterval(route, ROUTES_MS)];
  scope.add(() => timers.forEach(clearInterval));
  scope.add(stores.timeline.watch(({ mode, atMs }) => `${mode} ${atMs}`, look));
  scope.add(stores.scenario.watch(({ active }) => active?.id, look));
  scope.add(stores.city.watch(({ city }) => city, look));
  scope.add(stores.incidents.watch(({ chosen }) => chosen, route));
  scope.add(stores.response.watch(({ units }) => units.length > 0, route));
  const offForeign = events.onForeign?.((event) => desk.take(event));
  if (offForeign) scope.add(offForeign);
  return {
    restore: () => desk.restore(),
    dispatchUnit: (order) => desk.dispatch(order),
    recallUnit: (unitId) => desk.recall(unitId),
    releaseZones: (request) => desk.release(request),
    routeUnits: (place) => desk.routeTo({ ...place, incidentId: null }),
  };
}

class UnitDesk {
  readonly #parts: Parts;
  readonly #analysis: Questions;
  readonly #nowMs: () => number;
  #orders: readonly UnitOrder[] = [];
  /** Orders given while a what-if is shown; gone with it. */
  #branchOrders: readonly UnitOrder[] = [];
  #branchId: string | null = null;
  #isLooking = false;
  #mustLookAgain = false;
  #routeTurn = 0;

  constructor(parts: Parts, analysis: Questions, nowMs: () => number) {
    this.#parts = parts;
    this.#analysis = analysis;
    this.#nowMs = nowMs;
  }

  async restore(): Promise<void> {
    this.#orders = ordersOf((await this.#parts.events.entriesOfKinds?.(["command"])) ?? []);
  }

  /** Takes an order that another page of this browser has logged. */
  take(event: TwinEvent): void {
    const order = orderOf(event);
    if (order && !this.#orders.some(({ id }) => id === order.id)) this.#orders = [...this.#orders, order];
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
    if (stores.scenario.get().active === null) {
      if (stores.response.get().units.length > 0)
        stores.response.set({ units: [], routes: [], routeTarget: null });
      return;
    }
    const units = await this.#analysis.units(this.#shownOrders(), this.#shownMs());
    if (stores.scenario.get().active !== null && stores.city.get().city === city)
      stores.response.set({ units });
  }

  #shownMs(): number {
    const { mode, atMs } = this.#parts.stores.timeline.get();
    return mode === "live" ? this.#nowMs() : (atMs ?? this.#nowMs());
  }

  #shownOrders(): readonly UnitOrder[] {
    const { mode, branch } = this.#parts.stores.timeline.get();
    if (mode !== "branch" || branch === null) return this.#orders;
    if (branch.id !== this.#branchId) {
      this.#branchId = branch.id;
      this.#branchOrders = [];
    }
    return [...this.#orders.filter(({ atMs }) => atMs <= branch.fromMs), ...this.#branchOrders];
  }

  async dispatch(order: CommandArguments<"dispatch-unit">): Promise<void> {
    const unit = this.#require(order.unitId);
    const place = this.#placeOf(order);
    const { routes } = await this.#analysis.routes(place, [startOf(unit)]);
    if (routes.length === 0)
      throw new TwinError("unit.unreachable", `No road leads ${unit.name.en} there; it was not sent.`, {
        name: this.#nameOf(unit),
      });
    await this.#log({ type: "dispatch-unit", unitId: unit.id, incidentId: order.incidentId, ...place });
  }

  async recall(unitId: string): Promise<void> {
    const unit = this.#require(unitId);
    if (unit.status === "ready" || unit.status === "returning")
      throw new TwinError("unit.not-out", `${unit.name.en} is not out; there is nothing to recall.`, {
        name: this.#nameOf(unit),
      });
    await this.#log({ type: "recall-unit", unitId });
  }

  /** Nothing has happened before the log has it. */
  async #log(command: PlainCommand): Promise<void> {
    const { stores, events } = this.#parts;
    const actor = stores.incidents.get().actor.trim() || UNNAMED_ACTOR;
    const event = await events.append(actor, {
      kind: "command",
      command: { ...command, orderId: crypto.randomUUID() },
    });
    const order = orderOf(event);
    if (order === null) return;
    if (stores.timeline.get().mode === "branch") this.#branchOrders = [...this.#branchOrders, order];
    else if (!this.#orders.some(({ id }) => id === order.id)) this.#orders = [...this.#orders, order];
    await this.look();
  }

  #require(unitId: string): Unit {
    const { stores } = this.#parts;
    if (stores.timeline.get().mode === "past")
      throw new TwinError(
        "unit.past",
        "The past is shown: go back to live before units are sent or recalled.",
      );
    const unit = stores.response.get().units.find(({ id }) => id === unitId);
    if (!unit) throw new TwinError("unit.unknown", `There is no unit ${unitId}.`, { id: unitId });
    return unit;
  }

  #nameOf({ name }: Unit): string {
    return this.#parts.stores.ui.get().locale === "en" ? name.en : name.zh;
  }

  async release(request: CommandArguments<"isolate">): Promise<readonly Zone[]> {
    return (await this.#analysis.release({ ...request, ...this.#placeOf(request) })).zones;
  }

  #placeOf({ longitudeDeg, latitudeDeg, incidentId }: Where) {
    if (longitudeDeg !== undefined && latitudeDeg !== undefined) return { longitudeDeg, latitudeDeg };
    const place = incidentId === null ? null : this.#middleOf(incidentId);
    if (place === null)
      throw new TwinError(
        "unit.no-place",
        "It is not known where to send the unit: the incident has no area.",
      );
    return place;
  }

  #middleOf(incidentId: string): { longitudeDeg: number; latitudeDeg: number } | null {
    const { stores } = this.#parts;
    const incident = stores.incidents.get().incidents.find(({ id }) => id === incidentId);
    const area = incident && areaOfIncident(incident, stores.response.get().zones);
    const extent = area && extentOf(area);
    return extent
      ? { longitudeDeg: extent.center.longitudeDeg, latitudeDeg: extent.center.latitudeDeg }
      : null;
  }

  async routeToChosen(): Promise<void> {
    const { stores } = this.#parts;
    const { chosen } = stores.incidents.get();
    const place = chosen === null ? null : this.#middleOf(chosen);
    if (place !== null) return this.routeTo({ ...place, incidentId: chosen });
    if (stores.response.get().routeTarget?.incidentId != null) {
      this.#routeTurn++;
      stores.response.set({ routes: [], routeTarget: null });
    }
  }

  async routeTo(target: RouteTarget): Promise<void> {
    const { stores } = this.#parts;
    const { units } = stores.response.get();
    if (units.length === 0) return;
    const turn = ++this.#routeTurn;
    const { routes } = await this.#analysis.routes(target, units.map(startOf));
    if (turn === this.#routeTurn) stores.response.set({ routes, routeTarget: target });
  }
}

type Where = Pick<CommandArguments<"isolate">, "longitudeDeg" | "latitudeDeg" | "incidentId">;

function startOf({ id, longitudeDeg, latitudeDeg }: Unit) {
  return { unitId: id, longitudeDeg, latitudeDeg };
}
