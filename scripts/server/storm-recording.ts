import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CityId } from "../../src/domain/city.ts";
import type { LocalText } from "../../src/domain/provenance.ts";
import type { WarningLevel } from "../../src/domain/risk.ts";
import { ROOT } from "../root.ts";

/** Longitude, latitude in degrees. */
export type LonLat = readonly [number, number];

/** A storm as data: `public/recordings/<scenario>-<city>.json`. Minutes are of the storm, told from its start. */
export interface StormRecording {
  readonly city: CityId;
  readonly title: LocalText;
  /** Prefix of sensor codes: `SY`. */
  readonly codePrefix: string;
  /** First Datastream id of the city; ids of two cities never meet. */
  readonly firstDatastream: number;
  readonly seed: number;
  readonly cycleMinutes: number;
  /** Where in the storm the replay begins. */
  readonly startMinute: number;
  /** Real seconds that a minute of the storm takes. */
  readonly secondsPerMinute: number;
  /** west, south, east, north; degrees. */
  readonly box: readonly [number, number, number, number];
  readonly center: LonLat;
  /** Ring of dry land, where there is sea. */
  readonly land?: readonly LonLat[];
  readonly districts: readonly { readonly name: LocalText; readonly at: LonLat }[];
  readonly cells: readonly StormCell[];
  /** Line of the river or the shore along which level gauges stand, upstream first. */
  readonly gaugeLine: readonly LonLat[];
  /** Low-lying pockets: water gathers here. */
  readonly pockets: readonly { readonly at: LonLat; readonly radiusKm: number }[];
  readonly counts: Readonly<Record<string, number>>;
  /** Storm surge, metres at its highest and the minute of it; only at the sea. */
  readonly surge?: { readonly peak: number; readonly minute: number; readonly widthMinutes: number };
  readonly alerts: readonly AlertScript[];
}

/** A rain cell: a Gaussian that moves in a straight line and swells and fades between two minutes. */
export interface StormCell {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly from: LonLat;
  readonly to: LonLat;
  readonly sigmaKm: number;
  /** Millimetres an hour at its heart at its strongest. */
  readonly peak: number;
}

/** One warning through its life: alert, updates, cancel. */
export interface AlertScript {
  readonly key: string;
  readonly event: LocalText;
  readonly category: string;
  readonly senderName: LocalText;
  readonly area: { readonly desc: LocalText; readonly polygon: readonly LonLat[] };
  readonly steps: readonly AlertStep[];
}

export interface AlertStep {
  readonly minute: number;
  readonly msgType: "Alert" | "Update" | "Cancel";
  readonly level: WarningLevel;
  readonly headline: LocalText;
  readonly description: LocalText;
  readonly instruction: LocalText;
}

const FILES = ["hazard-flood-shenyang.json", "hazard-flood-dalian.json"] as const;

export interface StormOptions {
  /** Places and noise other than the recording's own. */
  readonly seed?: number;
  /** About so many sensors in each city, in the recording's proportions. */
  readonly sensors?: number;
}

/** A recording with other noise, or at another scale. Gas detectors keep their number: they stand in one building. */
export function scaledRecording(recording: StormRecording, { seed, sensors }: StormOptions): StormRecording {
  const counts = Object.entries(recording.counts);
  const outdoors = counts.filter(([kind]) => kind !== "gas").reduce((sum, [, count]) => sum + count, 0);
  const factor = sensors === undefined ? 1 : Math.max(0, sensors - (recording.counts.gas ?? 0)) / outdoors;
  return {
    ...recording,
    seed: seed ?? recording.seed,
    counts: Object.fromEntries(
      counts.map(([kind, count]) => [kind, kind === "gas" ? count : Math.max(1, Math.round(count * factor))]),
    ),
  };
}

/** The storms that the embedded feed replays. */
export function readRecordings(): readonly StormRecording[] {
  return FILES.map(
    (file) => JSON.parse(readFileSync(join(ROOT, "public/recordings", file), "utf8")) as StormRecording,
  );
}
