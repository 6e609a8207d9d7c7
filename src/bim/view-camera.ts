import type { PerspectiveCamera, Vector3 } from "three";
import type { ViewCamera } from "../domain/reading/viewpoint.ts";
import type { CameraPose } from "./camera-fit.ts";
import { modelPointFromScene, scenePointFromModel } from "./frames.ts";
import { parallelHeight } from "./perspective.ts";

export function viewCameraOf(camera: PerspectiveCamera, target: Vector3, isParallel: boolean): ViewCamera {
  return {
    eye: modelPointFromScene(camera.position.toArray()),
    target: modelPointFromScene(target.toArray()),
    lens: isParallel
      ? { kind: "parallel", height: parallelHeight(camera, target) }
      : { kind: "perspective", fovDeg: camera.fov },
  };
}

/** Where our camera must stand to see as much: another field of view is made good by distance. */
export function poseOf({ eye, target, lens }: ViewCamera, fovDeg: number): CameraPose {
  const tan = Math.tan((fovDeg * Math.PI) / 360);
  const away = Math.hypot(eye[0] - target[0], eye[1] - target[1], eye[2] - target[2]) || 1;
  const wanted =
    lens.kind === "parallel"
      ? lens.height / (2 * tan)
      : (away * Math.tan((lens.fovDeg * Math.PI) / 360)) / tan;
  const at = (axis: 0 | 1 | 2) => target[axis] + ((eye[axis] - target[axis]) * wanted) / away;
  return { eye: scenePointFromModel([at(0), at(1), at(2)]), target: scenePointFromModel(target) };
}
