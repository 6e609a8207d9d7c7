/**
 * Frames of the close-up. Model: ENU metres, x east, y north, z up, origin at the georeference. Scene: three's habit,
 * x east, y up, z south, the same origin and metres. Tiles arrive in ECEF and are brought to the scene in doubles.
 */
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import { invertAffine, type Mat4, mul, type Point3 } from "../geo/matrix.ts";

export const sceneFromModel: Mat4 = new Float64Array([1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);

/** @param ecefFromModel the root transform of the tileset: column-major, 16 numbers */
export function sceneFromEcef(ecefFromModel: ArrayLike<number>): Mat4 {
  return mul(sceneFromModel, invertAffine(ecefFromModel));
}

/** East, north, up to scene x, y, z. */
export function scenePointFromModel([east, north, up]: Point3): [number, number, number] {
  return [east, up, -north];
}

export function modelPointFromScene([x, y, z]: Point3): [number, number, number] {
  return [x, zeroSafe(-z), y];
}

/** The kept half space in the scene frame: normal · point + constant >= 0. */
export interface HalfSpace {
  readonly normal: readonly [number, number, number];
  readonly constant: number;
}

export function keptHalfSpace({ normal, offset }: SectionPlane): HalfSpace {
  const [x, y, z] = scenePointFromModel(normal);
  return { normal: [zeroSafe(-x), zeroSafe(-y), zeroSafe(-z)], constant: offset };
}

function zeroSafe(value: number): number {
  return value === 0 ? 0 : value;
}

/**
 * The box around a tile's `boundingVolume.box` (centre and three half axes, model frame) in the scene frame; null when
 * it is not twelve numbers.
 */
export function sceneBoxFromVolume(
  volume: readonly number[] | undefined,
): { min: [number, number, number]; max: [number, number, number] } | null {
  if (volume?.length !== 12 || !volume.every(Number.isFinite)) return null;
  const at = (i: number) => volume[i] ?? 0;
  const half = [0, 1, 2].map(
    (axis) => Math.abs(at(3 + axis)) + Math.abs(at(6 + axis)) + Math.abs(at(9 + axis)),
  );
  const [x, y, z] = scenePointFromModel([at(0), at(1), at(2)]);
  const [hx, hy, hz] = [half[0] ?? 0, half[2] ?? 0, half[1] ?? 0];
  return { min: [x - hx, y - hy, z - hz], max: [x + hx, y + hy, z + hz] };
}
