import type { PerspectiveCamera, Vector3 } from "three";
import { Scope } from "../base/scope.ts";
import type { Surroundings } from "./surroundings.ts";
import { EYE_M, type Three, type WalkBody, walkOn } from "./walk-body.ts";

/** m/s: a brisk walk, and a run. */
const WALK = 1.5;
const RUN = 4;
/** rad/s of the turning keys, rad a CSS pixel of a drag. */
const TURN = 1.6;
const DRAG = 0.004;
const MOST_PITCH = 1.35;
/** A frame counts as this long at most, s. */
const LONGEST_S = 0.25;
/** Eyes follow the soles over a step in about this time, s. */
const EASE_S = 0.09;
const AHEAD_M = 4;

type Act = "ahead" | "back" | "left" | "right" | "turnLeft" | "turnRight" | "lookUp" | "lookDown";
const KEYS: Readonly<Record<string, Act>> = {
  KeyW: "ahead",
  KeyS: "back",
  KeyA: "left",
  KeyD: "right",
  ArrowUp: "ahead",
  ArrowDown: "back",
  ArrowLeft: "turnLeft",
  ArrowRight: "turnRight",
  KeyQ: "turnLeft",
  KeyE: "turnRight",
  PageUp: "lookUp",
  PageDown: "lookDown",
};

/** On foot through the model: keys walk and turn, a drag looks round. Keys are the canvas's own; Escape is not among them. */
export class Walking {
  readonly #scope = new Scope();
  readonly #camera: PerspectiveCamera;
  readonly #target: Vector3;
  readonly #around: Surroundings;
  readonly #groundY: number;
  readonly #acts = new Set<Act>();
  #isRunning = false;
  #body: WalkBody;
  #eyeY: number;
  /** Radians clockwise from north, and up from level. */
  #heading: number;
  #pitch = 0;
  #lastMs: number | null = null;
  #isTurned = true;

  /**
   * @param stage `target` is what the camera turns about afterwards: it is kept some metres ahead
   * @param start where to stand (the nearest floor below is taken); heading in radians clockwise from north
   * @param onWake a frame is wanted
   */
  constructor(
    stage: {
      readonly camera: PerspectiveCamera;
      readonly canvas: HTMLCanvasElement;
      readonly target: Vector3;
    },
    around: Surroundings,
    start: { readonly feet: Three; readonly heading: number; readonly groundY: number },
    onWake: () => void,
  ) {
    this.#camera = stage.camera;
    this.#target = stage.target;
    this.#around = around;
    this.#groundY = start.groundY;
    this.#heading = start.heading;
    this.#body = { feet: this.#floorBelow(start.feet), fall: 0 };
    this.#eyeY = this.#body.feet[1] + EYE_M;
    this.#listen(stage.canvas, onWake);
  }

  /** Stands there instead. */
  goTo(point: Three): void {
    this.#around.forget();
    this.#body = { feet: this.#floorBelow(point), fall: 0 };
    this.#eyeY = this.#body.feet[1] + EYE_M;
    this.#isTurned = true;
  }

  /** One frame; true while there is motion. */
  update(nowMs: number): boolean {
    const dtS = this.#lastMs === null ? 0 : Math.min(LONGEST_S, (nowMs - this.#lastMs) / 1000);
    const before = this.#body.feet;
    this.#turn(dtS);
    if (dtS > 0) this.#body = walkOn(this.#body, this.#velocity(), dtS, this.#around.probe, this.#groundY);
    const { feet, fall } = this.#body;
    const eyeY = feet[1] + EYE_M;
    const lag = fall > 0 || dtS === 0 ? 0 : (this.#eyeY - eyeY) * Math.exp(-dtS / EASE_S);
    this.#eyeY = Math.abs(lag) < 0.002 ? eyeY : eyeY + lag;
    const hasMoved = feet.some((at, k) => at !== before[k]);
    const isMoving = this.#acts.size > 0 || fall > 0 || this.#isTurned || this.#eyeY !== eyeY || hasMoved;
    this.#isTurned = false;
    this.#lastMs = isMoving ? nowMs : null;
    this.#look();
    return isMoving;
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #floorBelow([x, y, z]: Three): Three {
    const hit = this.#around.probe([x, y + 0.3, z], [0, -1, 0], 60);
    return [x, Math.max(this.#groundY, hit === null ? Number.NEGATIVE_INFINITY : y + 0.3 - hit), z];
  }

  #turn(dtS: number): void {
    const by = (more: Act, less: Act) => (this.#acts.has(more) ? 1 : 0) - (this.#acts.has(less) ? 1 : 0);
    this.#heading += by("turnRight", "turnLeft") * TURN * dtS;
    this.#pitch = clampPitch(this.#pitch + by("lookUp", "lookDown") * TURN * 0.6 * dtS);
  }

  #velocity(): [number, number] {
    const by = (more: Act, less: Act) => (this.#acts.has(more) ? 1 : 0) - (this.#acts.has(less) ? 1 : 0);
    const [ahead, aside] = [by("ahead", "back"), by("right", "left")];
    const speed = (this.#isRunning ? RUN : WALK) / Math.max(1, Math.hypot(ahead, aside));
    const [sin, cos] = [Math.sin(this.#heading), Math.cos(this.#heading)];
    return [(ahead * sin + aside * cos) * speed, (aside * sin - ahead * cos) * speed];
  }

  #look(): void {
    const [x, , z] = this.#body.feet;
    const level = Math.cos(this.#pitch);
    this.#camera.position.set(x, this.#eyeY, z);
    this.#target.set(
      x + Math.sin(this.#heading) * level * AHEAD_M,
      this.#eyeY + Math.sin(this.#pitch) * AHEAD_M,
      z - Math.cos(this.#heading) * level * AHEAD_M,
    );
    this.#camera.lookAt(this.#target);
  }

  #listen(canvas: HTMLCanvasElement, onWake: () => void): void {
    const scope = this.#scope;
    scope.listen(canvas, "keydown", (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      this.#isRunning = event.shiftKey;
      const act = KEYS[event.code];
      if (!act) return;
      event.preventDefault();
      this.#acts.add(act);
      onWake();
    });
    scope.listen(window, "keyup", (event: KeyboardEvent) => {
      this.#isRunning = event.shiftKey;
      const act = KEYS[event.code];
      if (act) this.#acts.delete(act);
    });
    scope.listen(window, "blur", () => this.#acts.clear());
    scope.listen(canvas, "blur", () => this.#acts.clear());
    scope.listen(canvas, "pointermove", (event: PointerEvent) => {
      if ((event.buttons & 1) === 0) return;
      this.#heading -= event.movementX * DRAG;
      this.#pitch = clampPitch(this.#pitch + event.movementY * DRAG);
      this.#isTurned = true;
      onWake();
    });
  }
}

function clampPitch(value: number): number {
  return Math.max(-MOST_PITCH, Math.min(MOST_PITCH, value));
}
