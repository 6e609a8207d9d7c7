import type { LocalText } from "./provenance.ts";
import type { AffectedBuilding } from "./scenario.ts";

/** What is round a sensor: others of its kind, the building, and the room of a building model. */
export interface SensorSurroundings {
  /** The five nearest of the same kind, nearest first. */
  readonly neighbours: readonly SensorNeighbour[];
  readonly building: AffectedBuilding | null;
  readonly room: SensorRoom | null;
}

export interface SensorNeighbour {
  readonly id: string;
  readonly name: LocalText;
  /** Null when nothing was heard of it. */
  readonly value: number | null;
  readonly level: number;
  /** Metres. */
  readonly distance: number;
}

/** Where a sensor is in an opened model: by its GlobalId, else by its height over the storeys. */
export interface SensorRoom {
  readonly modelId: string;
  readonly modelName: string;
  /** GlobalId of the element that the sensor is; null when only the storey is known, or it names a space. */
  readonly elementId: string | null;
  readonly storeyId: string | null;
  readonly storey: string;
  /** Name of its IfcSpace; empty when that is not known. */
  readonly room: string;
}
