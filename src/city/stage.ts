import { CesiumWidget, Clock, Color, Globe, JulianDate, type Scene } from "cesium";
import { isSoftwareGl } from "../base/graphics.ts";
import { FlatTerrain } from "./flat-terrain.ts";

/** How much the machine can draw: `full` on a GPU, `light` on a software rasteriser. */
export type Quality = "full" | "light";

/** One life of the engine: from a WebGL context to its loss. Parts draw into it and may be attached to another one later. */
export interface Stage {
  readonly widget: CesiumWidget;
  readonly scene: Scene;
  readonly quality: Quality;
  /** Canvas pixels per CSS pixel at full sharpness. */
  readonly sharpScale: number;
  /** Fog's screen space error factor at full sharpness. */
  readonly fogError: number;
  /** Any change of the scene needs it: nothing is drawn unasked. */
  requestRender(): void;
}

/** A layer as a pure function of its remembered state: after a context loss it is attached to the new stage. */
export interface StagePart {
  attach(stage: Stage): void;
  /** Forgets engine objects; the stage itself destroys what was added to it. */
  detach(): void;
}

const FOG_ERROR = 3;
const FIXED_TIME = "2026-10-15T08:00:00Z";
function fillHost(widget: CesiumWidget): void {
  const element = widget.canvas.parentElement;
  for (const target of [element, widget.canvas]) {
    if (!target) continue;
    target.style.display = "block";
    target.style.width = "100%";
    target.style.height = "100%";
    target.style.touchAction = "none";
  }
  widget.resize();
}

function tameScene(scene: Scene): void {
  scene.highDynamicRange = false;
  scene.logarithmicDepthBuffer = true;
  scene.backgroundColor = Color.fromCssColorString("#0b1016");
  scene.skyAtmosphere!.show = false;
  scene.sun!.show = false;
  scene.moon!.show = false;
  scene.fog.enabled = true;
  scene.fog.renderable = false;
  scene.fog.screenSpaceErrorFactor = FOG_ERROR;
  scene.globe.enableLighting = false;
  scene.globe.showGroundAtmosphere = false;
  scene.globe.showWaterEffect = false;
  scene.globe.depthTestAgainstTerrain = true;
  scene.globe.tileCacheSize = 300;
  scene.globe.preloadAncestors = false;
  scene.globe.loadingDescendantLimit = 400;
  scene.pickTranslucentDepth = false;
}

/**
 * Globe tiles get 5 ms of loading a frame, which is 2-4 tiles: fine at 60 frames a second, 30 s of grey ground at two. On
 * software GL the slice grows with the frame. The field is private in Cesium 1.145; without it loading is only slower.
 */
function loadFaster(scene: Scene): void {
  const surface = (scene.globe as unknown as { _surface?: { _loadQueueTimeSlice?: number } })._surface;
  if (surface?._loadQueueTimeSlice !== undefined) surface._loadQueueTimeSlice = 60;
}

/** Builds the engine in `host`. The caller drives frames; the credits go to `creditsHost`. */
export function createStage(
  host: HTMLElement,
  creditsHost: HTMLElement,
  requestRender: () => void,
  wantedQuality: Quality | null,
): Stage {
  const widget = new CesiumWidget(host, {
    globe: new Globe(),
    baseLayer: false,
    skyBox: undefined,
    terrainProvider: new FlatTerrain(),
    clock: new Clock({ currentTime: JulianDate.fromIso8601(FIXED_TIME), shouldAnimate: false }),
    creditContainer: creditsHost,
    creditViewport: creditsHost,
    useDefaultRenderLoop: false,
    requestRenderMode: true,
    maximumRenderTimeChange: Number.POSITIVE_INFINITY,
    showRenderLoopErrors: false,
    useBrowserRecommendedResolution: true,
    scene3DOnly: true,
    orderIndependentTranslucency: false,
    msaaSamples: 4,
    contextOptions: { webgl: { alpha: false, powerPreference: "high-performance" } },
  });
  const isSoftware = isSoftwareGl(widget.canvas.getContext("webgl2"));
  const quality: Quality = wantedQuality ?? (isSoftware ? "light" : "full");
  widget.useBrowserRecommendedResolution = false;
  const sharpScale = Math.min(1, 1.75 / Math.max(1, window.devicePixelRatio));
  widget.resolutionScale = sharpScale;
  fillHost(widget);
  tameScene(widget.scene);
  if (quality === "light") {
    widget.scene.msaaSamples = 1;
    loadFaster(widget.scene);
  }
  return { widget, scene: widget.scene, quality, sharpScale, fogError: FOG_ERROR, requestRender };
}

/** Ends a stage and gives its context back at once: browsers allow few, and the oldest loses. */
export function destroyStage(stage: Stage): void {
  const gl = stage.widget.canvas.getContext("webgl2");
  if (!stage.widget.isDestroyed()) stage.widget.destroy();
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
}
