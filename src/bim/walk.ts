import { Vector3 } from "three";
import type { SceneBox } from "./camera-fit.ts";
import type { CameraMoves } from "./camera-moves.ts";
import type { ModelView } from "./model-view.ts";
import type { Ray } from "./pick.ts";
import { groundLevel } from "./scenery.ts";
import type { Stage } from "./stage.ts";
import { Surroundings } from "./surroundings.ts";
import { Walking } from "./walking.ts";

/** How far in front of what is looked at one comes to stand, metres. */
const BEFORE_M = 2;
/** Nearer than this something is looked at by itself, not the building. */
const NEAR_M = 15;
/** Vertical, as one sees a room: from afar the model is looked at through a longer lens. */
const WALK_FOV_DEG = 62;

/** Being on foot or not: the camera is led by the walk, or by the hand that turns the model. */
export class Walk {
  readonly #stage: Stage;
  readonly #moves: CameraMoves;
  readonly #model: ModelView;
  readonly #onWake: () => void;
  #fovDeg = 0;
  #on: { readonly walking: Walking; readonly around: Surroundings } | null = null;

  constructor(stage: Stage, moves: CameraMoves, model: ModelView, onWake: () => void) {
    this.#stage = stage;
    this.#moves = moves;
    this.#model = model;
    this.#onWake = onWake;
  }

  get isOn(): boolean {
    return this.#on !== null;
  }

  /**
   * From near by, a walk begins before what is looked at; from afar in front of the building, on the ground.
   *
   * @param distance metres to what is in the middle of the picture; null for nothing
   */
  turn(passable: ReadonlySet<number> | null, distance: number | null, box: SceneBox | null): void {
    this.#on?.walking.dispose();
    this.#on = null;
    this.#moves.setIdle(passable !== null);
    const { camera, canvas } = this.#stage;
    if (this.#fovDeg) camera.fov = this.#fovDeg;
    this.#fovDeg = 0;
    if (!passable) return;
    this.#fovDeg = camera.fov;
    camera.fov = WALK_FOV_DEG;
    const { target } = this.#moves;
    const ahead = target.clone().sub(camera.position).normalize();
    const level = new Vector3(ahead.x, 0, ahead.z);
    if (level.lengthSq() < 1e-6) level.set(0, 0, -1);
    level.normalize();
    const isNear = distance !== null && distance < NEAR_M;
    const seen =
      isNear || !box
        ? ahead
            .multiplyScalar(distance ?? 0)
            .add(camera.position)
            .addScaledVector(level, -BEFORE_M)
        : inFrontOf(box, target, level);
    const around = new Surroundings(this.#model, (row) => passable.has(row));
    const heading = Math.atan2(level.x, -level.z);
    const start = { feet: seen.toArray(), heading, groundY: box ? groundLevel(box) : 0 };
    const walking = new Walking({ camera, canvas, target }, around, start, this.#onWake);
    this.#on = { walking, around };
    canvas.focus({ preventScroll: true });
    this.#onWake();
  }

  goTo({ origin, direction }: Ray, distance: number): void {
    const point = new Vector3(...direction).multiplyScalar(distance).add(new Vector3(...origin));
    this.#on?.walking.goTo(point.toArray());
    this.#onWake();
  }

  /** What stands about has changed. */
  forget(): void {
    this.#on?.around.forget();
  }

  update(nowMs: number): boolean {
    return this.#on?.walking.update(nowMs) ?? false;
  }

  dispose(): void {
    this.#on?.walking.dispose();
    this.#on = null;
  }
}

/** Against the direction of view from the place looked at, to the edge of the site. */
function inFrontOf({ min, max }: SceneBox, from: Vector3, level: Vector3): Vector3 {
  const out = (axis: "x" | "z", k: 0 | 2): number => {
    const d = -level[axis];
    if (Math.abs(d) < 1e-6) return Number.POSITIVE_INFINITY;
    return ((d > 0 ? max[k] : min[k]) - from[axis]) / d;
  };
  const way = Math.max(0, Math.min(out("x", 0), out("z", 2)) - BEFORE_M);
  return new Vector3(from.x, groundLevel({ min, max }) + 1, from.z).addScaledVector(level, -way);
}
