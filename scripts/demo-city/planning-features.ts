import type { Plane, Ring } from "./plane.ts";

export type Properties = Readonly<Record<string, string | number>>;

interface Feature {
  readonly type: "Feature";
  readonly properties: Properties;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export type AreaFeature = Feature;

export interface GeoJson {
  readonly type: "FeatureCollection";
  readonly provenance: "SAMPLE";
  readonly features: readonly Feature[];
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

export function degreesOf([lon, lat]: readonly [number, number]): [number, number] {
  return [round(lon), round(lat)];
}

/** What says of itself that it is made up. */
export function collection(features: readonly Feature[]): GeoJson {
  return { type: "FeatureCollection", provenance: "SAMPLE", features };
}

/** The first ring is the outer one; rings of the plane, degrees in the file. */
export function areaFeature(plane: Plane, rings: readonly Ring[], properties: Properties): Feature {
  const coordinates = rings.map((ring) => {
    const points = ring.map((point) => degreesOf(plane.toDegrees(point)));
    return [...points, points[0]!];
  });
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates } };
}

/** Degrees as given. */
export function lineFeature(line: readonly (readonly [number, number])[], properties: Properties): Feature {
  return {
    type: "Feature",
    properties,
    geometry: { type: "LineString", coordinates: line.map(degreesOf) },
  };
}

export function pointFeature(at: readonly [number, number], properties: Properties): Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: degreesOf(at) } };
}
