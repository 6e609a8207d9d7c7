import type { LocalText } from "../../src/domain/provenance.ts";
import { pointInRing } from "../../src/geo/polygon.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import { createRandom } from "./random.ts";
import { GAS_DETECTORS, type GasDetector } from "./sample-gas-detectors.ts";
import type { LonLat, StormRecording } from "./storm-recording.ts";

/** Kinds as in the scenario's `sensorKinds`. */
export type StormKind = "rain" | "river" | "tide" | "waterlogging" | "drainage" | "pump" | "gas";

export interface StormSensor {
  readonly code: string;
  readonly datastreamId: number;
  readonly kind: StormKind;
  readonly name: LocalText;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres above ground. */
  readonly height: number;
  /** 0..1, own to the sensor: how strongly it answers. */
  readonly response: number;
  /** 0..1 along the gauge line, upstream 0; 0 for what is not on it. */
  readonly along: number;
  /** A broken sensor is known but never reports. */
  readonly silent: boolean;
  /** The IfcSensor that it is in the sample building's model. */
  readonly ifcGlobalId?: string;
}

const KINDS: Readonly<
  Record<StormKind, { readonly code: string; readonly name: LocalText; readonly height: number }>
> = {
  rain: { code: "RN", name: { zh: "雨量站", en: "Rain gauge" }, height: 10 },
  river: { code: "RV", name: { zh: "河道水位站", en: "River gauge" }, height: 4 },
  tide: { code: "TD", name: { zh: "潮位站", en: "Tide gauge" }, height: 4 },
  waterlogging: { code: "WL", name: { zh: "积水监测点", en: "Waterlogging point" }, height: 2 },
  drainage: { code: "DR", name: { zh: "管网液位计", en: "Drain level gauge" }, height: 0.5 },
  pump: { code: "PS", name: { zh: "排水泵站", en: "Pump station" }, height: 6 },
  gas: { code: "GS", name: { zh: "燃气探测器", en: "Gas detector" }, height: 0 },
};
export const STORM_KINDS = Object.keys(KINDS) as StormKind[];

/** Streets of the model run along this lattice, degrees east-west and north-south. */
const STREET_EAST = 0.0042;
const STREET_NORTH = 0.0032;
const SILENT_SHARE = 0.012;
const KM_PER_DEG_LAT = 111.2;

/** Distance in kilometres on a plane through the city: good to a few metres over 30 km. */
export function distanceKm(a: LonLat, b: LonLat): number {
  const east = (a[0] - b[0]) * Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot(east, a[1] - b[1]) * KM_PER_DEG_LAT;
}

/** Places all sensors of a city; the same recording gives the same sensors. */
export function placeSensors(recording: StormRecording): readonly StormSensor[] {
  const random = createRandom(recording.seed);
  const sensors: StormSensor[] = [];
  for (const kind of STORM_KINDS) {
    const count = recording.counts[kind] ?? 0;
    for (let n = 0; n < count; n++) {
      const spot = placeOne(recording, kind, n, count, random);
      const response = kind === "waterlogging" ? lowness(recording, spot.at, random) : random();
      const number = String(n + 1).padStart(4, "0");
      sensors.push({
        code: `${recording.codePrefix}-${KINDS[kind].code}-${number}`,
        datastreamId: recording.firstDatastream + sensors.length,
        kind,
        name: nameOf(recording, kind, spot, number),
        longitudeDeg: round6(spot.at[0]),
        latitudeDeg: round6(spot.at[1]),
        height: spot.height ?? KINDS[kind].height,
        response,
        along: spot.along ?? 0,
        silent: random() < SILENT_SHARE,
        ...(spot.detector && { ifcGlobalId: spot.detector.globalId }),
      });
    }
  }
  return sensors;
}

interface Spot {
  readonly at: LonLat;
  readonly height?: number;
  readonly along?: number;
  readonly detector?: GasDetector;
}

function placeOne(
  recording: StormRecording,
  kind: StormKind,
  n: number,
  count: number,
  random: () => number,
): Spot {
  if (kind === "gas") return inSampleBuilding(n);
  if (kind === "river" || kind === "tide") {
    const along = (n + 0.5) / count;
    return { at: pointAlong(recording.gaugeLine, along), along };
  }
  if (kind === "rain") return { at: scattered(recording, 1, random) };
  const inPocket = recording.pockets[n % 12];
  if (kind === "waterlogging" && inPocket !== undefined && n % 12 < recording.pockets.length)
    return { at: onStreet(near(inPocket.at, inPocket.radiusKm, random), random) };
  return { at: onStreet(scattered(recording, 0.55, random), random) };
}

