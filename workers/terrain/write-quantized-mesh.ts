import { ecefFromGeodetic, RAD_PER_DEG, WGS84_A, WGS84_F } from "../../src/geo/ellipsoid.ts";
import type { TileAddress } from "./contract.ts";
import type { TileMesh } from "./mesh-tile.ts";
import { latitudeAt, longitudeAt, QUANTA } from "./tile-grid.ts";

const HEADER = 88;
const NORMALS = 1;
const WATER_MASK = 2;
/** Where a tile is half the world no finite point stands for it: a point so far out is hidden only when the tile is. */
const FAR_OUT = 1e6;

/**
 * Quantized-mesh 1.0 with normals and a water mask (as a format: github.com/CesiumGS/quantized-mesh), little-endian.
 * @param water one byte for a tile that is all land or all water, else 256 by 256 from north-west
 */
export function writeQuantizedMesh(tile: TileAddress, mesh: TileMesh, water: Uint8Array): Uint8Array {
  const { order, indices } = orderByUse(mesh);
  const count = order.length;
  const wide = count > 65_536;
  const indexBytes = wide ? 4 : 2;
  const sides = sidesOf(mesh, order);
  const vertexEnd = HEADER + 4 + count * 6;
  const indexStart = vertexEnd + (wide ? (4 - (vertexEnd % 4)) % 4 : 0);
  const sideCount = sides.reduce((sum, side) => sum + side.length, 0);
  const extensionStart = indexStart + 4 + indices.length * indexBytes + 16 + sideCount * indexBytes;
  const out = new DataView(new ArrayBuffer(extensionStart + 5 + count * 2 + 5 + water.length));

  writeHeader(out, tile, mesh, order);
  out.setUint32(HEADER, count, true);
  [mesh.u, mesh.v].forEach((places, k) => {
    writeDeltas(out, HEADER + 4 + k * count * 2, order, (vertex) => places[vertex]!);
  });
  const heightAt = (vertex: number) => Math.round((mesh.z[vertex]! - mesh.low) / mesh.step);
  writeDeltas(out, HEADER + 4 + 2 * count * 2, order, heightAt);

  let at = indexStart;
  const putIndex = (index: number) => {
    if (wide) out.setUint32(at, index, true);
    else out.setUint16(at, index, true);
    at += indexBytes;
  };
  out.setUint32(at, indices.length / 3, true);
  at += 4;
  let highest = 0;
  for (const index of indices) {
    putIndex(highest - index);
    if (index === highest) highest++;
  }
  for (const side of sides) {
    out.setUint32(at, side.length, true);
    at += 4;
    for (const index of side) putIndex(index);
  }
  at = startExtension(out, at, NORMALS, count * 2);
  for (const vertex of order) {
    const [x, y] = octEncode(ecefNormal(tile, mesh, vertex));
    out.setUint8(at++, x);
    out.setUint8(at++, y);
  }
  at = startExtension(out, at, WATER_MASK, water.length);
  new Uint8Array(out.buffer).set(water, at);
  return new Uint8Array(out.buffer);
}

function startExtension(out: DataView, at: number, id: number, length: number): number {
  out.setUint8(at, id);
  out.setUint32(at + 1, length, true);
  return at + 5;
}

/** Vertices in the order in which triangles meet them: what the index coding counts on. */
function orderByUse({ triangles, u }: TileMesh): { order: number[]; indices: number[] } {
  const place = new Int32Array(u.length).fill(-1);
  const order: number[] = [];
  const indices = triangles.map((vertex) => {
    if (place[vertex]! < 0) {
      place[vertex] = order.length;
      order.push(vertex);
    }
    return place[vertex]!;
  });
  return { order, indices };
}

/** Vertices on the west, south, east and north side, each from one end to the other. */
function sidesOf({ u, v }: TileMesh, order: readonly number[]): number[][] {
  const side = (isOn: (vertex: number) => boolean, along: readonly number[]) =>
    [...order.keys()].filter((k) => isOn(order[k]!)).sort((a, b) => along[order[a]!]! - along[order[b]!]!);
  return [
    side((k) => u[k] === 0, v),
    side((k) => v[k] === 0, u),
    side((k) => u[k] === QUANTA, v),
    side((k) => v[k] === QUANTA, u),
  ];
}

function writeDeltas(
  out: DataView,
  start: number,
  order: readonly number[],
  numberAt: (vertex: number) => number,
): void {
  let before = 0;
  order.forEach((vertex, k) => {
    const value = numberAt(vertex);
    const delta = value - before;
    before = value;
    out.setUint16(start + k * 2, (delta << 1) ^ (delta >> 31), true);
  });
}

