import type { IfcModel, ModelEntry, SpaceBox, SpatialNode } from "../domain/model.ts";
import type { Sensor } from "../domain/risk.ts";
import type { AffectedBuilding } from "../domain/scenario.ts";
import type { SensorNeighbour, SensorRoom, SensorSurroundings } from "../domain/sensor-surroundings.ts";
import { createLocalPlane, distanceM } from "../geo/local-plane.ts";
import { pointInRing } from "../geo/polygon.ts";
import { footprintRing, placeOfModel, type UserPlace } from "./model-placement.ts";
import type { SensorDesk } from "./sensor-desk.ts";

const NEIGHBOURS = 5;

interface Sources {
  readonly desk: Pick<SensorDesk, "sensors" | "values" | "levels" | "timesMs" | "rowOf">;
  readonly models: readonly ModelEntry[];
  readonly placeOf: (modelId: string) => UserPlace | null;
  readonly readModel: (modelId: string) => Promise<IfcModel>;
  readonly buildingAt: (place: Sensor) => Promise<AffectedBuilding | null>;
}

/** Null when there is no such sensor. What cannot be looked up is left out, never guessed. */
export async function surroundingsOf(sensorId: string, sources: Sources): Promise<SensorSurroundings | null> {
  const { desk, buildingAt } = sources;
  const row = desk.rowOf(sensorId);
  const sensor = desk.sensors[row];
  if (!sensor) return null;
  const [building, room] = await Promise.all([
    buildingAt(sensor).catch(() => null),
    roomOf(sensor, sources).catch(() => null),
  ]);
  return { neighbours: neighboursOf(sensor, desk), building, room };
}

function neighboursOf(
  sensor: Sensor,
  { sensors, values, levels, timesMs }: Sources["desk"],
): readonly SensorNeighbour[] {
  const near: { row: number; distance: number }[] = [];
  for (const [row, other] of sensors.entries()) {
    if (other.kind !== sensor.kind || other.id === sensor.id) continue;
    const distance = distanceM(
      sensor.longitudeDeg,
      sensor.latitudeDeg,
      other.longitudeDeg,
      other.latitudeDeg,
    );
    const place = near.findIndex((one) => distance < one.distance);
    if (place < 0 && near.length >= NEIGHBOURS) continue;
    near.splice(place < 0 ? near.length : place, 0, { row, distance });
    near.length = Math.min(near.length, NEIGHBOURS);
  }
  return near.map(({ row, distance }) => ({
    id: sensors[row]!.id,
    name: sensors[row]!.name,
    value: timesMs[row]! > 0 && Number.isFinite(values[row]!) ? values[row]! : null,
    level: levels[row]!,
    distance: Math.round(distance),
  }));
}

async function roomOf(sensor: Sensor, { models, readModel, placeOf }: Sources): Promise<SensorRoom | null> {
  for (const entry of models) {
    const model = await readModel(entry.id);
    const found = sensor.ifcGlobalId === undefined ? null : roomById(entry, model, sensor.ifcGlobalId);
    const place = placeOfModel(entry.georeference, placeOf(entry.id));
    const room = found ?? spaceAround(entry, model, sensor, place) ?? storeyByHeight(entry, sensor, place);
    if (room !== null) return room;
  }
  return null;
}

/** The element or space of that GlobalId, with the space that contains it. */
export function roomById(
  entry: Pick<ModelEntry, "id" | "name">,
  { spatialTree, elements, storeys }: Pick<IfcModel, "spatialTree" | "elements" | "storeys">,
  globalId: string,
): SensorRoom | null {
  const row = elements.globalId.indexOf(globalId);
  const path = pathTo(
    spatialTree,
    (node) => node.globalId === globalId || (row >= 0 && node.elements.includes(row)),
  );
  if (path === null && row < 0) return null;
  const space = path?.findLast((node) => node.class === "IfcSpace");
  const storey =
    path?.find((node) => node.class === "IfcBuildingStorey") ?? storeys[elements.storey[row] ?? -1];
  return {
    modelId: entry.id,
    modelName: entry.name,
    elementId: row >= 0 ? globalId : null,
    storeyId: storey?.globalId ?? null,
    storey: storey?.name ?? "",
    room: space?.name ?? "",
  };
}

