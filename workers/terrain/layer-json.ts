import type { TerrainOptions, TerrainTile } from "./contract.ts";

interface Rectangle {
  startX: number;
  startY: number;
  endX: number;
  endY: number;
}

/** What Cesium reads first: where tiles are, level by level, and what they carry. */
export function createLayerJson(
  tiles: readonly TerrainTile[],
  {
    bounds,
    maxLevel,
    options,
  }: {
    readonly bounds: readonly [number, number, number, number];
    readonly maxLevel: number;
    readonly options: TerrainOptions;
  },
) {
  return {
    tilejson: "2.1.0",
    name: options.title,
    version: "1.0.0",
    format: "quantized-mesh-1.0",
    scheme: "tms",
    projection: "EPSG:4326",
    tiles: ["{z}/{x}/{y}.terrain"],
    bounds,
    minzoom: 0,
    maxzoom: maxLevel,
    extensions: ["octvertexnormals", "watermask"],
    available: Array.from({ length: maxLevel + 1 }, (_, level) =>
      rectanglesOf(tiles.filter((tile) => tile.level === level)),
    ),
  };
}

/** Rows of tiles side by side, joined with an equal row below. */
export function rectanglesOf(tiles: readonly { readonly x: number; readonly y: number }[]): Rectangle[] {
  const sorted = [...tiles].sort((a, b) => a.y - b.y || a.x - b.x);
  const done: Rectangle[] = [];
  let open: Rectangle[] = [];
  for (let k = 0; k < sorted.length; ) {
    const { y } = sorted[k]!;
    const runs: Rectangle[] = [];
    for (; k < sorted.length && sorted[k]!.y === y; k++) {
      const { x } = sorted[k]!;
      const last = runs.at(-1);
      if (last && last.endX === x - 1) last.endX = x;
      else runs.push({ startX: x, startY: y, endX: x, endY: y });
    }
    const next: Rectangle[] = [];
    for (const run of runs) {
      const below = open.find((r) => r.startX === run.startX && r.endX === run.endX && r.endY === y - 1);
      if (below) {
        below.endY = y;
        next.push(below);
      } else {
        done.push(run);
        next.push(run);
      }
    }
    open = next;
  }
  return done;
}
