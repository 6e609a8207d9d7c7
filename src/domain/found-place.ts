import type { LocalText } from "./provenance.ts";

export type PlaceKind =
  | "division"
  | "landmark"
  | "station"
  | "road"
  | "park"
  | "water"
  | "facility"
  | "building";

/** A place that was found by its name. */
export interface FoundPlace {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly name: LocalText;
  /** What tells it from others of the name: a line, a code, a district. */
  readonly note: LocalText;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres across, for the distance to look from. */
  readonly size: number;
}
