import type { CityFacilities, Depot } from "../../src/domain/facility-parser.ts";
import type { Provenance } from "../../src/domain/provenance.ts";
import type { Unit, UnitKind, UnitStatus } from "../../src/domain/response.ts";
import type { UnitOrder } from "../../src/domain/unit-order.ts";
import type { LonLatPlace } from "./contract.ts";
import type { RoadNetwork, RoadWay } from "./road-network.ts";
import { placeAlong } from "./way-place.ts";

/** From the order to the wheels turning, seconds: crews at their station. Demonstration figure, from memory. */
const TURNOUT_S = 60;
/** A patrol takes its time. */
const PATROL_SLOWNESS = 2;
const PATROL_REACH_M = 2600;

const SIMULATED: Provenance = {
  kind: "SIMULATED",
  source: { zh: "本页模拟的力量", en: "units simulated by this page" },
};

const CREWS: Readonly<Record<UnitKind, number>> = {
  fire: 7,
  medical: 3,
  police: 2,
  drainage: 5,
  gas: 4,
  power: 4,
  drone: 1,
};

/** What a unit does from `fromMs` on: turns out, drives along `way`, and is then where that leads. */
interface Drive {
  readonly fromMs: number;
  readonly startMs: number;
  readonly way: RoadWay;
  readonly goal: LonLatPlace;
  readonly incidentId: string | null;
  readonly isHome: boolean;
}

interface RosterEntry {
  readonly id: string;
  /** What of the unit never changes. */
  readonly unit: Pick<Unit, "name" | "kind" | "crew" | "provenance">;
  /** Where it stands before its first order, and where it goes when it is recalled. */
  readonly start: LonLatPlace & { readonly status: UnitStatus };
  readonly home: LonLatPlace;
  readonly isPatrolling: boolean;
}

/**
 * Crews of a city's depots as a pure function of the orders given to them and the time: no state, nothing forgotten by a reload, and
 * any moment of the past comes out the same. Roads give the ways; speeds are those of src/domain/road.ts.
 */
export class UnitSimulation {
  readonly #roads: RoadNetwork;
  readonly #roster: readonly RosterEntry[];
  readonly #depots: readonly Depot[];
  readonly #places: readonly LonLatPlace[];
  readonly #patrols = new Map<string, RoadWay | null>();
  readonly #steered = new Map<string, RosterEntry>();
  readonly #ways = new Map<string, RoadWay | null>();

