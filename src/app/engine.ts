import { isAbort } from "../base/abort.ts";
import { Emitter } from "../base/emitter.ts";
import { Scope } from "../base/scope.ts";
import { createCityView } from "../city/city-view.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { RunCommand } from "../commands/schemas.ts";
import { newIncidentId } from "../domain/incident-id.ts";
import type { PlaceDeg, TargetView } from "../domain/pose.ts";
import type { PlainCommand } from "../domain/story.ts";
import { warmUpIfcWorker } from "../jobs/ifc-job.ts";
import type { Stores } from "../state/stores.ts";
import { AnalysisDesk } from "../wiring/analysis-desk.ts";
import { FeedOverrides, readTwinConfig } from "../wiring/feed-overrides.ts";
import { FileDesk } from "../wiring/file-desk.ts";
import { JobLog } from "../wiring/job-log.ts";
import { ModelLibrary } from "../wiring/model-library.ts";
import type { LiveSignals, WireParts } from "../wiring/parts.ts";
import { saveFile } from "../wiring/save-file.ts";
import { smallPicture } from "../wiring/view-picture.ts";
import { type CityWire, wireCity } from "../wiring/wire-city.ts";
import { type CloseUpWire, wireCloseUp } from "../wiring/wire-close-up.ts";
import { wireData } from "../wiring/wire-data.ts";
import { type IncidentTools, wireIncidents } from "../wiring/wire-incidents.ts";
import { type LayerWire, wireLayers } from "../wiring/wire-layers.ts";
import { wireLive } from "../wiring/wire-live.ts";
import { wireModels } from "../wiring/wire-models.ts";
import { wirePlaceCheck } from "../wiring/wire-place-check.ts";
import type { ReportWire } from "../wiring/wire-report.ts";
import { type RiskWire, wireRisk } from "../wiring/wire-risk.ts";
import { wireScenario } from "../wiring/wire-scenario.ts";
import { wireSelection } from "../wiring/wire-selection.ts";
import { wireStory } from "../wiring/wire-story.ts";
import { wireTerrain } from "../wiring/wire-terrain.ts";
import { wireDuty } from "./duty-wires.ts";
import { openLog, wireMemory } from "./memory.ts";
import { type OneMap, wireOneMap } from "./onemap-wires.ts";
import { readModels } from "./read-models.ts";
import { liveResponse, lookRoundSensors, roomsOfModels } from "./response-wires.ts";
import { showView } from "./show-view.ts";
import { queryFromStores } from "./url-state.ts";

export interface Engine {
  readonly ports: CommandPorts;
  readonly signals: Emitter<LiveSignals>;
  readonly library: ModelLibrary;
  readonly reading: ReturnType<typeof readModels>;
  readonly analysis: AnalysisDesk;
  readonly files: FileDesk;
  readonly report: ReportWire;
  readonly embedOrigins: readonly string[];
  readonly onemap: OneMap;
  surroundings: ReturnType<typeof lookRoundSensors>;
  whenIdle(): Promise<void>;
  /** Of the city's engine: tiles, bytes, draw commands, frames. */
  counters(): Readonly<Record<string, number>>;
  dispose(): void;
}

export interface EngineHosts {
  readonly city: HTMLElement;
  readonly bim: HTMLElement;
}

/** Of a close-up, before it is made small. */
const PICTURE_PX = 960;
/** Software rendering on a loaded machine has taken over a minute to settle. */
const SETTLE_LIMIT_MS = 180_000;

