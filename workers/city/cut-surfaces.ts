import type { RawFeature } from "./raw-feature.ts";

/** Faces with less area than this, m², are nothing. */
const LEAST_AREA = 1e-4;

/** The faces of a feature: rings without their closing vertex. */
export interface CutSurfaces {
  readonly polygons: readonly (readonly Float32Array[])[];
  readonly surfaceKinds: readonly number[];
  readonly corners: number;
}

/** Cuts xyz metres into faces; those without a proper outer ring or without an area are left out. */
export function cutSurfaces(raw: RawFeature, local: Float32Array): CutSurfaces {
  const polygons: Float32Array[][] = [];
  const surfaceKinds: number[] = [];
  let corners = 0;
  let ring = 0;
  raw.polygonEnds.forEach((polygonEnd, polygon) => {
    const rings: Float32Array[] = [];
    let isWhole = true;
    for (let isOuter = true; ring < polygonEnd; ring++, isOuter = false) {
      const start = ring === 0 ? 0 : raw.ringEnds[ring - 1]!;
      const open = withoutClosing(local.subarray(start * 3, raw.ringEnds[ring]! * 3));
      if (open.length >= 9 && open.every(Number.isFinite) && areaOf(open) > LEAST_AREA) rings.push(open);
      else if (isOuter) isWhole = false;
    }
    if (!isWhole || rings.length === 0) return;
    polygons.push(rings);
    surfaceKinds.push(raw.surfaceKinds[polygon] ?? 0);
    corners += rings.reduce((sum, one) => sum + one.length / 3, 0);
  });
  return { polygons, surfaceKinds, corners };
}

function withoutClosing(ring: Float32Array): Float32Array {
  const n = ring.length;
  const isClosed = n >= 6 && [0, 1, 2].every((axis) => Math.abs(ring[axis]! - ring[n - 3 + axis]!) < 0.001);
  return isClosed ? ring.subarray(0, n - 3) : ring;
}

/** Area of a ring in space (half of Newell's vector), around its first corner. */
function areaOf(ring: Float32Array): number {
  let [x, y, z] = [0, 0, 0];
  const [ox, oy, oz] = [ring[0]!, ring[1]!, ring[2]!];
  for (let a = 3; a + 5 < ring.length; a += 3) {
    const [ux, uy, uz] = [ring[a]! - ox, ring[a + 1]! - oy, ring[a + 2]! - oz];
    const [vx, vy, vz] = [ring[a + 3]! - ox, ring[a + 4]! - oy, ring[a + 5]! - oz];
    x += uy * vz - uz * vy;
    y += uz * vx - ux * vz;
    z += ux * vy - uy * vx;
  }
  return Math.hypot(x, y, z) / 2;
}
