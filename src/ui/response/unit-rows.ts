import type { RoadRoute, Unit, UnitKind } from "../../domain/response.ts";

export interface UnitRow {
  readonly unit: Unit;
  /** Null while ways are not known, or where none leads. */
  readonly route: RoadRoute | null;
}

/** Units of a kind (all when null): those that are on this incident first, then by time to get there, then by name. */
export function unitRows(
  units: readonly Unit[],
  routes: readonly RoadRoute[],
  incidentId: string | null,
  kind: UnitKind | null,
): readonly UnitRow[] {
  const routeOf = new Map(routes.map((route) => [route.unitId, route]));
  const isHere = ({ unit }: UnitRow): number => Number(incidentId !== null && unit.incidentId === incidentId);
  const seconds = ({ route }: UnitRow): number => route?.durationS ?? Number.POSITIVE_INFINITY;
  return units
    .filter((unit) => kind === null || unit.kind === kind)
    .map((unit): UnitRow => ({ unit, route: routeOf.get(unit.id) ?? null }))
    .sort(
      (a, b) =>
        isHere(b) - isHere(a) ||
        compare(seconds(a), seconds(b)) ||
        compare(a.unit.name.zh, b.unit.name.zh) ||
        compare(a.unit.id, b.unit.id),
    );
}

/**
 * In a what-if that began at `fromMs` this unit has no order: it stands where it was and as it was then, also when that was on its way.
 * Who has one is reported for the moment that is shown.
 */
export function standsStill(unit: Unit, fromMs: number | null): boolean {
  return fromMs !== null && unit.observedAtMs <= fromMs;
}

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Full minutes, at least one: nobody is there in no time. */
export function minutesOf(durationS: number): number {
  return Math.max(1, Math.round(durationS / 60));
}
