import { Emitter } from "../base/emitter.ts";
import { TwinError } from "../base/errors.ts";
import { Scope } from "../base/scope.ts";
import { CITIES } from "../domain/city.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import { createBasemapLayers } from "./basemap.ts";
import { configureControls, createCameraRig, setPose } from "./camera.ts";
import { createCameraWatch } from "./camera-watch.ts";
import { loadCityFiles } from "./city-files.ts";
import { createCityLabels } from "./city-labels.ts";
import type { CityHighlight, CityTheme, CityView, CityViewEvents } from "./contract.ts";
import { followCredits } from "./credits.ts";
import { createEngineLife } from "./engine-life.ts";
import { createFacadeShader, type FacadeShader } from "./facade-shader.ts";
import { zoomedView } from "./flight-path.ts";
import { createFootprintCuts } from "./footprint-cut.ts";
import { createFootprintRing } from "./footprint-ring.ts";

import { createHighlighter } from "./highlight.ts";
import { followLanguage } from "./label-text.ts";
import { createPicker } from "./picking.ts";
import { createPlacementGhost } from "./placement-ghost.ts";
import { followPointer } from "./pointer.ts";
import { createRenderLoop } from "./render-loop.ts";
import { createSceneDress } from "./scene-dress.ts";
import { computeSceneLight, type LookChoice } from "./scene-look.ts";
import { createSensorOverlay } from "./sensor-overlay.ts";
import type { Quality, Stage, StagePart } from "./stage.ts";
import { styleFor } from "./theme-style.ts";
import { createTilesets } from "./tilesets.ts";
import { poseFromTargetView, roundPose, targetViewFromPose } from "./view-geometry.ts";
import { createWarningOverlay } from "./warning-overlay.ts";
import { createWaterSurface } from "./water-surface.ts";

const ACCENTS = { night: "#3dd6c3", day: "#0b8f80" } as const;
const LOADING_EVERY_MS = 150;
const SHORT_MOVE_S = 0.6;

export interface CityViewOptions {
  /** Where Cesium's Assets, Workers and ThirdParty are served, e.g. `/cesium/`. */
  readonly baseUrl: string;
  /** Cesium writes its credits here, out of sight; they are told as text by `creditsChanged`. */
  readonly creditsHost?: HTMLElement;
  /** What to draw with; by default the machine decides. */
  readonly quality?: Quality;
}

function hiddenHost(): HTMLElement {
  const element = document.createElement("div");
  element.hidden = true;
  return element;
}

