import type { MeshBuffers } from "./mesh-buffers.ts";
import { BAY, triangulate } from "./prism-mesh.ts";
import { SURFACE_KINDS } from "./raw-feature.ts";

const WALL = SURFACE_KINDS.indexOf("wall");
const FLOOR_HEIGHT = 3;
/** Steeper faces than this cosine of the normal to the vertical carry windows. */
const UPRIGHT = 0.35;

/** Faces as they came, flat shaded. Rings are x, y, z in the tile's frame. */
export function addSurfaces(
  mesh: MeshBuffers,
  polygons: readonly (readonly Float64Array[])[],
  surfaceKinds: readonly number[],
  hasWindows: boolean,
): void {
  polygons.forEach((rings, k) => {
    addFace(mesh, rings, hasWindows && [0, WALL].includes(surfaceKinds[k] ?? 0));
  });
}

type Vector = readonly [number, number, number];

/** Twice the area vector of a ring (Newell). */
function areaVector(ring: Float64Array): [number, number, number] {
  let [x, y, z] = [0, 0, 0];
  const n = ring.length;
  for (let b = 0, a = n - 3; b < n; a = b, b += 3) {
    x += (ring[a + 1]! - ring[b + 1]!) * (ring[a + 2]! + ring[b + 2]!);
    y += (ring[a + 2]! - ring[b + 2]!) * (ring[a]! + ring[b]!);
    z += (ring[a]! - ring[b]!) * (ring[a + 1]! + ring[b + 1]!);
  }
  return [x, y, z];
}

function addFace(mesh: MeshBuffers, rings: readonly Float64Array[], mayHaveWindows: boolean): void {
  const around = centred(rings);
  const normal = areaVector(around[0]!);
  const length = Math.hypot(...normal);
  if (!(length > 1e-9)) return;
  const unit = normal.map((value) => value / length) as unknown as Vector;
  const [ax, ay, az] = unit.map(Math.abs) as unknown as Vector;
  // Looked at along the greatest axis of the normal; the order of the other two keeps the turn.
  const [u, v] = az >= ax && az >= ay ? [0, 1] : ax >= ay ? [1, 2] : [2, 0];
  const isForward = (az >= ax && az >= ay ? unit[2] : ax >= ay ? unit[0] : unit[1]) > 0;
  const indices = triangulate(around, u, v);
  const uv = mayHaveWindows && az < UPRIGHT ? facadeGrid(rings, unit) : null;
  const first = mesh.vertices;
  for (const ring of rings)
    for (let a = 0; a < ring.length; a += 3) {
      const [x, y, z] = [ring[a]!, ring[a + 1]!, ring[a + 2]!];
      mesh.vertex(x, y, z, unit[0], unit[1], unit[2], uv ? uv.u(x, y) : 0, uv ? uv.v(z) : 0);
    }
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [first + indices[k]!, first + indices[k + 1]!, first + indices[k + 2]!];
    if (isForward) mesh.triangle(a, b, c);
    else mesh.triangle(a, c, b);
  }
}

/** Around the first corner, so that area and triangles do not suffer from far origins. */
function centred(rings: readonly Float64Array[]): Float64Array[] {
  const [x, y, z] = rings[0]!;
  return rings.map((ring) => ring.map((value, at) => value - (at % 3 === 0 ? x! : at % 3 === 1 ? y! : z!)));
}

/** Whole bays along the wall and floors up from its foot. */
function facadeGrid(rings: readonly Float64Array[], unit: Vector) {
  const flat = Math.hypot(unit[0], unit[1]) || 1;
  const [tx, ty] = [-unit[1] / flat, unit[0] / flat];
  let [low, high, foot, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings)
    for (let a = 0; a < ring.length; a += 3) {
      const t = ring[a]! * tx + ring[a + 1]! * ty;
      low = Math.min(low, t);
      high = Math.max(high, t);
      foot = Math.min(foot, ring[a + 2]!);
      top = Math.max(top, ring[a + 2]!);
    }
  const bays = Math.max(1, Math.round((high - low) / BAY));
  const floors = Math.max(1, Math.round((top - foot) / FLOOR_HEIGHT));
  return {
    u: (x: number, y: number) => ((x * tx + y * ty - low) / (high - low || 1)) * bays,
    v: (z: number) => ((z - foot) / (top - foot || 1)) * floors,
  };
}
