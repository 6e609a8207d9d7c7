import type { CapDraft } from "../domain/cap-message.ts";
import type { IncidentCommand } from "../domain/incident.ts";
import type { Basemap } from "../domain/layer.ts";
import type { MapService } from "../domain/map-service.ts";
import type { PlaceMove } from "../domain/model-place.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import type { ElementColouring } from "../domain/reading/model-reading.ts";
import type { Zone } from "../domain/response.ts";
import type { Selection } from "../domain/selection.ts";
import type { TableQuery } from "../domain/table.ts";
import type { TerrainProfile } from "../domain/terrain.ts";
import type { CommandArguments } from "./schemas.ts";

/** What to issue for an incident, to which outlets (all when absent). Whether it is an alert or an update follows from what is in force. */
export interface CapOrder {
  readonly incidentId: string;
  readonly draft: CapDraft;
  readonly outlets?: readonly string[] | undefined;
  readonly note?: string | undefined;
}

/** Who carries out an order to a unit. */
export type OrderTaker = "feed" | "page" | "whatIf";

/**
 * What commands need of the outside and stores alone cannot do. Implemented in wiring/, handed in by app/, so that the
 * catalogue itself stays free of engines and workers. Promises settle when the effect is done.
 */
export interface CommandPorts extends ReadingPorts, PlacePorts, TerrainPorts, MapPorts {
  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void>;
  turnNorth(): Promise<void>;
  /** Scales the distance to what is at the centre of the view. */
  zoom(factor: number): Promise<void>;
  addTileset(url: string, name: string | null): Promise<void>;
  removeLayer(id: string): void;
  /** Opens files that were dropped together, each set by what it holds; one that names no coordinate system is asked for it. Rejects with AbortError on cancel, TwinError `data.*`, `zip.*`. */
  openFiles(sources: readonly string[], reading: { crs: string | null; gcj02: boolean }): Promise<void>;
  chooseFiles(): void;
  /** Reads a layer's file again in another coordinate system; null is the file's own. */
  readLayerAs(id: string, reading: { crs: string | null; gcj02: boolean }): Promise<void>;
  /** Brings back the layer of the user's own that was removed last. */
  restoreLayer(id: string): Promise<void>;
  zoomToLayer(id: string): Promise<void>;
  setBasemap(basemap: Basemap): Promise<void>;
  /** Session-only secret of a base map provider or a feed. */
  setSecret(name: string, value: string | null): void;
  /** Looks up what a selection target is: attributes, place. Throws TwinError `select.unknown`. */
  describe(target: CommandArguments<"select">["target"]): Promise<Selection>;
  zoomToSelection(): Promise<void>;
  /** `source` is a URL, or `file:<n>` for a file the user dropped or chose. Resolves to the model id. */
  openIfc(source: string, name: string | null): Promise<string>;
  openFilePicker(): void;
  cancelJob(id: string): void;
  placeModel(
    id: string,
    place: { longitudeDeg: number; latitudeDeg: number; height: number; headingDeg: number },
  ): Promise<void>;
  removeModel(id: string): Promise<void>;
  zoomToModel(id: string): Promise<void>;
  /** Resolves when the close-up asked for in the model store is on screen. */
  closeUpShown(): Promise<void>;
  openScenario(id: string): Promise<void>;
  closeScenario(): void;
  /** Resolves when the water of that level is on the city; null takes it away. */
  setWaterLevel(level: number | null): Promise<void>;
  /** Flies to a warning's area and lists the buildings inside it. */
  showWarning(id: string): Promise<void>;
  /** Logs a new incident; resolves to its id, or to that of the one that is open from the same source. */
  openIncident(source: CommandArguments<"open-incident">): Promise<string>;
  /** Logs a change by who sits here, or by `actor`; resolves when it is on the disk and in the store. Rejects with `incident.*`; then nothing has changed. */
  changeIncident(command: IncidentCommand, actor?: string): Promise<void>;
  /** Shows an incident and counts whom it concerns; null lets go of it. Rejects with `incident.unknown`. */
  chooseIncident(id: string | null): Promise<void>;
  /** The present view as a query, as in the address, and a small picture of it (a data URL); null where none can be taken. */
  presentView(): Promise<{ readonly query: string; readonly image: string | null }>;
  /** Brings back a view that was kept. */
  showView(query: string): Promise<void>;
  /** Logs a message and sends it on its way. Rejects with `cap.*` or `incident.*`; then nothing went out. */
  issueCap(order: CapOrder): Promise<void>;
  /** Ends the message in force of an incident. */
  cancelCap(incidentId: string, reason: string): Promise<void>;
  /** Tries what was refused or has to wait once more, now. */
  retryCap(): void;
  /** Takes an announcement away, or `all`. */
  dismissAnnouncement(id: string): void;
  /** The browser's own notifications; asks the user, so only from a press. Resolves to what is allowed then. */
  allowNotifications(): Promise<"on" | "denied">;
  exportAffected(id: string, format: "csv" | "geojson"): Promise<void>;
  goLive(): Promise<void>;
  /** Shows the moment; resolves when it stands in the stores and on the map. Rejects with `timeline.empty`. */
  goToTime(timeMs: number): Promise<void>;
  /** `speed`: seconds of the past a second. */
  playTimeline(speed: number): Promise<void>;
  pauseTimeline(): void;
  branchTimeline(): Promise<void>;
  leaveBranch(): Promise<void>;
  exportPackage(incidentId: string | null): Promise<void>;
  /** `source` as of `openIfc`; null lets the user choose a file. Rejects with `package.*`; then nothing has changed. */
  importPackage(source: string | null): Promise<void>;
  closePackage(): Promise<void>;
  /** Tries to connect a feed now, with the secret that was given since. Throws TwinError `feed.unknown`. */
  retryFeed(id: string): Promise<void>;
  /** Sets the clock of the simulation that a feed comes from. Throws TwinError `feed.unknown` or `feed.clock`. */
  setFeedClock(id: string, change: { readonly paused?: boolean; readonly speed?: number }): Promise<void>;
  /**
   * Logs the order, then gives it to whoever moves the unit: `feed` when the source of its reports took it, `page` when this page
   * moves it by simulation, `whatIf` when it is given in one. Rejects with `unit.*`; then nothing has changed.
   */
  dispatchUnit(order: CommandArguments<"dispatch-unit">): Promise<OrderTaker>;
  recallUnit(unitId: string): Promise<OrderTaker>;
  /** Logs a zone, or what it is now, and shows it; resolves when it is on the disk. Rejects with `timeline.past`; then nothing has changed. */
  setZone(zone: Zone): Promise<void>;
  removeZone(id: string): Promise<void>;
  /** Zones of a gas release as an analysis gives them; resolves when they are computed. Rejects with `unit.no-place`. */
  releaseZones(request: CommandArguments<"isolate">): Promise<readonly Zone[]>;
  /** Ways by road from all units to a place. */
  routeUnits(place: { readonly longitudeDeg: number; readonly latitudeDeg: number }): Promise<void>;
  playStory(id: string): Promise<void>;
  storyVerb(verb: "pause" | "resume" | "stop" | "next" | "previous"): void;
}

