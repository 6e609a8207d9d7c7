import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CityId } from "../../../src/domain/city.ts";
import type { LocalText } from "../../../src/domain/provenance.ts";
import { ROOT } from "../../root.ts";
import type { AlertScript, LonLat } from "../storm-recording.ts";

/** A simulated process as data: `public/recordings/<scenario>-<city>.json`. Minutes are of the process, told from its start. */
export interface ProcessRecording {
  readonly format: "process";
  readonly scenario: string;
  readonly city: CityId;
  readonly title: LocalText;
  /** Prefix of sensor codes, such as `SY-CH`. */
  readonly codePrefix: string;
  /** First Datastream id; ids of two recordings of a city never meet. */
  readonly firstDatastream: number;
  readonly seed: number;
  readonly cycleMinutes: number;
  readonly startMinute: number;
  readonly secondsPerMinute: number;
  readonly groups: readonly SensorGroup[];
  readonly events: readonly ProcessEvent[];
  readonly alerts: readonly AlertScript[];
}

/** Sensors of one kind that behave alike. */
export interface SensorGroup {
  readonly kind: string;
  readonly code: string;
  readonly name: LocalText;
  readonly observed: { readonly name: string; readonly unit: string; readonly unitName: string };
  /** Metres above ground. */
  readonly height: number;
  readonly layout: GroupLayout;
  readonly baseline: number;
  /** Spread of the baseline between sensors, and of the noise in time. */
  readonly spread: number;
  readonly noise: number;
  readonly least?: number;
  readonly most?: number;
  readonly effects: readonly ProcessEffect[];
}

export type GroupLayout =
  | { readonly type: "scatter"; readonly center: LonLat; readonly radiusKm: number; readonly count: number }
  | { readonly type: "line"; readonly path: readonly LonLat[]; readonly count: number }
  | { readonly type: "points"; readonly at: readonly LonLat[]; readonly names?: readonly LocalText[] };

/** Something that happens: swells, stays, fades; may move on a straight line meanwhile. */
export interface ProcessEvent {
  readonly id: string;
  readonly at: LonLat;
  readonly to?: LonLat;
  readonly fromMinute: number;
  readonly riseMinutes: number;
  readonly holdMinutes: number;
  readonly fallMinutes: number;
  /** Where the wind comes from, degrees from north; for effects downwind. */
  readonly windFromDeg?: number;
}

/** What an event does to a group: `gain` in the unit of the kind at the event's heart and height. */
export interface ProcessEffect {
  readonly event: string;
  readonly gain: number;
  readonly lagMinutes?: number;
  /** `near`: a Gaussian of `reachKm` round it; `downwind`: a plume that fades over `reachKm`; `beyond`: all of a line past it; `all`. */
  readonly shape: "near" | "downwind" | "beyond" | "all";
  readonly reachKm?: number;
}

const FOLDER = join(ROOT, "public/recordings");

/** All recorded processes of the embedded hub, in the order of their file names. */
export function readProcesses(): readonly ProcessRecording[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { format?: string })
    .filter((recording): recording is ProcessRecording => recording.format === "process");
}
