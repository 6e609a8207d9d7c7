import type { Stage } from "./stage.ts";

const SLOW_MS = 90;
const FAST_MS = 45;
/** Half the pixels each way while the picture changes: a quarter of the work on a machine that has no GPU. */
const BUSY_SCALE = 0.5;

export interface Effort {
  /** Before a frame: fewer pixels while busy on a slow machine, all of them once it rests. True when a sharper frame is due. */
  prepare(stage: Stage, isBusy: boolean): boolean;
  /** After a frame, with the time since the one before it. */
  observe(frameMs: number): void;
}

/** Sharpness by what the machine can do: software rasterisers start coarse, GPUs prove themselves. */
export function createEffort(): Effort {
  let meanMs = 0;
  let isSlow: boolean | null = null;
  let isCoarse = false;

  return {
    prepare(stage, isBusy) {
      isSlow ??= stage.quality === "light";
      const wantCoarse = isSlow && isBusy;
      if (wantCoarse === isCoarse) return false;
      isCoarse = wantCoarse;
      const scale = wantCoarse ? BUSY_SCALE : 1;
      stage.widget.resolutionScale = stage.sharpScale * scale;
      // Cesium subtracts the fog's share before it divides by the pixel ratio: unscaled, every change of sharpness would
      // choose other tiles and set off another round of loading.
      stage.scene.fog.screenSpaceErrorFactor = stage.fogError * scale;
      if (stage.quality === "light") stage.scene.postProcessStages.fxaa.enabled = !wantCoarse;
      return true;
    },
    observe(frameMs) {
      if (frameMs > 2000) return;
      meanMs += (frameMs - meanMs) * 0.15;
      if (meanMs > SLOW_MS) isSlow = true;
      else if (meanMs < FAST_MS && !isCoarse) isSlow = false;
    },
  };
}
