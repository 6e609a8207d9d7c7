import type { CityId } from "../../src/domain/city.ts";
import type { DemFrame } from "../../workers/terrain/contract.ts";
import { createMask, type Mask, ROAD, WATER } from "../demo-city/mask.ts";
import { createPlane, type Plane, type Point } from "../demo-city/plane.ts";
import { seedOf, valueNoise } from "../demo-city/random.ts";
import relief from "./relief.json" with { type: "json" };

/** Metres between posts. */
const POST = 60;
/** Metres about a building, and beside a road or rail, where the ground stays at 0. */
const AROUND_BUILDING = 240;
const BESIDE_ROAD = 140;

/** What the city has drawn and built: the relief keeps off it. */
export interface ReliefCity {
  readonly id: CityId;
  /** GeoJSON of `base.json`. */
  readonly features: readonly {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly geometry: { readonly type: string; readonly coordinates: unknown };
  }[];
  readonly buildings: { readonly longitudeDeg: ArrayLike<number>; readonly latitudeDeg: ArrayLike<number> };
}

export interface Relief {
  readonly frame: DemFrame;
  /** Metres above the demo ground at 0, from the north-west. */
  readonly heights: Float32Array;
  /** 1 where there is water. */
  readonly water: Float32Array;
}

/**
 * The height model (SAMPLE) about a demo city: 0 under all that is built, drawn as a road or under water, so that the city
 * stands as it does without terrain, and hills that rise from its edges, highest where the real ones are. The same city
 * gives the same posts.
 */
export function createRelief(city: ReliefCity): Relief {
  const { bounds, ranges, foot } = relief[city.id];
  const [west, south, east, north] = bounds as [number, number, number, number];
  const plane = createPlane((west + east) / 2, (south + north) / 2);
  const mask = createMask(plane, [west, south, east, north], POST);
  paint(mask, plane, city);
  const { columns, rows, cells, minX, minY } = mask;
  const away = distanceTo(cells, columns);
  const heights = new Float32Array(columns * rows);
  const water = new Float32Array(columns * rows);
  const seed = seedOf(city.id, "relief");
  const hills = ranges.map(({ at, radius, height }) => ({
    at: plane.toPlane(at as [number, number]),
    radius: radius as [number, number],
    height,
  }));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const post = (rows - 1 - row) * columns + column;
      water[post] = cells[cell]! & WATER ? 1 : 0;
      const reach = Math.min(1, (away[cell]! * POST) / foot);
      if (reach === 0) continue;
      const x = minX + (column + 0.5) * POST;
      const y = minY + (row + 0.5) * POST;
      const eased = reach * reach * (3 - 2 * reach);
      heights[post] = Math.round(eased * hillAt(hills, seed, x, y) * 10) / 10;
    }
  const [x0, y0] = plane.toDegrees([minX + POST / 2, minY + (rows - 0.5) * POST]);
  const frame: DemFrame = {
    columns,
    rows,
    crs: "EPSG:4326",
    affine: [x0, y0, POST / plane.eastPerDeg, 0, 0, -POST / plane.northPerDeg],
  };
  return { frame, heights, water };
}

interface Range {
  readonly at: Point;
  readonly radius: readonly [number, number];
  readonly height: number;
}

/** The highest of the ranges, cut by valleys: ridged noise of four octaves. */
function hillAt(ranges: readonly Range[], seed: number, x: number, y: number): number {
  let height = 4;
  for (const { at, radius, height: top } of ranges) {
    const d = Math.hypot((x - at[0]) / radius[0], (y - at[1]) / radius[1]);
    if (d < 1) height = Math.max(height, top * (1 - d * d) ** 1.5);
  }
  let ridge = 0;
  let weight = 0;
  for (let octave = 0; octave < 4; octave++) {
    const size = 2600 / 2.1 ** octave;
    const share = 0.5 ** octave;
    const noise = valueNoise(seed + octave, x / size, y / size);
    ridge += share * (1 - Math.abs(2 * noise - 1));
    weight += share;
  }
  return height * (0.35 + 0.65 * (ridge / weight));
}

function paint(mask: Mask, plane: Plane, { features, buildings }: ReliefCity): void {
  const ofKind = (...kinds: string[]) =>
    features.filter(({ properties }) => kinds.includes(String(properties.kind ?? properties.layer)));
  const rings = (feature: ReliefCity["features"][number]) =>
    feature.geometry.type === "Polygon"
      ? (feature.geometry.coordinates as Point[][]).map((ring) => ring.map(plane.toPlane))
      : [];
  const lines = ({ geometry }: ReliefCity["features"][number]) =>
    (geometry.type === "LineString"
      ? [geometry.coordinates as Point[]]
      : geometry.type === "MultiLineString"
        ? (geometry.coordinates as Point[][])
        : []
    ).map((line) => line.map(plane.toPlane));
  const land = ofKind("land");
  if (land.length > 0) {
    for (const feature of land) for (const ring of rings(feature).slice(0, 1)) mask.paintRing(ring, WATER);
    for (let k = 0; k < mask.cells.length; k++) mask.cells[k]! ^= WATER;
  }
  for (const feature of ofKind("river", "water"))
    for (const ring of rings(feature).slice(0, 1)) mask.paintRing(ring, WATER);
  for (const feature of ofKind("road", "ring-road", "rail"))
    for (const line of lines(feature)) mask.paintLine(line, 2 * BESIDE_ROAD, ROAD);
  const reach = Math.ceil(AROUND_BUILDING / mask.cell);
  for (let k = 0; k < buildings.longitudeDeg.length; k++) {
    const [x, y] = plane.toPlane([buildings.longitudeDeg[k]!, buildings.latitudeDeg[k]!]);
    const column = Math.floor((x - mask.minX) / mask.cell);
    const row = Math.floor((y - mask.minY) / mask.cell);
    for (let r = row - reach; r <= row + reach; r++)
      for (let c = column - reach; c <= column + reach; c++)
        if (r >= 0 && c >= 0 && r < mask.rows && c < mask.columns) mask.cells[r * mask.columns + c]! |= ROAD;
  }
}

/** Cells to the nearest one with anything in it: two chamfer passes (Borgefors 1986, weights 1 and 1.4). */
function distanceTo(cells: Uint8Array, columns: number): Float32Array {
  const out = Float32Array.from(cells, (cell) => (cell ? 0 : 1e6));
  const pass = (order: (k: number) => number, sign: 1 | -1): void => {
    for (let k = 0; k < out.length; k++) {
      const at = order(k);
      const column = at % columns;
      const relax = (dc: number, dr: number, cost: number) => {
        const c = column + dc;
        const from = at + dr * columns + dc;
        if (c >= 0 && c < columns && from >= 0 && from < out.length && out[from]! + cost < out[at]!)
          out[at] = out[from]! + cost;
      };
      relax(-sign, 0, 1);
      relax(0, -sign, 1);
      relax(-1, -sign, 1.4);
      relax(1, -sign, 1.4);
    }
  };
  pass((k) => k, 1);
  pass((k) => out.length - 1 - k, -1);
  return out;
}
