import { ecefFromEnu, geodeticFromEcef } from "../../geo/ellipsoid.ts";
import { transformPoint } from "../../geo/matrix.ts";
import { createProjection } from "../../geo/projection.ts";
import type { Georeference } from "../model.ts";
import type { PlaceDeg } from "../pose.ts";
import type { ModelPoint } from "./measure.ts";

/** Where a point of the model frame is on the Earth (WGS 84); null for a model without a place of its own. */
export function placeOfPoint({ origin }: Georeference, point: ModelPoint): PlaceDeg | null {
  return origin ? geodeticFromEcef(...transformPoint(ecefFromEnu(origin), point)) : null;
}

/** Map coordinates in the model's own system; null where it names none. Height as in the model frame, above its origin's. */
export function mapPointOf(
  georeference: Georeference,
  point: ModelPoint,
): { readonly crs: string; readonly eastings: number; readonly northings: number } | null {
  const place = placeOfPoint(georeference, point);
  if (!place || !georeference.epsg) return null;
  const crs = `EPSG:${georeference.epsg}`;
  return { crs, ...createProjection(crs).fromGeodetic(place.longitudeDeg, place.latitudeDeg) };
}
