import { TwinError } from "../base/errors.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { StormGrade, StormTrackPoint, StormWindReach } from "../domain/storm-track.ts";
import { isObject, type JsonObject, keyOf, numberOf, textOf, timeOf } from "./geojson-points.ts";
import type { DecodedTrack, Tracks } from "./payload.ts";

const MAX_POINTS = 2000;
/** Words for grades: our own, those of the WMO and JMA, those of the CMA. */
const GRADES: Readonly<Record<string, StormGrade>> = {
  depression: "depression",
  td: "depression",
  storm: "storm",
  ts: "storm",
  "severe-storm": "severe-storm",
  sts: "severe-storm",
  typhoon: "typhoon",
  ty: "typhoon",
  "severe-typhoon": "severe-typhoon",
  sty: "severe-typhoon",
  "super-typhoon": "super-typhoon",
  superty: "super-typhoon",
  extratropical: "extratropical",
  l: "extratropical",
  et: "extratropical",
};

/**
 * Storm tracks as JSON: `{tracks: [{id, name: text or {zh, en}, points: [{time, longitude, latitude, forecast?, grade?,
 * pressureHpa?, maxWind? (m/s), reach30Kn?, reach50Kn? ({longest, shortest?, bearingDeg?}, metres), probableRadius? (m)}]}]}`.
 * Each bad track or point is an issue. Throws TwinError `feed.tracks`.
 */
export function decodeStormTracks(json: unknown): Tracks {
  if (!isObject(json) || !Array.isArray(json.tracks))
    throw new TwinError("feed.tracks", "Storm tracks: the payload should be { tracks: […] }.", {
      place: "the payload",
      expected: "{ tracks: […] }",
    });
  const tracks = new Map<string, DecodedTrack>();
  const issues: string[] = [];
  for (const [i, record] of json.tracks.entries()) {
    const id = isObject(record) ? keyOf(record.id) : null;
    if (!isObject(record) || id === null || !Array.isArray(record.points)) {
      issues.push(`track ${id ?? i} has no id or no points`);
      continue;
    }
    if (tracks.has(id)) {
      issues.push(`track ${id} is there already`);
      continue;
    }
    const points = pointsOf(id, record.points, issues);
    if (points.length === 0) issues.push(`track ${id} has no point that can be read`);
    else tracks.set(id, { id, name: nameOf(record.name, id), points });
  }
  return { kind: "tracks", tracks: [...tracks.values()], issues, isComplete: issues.length === 0 };
}

function pointsOf(id: string, records: readonly unknown[], issues: string[]): StormTrackPoint[] {
  const byTime = new Map<number, StormTrackPoint>();
  if (records.length > MAX_POINTS) issues.push(`track ${id} has ${records.length} points`);
  for (const [n, record] of records.slice(0, MAX_POINTS).entries()) {
    const point = isObject(record) ? pointOf(record) : "is no object";
    if (typeof point === "string") issues.push(`track ${id}, point ${n} ${point}`);
    // what was analysed stands above what was forecast for that time
    else if (byTime.get(point.timeMs)?.isForecast !== false) byTime.set(point.timeMs, point);
  }
  return [...byTime.values()].sort(
    (a, b) => Number(a.isForecast) - Number(b.isForecast) || a.timeMs - b.timeMs,
  );
}

function pointOf(record: JsonObject): StormTrackPoint | string {
  const timeMs = timeOf(record.time);
  if (timeMs === undefined) return "has no time with a zone";
  const [longitudeDeg, latitudeDeg] = [numberOf(record.longitude), numberOf(record.latitude)];
  const isPlace =
    longitudeDeg !== null &&
    latitudeDeg !== null &&
    Math.abs(longitudeDeg) <= 180 &&
    Math.abs(latitudeDeg) <= 90;
  if (!isPlace) return "lies outside the Earth's longitudes and latitudes";
  if (record.forecast !== undefined && typeof record.forecast !== "boolean")
    return "says neither true nor false for forecast";
  return {
    timeMs,
    longitudeDeg,
    latitudeDeg,
    isForecast: record.forecast === true,
    grade: GRADES[textOf(record.grade).toLowerCase()] ?? "unknown",
    pressureHpa: within(record.pressureHpa, 800, 1100),
    maxWind: within(record.maxWind, 0, 150),
    reach30Kn: reachOf(record.reach30Kn),
    reach50Kn: reachOf(record.reach50Kn),
    probableRadius: within(record.probableRadius, 0, 5e6),
  };
}

function reachOf(value: unknown): StormWindReach | null {
  if (!isObject(value)) return null;
  const longest = within(value.longest, 1, 3e6);
  if (longest === null) return null;
  return {
    longest,
    shortest: Math.min(longest, within(value.shortest, 0, 3e6) ?? longest),
    bearingDeg: within(value.bearingDeg, 0, 360),
  };
}

/** A number of that range, else null: what is not given is not made up. */
function within(value: unknown, low: number, high: number): number | null {
  const number = numberOf(value);
  return number !== null && number >= low && number <= high ? number : null;
}

function nameOf(value: unknown, id: string): LocalText {
  if (!isObject(value)) return { zh: textOf(value) || id, en: textOf(value) || id };
  const [zh, en] = [textOf(value.zh), textOf(value.en)];
  return { zh: zh || en || id, en: en || zh || id };
}
