import { CITIES } from "../domain/city.ts";
import { PLAIN_RELIEF, type ReliefDisplay, type TerrainRange } from "../domain/terrain.ts";
import { createBasemapLayers } from "./basemap.ts";
import { createCityLabels } from "./city-labels.ts";
import type { BuildingFilter, CityHighlight, CityTheme } from "./contract.ts";
import { DataLayers } from "./data-layers.ts";
import { createFacadeShader, type FacadeShader } from "./facade-shader.ts";
import { createFootprintCuts } from "./footprint-cut.ts";
import { createFootprintRing } from "./footprint-ring.ts";
import { createHighlighter, type Highlighter } from "./highlight.ts";
import { LabelRoom } from "./label-room.ts";
import { LiveLayers } from "./live-layers.ts";
import { MapLayers } from "./map-layers.ts";
import { createPlaceOutlines } from "./place-outlines.ts";
import { createPlacementGhost } from "./placement-ghost.ts";
import { createProfileOverlay } from "./profile-overlay.ts";
import { createSceneDress } from "./scene-dress.ts";
import { computeSceneLight, type LookChoice } from "./scene-look.ts";
import { createSensorOverlay } from "./sensor-overlay.ts";
import type { StagePart } from "./stage.ts";
import { createTerrainSurface, groundHeight } from "./terrain-surface.ts";
import { styleFor } from "./theme-style.ts";
import { createTilesets, hasCityRows, isDressed } from "./tilesets.ts";
import { createWarningOverlay } from "./warning-overlay.ts";
import { createWaterSurface } from "./water-surface.ts";

const ACCENTS = { night: "#3dd6c3", day: "#0b8f80" } as const;

/** Of Cesium 1.145's private counters of a tileset, as of the last frame. */
interface TileCounts {
  readonly selected: number;
  readonly numberOfCommands: number;
  readonly numberOfTrianglesSelected: number;
}

/** All that is drawn, as remembered state: light and look, ground, tilesets, overlays. It outlives the engine that draws it. */
export class CityLayers {
  #choice: LookChoice = { look: "natural", uiTheme: "night", hour: 16, center: CITIES.shenyang.home.target };
  #light = computeSceneLight(this.#choice);
  #theme: CityTheme | null = null;
  #filter: BuildingFilter | null = null;
  #target: CityHighlight = { kind: "none" };
  #facade: FacadeShader | null = null;
  #relief: { display: ReliefDisplay; range: TerrainRange | null } = { display: PLAIN_RELIEF, range: null };

