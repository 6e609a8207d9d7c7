/**
 * Frames of the close-up. Model: ENU metres, x east, y north, z up, origin at the georeference. Scene: three's habit,
 * x east, y up, z south, the same origin and metres. Tiles arrive in ECEF and are brought to the scene in doubles.
 */
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

export interface Section {
  readonly axis: "east" | "north" | "up";
  /** Metres along the axis in the model frame. */
  readonly offset: number;
  /** Keeps what lies beyond the offset; else what lies before it. */
  readonly flipped: boolean;
}

/** The kept half space in the scene frame: normal · point + constant >= 0. */
export interface HalfSpace {
  readonly normal: readonly [number, number, number];
  readonly constant: number;
}

const AXES: Readonly<Record<Section["axis"], Point3>> = {
  east: [1, 0, 0],
  north: [0, 1, 0],
  up: [0, 0, 1],
};

export function keptHalfSpace({ axis, offset, flipped }: Section): HalfSpace {
  const sign = flipped ? 1 : -1;
  const [x, y, z] = scenePointFromModel(AXES[axis]);
  return { normal: [zeroSafe(x * sign), zeroSafe(y * sign), zeroSafe(z * sign)], constant: -sign * offset };
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
