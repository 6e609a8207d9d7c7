/** Something that may need further frames: returns true while it does. `deltaMs` since its last frame. */
export type FrameTask = (nowMs: number) => boolean;

/**
 * Draws when something changed and sleeps otherwise: no animation frame is asked for while nothing is due, so an idle
 * view costs nothing.
 */
export class RenderLoop {
  readonly #tasks: FrameTask[] = [];
  readonly #draw: () => void;
  #frame = 0;
  #isDue = false;
  #frames = 0;
  #ended = false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  get isAsleep(): boolean {
    return this.#frame === 0;
  }

  /** Frames drawn so far. */
  get frames(): number {
    return this.#frames;
  }

  addTask(task: FrameTask): void {
    this.#tasks.push(task);
  }

  /** The next frame draws. */
  request(): void {
    this.#isDue = true;
    this.wake();
  }

  /** The next frame runs the tasks; it draws only if one of them requests it. */
  wake(): void {
    if (this.#frame !== 0 || this.#ended) return;
    this.#frame = requestAnimationFrame((nowMs) => this.#run(nowMs));
  }

  dispose(): void {
    this.#ended = true;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #run(nowMs: number): void {
    this.#frame = 0;
    let isBusy = false;
    for (const task of this.#tasks) isBusy = task(nowMs) || isBusy;
    if (this.#isDue) {
      this.#isDue = false;
      this.#frames++;
      this.#draw();
    }
    if (isBusy || this.#isDue) this.wake();
  }
}
