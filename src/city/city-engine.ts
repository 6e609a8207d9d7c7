import type { Emitter } from "../base/emitter.ts";
import type { Scope } from "../base/scope.ts";
import type { CameraPose, PlaceDeg, TargetView } from "../domain/pose.ts";
import { type CameraRig, configureControls, createCameraRig } from "./camera.ts";
import { type CameraWatch, createCameraWatch } from "./camera-watch.ts";
import type { CityLayers } from "./city-layers.ts";
import type { CityViewEvents } from "./contract.ts";
import { createEngineLife, type EngineLife } from "./engine-life.ts";
import { createPicker, type Picker } from "./picking.ts";
import { followPointer } from "./pointer.ts";
import { createRenderLoop, type RenderLoop } from "./render-loop.ts";
import type { Quality, Stage } from "./stage.ts";

const LOADING_EVERY_MS = 150;

export interface CityEngineParts {
  readonly host: HTMLElement;
  readonly creditsHost: HTMLElement;
  /** Null looks at the machine. */
  readonly quality: Quality | null;
  readonly layers: CityLayers;
  readonly emitter: Emitter<CityViewEvents>;
}

/** Of Cesium 1.145's private frame state: what the last frame was drawn with, the globe included. */
interface FrameCounts {
  readonly commandList: { readonly length: number };
}

/** What moves: the stage of the moment, its frames, the camera and the pointer. Tells events; changes no layer. */
export class CityEngine {
  readonly loop: RenderLoop;
  readonly #layers: CityLayers;
  readonly #emitter: Emitter<CityViewEvents>;
  readonly #picker: Picker;
  readonly #rig: CameraRig;
  readonly #watch: CameraWatch;
  readonly #life: EngineLife;
  #pointer: Scope | null = null;
  #lastPending = -1;
  #pendingMs = 0;

  constructor({ host, creditsHost, quality, layers, emitter }: CityEngineParts) {
    this.#layers = layers;
    this.#emitter = emitter;
    this.#picker = createPicker(
      (tileset) => layers.tilesets.idOf(tileset),
      (picked) => layers.data.pickOf(picked),
    );
    this.#rig = createCameraRig(() => this.loop.request());
    this.#watch = createCameraWatch({
      moved: (state) => emitter.emit("cameraMoved", state),
      stopped: (pose) => emitter.emit("cameraStopped", pose),
    });
    this.loop = createRenderLoop({
      stage: () => this.stage,
      isLoading: () => this.#isLoading(),
      beforeFrame: (nowMs) => this.#beforeFrame(nowMs),
      afterTick: (nowMs) => this.#afterTick(nowMs),
    });
    this.#life = createEngineLife({
      host,
      creditsHost,
      quality,
      requestRender: () => this.loop.request(),
      parts: layers.parts,
      onBorn: (stage) => this.#followStage(stage),
      onLost: () => emitter.emit("contextLost", undefined),
      onRestored: () => emitter.emit("contextRestored", undefined),
    });
  }

  /** Null between a loss and the rebirth, and after `end`. */
  get stage(): Stage | null {
    return this.#life.stage;
  }

  /** Null while there is no stage. */
  pose(): CameraPose | null {
    return this.stage ? this.#rig.pose(this.stage) : null;
  }

  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void> {
    return this.stage ? this.#rig.flyTo(this.stage, view, durationS) : Promise.resolve();
  }

  groundAt(x: number, y: number): PlaceDeg | null {
    return this.stage ? this.#picker.groundAt(this.stage, x, y) : null;
  }

  stats() {
    const scene = this.stage?.scene;
    return {
      primitives: scene?.primitives.length ?? 0,
      imageryLayers: scene?.imageryLayers.length ?? 0,
      drawCommands: (scene as unknown as { frameState?: FrameCounts })?.frameState?.commandList.length ?? 0,
      framesDrawn: this.loop.framesDrawn,
    };
  }

  end(): void {
    this.#rig.interrupt();
    this.loop.stop();
    this.#pointer?.dispose();
    this.#life.end();
  }

  /** Also while the camera's stop is still to be told: a view at rest has said where it is. */
  #isLoading(): boolean {
    const globe = this.stage?.scene.globe;
    return (
      this.#rig.isFlying ||
      this.#watch.isMoving ||
      (globe?.show === true && !globe.tilesLoaded) ||
      this.#layers.tilesets.isLoading()
    );
  }

  #beforeFrame(nowMs: number): boolean {
    const { stage } = this;
    if (!stage) return false;
    this.#layers.dress.follow(stage.scene.camera.positionCartographic.height);
    this.#layers.data.follow(stage.scene.camera.positionCartographic.height);
    const isGliding = this.#layers.step(nowMs);
    return this.#rig.step(stage, nowMs) || this.#watch.isMoving || isGliding;
  }

  #afterTick(nowMs: number): void {
    const { stage } = this;
    if (!stage || stage.widget.isDestroyed()) return;
    this.#watch.check(stage, nowMs, this.#rig.isFlying);
    this.#layers.follow(nowMs, this.#watch.isMoving);
    this.#tellLoading(nowMs);
  }

  #tellLoading(nowMs: number): void {
    const pending = this.#layers.tilesets.pendingTiles();
    if (pending === this.#lastPending) return;
    if (nowMs - this.#pendingMs < LOADING_EVERY_MS && pending !== 0) return;
    this.#lastPending = pending;
    this.#pendingMs = nowMs;
    this.#emitter.emit("loadingChanged", pending);
  }

  #followStage(stage: Stage): void {
    configureControls(stage);
    this.#pointer?.dispose();
    this.#pointer = followPointer(stage.widget.canvas, {
      onClick: (x, y) => this.#click(stage, x, y),
      onHover: (x, y) => this.#hover(stage, x, y),
      onLeave: () => this.#emitter.emit("hovered", { pick: null, x: 0, y: 0 }),
      onGrab: () => this.#rig.interrupt(),
      onActivity: () => this.loop.request(),
    });
  }

  #click(stage: Stage, x: number, y: number): void {
    const pick = this.#picker.pickAt(stage, x, y);
    if (pick) this.#emitter.emit("clicked", { pick, place: this.#picker.placeAt(stage, x, y) });
  }

  #hover(stage: Stage, x: number, y: number): void {
    if (this.#rig.isFlying || this.#watch.isMoving) return;
    this.loop.wake();
    this.#picker.pickSoon(stage, x, y).then(
      (pick) => this.#emitter.emit("hovered", { pick: pick?.kind === "ground" ? null : pick, x, y }),
      () => undefined,
    );
  }
}