function pathTo(node: SpatialNode, isIt: (node: SpatialNode) => boolean): SpatialNode[] | null {
  if (isIt(node)) return [node];
  for (const child of node.children) {
    const below = pathTo(child, isIt);
    if (below !== null) return [node, ...below];
  }
  return null;
}

/** A sensor on the ceiling or in the floor counts to the room. */
const WITHIN_M = 0.3;

/** The space in whose box a sensor is; of several, the smallest one. */
export function spaceAround(
  entry: Pick<ModelEntry, "id" | "name">,
  { spatialTree }: Pick<IfcModel, "spatialTree">,
  sensor: Pick<Sensor, "longitudeDeg" | "latitudeDeg" | "height">,
  place: UserPlace | null,
): SensorRoom | null {
  if (place === null) return null;
  const [east, north] = inModelFrame(sensor, place);
  let best: { node: SpatialNode; storey: SpatialNode | null; area: number } | null = null;
  const visit = (node: SpatialNode, storey: SpatialNode | null): void => {
    const within = node.class === "IfcBuildingStorey" ? node : storey;
    const { space } = node;
    if (space && isAround(space, east, north, sensor.height)) {
      const area = Math.abs(ringAreaOf(space.ring));
      if (best === null || area < best.area) best = { node, storey: within, area };
    }
    for (const child of node.children) visit(child, within);
  };
  visit(spatialTree, null);
  const found = best as { node: SpatialNode; storey: SpatialNode | null } | null;
  if (found === null) return null;
  return {
    modelId: entry.id,
    modelName: entry.name,
    elementId: null,
    storeyId: found.storey?.globalId ?? null,
    storey: found.storey?.name ?? "",
    room: found.node.name,
  };
}

function isAround({ ring, bottom, top }: SpaceBox, east: number, north: number, up: number): boolean {
  return up >= bottom - WITHIN_M && up <= top + WITHIN_M && pointInRing(east, north, ring);
}

/** Metres east and north in the frame of a model that stands at a place. */
function inModelFrame(
  { longitudeDeg, latitudeDeg }: Pick<Sensor, "longitudeDeg" | "latitudeDeg">,
  place: UserPlace,
): readonly [number, number] {
  const plane = createLocalPlane(place.longitudeDeg, place.latitudeDeg);
  const [e, n] = [plane.east(longitudeDeg), plane.north(latitudeDeg)];
  const heading = (place.headingDeg * Math.PI) / 180;
  return [e * Math.cos(heading) - n * Math.sin(heading), e * Math.sin(heading) + n * Math.cos(heading)];
}

/** Square metres of a ring in metres (shoelace). */
function ringAreaOf(ring: SpaceBox["ring"]): number {
  return (
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length]!;
      return sum + x * nextY - nextX * y;
    }, 0) / 2
  );
}

/** The highest storey that is not above a sensor that stands over the model's footprint. */
function storeyByHeight(entry: ModelEntry, sensor: Sensor, place: UserPlace | null): SensorRoom | null {
  const ring = place && footprintRing(entry.box, place);
  if (!ring || !pointInRing(sensor.longitudeDeg, sensor.latitudeDeg, ring)) return null;
  const below = entry.storeys.filter(({ elevation }) => elevation <= sensor.height + 0.01);
  const storey = below.reduce<(typeof below)[number] | null>(
    (best, one) => (best === null || one.elevation > best.elevation ? one : best),
    null,
  );
  if (storey === null) return null;
  return {
    modelId: entry.id,
    modelName: entry.name,
    elementId: null,
    storeyId: storey.globalId,
    storey: storey.name,
    room: "",
  };
}
