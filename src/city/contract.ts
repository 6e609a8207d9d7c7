import type { CityId, CityLook } from "../domain/city.ts";
import type { Basemap, Legend } from "../domain/layer.ts";
import type { MapService } from "../domain/map-service.ts";
import type { CameraPose, PlaceDeg, TargetView } from "../domain/pose.ts";
import type { ElementPaint } from "../domain/reading/model-reading.ts";
import type { Rows } from "../domain/reading/row-set.ts";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import type { SensorUpdate, Warning } from "../domain/risk.ts";
import type { AttributeValue } from "../domain/selection.ts";
import type { LiveCity, LivePick } from "./live-contract.ts";
import type { TerrainCity } from "./terrain-contract.ts";

export type { LevelSplit, LivePick, SensorDisplayRequest, ZoneDraft } from "./live-contract.ts";

/** What a click on the city hit. */
export type CityPick =
  | {
      readonly kind: "feature";
      readonly tilesetId: string;
      /** All properties of the feature, as the tile's property or batch table gives them. */
      readonly attributes: Readonly<Record<string, AttributeValue>>;
    }
  | { readonly kind: "sensor"; readonly row: number }
  | { readonly kind: "warning"; readonly warningId: string }
  | { readonly kind: "data"; readonly layerId: string; readonly feature: number }
  | LivePick
  | { readonly kind: "ground" };

export type CityViewEvents = {
  clicked: { readonly pick: CityPick; readonly place: PlaceDeg | null };
  hovered: { readonly pick: CityPick | null; readonly x: number; readonly y: number };
  /** The camera has stopped; rounded to 1e-6 deg, 0.1 m, 0.1 deg. */
  cameraStopped: CameraPose;
  /** Every 100 ms at most while the camera moves; for compass and scale bar. */
  cameraMoved: { readonly headingDeg: number; readonly pitchDeg: number; readonly metersPerPixel: number };
  creditsChanged: readonly string[];
  /** Tiles still to load over all tilesets. */
  loadingChanged: number;
  contextLost: undefined;
  contextRestored: undefined;
};

/** Buildings of the city that a filter leaves out, by row of the city's index. */
export interface BuildingFilter {
  /** A byte a row, not 0 where the building is left out. */
  readonly leftOut: Uint8Array;
  readonly others: "faint" | "hidden";
}

export interface TilesetRequest {
  readonly id: string;
  /** `city` gets the facade shader and looks; `model` is a converted IFC; `foreign` is somebody else's, shown as authored. */
  readonly role: "city" | "model" | "foreign";
  readonly url: string;
  /** Local tiles: reads by path below `url` (which is then a made-up root such as `/local/<id>/tileset.json`). */
  readonly readTile?: (path: string) => Promise<ArrayBuffer>;
  /** Metres to lift (or lower) the tileset along the local vertical. */
  readonly lift?: number;
  /** Where a model without georeference was put by the user: its local ENU frame. */
  readonly place?: PlaceDeg & { readonly headingDeg: number };
  /** Where to put a tileset whose coordinates are not on the earth. */
  readonly fallback?: PlaceDeg;
}

export interface TilesetFacts {
  readonly center: PlaceDeg;
  readonly radius: number;
  readonly attributions: readonly string[];
  /** It had no place on the earth and stands at the `fallback`. */
  readonly isAdrift: boolean;
}

/** What a map tile covers, degrees. */
export interface DataWindow {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly pixels: number;
}

/** A drawn map tile. */
export type DataTile = ImageBitmap;

/** Points in ECEF metres with the feature each belongs to; `colors` 0xRRGGBBAA, 0 for the layer's own. */
export interface DataPoints {
  readonly positions: Float64Array;
  readonly features: Uint32Array;
  readonly colors?: Uint32Array;
  /** On the ground: they keep above it at any distance. */
  readonly isFlat: boolean;
}

/** Lines or areas in space: `ends` of the pieces in vertices; areas with corners of triangles, counted in each piece. */
export interface DataSpace {
  readonly positions: Float64Array;
  readonly ends: Uint32Array;
  readonly features: Uint32Array;
  readonly colors?: Uint32Array;
  readonly triangles?: Uint32Array;
  readonly triangleEnds?: Uint32Array;
}