/** A place in the city's box, denser towards the centre the smaller `spread` (1 is even). */
function scattered(recording: StormRecording, spread: number, random: () => number): LonLat {
  const [west, south, east, north] = recording.box;
  const [lon, lat] = [west + random() * (east - west), south + random() * (north - south)];
  const pull = spread + (1 - spread) * random();
  const at: LonLat = [
    recording.center[0] + (lon - recording.center[0]) * pull,
    recording.center[1] + (lat - recording.center[1]) * pull,
  ];
  return isDry(recording, at) ? at : scattered(recording, spread, random);
}

function isDry(recording: StormRecording, at: LonLat): boolean {
  if (recording.land !== undefined && !pointInRing(at[0], at[1], recording.land)) return false;
  return distanceToLineKm(recording.gaugeLine, at) > 0.28;
}

function near(at: LonLat, radiusKm: number, random: () => number): LonLat {
  const angle = random() * 2 * Math.PI;
  const radius = (radiusKm * Math.sqrt(random())) / KM_PER_DEG_LAT;
  return [
    at[0] + (radius * Math.cos(angle)) / Math.cos((at[1] * Math.PI) / 180),
    at[1] + radius * Math.sin(angle),
  ];
}

function onStreet(at: LonLat, random: () => number): LonLat {
  if (random() < 0.5) return [Math.round(at[0] / STREET_EAST) * STREET_EAST, at[1]];
  return [at[0], Math.round(at[1] / STREET_NORTH) * STREET_NORTH];
}

/** Where the sample model has its detectors. */
function inSampleBuilding(n: number): Spot {
  const detector = GAS_DETECTORS[n % GAS_DETECTORS.length]!;
  const turn = (-SAMPLE_SITE.rotationDeg * Math.PI) / 180;
  const east = detector.east * Math.cos(turn) - detector.north * Math.sin(turn);
  const north = detector.east * Math.sin(turn) + detector.north * Math.cos(turn);
  const lat = SAMPLE_SITE.latitudeDeg + north / (KM_PER_DEG_LAT * 1000);
  const lon = SAMPLE_SITE.longitudeDeg + east / (KM_PER_DEG_LAT * 1000 * Math.cos((lat * Math.PI) / 180));
  return { at: [lon, lat], height: detector.height, detector };
}

/** 0..1: how much a place gathers water. Few places are low; all near the heart of a pocket are. */
function lowness(recording: StormRecording, at: LonLat, random: () => number): number {
  const own = random() ** 3 * 0.75;
  const inPocket = recording.pockets.map((pocket) =>
    Math.max(0, 1 - distanceKm(pocket.at, at) / pocket.radiusKm),
  );
  return Math.min(1, own + 0.7 * Math.max(0, ...inPocket));
}

function nameOf(
  recording: StormRecording,
  kind: StormKind,
  { at, detector }: Spot,
  number: string,
): LocalText {
  const { zh, en } = KINDS[kind].name;
  if (detector)
    return {
      zh: `政务服务中心 ${zh} ${detector.mark}`,
      en: `Service centre, ${en.toLowerCase()} ${detector.mark}`,
    };
  const district = recording.districts.reduce((best, one) =>
    distanceKm(one.at, at) < distanceKm(best.at, at) ? one : best,
  );
  return { zh: `${district.name.zh} ${zh} ${number}`, en: `${en} ${number}, ${district.name.en}` };
}

/** Point at a share 0..1 of a line's length. */
export function pointAlong(line: readonly LonLat[], share: number): LonLat {
  const lengths = line.slice(1).map((point, i) => distanceKm(line[i]!, point));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length || i === lengths.length - 1) {
      const t = length === 0 ? 0 : Math.min(1, left / length);
      const [a, b] = [line[i]!, line[i + 1]!];
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    }
    left -= length;
  }
  return line[0]!;
}

function distanceToLineKm(line: readonly LonLat[], at: LonLat): number {
  const squeeze = Math.cos((at[1] * Math.PI) / 180);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = [(line[i - 1]![0] - at[0]) * squeeze, line[i - 1]![1] - at[1]];
    const [bx, by] = [(line[i]![0] - at[0]) * squeeze, line[i]![1] - at[1]];
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(ax + t * dx, ay + t * dy) * KM_PER_DEG_LAT);
  }
  return best;
}

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6;
