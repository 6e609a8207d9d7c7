import { type Plane, Vector2 } from "three";
import { createAbortError } from "../base/abort.ts";
import { Emitter } from "../base/emitter.ts";
import type { TwinError } from "../base/errors.ts";
import { Scope } from "../base/scope.ts";
import type { MeasureKind } from "../domain/reading/measure.ts";
import type { ElementPaint, VoidKind } from "../domain/reading/model-reading.ts";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import type { ViewCamera } from "../domain/reading/viewpoint.ts";
import { DEFAULT_TILE_MEMORY_MIB } from "../domain/tile-memory.ts";
import { radiusOf, type SceneBox } from "./camera-fit.ts";
import { CameraMoves } from "./camera-moves.ts";
import { compileAhead } from "./compile-ahead.ts";
import type { BimView, BimViewEvents, MeasureMark, RoomName } from "./contract.ts";
import { Highlight } from "./highlight.ts";
import { homePose } from "./home-poses.ts";
import { createModelMaterials } from "./materials.ts";
import { Measuring } from "./measuring.ts";
import { type ElementPart, ModelView } from "./model-view.ts";
import type { OpenModel } from "./open-model.ts";
import { PALETTES, type Theme } from "./palette.ts";
import { flatten, focusPose, setDepthRange } from "./perspective.ts";
import { Pointing } from "./pointing.ts";
import { RenderLoop } from "./render-loop.ts";
import { RoomNames } from "./room-names.ts";
import { Scenery } from "./scenery.ts";
import { SectionCut } from "./section-cut.ts";
import { finishDrawing, IDLE_POLL_MS, pause } from "./settle.ts";
import { snapshotOf } from "./snapshot.ts";
import { createStage, type Stage } from "./stage.ts";
import { createTileSource } from "./tile-source.ts";
import { poseOf, viewCameraOf } from "./view-camera.ts";
import { VoidTiles } from "./void-tiles.ts";
import { Walk } from "./walk.ts";

const FIT_MS = 1300;
const FOCUS_MS = 700;
const IDLE_TIMEOUT_MS = 30_000;

/** The close-up view in `host`, which it fills. Draws only when something changed. */
export function createBimView(host: HTMLElement): BimView {
  return new CloseUp(host);
}

class CloseUp implements BimView {
  readonly #scope = new Scope();
  readonly #emitter = new Emitter<BimViewEvents>();
  readonly #scenery: Scenery;
  readonly #cut = new SectionCut(() => this.#loop.request());
  readonly #materials = createModelMaterials();
  readonly #loop = new RenderLoop(() => this.#draw());
  readonly #modelView = new ModelView(this.#materials, () => this.#modelChanged());
  readonly #highlight = new Highlight(this.#materials, this.#modelView);
  readonly #stage: Stage;
  readonly #moves: CameraMoves;
  readonly #measuring: Measuring;
  readonly #walk: Walk;
  readonly #pointing: Pointing;
  readonly #voids: VoidTiles;
  readonly #names: RoomNames;
  #model: OpenModel | null = null;
  #isPlan = false;
  #ceiling = DEFAULT_TILE_MEMORY_MIB * 1024 * 1024;
  #isModelStale = false;
  #warming: Promise<void> | null = null;
  #isWarm = false;

