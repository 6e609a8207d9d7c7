import { TwinError } from "../base/errors.ts";
import { createEffort } from "./effort.ts";
import type { Stage } from "./stage.ts";

/** Quiet time after which the loop stops: an idle requestAnimationFrame tick alone costs 13-16 % of a core. */
const LINGER_MS = 700;
const QUIET_FRAMES = 3;

export interface RenderLoop {
  /** Draws a frame soon. */
  request(): void;
  /** Keeps ticking for a while without asking for a frame. */
  wake(): void;
  /** Stops for good. */
  stop(): void;
  /** Three frames in a row with nothing left to load. Rejects with TwinError `city.not-settled`. */
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
  let frame = 0;
  let awakeUntilMs = 0;
  let framesDrawn = 0;
  let isStopped = false;
  let wanted = true;
  const waiting = new Set<() => void>();
  const effort = createEffort();
  let lastDrawnMs = 0;

  const draw = (stage: Stage, nowMs: number, isMoving: boolean): boolean => {
    if (effort.prepare(stage, isMoving || parts.isLoading())) wanted = true;
    const before = framesDrawn;
    const off = stage.scene.postRender.addEventListener(() => {
      framesDrawn += 1;
    });
    try {
      stage.widget.resize();
      if (wanted) stage.scene.requestRender();
      wanted = false;
      stage.widget.render();
    } finally {
      off();
    }
    const drawn = framesDrawn !== before;
    if (drawn) {
      effort.observe(nowMs - lastDrawnMs);
      lastDrawnMs = nowMs;
      awakeUntilMs = Math.max(awakeUntilMs, nowMs + LINGER_MS);
    }
    return drawn;
  };

  const tick = (): void => {
    frame = 0;
    const stage = parts.stage();
    if (isStopped || !stage) return;
    const nowMs = performance.now();
    const isMoving = parts.beforeFrame(nowMs);
    if (isMoving) awakeUntilMs = nowMs + LINGER_MS;
    const drawn = draw(stage, nowMs, isMoving);
    parts.afterTick(nowMs, drawn);
    for (const resume of [...waiting]) resume();
    if (performance.now() < awakeUntilMs || waiting.size > 0 || parts.isLoading()) schedule();
  };

  const schedule = (): void => {
    if (!frame && !isStopped) frame = requestAnimationFrame(tick);
  };

  const wake = (): void => {
    awakeUntilMs = Math.max(awakeUntilMs, performance.now() + LINGER_MS);
    schedule();
  };
  const request = (): void => {
    wanted = true;
    wake();
  };

  return {
    request,
    wake,
    stop() {
      isStopped = true;
      if (frame) cancelAnimationFrame(frame);
      for (const resume of [...waiting]) resume();
    },
    settled(timeoutMs) {
      const startMs = performance.now();
      let quiet = 0;
      return new Promise((resolve, reject) => {
        const check = (): void => {
          quiet = parts.isLoading() ? 0 : quiet + 1;
          const isLate = performance.now() - startMs > timeoutMs;
          if (quiet < QUIET_FRAMES && !isLate && !isStopped) {
            wanted = true;
            return;
          }
          waiting.delete(check);
          if (quiet >= QUIET_FRAMES || isStopped) resolve();
          else
            reject(
              new TwinError(
                "city.not-settled",
                `The city was still loading after ${timeoutMs} ms; wait for the network or hide heavy layers.`,
                { timeoutMs },
              ),
            );
        };
        waiting.add(check);
        request();
      });
    },
    get framesDrawn() {
      return framesDrawn;
    },
  };
}
