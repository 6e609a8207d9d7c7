import type { MeasureKind, ModelPoint } from "../domain/reading/measure.ts";
import type { ElementPaint, VoidKind } from "../domain/reading/model-reading.ts";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import type { ViewCamera } from "../domain/reading/viewpoint.ts";

export type BimViewEvents = {
  /** The element that was clicked; nulls for a click beside the building. */
  clicked: {
    readonly globalId: string | null;
    readonly row: number | null;
    /** Ctrl, Cmd or Shift was held: adds to what is chosen. */
    readonly isAdding: boolean;
  };
  /** The element under the pointer, CSS pixels of the canvas; null beside the building and while measuring. */
  hovered: { readonly row: number; readonly x: number; readonly y: number } | null;
  /** How many tiles memory has no room for, when that changes: the view is at rest without them. */
  starved: { readonly tiles: number };
  /** A click while measuring. */
  measured: { readonly point: ModelPoint };
};

/** A measure as it is drawn. */
export interface MeasureMark {
  readonly points: readonly ModelPoint[];
  readonly isClosed: boolean;
  /** Its figure with unit, plain text; empty for none. */
  readonly label: string;
}

/** A room's name, written in the middle of its box: model frame, metres. */
export interface RoomName {
  readonly name: string;
  readonly min: ModelPoint;
  readonly max: ModelPoint;
}

/** The three.js close-up of one model: the same tiles as in the city. Frame: model ENU metres, z up in arguments. */
export interface BimView {
  on<K extends keyof BimViewEvents>(event: K, fn: (payload: BimViewEvents[K]) => void): () => void;
  /** Shows the model; resolves when the first tiles are drawn. Sections, paint and marks of the last model are gone. */
  open(modelId: string, readTile: (path: string) => Promise<ArrayBuffer>): Promise<void>;
  close(): void;
  /** Rows of the model's elements to emphasise. */
  select(rows: ArrayLike<number>): void;
  /** Rows of storeys to hide (the `storey` property). */
  hideStoreys(storeyIndexes: readonly number[]): void;
  /** What is hidden, faint and coloured; null draws the model as it is. */
  setElements(paint: ElementPaint | null): void;
  /** Spaces and openings that are drawn too, faintly; they are picked like elements, and never capped by a section. */
  showVoids(kinds: readonly VoidKind[]): void;
  setSections(planes: readonly SectionPlane[]): void;
  /** Metres up by storey index; none puts all back. */
  explode(lifts: ArrayLike<number>): void;
  /** Straight from above, without perspective, north up, turning off; false brings perspective and turning back. */
  setPlan(isPlan: boolean): void;
  /**
   * On foot from the floor under the middle of the picture, not through walls: keys and drags of the canvas walk, turn and look round; a
   * double click goes there. `passable`: rows that are walked through (doors). Null brings turning about the model back.
   */
  setWalking(passable: ReadonlySet<number> | null): void;
  /** While measuring, clicks give points instead of elements, drawn to vertices and edges near by. */
  setMeasuring(kind: MeasureKind | null): void;
  setMeasures(marks: readonly MeasureMark[]): void;
  /** Names to be written as on a plan; meant for looking straight down. */
  setRoomNames(names: readonly RoomName[]): void;
  camera(): ViewCamera;
  /** Flies there; a camera without perspective cuts. */
  setCamera(camera: ViewCamera): void;
  /** Bytes that the tiles may hold; beyond, what is farthest stays coarse or away. */
  setTileMemory(bytes: number): void;
  setTheme(theme: "night" | "day"): void;
  zoomToFit(): void;
  /** Flies to elements; nothing happens when none of them is loaded. */
  zoomToRows(rows: ArrayLike<number>): void;
  /** PNG of the view as it is, at most `widthPx` wide. */
  snapshot(widthPx: number): Promise<Blob>;
  whenIdle(timeoutMs?: number): Promise<void>;
  stats(): Readonly<Record<string, number>>;
  dispose(): void;
}