/** Somebody's data: points, lines and areas in buffers, and what lies on the ground as map tiles drawn elsewhere. */
export interface DataRequest {
  readonly id: string;
  /** `#rrggbb` */
  readonly color: string;
  /** West, south, east, north, degrees. */
  readonly bounds: readonly [number, number, number, number];
  readonly points: readonly DataPoints[];
  readonly lines: DataSpace | null;
  readonly areas: DataSpace | null;
  /** Draws what lies on the ground, or one feature of it in the colour given; null when nothing does. */
  readonly drawTile:
    | ((window: DataWindow, color: string, feature: number | null) => Promise<DataTile | null>)
    | null;
}

/** A map of somebody's service. */
export interface MapRequest {
  readonly id: string;
  /** A picture service, or vector tiles. */
  readonly service: MapService;
  /** Moment of a service that has several, ISO 8601. */
  readonly time?: string;
}

/** What is emphasised. Others dim by a fifth. */
export type CityHighlight =
  | { readonly kind: "none" }
  | {
      readonly kind: "feature";
      readonly tilesetId: string;
      readonly property: string;
      readonly value: string;
    }
  | { readonly kind: "sensor"; readonly row: number }
  | { readonly kind: "warning"; readonly warningId: string }
  | { readonly kind: "data"; readonly layerId: string; readonly feature: number }
  | { readonly kind: "unit"; readonly unitId: string }
  | { readonly kind: "zone"; readonly zoneId: string };

/** The city theme: colours by an attribute of the property table. */
export interface CityTheme {
  readonly property: string;
  /** Ascending class breaks for numbers (n-1 breaks for n colours), or codes 0..n-1 for an enum when absent. */
  readonly breaks?: readonly number[];
  readonly legend: Legend;
}

/** The outline of a model at one of its places. */
export interface PlaceOutline {
  readonly id: string;
  /** Lon, lat pairs in degrees, open. */
  readonly ring: readonly (readonly [number, number])[];
  /** `standing` is where it is now. */
  readonly kind: "standing" | "candidate";
  /** Short: a number or a word. */
  readonly label: string;
  readonly isPointed: boolean;
}

/** Credentials of base maps; never stored in URL or state. */
export interface BasemapSecrets {
  readonly tianditu?: string;
  readonly ion?: string;
}

/**
 * The Cesium city view. Only wiring talks to it. All verbs are safe to call at any time before `dispose`; an engine that
 * is lost (WebGL context) comes back by itself with everything that was set.
 */
export interface CityView extends LiveCity, TerrainCity {
  readonly canvas: HTMLCanvasElement;
  on<K extends keyof CityViewEvents>(event: K, fn: (payload: CityViewEvents[K]) => void): () => void;

  /** Loads the city's vector base (`base.json`), sun place and labels. */
  setCity(city: CityId, baseUrl: string): Promise<void>;
  setLook(look: CityLook, uiTheme: "night" | "day"): void;
  setTheme(theme: CityTheme | null): void;
  /** Buildings of the city that are pale or not there; null shows all as they are. In the next frame, whatever is loaded. */
  filterBuildings(filter: BuildingFilter | null): void;
  /** Local hour 0-24 at the city. */
  setHour(hour: number): void;
  /** Rejects with a TwinError `basemap.*`; the old base map stays then. */
  setBasemap(basemap: Basemap, secrets: BasemapSecrets): Promise<void>;

  /** Resolves when the camera has arrived; rejects with AbortError when another flight or the user takes over. `durationS` 0 cuts, null eases by distance. */
  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void>;
  cameraPose(): CameraPose;
  /** Scales the distance to the ground at the centre of the view by `factor`, eased; below 1 comes closer. */
  zoom(factor: number): Promise<void>;
  /** Turns around the point at the centre of the view until north is up, keeping pitch and range. */
  turnNorth(): Promise<void>;

