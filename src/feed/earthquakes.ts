import type { EarthquakeFeedConfig } from "../domain/feed-config.ts";
import { type DecodeFeature, fieldOf, keyOf, numberOf, pointOf, textOf, timeOf } from "./geojson-points.ts";

/**
 * Reads a feature of the USGS earthquake feeds (earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php): `mag`, `time` in
 * epoch ms, `place`, `type`; the depth in km is the third coordinate. Quarry blasts and the like, and what lies
 * below `minMagnitude` or outside `box`, is left out.
 */
export function decodeEarthquake(options: EarthquakeFeedConfig["options"]): DecodeFeature {
  return (feature) => {
    const type = fieldOf(feature, "properties.type");
    if (type !== undefined && type !== "earthquake") return null;
    const at = pointOf(feature);
    if (typeof at === "string") return at;
    const key = keyOf(feature.id);
    if (key === null) return "has no id";
    const value = numberOf(fieldOf(feature, "properties.mag"));
    if (value === null) return "properties.mag is no number";
    const timeMs = timeOf(fieldOf(feature, "properties.time"));
    if (timeMs === undefined) return "properties.time is no time";
    if (value < (options.minMagnitude ?? Number.NEGATIVE_INFINITY) || !isInside(at, options.box)) return null;
    const place = textOf(fieldOf(feature, "properties.place")) || key;
    const depthKm = numberOf((fieldOf(feature, "geometry.coordinates") as unknown[])[2]);
    const isDeep = depthKm !== null && Number.isFinite(depthKm);
    const name = {
      zh: isDeep ? `${place}，深度 ${depthKm.toFixed(0)} km` : place,
      en: isDeep ? `${place}, ${depthKm.toFixed(0)} km deep` : place,
    };
    return {
      sensor: { key, sensor: { id: key, datastreamId: -1, name, kind: options.kind, unit: "M", ...at } },
      observation: { key, timeMs, value, isRevision: true },
    };
  };
}

function isInside(
  at: { readonly longitudeDeg: number; readonly latitudeDeg: number },
  box: EarthquakeFeedConfig["options"]["box"],
): boolean {
  if (box === undefined) return true;
  const [west, south, east, north] = box;
  const { longitudeDeg: lon, latitudeDeg: lat } = at;
  // a box across the date line has its west east of its east
  const isBetween = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return isBetween && lat >= south && lat <= north;
}
