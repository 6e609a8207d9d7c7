import type { BeamPart, LathePart, Part, PrismPart, RidgePart } from "./building.ts";
import { faceNormal, type MeshBuilder } from "./mesh-builder.ts";
import type { Point, Ring } from "./plane.ts";
import { signedArea, triangulateRing } from "./polygon.ts";

const BAY = 3.6;
const PARAPET = 0.9;
const PARAPET_WIDTH = 0.35;
/** Parapets are modelled where they are seen: on tall roofs (m) and on large ones (m²). They cost 24 vertices. */
const RIMMED_FROM = 27;
const RIMMED_AREA = 1600;
const UP = [0, 0, 1] as const;

/** Triangles of one part, counter-clockwise outwards. Every wall has whole bays and floors; walls without windows have (0, 0). */
export function addPart(mesh: MeshBuilder, part: Part): void {
  if (part.kind === "prism") addPrism(mesh, part);
  else if (part.kind === "ridge") addRidge(mesh, part);
  else if (part.kind === "beam") addBeam(mesh, part);
  else addLathe(mesh, part);
}

function addPrism(mesh: MeshBuilder, part: PrismPart): void {
  const { ring, z0, z1, v0, v1 } = part;
  const top = part.top ?? ring;
  const hasWindows = v1 > v0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    const bays = hasWindows ? Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / BAY)) : 0;
    mesh.wall(a, b, top[i]!, top[(i + 1) % ring.length]!, z0, z1, bays, v0, v1);
  }
  if (part.roof === "none") return;
  const isRimmed = part.roof === "parapet" && (z1 >= RIMMED_FROM || signedArea(top) > RIMMED_AREA);
  if (isRimmed) addParapet(mesh, top, z1);
  else addCap(mesh, top, z1);
}

function addCap(mesh: MeshBuilder, ring: Ring, z: number): void {
  const indices = triangulateRing(ring);
  const vertices = ring.map(([x, y]) => mesh.vertex(x, y, z, UP, 0, 0));
  for (let i = 0; i < indices.length; i += 3)
    mesh.triangle(vertices[indices[i]!]!, vertices[indices[i + 1]!]!, vertices[indices[i + 2]!]!);
}

/** A rim, its inner face, and the roof sunk behind it. */
function addParapet(mesh: MeshBuilder, ring: Ring, z: number): void {
  const inside = shrunkRing(ring, PARAPET_WIDTH);
  if (!inside) {
    addCap(mesh, ring, z);
    return;
  }
  const outer = ring.map(([x, y]) => mesh.vertex(x, y, z, UP, 0, 0));
  const rim = inside.map(([x, y]) => mesh.vertex(x, y, z, UP, 0, 0));
  const count = ring.length;
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    mesh.triangle(outer[i]!, outer[j]!, rim[j]!);
    mesh.triangle(outer[i]!, rim[j]!, rim[i]!);
    mesh.wall(inside[j]!, inside[i]!, inside[j]!, inside[i]!, z - PARAPET, z, 0, 0, 0);
  }
  addCap(mesh, inside, z - PARAPET);
}

function shrunkRing(ring: Ring, by: number): Point[] | null {
  const count = ring.length;
  const out: Point[] = [];
  for (let i = 0; i < count; i++) {
    const a = ring[(i + count - 1) % count]!;
    const b = ring[i]!;
    const c = ring[(i + 1) % count]!;
    const p = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const q = Math.hypot(c[0] - b[0], c[1] - b[1]);
    if (p < 3 * by || q < 3 * by) return null;
    const n: Point = [-(b[1] - a[1]) / p, (b[0] - a[0]) / p];
    const m: Point = [-(c[1] - b[1]) / q, (c[0] - b[0]) / q];
    const dot = 1 + n[0] * m[0] + n[1] * m[1];
    if (dot < 0.35) return null;
    out.push([b[0] + ((n[0] + m[0]) * by) / dot, b[1] + ((n[1] + m[1]) * by) / dot]);
  }
  return out;
}

