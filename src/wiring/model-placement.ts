import type { TilesetRequest } from "../city/contract.ts";
import type { Georeference, IfcModel } from "../domain/model.ts";
import { type ModelPlace, ringOfPlace } from "../domain/model-place.ts";

/** Where the user put a model. */
export type UserPlace = ModelPlace;

/** Above this size the model is a site or a road, not a building: the city under it stays. */
const LARGEST_CUT_M = 250;

/** The model's own origin, or where the user put it. */
export function placeOfModel(georeference: Georeference, userPlace: UserPlace | null): UserPlace | null {
  if (userPlace) return userPlace;
  return georeference.origin ? { ...georeference.origin, headingDeg: 0 } : null;
}

/**
 * Placement arguments of a model's tileset. The globe has no terrain yet, its ground is the ellipsoid: an authored height
 * (above a vertical datum) is taken away again by `lift`, so that level 0 of the model stands on the shown ground.
 */
export function tilesetPlacement(
  georeference: Georeference,
  userPlace: UserPlace | null,
): Pick<TilesetRequest, "lift" | "place"> {
  if (userPlace) return { place: userPlace };
  return { lift: -(georeference.origin?.height ?? 0) };
}

/** The box's footprint as a ring of lon, lat (deg) around which the city's own buildings are cut; null when too large. */
export function footprintRing(
  box: IfcModel["box"],
  place: UserPlace,
): readonly (readonly [number, number])[] | null {
  const [minEast, minNorth] = box.min;
  const [maxEast, maxNorth] = box.max;
  if (maxEast - minEast > LARGEST_CUT_M || maxNorth - minNorth > LARGEST_CUT_M) return null;
  const corners = [
    [minEast, minNorth],
    [maxEast, minNorth],
    [maxEast, maxNorth],
    [minEast, maxNorth],
  ] as const;
  return ringOfPlace(corners, place);
}