  constructor(host: HTMLElement) {
    this.#stage = createStage(host, () => this.#resized());
    this.#scenery = new Scenery(this.#stage.renderer, this.#stage.isSoftware);
    const { scene, camera, canvas } = this.#stage;
    this.#measuring = new Measuring(host, camera, canvas, (point) => this.#cut.keeps(point));
    this.#moves = new CameraMoves(camera, canvas, () => this.#loop.request());
    this.#walk = new Walk(this.#stage, this.#moves, this.#modelView, () => this.#loop.wake());
    this.#voids = new VoidTiles(camera, this.#modelView, {
      onNeedsUpdate: () => this.#loop.wake(),
      onError: (error) => this.#tileFailed(error),
    });
    scene.add(this.#scenery.group, this.#modelView.group, this.#highlight.group, this.#cut.group);
    scene.add(this.#measuring.marks.group);
    const scope = this.#scope;
    scope.add(() => this.#stage.dispose());
    this.#names = new RoomNames(host);
    const parts = [this.#materials, this.#scenery, this.#cut, this.#measuring.marks, this.#names];
    for (const part of parts) scope.own(part);
    scope.add(() => this.#highlight.clear());
    scope.own(this.#loop);
    scope.own(this.#moves);
    scope.own(this.#walk);
    this.#pointing = new Pointing(
      {
        stage: this.#stage,
        model: this.#modelView,
        cut: this.#cut,
        measuring: this.#measuring,
        walk: this.#walk,
        emitter: this.#emitter,
        focusRow: (one) => this.#focus(this.#modelView.partsOf((row) => row === one)),
      },
      scope,
    );
    scope.add(() => this.#emitter.clear());
    this.#loop.addTask((nowMs) => this.#advance(nowMs));
    this.setTheme("night");
    this.#resized();
  }

  readonly on: BimView["on"] = (event, fn) => this.#emitter.on(event, fn);

  open(modelId: string, readTile: (path: string) => Promise<ArrayBuffer>): Promise<void> {
    this.close();
    this.#stage.resize();
    return new Promise((resolve, reject) => {
      const source = createTileSource(this.#stage.camera, readTile, {
        onRoot: (box) => this.#rootLoaded(box),
        onTile: (tile) => {
          const bytes = this.#modelView.addTile(tile);
          if (this.#highlight.isAmong(tile.rows)) this.#highlight.refresh();
          return bytes;
        },
        onStarved: (tiles) => this.#emitter.emit("starved", { tiles }),
        onThere: (key, isThere) => this.#tileThere(key, isThere),
        onTileGone: (key) => this.#modelView.removeTile(key),
        onNeedsUpdate: () => this.#loop.wake(),
        onError: (error) => this.#tileFailed(error),
      });
      source.setCeiling(this.#ceiling);
      this.#model = {
        id: modelId,
        readTile,
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
    this.#voids.clear();
    model.waiting?.reject(createAbortError("the model was closed before it was shown"));
    this.#modelView.clear();
    this.#highlight.select([]);
    this.setSections([]);
    this.setPlan(false);
    this.setWalking(null);
    this.setMeasuring(null);
    this.setMeasures([]);
    this.#names.set([]);
  }

  select(rows: ArrayLike<number>): void {
    this.#highlight.select(rows);
    this.#loop.request();
  }

  hideStoreys(storeyIndexes: readonly number[]): void {
    this.#modelView.hideStoreys(storeyIndexes);
  }

  setElements(paint: ElementPaint | null): void {
    this.#modelView.setPaint(paint);
  }

  showVoids(kinds: readonly VoidKind[]): void {
    if (this.#model) this.#voids.show(kinds, this.#model.readTile);
  }

  setSections(planes: readonly SectionPlane[]): void {
    this.#cut.set(planes);
    this.#showCut(this.#cut.clippingPlanes);
    this.#modelChanged();
  }

  explode(lifts: ArrayLike<number>): void {
    this.#modelView.explode(lifts);
    this.#measuring.forget();
    this.#highlight.refresh();
  }

  setPlan(isPlan: boolean): void {
    if (isPlan === this.#isPlan) return;
    this.#isPlan = isPlan;
    this.#moves.setPlan(isPlan);
    this.#goHome(0);
  }

  setWalking(passable: ReadonlySet<number> | null): void {
    const { clientWidth, clientHeight } = this.#stage.canvas;
    const from = passable && (this.#pointing.hitAt(clientWidth / 2, clientHeight / 2)?.distance ?? null);
    this.#walk.turn(passable, from, this.#model?.box ?? null);
    this.#resized();
  }

  setMeasuring(kind: MeasureKind | null): void {
    this.#measuring.turn(kind);
    this.#stage.canvas.style.cursor = kind ? "crosshair" : "";
  }

  setMeasures(marks: readonly MeasureMark[]): void {
    this.#measuring.set(marks);
    this.#loop.request();
  }

  setRoomNames(names: readonly RoomName[]): void {
    this.#names.set(names);
    this.#loop.request();
  }

  camera(): ViewCamera {
    return viewCameraOf(this.#stage.camera, this.#moves.target, this.#isPlan);
  }

  setCamera(camera: ViewCamera): void {
    this.#moves.go(poseOf(camera, this.#stage.camera.fov), camera.lens.kind === "parallel" ? 0 : FOCUS_MS);
    this.#loop.wake();
  }

  zoomToRows(rows: ArrayLike<number>): void {
    const wanted = new Set(Array.from(rows));
    const parts = this.#modelView.partsOf((row) => wanted.has(row));
    if (parts.length > 0) this.#focus(parts);
  }

  snapshot(widthPx: number): Promise<Blob> {
    this.#draw();
    return snapshotOf(this.#stage.canvas, widthPx);
  }

  setTileMemory(bytes: number): void {
    this.#ceiling = bytes;
    this.#model?.source.setCeiling(bytes);
    this.#loop.wake();
  }

  setTheme(theme: Theme): void {
    const palette = PALETTES[theme];
    this.#materials.applyPalette(palette);
    this.#cut.applyPalette(palette);
    this.#measuring.marks.setAccent(palette.accent);
    this.#scenery.applyPalette(palette, this.#stage.renderer, this.#stage.scene);
    this.#loop.request();
  }

  zoomToFit(): void {
    this.#goHome(FIT_MS);
  }

  #goHome(ms: number): void {
    const pose = homePose(this.#modelView.boxes, this.#isPlan ? "plan" : "home", this.#stage.camera);
    if (pose) this.#moves.go(pose, ms);
    this.#loop.wake();
  }

  async whenIdle(timeoutMs = IDLE_TIMEOUT_MS): Promise<void> {
    const endMs = performance.now() + timeoutMs;
    while (!this.#isIdle() && performance.now() < endMs && !this.#scope.isDisposed) await pause(IDLE_POLL_MS);
    if (!this.#scope.isDisposed) await finishDrawing(this.#stage.renderer, endMs);
  }

  stats(): Readonly<Record<string, number>> {
    const { memory, render } = this.#stage.renderer.info;
    const eye = this.#stage.camera.position;
    return {
      ...{ eyeEast: eye.x, eyeNorth: -eye.z, eyeUp: eye.y },
      ...this.#modelView.stats(),
      failedTiles: this.#model?.failedTiles ?? 0,
      refusedTiles: this.#model?.source.refused ?? 0,
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

  async #warmUp(): Promise<void> {
    await compileAhead(this.#stage, this.#materials, this.#cut, (planes) => this.#showCut(planes));
    if (this.#scope.isDisposed) return;
    this.#isWarm = true;
    this.#modelChanged();
  }

  #showCut(planes: Plane[] | null): void {
    this.#materials.setCut(planes);
    this.#scenery.setCut(planes);
  }

  #isIdle(): boolean {
    const model = this.#model;
    const isLoading = model !== null && (model.source.isBusy || this.#voids.isBusy || model.waiting !== null);
    return !isLoading && !this.#modelView.isBusy && !this.#moves.isMoving && this.#loop.isAsleep;
  }

  #rootLoaded(box: SceneBox | null): void {
    const model = this.#model;
    if (!model || !box) return;
    model.box = box;
    const start = homePose([[...box.min, ...box.max]], "approach", this.#stage.camera);
    this.#moves.begin(radiusOf(box));
    if (start) this.#moves.go(start, 0);
    // what a smaller model left of it would keep this one's tiles out of sight, unloaded for ever
    setDepthRange(this.#stage.camera, box);
    this.#scenery.fit(box);
    this.#modelChanged();
  }

  #tileThere(key: object, isThere: boolean): void {
    this.#modelView.setTileThere(key, isThere);
    this.#highlight.refresh();
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
    this.#walk.forget();
    this.#loop.request();
  }

  #resized(): void {
    const { renderer, camera } = this.#stage;
    const size = renderer.getSize(new Vector2());
    this.#model?.source.setResolution(size.x, size.y);
    this.#voids.setResolution(size.x, size.y);
    const pixels = size.y * renderer.getPixelRatio();
    this.#materials.setProjectionScale(pixels / (2 * Math.tan((camera.fov * Math.PI) / 360)));
    this.#loop.request();
  }

  /** One frame's work before drawing; true while more is coming. */
  #advance(nowMs: number): boolean {
    const isMoving = this.#walk.update(nowMs) || this.#moves.update(nowMs);
    if (isMoving) this.#loop.request();
    const model = this.#model;
    if (!model) return isMoving;
    this.#stage.camera.updateMatrixWorld();
    model.source.update();
    this.#voids.update();
    if (!model.isFramed && !model.source.isBusy && this.#modelView.layers.length > 0) {
      model.isFramed = true;
      if (!this.#moves.isTouched) this.zoomToFit();
    }
    return isMoving || this.#moves.isMoving || model.source.isBusy || this.#voids.isBusy;
  }

  #draw(): void {
    const { renderer, scene, camera } = this.#stage;
    const model = this.#model;
    if (!this.#isWarm) return;
    if (this.#isModelStale) {
      this.#isModelStale = false;
      renderer.shadowMap.needsUpdate = true;
      this.#cut.fit(model?.box ?? null, this.#modelView.solidLayers, (layer) =>
        this.#modelView.isShown(layer),
      );
    }
    if (model?.box) setDepthRange(camera, model.box);
    if (this.#isPlan) flatten(camera, this.#moves.target);
    this.#cut.look(camera);
    renderer.render(scene, camera);
    this.#measuring.marks.follow(camera);
    this.#names.follow(camera);
    if (!model?.waiting || this.#modelView.layers.length === 0) return;
    model.waiting.resolve();
    model.waiting = null;
  }

  #focus(parts: readonly ElementPart[]): void {
    this.#moves.go(focusPose(this.#moves.pose, parts), FOCUS_MS);
    this.#loop.wake();
  }
}
