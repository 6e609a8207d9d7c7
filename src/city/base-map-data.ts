import { TwinError } from "../base/errors.ts";
import { metersPerDegree } from "../geo/ellipsoid.ts";

export type BaseKind =
  | "land"
  | "sea"
  | "water"
  | "river"
  | "park"
  | "district"
  | "road"
  | "ring-road"
  | "rail"
  | "metro"
  | "station"
  | "label";

/** One drawn thing of the base map, in metres east and north of the city's origin. */
export interface BaseShape {
  readonly kind: BaseKind;
  readonly roadClass: string;
  readonly name: string;
  readonly nameEn: string;
  readonly color: string | null;
  readonly width: number;
  readonly isArea: boolean;
  /** Rings or lines: interleaved x, y. */
  readonly parts: readonly Float32Array[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  path: Path2D | null;
}

export interface BasePoint {
  readonly kind: BaseKind;
  readonly name: string;
  readonly nameEn: string;
  readonly placeClass: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}

export interface BaseMapData {
  readonly originLongitudeDeg: number;
  readonly originLatitudeDeg: number;
  readonly metersPerDegEast: number;
  readonly metersPerDegNorth: number;
  readonly shapes: readonly BaseShape[];
  readonly points: readonly BasePoint[];
  shapesIn(west: number, south: number, east: number, north: number): BaseShape[];
}

interface GeoFeature {
  readonly geometry?: { readonly type: string; readonly coordinates: unknown };
  readonly properties?: Readonly<Record<string, unknown>>;
}

const CELL = 1500;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function partsOf(geometry: { type: string; coordinates: unknown }): number[][][] {
  const c = geometry.coordinates;
  switch (geometry.type) {
    case "LineString":
      return [c as number[][]];
    case "MultiLineString":
    case "Polygon":
      return c as number[][][];
    case "MultiPolygon":
      return (c as number[][][][]).flat();
    default:
      return [];
  }
}

const DRAW_ORDER: readonly BaseKind[] = [
  "land",
  "sea",
  "park",
  "water",
  "river",
  "district",
  "road",
  "ring-road",
  "rail",
  "metro",
];
const ROAD_ORDER = ["residential", "secondary", "primary", "trunk", "motorway"];

function rank(shape: BaseShape): number {
  return DRAW_ORDER.indexOf(shape.kind) * 10 + Math.max(0, ROAD_ORDER.indexOf(shape.roadClass));
}

function toShape(
  feature: GeoFeature,
  project: (lon: number, lat: number) => [number, number],
): BaseShape | null {
  const { geometry, properties = {} } = feature;
  if (!geometry) return null;
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const parts = partsOf(geometry).map((line) => {
    const flat = new Float32Array(line.length * 2);
    line.forEach(([lon, lat], k) => {
      const [x, y] = project(lon!, lat!);
      flat[2 * k] = x;
      flat[2 * k + 1] = y;
      bounds[0] = Math.min(bounds[0]!, x);
      bounds[1] = Math.min(bounds[1]!, y);
      bounds[2] = Math.max(bounds[2]!, x);
      bounds[3] = Math.max(bounds[3]!, y);
    });
    return flat;
  });
  if (parts.length === 0) return null;
  return {
    kind: text(properties.kind) as BaseKind,
    roadClass: text(properties.class),
    name: text(properties.name),
    nameEn: text(properties.nameEn),
    color: /^#[0-9a-f]{6}$/i.test(text(properties.color)) ? text(properties.color) : null,
    width: typeof properties.widthM === "number" ? properties.widthM : 0,
    isArea: geometry.type.endsWith("Polygon"),
    parts,
    west: bounds[0]!,
    south: bounds[1]!,
    east: bounds[2]!,
    north: bounds[3]!,
    path: null,
  };
}

function toPoint(feature: GeoFeature): BasePoint | null {
  const { geometry, properties = {} } = feature;
  if (geometry?.type !== "Point") return null;
  const [lon, lat, height] = geometry.coordinates as number[];
  return {
    kind: text(properties.kind) as BaseKind,
    name: text(properties.name),
    nameEn: text(properties.nameEn),
    placeClass: text(properties.class),
    longitudeDeg: lon!,
    latitudeDeg: lat!,
    height: typeof properties.heightM === "number" ? properties.heightM : (height ?? 0),
  };
}

function buildGrid(shapes: readonly BaseShape[]): Map<string, number[]> {
  const grid = new Map<string, number[]>();
  shapes.forEach((shape, index) => {
    for (let x = Math.floor(shape.west / CELL); x <= Math.floor(shape.east / CELL); x++)
      for (let y = Math.floor(shape.south / CELL); y <= Math.floor(shape.north / CELL); y++) {
        const key = `${x},${y}`;
        const cell = grid.get(key);
        if (cell) cell.push(index);
        else grid.set(key, [index]);
      }
  });
  return grid;
}

/** Projects and indexes a `base.json`. A linear projection: tiles of equal degrees stay axis-aligned in it. */
export function parseBaseMap(
  json: unknown,
  origin: { readonly longitudeDeg: number; readonly latitudeDeg: number },
): BaseMapData {
  const features = (json as { features?: unknown } | null)?.features;
  if (!Array.isArray(features))
    throw new TwinError(
      "basemap.base-damaged",
      "base.json of the city is not a GeoJSON FeatureCollection; build the city again.",
    );
  const scale = metersPerDegree(origin.latitudeDeg);
  const project = (lon: number, lat: number): [number, number] => [
    (lon - origin.longitudeDeg) * scale.east,
    (lat - origin.latitudeDeg) * scale.north,
  ];
  const shapes = (features as GeoFeature[])
    .map((feature) => toShape(feature, project))
    .filter((shape): shape is BaseShape => shape !== null)
    .sort((a, b) => rank(a) - rank(b));
  const grid = buildGrid(shapes);
  return {
    originLongitudeDeg: origin.longitudeDeg,
    originLatitudeDeg: origin.latitudeDeg,
    metersPerDegEast: scale.east,
    metersPerDegNorth: scale.north,
    shapes,
    points: (features as GeoFeature[]).map(toPoint).filter((point): point is BasePoint => point !== null),
    shapesIn(west, south, east, north) {
      const cells = ((east - west) / CELL + 1) * ((north - south) / CELL + 1);
      if (cells > 4000) return shapes.slice();
      const found = new Set<number>();
      for (let x = Math.floor(west / CELL); x <= Math.floor(east / CELL); x++)
        for (let y = Math.floor(south / CELL); y <= Math.floor(north / CELL); y++)
          for (const index of grid.get(`${x},${y}`) ?? []) found.add(index);
      return [...found]
        .sort((a, b) => a - b)
        .map((index) => shapes[index]!)
        .filter((s) => s.east >= west && s.west <= east && s.north >= south && s.south <= north);
    },
  };
}