function ecefOf(tile: TileAddress, { u, v, z }: TileMesh, vertex: number): [number, number, number] {
  return ecefFromGeodetic({
    longitudeDeg: longitudeAt(tile, u[vertex]!),
    latitudeDeg: latitudeAt(tile, v[vertex]!),
    height: z[vertex]!,
  });
}

function writeHeader(out: DataView, tile: TileAddress, mesh: TileMesh, order: readonly number[]): void {
  const middle = ecefFromGeodetic({
    longitudeDeg: longitudeAt(tile, QUANTA / 2),
    latitudeDeg: latitudeAt(tile, QUANTA / 2),
    height: mesh.low,
  });
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const points = order.map((vertex) => ecefOf(tile, mesh, vertex));
  for (const point of points)
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis]!, point[axis]!);
      high[axis] = Math.max(high[axis]!, point[axis]!);
    }
  const centre = low.map((value, axis) => (value + high[axis]!) / 2) as [number, number, number];
  const radius = points.reduce(
    (most, [x, y, z]) => Math.max(most, Math.hypot(x - centre[0], y - centre[1], z - centre[2])),
    0,
  );
  const values = [...middle, null, ...centre, radius, ...horizonPoint(points, centre)];
  let at = 0;
  for (const value of values)
    if (value === null) {
      out.setFloat32(at, mesh.low, true);
      out.setFloat32(at + 4, mesh.low + mesh.step * QUANTA, true);
      at += 8;
    } else {
      out.setFloat64(at, value, true);
      at += 8;
    }
}

/**
 * The point along the centre's direction, in units of the ellipsoid's axes, that goes below the horizon only when all of
 * the points have (K. Ring, "Horizon culling", cesium.com/blog 2013): for each, where the tangent through it meets that line.
 */
function horizonPoint(
  points: readonly (readonly [number, number, number])[],
  centre: readonly [number, number, number],
): [number, number, number] {
  const axes = [WGS84_A, WGS84_A, WGS84_A * (1 - WGS84_F)];
  const scaled = (point: readonly number[]) => point.map((value, axis) => value / axes[axis]!);
  const length = (vector: readonly number[]) => Math.hypot(vector[0]!, vector[1]!, vector[2]!);
  const towards = scaled(centre);
  const norm = length(towards) || 1;
  const direction = towards.map((value) => value / norm);
  let far = 0;
  for (const point of points) {
    const at = scaled(point);
    const size = length(at);
    const cosAlpha = Math.min(
      1,
      at.reduce((sum, value, axis) => sum + (value / size) * direction[axis]!, 0),
    );
    const sinAlpha = Math.sqrt(1 - cosAlpha * cosAlpha);
    const cosBeta = 1 / Math.max(1, size);
    const sinBeta = Math.sqrt(1 - cosBeta * cosBeta);
    const denominator = cosAlpha * cosBeta - sinAlpha * sinBeta;
    far = Math.max(far, denominator > 0 ? 1 / denominator : FAR_OUT);
  }
  return direction.map((value) => value * Math.min(far, FAR_OUT)) as [number, number, number];
}

function ecefNormal(tile: TileAddress, mesh: TileMesh, vertex: number): [number, number, number] {
  const lon = longitudeAt(tile, mesh.u[vertex]!) * RAD_PER_DEG;
  const lat = latitudeAt(tile, mesh.v[vertex]!) * RAD_PER_DEG;
  const [east, north, up] = [0, 1, 2].map((axis) => mesh.normals[vertex * 3 + axis]!) as [
    number,
    number,
    number,
  ];
  const [sinLon, cosLon, sinLat, cosLat] = [Math.sin(lon), Math.cos(lon), Math.sin(lat), Math.cos(lat)];
  return [
    -sinLon * east - sinLat * cosLon * north + cosLat * cosLon * up,
    cosLon * east - sinLat * sinLon * north + cosLat * sinLon * up,
    cosLat * north + sinLat * up,
  ];
}

/** Two bytes for a direction: the octahedron unfolded (Cigolle et al., "Survey of Efficient Representations", 2014). */
function octEncode([x, y, z]: readonly [number, number, number]): [number, number] {
  const sum = Math.abs(x) + Math.abs(y) + Math.abs(z);
  let [a, b] = [x / sum, y / sum];
  if (z < 0) {
    const [wasA, wasB] = [a, b];
    a = (1 - Math.abs(wasB)) * (wasA < 0 ? -1 : 1);
    b = (1 - Math.abs(wasA)) * (wasB < 0 ? -1 : 1);
  }
  return [Math.round((a * 0.5 + 0.5) * 255), Math.round((b * 0.5 + 0.5) * 255)];
}
