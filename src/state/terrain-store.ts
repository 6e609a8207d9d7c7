import {
  PLAIN_RELIEF,
  type ReliefDisplay,
  type TerrainProfile,
  type TerrainRange,
} from "../domain/terrain.ts";
import { createTwinStore } from "./create-store.ts";

export interface TerrainState {
  /** `demo` follows the city; else the address of a terrain; null is the bare ellipsoid. */
  readonly source: string | null;
  readonly range: TerrainRange | null;
  readonly display: ReliefDisplay;
  /** Corners of the line that is being drawn; null while none is. */
  readonly drawing: readonly (readonly [number, number])[] | null;
  readonly profile: TerrainProfile | null;
  /** Sample of the profile under the pointer. */
  readonly hovered: number | null;
}

export function createTerrainStore() {
  return createTwinStore<TerrainState>(
    "terrain",
    { source: null, range: null, display: PLAIN_RELIEF, drawing: null, profile: null, hovered: null },
    { source: "url", range: "none", display: "url", drawing: "none", profile: "none", hovered: "none" },
  );
}
