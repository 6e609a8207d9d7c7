import { metersPerDegree } from "../geo/ellipsoid.ts";
import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import type { IncidentArea } from "./incident.ts";

/** What an alert of one sensor is taken to be about, metres round it: a block or two. */
const RADIUS_M = 300;
/** More circles than this make every question about the area slow and say nothing more. */
const MAX_CIRCLES = 100;
/** Edge of the first cells that places are gathered in, metres; doubled until the circles are few enough. */
const CELL_M = 250;

export interface Place {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

/**
 * Where alerts of a rule are: a circle round each place, neighbours gathered into one that holds them all. An alert without a
 * place of its own stands for its sensors' places, else for the rule's ring. Null when nothing says where.
 */
export function areaOfAlerts(
  rule: AlertRule,
  alerts: readonly RuleAlert[],
  placeOf: (sensorId: string) => Place | null,
): IncidentArea | null {
  const places = alerts.flatMap((alert) => placesOf(alert, placeOf));
  const radius = rule.when.type === "agreement" ? rule.when.radius : RADIUS_M;
  if (places.length > 0) return { polygons: [], circles: gather(places, radius) };
  return rule.area ? { polygons: [rule.area], circles: [] } : null;
}

/** A circle of a block or two round one place. */
export function areaRound(place: Place, radius = RADIUS_M): IncidentArea {
  const { longitudeDeg, latitudeDeg } = place;
  return { polygons: [], circles: [{ longitudeDeg, latitudeDeg, radius }] };
}

function placesOf(alert: RuleAlert, placeOf: (sensorId: string) => Place | null): readonly Place[] {
  const { longitudeDeg, latitudeDeg } = alert;
  if (longitudeDeg !== null && latitudeDeg !== null) return [{ longitudeDeg, latitudeDeg }];
  return alert.sensorIds.flatMap((id) => placeOf(id) ?? []);
}

function gather(places: readonly Place[], radius: number): IncidentArea["circles"] {
  const { east, north } = metersPerDegree(places[0]!.latitudeDeg);
  const points = places.map((place) => [place.longitudeDeg * east, place.latitudeDeg * north] as const);
  for (let cell = CELL_M; ; cell *= 2) {
    const cells = new Map<string, (readonly [number, number])[]>();
    for (const point of points) {
      const key = `${Math.floor(point[0] / cell)},${Math.floor(point[1] / cell)}`;
      const inside = cells.get(key);
      if (inside) inside.push(point);
      else cells.set(key, [point]);
    }
    if (cells.size > MAX_CIRCLES) continue;
    return [...cells.values()].map((inside) => {
      const x = mean(inside.map((point) => point[0]));
      const y = mean(inside.map((point) => point[1]));
      const reach = Math.max(...inside.map((point) => Math.hypot(point[0] - x, point[1] - y)));
      return { longitudeDeg: x / east, latitudeDeg: y / north, radius: Math.ceil(radius + reach) };
    });
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
