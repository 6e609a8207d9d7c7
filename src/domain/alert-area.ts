import { clustersOfCircles, type FlatCircle, outlineOfCircles } from "../geo/circle-union.ts";
import { metersPerDegree } from "../geo/ellipsoid.ts";
import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import type { IncidentArea } from "./incident.ts";

/** What an alert of one sensor is taken to be about, metres round it: a block or two. */
const RADIUS_M = 300;
/** An outline is kept in the log and goes into messages: no more parts than this, and corners no closer than they must be. */
const MAX_PARTS = 40;
const TOLERANCE_M = 15;
/** More circles than this are gathered before they are outlined: that takes a few milliseconds, not a frame. */
const MAX_CIRCLES = 300;
/** Edge of the first cells that places are gathered in when there are too many parts, metres; doubled until there are not. */
const CELL_M = 500;

export interface Place {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

/** Outline of circles of `radius` metres round places: interleaved lon, lat in degrees. */
export type OutlinePlaces = (places: Float64Array, radius: number) => Promise<IncidentArea> | IncidentArea;

/**
 * Where alerts of a rule are: a circle round a single place, else the outline of the circles round all of them, which hundreds of
 * alerts make work of 100 ms: `outline` may have it done elsewhere. An alert without a place of its own stands for its sensors'
 * places, else for the rule's ring. Null when nothing says where.
 */
export async function areaOfAlerts(
  rule: AlertRule,
  alerts: readonly RuleAlert[],
  placeOf: (sensorId: string) => Place | null,
  outline: OutlinePlaces = outlineOfPlaces,
): Promise<IncidentArea | null> {
  const places = alerts.flatMap((alert) => placesOf(alert, placeOf));
  const radius = rule.when.type === "agreement" ? rule.when.radius : RADIUS_M;
  const [first, ...others] = places;
  if (first === undefined) return rule.area ? { polygons: [rule.area], circles: [] } : null;
  if (others.length === 0) return areaRound(first, radius);
  const interleaved = new Float64Array(2 * places.length);
  for (const [k, { longitudeDeg, latitudeDeg }] of places.entries())
    interleaved.set([longitudeDeg, latitudeDeg], 2 * k);
  return outline(interleaved, radius);
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

/** Forty parts at most, in which every place lies. */
export function outlineOfPlaces(places: Float64Array, radius: number): IncidentArea {
  const { east, north } = metersPerDegree(places[1]!);
  let circles: readonly FlatCircle[] = Array.from({ length: places.length / 2 }, (_, k) => ({
    x: places[2 * k]! * east,
    y: places[2 * k + 1]! * north,
    radius,
  }));
  if (circles.length > MAX_CIRCLES) circles = gather(circles, CELL_M);
  for (let cell = CELL_M; clustersOfCircles(circles).length > MAX_PARTS; cell *= 2)
    circles = gather(circles, cell);
  return { polygons: ringsOf(circles, { east, north }), circles: [] };
}

/** The rings round circles that may lie over one another, as few as there can be. */
export function outlineOfAreaCircles(circles: IncidentArea["circles"]): IncidentArea["polygons"] {
  const [first] = circles;
  if (first === undefined) return [];
  const scale = metersPerDegree(first.latitudeDeg);
  const flat = circles.map(({ longitudeDeg, latitudeDeg, radius }) => ({
    x: longitudeDeg * scale.east,
    y: latitudeDeg * scale.north,
    radius,
  }));
  return ringsOf(flat, scale);
}

function ringsOf(
  circles: readonly FlatCircle[],
  { east, north }: { readonly east: number; readonly north: number },
): IncidentArea["polygons"] {
  const rings = outlineOfCircles(circles, TOLERANCE_M);
  return rings.map((ring) => ring.map(([x, y]) => [round(x / east), round(y / north)] as const));
}

/** One circle for those whose middles lie in the same cell, which holds them all. */
function gather(circles: readonly FlatCircle[], cell: number): readonly FlatCircle[] {
  const cells = new Map<string, FlatCircle[]>();
  for (const circle of circles) {
    const key = `${Math.floor(circle.x / cell)},${Math.floor(circle.y / cell)}`;
    const inside = cells.get(key);
    if (inside) inside.push(circle);
    else cells.set(key, [circle]);
  }
  return [...cells.values()].map((inside) => {
    const x = mean(inside.map((circle) => circle.x));
    const y = mean(inside.map((circle) => circle.y));
    const radius = Math.max(...inside.map((one) => Math.hypot(one.x - x, one.y - y) + one.radius));
    return { x, y, radius };
  });
}

/** Six decimals are a decimetre. */
function round(deg: number): number {
  return Math.round(deg * 1e6) / 1e6;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
