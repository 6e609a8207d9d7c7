import type { AlertRule } from "./alert-rule.ts";
import type { CapCategory } from "./cap-message.ts";
import type { FeedConfig } from "./feed-config.ts";
import type { PipeKind } from "./pipe-network.ts";
import type { LocalText, Provenance, Words } from "./provenance.ts";
import type { Facility } from "./response.ts";
import type { WarningLevel } from "./risk.ts";

export type { FeedConfig } from "./feed-config.ts";

/** A CIM+ scenario pack: `public/scenarios/<id>/manifest.json`, validated by `parseScenario`. Data, not code. */
export interface ScenarioManifest {
  readonly id: string;
  readonly version: 1;
  readonly title: LocalText;
  readonly summary: LocalText;
  /** Item of the province's action plan that it answers, e.g. "2". */
  readonly task: string;
  readonly cities: readonly string[];
  readonly layers: readonly ScenarioLayer[];
  readonly feeds: readonly FeedConfig[];
  readonly sensorKinds: Readonly<Record<string, SensorKind>>;
  readonly indicators: readonly Indicator[];
  readonly legend: readonly { readonly level: WarningLevel | 0 | 255; readonly label: LocalText }[];
  readonly analyses: readonly ScenarioAnalysis[];
  /** Layers of the catalogue that it shows, the lowest first. */
  readonly maps?: readonly string[];
  /** Buildings and models are compared with the plan on request. */
  readonly redLines?: boolean;
  /** When there is an alert; evaluated where the feeds are decoded. */
  readonly rules?: readonly AlertRule[];
  /** Who is called when nobody acknowledges an incident. */
  readonly escalation?: EscalationPolicy;
  /** Which later alerts join an open incident by themselves; none when absent. */
  readonly join?: JoinPolicy;
  /** What is announced aloud. */
  readonly announce?: AnnouncePolicy;
  /** What CAP calls this scenario's events; Safety when absent. */
  /** Gases may leak: incidents offer the zones of a release, this substance first. */
  readonly release?: { readonly substance: string };
  readonly capCategory?: CapCategory;
  /** Where to look, by city, when a user opens it; the camera stays where it is when absent. */
  readonly view?: Readonly<Record<string, ScenarioView>>;
}

/** What the camera looks at and from how far. Degrees; metres. */
export interface ScenarioView {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly range: number;
  readonly headingDeg?: number;
  readonly pitchDeg?: number;
}

/** Warnings and alerts of these levels and worse are announced; the same one sounds again after `repeatS` seconds at the earliest. */
export interface AnnouncePolicy {
  readonly warningLevel: WarningLevel;
  readonly alertLevel: WarningLevel;
  readonly repeatS: number;
}

export const DEFAULT_ANNOUNCE: AnnouncePolicy = { warningLevel: 2, alertLevel: 2, repeatS: 60 };

/** An incident that nobody acknowledges for `afterS` seconds is passed on, each time to the next of `roles`, at most `most` times. */
export interface EscalationPolicy {
  readonly afterS: number;
  readonly most: number;
  /** Whom each step calls; the last one stands for the steps after it. */
  readonly roles: readonly LocalText[];
}

/** Alerts of the rule that an incident was opened from join it, and updates of its warning. */
export interface JoinPolicy {
  /** Metres from the incident's area; 0: inside it only. */
  readonly withinM: number;
  /** Lists of rules that follow from one another: alerts of each join incidents of the others. */
  readonly chains?: readonly (readonly string[])[];
}

export interface ScenarioLayer {
  readonly id: string;
  readonly kind: "sensors" | "warnings" | "water";
  readonly title: LocalText;
  readonly feed?: string;
}

/** Kind of sensor with its thresholds: a rule of the scenario. */
export interface SensorKind {
  readonly title: LocalText;
  readonly unit: string;
  readonly decimals: number;
  /** `above`: worse when higher. Thresholds by level, 4 (blue) to 1 (red); missing levels are not used. */
  readonly direction: "above" | "below";
  readonly thresholds: Readonly<Partial<Record<"1" | "2" | "3" | "4", number>>>;
  /** Degrees on a circle, such as where the wind comes from: means are those of vectors, as long as the nearest sensor of a kind says. */
  readonly circular?: { readonly weightedBy?: string };
  /** Where the thresholds come from. */
  readonly source: Words;
}

export interface Indicator {
  readonly id: string;
  readonly title: LocalText;
  readonly unit: Words;
  readonly decimals: number;
  /** How it is computed from sensors of `kind`, or from the warnings. */
  readonly measure: "max" | "mean" | "countAtOrWorse" | "warnings" | "reporting";
  readonly kind?: string;
  /** For countAtOrWorse: 4 counts blue and worse. */
  readonly level?: WarningLevel;
}

export interface IndicatorValue {
  readonly id: string;
  readonly value: number | null;
  readonly level: number;
  readonly timeMs: number | null;
}

export interface ScenarioAnalysis {
  readonly id: string;
  readonly kind: "inundation";
  readonly title: LocalText;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
  /** What the analysis is and is not, shown beside it. */
  readonly method: LocalText;
}

/** Buildings and people inside an area or under water. */
export interface AffectedSummary {
  readonly buildings: number;
  readonly residentsDay: number;
  readonly residentsNight: number;
  /** km² */
  readonly area: number;
  /** The most affected first, at most 200. */
  readonly rows: readonly AffectedBuilding[];
  /** Places that matter, nearest to the middle first; absent where the city has no list of them. */
  readonly facilities?: readonly AffectedFacility[];
  /** Mains by kind; absent where the city has no pipe network. */
  readonly pipes?: readonly AffectedPipes[];
  /** People in the buildings at each full hour 0-23 of the local clock (time-of-day.ts). */
  readonly residentsByHour?: readonly number[];
  /** Rooms of opened IFC models that stand inside; absent where none does. */
  readonly rooms?: readonly AffectedRoom[];
  readonly provenance: Provenance;
}

/** `distance`: metres from the middle of the area; null under water, which has no middle. */
export type AffectedFacility = Facility & { readonly distance: number | null };

export interface AffectedPipes {
  readonly kind: PipeKind;
  /** Metres of main inside the area. */
  readonly length: number;
  /** Pipes of which a part lies inside. */
  readonly count: number;
  readonly largestMm: number;
}

/** An IfcSpace of a model that stands in the area. */
export interface AffectedRoom {
  readonly modelId: string;
  readonly modelName: string;
  readonly globalId: string;
  readonly name: string;
  readonly storey: string;
  /** GlobalId of its IfcBuildingStorey; null when it is in none. */
  readonly storeyId: string | null;
}

export interface AffectedBuilding {
  readonly buildingId: string;
  readonly name: string;
  readonly use: number;
  readonly height: number;
  readonly floors: number;
  readonly residentsDay: number;
  readonly residentsNight: number;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Water depth at the building, metres; null for an area without water. */
  readonly depth: number | null;
}
