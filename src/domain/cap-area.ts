import type { CapDraft } from "./cap-message.ts";

/** Places that an alert is about, as CAP has them. */
export type CapAreas = Pick<CapDraft, "polygons" | "circles">;

/** A line that is no area: `line` counts from 1. */
export interface CapAreaFault {
  readonly line: number;
  readonly text: string;
}

const PAIR = /^([+-]?\d+(?:\.\d+)?),([+-]?\d+(?:\.\d+)?)$/;
const DECIMALS = 6;

/**
 * Areas as people type them, one a line in CAP's own notation: `lat,lon lat,lon …` is a polygon, `lat,lon radiusKm` a circle.
 * Full-width commas and empty lines are taken as meant. Rings come out as they stand, open or closed.
 */
export function parseCapAreas(text: string): CapAreas & { readonly faults: readonly CapAreaFault[] } {
  const polygons: CapDraft["polygons"][number][] = [];
  const circles: CapDraft["circles"][number][] = [];
  const faults: CapAreaFault[] = [];
  for (const [i, line] of text.replaceAll("，", ",").split("\n").entries()) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) continue;
    const points = words.map(readPair);
    const radius = Number(words[1]);
    if (points.every((point) => point !== null) && points.length > 1) polygons.push(points);
    else if (words.length === 2 && points[0] && Number.isFinite(radius))
      circles.push({ longitudeDeg: points[0][0], latitudeDeg: points[0][1], radius: radius * 1000 });
    else faults.push({ line: i + 1, text: line.trim().slice(0, 40) });
  }
  return { polygons, circles, faults };
}

/** The same areas in that notation: reading it gives them back, to a millionth of a degree. */
export function writeCapAreas({ polygons, circles }: CapAreas): string {
  const place = (lon: number, lat: number) =>
    `${Number(lat.toFixed(DECIMALS))},${Number(lon.toFixed(DECIMALS))}`;
  return [
    ...polygons.map((ring) => ring.map(([lon, lat]) => place(lon, lat)).join(" ")),
    ...circles.map(
      (one) => `${place(one.longitudeDeg, one.latitudeDeg)} ${Number((one.radius / 1000).toFixed(3))}`,
    ),
  ].join("\n");
}

/** Whether two edges of a ring cross each other or lie upon each other; edges that follow one another may touch. */
export function crossesItself(ring: CapDraft["polygons"][number]): boolean {
  const open = isClosed(ring) ? ring.slice(0, -1) : ring;
  const edges = open.map((from, i) => [from, open[(i + 1) % open.length]!] as const);
  for (let i = 0; i < edges.length; i++)
    for (let j = i + 1; j < edges.length; j++) {
      const areNeighbours = j === i + 1 || (i === 0 && j === edges.length - 1);
      if (!areNeighbours && meet(edges[i]!, edges[j]!)) return true;
    }
  return false;
}

export function isClosed(ring: CapDraft["polygons"][number]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 1 && first![0] === last![0] && first![1] === last![1];
}

type Point = readonly [number, number];
type Edge = readonly [Point, Point];

function meet([a, b]: Edge, [c, d]: Edge): boolean {
  const sides = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)] as const;
  if (sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0) return true;
  return (
    (sides[0] === 0 && within(a, b, c)) ||
    (sides[1] === 0 && within(a, b, d)) ||
    (sides[2] === 0 && within(c, d, a)) ||
    (sides[3] === 0 && within(c, d, b))
  );
}

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}

function within(a: Point, b: Point, p: Point): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  );
}

function readPair(word: string): [number, number] | null {
  const match = PAIR.exec(word);
  return match === null ? null : [Number(match[2]), Number(match[1])];
}