/** Starts Cesium and all wires. This module and what it imports load after the interface is on screen. */
export async function startEngine(
  stores: Stores,
  hosts: EngineHosts,
  run: RunCommand,
  runPlain: (command: unknown) => Promise<void>,
  onError: (error: unknown) => void,
  onRan: (fn: (command: PlainCommand) => void) => () => void,
): Promise<Engine> {
  const scope = new Scope();
  const baseUrl = new URL("./", document.baseURI).href;
  const config = await readConfig(baseUrl, onError);
  const view = scope.own(createCityView(hosts.city, { baseUrl: `${baseUrl}cesium/` }));
  const signals = new Emitter<LiveSignals>();
  const events = openLog(stores, scope, onError);
  const quietRun: RunCommand = (command) => run(command).catch(() => {});
  const parts: WireParts = { stores, view, scope, signals, run: quietRun, onError, baseUrl, events };

  const wires = wireAll(parts, { config, events, bim: hosts.bim, runPlain, onRan });
  const { scenario, story, models, incidents, response, memory, reading, data } = wires;
  void data.restore().catch(onError);
  const indexes = [scenario.loadIndex(), story.loadIndex()];
  const restored = [
    models.restore().then(reading.restore),
    incidents.restore(),
    response.units.restore(),
    response.zones.restore(),
    memory.load(),
    ...indexes,
  ];
  await Promise.all(restored.map((one) => one.catch(onError)));
  return {
    ports: portsOf(parts, wires),
    signals,
    library: wires.library,
    reading,
    analysis: wires.analysis,
    files: wires.files,
    onemap: wires.onemap,
    surroundings: lookRoundSensors(stores, wires),
    report: wires.duty.report,
    embedOrigins: config.embedOrigins,
    whenIdle: () => settle(parts, wires),
    counters: () => ({ ...parts.view.stats(), ...wires.closeUp.stats() }),
    dispose: () => scope.dispose(),
  };
}

interface EngineTools {
  readonly config: Awaited<ReturnType<typeof readConfig>>;
  readonly events: ReturnType<typeof openLog>;
  readonly bim: HTMLElement;
  readonly runPlain: (command: unknown) => Promise<void>;
  readonly onRan: (fn: (command: PlainCommand) => void) => () => void;
}

type Wires = ReturnType<typeof wireAll>;

/** Every noun's wire, each given those that it needs. */
function wireAll(parts: WireParts, { config, events, bim, runPlain, onRan }: EngineTools) {
  const files = new FileDesk();
  const jobs = new JobLog(parts.stores);
  parts.scope.add(() => jobs.cancelAll());
  const library = new ModelLibrary();
  const analysis = new AnalysisDesk(parts, roomsOfModels(parts.stores, library));
  const city = wireCity(parts);
  const layers = wireLayers(parts);
  const models = wireModels(parts, { files, jobs, library });
  const data = wireData(parts, { files, jobs, layers });
  const terrain = wireTerrain(parts, layers);
  const risk = liveRisk(parts, config, city);
  const onemap = wireOneMap(parts, { jobs, layers, data, secret: city.secret });
  const flyTo = (place: PlaceDeg, range: number) => city.flyTo(closeLook(place, range), null);
  const selection = wireSelection(parts, { library, desk: risk.desk, analysis, data: onemap.source, flyTo });
  const scenario = wireScenario(parts, { layers, risk, analysis, flyTo });
  const incidents = liveIncidents(parts, { risk, analysis, flyTo }, runPlain);
  const response = liveResponse(parts, {
    risk,
    analysis,
    record: (body, id) => events.record(body, id),
  });
  const memory = wireMemory(parts, { events, risk, scenario, files, onRan, pickFiles, ...response });
  const story = wireStory(parts, runPlain, parts.onError);
  const closeUp = wireCloseUp(parts, bim, library);
  const reading = readModels(parts, { library, closeUp, files });
  const placeCheck = wirePlaceCheck(parts, { models, library, jobs, blobOf: reading.blobOf });
  const duty = wireDuty(parts, { config, incidents, risk, city });
  return {
    files,
    jobs,
    library,
    analysis,
    city,
    layers,
    models,
    data,
    terrain,
    onemap,
    risk,
    selection,
    scenario,
    incidents,
    response,
    memory,
    story,
    closeUp,
    reading,
    placeCheck,
    duty,
  };
}

/** What commands can do, put together out of the wires. */
function portsOf({ stores, run, view }: WireParts, wires: Wires): CommandPorts {
  const { files, jobs, city, layers, models, risk, closeUp } = wires;
  return {
    ...city,
    ...layers,
    ...wires.selection,
    ...models,
    ...wires.scenario,
    ...wires.story,
    retryFeed: (id) => risk.retryFeed(id),
    setFeedClock: (id, change) => risk.setFeedClock(id, change),
    ...wires.incidents,
    ...unitPorts(wires.response),
    ...wires.memory,
    ...wires.reading.ports,
    ...wires.duty.ports,
    ...wires.placeCheck,
    ...wires.terrain,
    ...dataPorts(wires, run),
    ...wires.onemap.ports,
    zoomToModel: (id) =>
      stores.models.get().open === id ? Promise.resolve(closeUp.zoomToFit()) : models.zoomToModel(id),
    openFilePicker: () => {
      warmUpIfcWorker();
      pickFiles(".ifc,.ifczip,.json", (chosen) => openEach(chosen, files, run));
    },
    cancelJob: (id) => jobs.cancel(id),
    presentView: async () => ({
      query: queryFromStores(stores),
      image: await smallPicture((await closeUp.snapshot(PICTURE_PX)) ?? view.snapshot()),
    }),
    closeUpShown: () => closeUp.shown(),
  };
}

