import { Vector2, Vector3 } from "three";
import { createAbortError } from "../base/abort.ts";
import { Emitter } from "../base/emitter.ts";
import type { TwinError } from "../base/errors.ts";
import { Scope } from "../base/scope.ts";
import { type CameraPose, fitBoxes, type SceneBox } from "./camera-fit.ts";
import { CameraMoves } from "./camera-moves.ts";
import type { BimView, BimViewEvents } from "./contract.ts";
import type { Section } from "./frames.ts";
import { Highlight } from "./highlight.ts";
import { createModelMaterials } from "./materials.ts";
import { type ElementHit, ModelView } from "./model-view.ts";
import { PALETTES, type Theme } from "./palette.ts";
import { focusPose, rayThrough, setDepthRange } from "./perspective.ts";
import { watchPointer } from "./pointer.ts";
import { RenderLoop } from "./render-loop.ts";
import { createSamples } from "./samples.ts";
import { Scenery } from "./scenery.ts";
import { SectionCut } from "./section-cut.ts";
import { createStage, type Stage } from "./stage.ts";
import { createTileSource, type TileSource } from "./tile-source.ts";

const FIT_MS = 1300;
const FOCUS_MS = 700;
const IDLE_TIMEOUT_MS = 30_000;
const IDLE_POLL_MS = 40;
/** Bearing of the eye from the building and its elevation: from the south-south-west, a little above the trees. */
const HOME = { fromDeg: 212, elevationDeg: 12 } as const;
/** Where the first flight starts. */
const APPROACH = { fromDeg: 232, elevationDeg: 34 } as const;

interface OpenModel {
  readonly id: string;
  readonly source: TileSource;
  box: SceneBox | null;
  /** All tiles were there once and the camera has been sent to them, or was in the user's hand. */
  isFramed: boolean;
  failedTiles: number;
  /** Settles `open`: cleared when that has happened. */
  waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null;
}

/** The close-up view in `host`, which it fills. Draws only when something changed. */
export function createBimView(host: HTMLElement): BimView {
  return new CloseUp(host);
}

class CloseUp implements BimView {
  readonly #scope = new Scope();
  readonly #emitter = new Emitter<BimViewEvents>();
  readonly #scenery: Scenery;
  readonly #cut = new SectionCut();
  readonly #materials = createModelMaterials(this.#cut.plane);
  readonly #highlight = new Highlight(this.#materials);
  readonly #loop = new RenderLoop(() => this.#draw());
  readonly #modelView = new ModelView(this.#materials, () => this.#modelChanged());
  readonly #stage: Stage;
  readonly #moves: CameraMoves;
  #model: OpenModel | null = null;
  #selected: string | null = null;
  #isModelStale = false;
  #warming: Promise<void> | null = null;
  #isWarm = false;