/** Two slopes with gables, or four slopes when the ends lean in. The ridge runs from side 3-0 to side 1-2. */
function addRidge(mesh: MeshBuilder, { ring, z0, z1, hip }: RidgePart): void {
  const [a, b, c, d] = ring as readonly [Point, Point, Point, Point];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const share = Math.min(0.499, hip / length);
  const west = between(a, d, 0.5);
  const east = between(b, c, 0.5);
  const r: Point = between(west, east, share);
  const s: Point = between(west, east, 1 - share);
  addFace(mesh, [
    [a, z0],
    [b, z0],
    [s, z1],
    [r, z1],
  ]);
  addFace(mesh, [
    [c, z0],
    [d, z0],
    [r, z1],
    [s, z1],
  ]);
  addFace(mesh, [
    [b, z0],
    [c, z0],
    [s, z1],
  ]);
  addFace(mesh, [
    [d, z0],
    [a, z0],
    [r, z1],
  ]);
}

const between = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];

function addFace(mesh: MeshBuilder, corners: readonly (readonly [Point, number])[]): void {
  const normal = faceNormal(...corners.map(([[x, y], z]): [number, number, number] => [x, y, z]));
  const first = mesh.vertexCount;
  for (const [[x, y], z] of corners) mesh.vertex(x, y, z, normal, 0, 0);
  for (let i = 2; i < corners.length; i++) mesh.triangle(first, first + i - 1, first + i);
}

/** Four long faces; the ends are hidden in what the beam joins. */
function addBeam(mesh: MeshBuilder, { from, to, zFrom, zTo, thickness }: BeamPart): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const h = thickness / 2;
  const nx = (-(to[1] - from[1]) / length) * h;
  const ny = ((to[0] - from[0]) / length) * h;
  const corner = ([x, y]: Point, z: number, side: number, rise: number): readonly [Point, number] => [
    [x + nx * side, y + ny * side],
    z + h * rise,
  ];
  const turns = [
    [-1, -1],
    [-1, 1],
    [1, 1],
    [1, -1],
  ] as const;
  turns.forEach(([side, rise], i) => {
    const [nextSide, nextRise] = turns[(i + 1) % 4]!;
    addFace(mesh, [
      corner(from, zFrom, nextSide, nextRise),
      corner(from, zFrom, side, rise),
      corner(to, zTo, side, rise),
      corner(to, zTo, nextSide, nextRise),
    ]);
  });
}

/** Bands of quads with normals smooth around and flat along the profile. */
function addLathe(mesh: MeshBuilder, part: LathePart): void {
  const { centre, profile, sides, scale, radians, floors } = part;
  const c = Math.cos(radians);
  const s = Math.sin(radians);
  const low = profile[0]![1];
  const high = profile[profile.length - 1]![1];
  const widest = Math.max(...profile.map(([r]) => r));
  const bays = floors > 0 ? Math.max(1, Math.round((2 * Math.PI * widest) / sides / BAY)) : 0;
  const floorAt = (z: number): number =>
    floors > 0 ? Math.round(((z - low) / (high - low || 1)) * floors) : 0;
  const turned = (angle: number, radius: number): Point => {
    const x = Math.cos(angle) * radius * scale[0];
    const y = Math.sin(angle) * radius * scale[1];
    return [centre[0] + x * c - y * s, centre[1] + x * s + y * c];
  };
  for (let k = 1; k < profile.length; k++) {
    const [r0, z0] = profile[k - 1]!;
    const [r1, z1] = profile[k]!;
    const slope = Math.hypot(r1 - r0, z1 - z0) || 1;
    const out = (z1 - z0) / slope;
    const rise = -(r1 - r0) / slope;
    const isWall = Math.abs(out) > 0.5 && floors > 0;
    for (let i = 0; i < sides; i++) {
      const angles = [(2 * Math.PI * i) / sides, (2 * Math.PI * (i + 1)) / sides];
      const first = mesh.vertexCount;
      for (const [side, radius, z] of [
        [0, r0, z0],
        [1, r0, z0],
        [1, r1, z1],
        [0, r1, z1],
      ] as const) {
        const angle = angles[side]!;
        const facing = part.faceted ? (angles[0]! + angles[1]!) / 2 : angle;
        const [x, y] = turned(angle, radius);
        const nx = (Math.cos(facing) * out) / scale[0];
        const ny = (Math.sin(facing) * out) / scale[1];
        const length = Math.hypot(nx, ny, rise) || 1;
        const normal = [(nx * c - ny * s) / length, (nx * s + ny * c) / length, rise / length];
        mesh.vertex(x, y, z, normal, isWall ? side * bays : 0, isWall ? floorAt(z) : 0);
      }
      mesh.triangle(first, first + 1, first + 2);
      mesh.triangle(first, first + 2, first + 3);
    }
  }
}
