import { BoundingSphere, Cartesian2, Cartesian3, Math as CesiumMath } from "cesium";
import type { CameraPose } from "../domain/pose.ts";
import { poseOfStage } from "./camera.ts";
import type { Stage } from "./stage.ts";
import { roundPose } from "./view-geometry.ts";

const MOVED_EVERY_MS = 100;
const STILL_AFTER_MS = 220;

export interface CameraWatch {
  /** Called after each tick of the loop. */
  check(stage: Stage, nowMs: number, isFlying: boolean): void;
  /** Whether a stop is still to be told. */
  readonly isMoving: boolean;
}

export interface CameraMoves {
  readonly moved: (state: { headingDeg: number; pitchDeg: number; metersPerPixel: number }) => void;
  readonly stopped: (pose: CameraPose) => void;
}

export function metersPerPixel(stage: Stage): number {
  const { scene } = stage;
  const { clientWidth, clientHeight } = scene.canvas;
  const center = scene.camera.pickEllipsoid(new Cartesian2(clientWidth / 2, clientHeight / 2));
  if (!center) return Math.max(0.01, scene.camera.positionCartographic.height / 400);
  const distance = Math.max(1, Cartesian3.distance(center, scene.camera.positionWC));
  return scene.camera.getPixelSize(new BoundingSphere(center, distance * 1e-6), clientWidth, clientHeight);
}

/** Tells moves and the stop from the camera itself: the same for flights, drags and cuts. */
export function createCameraWatch(moves: CameraMoves): CameraWatch {
  const lastPosition = new Cartesian3();
  const lastDirection = new Cartesian3();
  let changedMs = 0;
  let toldMs = 0;
  let isMoving = false;

  const hasChanged = (stage: Stage): boolean => {
    const { camera } = stage.scene;
    const changed =
      !Cartesian3.equalsEpsilon(camera.positionWC, lastPosition, 0, 1e-4) ||
      !Cartesian3.equalsEpsilon(camera.directionWC, lastDirection, 0, 1e-7);
    Cartesian3.clone(camera.positionWC, lastPosition);
    Cartesian3.clone(camera.directionWC, lastDirection);
    return changed;
  };

  const tell = (stage: Stage): void => {
    const { camera } = stage.scene;
    moves.moved({
      headingDeg: CesiumMath.toDegrees(camera.heading),
      pitchDeg: CesiumMath.toDegrees(camera.pitch),
      metersPerPixel: metersPerPixel(stage),
    });
  };

  return {
    check(stage, nowMs, isFlying) {
      if (hasChanged(stage)) {
        changedMs = nowMs;
        isMoving = true;
        if (nowMs - toldMs >= MOVED_EVERY_MS) {
          toldMs = nowMs;
          tell(stage);
        }
        return;
      }
      if (!isMoving || isFlying || nowMs - changedMs < STILL_AFTER_MS) return;
      isMoving = false;
      tell(stage);
      moves.stopped(roundPose(poseOfStage(stage)));
    },
    get isMoving() {
      return isMoving;
    },
  };
}
