import type { TileSink } from "../tiles/contract.ts";
import { engineeringBoxOf } from "./bake.ts";
import type { ReadModel } from "./describe-model.ts";
import { ProgressReporter } from "./progress.ts";
import { writeTiles } from "./write-tiles.ts";

/**
 * A tileset of the spaces and one of the openings, each in a folder of its own and only where there are any: nobody loads them before
 * they are asked for. Their features carry rows behind those of the elements.
 */
export async function writeVoidTiles(
  { voids, voidRows, rows, solved }: ReadModel,
  sink: TileSink,
  signal?: AbortSignal,
): Promise<{ readonly bytes: number; readonly boxes: readonly number[] }> {
  let bytes = 0;
  const boxes: number[] = [];
  let first = 0;
  for (const kind of ["spaces", "openings"] as const) {
    const elements = voids[kind];
    if (elements.length === 0) continue;
    const folder: TileSink = { write: (path, content) => sink.write(`${kind}/${path}`, content) };
    const input = {
      meshes: { elements },
      boxes: elements.map(engineeringBoxOf),
      rows: voidRows.slice(first, first + elements.length),
      firstRow: rows.length + first,
      solved,
    };
    const written = await writeTiles(input, folder, new ProgressReporter(undefined), signal);
    bytes += written.bytes;
    for (const value of written.elementBoxes) boxes.push(value);
    first += elements.length;
  }
  return { bytes, boxes };
}