  constructor(host: HTMLElement) {
    this.#stage = createStage(host, () => this.#resized());
    this.#scenery = new Scenery(this.#stage.renderer, this.#cut.plane, this.#stage.isSoftware);
    this.#moves = new CameraMoves(this.#stage.camera, this.#stage.canvas, () => this.#loop.request());
    const { scene } = this.#stage;
    scene.add(this.#scenery.group, this.#modelView.group, this.#highlight.group, this.#cut.group);
    const scope = this.#scope;
    scope.add(() => this.#stage.dispose());
    scope.own(this.#materials);
    scope.own(this.#scenery);
    scope.own(this.#cut);
    scope.add(() => this.#highlight.clear());
    scope.own(this.#loop);
    scope.own(this.#moves);
    scope.own(this.#watchPointer());
    scope.add(() => this.#emitter.clear());
    this.#loop.addTask((nowMs) => this.#advance(nowMs));
    this.setTheme("night");
    this.#resized();
  }

  on<K extends keyof BimViewEvents>(event: K, fn: (payload: BimViewEvents[K]) => void): () => void {
    return this.#emitter.on(event, fn);
  }

  open(modelId: string, readTile: (path: string) => Promise<ArrayBuffer>): Promise<void> {
    this.close();
    this.#stage.resize();
    return new Promise((resolve, reject) => {
      const source = createTileSource(this.#stage.camera, readTile, {
        onRoot: (box) => this.#rootLoaded(box),
        onTile: (tile) => {
          this.#modelView.addTile(tile);
          if (this.#selected && tile.globalIds.includes(this.#selected)) this.select(this.#selected);
        },
        onTileGone: (key) => this.#modelView.removeTile(key),
        onNeedsUpdate: () => this.#loop.wake(),
        onError: (error) => this.#tileFailed(error),
      });
      this.#model = {
        id: modelId,
        source,
        box: null,
        isFramed: false,
        failedTiles: 0,
        waiting: { resolve, reject },
      };
      this.#resized();
      this.#warming ??= this.#warmUp();
    });
  }

  close(): void {
    const model = this.#model;
    if (!model) return;
    this.#model = null;
    model.source.dispose();
    model.waiting?.reject(createAbortError("the model was closed before it was shown"));
    this.#modelView.clear();
    this.#highlight.clear();
    this.#selected = null;
    this.setSection(null);
  }

  select(globalId: string | null): void {
    this.#selected = globalId;
    if (globalId) this.#highlight.show(this.#modelView.partsOf(globalId));
    else this.#highlight.clear();
    this.#loop.request();
  }

  hideStoreys(storeyIndexes: readonly number[]): void {
    this.#modelView.hideStoreys(storeyIndexes);
  }

  setSection(section: Section | null): void {
    this.#cut.set(section);
    this.#showCut(section !== null);
    this.#modelChanged();
  }

  setTheme(theme: Theme): void {
    const palette = PALETTES[theme];
    this.#materials.applyPalette(palette);
    this.#cut.applyPalette(palette);
    this.#scenery.applyPalette(palette, this.#stage.renderer, this.#stage.scene);
    this.#loop.request();
  }

  zoomToFit(): void {
    const pose = this.#fit(this.#modelView.boxes, HOME);
    if (!pose) return;
    this.#moves.go(pose, FIT_MS);
    this.#loop.wake();
  }

  async whenIdle(timeoutMs = IDLE_TIMEOUT_MS): Promise<void> {
    const endMs = performance.now() + timeoutMs;
    while (!this.#isIdle() && performance.now() < endMs && !this.#scope.isDisposed) await pause(IDLE_POLL_MS);
    if (!this.#scope.isDisposed) await this.#finishDrawing(endMs);
  }

  stats(): Readonly<Record<string, number>> {
    const { memory, render } = this.#stage.renderer.info;
    const { x, y, z } = this.#stage.camera.position;
    return {
      eyeEast: x,
      eyeNorth: -z,
      eyeUp: y,
      ...this.#modelView.stats(),
      failedTiles: this.#model?.failedTiles ?? 0,
      frames: this.#loop.frames,
      drawCalls: render.calls,
      geometries: memory.geometries,
      textures: memory.textures,
      highlighted: this.#highlight.group.children.length,
    };
  }

  dispose(): void {
    if (this.#scope.isDisposed) return;
    this.close();
    this.#scope.dispose();
  }

  /** Drawing is done when the graphics card says so, not when it was told: seconds later on software GL. */
  async #finishDrawing(endMs: number): Promise<void> {
    const gl = this.#stage.renderer.getContext() as WebGL2RenderingContext;
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return;
    gl.flush();
    while (performance.now() < endMs && !gl.isContextLost()) {
      if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) break;
      await pause(IDLE_POLL_MS);
    }
    gl.deleteSync(fence);
  }

  /** Compiles all shaders while the tiles load: drawing at once would hold the page until the driver is done. */
  async #warmUp(): Promise<void> {
    const { renderer, scene, camera } = this.#stage;
    if (renderer.extensions.has("KHR_parallel_shader_compile")) {
      const samples = createSamples(this.#materials, this.#cut.counterMaterials);
      scene.add(samples.group);
      await renderer.compileAsync(scene, camera);
      await this.#warmUpCut();
      samples.dispose();
    }
    if (this.#scope.isDisposed) return;
    this.#isWarm = true;
    this.#modelChanged();
  }

  /** The cut has shaders of its own: without this the first section would wait for them. */
  async #warmUpCut(): Promise<void> {
    if (this.#cut.isOpen) return;
    const { renderer, scene, camera } = this.#stage;
    this.#showCut(true);
    await renderer.compileAsync(scene, camera);
    this.#showCut(this.#cut.isOpen);
  }

  #showCut(isOpen: boolean): void {
    this.#materials.setCut(isOpen);
    this.#scenery.setCut(isOpen);
  }

  #isIdle(): boolean {
    const isLoading = this.#model !== null && (this.#model.source.isBusy || this.#model.waiting !== null);
    return !isLoading && !this.#modelView.isBusy && !this.#moves.isMoving && this.#loop.isAsleep;
  }

  #rootLoaded(box: SceneBox | null): void {
    const model = this.#model;
    if (!model || !box) return;
    model.box = box;
    const start = this.#fit([[...box.min, ...box.max]], APPROACH);
    this.#moves.begin(radiusOf(box));
    if (start) this.#moves.go(start, 0);
    this.#scenery.fit(box);
    this.#modelChanged();
  }

  #fit(boxes: readonly ArrayLike<number>[], from: typeof HOME | typeof APPROACH): CameraPose | null {
    const { camera } = this.#stage;
    return fitBoxes(boxes, { ...from, fovDeg: camera.fov, aspect: camera.aspect });
  }

  #tileFailed(error: TwinError): void {
    const model = this.#model;
    if (!model) return;
    model.failedTiles++;
    const { waiting } = model;
    if (!waiting) return;
    model.waiting = null;
    this.close();
    waiting.reject(error);
  }

  #modelChanged(): void {
    this.#isModelStale = true;
    this.#loop.request();
  }

  #resized(): void {
    const { renderer, camera } = this.#stage;
    const size = renderer.getSize(new Vector2());
    this.#model?.source.setResolution(size.x, size.y);
    const pixels = size.y * renderer.getPixelRatio();
    this.#materials.setProjectionScale(pixels / (2 * Math.tan((camera.fov * Math.PI) / 360)));
    this.#loop.request();
  }

  /** One frame's work before drawing; true while more is coming. */
  #advance(nowMs: number): boolean {
    const isMoving = this.#moves.update(nowMs);
    if (isMoving) this.#loop.request();
    const model = this.#model;
    if (!model) return isMoving;
    this.#stage.camera.updateMatrixWorld();
    model.source.update();
    if (!model.isFramed && !model.source.isBusy && this.#modelView.layers.length > 0) {
      model.isFramed = true;
      if (!this.#moves.isTouched) this.zoomToFit();
    }
    return isMoving || this.#moves.isMoving || model.source.isBusy;
  }

  #draw(): void {
    const { renderer, scene, camera } = this.#stage;
    const model = this.#model;
    if (!this.#isWarm) return;
    if (this.#isModelStale) {
      this.#isModelStale = false;
      renderer.shadowMap.needsUpdate = true;
      this.#cut.fit(model?.box ?? null, this.#modelView.layers);
    }
    if (model?.box) setDepthRange(camera, model.box);
    renderer.render(scene, camera);
    if (!model?.waiting || this.#modelView.layers.length === 0) return;
    model.waiting.resolve();
    model.waiting = null;
  }

  #hitAt(x: number, y: number): ElementHit | null {
    if (!this.#model) return null;
    const { canvas, camera } = this.#stage;
    const ray = rayThrough(camera, x / canvas.clientWidth, y / canvas.clientHeight);
    const point = new Vector3();
    return this.#modelView.pick(ray, (distance) => {
      if (!this.#cut.isOpen) return true;
      point.fromArray(ray.direction).multiplyScalar(distance).add(new Vector3().fromArray(ray.origin));
      return this.#cut.plane.distanceToPoint(point) >= 0;
    });
  }

  #watchPointer() {
    const { canvas } = this.#stage;
    return watchPointer(canvas, {
      onClick: (x, y) => {
        if (this.#model) this.#emitter.emit("clicked", { globalId: this.#hitAt(x, y)?.globalId ?? null });
      },
      onDoubleClick: (x, y) => {
        const hit = this.#hitAt(x, y);
        if (!hit) return;
        this.#moves.go(focusPose(this.#moves.pose, this.#modelView.partsOf(hit.globalId)), FOCUS_MS);
        this.#loop.wake();
      },
      onHover: (x, y) => {
        canvas.style.cursor = this.#hitAt(x, y) ? "pointer" : "";
      },
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function radiusOf(box: SceneBox): number {
  return Math.hypot(...[0, 1, 2].map((axis) => (box.max[axis] ?? 0) - (box.min[axis] ?? 0))) / 2 || 1;
}