  constructor({ depots, facilities }: Pick<CityFacilities, "depots" | "facilities">, roads: RoadNetwork) {
    this.#roads = roads;
    this.#places = facilities;
    this.#depots = depots;
    this.#roster = depots.flatMap((depot) =>
      Array.from({ length: depot.units }, (_, i) => ({
        id: `${depot.id}-${i + 1}`,
        unit: {
          name: {
            zh: `${depot.name.zh.replace("（示范）", "")} ${i + 1} 组`,
            en: `${depot.name.en.replace(" (sample)", "")}, crew ${i + 1}`,
          },
          kind: depot.kind,
          crew: CREWS[depot.kind],
          provenance: SIMULATED,
        },
        start: { ...placeOf(depot), status: "ready" as const },
        home: placeOf(depot),
        isPatrolling: depot.kind === "police" && i === 0,
      })),
    );
  }

  /** All units at a moment, epoch ms. Orders later than it are not known yet. */
  at(orders: readonly UnitOrder[], timeMs: number): readonly Unit[] {
    const known = orders.filter(({ atMs }) => atMs <= timeMs);
    return this.#roster.map((entry) =>
      this.#unitAt(
        entry,
        known.filter(({ unitId }) => unitId === entry.id),
        timeMs,
      ),
    );
  }

  /**
   * Reported units of which some were given orders that nobody else carries out: these drive from where they were reported, as
   * simulation; the others stay as they are. Recalled ones go to the nearest depot of their kind.
   */
  steer(units: readonly Unit[], orders: readonly UnitOrder[], timeMs: number): readonly Unit[] {
    const known = orders.filter(({ atMs }) => atMs <= timeMs);
    return units.map((unit) => {
      const own = known.filter(({ unitId }) => unitId === unit.id);
      return own.length === 0 ? unit : this.#unitAt(this.#entryOf(unit, own[0]!), own, timeMs);
    });
  }

  /** Where a unit was when it got its first order of ours stays its start, wherever it is reported since. */
  #entryOf(unit: Unit, first: UnitOrder): RosterEntry {
    const key = `${unit.id} ${first.id}`;
    const known = this.#steered.get(key);
    if (known) return known;
    const depots = this.#depots.filter(({ kind }) => kind === unit.kind);
    const home = depots.sort((a, b) => roughDistance(a, unit) - roughDistance(b, unit))[0];
    const { name, kind, crew, status } = unit;
    const entry: RosterEntry = {
      id: key,
      unit: { name, kind, crew, provenance: SIMULATED },
      start: { ...placeOf(unit), status },
      home: placeOf(home ?? unit),
      isPatrolling: false,
    };
    this.#steered.set(key, entry);
    return entry;
  }

  #unitAt(entry: RosterEntry, orders: readonly UnitOrder[], timeMs: number): Unit {
    let drive: Drive | null = null;
    for (const order of orders) drive = this.#driveOf(entry, order, drive) ?? drive;
    const { longitudeDeg, latitudeDeg, headingDeg, status } = this.#stateOf(entry, drive, timeMs);
    return {
      id: entry.id.split(" ")[0]!,
      ...entry.unit,
      status,
      longitudeDeg,
      latitudeDeg,
      headingDeg,
      incidentId: status === "ready" || status === "returning" ? null : (drive?.incidentId ?? null),
      observedAtMs: timeMs,
    };
  }

  /** Null when no road leads there: the order changes nothing. */
  #driveOf(entry: RosterEntry, order: UnitOrder, before: Drive | null): Drive | null {
    const here = this.#stateOf(entry, before, order.atMs);
    const isRecall = order.type === "recall";
    if (isRecall && (before === null ? isIdle(here.status) : before.isHome)) return null;
    const goal: LonLatPlace = isRecall ? entry.home : order;
    const way = this.#wayOf(order.id, here, goal);
    if (way === null) return null;
    const turnoutMs = here.status === "ready" && !entry.isPatrolling ? TURNOUT_S * 1000 : 0;
    return {
      fromMs: order.atMs,
      startMs: order.atMs + turnoutMs,
      way,
      goal,
      incidentId: isRecall ? null : order.incidentId,
      isHome: isRecall,
    };
  }

  #stateOf(
    entry: RosterEntry,
    drive: Drive | null,
    timeMs: number,
  ): LonLatPlace & { readonly headingDeg: number | null; readonly status: UnitStatus } {
    const endMs = drive === null ? 0 : drive.startMs + drive.way.durationS * 1000;
    const isHome = drive?.isHome === true && timeMs >= endMs;
    if (drive === null || isHome) return this.#atRest(entry, isHome, timeMs - endMs);
    if (timeMs < drive.startMs) return { ...placeAlong(drive.way, 0), headingDeg: null, status: "assigned" };
    const { longitudeDeg, latitudeDeg } = drive.goal;
    if (timeMs >= endMs) return { longitudeDeg, latitudeDeg, headingDeg: null, status: "onScene" };
    const share = (timeMs - drive.startMs) / (endMs - drive.startMs);
    return { ...placeAlong(drive.way, share), status: drive.isHome ? "returning" : "moving" };
  }

  #atRest(entry: RosterEntry, isHome: boolean, sinceMs: number) {
    const standing = isHome
      ? { ...entry.home, headingDeg: null, status: "ready" as const }
      : { ...entry.start, headingDeg: null };
    const loop = entry.isPatrolling ? this.#patrolOf(entry) : null;
    if (loop === null) return standing;
    const share = (sinceMs / (loop.durationS * PATROL_SLOWNESS * 1000)) % 1;
    return { ...placeAlong(loop, share), status: "ready" as const };
  }

  #wayOf(orderId: string, from: LonLatPlace, to: LonLatPlace): RoadWay | null {
    const known = this.#ways.get(orderId);
    if (known !== undefined) return known;
    const way = this.#roads.way(from, to);
    this.#ways.set(orderId, way);
    return way;
  }

  /** From the station past two places of its quarter and back. */
  #patrolOf({ id, home: depot }: RosterEntry): RoadWay | null {
    const known = this.#patrols.get(id);
    if (known !== undefined) return known;
    const near = this.#places.filter((place) => {
      const metres = roughDistance(place, depot);
      return metres > 700 && metres < PATROL_REACH_M;
    });
    const stops = [depot, near[0], near[Math.floor(near.length / 2)], depot].filter(
      (stop) => stop !== undefined,
    );
    const legs = stops.slice(1).map((stop, i) => this.#roads.way(stops[i]!, stop));
    const loop = legs.length > 1 && legs.every((leg) => leg !== null) ? joined(legs) : null;
    this.#patrols.set(id, loop);
    return loop;
  }
}

function isIdle(status: UnitStatus): boolean {
  return status === "ready" || status === "returning" || status === "off";
}

function placeOf({ longitudeDeg, latitudeDeg }: LonLatPlace): LonLatPlace {
  return { longitudeDeg, latitudeDeg };
}

function joined(legs: readonly RoadWay[]): RoadWay {
  return {
    length: legs.reduce((sum, { length }) => sum + length, 0),
    durationS: legs.reduce((sum, { durationS }) => sum + durationS, 0),
    path: legs.flatMap(({ path }) => path),
  };
}

function roughDistance(a: LonLatPlace, b: LonLatPlace): number {
  const squeeze = Math.cos((a.latitudeDeg * Math.PI) / 180);
  return Math.hypot((a.longitudeDeg - b.longitudeDeg) * squeeze, a.latitudeDeg - b.latitudeDeg) * 111_195;
}
