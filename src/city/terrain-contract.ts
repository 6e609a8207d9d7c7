import type { ReliefDisplay, TerrainRange } from "../domain/terrain.ts";
import type { ProfileDrawing } from "./profile-overlay.ts";

export type { ProfileDrawing } from "./profile-overlay.ts";

/** Verbs about the shape of the ground; part of `CityView`. */
export interface TerrainCity {
  /** The folder of a terrain (with `layer.json`); null is the bare ellipsoid. Rejects with TwinError `terrain.*`; the old ground stays then. */
  setTerrain(url: string | null): Promise<void>;
  /** How it is drawn; `range` in metres spans the colours of heights. Nothing of it shows without a terrain. */
  setRelief(display: ReliefDisplay, range: TerrainRange | null): void;
  /** Metres above the ellipsoid, NaN where there is no ground. */
  terrainHeights(longitudeDeg: readonly number[], latitudeDeg: readonly number[]): Promise<readonly number[]>;
  /** The line of a profile; null takes it away. */
  setProfileDrawing(drawing: ProfileDrawing | null): void;
}
