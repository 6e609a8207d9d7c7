import type { GtfsRealtimeFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { decodeVehicles, type VehicleFeed, type VehicleRecord } from "./gtfs-realtime.ts";
import { getBytes, publicUrl } from "./http-get.ts";
import { openPoll } from "./poll-link.ts";
import type { Points } from "./sensorthings.ts";

const ACCEPT = "application/x-protobuf, application/octet-stream";
const KM_PER_H = 3.6;
/** A vehicle that so many answers in a row do not name has gone, even when each of them had bad records. */
const MISSED_ANSWERS = 5;

/** GTFS-realtime vehicle positions, asked for again and again. Vehicles are sensors that move; their value is their speed in km/h. */
export class GtfsRealtimeAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #options: GtfsRealtimeFeedConfig["options"];
  /** Answers since each vehicle was named. */
  readonly #missed = new Map<string, number>();

  constructor(context: HttpContext, options: GtfsRealtimeFeedConfig["options"]) {
    this.#context = context;
    this.#options = options;
  }

  open(events: FeedEvents) {
    const { clock, url } = this.#context;
    return openPoll(clock, this.#options.intervalS, events, async (guarded, signal) => {
      // a page that is no FeedMessage ends the attempt: the feed must not look live
      const feed = decodeVehicles(await getBytes(this.#context, url, ACCEPT, signal));
      guarded.opened(null);
      const points = pointsOf(feed, this.#options.kind);
      guarded.message(publicUrl(url), () => points);
      if (feed.isFull) guarded.message(publicUrl(url), () => ({ kind: "roll", keys: this.#roll(points) }));
    });
  }

  /** Who is there: who is named, and who may be among the records that could not be read. */
  #roll({ sensors, issues }: Points): ReadonlySet<string> {
    const named = new Set(sensors.map(({ key }) => key));
    for (const [key, missed] of this.#missed)
      if (issues.length === 0 || missed + 1 >= MISSED_ANSWERS) this.#missed.delete(key);
      else this.#missed.set(key, missed + 1);
    for (const key of named) this.#missed.set(key, 0);
    return new Set(this.#missed.keys());
  }
}

function pointsOf(feed: VehicleFeed, kind: string): Points {
  const vehicles = new Map<string, VehicleRecord>();
  const issues = [...feed.issues];
  for (const vehicle of feed.vehicles) {
    const key = vehicle.vehicleId || vehicle.entityId;
    if (vehicles.has(key)) issues.push(`entity ${vehicle.entityId} has the vehicle id of an earlier one`);
    else vehicles.set(key, vehicle);
  }
  const timeOf = (vehicle: VehicleRecord): number | null => vehicle.timeMs ?? feed.timeMs;
  return {
    kind: "points",
    sensors: [...vehicles].map(([key, vehicle]) => ({ key, sensor: sensorOf(key, vehicle, kind) })),
    observations: [...vehicles].map(([key, vehicle]) => ({
      key,
      timeMs: timeOf(vehicle),
      value: vehicle.speed * KM_PER_H,
    })),
    moves: [...vehicles].map(([key, vehicle]) => ({
      key,
      timeMs: timeOf(vehicle),
      longitudeDeg: vehicle.longitudeDeg,
      latitudeDeg: vehicle.latitudeDeg,
      height: 0,
      headingDeg: vehicle.bearingDeg,
    })),
    issues,
    isComplete: false,
  };
}

function sensorOf(key: string, vehicle: VehicleRecord, kind: string) {
  const name = [vehicle.routeId, vehicle.label || key].filter(Boolean).join(" · ");
  return {
    id: key,
    datastreamId: -1,
    name: { zh: name, en: name },
    kind,
    unit: "km/h",
    longitudeDeg: vehicle.longitudeDeg,
    latitudeDeg: vehicle.latitudeDeg,
    height: 0,
    isMoving: true,
  } as const;
}
