import type { Cartesian3 } from "cesium";
import { createStage, destroyStage, type Quality, type Stage, type StagePart } from "./stage.ts";

export interface EngineLife {
  /** Null between a loss and the rebirth, and after `end`. */
  readonly stage: Stage | null;
  end(): void;
}

export interface EngineLifeParts {
  readonly host: HTMLElement;
  readonly creditsHost: HTMLElement;
  /** Null looks at the machine. */
  readonly quality: Quality | null;
  readonly requestRender: () => void;
  readonly parts: readonly StagePart[];
  /** Listeners and controls of a new stage. */
  readonly onBorn: (stage: Stage) => void;
  readonly onLost: () => void;
  readonly onRestored: () => void;
}

interface SavedView {
  readonly destination: Cartesian3;
  readonly orientation: { readonly direction: Cartesian3; readonly up: Cartesian3 };
}

/**
 * Keeps an engine alive: Cesium never recovers from a lost WebGL context, so the widget is built anew and every part is
 * attached again from what it remembers. Measured: new widget 30 ms, first right pixel after 2 s on software GL.
 */
export function createEngineLife(options: EngineLifeParts): EngineLife {
  let stage: Stage | null = null;
  let hasEnded = false;

  const isContextLost = (one: Stage): boolean =>
    one.widget.canvas.getContext("webgl2")?.isContextLost() ?? true;

  const bear = (view: SavedView | null): void => {
    const born = createStage(options.host, options.creditsHost, options.requestRender, options.quality);
    stage = born;
    if (view) born.scene.camera.setView(view);
    const lost = (event?: Event): void => {
      event?.preventDefault();
      if (stage === born) rebuild();
    };
    born.widget.canvas.addEventListener("webglcontextlost", lost, { once: true });
    born.scene.renderError.addEventListener((_scene: unknown, error: unknown) => {
      if (isContextLost(born)) lost();
      else console.error("city view: frame failed", error);
    });
    for (const part of options.parts) part.attach(born);
    options.onBorn(born);
    options.requestRender();
  };

  const rebuild = (): void => {
    const old = stage;
    if (!old || hasEnded) return;
    stage = null;
    options.onLost();
    const { camera } = old.scene;
    const view: SavedView = {
      destination: camera.positionWC.clone(),
      orientation: { direction: camera.directionWC.clone(), up: camera.upWC.clone() },
    };
    setTimeout(() => {
      for (const part of options.parts) part.detach();
      destroyStage(old);
      if (hasEnded) return;
      bear(view);
      options.onRestored();
    }, 0);
  };

  bear(null);
  return {
    get stage() {
      return stage;
    },
    end() {
      hasEnded = true;
      const old = stage;
      stage = null;
      for (const part of options.parts) part.detach();
      if (old) destroyStage(old);
    },
  };
}
