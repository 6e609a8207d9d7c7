import { MOUSE, type PerspectiveCamera, Vector3 } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { blendPoses, type CameraPose, easeInOut } from "./camera-fit.ts";

interface Move {
  readonly from: CameraPose;
  readonly to: CameraPose;
  readonly durationMs: number;
  startMs: number | null;
  lastMs: number;
}

/** A machine that shows fewer than four frames a second is spared the flight. */
const TOO_SLOW_MS = 250;
/** Share of the remaining motion that a frame of 1/60 s takes while coasting. */
const DAMPING = 0.12;
const FRAME_MS = 1000 / 60;

/** Orbit by hand, with inertia, and eased flights between poses; either interrupts the other. */
export class CameraMoves {
  readonly #camera: PerspectiveCamera;
  readonly #controls: OrbitControls;
  #move: Move | null = null;
  #isCoasting = false;
  #isTouched = false;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param onChange the camera will be elsewhere in the next frame */
  constructor(camera: PerspectiveCamera, canvas: HTMLCanvasElement, onChange: () => void) {
    this.#camera = camera;
    this.#controls = new OrbitControls(camera, canvas);
    this.#controls.enableDamping = true;
    this.#controls.dampingFactor = DAMPING;
    this.#controls.zoomToCursor = true;
    this.#controls.maxPolarAngle = Math.PI * 0.6;
    this.#controls.listenToKeyEvents(canvas);
    this.#controls.addEventListener("start", () => {
      this.#move = null;
      this.#isTouched = true;
    });
    this.#controls.addEventListener("change", () => {
      this.#isCoasting = true;
      onChange();
    });
  }

  get isMoving(): boolean {
    return this.#move !== null;
  }

  get pose(): CameraPose {
    return { eye: this.#camera.position.toArray(), target: this.#controls.target.toArray() };
  }

  /** With reduced motion asked for, or no duration, it cuts. */
  go(to: CameraPose, durationMs: number): void {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isCalm || durationMs <= 0) {
      this.#move = null;
      this.#apply(to);
      return;
    }
    this.#move = { from: this.pose, to, durationMs, startMs: null, lastMs: 0 };
  }

  /** The user has taken the camera since `begin`. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** A new model of this radius: no nearer than a hand, no further than the fading ground. */
  begin(radius: number): void {
    this.#isTouched = false;
    this.#controls.minDistance = Math.min(0.5, radius * 0.02);
    this.#controls.maxDistance = radius * 9;
    this.#controls.keyPanSpeed = 24;
  }

  /** One frame; true while there is motion. */
  update(nowMs: number): boolean {
    this.#damp(nowMs);
    const move = this.#move;
    if (move) {
      const isTooSlow = move.startMs !== null && nowMs - move.lastMs > TOO_SLOW_MS;
      move.startMs ??= nowMs;
      move.lastMs = nowMs;
      const t = isTooSlow ? 1 : Math.min(1, (nowMs - move.startMs) / move.durationMs);
      if (t === 1) this.#move = null;
      this.#apply(blendPoses(move.from, move.to, easeInOut(t)));
      return true;
    }
    this.#isCoasting = false;
    if (this.#controls.enabled) this.#controls.update();
    return this.#isCoasting;
  }

  /** While something else leads the camera, hands and inertia do not. */
  setIdle(isIdle: boolean): void {
    this.#move = null;
    this.#controls.enabled = !isIdle;
  }

  /** Looking straight down the left button shifts instead of turning. */
  setPlan(isPlan: boolean): void {
    this.#controls.enableRotate = !isPlan;
    this.#controls.mouseButtons.LEFT = isPlan ? MOUSE.PAN : MOUSE.ROTATE;
  }

  get target(): Vector3 {
    return this.#controls.target;
  }

  dispose(): void {
    this.#controls.dispose();
  }

  /** Coasting lasts as long in seconds at two frames a second as at sixty: there is no queue of dear frames after a drag. */
  #damp(nowMs: number): void {
    const elapsedMs = Math.max(FRAME_MS, Math.min(1000, nowMs - this.#lastMs));
    this.#lastMs = nowMs;
    const isResting = !this.#isCoasting && this.#move === null;
    this.#controls.dampingFactor = isResting ? DAMPING : 1 - (1 - DAMPING) ** (elapsedMs / FRAME_MS);
  }

  #apply(pose: CameraPose): void {
    this.#camera.position.set(...pose.eye);
    this.#controls.target.copy(new Vector3(...pose.target));
    this.#controls.update();
  }
}
