import { TwinError } from "../../src/base/errors.ts";
import { createProjection } from "../../src/geo/projection.ts";
import type { TileSink } from "../tiles/contract.ts";
import { encodeJson } from "../tiles/tileset.ts";
import type {
  DemFrame,
  TerrainGrids,
  TerrainOptions,
  TerrainProgress,
  TerrainSetup,
  TerrainSummary,
  TerrainTile,
  TileAddress,
  TileMesher,
} from "./contract.ts";
import { createDemPlace, demBounds } from "./dem-place.ts";
import { createTileEncoder, tilePath } from "./encode-tile.ts";
import { createLayerJson } from "./layer-json.ts";
import { finestLevel, tilesIn } from "./tile-grid.ts";
import { fadePosts } from "./tile-heights.ts";

export interface TerrainInput {
  readonly frame: DemFrame;
  /** Of all posts as given, metres, and how many are void. */
  readonly heights: { readonly min: number; readonly max: number; readonly voids: number };
  readonly hasWater: boolean;
  /** What goes into `source.json` as the input's name. */
  readonly source: string;
  readonly options: TerrainOptions;
  readonly sink: TileSink;
  readonly mesher: TileMesher;
  readonly onProgress?: (progress: TerrainProgress) => void;
}

/**
 * Terrain tiles from a height model: every tile of the finest level stays within `maxError` metres of the model at each
 * post, every coarser level within twice that of its model of half the posts. The same input gives the same bytes, however
 * many threads there are. Writes the tiles, `source.json` and, last, `layer.json`.
 * @throws TwinError `terrain.no-heights` when every post is void
 */
export async function buildTerrain(input: TerrainInput): Promise<TerrainSummary> {
  const { frame, options, heights, sink, mesher } = input;
  if (!(heights.max >= heights.min))
    throw new TwinError(
      "terrain.no-heights",
      `${input.source} has no height at any post: all are marked as missing. Check its nodata value.`,
      { file: input.source },
    );
  const place = createDemPlace(frame);
  const bounds = demBounds(frame, place);
  const postDeg = postSpacing(frame, bounds);
  const maxLevel = finestLevel(postDeg);
  const setup: TerrainSetup = {
    frame,
    options,
    maxLevel,
    borderStep: borderStepOf(heights, options),
    hasWater: input.hasWater,
  };
  await mesher.start(setup);
  const jobs = plan(bounds, postDeg * fadePosts(frame.columns, frame.rows), maxLevel);
  const tiles = await meshAll(jobs, mesher, input.onProgress);
  const shown = tiles.filter(({ bytes }) => bytes > 0);
  const sum = (of: (tile: TerrainTile) => number) => shown.reduce((total, tile) => total + of(tile), 0);
  const summary: TerrainSummary = {
    tiles: shown.length,
    bytes: sum(({ bytes }) => bytes),
    vertices: sum(({ vertices }) => vertices),
    triangles: sum(({ triangles }) => triangles),
    maxLevel,
    crs: createProjection(frame.crs).epsg,
    bounds,
    heights: { min: heights.min + options.geoid, max: heights.max + options.geoid },
    voids: heights.voids,
    maxError: options.maxError,
  };
  await sink.write("source.json", encodeJson(sourceDocument(input, summary)));
  await sink.write("layer.json", encodeJson(createLayerJson(shown, { bounds, maxLevel, options })));
  return summary;
}

function sourceDocument({ source, options, hasWater }: TerrainInput, summary: TerrainSummary) {
  const { heightDatum, geoid, maxError, outside, title, waterLevel } = options;
  const orthometric = `given as orthometric; ${geoid} m (geoid above the ellipsoid) added`;
  return {
    title,
    source,
    build: "npm run terrain",
    format: "quantized-mesh 1.0, TMS, geographic; normals and water mask",
    crs: summary.crs,
    heightDatum: `metres above the ellipsoid${heightDatum === "orthometric" ? `; ${orthometric}` : ""}`,
    maxErrorMetres: maxError,
    finestLevel: summary.maxLevel,
    bounds: summary.bounds,
    heights: summary.heights,
    voids: summary.voids,
    heightOutside: outside + geoid,
    water: hasWater ? (waterLevel === null ? "from a mask" : `at or below ${waterLevel} m as given`) : "none",
    tiles: summary.tiles,
  };
}

/** Encodes here, one tile after the other. */
export function createInlineMesher(grids: TerrainGrids, sink: TileSink): TileMesher {
  let encode: ReturnType<typeof createTileEncoder> | null = null;
  return {
    parallel: 1,
    async start(setup) {
      encode = createTileEncoder(setup, grids);
    },
    async mesh(tile) {
      const { result, bytes } = encode!(tile);
      if (bytes) await sink.write(tilePath(tile), bytes);
      return result;
    },
    async close() {},
  };
}

/** Degrees between posts: the finer of both directions, measured on the ground. */
function postSpacing(
  { columns, rows }: DemFrame,
  [west, south, east, north]: readonly [number, number, number, number],
): number {
  const wide = ((east - west) * Math.cos(((south + north) / 360) * Math.PI)) / Math.max(1, columns - 1);
  const high = (north - south) / Math.max(1, rows - 1);
  return Math.max(1e-7, Math.min(wide, high));
}

/** A power of two, so large that the whole range of heights has no more steps than the format counts. */
function borderStepOf({ min, max }: TerrainInput["heights"], { outside }: TerrainOptions): number {
  const range = Math.max(max, outside) - Math.min(min, outside) + 2;
  return 2 ** Math.ceil(Math.log2(range / 32_000));
}

function plan(
  [west, south, east, north]: readonly [number, number, number, number],
  marginDeg: number,
  maxLevel: number,
): TileAddress[] {
  const jobs: TileAddress[] = [
    { level: 0, x: 0, y: 0 },
    { level: 0, x: 1, y: 0 },
  ];
  const wide =
    marginDeg / Math.max(0.1, Math.cos((Math.max(-80, Math.min(80, (south + north) / 2)) * Math.PI) / 180));
  const grown = [west - wide, south - marginDeg, east + wide, north + marginDeg] as const;
  for (let level = 1; level <= maxLevel; level++) {
    const { startX, startY, endX, endY } = tilesIn(grown, level);
    for (let y = startY; y <= endY; y++) for (let x = startX; x <= endX; x++) jobs.push({ level, x, y });
  }
  return jobs;
}

/** As many at once as the mesher can; results keep the order of the jobs. */
async function meshAll(
  jobs: readonly TileAddress[],
  mesher: TileMesher,
  onProgress?: (progress: TerrainProgress) => void,
): Promise<TerrainTile[]> {
  const tiles: TerrainTile[] = new Array(jobs.length);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let k = next++; k < jobs.length; k = next++) {
      tiles[k] = await mesher.mesh(jobs[k]!);
      onProgress?.({ phase: "mesh", done: ++done, total: jobs.length });
    }
  };
  await Promise.all(Array.from({ length: mesher.parallel }, lane));
  return tiles;
}
