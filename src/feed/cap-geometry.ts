import type { CapArea } from "./cap-alert.ts";

/** CAP writes "lat,lon lat,lon …", closed; a signed number such as `+41.12` is seen in the wild. */
const PAIR = /^([+-]?\d+(?:\.\d+)?),([+-]?\d+(?:\.\d+)?)$/;

/** A `polygon` as a closed ring of lon, lat pairs; a sentence on what is wrong instead. An open ring is closed. */
export function parseCapPolygon(text: string): CapArea["polygons"][number] | string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return "an empty polygon was left out";
  const ring: [number, number][] = [];
  for (const word of words) {
    const point = parsePair(word);
    if (point === null) return `a polygon was left out: "${word.slice(0, 40)}" is no "lat,lon"`;
    ring.push(point);
  }
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) ring.push([first[0], first[1]]);
  return ring.length < 4 ? "a polygon of fewer than three corners was left out" : ring;
}

/** A `circle` ("lat,lon radiusKm") with its radius in metres; a sentence on what is wrong instead. */
export function parseCapCircle(text: string): CapArea["circles"][number] | string {
  const [center = "", radius = "", ...rest] = text.split(/\s+/).filter((word) => word !== "");
  const point = parsePair(center);
  const kilometres = /^\d+(?:\.\d+)?$/.test(radius) ? Number(radius) : Number.NaN;
  if (point === null || !Number.isFinite(kilometres) || rest.length > 0)
    return `a circle was left out: "${text.slice(0, 60)}" is no "lat,lon radius"`;
  return { longitudeDeg: point[0], latitudeDeg: point[1], radius: kilometres * 1000 };
}

function parsePair(word: string): [number, number] | null {
  const match = PAIR.exec(word);
  if (match === null) return null;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}
