import { BREATH, type Breath, SLICE_MS } from "./breath.ts";
import type { FeedMoment } from "./feed-moment.ts";
import type { Sensor } from "./risk.ts";
import { stateHash, TextHash } from "./state-hash.ts";
import type { TwinMoment } from "./twin-moment.ts";

const ROWS_AT_ONCE = 500;

/** Hashes of things that never change and are met again at the next moment. */
const known = new WeakMap<object, string>();

/** 1: without places of moving sensors, storm tracks, units, orders and zones, as programs before them said it; 2: all of it. */
export type MomentHashVersion = 1 | 2;

/**
 * Sixteen hex digits of what a moment says: scenario, city, feeds with their sensors, their places, newest readings, warnings, alerts
 * and storm tracks, units with their last orders, zones, and incidents. Its time and the camera do not count, nor does the order in which
 * feeds, warnings and alerts came: equal states are equal. 20 000 sensors take about 2 ms, and 15 to 60 ms when their descriptions are
 * new: `prepareHash` does that in slices beforehand.
 */
export function momentHash(moment: TwinMoment, version: MomentHashVersion = 2): string {
  const { scenario, city, feeds, incidents } = moment;
  const said = {
    scenario,
    city,
    feeds: [...feeds.values()].map((feed) => feedHash(feed, version)).sort(),
    incidents: remembered(incidents),
  };
  if (version === 1) return stateHash(said);
  const { units, orders, zones } = moment;
  return stateHash({
    ...said,
    units: [...units.values()].map(remembered).sort(),
    // when an order was given is told by the log; in a package that begins later it has another time
    orders: [...orders.values()].map(({ atMs: _, ...order }) => stateHash(order)).sort(),
    zones: [...zones.values()].map(remembered).sort(),
  });
}

/** Hashes what is long and new in a moment, with a breath between slices, so that `momentHash` takes little then. */
export async function prepareHash({ feeds }: TwinMoment, breath: Breath = BREATH): Promise<void> {
  for (const { sensors } of feeds.values()) {
    if (known.has(sensors)) continue;
    const hash = new SensorsHash(sensors);
    for (let sliceStart = breath.nowMs(); hash.goOn(ROWS_AT_ONCE); ) {
      if (breath.nowMs() - sliceStart < SLICE_MS) continue;
      await breath.pause();
      sliceStart = breath.nowMs();
    }
    remember(sensors, hash.digest());
  }
}

function feedHash(feed: FeedMoment, version: MomentHashVersion): string {
  const { feedId, state, sensors, values, timesMs, levels, warnings, alerts } = feed;
  const { places, tracks } = feed;
  const moved = places
    ? [bytesHash(places.positions), bytesHash(places.headingsDeg), bytesHash(places.timesMs)]
    : [];
  return stateHash([
    feedId,
    state,
    sensorsHash(sensors),
    bytesHash(values),
    bytesHash(timesMs),
    bytesHash(levels),
    [...warnings.values()].map(remembered).sort(),
    [...alerts.values()].map(({ alert }) => remembered(alert)).sort(),
    ...(version === 1 ? [] : [moved, tracks.map(remembered).sort()]),
  ]);
}

function remembered(thing: object): string {
  const before = known.get(thing);
  if (before !== undefined) return before;
  const hash = stateHash(thing);
  known.set(thing, hash);
  return hash;
}

/** Who they are and where: the rest of a description does not change what is shown. */
function sensorsHash(sensors: readonly Sensor[]): string {
  const before = known.get(sensors);
  if (before !== undefined) return before;
  const hash = new SensorsHash(sensors);
  hash.goOn(sensors.length);
  return remember(sensors, hash.digest());
}

function remember(thing: object, hash: string): string {
  known.set(thing, hash);
  return hash;
}

/** The hash of the lines of all sensors as one JSON text, some lines at a time. */
class SensorsHash {
  readonly #sensors: readonly Sensor[];
  readonly #hash = new TextHash();
  #row = 0;

  constructor(sensors: readonly Sensor[]) {
    this.#sensors = sensors;
    this.#hash.add('"');
  }

  /** True while there is more. */
  goOn(rows: number): boolean {
    const until = Math.min(this.#sensors.length, this.#row + rows);
    for (; this.#row < until; this.#row++) {
      const { id, kind, longitudeDeg, latitudeDeg, height } = this.#sensors[this.#row]!;
      const line = `${this.#row > 0 ? "\n" : ""}${id}\t${kind}\t${longitudeDeg}\t${latitudeDeg}\t${height}`;
      this.#hash.add(JSON.stringify(line).slice(1, -1));
    }
    return this.#row < this.#sensors.length;
  }

  digest(): string {
    this.#hash.add('"');
    return this.#hash.digest();
  }
}

/** Over the bytes, so that every NaN that JavaScript writes is the same one and -0 is not 0. */
function bytesHash(array: Float32Array | Float64Array | Uint8Array): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let [a, b] = [0xdeadbeef ^ bytes.length, 0x41c6ce57];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 1597334677);
  }
  a ^= a >>> 16;
  b ^= b >>> 13;
  return `${(a >>> 0).toString(16)}.${(b >>> 0).toString(16)}`;
}