  readonly #cuts = createFootprintCuts();
  readonly dress = createSceneDress(this.#light);
  readonly basemap = createBasemapLayers(this.#light);
  readonly labels = createCityLabels();
  readonly sensors = createSensorOverlay();
  readonly live = new LiveLayers(this.sensors);
  readonly warnings = createWarningOverlay();
  readonly water = createWaterSurface(this.#light);
  readonly ghost = createPlacementGhost();
  readonly outlines = createPlaceOutlines();
  readonly ring = createFootprintRing();
  readonly terrain = createTerrainSurface(() => this.#showRelief());
  readonly profile = createProfileOverlay(
    (stage) => (lon, lat, height) =>
      height === null ? groundHeight(stage, lon, lat) : height * stage.scene.verticalExaggeration,
  );
  readonly data = new DataLayers();
  readonly maps = new MapLayers();
  readonly #room = new LabelRoom([...this.live.named, this.labels]);
  #areUnitsMoving = false;
  readonly #highlighter: Highlighter;
  readonly tilesets = createTilesets({
    shaderFor: (entry) => (isDressed(entry) ? this.#facade?.shaderFor(hasCityRows(entry)) : undefined),
    styleFor: (entry) => styleFor(entry, this.#theme),
    clippingFor: (entry) => (isDressed(entry) ? this.#cuts.collectionFor(entry.request.id) : undefined),
    onContent: (entry, content) => this.#highlighter.onContent(entry, content),
    onPaint: (entry, content) => this.#highlighter.onPaint(entry, content),
  });
  readonly #facadePart: StagePart = {
    attach: () => {
      this.#facade = createFacadeShader();
      this.#facade.setLight(this.#light);
      this.#facade.setTheme(this.#theme);
      this.#facade.setAccent(ACCENTS[this.#choice.uiTheme]);
      this.#facade.setFilter(this.#filter);
    },
    detach: () => {
      this.#facade = null;
      this.#cuts.forget();
    },
  };

  /** `requestRender` is asked for a frame when what is emphasised comes with a tile. */
  constructor(requestRender: () => void) {
    this.#highlighter = createHighlighter(
      () => this.tilesets,
      () => this.#facade,
      requestRender,
    );
  }

  /** In the order in which they are attached: the facade's shader before the tilesets that wear it. */
  get parts(): readonly StagePart[] {
    const {
      terrain,
      profile,
      dress,
      basemap,
      maps,
      data,
      tilesets,
      ring,
      water,
      warnings,
      live,
      sensors,
      labels,
      ghost,
      outlines,
    } = this;
    return [
      this.#facadePart,
      terrain,
      dress,
      basemap,
      maps,
      data,
      tilesets,
      ring,
      water,
      ...live.ground,
      warnings,
      sensors,
      ...live.standing,
      labels,
      this.#room,
      profile,
      ghost,
      outlines,
    ];
  }

  relight(change: Partial<LookChoice>): void {
    this.#choice = { ...this.#choice, ...change };
    this.#light = computeSceneLight(this.#choice);
    this.dress.setLight(this.#light);
    this.basemap.setLight(this.#light);
    this.water.setLight(this.#light);
    this.#facade?.setLight(this.#light);
    const surface = this.#choice.look === "night" ? "night" : this.#choice.uiTheme;
    this.labels.setTheme(surface);
    const accent = ACCENTS[surface];
    this.#highlighter.setAccent(accent);
    this.ring.setAccent(accent);
    this.outlines.setTheme(surface, accent);
    this.data.setTheme(surface, accent);
    this.sensors.setTheme(surface, accent);
    this.warnings.setTheme(surface, accent);
    this.live.setTheme(surface, accent);
    this.profile.setTheme(accent);
  }

  setRelief(display: ReliefDisplay, range: TerrainRange | null): void {
    this.#relief = { display, range };
    this.terrain.setDisplay(display);
    this.#showRelief();
  }

  #showRelief(): void {
    this.dress.setRelief(this.terrain.isOn ? this.#relief : null);
  }

  setTheme(theme: CityTheme | null): void {
    this.#theme = theme;
    this.#facade?.setTheme(theme);
    this.tilesets.restyle();
  }

  filterBuildings(filter: BuildingFilter | null): void {
    this.#filter = filter;
    this.#facade?.setFilter(filter);
  }

  highlight(target: CityHighlight): void {
    this.#target = target;
    this.#highlighter.set(target);
    this.ring.set(target);
    this.sensors.choose(target.kind === "sensor" ? target.row : null);
    this.warnings.choose(target.kind === "warning" ? target.warningId : null);
    this.data.choose(target.kind === "data" ? target : null);
    this.live.choose(target);
  }

  setSensors(positions: Float64Array, kinds: Uint8Array): void {
    this.sensors.set(positions, kinds);
    if (this.#target.kind === "sensor") this.sensors.choose(this.#target.row);
  }

  setFootprintCut(id: string, ring: readonly (readonly [number, number])[] | null): void {
    this.#cuts.set(id, ring);
  }

  orderGround(ids: readonly string[]): void {
    for (const id of ids) {
      this.maps.raise(id);
      this.data.raise(id);
    }
  }

  /** Before a frame: what moves goes on. True while something does. */
  step(nowMs: number): boolean {
    const areSensorsMoving = this.sensors.step(nowMs);
    this.#areUnitsMoving = this.live.step(nowMs);
    return this.#areUnitsMoving || areSensorsMoving;
  }

  /** After a tick: what depends on the camera follows it. */
  follow(nowMs: number, isMoving: boolean): void {
    this.#room.follow(nowMs, isMoving || this.#areUnitsMoving);
    this.sensors.follow(nowMs, isMoving);
  }

  /** After the page's language has changed. */
  relabel(): void {
    this.labels.relabel();
    this.warnings.relabel();
    this.live.relabel();
  }

  stats() {
    let tileContents = 0;
    let tileBytes = 0;
    let tileCommands = 0;
    let tileTriangles = 0;
    let tilesShown = 0;
    for (const { loaded, tileset } of this.tilesets.entries.values()) {
      tileContents += loaded?.contents.size ?? 0;
      tileBytes += tileset?.totalMemoryUsageInBytes ?? 0;
      const counts = (tileset as unknown as { statistics?: TileCounts } | null)?.statistics;
      tileCommands += counts?.numberOfCommands ?? 0;
      tileTriangles += counts?.numberOfTrianglesSelected ?? 0;
      tilesShown += counts?.selected ?? 0;
    }
    return {
      tilesets: this.tilesets.entries.size,
      tileContents,
      tileBytes,
      tileCommands,
      tileTriangles,
      tilesShown,
      sensors: this.sensors.count,
      warnedSensors: this.sensors.warnedCount,
    };
  }
}
