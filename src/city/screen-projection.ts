import { Matrix4 } from "cesium";
import type { LocalFrame } from "./local-frame.ts";
import type { Stage } from "./stage.ts";

const matrix = new Matrix4();
const viewProjection = new Matrix4();

/**
 * Column-major matrix from offsets in the frame to clip space, in doubles: with it, thousands of places are projected by
 * plain arithmetic over typed arrays.
 */
export function clipFromFrame({ scene }: Stage, { origin }: LocalFrame): Float64Array {
  const { camera } = scene;
  Matrix4.multiply(camera.frustum.projectionMatrix, camera.viewMatrix, viewProjection);
  Matrix4.fromTranslation({ x: origin[0], y: origin[1], z: origin[2] } as never, matrix);
  Matrix4.multiply(viewProjection, matrix, matrix);
  return Float64Array.from(Matrix4.pack(matrix, []));
}

/** Far outside any window: behind the camera. */
export const OFF_SCREEN = -1e6;

/** Pixel of a point given by its offset; `out[0]`, `out[1]`, OFF_SCREEN when it is behind the camera. */
export function projectOffset(
  m: Float64Array,
  x: number,
  y: number,
  z: number,
  width: number,
  height: number,
  out: Float64Array,
): void {
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  if (w <= 0) {
    out[0] = OFF_SCREEN;
    out[1] = OFF_SCREEN;
    return;
  }
  out[0] = (0.5 + (0.5 * (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!)) / w) * width;
  out[1] = (0.5 - (0.5 * (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!)) / w) * height;
}