/** The shape of the ground. */
export interface TerrainPorts {
  /** `demo` is the city's own sample terrain; null is none. Rejects with TwinError `terrain.*`; then nothing has changed. */
  setTerrain(source: string | null): Promise<void>;
  /** Heights along a line of corners, longitude and latitude degrees. */
  measureProfile(line: readonly (readonly [number, number])[]): Promise<TerrainProfile>;
  /** Hands the user the profile as CSV. */
  exportProfile(): void;
}

/** What the one map needs: services, tables, the red-line check. */
export interface MapPorts {
  /** Rejects with `map.*`, `basemap.*` or those of reading a file; the layer then says so itself. Null takes the catalogue's opacity. */
  showCatalogueMap(id: string, visible: boolean, opacity: number | null): Promise<void>;
  /** Rejects as `showCatalogueMap`; the layer list is then as before. */
  addMap(service: MapService, name: string | null, opacity: number): Promise<void>;
  setMapTime(id: string, time: string): Promise<void>;
  /** Rejects with `table.none` for a layer without rows. */
  openTable(id: string, query: TableQuery): Promise<void>;
  /** A filter that cannot be used is told in the table's own state. */
  queryTable(change: Partial<TableQuery>): Promise<void>;
  chartTable(column: string | null): Promise<void>;
  exportTable(format: "csv" | "geojson"): Promise<void>;
  closeTable(): void;
  /** Pales or hides buildings of the city that do not pass; null shows all. Rejects with `table.unknown-column`; then nothing has changed. */
  filterBuildings(filter: string | null, others: "faint" | "hidden"): Promise<void>;
  checkRedLines(): Promise<void>;
  exportRedLines(format: "csv" | "geojson"): Promise<void>;
}

/** What reading a model needs: its property index, its viewpoints, files. Models by id. */
export interface ReadingPorts {
  /** Rejects with TwinError `reading.unknown_property`. */
  colourElements(id: string, property: string): Promise<ElementColouring>;
  /** Writes its course and result into the reading store. */
  searchElements(id: string, query: string): Promise<void>;
  zoomToElements(id: string): Promise<void>;
  saveViewpoint(id: string, title: string): Promise<void>;
  showViewpoint(viewpoint: string): Promise<void>;
  /** Null leaves a title, adds no comment. */
  changeViewpoint(viewpoint: string, title: string | null, comment: string | null): Promise<void>;
  removeViewpoint(viewpoint: string): Promise<void>;
  /** Hands the user a .bcf file. */
  exportBcf(id: string, version: "2.1" | "3.0"): Promise<void>;
  importBcf(id: string, source: string): Promise<void>;
  checkIds(id: string, source: string): Promise<void>;
  chooseReadingFile(id: string, kind: "bcf" | "ids"): void;
}

/** What the place of a model needs: its evidence, the engine, files. Models by id. */
export interface PlacePorts {
  /** Opens the examination of a model, or ends it. */
  examinePlace(id: string | null): Promise<void>;
  /** Rejects with TwinError `place.unknown_candidate`. */
  choosePlace(id: string, candidate: string): Promise<void>;
  lookAtPlace(candidate: string | null): Promise<void>;
  /** Rejects with TwinError `place.none`. */
  movePlace(id: string, move: PlaceMove): Promise<void>;
  undoPlace(id: string): Promise<void>;
  resetPlace(id: string): Promise<void>;
  /** Hands the user a file. Rejects with TwinError `place.none`, `place.no_ifc`, `place.other_ifc`, `crs.*`, `ifc.*`. */
  savePlace(id: string, as: "sidecar" | "ifc", crs: string | null, height: number | null): Promise<void>;
  /** Rejects with TwinError `place.not_a_place`, `place.version`, `place.no_model`. */
  openPlaceFile(source: string): Promise<void>;
}
