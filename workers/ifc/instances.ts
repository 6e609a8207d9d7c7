import type { Mat4 } from "../../src/geo/matrix.ts";
import type { InstancedMesh } from "../tiles/contract.ts";
import type { ElementMesh, Part } from "./element-mesh.ts";
import { materialOf } from "./material-of.ts";
import { mulInto } from "./mul-into.ts";
import { fingerprint, type WeldedGeometry } from "./weld.ts";

/** Fewer copies are written out. */
const MIN_COPIES = 4;
/** Vertices that instancing must save, for a group costs a draw call and about 150 zipped bytes. */
const MIN_SAVED_VERTICES = 160;
/** Draw calls a tile: engines prepare each on the main thread. */
const MAX_GROUPS = 64;
/** Longest half of a shape, m: its grid of int16 is then at most 2 mm wide. */
const MAX_HALF = 64;
/** How far columns of a matrix may be from a turn, as a share of their length. */
const TOLERANCE = 1e-5;

interface Copy {
  readonly part: Part;
  readonly feature: number;
}

interface Group {
  readonly geometry: WeldedGeometry;
  readonly color: number;
  readonly copies: Copy[];
}

/** Shapes by their content: a file may write the same shape many times, each with an id of its own. */
export class ShapeIndex {
  readonly #keys = new WeakMap<WeldedGeometry, string>();
  readonly #first = new Map<string, WeldedGeometry>();

  /** The first geometry met with this content. */
  sameAs(geometry: WeldedGeometry): WeldedGeometry {
    const { positions, normals, indices } = geometry;
    let key = this.#keys.get(geometry);
    if (key === undefined) {
      const words = new Uint32Array(normals.buffer, normals.byteOffset, normals.length / 4);
      key = `${fingerprint(positions)}:${fingerprint(words)}:${fingerprint(indices)}`;
      this.#keys.set(geometry, key);
      if (!this.#first.has(key)) this.#first.set(key, geometry);
    }
    return this.#first.get(key) as WeldedGeometry;
  }
}

export interface TileInstances {
  readonly groups: readonly InstancedMesh[];
  /** Parts that are in the groups. */
  readonly parts: ReadonlySet<Part>;
}

/** Groups by shape and colour, in the order of their first copy. */
function groupCopies(elements: readonly ElementMesh[], shapes: ShapeIndex): Group[] {
  const byGeometry = new Map<WeldedGeometry, Map<number, Group>>();
  const groups: Group[] = [];
  for (const [feature, { parts }] of elements.entries())
    for (const part of parts) {
      const geometry = shapes.sameAs(part.geometry);
      let byColor = byGeometry.get(geometry);
      if (!byColor) {
        byColor = new Map();
        byGeometry.set(geometry, byColor);
      }
      const known = byColor.get(part.color);
      if (known) known.copies.push({ part, feature });
      else {
        const group = { geometry, color: part.color, copies: [{ part, feature }] };
        byColor.set(part.color, group);
        groups.push(group);
      }
    }
  return groups;
}

function savedVertices({ geometry, copies }: Group): number {
  return (copies.length - 1) * (geometry.positions.length / 3);
}

/** Scale of a matrix that only turns, scales evenly and moves; 0 for one that mirrors, shears or stretches. */
function evenScaleOf(m: ArrayLike<number>): number {
  const [a, b, c] = [m[0]!, m[1]!, m[2]!];
  const [d, e, f] = [m[4]!, m[5]!, m[6]!];
  const [g, h, i] = [m[8]!, m[9]!, m[10]!];
  const xx = a * a + b * b + c * c;
  const limit = TOLERANCE * xx;
  const isEven = (value: number) => Math.abs(value) <= limit;
  const isTurn =
    isEven(d * d + e * e + f * f - xx) &&
    isEven(g * g + h * h + i * i - xx) &&
    isEven(a * d + b * e + c * f) &&
    isEven(a * g + b * h + c * i) &&
    isEven(d * g + e * h + f * i) &&
    a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e) > 0;
  return isTurn && xx > 0 ? Math.sqrt(xx) : 0;
}

