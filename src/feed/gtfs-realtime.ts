import Pbf from "pbf";
import { TwinError } from "../base/errors.ts";

/** What of a GTFS-realtime FeedMessage is used (gtfs.org/documentation/realtime/reference, version 2.0). */
export interface VehicleFeed {
  readonly version: string;
  /** All vehicles that there are, rather than those that changed. */
  readonly isFull: boolean;
  /** Epoch ms; null when the header names no time. */
  readonly timeMs: number | null;
  readonly vehicles: readonly VehicleRecord[];
  /** Entities that are no vehicles: trip updates, alerts, deleted ones. */
  readonly others: number;
  /** Entities that were left out, one English sentence each. */
  readonly issues: readonly string[];
}

export interface VehicleRecord {
  readonly entityId: string;
  /** Ids and label of the vehicle itself; empty when it names none. */
  readonly vehicleId: string;
  readonly label: string;
  readonly routeId: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** From north clockwise; NaN when it is not given. */
  readonly bearingDeg: number;
  /** m/s; NaN when it is not given. */
  readonly speed: number;
  readonly timeMs: number | null;
}

const MAX_ENTITIES = 200_000;
const MAX_TEXT = 200;
/** Wire types: https://protobuf.dev/programming-guides/encoding/ */
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** Reads a FeedMessage entity by entity: one that is broken inside is an issue. Throws TwinError `feed.gtfs` when there is no header. */
export function decodeVehicles(payload: Uint8Array): VehicleFeed {
  const pbf = new Pbf(payload);
  // `dataView` of the library begins at the buffer's own start, not at that of the view
  if (payload.byteOffset !== 0) return decodeVehicles(payload.slice());
  let header: Header | null = null;
  const vehicles: VehicleRecord[] = [];
  const issues: string[] = [];
  let others = 0;
  for (let n = 0; pbf.pos < pbf.length; ) {
    const field = nextField(pbf, pbf.length);
    if (field === null) {
      issues.push(`after entity ${n} the message ends in the middle of a field`);
      break;
    }
    if (field.tag === 1 && field.type === BYTES) header = guarded(() => readHeader(pbf, field.end));
    if (field.tag === 2 && field.type === BYTES) {
      const entity = guarded(() => readEntity(pbf, field.end)) ?? "is broken inside";
      if (typeof entity === "string") issues.push(`entity ${n} ${entity}`);
      else if (entity.vehicle === null) others++;
      else vehicles.push(entity.vehicle);
      if (++n >= MAX_ENTITIES) {
        issues.push(`there are more than ${MAX_ENTITIES} entities`);
        break;
      }
    }
    pbf.pos = field.end;
  }
  if (header === null) throw invalid("the header", "there");
  return { ...header, vehicles, others, issues };
}

interface Field {
  readonly tag: number;
  readonly type: number;
  /** Where the field's content ends; it begins at the reader's position. */
  readonly end: number;
}

/** Steps over a field's key, and over the length where it has one; null when the field does not end within `end`. */
function nextField(pbf: Pbf, end: number): Field | null {
  return guarded(() => stepInto(pbf, end));
}

function stepInto(pbf: Pbf, end: number): Field | null {
  const key = pbf.readVarint();
  const [tag, type] = [key >>> 3, key & 7];
  const start = pbf.pos;
  if (start > end || tag === 0) return null;
  let after: number;
  if (type === BYTES) after = pbf.readVarint() + pbf.pos;
  else if (type === FIXED32) after = start + 4;
  else if (type === 1) after = start + 8;
  else if (type === VARINT) {
    after = start;
    while (after < end && pbf.buf[after]! > 0x7f) after++;
    after++;
  } else return null;
  return after <= end && after >= start ? { tag, type, end: after } : null;
}

/** Calls back with each field of a message; throws when the message does not end where it should. */
function eachField(pbf: Pbf, end: number, read: (field: Field) => void): void {
  while (pbf.pos < end) {
    const field = nextField(pbf, end);
    if (field === null) throw invalid("a message", "whole");
    read(field);
    pbf.pos = field.end;
  }
}

type Header = Pick<VehicleFeed, "version" | "isFull" | "timeMs">;

