import type { IfcModel, ModelEntry, SpatialNode } from "../domain/model.ts";
import type { AffectedRoom } from "../domain/scenario.ts";
import { distanceM } from "../geo/local-plane.ts";
import { pointInRing, ringCentroid } from "../geo/polygon.ts";
import { footprintRing, placeOfModel, type UserPlace } from "./model-placement.ts";

/** More rooms than anybody reads; the rest of the building is told by its name. */
const MAX_ROOMS = 600;

interface Area {
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
}

/** Rooms of the shown models of which the middle or a corner of the footprint lies in the area. */
export async function roomsInside(
  area: Area,
  models: readonly ModelEntry[],
  placeOf: (id: string) => UserPlace | null,
  readModel: (id: string) => Promise<IfcModel>,
): Promise<readonly AffectedRoom[]> {
  const inside = models.filter(
    (entry) => entry.visible && entry.placement === "placed" && meets(entry, area, placeOf(entry.id)),
  );
  const lists = await Promise.all(inside.map(async (entry) => roomsOf(entry, await readModel(entry.id))));
  return lists.flat().slice(0, MAX_ROOMS);
}

function meets(
  { box, georeference }: ModelEntry,
  { polygons, circles }: Area,
  userPlace: UserPlace | null,
): boolean {
  const place = placeOfModel(georeference, userPlace);
  if (place === null) return false;
  const ring = footprintRing(box, place) ?? [[place.longitudeDeg, place.latitudeDeg] as const];
  const middle = ringCentroid(ring);
  return [...ring, [middle.longitudeDeg, middle.latitudeDeg] as const].some(
    ([lon, lat]) =>
      polygons.some((polygon) => pointInRing(lon, lat, polygon)) ||
      circles.some((circle) => distanceM(lon, lat, circle.longitudeDeg, circle.latitudeDeg) <= circle.radius),
  );
}

/** All IfcSpace of a model with the storey that they are in. */
export function roomsOf(
  entry: Pick<ModelEntry, "id" | "name">,
  model: Pick<IfcModel, "spatialTree">,
): AffectedRoom[] {
  const rooms: AffectedRoom[] = [];
  const visit = (node: SpatialNode, storey: SpatialNode | null): void => {
    if (node.class === "IfcSpace")
      rooms.push({
        modelId: entry.id,
        modelName: entry.name,
        globalId: node.globalId,
        name: node.name,
        storey: storey?.name ?? "",
        storeyId: storey?.globalId ?? null,
      });
    const within = node.class === "IfcBuildingStorey" ? node : storey;
    for (const child of node.children) visit(child, within);
  };
  visit(model.spatialTree, null);
  return rooms;
}
