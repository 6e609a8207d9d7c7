import type { Plane } from "three";
import type { EdgeBuffer } from "./feature-edges.ts";
import type { TileLayer } from "./tile-layer.ts";

/** Metres that lines stand before the cut surface, so that they win against it. */
const BEFORE = 0.004;

/** Adds the lines in which a plane cuts the triangles of visible features, on the side that is cut away. */
export function addCutLines(
  { boxes, first, index, positions }: TileLayer,
  { normal, constant }: Plane,
  isVisible: (feature: number) => boolean,
  lines: EdgeBuffer,
): void {
  const away = [-normal.x * BEFORE, -normal.y * BEFORE, -normal.z * BEFORE] as const;
  for (let f = 0; f + 1 < first.length; f++) {
    if (first[f] === first[f + 1] || !crosses(boxes, f * 6, normal, constant) || !isVisible(f)) continue;
    for (let i = first[f]!; i < first[f + 1]!; i += 3) {
      const ends: number[] = [];
      for (let side = 0; side < 3; side++) {
        const a = index[i + side]! * 3;
        const b = index[i + ((side + 1) % 3)]! * 3;
        const da = distance(positions, a, normal, constant);
        const db = distance(positions, b, normal, constant);
        if (da < 0 === db < 0) continue;
        const t = da / (da - db);
        for (let axis = 0; axis < 3; axis++) {
          const from = positions[a + axis]!;
          ends.push(from + (positions[b + axis]! - from) * t + away[axis]!);
        }
      }
      if (ends.length === 6) lines.push(...(ends as [number, number, number, number, number, number]));
    }
  }
}

function distance(p: ArrayLike<number>, at: number, n: Plane["normal"], constant: number): number {
  return p[at]! * n.x + p[at + 1]! * n.y + p[at + 2]! * n.z + constant;
}

/** Whether the plane passes through the box. */
function crosses(boxes: Float32Array, at: number, { x, y, z }: Plane["normal"], constant: number): boolean {
  let middle = constant;
  let reach = 0;
  const parts = [x, y, z];
  for (let axis = 0; axis < 3; axis++) {
    const [min, max] = [boxes[at + axis]!, boxes[at + 3 + axis]!];
    middle += (parts[axis]! * (min + max)) / 2;
    reach += (Math.abs(parts[axis]!) * (max - min)) / 2;
  }
  return Math.abs(middle) <= reach;
}
