import Pbf from "pbf";

export interface Entity {
  readonly id: string;
  readonly isDeleted?: boolean;
  readonly vehicle?: Partial<VehicleParts>;
  readonly vehicleAsNumber?: number;
  readonly tripUpdate?: boolean;
  readonly alert?: boolean;
}

interface VehicleParts {
  readonly lat: number;
  readonly lon: number;
  readonly bearing: number;
  readonly speed: number;
  readonly vehicleId: string;
  readonly label: string;
  readonly route: string;
  readonly timeS: number;
  /** Coordinates in another wire type than the specification's. */
  readonly asDouble: boolean;
}

export const vehicle = (id: string, parts: Partial<VehicleParts>): Entity => ({ id, vehicle: parts });

/** A FeedMessage as gtfs-realtime.proto of version 2.0 writes it; without a header when that is null. */
export function feedMessage(
  header: { readonly timestampS?: number; readonly isDifferential?: boolean } | null,
  entities: readonly Entity[],
): Uint8Array {
  const pbf = new Pbf();
  if (header)
    pbf.writeMessage(
      1,
      (_: null, one: Pbf) => {
        one.writeStringField(1, "2.0");
        one.writeVarintField(2, header.isDifferential ? 1 : 0);
        if (header.timestampS !== undefined) one.writeVarintField(3, header.timestampS);
      },
      null,
    );
  for (const entity of entities) pbf.writeMessage(2, writeEntity, entity);
  return pbf.finish().slice();
}

function writeEntity(entity: Entity, pbf: Pbf): void {
  pbf.writeStringField(1, entity.id);
  if (entity.isDeleted) pbf.writeBooleanField(2, true);
  if (entity.tripUpdate) pbf.writeMessage(3, (_: null, one: Pbf) => one.writeStringField(1, "trip"), null);
  if (entity.vehicle) pbf.writeMessage(4, writeVehicle, entity.vehicle);
  if (entity.vehicleAsNumber !== undefined) pbf.writeVarintField(4, entity.vehicleAsNumber);
  if (entity.alert) pbf.writeMessage(5, (_: null, one: Pbf) => one.writeVarintField(6, 1), null);
}

function writeVehicle(parts: Partial<VehicleParts>, pbf: Pbf): void {
  if (parts.route !== undefined)
    pbf.writeMessage(
      1,
      (route: string, one: Pbf) => {
        one.writeStringField(1, "trip-1");
        one.writeStringField(5, route);
      },
      parts.route,
    );
  if (parts.lat !== undefined) pbf.writeMessage(2, writePlace, parts);
  if (parts.timeS !== undefined) pbf.writeVarintField(5, parts.timeS);
  if (parts.vehicleId !== undefined || parts.label !== undefined)
    pbf.writeMessage(
      8,
      (own: Partial<VehicleParts>, one: Pbf) => {
        if (own.vehicleId !== undefined) one.writeStringField(1, own.vehicleId);
        if (own.label !== undefined) one.writeStringField(2, own.label);
      },
      parts,
    );
}

function writePlace({ lat = 0, lon = 0, bearing, speed, asDouble }: Partial<VehicleParts>, pbf: Pbf): void {
  const write = asDouble ? pbf.writeDoubleField.bind(pbf) : pbf.writeFloatField.bind(pbf);
  write(1, lat);
  write(2, lon);
  if (bearing !== undefined) pbf.writeFloatField(3, bearing);
  if (speed !== undefined) pbf.writeFloatField(5, speed);
}
