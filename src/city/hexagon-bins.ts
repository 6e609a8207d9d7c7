import { NO_DATA_LEVEL } from "../domain/risk.ts";

const METERS_PER_DEG = 111_320;
const SQRT3 = Math.sqrt(3);

/** Sensors as the bins see them: interleaved lon, lat, height (deg, deg, m); levels 0-4 or no data; arrays of equal rows. */
export interface BinnedSensors {
  readonly positions: Float64Array;
  readonly levels: Uint8Array;
  readonly stale: Uint8Array;
  readonly kinds: Uint8Array;
}

/** Index k of every array belongs to the k-th hexagon. Only hexagons with sensors are listed. */
export interface HexagonBins {
  /** Metres from the middle to a corner. */
  readonly size: number;
  readonly count: number;
  /** lon, lat pairs, degrees. */
  readonly centers: Float64Array;
  readonly sizes: Uint32Array;
  /** Sensors that have no data or are stale: they say nothing of the risk. */
  readonly silent: Uint32Array;
  /** Four numbers a hexagon: members of level 1 to 4. */
  readonly splits: Uint32Array;
  /** Worst level of those that speak: 1-4, 0 when all are calm, no data when all are silent. */
  readonly worst: Uint8Array;
  /** Mean of 5 - level over those that speak, 0 for calm ones: 0 to 4. */
  readonly meanWeight: Float32Array;
  /** The hexagon over a place; -1 where there is none. */
  indexAt(longitudeDeg: number, latitudeDeg: number): number;
}

/**
 * Pointy-topped hexagons of `size` metres on the plane around the middle of the sensors (flat within 0.1 % for a city).
 * `kind` null counts every kind. Rounding to cube coordinates after Red Blob Games, "Hexagonal Grids" (2013).
 */
export function binHexagons(sensors: BinnedSensors, size: number, kind: number | null): HexagonBins {
  const plane = planeOf(sensors.positions);
  const found = new Map<number, number>();
  const count = sensors.levels.length;
  const bins = new BinArrays(count);
  for (let row = 0; row < count; row++) {
    if (kind !== null && sensors.kinds[row] !== kind) continue;
    const x = (sensors.positions[3 * row]! - plane.lon) * plane.east;
    const y = (sensors.positions[3 * row + 1]! - plane.lat) * METERS_PER_DEG;
    const [q, r] = hexagonAt(x, y, size);
    const key = keyOf(q, r);
    let bin = found.get(key);
    if (bin === undefined) {
      bin = found.size;
      found.set(key, bin);
      bins.centers[2 * bin] = plane.lon + (size * SQRT3 * (q + r / 2)) / plane.east;
      bins.centers[2 * bin + 1] = plane.lat + (size * 1.5 * r) / METERS_PER_DEG;
    }
    bins.count(bin, sensors.levels[row]!, sensors.stale[row] === 1);
  }
  return bins.close(found.size, size, (lonDeg, latDeg) => {
    const [q, r] = hexagonAt((lonDeg - plane.lon) * plane.east, (latDeg - plane.lat) * METERS_PER_DEG, size);
    return found.get(keyOf(q, r)) ?? -1;
  });
}

class BinArrays {
  readonly centers: Float64Array;
  readonly #sizes: Uint32Array;
  readonly #silent: Uint32Array;
  readonly #splits: Uint32Array;

  constructor(most: number) {
    this.centers = new Float64Array(2 * most);
    this.#sizes = new Uint32Array(most);
    this.#silent = new Uint32Array(most);
    this.#splits = new Uint32Array(4 * most);
  }

  count(bin: number, level: number, isStale: boolean): void {
    this.#sizes[bin] = this.#sizes[bin]! + 1;
    if (level === NO_DATA_LEVEL || isStale) this.#silent[bin] = this.#silent[bin]! + 1;
    else if (level >= 1 && level <= 4) {
      const at = 4 * bin + level - 1;
      this.#splits[at] = this.#splits[at]! + 1;
    }
  }

  close(count: number, size: number, indexAt: HexagonBins["indexAt"]): HexagonBins {
    const worst = new Uint8Array(count);
    const meanWeight = new Float32Array(count);
    for (let bin = 0; bin < count; bin++) {
      const spoken = this.#sizes[bin]! - this.#silent[bin]!;
      const split = this.#splits.subarray(4 * bin, 4 * bin + 4);
      const level = split.findIndex((members) => members > 0) + 1;
      worst[bin] = spoken === 0 ? NO_DATA_LEVEL : level;
      const weight = split.reduce((sum, members, k) => sum + members * (4 - k), 0);
      meanWeight[bin] = spoken === 0 ? 0 : weight / spoken;
    }
    return {
      size,
      count,
      centers: this.centers.subarray(0, 2 * count),
      sizes: this.#sizes.subarray(0, count),
      silent: this.#silent.subarray(0, count),
      splits: this.#splits.subarray(0, 4 * count),
      worst,
      meanWeight,
      indexAt,
    };
  }
}

/** Axial coordinates of the hexagon over a point of the plane, metres. */
function hexagonAt(x: number, y: number, size: number): readonly [q: number, r: number] {
  const q = ((SQRT3 / 3) * x - y / 3) / size;
  const r = ((2 / 3) * y) / size;
  const s = -q - r;
  const [rq, rr, rs] = [Math.round(q), Math.round(r), Math.round(s)];
  const [dq, dr, ds] = [Math.abs(rq - q), Math.abs(rr - r), Math.abs(rs - s)];
  if (dq > dr && dq > ds) return [-rr - rs, rr];
  if (dr > ds) return [rq, -rq - rs];
  return [rq, rr];
}

function keyOf(q: number, r: number): number {
  return (q + 32_768) * 65_536 + (r + 32_768);
}

function planeOf(positions: Float64Array): { lon: number; lat: number; east: number } {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let at = 0; at < positions.length; at += 3) {
    west = Math.min(west, positions[at]!);
    east = Math.max(east, positions[at]!);
    south = Math.min(south, positions[at + 1]!);
    north = Math.max(north, positions[at + 1]!);
  }
  const lat = (south + north) / 2;
  return { lon: (west + east) / 2, lat, east: METERS_PER_DEG * Math.cos((lat * Math.PI) / 180) };
}

const STEPS = [125, 250, 500, 1000, 2000, 4000, 8000] as const;

/** Size of hexagon, metres, that is some 60 pixels across where the camera looks; in steps, so that it rarely changes. */
export function hexagonSizeFor(metersPerPixel: number): number {
  const wanted = metersPerPixel * 34;
  return STEPS.find((step) => step >= wanted) ?? STEPS.at(-1)!;
}
