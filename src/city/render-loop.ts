import { TwinError } from "../base/errors.ts";
import { createEffort } from "./effort.ts";
import type { Stage } from "./stage.ts";

/** Quiet time after which the loop stops: an idle requestAnimationFrame tick alone costs 13-16 % of a core. */
const LINGER_MS = 700;
/** Frames with nothing left to load that make a view settled: one may still come before tiles of a moved camera are asked for. */
const QUIET_FRAMES = 2;

export interface RenderLoop {
  /** Draws a frame soon. */
  request(): void;
  /** Keeps ticking for a while without asking for a frame. */
  wake(): void;
  /** Stops for good. */
  stop(): void;
  /**
   * Frames in a row with nothing left to load: two after a change, one more when it was at rest already. Rejects with
   * TwinError `city.not-settled`.
   */
  settled(timeoutMs: number): Promise<void>;
  readonly framesDrawn: number;
}

export interface RenderLoopParts {
  /** The stage of the moment; null while there is none. */
  readonly stage: () => Stage | null;
  /** Whether tiles are still on their way. */
  readonly isLoading: () => boolean;
  /** Runs before each frame; true keeps the loop awake (flights). */
  readonly beforeFrame: (nowMs: number) => boolean;
  /** Runs after each tick, with whether a frame was drawn. */
  readonly afterTick: (nowMs: number, drawn: boolean) => void;
}

/**
 * Drives the widget's frames: awake while something moves or loads, asleep otherwise. Cesium's own loop would tick for ever.
 */
export function createRenderLoop(parts: RenderLoopParts): RenderLoop {
  return new SleepyLoop(parts);
}

class SleepyLoop implements RenderLoop {
  readonly #parts: RenderLoopParts;
  readonly #waiting = new Set<() => void>();
  readonly #effort = createEffort();
  #frame = 0;
  #awakeUntilMs = 0;
  #framesDrawn = 0;
  #isStopped = false;
  #wanted = true;
  #lastDrawnMs = 0;
  /** Frames drawn since the last change with nothing left to load. */
  #quiet = 0;

  constructor(parts: RenderLoopParts) {
    this.#parts = parts;
  }

  get framesDrawn(): number {
    return this.#framesDrawn;
  }

  request(): void {
    this.#quiet = 0;
    this.#want();
  }

  wake(): void {
    this.#awakeUntilMs = Math.max(this.#awakeUntilMs, performance.now() + LINGER_MS);
    this.#schedule();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#frame) cancelAnimationFrame(this.#frame);
    for (const resume of [...this.#waiting]) resume();
  }

  settled(timeoutMs: number): Promise<void> {
    const startMs = performance.now();
    let quiet = Math.min(this.#quiet, QUIET_FRAMES - 1);
    return new Promise((resolve, reject) => {
      const check = (): void => {
        quiet = this.#parts.isLoading() ? 0 : quiet + 1;
        const isLate = performance.now() - startMs > timeoutMs;
        if (quiet < QUIET_FRAMES && !isLate && !this.#isStopped) {
          this.#wanted = true;
          return;
        }
        this.#waiting.delete(check);
        if (quiet >= QUIET_FRAMES || this.#isStopped) resolve();
        else reject(notSettled(timeoutMs));
      };
      this.#waiting.add(check);
      this.#want();
    });
  }

  #want(): void {
    this.#wanted = true;
    this.wake();
  }

  #schedule(): void {
    if (!this.#frame && !this.#isStopped) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #tick(): void {
    this.#frame = 0;
    const stage = this.#parts.stage();
    if (this.#isStopped || !stage) return;
    const nowMs = performance.now();
    const isMoving = this.#parts.beforeFrame(nowMs);
    if (isMoving) this.#awakeUntilMs = nowMs + LINGER_MS;
    const drawn = this.#draw(stage, nowMs, isMoving);
    if (isMoving || this.#parts.isLoading()) this.#quiet = 0;
    else if (drawn) this.#quiet += 1;
    this.#parts.afterTick(nowMs, drawn);
    for (const resume of [...this.#waiting]) resume();
    if (performance.now() < this.#awakeUntilMs || this.#waiting.size > 0 || this.#parts.isLoading())
      this.#schedule();
  }

  #draw(stage: Stage, nowMs: number, isMoving: boolean): boolean {
    if (this.#effort.prepare(stage, isMoving || this.#parts.isLoading())) this.#wanted = true;
    const before = this.#framesDrawn;
    const off = stage.scene.postRender.addEventListener(() => {
      this.#framesDrawn += 1;
    });
    try {
      stage.widget.resize();
      if (this.#wanted) stage.scene.requestRender();
      this.#wanted = false;
      stage.widget.render();
    } finally {
      off();
    }
    const drawn = this.#framesDrawn !== before;
    if (drawn) {
      this.#effort.observe(nowMs - this.#lastDrawnMs);
      this.#lastDrawnMs = nowMs;
      this.#awakeUntilMs = Math.max(this.#awakeUntilMs, nowMs + LINGER_MS);
    }
    return drawn;
  }
}

function notSettled(timeoutMs: number): TwinError {
  return new TwinError(
    "city.not-settled",
    `The city was still loading after ${timeoutMs} ms; wait for the network or hide heavy layers.`,
    { timeoutMs },
  );
}
