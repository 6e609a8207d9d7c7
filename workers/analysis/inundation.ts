import type { BuildingIndex, GroundGrid } from "../../src/domain/building-index.ts";
import type { Facility } from "../../src/domain/response.ts";
import type { AffectedSummary } from "../../src/domain/scenario.ts";
import { summarize } from "./affected.ts";
import type { WaterMesh } from "./contract.ts";
import { depthAt, floodField } from "./flood-field.ts";
import { waterMesh } from "./water-mesh.ts";

export interface Inundation {
  readonly mesh: WaterMesh;
  readonly affected: AffectedSummary;
  /** Rows of the building index that stand in water, ascending. */
  readonly floodedRows: Uint32Array;
}

const KEPT_LEVELS = 24;

/** Still water at any level over one city; the last 24 levels are kept. Answers are copies: the caller may transfer them. */
export class InundationDesk {
  readonly #index: BuildingIndex;
  readonly #grid: GroundGrid;
  readonly #kept = new Map<number, Inundation>();

  readonly #facilities: readonly Facility[] | undefined;

  constructor(index: BuildingIndex, grid: GroundGrid, facilities?: readonly Facility[]) {
    this.#index = index;
    this.#grid = grid;
    this.#facilities = facilities;
  }

  /** `level`: metres above the normal level of river or sea; equal to the millimetre is equal. */
  at(level: number): Inundation {
    const key = Math.round(level * 1000);
    const known = this.#kept.get(key) ?? inundate(this.#index, this.#grid, key / 1000, this.#facilities);
    this.#kept.delete(key);
    this.#kept.set(key, known);
    if (this.#kept.size > KEPT_LEVELS) this.#kept.delete(this.#kept.keys().next().value!);
    const { vertices, indices, maxDepth } = known.mesh;
    return {
      mesh: { vertices: vertices.slice(), indices: indices.slice(), maxDepth },
      affected: known.affected,
      floodedRows: known.floodedRows.slice(),
    };
  }
}

/** `facilities`: those in water are listed with the buildings. */
export function inundate(
  index: BuildingIndex,
  grid: GroundGrid,
  level: number,
  facilities?: readonly Facility[],
): Inundation {
  const field = floodField(grid, level);
  const { mesh, landKm2 } = waterMesh(field);
  const rows = new Uint32Array(index.count);
  const depth = new Float32Array(index.count);
  let found = 0;
  for (let row = 0; row < index.count; row++) {
    // a building on a pier stands over the bed, but not below the normal level
    const water = Math.min(level, depthAt(field, index.longitudeDeg[row]!, index.latitudeDeg[row]!));
    if (water <= 0) continue;
    rows[found] = row;
    depth[found++] = water;
  }
  const floodedRows = rows.slice(0, found);
  const affected = {
    ...summarize(index, floodedRows, depth.subarray(0, found), landKm2),
    ...(facilities && {
      facilities: facilities
        .filter(
          ({ longitudeDeg, latitudeDeg }) => Math.min(level, depthAt(field, longitudeDeg, latitudeDeg)) > 0,
        )
        .map((facility) => ({ ...facility, distance: null })),
    }),
  };
  return { mesh, floodedRows, affected };
}