/** The Cesium city view in `host`. */
export function createCityView(host: HTMLElement, options: CityViewOptions): CityView {
  (window as unknown as { CESIUM_BASE_URL?: string }).CESIUM_BASE_URL ??= options.baseUrl;
  const scope = new Scope();
  const emitter = new Emitter<CityViewEvents>();
  const creditsHost = options.creditsHost ?? hiddenHost();
  let choice: LookChoice = {
    look: "natural",
    uiTheme: "night",
    hour: 16,
    center: CITIES.shenyang.home.target,
  };
  let light = computeSceneLight(choice);
  let theme: CityTheme | null = null;
  let target: CityHighlight = { kind: "none" };
  let facade: FacadeShader | null = null;
  let dataUrl = "";
  let pointer: Scope | null = null;
  let lastPending = -1;
  let pendingMs = 0;

  const cuts = createFootprintCuts();
  const dress = createSceneDress(light);
  const basemap = createBasemapLayers(light);
  const labels = createCityLabels();
  const sensors = createSensorOverlay();
  const warnings = createWarningOverlay();
  const water = createWaterSurface(light);
  const ghost = createPlacementGhost();
  const ring = createFootprintRing();
  const highlighter = createHighlighter(
    () => tilesets,
    () => facade,
    () => life.stage?.requestRender(),
  );
  const tilesets = createTilesets({
    shaderFor: (entry) => (entry.request.role === "city" ? facade?.shader : undefined),
    styleFor: (entry) => styleFor(entry, theme),
    clippingFor: (entry) =>
      entry.request.role === "city" ? cuts.collectionFor(entry.request.id) : undefined,
    onContent: (entry, content) => highlighter.onContent(entry, content),
  });
  const shaderPart: StagePart = {
    attach() {
      facade = createFacadeShader();
      facade.setLight(light);
      facade.setTheme(theme);
      facade.setAccent(ACCENTS[choice.uiTheme]);
    },
    detach() {
      facade = null;
      cuts.forget();
    },
  };
  const picker = createPicker((tileset) => tilesets.idOf(tileset));
  const rig = createCameraRig(() => loop.request());
  const watch = createCameraWatch({
    moved: (state) => emitter.emit("cameraMoved", state),
    stopped: (pose) => emitter.emit("cameraStopped", pose),
  });

  const tellLoading = (nowMs: number): void => {
    const pending = tilesets.pendingTiles();
    if (pending === lastPending || (nowMs - pendingMs < LOADING_EVERY_MS && pending !== 0)) return;
    lastPending = pending;
    pendingMs = nowMs;
    emitter.emit("loadingChanged", pending);
  };

  const isLoading = (): boolean => {
    const globe = life.stage?.scene.globe;
    return rig.isFlying || (globe?.show === true && !globe.tilesLoaded) || tilesets.isLoading();
  };

  const loop = createRenderLoop({
    stage: () => life?.stage ?? null,
    isLoading,
    beforeFrame(nowMs) {
      const stage = life.stage;
      if (!stage) return false;
      dress.follow(stage.scene.camera.positionCartographic.height);
      return rig.step(stage, nowMs) || watch.isMoving;
    },
    afterTick(nowMs) {
      const stage = life.stage;
      if (!stage || stage.widget.isDestroyed()) return;
      watch.check(stage, nowMs, rig.isFlying);
      labels.follow(nowMs, watch.isMoving);
      tellLoading(nowMs);
    },
  });

  const followStage = (stage: Stage): void => {
    configureControls(stage);
    pointer?.dispose();
    pointer = followPointer(stage.widget.canvas, {
      onClick: (x, y) => {
        const pick = picker.pickAt(stage, x, y);
        if (pick) emitter.emit("clicked", { pick, place: picker.placeAt(stage, x, y) });
      },
      onHover: (x, y) => {
        if (rig.isFlying || watch.isMoving) return;
        loop.wake();
        picker.pickSoon(stage, x, y).then(
          (pick) => emitter.emit("hovered", { pick: pick?.kind === "ground" ? null : pick, x, y }),
          () => undefined,
        );
      },
      onLeave: () => emitter.emit("hovered", { pick: null, x: 0, y: 0 }),
      onGrab: () => rig.interrupt(),
      onActivity: () => loop.request(),
    });
  };

  const life = createEngineLife({
    host,
    creditsHost,
    quality: options.quality ?? null,
    requestRender: () => loop.request(),
    parts: [shaderPart, dress, basemap, tilesets, ring, water, warnings, sensors, labels, ghost],
    onBorn: followStage,
    onLost: () => emitter.emit("contextLost", undefined),
    onRestored: () => emitter.emit("contextRestored", undefined),
  });
  setPose(life.stage!, poseFromTargetView(CITIES.shenyang.home));

  const relight = (next: Partial<LookChoice>): void => {
    choice = { ...choice, ...next };
    light = computeSceneLight(choice);
    dress.setLight(light);
    basemap.setLight(light);
    water.setLight(light);
    facade?.setLight(light);
    const surface = choice.look === "night" ? "night" : choice.uiTheme;
    labels.setTheme(surface);
    const accent = ACCENTS[surface];
    highlighter.setAccent(accent);
    ring.setAccent(accent);
    sensors.setTheme(surface, accent);
    warnings.setTheme(surface, accent);
    loop.request();
  };
  const applyHighlight = (next: CityHighlight): void => {
    target = next;
    highlighter.set(next);
    ring.set(next);
    sensors.choose(next.kind === "sensor" ? next.row : null);
    warnings.choose(next.kind === "warning" ? next.warningId : null);
    loop.request();
  };
  const stageNow = (): Stage => {
    if (!life.stage)
      throw new TwinError("city.restarting", "The city view is being rebuilt; try again in a second.");
    return life.stage;
  };
  const flyTo = (view: TargetView | CameraPose, durationS: number | null): Promise<void> =>
    life.stage ? rig.flyTo(life.stage, view, durationS) : Promise.resolve();

  scope.add(followCredits(creditsHost, (credits) => emitter.emit("creditsChanged", credits)));
  scope.add(
    followLanguage(() => {
      labels.relabel();
      warnings.relabel();
    }),
  );
  const resize = new ResizeObserver(() => loop.request());
  resize.observe(host);
  scope.add(() => resize.disconnect());
  loop.request();

  return {
    get canvas() {
      return stageNow().widget.canvas;
    },
    on: (event, fn) => emitter.on(event, fn),
    async setCity(city, baseUrl) {
      dataUrl = baseUrl;
      relight({ center: CITIES[city].home.target });
      const wanted = dataUrl;
      const files = await loadCityFiles(baseUrl, CITIES[city].home.target);
      if (wanted !== dataUrl) return;
      basemap.setData(files.base, files.shade);
      labels.setData(files.base);
      ring.setIndex(files.index);
    },
    setLook: (look, uiTheme) => relight({ look, uiTheme }),
    setTheme(next) {
      theme = next;
      facade?.setTheme(next);
      tilesets.restyle();
      loop.request();
    },
    setHour: (hour) => relight({ hour }),
    setBasemap: (next, secrets) => basemap.set(next, secrets),
    flyTo,
    cameraPose: () =>
      life.stage ? rig.pose(life.stage) : roundPose(poseFromTargetView(CITIES.shenyang.home)),
    zoom: (factor) =>
      life.stage ? flyTo(zoomedView(rig.pose(life.stage), factor), SHORT_MOVE_S) : Promise.resolve(),
    turnNorth: () =>
      life.stage
        ? flyTo({ ...targetViewFromPose(rig.pose(life.stage)), headingDeg: 0 }, SHORT_MOVE_S)
        : Promise.resolve(),
    addTileset: (request, signal) => tilesets.add(request, signal),
    removeTileset: (id) => tilesets.remove(id),
    showTileset: (id, visible) => tilesets.setVisible(id, visible),
    setTilesetOpacity: (id, opacity) => tilesets.setOpacity(id, opacity),
    async zoomToTileset(id, durationS) {
      const facts = tilesets.get(id)?.facts;
      if (!facts) return;
      const headingDeg = life.stage ? rig.pose(life.stage).headingDeg : 0;
      await flyTo(
        { target: facts.center, range: Math.max(40, facts.radius * 2.2), headingDeg, pitchDeg: -32 },
        durationS,
      );
    },
    hideStoreys: (id, storeys) => tilesets.hideStoreys(id, storeys),
    setFootprintCut(id, ring) {
      cuts.set(id, ring);
      loop.request();
    },
    highlight: applyHighlight,
    setSensors(positions, kinds) {
      sensors.set(positions, kinds);
      if (target.kind === "sensor") sensors.choose(target.row);
    },
    updateSensors: (update) => sensors.update(update),
    setWarnings: (next) => warnings.set(next),
    showOverlay(overlay, visible) {
      ({ sensors, warnings, water })[overlay].setVisible(visible);
    },
    setWater: (mesh) => water.set(mesh),
    groundAt: (x, y) => (life.stage ? picker.groundAt(life.stage, x, y) : null),
    setPlacementGhost: (next) => ghost.set(next),
    whenIdle: (timeoutMs = 30_000) => loop.settled(timeoutMs),
    snapshot() {
      const stage = stageNow();
      stage.scene.requestRender();
      stage.widget.render();
      return stage.widget.canvas.toDataURL("image/png");
    },
    stats: () => collectStats(),
    dispose() {
      rig.interrupt();
      loop.stop();
      pointer?.dispose();
      life.end();
      scope.dispose();
      emitter.clear();
    },
  };

  function collectStats(): Record<string, number> {
    const scene = life.stage?.scene;
    let contents = 0;
    let bytes = 0;
    for (const entry of tilesets.entries.values()) {
      contents += entry.loaded?.contents.size ?? 0;
      bytes += entry.tileset?.totalMemoryUsageInBytes ?? 0;
    }
    return {
      tilesets: tilesets.entries.size,
      tileContents: contents,
      tileBytes: bytes,
      primitives: scene?.primitives.length ?? 0,
      imageryLayers: scene?.imageryLayers.length ?? 0,
      sensors: sensors.count,
      warnedSensors: sensors.warnedCount,
      framesDrawn: loop.framesDrawn,
    };
  }
}
