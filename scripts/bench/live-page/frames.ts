import { Cartesian3 } from "cesium";
import { createStage, destroyStage, type Quality, type Stage } from "../../../src/city/stage.ts";

/** Small, so that a software rasteriser's own work is next to nothing. */
const SIDE_PX = 64;
const WARM_UP = 12;

export interface FrameCost {
  /** Main-thread milliseconds a frame: changes, Cesium's update, and handing the work to the graphics process. */
  readonly ms: number;
  readonly best: number;
  /** Of a hundred frames, ninety-five are no dearer. */
  readonly p95: number;
  readonly worst: number;
  readonly frames: number;
}

/** The city's own stage on a canvas of a few pixels, seen from above Shenyang; `full` as on a graphics processor, where things glide. */
export function openStage(quality: Quality = "light"): Stage {
  Object.assign(window, { CESIUM_BASE_URL: "/cesium/" });
  const host = document.querySelector<HTMLElement>("#stage")!;
  host.style.width = `${SIDE_PX}px`;
  host.style.height = `${SIDE_PX}px`;
  const stage: Stage = createStage(
    host,
    document.createElement("div"),
    () => stage.scene.requestRender(),
    quality,
  );
  stage.scene.globe.show = false;
  stage.scene.requestRenderMode = false;
  // all of the places are in view
  stage.scene.camera.setView({ destination: Cartesian3.fromDegrees(123.46, 41.75, 120_000) });
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

/** Gives the main thread back for a task, or for so many milliseconds. */
export function pause(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Throws when hardly a pixel shows anything: what is not drawn must not be measured. Rims, and points that are calm, are as dark
 * as the ground; `least` bright pixels in a hundred are asked for.
 */
export function mustBeSeen(stage: Stage, what: string, least = 1.5): void {
  stage.scene.requestRender();
  stage.widget.render();
  const gl = stage.widget.canvas.getContext("webgl2")!;
  const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
  const pixels = new Uint8Array(4 * width * height);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  let seen = 0;
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at]! + pixels[at + 1]! + pixels[at + 2]! > 130) seen++;
  if (seen < (width * height * least) / 100)
    throw new Error(`${what} are not in the picture: ${seen} bright pixels`);
}

/** Durations of the main thread's tasks over 50 ms from now on, as the browser tells them. */
export function watchLongTasks(): { end(): readonly number[] } {
  const found: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) found.push(Math.round(entry.duration));
  });
  observer.observe({ type: "longtask" });
  performance.mark("watch-begins");
  return {
    end: () => {
      for (const entry of observer.takeRecords()) found.push(Math.round(entry.duration));
      observer.disconnect();
      performance.mark("watch-ends");
      return found;
    },
  };
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
    p95: round([...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN),
    worst: round(Math.max(...times)),
    frames: times.length,
  };
}