function readHeader(pbf: Pbf, end: number): Header {
  let [version, isFull, timeMs] = ["", true, null as number | null];
  eachField(pbf, end, (field) => {
    if (field.tag === 1 && field.type === BYTES) version = textOf(pbf, field.end);
    if (field.tag === 2 && field.type === VARINT) isFull = pbf.readVarint() === 0;
    if (field.tag === 3 && field.type === VARINT) timeMs = secondsOf(pbf);
  });
  return { version, isFull, timeMs };
}

function readEntity(pbf: Pbf, end: number): { readonly vehicle: VehicleRecord | null } | string {
  let entityId = "";
  let isDeleted = false;
  let vehicle: Omit<VehicleRecord, "entityId"> | string | null = null;
  eachField(pbf, end, (field) => {
    if (field.tag === 1 && field.type === BYTES) entityId = textOf(pbf, field.end);
    if (field.tag === 2 && field.type === VARINT) isDeleted = pbf.readVarint() !== 0;
    if (field.tag === 4)
      vehicle = field.type === BYTES ? readVehicle(pbf, field.end) : "has a vehicle of the wrong type";
  });
  if (entityId === "") return "has no id";
  if (typeof vehicle === "string") return `${entityId} ${vehicle as string}`;
  return {
    vehicle:
      isDeleted || vehicle === null ? null : { ...(vehicle as Omit<VehicleRecord, "entityId">), entityId },
  };
}

/** VehiclePosition: trip 1, position 2, timestamp 5, vehicle 8. */
function readVehicle(pbf: Pbf, end: number): Omit<VehicleRecord, "entityId"> | string {
  let place: Place | null = null;
  let routeId = "";
  let timeMs: number | null = null;
  const own = { vehicleId: "", label: "" };
  eachField(pbf, end, (field) => {
    if (field.type === VARINT && field.tag === 5) timeMs = secondsOf(pbf);
    if (field.type !== BYTES) return;
    if (field.tag === 1)
      eachField(pbf, field.end, (inner) => {
        if (inner.tag === 5 && inner.type === BYTES) routeId = textOf(pbf, inner.end);
      });
    if (field.tag === 2) place = readPlace(pbf, field.end);
    if (field.tag === 8)
      eachField(pbf, field.end, (inner) => {
        if (inner.type !== BYTES) return;
        if (inner.tag === 1) own.vehicleId = textOf(pbf, inner.end);
        if (inner.tag === 2) own.label = textOf(pbf, inner.end);
      });
  });
  if (place === null) return "has no position";
  const { longitudeDeg, latitudeDeg } = place as Place;
  if (!(Math.abs(longitudeDeg) <= 180 && Math.abs(latitudeDeg) <= 90))
    return "lies outside the Earth's longitudes and latitudes";
  return { ...(place as Place), ...own, routeId, timeMs };
}

type Place = Pick<VehicleRecord, "longitudeDeg" | "latitudeDeg" | "bearingDeg" | "speed">;

/** Position: latitude 1, longitude 2, bearing 3, speed 5, all float. */
function readPlace(pbf: Pbf, end: number): Place {
  const at = { longitudeDeg: Number.NaN, latitudeDeg: Number.NaN, bearingDeg: Number.NaN, speed: Number.NaN };
  eachField(pbf, end, ({ tag, type }) => {
    if (type !== FIXED32) return;
    if (tag === 1) at.latitudeDeg = pbf.readFloat();
    if (tag === 2) at.longitudeDeg = pbf.readFloat();
    if (tag === 3) at.bearingDeg = pbf.readFloat();
    if (tag === 5) at.speed = pbf.readFloat();
  });
  return {
    ...at,
    bearingDeg: at.bearingDeg >= 0 && at.bearingDeg <= 360 ? at.bearingDeg % 360 : Number.NaN,
    speed: at.speed >= 0 && at.speed < 200 ? at.speed : Number.NaN,
  };
}

/** Epoch ms of a POSIX time in seconds; 0 is "not given". */
function secondsOf(pbf: Pbf): number | null {
  const seconds = pbf.readVarint();
  return seconds > 0 && seconds < 1e11 ? seconds * 1000 : null;
}

function textOf(pbf: Pbf, end: number): string {
  return new TextDecoder().decode(pbf.buf.subarray(pbf.pos, end)).slice(0, MAX_TEXT);
}

/** Null for what throws: the reader steps on to where the field ends. */
function guarded<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function invalid(place: string, expected: string): TwinError {
  return new TwinError("feed.gtfs", `GTFS-realtime: ${place} should be ${expected}.`, { place, expected });
}
