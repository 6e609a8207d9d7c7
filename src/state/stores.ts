import type { PlainError } from "../base/errors.ts";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { CityId, CityLook, ThemeProperty } from "../domain/city.ts";
import type { Coverage } from "../domain/coverage.ts";
import type { Incident, IncidentEntry } from "../domain/incident.ts";
import type { Job } from "../domain/job.ts";
import type { Basemap, Layer, Legend } from "../domain/layer.ts";
import type { ModelEntry } from "../domain/model.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { RoadRoute, Unit, Zone } from "../domain/response.ts";
import type { FeedStatus, Sensor, Warning } from "../domain/risk.ts";
import type { AffectedSummary, IndicatorValue, ScenarioManifest } from "../domain/scenario.ts";
import { NO_SELECTION, type Selection } from "../domain/selection.ts";
import type { PlainCommand } from "../domain/story.ts";
import { DEFAULT_TILE_MEMORY_MIB, type TileMemoryMib } from "../domain/tile-memory.ts";
import type { TimelineMark } from "../domain/twin-event.ts";
import type { ZoneDrawing } from "../domain/zone.ts";
import { createTwinStore } from "./create-store.ts";
import { createDisplayStore } from "./display-store.ts";
import { createDutyStores } from "./duty-stores.ts";
import { createMapStores } from "./map-stores.ts";
import { createPlacementStore } from "./placement-store.ts";
import { createReadingStore } from "./reading-store.ts";
import { createStoryStore } from "./story-store.ts";
import { createTerrainStore } from "./terrain-store.ts";

export type { StoryState } from "./story-store.ts";
export type Theme = "night" | "day";
export type Locale = "zh-CN" | "en";
/** `wall` is the commander's screen for a wall: nothing on it can be pressed. */
export type Mode = "explore" | "command" | "wall" | "present";
export type PanelSide = "left" | "right" | "bottom";

export interface UiState {
  readonly theme: Theme;
  readonly locale: Locale;
  readonly mode: Mode;
  readonly largeType: boolean;
  readonly panels: Readonly<Record<PanelSide, boolean>>;
  /** Ceiling of tile memory. */
  readonly tileMemoryMib: TileMemoryMib;
  /** Which floating thing is open; one at a time. */
  readonly overlay:
    | "none"
    | "palette"
    | "add-tileset"
    | "basemap"
    | "add-map"
    | "place-model"
    | "about"
    | "cap"
    | "crs"
    | "report";
  /** City engine state: the shell shows a veil until `ready`. */
  readonly engine: "starting" | "ready" | "failed";
  readonly engineError: PlainError | null;
}

export interface CameraState {
  /** Set by commands; the engine flies there. `seq` makes two equal requests distinct. */
  readonly requested: {
    readonly seq: number;
    readonly view: TargetView | CameraPose;
    readonly durationS: number | null;
  } | null;
  /** Set by the engine when the camera stops; rounded. */
  readonly observed: CameraPose | null;
}

export interface CityState {
  readonly city: CityId;
  readonly look: CityLook;
  readonly theme: ThemeProperty | null;
  /** Local solar hour of day 0-24 that lights the scene. */
  readonly hour: number;
  readonly basemap: Basemap;
  readonly legend: Legend | null;
}

export interface LayerState {
  readonly layers: readonly Layer[];
}

export interface SelectionState {
  readonly selection: Selection;
}

export interface ModelState {
  readonly models: readonly ModelEntry[];
  /** Model that waits for a click on the map. */
  readonly placing: string | null;
  /** Model shown close up in the three.js view. */
  readonly open: string | null;
  /** One section plane of the close-up: `axis` normal, `offset` metres along it in the model frame. */
  readonly section: {
    readonly axis: "east" | "north" | "up";
    readonly offset: number;
    readonly flipped: boolean;
  } | null;
}

export interface JobState {
  readonly jobs: readonly Job[];
}

export interface FeedStoreState {
  readonly feeds: readonly FeedStatus[];
}

