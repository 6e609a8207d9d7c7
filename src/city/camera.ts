import { CameraEventType, Math as CesiumMath, KeyboardEventModifier } from "cesium";
import { createAbortError } from "../base/abort.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import { easeInOut, flightSeconds, liftFor, poseBetween } from "./flight-path.ts";
import { ecefFromPlace, placeFromEcef } from "./geodesy.ts";
import type { Stage } from "./stage.ts";
import { poseFromTargetView, roundPose, targetViewFromPose } from "./view-geometry.ts";

const MIN_HEIGHT = 1.8;

interface Flight {
  readonly from: TargetView;
  readonly to: TargetView;
  readonly goal: CameraPose;
  readonly lift: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface CameraRig {
  flyTo(stage: Stage, view: TargetView | CameraPose, durationS: number | null): Promise<void>;
  /** Ends the flight under way with an AbortError. */
  interrupt(): void;
  /** Moves the camera one step; whether a flight is under way. */
  step(stage: Stage, nowMs: number): boolean;
  pose(stage: Stage): CameraPose;
  readonly isFlying: boolean;
}

export function poseOfStage(stage: Stage): CameraPose {
  const { camera } = stage.scene;
  const place = placeFromEcef(camera.positionWC) ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 };
  return {
    ...place,
    headingDeg: CesiumMath.toDegrees(camera.heading),
    pitchDeg: CesiumMath.toDegrees(camera.pitch),
  };
}

export function setPose(stage: Stage, pose: CameraPose): void {
  stage.scene.camera.setView({
    destination: ecefFromPlace({ ...pose, height: Math.max(pose.height, MIN_HEIGHT) }),
    orientation: {
      heading: CesiumMath.toRadians(pose.headingDeg),
      pitch: CesiumMath.toRadians(pose.pitchDeg),
      roll: 0,
    },
  });
}

function isTargetView(view: TargetView | CameraPose): view is TargetView {
  return "target" in view;
}

/** Left drags the ground, right or middle turns and tilts, the wheel zooms: what Chinese map users know. */
export function configureControls(stage: Stage): void {
  const controls = stage.scene.screenSpaceCameraController;
  controls.zoomEventTypes = [CameraEventType.WHEEL, CameraEventType.PINCH];
  controls.tiltEventTypes = [
    CameraEventType.RIGHT_DRAG,
    CameraEventType.MIDDLE_DRAG,
    CameraEventType.PINCH,
    { eventType: CameraEventType.LEFT_DRAG, modifier: KeyboardEventModifier.CTRL },
  ];
  controls.inertiaSpin = 0.82;
  controls.inertiaTranslate = 0.82;
  controls.inertiaZoom = 0.7;
  controls.minimumZoomDistance = 4;
  controls.maximumZoomDistance = 2.5e7;
}

export function createCameraRig(wake: () => void): CameraRig {
  let flight: Flight | null = null;

  const interrupt = (): void => {
    const ended = flight;
    flight = null;
    ended?.reject(createAbortError("camera flight interrupted"));
  };

  return {
    interrupt,
    flyTo(stage, view, durationS) {
      interrupt();
      const goal = isTargetView(view) ? poseFromTargetView(view) : view;
      const start = poseOfStage(stage);
      const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const seconds = reduced ? 0 : (durationS ?? flightSeconds(start, goal));
      if (seconds <= 0) {
        setPose(stage, goal);
        wake();
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const from = targetViewFromPose(start);
        const to = isTargetView(view) ? view : targetViewFromPose(goal);
        const lift = liftFor(start, goal);
        const startMs = performance.now();
        flight = { from, to, goal, lift, startMs, durationMs: seconds * 1000, resolve, reject };
        wake();
      });
    },
    step(stage, nowMs) {
      if (!flight) return false;
      const t = Math.min(1, Math.max(0, (nowMs - flight.startMs) / flight.durationMs));
      if (t >= 1) {
        const ended = flight;
        flight = null;
        setPose(stage, ended.goal);
        ended.resolve();
      } else setPose(stage, poseBetween(flight.from, flight.to, flight.lift, easeInOut(t)));
      stage.requestRender();
      return true;
    },
    pose: (stage) => roundPose(poseOfStage(stage)),
    get isFlying() {
      return flight !== null;
    },
  };
}
