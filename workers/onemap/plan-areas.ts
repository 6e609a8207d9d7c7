import { TwinError } from "../../src/base/errors.ts";

export type LonLat = readonly [number, number];

/** An area of the plan: the outer ring, then its holes; degrees. */
export interface PlanArea {
  readonly id: string;
  readonly rings: readonly (readonly LonLat[])[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The areas of a GeoJSON file of the plan; what is no area is passed over. Throws TwinError `red-line.plan-damaged`. */
export function planAreas(json: unknown, file: string): PlanArea[] {
  const features = (json as { features?: unknown } | null)?.features;
  if (!Array.isArray(features))
    throw new TwinError(
      "red-line.plan-damaged",
      `${file} is not a GeoJSON collection. Generate the city again with npm run demo-city.`,
      { file },
    );
  return features.flatMap((feature: unknown): PlanArea[] => {
    const { geometry, properties } = feature as {
      geometry?: { type?: string; coordinates?: unknown };
      properties?: Record<string, unknown>;
    };
    const polygons =
      geometry?.type === "Polygon"
        ? [geometry.coordinates]
        : geometry?.type === "MultiPolygon"
          ? (geometry.coordinates as unknown[])
          : [];
    return polygons.map((rings) => ({
      id: String(properties?.id ?? ""),
      rings: rings as PlanArea["rings"],
      properties: properties ?? {},
    }));
  });
}

const CELLS = 128;

/** Finds the areas at a place: sorted once into cells over their common box. */
export class AreaFinder {
  readonly #areas: readonly PlanArea[];
  readonly #cells: number[][] = Array.from({ length: CELLS * CELLS }, () => []);
  readonly #boxes: Float64Array;
  readonly #box: [number, number, number, number] = [180, 90, -180, -90];

  constructor(areas: readonly PlanArea[]) {
    this.#areas = areas;
    this.#boxes = new Float64Array(areas.length * 4);
    areas.forEach(({ rings }, i) => {
      const box = boxOf(rings[0] ?? []);
      this.#boxes.set(box, i * 4);
      for (let k = 0; k < 4; k++) this.#box[k] = (k < 2 ? Math.min : Math.max)(this.#box[k]!, box[k]!);
    });
    areas.forEach((_, i) => {
      const [west, south, east, north] = this.#boxes.subarray(i * 4, i * 4 + 4) as unknown as LonLatBox;
      for (let y = this.#row(south); y <= this.#row(north); y++)
        for (let x = this.#column(west); x <= this.#column(east); x++) this.#cells[y * CELLS + x]!.push(i);
    });
  }

  /** Areas that hold the place, and those whose edge comes nearer to it than `within` degrees of latitude. */
  at([lon, lat]: LonLat, within = 0): { readonly area: PlanArea; readonly isInside: boolean }[] {
    const [west, south, east, north] = this.#box;
    if (lon < west - within || lon > east + within || lat < south - within || lat > north + within) return [];
    const found: { area: PlanArea; isInside: boolean }[] = [];
    for (const i of this.#cells[this.#row(lat) * CELLS + this.#column(lon)] ?? []) {
      const area = this.#areas[i]!;
      const isInside = holds(area, lon, lat);
      if (isInside || (within > 0 && isNearEdge(area, lon, lat, within))) found.push({ area, isInside });
    }
    return found;
  }

  #column(lon: number): number {
    return cellOf(lon, this.#box[0], this.#box[2]);
  }

  #row(lat: number): number {
    return cellOf(lat, this.#box[1], this.#box[3]);
  }
}

type LonLatBox = readonly [number, number, number, number];

function cellOf(value: number, from: number, to: number): number {
  const share = to > from ? (value - from) / (to - from) : 0;
  return Math.max(0, Math.min(CELLS - 1, Math.floor(share * CELLS)));
}

function boxOf(ring: readonly LonLat[]): LonLatBox {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of ring) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** Even-odd over all rings, so that holes are outside. */
export function holds({ rings }: PlanArea, lon: number, lat: number): boolean {
  let isInside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) isInside = !isInside;
    }
  return isInside;
}

function isNearEdge({ rings }: PlanArea, lon: number, lat: number, within: number): boolean {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = [(ring[i - 1]![0] - lon) * squeeze, ring[i - 1]![1] - lat];
      const [bx, by] = [(ring[i]![0] - lon) * squeeze, ring[i]![1] - lat];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      if (Math.hypot(ax + along * dx, ay + along * dy) <= within) return true;
    }
  return false;
}