export interface RiskState {
  readonly warnings: readonly Warning[];
  /** Descriptions of the sensors of all feeds; values stay in typed arrays. */
  readonly sensors: readonly Sensor[];
  /** Count by level: index 0 normal, 1-4 warning levels, 5 no data. */
  readonly sensorCounts: readonly number[];
  /** Rows of the worst sensors, worst first, at most 50. */
  readonly worst: readonly {
    readonly row: number;
    readonly value: number;
    readonly level: number;
    readonly timeMs: number;
  }[];
  /** Series of the selected sensor, copied once a second at most. */
  readonly series: {
    readonly sensorId: string;
    readonly timesMs: readonly number[];
    readonly values: readonly number[];
    readonly level: number;
  } | null;
}

export interface ScenarioState {
  readonly available: readonly { readonly id: string; readonly title: LocalText }[];
  readonly active: ScenarioManifest | null;
  readonly error: PlainError | null;
  readonly indicators: readonly IndicatorValue[];
  /** Water level above the river's normal level, metres; null when the analysis is off. */
  readonly waterLevel: number | null;
  readonly inundation: AffectedSummary | null;
  readonly chosenWarning: string | null;
  readonly affected: AffectedSummary | null;
}

/** Alerts of one rule that hold, as users see them: one line with a count. */
export interface AlertGroup {
  readonly rule: AlertRule;
  readonly feedId: string;
  /** Newest first, at most 50. */
  readonly alerts: readonly RuleAlert[];
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface AlertState {
  /** Worst level first, then newest. */
  readonly groups: readonly AlertGroup[];
}

export interface IncidentState {
  /** As the log says, in the order of their opening. */
  readonly incidents: readonly Incident[];
  readonly chosen: string | null;
  /** What was done to the chosen incident, oldest first. */
  readonly entries: readonly IncidentEntry[];
  /** Buildings and people inside the chosen incident's area; null while counted, or where it has none. */
  readonly affected: AffectedSummary | null;
  /** Why they could not be counted. */
  readonly affectedError: PlainError | null;
  /** Who sits here: the name that goes into the log. */
  readonly actor: string;
}

export interface TimelineState {
  /** `past` shows the state as it was; `branch` is a what-if that started from a moment. */
  readonly mode: "live" | "past" | "branch";
  /** Moment that is shown, epoch ms; null while live. */
  readonly atMs: number | null;
  readonly isPlaying: boolean;
  /** Seconds of the past a second. */
  readonly speed: number;
  /** First and last entry of the log, epoch ms; null while it is empty. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | null;
  readonly marks: readonly TimelineMark[];
  readonly branch: { readonly id: string; readonly fromMs: number } | null;
  readonly entries: number;
  /** Hash of the state at the moment shown; null while live. */
  readonly hash: string | null;
  /** An imported package that is looked at in place of this computer's log. */
  readonly packageName: string | null;
  /** Whether entries reach the disk; `failed` keeps them in memory and says so. */
  readonly storage: "opening" | "ready" | "failed";
}

export interface ResponseState {
  readonly units: readonly Unit[];
  readonly zones: readonly Zone[];
  /** What is being drawn, null while nothing is. */
  readonly drawing: ZoneDrawing | null;
  /** Ways to the chosen incident or place, nearest in time first. */
  readonly routes: readonly RoadRoute[];
  /** Where `routes` lead; a unit without one among them cannot get there by road. Null while no ways are asked for. */
  readonly routeTarget: RouteTarget | null;
  /** Where nothing watches and nobody can be soon; null while it is not known. */
  readonly coverage: Coverage | null;
}

export interface RouteTarget {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly incidentId: string | null;
}

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "good" | "error";
  /** i18n key and params, or an error. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly detail?: string;
  /** What can be done about it there and then: the i18n key of its button, and what it runs. */
  readonly action?: { readonly key: string; readonly commands: readonly PlainCommand[] };
}

export interface NoticeState {
  readonly notices: readonly Notice[];
}

function createUiStore() {
  return createTwinStore<UiState>(
    "ui",
    {
      theme: "night",
      locale: "zh-CN",
      mode: "explore",
      largeType: false,
      tileMemoryMib: DEFAULT_TILE_MEMORY_MIB,
      panels: { left: true, right: true, bottom: false },
      overlay: "none",
      engine: "starting",
      engineError: null,
    },
    {
      theme: "local",
      locale: "local",
      mode: "url",
      largeType: "local",
      tileMemoryMib: "local",
      panels: "local",
      overlay: "none",
      engine: "none",
      engineError: "none",
    },
  );
}

