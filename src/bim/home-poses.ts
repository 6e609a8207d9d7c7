import { type CameraPose, fitBoxes } from "./camera-fit.ts";

/** Bearing of the eye from the building and its elevation. */
export const HOME_POSES = {
  /** From the south-south-west, a little above the trees. */
  home: { fromDeg: 212, elevationDeg: 12 },
  /** Straight down, north up. */
  plan: { fromDeg: 180, elevationDeg: 90 },
  /** Where the first flight starts. */
  approach: { fromDeg: 232, elevationDeg: 34 },
} as const;

/** The nearest pose from there that sees all boxes; null without any. */
export function homePose(
  boxes: readonly ArrayLike<number>[],
  from: keyof typeof HOME_POSES,
  camera: { readonly fov: number; readonly aspect: number },
): CameraPose | null {
  return fitBoxes(boxes, { ...HOME_POSES[from], fovDeg: camera.fov, aspect: camera.aspect });
}
