import type { PlaceDeg } from "../domain/pose.ts";
import type { RoadRoute, Unit, Zone, ZoneKind } from "../domain/response.ts";
import type { SensorMoves } from "../domain/risk.ts";
import type { HeatScale, SensorDisplayMode } from "../domain/sensor-display.ts";
import type { StormTrack } from "../domain/storm-track.ts";

/** Numbers of warned sensors by level: index 0 red to 3 blue. */
export type LevelSplit = readonly [number, number, number, number];

/** What a click on live things hit. */
export type LivePick =
  | {
      readonly kind: "cluster";
      readonly count: number;
      readonly split: LevelSplit;
      /** The worst one's row; the mark stands at its place. */
      readonly worstRow: number;
      readonly center: PlaceDeg;
      /** Metres from the centre to the farthest member; 0 when all are at one place. */
      readonly radius: number;
    }
  | {
      readonly kind: "hexagon";
      readonly count: number;
      readonly split: LevelSplit;
      readonly silent: number;
      readonly center: PlaceDeg;
      readonly radius: number;
    }
  | { readonly kind: "unit"; readonly unitId: string }
  | { readonly kind: "zone"; readonly zoneId: string }
  | { readonly kind: "storm"; readonly stormId: string; readonly point: number };

export interface SensorDisplayRequest {
  readonly mode: SensorDisplayMode;
  /** Code of the kind as given to `setSensors`; null is every kind. */
  readonly kind: number | null;
  /** Needed by `heat`; without it a heat map is empty. */
  readonly scale: HeatScale | null;
  /** Height of hexagon columns. */
  readonly measure: "count" | "level";
}

/** A zone while it is drawn. Ring of lon, lat pairs in degrees, open; `pointer` is the corner that a click would add. */
export interface ZoneDraft {
  readonly kind: ZoneKind;
  readonly ring: readonly (readonly [number, number])[];
  readonly pointer: readonly [number, number] | null;
  /** The outline would cross itself: drawn so that it is seen. */
  readonly isCrossed: boolean;
}

/** Verbs about what is live; part of `CityView`. */
export interface LiveCity {
  setSensorDisplay(display: SensorDisplayRequest): void;
  /** Sensors go where they are now, eased from where they were; those that move leave a trail. */
  moveSensors(moves: SensorMoves): void;
  /** 1 for each row whose newest observation is too old: it is drawn hollow. As long as the sensors. */
  setStaleSensors(stale: Uint8Array): void;
  /** All units; those that changed place go there. */
  setUnits(units: readonly Unit[]): void;
  /** Ways along roads; that of `chosenUnitId` is drawn strong. */
  setRoutes(routes: readonly RoadRoute[], chosenUnitId: string | null): void;
  setZones(zones: readonly Zone[]): void;
  /** What is being drawn; null ends it. */
  setDraft(draft: ZoneDraft | null): void;
  /** Ways of tropical cyclones. `nowMs` parts what was from what is forecast. */
  setTracks(tracks: readonly StormTrack[], nowMs: number): void;
}
