import { Emitter } from "../base/emitter.ts";
import { TwinError } from "../base/errors.ts";
import { Scope } from "../base/scope.ts";
import { CITIES, type CityId, type CityLook } from "../domain/city.ts";
import type { Basemap } from "../domain/layer.ts";
import type { CameraPose, PlaceDeg, TargetView } from "../domain/pose.ts";
import type { ElementPaint } from "../domain/reading/model-reading.ts";
import type { Rows } from "../domain/reading/row-set.ts";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import type { RoadRoute, Unit, Zone } from "../domain/response.ts";
import type { SensorMoves, SensorUpdate, Warning } from "../domain/risk.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { ReliefDisplay, TerrainRange } from "../domain/terrain.ts";
import { setPose } from "./camera.ts";
import { CityEngine } from "./city-engine.ts";
import { type CityFiles, loadCityFiles } from "./city-files.ts";
import { CityLayers } from "./city-layers.ts";
import type {
  BasemapSecrets,
  BuildingFilter,
  CityHighlight,
  CityTheme,
  CityView,
  CityViewEvents,
  DataRequest,
  MapRequest,
  PlaceOutline,
  SensorDisplayRequest,
  TilesetFacts,
  TilesetRequest,
  ZoneDraft,
} from "./contract.ts";
import { followCredits } from "./credits.ts";
import { zoomedView } from "./flight-path.ts";
import { followLanguage } from "./label-text.ts";
import type { Quality, Stage } from "./stage.ts";
import { poseFromTargetView, roundPose, targetViewFromPose, viewOfBounds } from "./view-geometry.ts";

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
  return new CesiumCityView(host, options);
}

/** The verbs of the contract, each handed to the layers or to the engine; a change of what is drawn asks for a frame. */
class CesiumCityView implements CityView {
  readonly #scope = new Scope();
  readonly #emitter = new Emitter<CityViewEvents>();
  readonly #layers = new CityLayers(() => this.#engine.stage?.requestRender());
  readonly #engine: CityEngine;
  #cityUrl = "";
  #files: CityFiles | null = null;
  /** What lies on the ground now, so that nothing is drawn twice. */
  #ground: { readonly files: CityFiles; readonly isShaded: boolean } | null = null;