  /** Rejects with TwinError `tileset.*` (not-found, not-json, not-a-tileset, unsupported-version, cors). */
  addTileset(request: TilesetRequest, signal?: AbortSignal): Promise<TilesetFacts>;
  removeTileset(id: string): void;
  /** Resolves when all tiles of it that the view wants have been drawn, or there is nothing to wait for: hidden, gone, failed. */
  whenTilesetDrawn(id: string): Promise<void>;
  /** Puts a tileset elsewhere at once, as `addTileset` would have. */
  placeTileset(id: string, placement: Pick<TilesetRequest, "lift" | "place">): void;
  showTileset(id: string, visible: boolean): void;
  /** Bytes that the tiles of all tilesets together may hold; detail is lowered before it is passed. */
  setTileMemory(bytes: number): void;
  setTilesetOpacity(id: string, opacity: number): void;
  zoomToTileset(id: string, durationS: number | null): Promise<void>;
  /** Hides features of a model tileset whose `storey` property is in the list. */
  hideStoreys(id: string, storeyIndexes: readonly number[]): void;
  /** What of a model's elements is hidden, faint, coloured, and chosen together (besides `highlight`). */
  setElements(id: string, paint: ElementPaint | null, selected: Rows): void;
  /** Cuts a model's tileset: what any plane's normal points to is not drawn. Model frame; cut faces stay open. */
  setSections(id: string, planes: readonly SectionPlane[]): void;
  /** Cuts the city's own buildings out where a model stands: a ring of lon, lat pairs (deg); null removes the cut. */
  setFootprintCut(id: string, ring: readonly (readonly [number, number])[] | null): void;

  /** Resolves when all of it is in the scene; the main thread never works on it for more than a few milliseconds at once. */
  addData(request: DataRequest): Promise<void>;
  removeData(id: string): void;
  showData(id: string, visible: boolean): void;
  setDataOpacity(id: string, opacity: number): void;
  zoomToData(id: string, durationS: number | null): Promise<void>;

  /** Again with the same id changes its service or moment. Rejects with TwinError `map.*` or `basemap.*`; what was there stays. */
  addMap(request: MapRequest, secrets: BasemapSecrets): Promise<void>;
  removeMap(id: string): void;
  showMap(id: string, visible: boolean): void;
  setMapOpacity(id: string, opacity: number): void;
  /** Maps and what lies of data on the ground, the lowest first; those left out stay below. */
  orderGround(ids: readonly string[]): void;

  highlight(target: CityHighlight): void;

  /** Interleaved longitudeDeg, latitudeDeg, height above ground; row = position. Replaces what was there. */
  setSensors(positions: Float64Array, kinds: Uint8Array): void;
  updateSensors(update: SensorUpdate): void;
  setWarnings(warnings: readonly Warning[]): void;
  showOverlay(overlay: "sensors" | "warnings" | "water", visible: boolean): void;
  /** Interleaved longitudeDeg, latitudeDeg, depth; null takes the water away. */
  setWater(
    mesh: {
      readonly vertices: Float64Array;
      readonly indices: Uint32Array;
      readonly maxDepth: number;
    } | null,
  ): void;

  /** Ground point under canvas pixel, for placing a model. */
  groundAt(x: number, y: number): PlaceDeg | null;
  /** Ghost outline that follows the pointer while a model is placed; null removes it. Half sizes in metres. */
  setPlacementGhost(
    ghost: {
      readonly place: PlaceDeg;
      readonly headingDeg: number;
      readonly halfEast: number;
      readonly halfNorth: number;
      readonly height: number;
    } | null,
  ): void;

  /** Outlines of where a model stands and might stand. */
  setPlaceOutlines(outlines: readonly PlaceOutline[]): void;

  /** Tiles and globe have settled: three quiet frames. */
  whenIdle(timeoutMs?: number): Promise<void>;
  /** JPEG/PNG data URL of the current frame with nothing but the scene. */
  snapshot(): string;
  /** Counters for leak tests and the about panel. */
  stats(): Readonly<Record<string, number>>;
  dispose(): void;
}
