import type { IncidentCommand } from "../domain/incident.ts";
import type { Basemap } from "../domain/layer.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import type { ElementColouring } from "../domain/reading/model-reading.ts";
import type { Selection } from "../domain/selection.ts";
import type { CommandArguments } from "./schemas.ts";

/**
 * What commands need of the outside and stores alone cannot do. Implemented in wiring/, handed in by app/, so that the
 * catalogue itself stays free of engines and workers. Promises settle when the effect is done.
 */
export interface CommandPorts extends ReadingPorts {
  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void>;
  turnNorth(): Promise<void>;
  /** Scales the distance to what is at the centre of the view. */
  zoom(factor: number): Promise<void>;
  addTileset(url: string, name: string | null): Promise<void>;
  removeLayer(id: string): void;
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
  /** Logs a change; resolves when it is on the disk and in the store. Rejects with `incident.*`; then nothing has changed. */
  changeIncident(command: IncidentCommand): Promise<void>;
  /** Shows an incident and counts whom it concerns; null lets go of it. Rejects with `incident.unknown`. */
  chooseIncident(id: string | null): Promise<void>;
  /** The present view as a query, as in the address. */
  presentView(): Promise<string>;
  /** Brings back a view that was kept. */
  showView(query: string): Promise<void>;
  exportAffected(id: string, format: "csv" | "geojson"): Promise<void>;
  playStory(id: string): Promise<void>;
  storyVerb(verb: "pause" | "resume" | "stop" | "next" | "previous"): void;
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
