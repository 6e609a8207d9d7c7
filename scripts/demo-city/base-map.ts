import type { CityBuildings } from "./buildings.ts";
import type { CityPlan } from "./plan.ts";
import type { Point, Ring } from "./plane.ts";
import { ringBox, smoothLine } from "./polygon.ts";
import type { Skeleton } from "./skeleton.ts";

type Position = [number, number];

interface Feature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, string | number>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export interface BaseMap {
  readonly type: "FeatureCollection";
  readonly features: readonly Feature[];
}

/** How far beyond the generated extent the sea and the borders are drawn, degrees. */
const SEA_MARGIN = 0.6;
const WIDTHS = { secondary: 15, residential: 9 } as const;

/** `base.json`: what the offline base map draws, WGS 84, 1e-6 degrees. */
export function createBaseMap(skeleton: Skeleton, city: CityBuildings): BaseMap {
  return {
    type: "FeatureCollection",
    features: [
      ...seaFeatures(skeleton),
      ...parkFeatures(skeleton),
      ...islandFeatures(skeleton),
      ...waterFeatures(skeleton),
      ...districtFeatures(skeleton, city),
      ...sideStreetFeatures(skeleton, city),
      ...roadFeatures(skeleton),
      ...trackFeatures(skeleton.plan),
      ...labelFeatures(skeleton, city),
    ],
  };
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;
const degrees = ([lon, lat]: readonly [number, number]): Position => [round(lon), round(lat)];

function feature(
  properties: Readonly<Record<string, string | number>>,
  type: string,
  coordinates: unknown,
): Feature {
  return { type: "Feature", properties, geometry: { type, coordinates } };
}

/** GeoJSON wants the first point again at the end. */
function closed(ring: readonly Position[]): Position[] {
  return [...ring, ring[0]!];
}

/** The sea is a box with the land cut out of it. */
function seaFeatures({ plan: { extent }, plane, landRings }: Skeleton): Feature[] {
  if (landRings.length === 0) return [];
  const rings = landRings.map((ring) => ring.map((point) => degrees(plane.toDegrees(point))));
  const [west, south, east, north] = extent;
  const top = Math.max(...rings.flat().map(([, lat]) => lat));
  const box: Position[] = [
    [west - SEA_MARGIN, south - SEA_MARGIN],
    [east + SEA_MARGIN, south - SEA_MARGIN],
    [east + SEA_MARGIN, Math.max(top, north)],
    [west - SEA_MARGIN, Math.max(top, north)],
  ].map(([lon, lat]): Position => [round(lon!), round(lat!)]);
  const holes = rings.map((ring) => closed(ring).reverse());
  return [
    feature({ kind: "sea", name: "黄海", nameEn: "Yellow Sea" }, "Polygon", [closed(box), ...holes]),
    ...rings.map((ring) =>
      feature({ kind: "land", name: "陆地", nameEn: "Land" }, "Polygon", [closed(ring)]),
    ),
  ];
}

function parkFeatures({ plan, plane, parks, reserved }: Skeleton): Feature[] {
  const toDegrees = (ring: Ring): Position[] => closed(ring.map((point) => degrees(plane.toDegrees(point))));
  return [
    ...plan.parks.map(({ name, nameEn, class: parkClass }, i) =>
      feature({ kind: "park", name, nameEn, class: parkClass ?? "park" }, "Polygon", [
        toDegrees(parks[i]!.ring),
      ]),
    ),
    ...reserved.map((ring) =>
      feature({ kind: "park", name: "示范地块", nameEn: "Sample plot", class: "plaza" }, "Polygon", [
        toDegrees(ring),
      ]),
    ),
  ];
}

function islandFeatures({ plan, plane, islands }: Skeleton): Feature[] {
  return islands.map((ring, i) =>
    feature(
      { kind: "park", name: plan.islands[i]!.name, nameEn: "River island", class: "island" },
      "Polygon",
      [closed(ring.map((point) => degrees(plane.toDegrees(point))))],
    ),
  );
}

function waterFeatures({ plane, water, islands }: Skeleton): Feature[] {
  const toDegrees = (ring: Ring): Position[] => closed(ring.map((point) => degrees(plane.toDegrees(point))));
  return water.map(({ name, nameEn, kind, ring }, i) =>
    feature({ kind, name, nameEn }, "Polygon", [
      toDegrees(ring),
      ...(i === 0 ? islands.map((island) => toDegrees(island).reverse()) : []),
    ]),
  );
}

/** Borders of the districts near the extent, thinned to 8 m. */
function districtFeatures({ plan }: Skeleton, { districts }: CityBuildings): Feature[] {
  const [west, south, east, north] = plan.extent;
  return districts
    .filter(({ ringsDeg }) =>
      ringsDeg.some((ring) => {
        const box = ringBox(ring);
        return box.minX < east && box.maxX > west && box.minY < north && box.maxY > south;
      }),
    )
    .map(({ name, nameEn, ringsDeg }) => {
      const large = ringsDeg.filter((ring) => ring.length > 12);
      const kept = large.length > 0 ? large : ringsDeg.slice(0, 1);
      return feature(
        { kind: "district", name, nameEn },
        "MultiPolygon",
        kept.map((ring) => [closed(thinned(ring, 8e-5).map(degrees))]),
      );
    });
}

/** Douglas-Peucker without recursion; keeps the ends. */
export function thinned<T extends readonly [number, number]>(line: readonly T[], tolerance: number): T[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const spans: [number, number][] = [[0, line.length - 1]];
  while (spans.length > 0) {
    const [from, to] = spans.pop()!;
    const [ax, ay] = line[from]!;
    const [bx, by] = line[to]!;
    const length = Math.hypot(bx - ax, by - ay);
    let worst = tolerance;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const [x, y] = line[i]!;
      const distance =
        length < 1e-12
          ? Math.hypot(x - ax, y - ay)
          : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
      if (distance <= worst) continue;
      worst = distance;
      at = i;
    }
    if (at < 0) continue;
    keep[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return line.filter((_, i) => keep[i]);
}

/** Thousands of short lines in few features, by class and cell, so that the file stays small and a map tile draws little. */
function sideStreetFeatures({ plane }: Skeleton, { sideStreets }: CityBuildings): Feature[] {
  const cell = 3000;
  const groups = new Map<string, Position[][]>();
  for (const { class: roadClass, line } of sideStreets) {
    const key = `${roadClass},${Math.floor(line[0][0] / cell)},${Math.floor(line[0][1] / cell)}`;
    const lines = groups.get(key) ?? [];
    groups.set(key, lines);
    lines.push(line.map((point) => degrees(plane.toDegrees(point))));
  }
  return [...groups].map(([key, lines]) => {
    const roadClass = key.startsWith("secondary") ? "secondary" : "residential";
    return feature(
      { kind: "road", name: "", nameEn: "", class: roadClass, widthM: WIDTHS[roadClass] },
      "MultiLineString",
      lines,
    );
  });
}

function roadFeatures({ plane, streets }: Skeleton): Feature[] {
  return streets.map(({ name, nameEn, class: roadClass, isRing, widthM, line }) =>
    feature(
      { kind: isRing ? "ring-road" : "road", name, nameEn, class: roadClass, widthM },
      "LineString",
      thinned<Point>(line, 1.2).map((point) => degrees(plane.toDegrees(point))),
    ),
  );
}

function trackFeatures({ rails, metros }: CityPlan): Feature[] {
  const smooth = (line: readonly (readonly [number, number])[]): Position[] =>
    smoothLine(line, 6).map(([lon, lat]) => degrees([lon!, lat!]));
  return [
    ...rails.map(({ name, nameEn, widthM, line }) =>
      feature({ kind: "rail", name, nameEn, widthM }, "LineString", smooth(line)),
    ),
    ...metros.map(({ name, nameEn, color, stations }) =>
      feature(
        { kind: "metro", name, nameEn, color },
        "LineString",
        smooth(stations.map(([, , lon, lat]) => [lon, lat])),
      ),
    ),
    ...metros.flatMap((metro) =>
      metro.stations.map(([name, nameEn, lon, lat]) =>
        feature(
          { kind: "station", name, nameEn, class: metro.name, color: metro.color },
          "Point",
          degrees([lon, lat]),
        ),
      ),
    ),
  ];
}

function labelFeatures({ plan }: Skeleton, { buildings }: CityBuildings): Feature[] {
  return plan.landmarks.map(({ name, nameEn, at }, row) =>
    feature(
      { kind: "label", class: "landmark", name, nameEn, heightM: buildings[row]!.height },
      "Point",
      degrees(at),
    ),
  );
}
