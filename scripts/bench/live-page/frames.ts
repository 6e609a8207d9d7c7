import { createStage, destroyStage, type Stage } from "../../../src/city/stage.ts";

/** Small, so that a software rasteriser's own work is next to nothing. */
const SIDE_PX = 64;
const WARM_UP = 12;

export interface FrameCost {
  /** Main-thread milliseconds a frame: changes, Cesium's update, and handing the work to the graphics process. */
  readonly ms: number;
  readonly best: number;
  readonly worst: number;
  readonly frames: number;
}

/** The city's own stage on a canvas of a few pixels, seen from above Shenyang. */
export function openStage(): Stage {
  const host = document.querySelector<HTMLElement>("#stage")!;
  host.style.width = `${SIDE_PX}px`;
  host.style.height = `${SIDE_PX}px`;
  const stage = createStage(host, document.createElement("div"), () => {}, "light");
  stage.scene.globe.show = false;
  stage.scene.requestRenderMode = false;
  stage.scene.camera.setView({
    destination: { x: -2_620_000, y: 3_990_000, z: 4_230_000 } as never,
  });
  return stage;
}

export function closeStage(stage: Stage): void {
  destroyStage(stage);
}

/** Waits until the graphics process has done all it was given, so that no frame pays for the one before. */
function drain(stage: Stage): void {
  const gl = stage.widget.canvas.getContext("webgl2")!;
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Runs `change` and a render `frames` times; the wait for the graphics process is not counted. */
export function measureFrames(stage: Stage, frames: number, change: (frame: number) => void): FrameCost {
  const times: number[] = [];
  for (let frame = 0; frame < frames + WARM_UP; frame++) {
    drain(stage);
    const start = performance.now();
    change(frame);
    stage.widget.render();
    const ms = performance.now() - start;
    if (frame >= WARM_UP) times.push(ms);
  }
  drain(stage);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    ms: round(median(times)),
    best: round(Math.min(...times)),
    worst: round(Math.max(...times)),
    frames: times.length,
  };
}
