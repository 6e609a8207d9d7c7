import type { TileLayer } from "./tile-layer.ts";

/**
 * Moves the triangles of features up in place, and their boxes with them: picking, sections and edges follow without
 * knowing. Each vertex belongs to one feature.
 *
 * @param liftOf metres, by feature; may be negative
 */
export function liftLayer(layer: TileLayer, liftOf: (feature: number) => number): void {
  const { positions, index, first, boxes } = layer;
  const isMoved = new Uint8Array(positions.length / 3);
  for (let f = 0; f + 1 < first.length; f++) {
    const up = first[f] === first[f + 1] ? 0 : liftOf(f);
    if (up === 0) continue;
    for (let i = first[f]!; i < first[f + 1]!; i++) {
      const vertex = index[i]!;
      if (isMoved[vertex]) continue;
      isMoved[vertex] = 1;
      positions[vertex * 3 + 1]! += up;
    }
    boxes[f * 6 + 1]! += up;
    boxes[f * 6 + 4]! += up;
  }
}