function unitPorts({ units, zones }: Wires["response"]) {
  const { dispatchUnit, recallUnit, routeUnits, releaseZones } = units;
  const { setZone, removeZone } = zones;
  return { dispatchUnit, recallUnit, routeUnits, releaseZones, setZone, removeZone };
}

/** The feeds, and what of them is drawn besides their readings. */
function liveRisk(
  parts: WireParts,
  config: Awaited<ReturnType<typeof readConfig>>,
  city: CityWire,
): RiskWire {
  const risk = wireRisk(parts, {
    overrides: new FeedOverrides(config),
    password: (feedId) => city.secret(`feed:${feedId}`),
  });
  wireLive(parts, risk);
  return risk;
}

/** Files of the user's own; a layer of theirs is asked first whether it is meant. */
function dataPorts({ data, terrain, onemap: { maps }, layers, files }: Wires, run: RunCommand) {
  return {
    openFiles: data.openFiles.bind(data),
    readLayerAs: data.readLayerAs.bind(data),
    restoreLayer: data.restoreLayer.bind(data),
    chooseFiles: () =>
      pickFiles("", (chosen) => {
        void run({ type: "open-files", sources: chosen.map((file) => files.leave(file)) });
      }),
    removeLayer: (id: string) => {
      if (!data.remove(id) && !terrain.remove(id) && !maps.remove(id)) layers.removeLayer(id);
    },
    zoomToLayer: (id: string) =>
      data.zoomTo(id) ?? terrain.zoomTo(id) ?? maps.zoomTo(id) ?? layers.zoomToLayer(id),
  };
}

/** A configuration that cannot be read is said, and taken as none. */
function readConfig(baseUrl: string, onError: (error: unknown) => void) {
  return readTwinConfig(baseUrl).catch((error: unknown) => {
    onError(error);
    return { feeds: {}, embedOrigins: [] };
  });
}

/** Incidents with what they need of the feeds, the analysis and the address. */
function liveIncidents(
  parts: WireParts,
  { risk, analysis, flyTo }: { risk: RiskWire; analysis: AnalysisDesk; flyTo: IncidentTools["flyTo"] },
  runPlain: (command: unknown) => Promise<void>,
) {
  const { stores } = parts;
  const wire = wireIncidents(parts, {
    alertsOf: (ruleId) => risk.alerts.alertsOf(ruleId),
    placeOf: (sensorId) => risk.desk.sensors[risk.desk.rowOf(sensorId)] ?? null,
    inside: (area, limit) => analysis.inside(area, limit),
    outline: (places, radius) => analysis.outline(places, radius),
    flyTo,
    save: saveFile,
    newId: () => newIncidentId(stores.city.get().city, Date.now()),
  });
  return {
    ...wire,
    showView: (query: string) => showView(stores, query, runPlain),
  };
}

function closeLook({ longitudeDeg, latitudeDeg, height }: PlaceDeg, range: number): TargetView {
  return { target: { longitudeDeg, latitudeDeg, height }, range, headingDeg: 340, pitchDeg: -38 };
}

/** Nothing loads, no job runs, and the view in front has drawn what it was asked for. */
async function settle(
  { stores, view, onError }: WireParts,
  { layers, jobs, closeUp }: { layers: LayerWire; jobs: JobLog; closeUp: CloseUpWire },
): Promise<void> {
  await layers.citySettled();
  while (jobs.running > 0) await nextTurn();
  await closeUp.shown().catch((error) => {
    if (!isAbort(error)) onError(error);
  });
  await closeUp.whenIdle();
  if (!stores.models.get().open) await view.whenIdle(SETTLE_LIMIT_MS);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

function openEach(models: readonly File[], files: FileDesk, run: RunCommand): void {
  void run({ type: "open-files", sources: models.map((file) => files.leave(file)) });
}

function pickFiles(accept: string, onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = accept;
  input.addEventListener("change", () => {
    if (input.files?.length) onFiles([...input.files]);
  });
  input.click();
}
