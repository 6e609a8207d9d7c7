import type { BaseShape } from "./base-map-data.ts";
import { mixHex } from "./look-palette.ts";
import type { TileContext as Context, TileWindow } from "./tile-window.ts";

const GRID = 11;
const LIMIT_METERS_PER_PIXEL = 3.2;

function noise(i: number, j: number, k: number): number {
  let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(k, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Tree crowns of parks seen from above: the same crown at the same place in every tile. */
export function drawParkTrees(
  context: Context,
  parks: readonly BaseShape[],
  window: TileWindow,
  metersPerPixel: number,
  parkColor: string,
  pathOf: (shape: BaseShape) => Path2D,
): void {
  if (metersPerPixel > LIMIT_METERS_PER_PIXEL || parks.length === 0) return;
  const margin = 2 * GRID;
  const [light, dark, shade] = [new Path2D(), new Path2D(), new Path2D()];
  const first = (value: number) => Math.floor((value - margin) / GRID);
  for (let i = first(window.west); i * GRID < window.east + margin; i++)
    for (let j = first(window.south); j * GRID < window.north + margin; j++) {
      const clump = noise(Math.floor(i / 4), Math.floor(j / 4), 7);
      if (noise(i, j, 1) > 0.25 + 0.55 * clump) continue;
      const x = (i + noise(i, j, 2)) * GRID;
      const y = (j + noise(i, j, 3)) * GRID;
      const radius = 2.4 + 3.4 * noise(i, j, 4);
      const crown = noise(i, j, 5) > 0.5 ? light : dark;
      for (const [path, dx, dy] of [
        [shade, 1.6, 1.2],
        [crown, 0, 0],
      ] as const) {
        path.moveTo(x + dx + radius, y + dy);
        path.arc(x + dx, y + dy, radius, 0, 2 * Math.PI);
      }
    }
  context.save();
  const clip = new Path2D();
  for (const park of parks) clip.addPath(pathOf(park));
  context.clip(clip, "evenodd");
  context.globalAlpha = Math.min(1, (LIMIT_METERS_PER_PIXEL - metersPerPixel) / 1.2);
  for (const [path, color] of [
    [shade, mixHex(parkColor, "#000000", 0.38)],
    [dark, mixHex(parkColor, "#10261a", 0.36)],
    [light, mixHex(parkColor, "#3c5a35", 0.3)],
  ] as const) {
    context.fillStyle = color;
    context.fill(path);
  }
  context.restore();
}
