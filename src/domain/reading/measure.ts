/** Model frame: east, north, up; metres. */
export type ModelPoint = readonly [number, number, number];

export type MeasureKind = "point" | "distance" | "angle" | "area";

export interface Measure {
  readonly id: number;
  readonly kind: MeasureKind;
  readonly points: readonly ModelPoint[];
}

/** Points after which a measure is complete by itself; an area is closed by the user. */
export const POINTS_OF: Readonly<Record<MeasureKind, number>> = {
  point: 1,
  distance: 2,
  angle: 3,
  area: Number.POSITIVE_INFINITY,
};
/** An area of fewer points is none. */
export const MIN_AREA_POINTS = 3;

function minus(a: ModelPoint, b: ModelPoint): [number, number, number] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: ModelPoint, b: ModelPoint): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function distanceOf(a: ModelPoint, b: ModelPoint): number {
  return Math.hypot(...minus(a, b));
}

/** Degrees at the middle point, 0 to 180; null where two points coincide. */
export function angleDegOf(a: ModelPoint, apex: ModelPoint, b: ModelPoint): number | null {
  const [u, v] = [minus(a, apex), minus(b, apex)];
  if (Math.hypot(...u) === 0 || Math.hypot(...v) === 0) return null;
  const dot = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  return (Math.atan2(Math.hypot(...cross(u, v)), dot) * 180) / Math.PI;
}

/** Square metres inside a ring of points, flat or nearly: half the length of the sum of cross products. */
export function areaOf(points: readonly ModelPoint[]): number {
  const origin = points[0];
  if (!origin || points.length < MIN_AREA_POINTS) return 0;
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 1; i + 1 < points.length; i++) {
    const [x, y, z] = cross(minus(points[i]!, origin), minus(points[i + 1]!, origin));
    sum[0] += x;
    sum[1] += y;
    sum[2] += z;
  }
  return Math.hypot(...sum) / 2;
}

export function perimeterOf(points: readonly ModelPoint[]): number {
  return points.reduce((sum, point, i) => sum + distanceOf(point, points[(i + 1) % points.length]!), 0);
}

/** A measure's own figure: metres, degrees, square metres; null for a point. */
export function figureOf({ kind, points }: Measure): number | null {
  const [a, b, c] = points;
  if (kind === "distance" && a && b) return distanceOf(a, b);
  if (kind === "angle" && a && b && c) return angleDegOf(a, b, c);
  return kind === "area" ? areaOf(points) : null;
}

const UNITS: Readonly<Record<MeasureKind, string>> = { point: "", distance: " m", angle: "°", area: " m²" };

/** The figure with its unit; a point's own coordinates. The same in every language. */
export function measureLabel(measure: Measure): string {
  const figure = figureOf(measure);
  const [point] = measure.points;
  if (measure.kind === "point" && point) return point.map((part) => part.toFixed(3)).join("  ");
  return figure === null ? "" : `${figure.toFixed(measure.kind === "angle" ? 2 : 3)}${UNITS[measure.kind]}`;
}
