import earcut from "earcut";
import { ecefFromEnu, ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import { SHAPE } from "../city/raw-feature.ts";
import type { PointBuffers, SpaceBuffers } from "./contract.ts";
import type { FeatureSet } from "./feature-set.ts";
import { growingDoubles, growingUints } from "./growing-array.ts";

/** All points of a set as two lots: those on the ground, and those with heights. Empty lots are left out. */
export function pointBuffers(set: FeatureSet): PointBuffers[] {
  return [0, 1].flatMap((hasHeight) => {
    const positions = growingDoubles();
    const features = growingUints();
    const colors = growingUints();
    let hasColors = false;
    eachShape(set, SHAPE.points, hasHeight, (shape, start, end) => {
      const feature = set.shapeFeatures[shape]!;
      const style = set.styles[set.styleOf[feature]!]!;
      const color = style.fill || style.stroke;
      hasColors ||= color !== 0;
      for (let vertex = start; vertex < end; vertex++) {
        pushEcef(set, vertex, positions);
        features.push(feature);
        colors.push(color);
      }
    });
    if (features.length === 0) return [];
    return [
      {
        positions: positions.take(),
        features: features.take(),
        ...(hasColors ? { colors: colors.take() } : {}),
        isFlat: hasHeight === 0,
      },
    ];
  });
}

/** Lines with heights; null when there are none. */
export function lineBuffers(set: FeatureSet): SpaceBuffers | null {
  const [positions, ends, features, colors] = [
    growingDoubles(),
    growingUints(),
    growingUints(),
    growingUints(),
  ];
  eachShape(set, SHAPE.line, 1, (shape, start, end, ringEnds) => {
    const feature = set.shapeFeatures[shape]!;
    let vertex = start;
    for (const ringEnd of ringEnds) {
      for (; vertex < Math.min(ringEnd, end); vertex++) pushEcef(set, vertex, positions);
      ends.push(positions.length / 3);
      features.push(feature);
      colors.push(set.styles[set.styleOf[feature]!]!.stroke);
    }
  });
  if (features.length === 0) return null;
  return { positions: positions.take(), ends: ends.take(), features: features.take(), colors: colors.take() };
}

/** Areas with heights, cut into triangles in their own plane; null when there are none. */
export function areaBuffers(set: FeatureSet): SpaceBuffers | null {
  const [positions, ends, features, colors] = [
    growingDoubles(),
    growingUints(),
    growingUints(),
    growingUints(),
  ];
  const [triangles, triangleEnds] = [growingUints(), growingUints()];
  eachShape(set, SHAPE.area, 1, (shape, start, end, ringEnds) => {
    const local = inOwnPlane(set, start, end);
    const holes = ringEnds.slice(0, -1).map((ringEnd) => ringEnd - start);
    const corners = earcut(local, holes, 2);
    if (corners.length === 0) return;
    for (let vertex = start; vertex < end; vertex++) pushEcef(set, vertex, positions);
    for (const corner of corners) triangles.push(corner);
    const feature = set.shapeFeatures[shape]!;
    const style = set.styles[set.styleOf[feature]!]!;
    ends.push(positions.length / 3);
    triangleEnds.push(triangles.length);
    features.push(feature);
    colors.push(style.fill || style.stroke);
  });
  if (features.length === 0) return null;
  return {
    positions: positions.take(),
    ends: ends.take(),
    features: features.take(),
    colors: colors.take(),
    triangles: triangles.take(),
    triangleEnds: triangleEnds.take(),
  };
}

type Visit = (shape: number, start: number, end: number, ringEnds: readonly number[]) => void;

function eachShape(set: FeatureSet, kind: number, hasHeight: number, visit: Visit): void {
  for (let shape = 0; shape < set.shapeKinds.length; shape++) {
    if (set.shapeKinds[shape] !== kind || set.shapeHasHeight[shape] !== hasHeight) continue;
    const firstRing = shape === 0 ? 0 : set.shapeEnds[shape - 1]!;
    const start = firstRing === 0 ? 0 : set.ringEnds[firstRing - 1]!;
    const ringEnds = [...set.ringEnds.subarray(firstRing, set.shapeEnds[shape])];
    visit(shape, start, ringEnds.at(-1) ?? start, ringEnds);
  }
}

function pushEcef(set: FeatureSet, vertex: number, into: { push(value: number): void }): void {
  const [x, y, z] = ecefFromGeodetic({
    longitudeDeg: set.xyz[vertex * 3]!,
    latitudeDeg: set.xyz[vertex * 3 + 1]!,
    height: set.xyz[vertex * 3 + 2]!,
  });
  into.push(x);
  into.push(y);
  into.push(z);
}

/** Two coordinates in the plane that the ring faces most: upright walls are cut as well as roofs. */
function inOwnPlane(set: FeatureSet, start: number, end: number): number[] {
  const frame = ecefFromEnu({
    longitudeDeg: set.xyz[start * 3]!,
    latitudeDeg: set.xyz[start * 3 + 1]!,
    height: set.xyz[start * 3 + 2]!,
  });
  const enu: [number, number, number][] = [];
  for (let vertex = start; vertex < end; vertex++) {
    const at = {
      longitudeDeg: set.xyz[vertex * 3]!,
      latitudeDeg: set.xyz[vertex * 3 + 1]!,
      height: set.xyz[vertex * 3 + 2]!,
    };
    const [x, y, z] = ecefFromGeodetic(at);
    const [dx, dy, dz] = [x - frame[12]!, y - frame[13]!, z - frame[14]!];
    const axis = (k: number) => frame[k * 4]! * dx + frame[k * 4 + 1]! * dy + frame[k * 4 + 2]! * dz;
    enu.push([axis(0), axis(1), axis(2)]);
  }
  const normal = [0, 0, 0];
  enu.forEach(([x, y, z], k) => {
    const [nx, ny, nz] = enu[(k + 1) % enu.length]!;
    normal[0]! += (y - ny) * (z + nz);
    normal[1]! += (z - nz) * (x + nx);
    normal[2]! += (x - nx) * (y + ny);
  });
  const widest = normal.map(Math.abs);
  const drop = widest.indexOf(Math.max(...widest));
  const [a, b] = [(drop + 1) % 3, (drop + 2) % 3];
  return enu.flatMap((point) => [point[a]!, point[b]!]);
}