/** Halves of the box around a shape are what its int16 grid has to span. */
function halfOf({ box }: WeldedGeometry, scale: number): number {
  return (Math.max(box[3]! - box[0]!, box[4]! - box[1]!, box[5]! - box[2]!) / 2) * scale;
}

/** Grows the box of an element by a copy: exactly, vertex by vertex, for turned shapes have no box of their own. */
export function growBox(
  box: { min: [number, number, number]; max: [number, number, number] },
  { positions }: WeldedGeometry,
  m: ArrayLike<number>,
): void {
  let [minX, minY, minZ] = box.min;
  let [maxX, maxY, maxZ] = box.max;
  const [m0, m1, m2, m4, m5, m6] = [m[0]!, m[1]!, m[2]!, m[4]!, m[5]!, m[6]!];
  const [m8, m9, m10, m12, m13, m14] = [m[8]!, m[9]!, m[10]!, m[12]!, m[13]!, m[14]!];
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at]!, positions[at + 1]!, positions[at + 2]!];
    const u = m0 * x + m4 * y + m8 * z + m12;
    const v = m1 * x + m5 * y + m9 * z + m13;
    const w = m2 * x + m6 * y + m10 * z + m14;
    if (u < minX) minX = u;
    if (u > maxX) maxX = u;
    if (v < minY) minY = v;
    if (v > maxY) maxY = v;
    if (w < minZ) minZ = w;
    if (w > maxZ) maxZ = w;
  }
  box.min = [minX, minY, minZ];
  box.max = [maxX, maxY, maxZ];
}

type WritableBox = Parameters<typeof growBox>[0];

/** The copies of a group that have the scale of the first; null when too few have. */
function placeGroup(
  { geometry, color, copies }: Group,
  tileFromEngineering: Mat4,
): { mesh: InstancedMesh; copies: Copy[] } | null {
  const places = new Float64Array(copies.length * 16);
  const kept: Copy[] = [];
  let scale = 0;
  for (const copy of copies) {
    const at = places.subarray(kept.length * 16, kept.length * 16 + 16);
    mulInto(at, tileFromEngineering, copy.part.engineeringFromGeometry);
    const own = evenScaleOf(at);
    if (own === 0 || (scale > 0 && Math.abs(own - scale) > TOLERANCE * scale)) continue;
    scale ||= own;
    kept.push(copy);
  }
  if (kept.length < MIN_COPIES || halfOf(geometry, scale) > MAX_HALF) return null;
  const { positions, normals, indices, box } = geometry;
  const mesh: InstancedMesh = {
    positions,
    normals,
    indices,
    box,
    scale,
    places: places.subarray(0, kept.length * 16),
    featureIds: Uint16Array.from(kept, ({ feature }) => feature),
    material: materialOf(color),
  };
  return { mesh, copies: kept };
}

/**
 * Which parts of a tile's elements are copies of one shape, worth to be written once and placed many times. Mirrored,
 * sheared and stretched copies are left to be written out.
 *
 * @param boxes grown by what is instanced, tile frame
 */
export function instanceParts(
  elements: readonly ElementMesh[],
  tileFromEngineering: Mat4,
  shapes: ShapeIndex,
  boxes: readonly WritableBox[],
): TileInstances {
  const worthy = groupCopies(elements, shapes)
    .filter((group) => group.copies.length >= MIN_COPIES && savedVertices(group) >= MIN_SAVED_VERTICES)
    .map((group, at) => ({ group, at }))
    .sort((a, b) => savedVertices(b.group) - savedVertices(a.group) || a.at - b.at)
    .slice(0, MAX_GROUPS);
  const isGlass = ({ material }: InstancedMesh) => Number(material.color[3] < 1);
  const groups: InstancedMesh[] = [];
  const parts = new Set<Part>();
  for (const { group } of worthy) {
    const placed = placeGroup(group, tileFromEngineering);
    if (!placed) continue;
    groups.push(placed.mesh);
    for (const [i, { part, feature }] of placed.copies.entries()) {
      parts.add(part);
      growBox(boxes[feature]!, part.geometry, placed.mesh.places.subarray(i * 16, i * 16 + 16));
    }
  }
  return { groups: groups.sort((a, b) => isGlass(a) - isGlass(b)), parts };
}
