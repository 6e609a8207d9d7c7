import type { StormGrade, StormTrackPoint, StormWindReach } from "../domain/storm-track.ts";
import type { DecodedTrack, Tracks } from "./payload.ts";

const MS_PER_KNOT = 1852 / 3600;
const METERS_PER_MILE = 1852;
/** A typhoon's line count says how many lines follow; more than this is a broken header. */
const MAX_LINES = 2000;
const GRADES: Readonly<Record<string, StormGrade>> = {
  "2": "depression",
  "3": "storm",
  "4": "severe-storm",
  "5": "typhoon",
  "6": "extratropical",
  "7": "unknown",
  "9": "unknown",
};
/** Bearings of the codes 1 (north-east) to 8 (north); 9 is the same all round. */
const BEARINGS = [45, 90, 135, 180, 225, 270, 315, 0] as const;

/**
 * Best tracks of the RSMC Tokyo in its text format (jma.go.jp, RSMC Best Track Data): a header `66666 …` and a line for each
 * analysis. Knots become m/s, nautical miles metres. A bad line is an issue with its number; the track goes on without it.
 */
export function decodeBestTracks(text: string): Tracks {
  const tracks = new Map<string, { readonly name: string; readonly points: StormTrackPoint[] }>();
  const issues: string[] = [];
  let current: { readonly points: StormTrackPoint[]; readonly id: string } | null = null;
  let announced = 0;
  let found = 0;
  const endTrack = (line: number): void => {
    if (current && found !== announced)
      issues.push(`line ${line}: typhoon ${current.id} should have ${announced} lines and has ${found}`);
  };
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    if (line.startsWith("66666")) {
      endTrack(i);
      const header = headerOf(line);
      found = 0;
      announced = typeof header === "string" ? 0 : header.lines;
      current = null;
      if (typeof header === "string") issues.push(`line ${i + 1}: ${header}`);
      else if (tracks.has(header.id)) issues.push(`line ${i + 1}: typhoon ${header.id} is there already`);
      else {
        current = { id: header.id, points: [] };
        tracks.set(header.id, { name: header.name, points: current.points });
      }
      continue;
    }
    found++;
    const point = current === null ? "it belongs to no typhoon" : pointOf(line, current.points.at(-1));
    if (typeof point === "string") issues.push(`line ${i + 1}: ${point}`);
    else current!.points.push(point);
  }
  endTrack(text.split(/\r\n|\n|\r/).length);
  return { kind: "tracks", tracks: tracksOf(tracks), issues, isComplete: issues.length === 0 };
}

function tracksOf(
  tracks: ReadonlyMap<string, { readonly name: string; readonly points: readonly StormTrackPoint[] }>,
): DecodedTrack[] {
  return [...tracks]
    .filter(([, { points }]) => points.length > 0)
    .map(([id, { name, points }]) => ({ id, name: { zh: name, en: name }, points }));
}

function headerOf(
  line: string,
): { readonly id: string; readonly name: string; readonly lines: number } | string {
  const id = line.slice(6, 10).trim();
  const lines = integer(line.slice(12, 15));
  if (!/^\d{4}$/.test(id)) return "its typhoon has no international number";
  if (lines === null || lines > MAX_LINES) return `typhoon ${id} has no count of lines`;
  return { id, lines, name: line.slice(30, 50).trim() || id };
}

function pointOf(line: string, before: StormTrackPoint | undefined): StormTrackPoint | string {
  const timeMs = timeOf(line.slice(0, 8));
  if (timeMs === null) return "it begins with no time";
  if (line.slice(9, 12) !== "002") return "it is no line of an analysis (002)";
  const [latitude, longitude] = [integer(line.slice(15, 18)), integer(line.slice(19, 23))];
  if (latitude === null || longitude === null || latitude > 900 || longitude > 3600)
    return "its centre is no place on the Earth";
  if (before && timeMs <= before.timeMs) return "its time is not after that of the line before";
  const grade = GRADES[line.charAt(13)];
  if (grade === undefined) return `its grade "${line.charAt(13)}" is not one of 2 to 9`;
  const pressureHpa = integer(line.slice(24, 28));
  if (pressureHpa !== null && (pressureHpa < 800 || pressureHpa > 1100))
    return `its central pressure is ${pressureHpa} hPa`;
  const knots = integer(line.slice(33, 36));
  const longitudeDeg = longitude / 10;
  return {
    timeMs,
    isForecast: false,
    longitudeDeg: longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg,
    latitudeDeg: latitude / 10,
    grade,
    pressureHpa,
    // 0 stands for "not analysed": below 35 knots no wind is given
    maxWind: knots === null || knots === 0 ? null : knots * MS_PER_KNOT,
    reach50Kn: reachOf(line.charAt(41), line.slice(42, 46), line.slice(47, 51)),
    reach30Kn: reachOf(line.charAt(52), line.slice(53, 57), line.slice(58, 62)),
    probableRadius: null,
  };
}

function reachOf(direction: string, longest: string, shortest: string): StormWindReach | null {
  const [far, near] = [integer(longest), integer(shortest)];
  if (far === null || near === null || far === 0) return null;
  return {
    longest: Math.max(far, near) * METERS_PER_MILE,
    shortest: Math.min(far, near) * METERS_PER_MILE,
    bearingDeg: direction === "9" ? null : (BEARINGS[Number(direction) - 1] ?? null),
  };
}

/** `yymmddhh` UTC; years from 51 on are of the last century, in which the records begin. */
function timeOf(text: string): number | null {
  if (!/^\d{8}$/.test(text)) return null;
  const [yy, month, day, hour] = [0, 2, 4, 6].map((at) => Number(text.slice(at, at + 2))) as [
    number,
    number,
    number,
    number,
  ];
  const timeMs = Date.UTC(yy >= 51 ? 1900 + yy : 2000 + yy, month - 1, day, hour);
  const date = new Date(timeMs);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
    ? timeMs
    : null;
}

function integer(text: string): number | null {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}
