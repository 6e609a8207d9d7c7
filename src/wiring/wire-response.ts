import { TwinError } from "../base/errors.ts";
import type { CommandPorts, OrderTaker } from "../commands/ports.ts";
import type { CommandArguments } from "../commands/schemas.ts";
import { UNNAMED_ACTOR } from "../domain/incident.ts";
import { areaOfIncident } from "../domain/incident-opening.ts";
import type { Unit, Zone } from "../domain/response.ts";
import type { PlainCommand } from "../domain/story.ts";
import type { UnitOrder } from "../domain/unit-order.ts";
import type { RouteTarget } from "../state/stores.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import { extentOf } from "./extent.ts";
import type { WireParts } from "./parts.ts";
import { type PastUnits, UnitDesk, type UnitReports } from "./unit-desk.ts";

/** Units move in the store this often; the map glides between. */
const UNITS_MS = 1000;
/** Ways are asked for again this often while somebody looks at them. */
const ROUTES_MS = 15_000;

type Parts = Pick<WireParts, "stores" | "scope" | "events" | "onError">;
type Questions = Pick<AnalysisDesk, "units" | "steer" | "routes" | "release">;

/** What feeds have to do with units. */
export interface UnitSources extends UnitReports {
  /** Gives an order to the source of the unit's reports; false when it does not answer or does not take it. */
  readonly order: (order: UnitOrder) => Promise<boolean>;
}

export interface ResponseWire
  extends Pick<CommandPorts, "dispatchUnit" | "recallUnit" | "routeUnits" | "releaseZones"> {
  /** Takes in the orders that are stored. */
  restore(): Promise<void>;
  /** Shows units of a moment in place of the present ones; null brings these back. Bound. */
  readonly showPast: (past: PastUnits | null) => Promise<void>;
}

/** Units: where everybody is now, or was at the moment that the timeline shows; orders to them; ways to the chosen incident. */
export function wireResponse(
  parts: Parts,
  analysis: Questions,
  sources: UnitSources,
  nowMs: () => number = Date.now,
): ResponseWire {
  const units = new UnitDesk(parts, analysis, sources, nowMs);
  const desk = new ResponseDesk(parts, analysis, units, sources);
  const { stores, scope, events, onError } = parts;
  const look = () => void units.look().catch(onError);
  const route = () => void desk.routeToChosen().catch(onError);
  const timers = [setInterval(look, UNITS_MS), setInterval(route, ROUTES_MS)];
  scope.add(() => timers.forEach(clearInterval));
  scope.add(stores.scenario.watch(({ active }) => active?.id, look));
  scope.add(stores.city.watch(({ city }) => city, look));
  scope.add(stores.incidents.watch(({ chosen }) => chosen, route));
  scope.add(stores.response.watch(({ units }) => units.length > 0, route));
  const offForeign = events.onForeign?.((event) => void units.take(event));
  if (offForeign) scope.add(offForeign);
  return {
    restore: () => units.restore(),
    showPast: (past) => units.showPast(past),
    dispatchUnit: (order) => desk.dispatch(order),
    recallUnit: (unitId) => desk.recall(unitId),
    releaseZones: (request) => desk.release(request),
    routeUnits: (place) => desk.routeTo({ ...place, incidentId: null }),
  };
}

class ResponseDesk {
  readonly #parts: Parts;
  readonly #analysis: Questions;
  readonly #units: UnitDesk;
  readonly #sources: UnitSources;
  #routeTurn = 0;

  constructor(parts: Parts, analysis: Questions, units: UnitDesk, sources: UnitSources) {
    this.#parts = parts;
    this.#analysis = analysis;
    this.#units = units;
    this.#sources = sources;
  }

  async dispatch(order: CommandArguments<"dispatch-unit">): Promise<OrderTaker> {
    const unit = this.#require(order.unitId);
    const place = this.#placeOf(order);
    const { routes } = await this.#analysis.routes(place, [startOf(unit)]);
    if (routes.length === 0)
      throw new TwinError("unit.unreachable", `No road leads ${unit.name.en} there; it was not sent.`, {
        name: this.#nameOf(unit),
      });
    return this.#give({ type: "dispatch-unit", unitId: unit.id, incidentId: order.incidentId, ...place });
  }

  async recall(unitId: string): Promise<OrderTaker> {
    const unit = this.#require(unitId);
    if (unit.status === "ready" || unit.status === "returning")
      throw new TwinError("unit.not-out", `${unit.name.en} is not out; there is nothing to recall.`, {
        name: this.#nameOf(unit),
      });
    return this.#give({ type: "recall-unit", unitId });
  }

  /** Nothing has happened before the log has it. An order that the source of the reports does not take is carried out here. */
  async #give(command: PlainCommand): Promise<OrderTaker> {
    const { stores, events } = this.#parts;
    const isLive = stores.timeline.get().mode === "live";
    const actor = stores.incidents.get().actor.trim() || UNNAMED_ACTOR;
    const whole = { ...command, orderId: crypto.randomUUID() };
    const event = await events.append(actor, { kind: "command", command: whole });
    if (!isLive) return "whatIf";
    const order = this.#units.take(event);
    if (order && this.#units.isReported) {
      if (await this.#sources.order(order)) return "feed";
      const own = { ...whole, isByPage: true };
      this.#units.take(await events.append(actor, { kind: "command", command: own }));
    }
    await this.#units.look();
    return "page";
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
    // everybody may have left with their scenario meanwhile
    if (turn === this.#routeTurn && stores.response.get().units.length > 0)
      stores.response.set({ routes, routeTarget: target });
  }
}

type Where = Pick<CommandArguments<"isolate">, "longitudeDeg" | "latitudeDeg" | "incidentId">;

function startOf({ id, longitudeDeg, latitudeDeg }: Unit) {
  return { unitId: id, longitudeDeg, latitudeDeg };
}
