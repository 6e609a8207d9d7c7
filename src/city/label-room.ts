import { declutter, type WeighedLabel } from "./label-clutter.ts";
import type { Stage, StagePart } from "./stage.ts";

/** Whoever writes labels: a new array whenever they or their weights have changed. */
export interface LabelSource {
  readonly weighed: readonly WeighedLabel[];
}

const LOOK_EVERY_MS = 160;

/** Room on the screen for the labels of several layers together: the weightier one stays, whoever wrote it. */
export class LabelRoom implements StagePart {
  readonly #sources: readonly LabelSource[];
  #stage: Stage | null = null;
  #seen: readonly (readonly WeighedLabel[])[] = [];
  #sorted: readonly WeighedLabel[] = [];
  #lookedMs = 0;
  #isDirty = true;

  constructor(sources: readonly LabelSource[]) {
    this.#sources = sources;
  }

  /** Once a tick; looks for room at most every 160 ms while the camera or what is labelled moves. */
  follow(nowMs: number, isMoving: boolean): void {
    this.#isDirty ||= isMoving;
    if (this.#sources.some(({ weighed }, k) => weighed !== this.#seen[k])) this.#gather();
    if (!this.#stage || !this.#isDirty) return;
    if (isMoving && nowMs - this.#lookedMs < LOOK_EVERY_MS) return;
    this.#lookedMs = nowMs;
    this.#isDirty = isMoving;
    if (declutter(this.#stage.scene, this.#sorted)) this.#stage.requestRender();
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#isDirty = true;
  }

  detach(): void {
    this.#stage = null;
  }

  #gather(): void {
    this.#seen = this.#sources.map(({ weighed }) => weighed);
    this.#sorted = this.#seen.flat().sort((a, b) => b.weight - a.weight);
    this.#isDirty = true;
  }
}