function createCityStore() {
  return createTwinStore<CityState>(
    "city",
    {
      city: "shenyang",
      look: "natural",
      theme: null,
      hour: 16,
      basemap: { kind: "offline" },
      legend: null,
    },
    { city: "url", look: "url", theme: "url", hour: "url", basemap: "url", legend: "none" },
  );
}

function createScenarioStore() {
  return createTwinStore<ScenarioState>(
    "scenario",
    {
      available: [],
      active: null,
      error: null,
      indicators: [],
      waterLevel: null,
      inundation: null,
      chosenWarning: null,
      affected: null,
    },
    {
      available: "none",
      active: "url",
      error: "none",
      indicators: "none",
      waterLevel: "url",
      inundation: "none",
      chosenWarning: "url",
      affected: "none",
    },
  );
}

function createLiveStores() {
  return {
    alerts: createTwinStore<AlertState>("alerts", { groups: [] }, { groups: "none" }),
    incidents: createTwinStore<IncidentState>(
      "incidents",
      { incidents: [], chosen: null, entries: [], affected: null, affectedError: null, actor: "" },
      {
        incidents: "none",
        chosen: "url",
        entries: "none",
        affected: "none",
        affectedError: "none",
        actor: "local",
      },
    ),
    timeline: createTwinStore<TimelineState>(
      "timeline",
      {
        mode: "live",
        atMs: null,
        isPlaying: false,
        speed: 1,
        range: null,
        marks: [],
        branch: null,
        entries: 0,
        hash: null,
        packageName: null,
        storage: "opening",
      },
      {
        mode: "none",
        atMs: "url",
        isPlaying: "none",
        speed: "none",
        range: "none",
        marks: "none",
        branch: "none",
        entries: "none",
        hash: "none",
        packageName: "none",
        storage: "none",
      },
    ),
    response: createTwinStore<ResponseState>(
      "response",
      { units: [], zones: [], drawing: null, routes: [], routeTarget: null, coverage: null },
      {
        units: "none",
        zones: "none",
        drawing: "none",
        routes: "none",
        routeTarget: "none",
        coverage: "none",
      },
    ),
  } as const;
}

/** All stores of the application, made fresh for each composition root (and each test). */
export function createStores() {
  return {
    ui: createUiStore(),
    camera: createTwinStore<CameraState>(
      "camera",
      { requested: null, observed: null },
      { requested: "none", observed: "url" },
    ),
    city: createCityStore(),
    layers: createTwinStore<LayerState>("layers", { layers: [] }, { layers: "url" }),
    selection: createTwinStore<SelectionState>(
      "selection",
      { selection: NO_SELECTION },
      { selection: "url" },
    ),
    models: createTwinStore<ModelState>(
      "models",
      { models: [], placing: null, open: null, section: null },
      { models: "none", placing: "none", open: "url", section: "url" },
    ),
    jobs: createTwinStore<JobState>("jobs", { jobs: [] }, { jobs: "none" }),
    feeds: createTwinStore<FeedStoreState>("feeds", { feeds: [] }, { feeds: "none" }),
    risk: createTwinStore<RiskState>(
      "risk",
      { warnings: [], sensors: [], sensorCounts: [0, 0, 0, 0, 0, 0], worst: [], series: null },
      { warnings: "none", sensors: "none", sensorCounts: "none", worst: "none", series: "none" },
    ),
    scenario: createScenarioStore(),
    story: createStoryStore(),
    display: createDisplayStore(),
    ...createLiveStores(),
    ...createDutyStores(),
    ...createMapStores(),
    reading: createReadingStore(),
    placement: createPlacementStore(),
    terrain: createTerrainStore(),
    notices: createTwinStore<NoticeState>("notices", { notices: [] }, { notices: "none" }),
  } as const;
}

export type Stores = ReturnType<typeof createStores>;
