import { type PerspectiveCamera, Vector3 } from "three";
import type { CameraPose, SceneBox } from "./camera-fit.ts";
import type { ElementPart } from "./model-view.ts";
import type { Ray } from "./pick.ts";
import { groundLevel } from "./scenery.ts";

const MIN_NEAR_M = 0.1;

/** The ray through a point of the picture, fractions from its top left. The direction has length 1. */
export function rayThrough(camera: PerspectiveCamera, x: number, y: number): Ray {
  camera.updateMatrixWorld();
  const isParallel = camera.projectionMatrix.elements[15] === 1;
  const origin = isParallel
    ? new Vector3(x * 2 - 1, 1 - y * 2, -1).unproject(camera)
    : new Vector3().setFromMatrixPosition(camera.matrixWorld);
  const direction = new Vector3(x * 2 - 1, 1 - y * 2, 0.5).unproject(camera).sub(origin).normalize();
  return { origin: origin.toArray(), direction: direction.toArray() };
}

/** Depth from just before what is near to the end of the ground: keeps a millimetre or two apart at any distance. */
export function setDepthRange(camera: PerspectiveCamera, box: SceneBox): void {
  const min = new Vector3(...box.min);
  const max = new Vector3(...box.max);
  const radius = min.distanceTo(max) / 2;
  const away = camera.position.distanceTo(min.add(max).multiplyScalar(0.5));
  const aboveGround = Math.abs(camera.position.y - groundLevel(box));
  camera.near = Math.max(MIN_NEAR_M, Math.min((away - radius) * 0.6, aboveGround * 0.5));
  camera.far = away + radius * 9;
  camera.updateProjectionMatrix();
}

/** Nearer to an element, from the side that the eye is on. */
export function focusPose(pose: CameraPose, parts: readonly ElementPart[]): CameraPose {
  const min = new Vector3(Infinity, Infinity, Infinity);
  const max = new Vector3(-Infinity, -Infinity, -Infinity);
  for (const { layer, feature } of parts) {
    min.min(new Vector3().fromArray(layer.boxes, feature * 6));
    max.max(new Vector3().fromArray(layer.boxes, feature * 6 + 3));
  }
  const target = min.clone().add(max).multiplyScalar(0.5);
  if (!Number.isFinite(target.x)) return pose;
  const back = new Vector3(...pose.eye).sub(new Vector3(...pose.target));
  const distance = Math.min(back.length(), Math.max(4, min.distanceTo(max) * 1.6));
  return { target: target.toArray(), eye: back.setLength(distance).add(target).toArray() };
}

/**
 * Takes the perspective out of the camera: it sees what it saw at its target's distance, so that orbit controls zoom and
 * pan it exactly without knowing. Until the next `updateProjectionMatrix`.
 */
export function flatten(camera: PerspectiveCamera, target: Vector3): void {
  const halfHeight = parallelHeight(camera, target) / 2;
  const halfWidth = halfHeight * camera.aspect;
  camera.projectionMatrix.makeOrthographic(
    -halfWidth,
    halfWidth,
    halfHeight,
    -halfHeight,
    camera.near,
    camera.far,
  );
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert();
}

/** Metres from the bottom to the top of the picture, at the target. */
export function parallelHeight(camera: PerspectiveCamera, target: Vector3): number {
  return 2 * camera.position.distanceTo(target) * Math.tan((camera.fov * Math.PI) / 360);
}