  constructor(host: HTMLElement, options: CityViewOptions) {
    const layers = this.#layers;
    const emitter = this.#emitter;
    const creditsHost = options.creditsHost ?? hiddenHost();
    this.#engine = new CityEngine({ host, creditsHost, quality: options.quality ?? null, layers, emitter });
    setPose(this.#engine.stage!, poseFromTargetView(CITIES.shenyang.home));
    this.#scope.add(followCredits(creditsHost, (credits) => emitter.emit("creditsChanged", credits)));
    this.#scope.add(followLanguage(() => layers.relabel()));
    const resize = new ResizeObserver(() => this.#engine.loop.request());
    resize.observe(host);
    this.#scope.add(() => resize.disconnect());
    this.#engine.loop.request();
  }

  get canvas(): HTMLCanvasElement {
    return this.#stageNow().widget.canvas;
  }

  on<K extends keyof CityViewEvents>(event: K, fn: (payload: CityViewEvents[K]) => void): () => void {
    return this.#emitter.on(event, fn);
  }

  async setCity(city: CityId, baseUrl: string): Promise<void> {
    this.#cityUrl = baseUrl;
    const { target } = CITIES[city].home;
    this.#layers.relight({ center: target });
    this.#engine.loop.request();
    const files = await loadCityFiles(baseUrl, target);
    if (baseUrl !== this.#cityUrl) return;
    this.#files = files;
    this.#dressGround();
    this.#layers.labels.setData(files.base);
    this.#layers.ring.setIndex(files.index);
  }

  setLook(look: CityLook, uiTheme: "night" | "day"): void {
    this.#layers.relight({ look, uiTheme });
    this.#engine.loop.request();
  }

  setTheme(theme: CityTheme | null): void {
    this.#layers.setTheme(theme);
    this.#engine.loop.request();
  }

  filterBuildings(filter: BuildingFilter | null): void {
    this.#layers.filterBuildings(filter);
    this.#engine.loop.request();
  }

  setHour(hour: number): void {
    this.#layers.relight({ hour });
    this.#engine.loop.request();
  }

  setBasemap(basemap: Basemap, secrets: BasemapSecrets): Promise<void> {
    return this.#layers.basemap.set(basemap, secrets);
  }

  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void> {
    return this.#engine.flyTo(view, durationS);
  }

  cameraPose(): CameraPose {
    return this.#engine.pose() ?? roundPose(poseFromTargetView(CITIES.shenyang.home));
  }

  zoom(factor: number): Promise<void> {
    const pose = this.#engine.pose();
    return pose ? this.flyTo(zoomedView(pose, factor), SHORT_MOVE_S) : Promise.resolve();
  }

  turnNorth(): Promise<void> {
    const pose = this.#engine.pose();
    if (!pose) return Promise.resolve();
    return this.flyTo({ ...targetViewFromPose(pose), headingDeg: 0 }, SHORT_MOVE_S);
  }

  addTileset(request: TilesetRequest, signal?: AbortSignal): Promise<TilesetFacts> {
    const pose = this.#engine.pose();
    const fallback = pose && request.role === "foreign" ? { fallback: targetViewFromPose(pose).target } : {};
    return this.#layers.tilesets.add({ ...fallback, ...request }, signal);
  }

  whenTilesetDrawn(id: string): Promise<void> {
    return this.#layers.tilesets.whenDrawn(id);
  }

  removeTileset(id: string): void {
    this.#layers.tilesets.remove(id);
  }

  placeTileset(id: string, placement: Pick<TilesetRequest, "lift" | "place">): void {
    this.#layers.tilesets.place(id, placement);
  }

  setTileMemory(bytes: number): void {
    this.#layers.tilesets.setMemoryCeiling(bytes);
  }

  showTileset(id: string, visible: boolean): void {
    this.#layers.tilesets.setVisible(id, visible);
    if (this.#layers.tilesets.get(id)?.request.role === "city") this.#dressGround();
  }

  setTilesetOpacity(id: string, opacity: number): void {
    this.#layers.tilesets.setOpacity(id, opacity);
  }

  async zoomToTileset(id: string, durationS: number | null): Promise<void> {
    const facts = this.#layers.tilesets.get(id)?.facts;
    if (!facts) return;
    const headingDeg = this.#engine.pose()?.headingDeg ?? 0;
    const range = Math.max(6, facts.radius * 2.6);
    await this.flyTo({ target: facts.center, range, headingDeg, pitchDeg: -32 }, durationS);
  }

  hideStoreys(id: string, storeyIndexes: readonly number[]): void {
    this.#layers.tilesets.hideStoreys(id, storeyIndexes);
  }

  setElements(id: string, paint: ElementPaint | null, selected: Rows): void {
    this.#layers.tilesets.setElements(id, paint, selected);
  }

  setSections(id: string, planes: readonly SectionPlane[]): void {
    this.#layers.tilesets.setSections(id, planes);
  }

  setFootprintCut(id: string, ring: readonly (readonly [number, number])[] | null): void {
    this.#layers.setFootprintCut(id, ring);
    this.#engine.loop.request();
  }

  addData(request: DataRequest): Promise<void> {
    return this.#layers.data.add(request);
  }

  removeData(id: string): void {
    this.#layers.data.remove(id);
  }

  showData(id: string, visible: boolean): void {
    this.#layers.data.show(id, visible);
  }

  setDataOpacity(id: string, opacity: number): void {
    this.#layers.data.setOpacity(id, opacity);
  }

  async zoomToData(id: string, durationS: number | null): Promise<void> {
    const bounds = this.#layers.data.boundsOf(id);
    if (bounds) await this.flyTo(viewOfBounds(bounds), durationS);
  }

  async addMap(request: MapRequest, secrets: BasemapSecrets): Promise<void> {
    await this.#layers.maps.add(request, secrets);
    this.#engine.loop.request();
  }

  removeMap(id: string): void {
    this.#layers.maps.remove(id);
  }

  showMap(id: string, visible: boolean): void {
    this.#layers.maps.show(id, visible);
  }

  setMapOpacity(id: string, opacity: number): void {
    this.#layers.maps.setOpacity(id, opacity);
  }

  orderGround(ids: readonly string[]): void {
    this.#layers.orderGround(ids);
    this.#engine.loop.request();
  }

  highlight(target: CityHighlight): void {
    this.#layers.highlight(target);
    this.#engine.loop.request();
  }

  setSensors(positions: Float64Array, kinds: Uint8Array): void {
    this.#layers.setSensors(positions, kinds);
  }

  updateSensors(update: SensorUpdate): void {
    this.#layers.sensors.update(update);
  }

  setWarnings(warnings: readonly Warning[]): void {
    this.#layers.warnings.set(warnings);
  }

  showOverlay(overlay: "sensors" | "warnings" | "water", visible: boolean): void {
    this.#layers[overlay].setVisible(visible);
  }

  setSensorDisplay(display: SensorDisplayRequest): void {
    this.#layers.live.setSensorDisplay(display);
  }

  moveSensors(moves: SensorMoves): void {
    this.#layers.live.moveSensors(moves);
  }

  setStaleSensors(stale: Uint8Array): void {
    this.#layers.live.setStaleSensors(stale);
  }

  setUnits(units: readonly Unit[]): void {
    this.#layers.live.setUnits(units);
  }

  setRoutes(routes: readonly RoadRoute[], chosenUnitId: string | null): void {
    this.#layers.live.setRoutes(routes, chosenUnitId);
  }

  setZones(zones: readonly Zone[]): void {
    this.#layers.live.setZones(zones);
  }

  setDraft(draft: ZoneDraft | null): void {
    this.#layers.live.setDraft(draft);
  }

  setTracks(tracks: readonly StormTrack[], nowMs: number): void {
    this.#layers.live.setTracks(tracks, nowMs);
  }

  setWater(mesh: Parameters<CityView["setWater"]>[0]): void {
    this.#layers.water.set(mesh);
  }

  setTerrain(url: string | null): Promise<void> {
    return this.#layers.terrain.set(url);
  }

  setRelief(display: ReliefDisplay, range: TerrainRange | null): void {
    this.#layers.setRelief(display, range);
  }

  terrainHeights(
    longitudeDeg: readonly number[],
    latitudeDeg: readonly number[],
  ): Promise<readonly number[]> {
    return this.#layers.terrain.heights(longitudeDeg, latitudeDeg);
  }

  setProfileDrawing(drawing: Parameters<CityView["setProfileDrawing"]>[0]): void {
    this.#layers.profile.set(drawing);
  }

  groundAt(x: number, y: number): PlaceDeg | null {
    return this.#engine.groundAt(x, y);
  }

  setPlacementGhost(ghost: Parameters<CityView["setPlacementGhost"]>[0]): void {
    this.#layers.ghost.set(ghost);
  }

  setPlaceOutlines(outlines: readonly PlaceOutline[]): void {
    this.#layers.outlines.set(outlines);
  }

  whenIdle(timeoutMs = 30_000): Promise<void> {
    return this.#engine.loop.settled(timeoutMs);
  }

  snapshot(): string {
    const stage = this.#stageNow();
    stage.scene.requestRender();
    stage.widget.render();
    return stage.widget.canvas.toDataURL("image/png");
  }

  stats(): Readonly<Record<string, number>> {
    return { ...this.#layers.stats(), ...this.#engine.stats() };
  }

  dispose(): void {
    this.#engine.end();
    this.#scope.dispose();
    this.#emitter.clear();
  }

  /** Hidden buildings throw no shade. */
  #dressGround(): void {
    const files = this.#files;
    if (!files) return;
    const cities = [...this.#layers.tilesets.entries.values()].filter(
      ({ request }) => request.role === "city",
    );
    const isShaded = cities.every(({ visible }) => visible);
    if (this.#ground?.files === files && this.#ground.isShaded === isShaded) return;
    this.#ground = { files, isShaded };
    this.#layers.basemap.setData(files.base, isShaded ? files.shade : null);
  }

  #stageNow(): Stage {
    const { stage } = this.#engine;
    if (!stage)
      throw new TwinError("city.restarting", "The city view is being rebuilt; try again in a second.");
    return stage;
  }
}
