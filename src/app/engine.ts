import { isAbort } from "../base/abort.ts";
import { Emitter } from "../base/emitter.ts";
import { Scope } from "../base/scope.ts";
import { createCityView } from "../city/city-view.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { RunCommand } from "../commands/schemas.ts";
import { newIncidentId } from "../domain/incident-id.ts";
import type { PlaceDeg, TargetView } from "../domain/pose.ts";
import type { SensorSurroundings } from "../domain/sensor-surroundings.ts";
import type { Stores } from "../state/stores.ts";
import { AnalysisDesk } from "../wiring/analysis-desk.ts";
import { MemoryEventDesk } from "../wiring/event-desk.ts";
import { FeedOverrides, readTwinConfig } from "../wiring/feed-overrides.ts";
import { FileDesk } from "../wiring/file-desk.ts";
import { JobLog } from "../wiring/job-log.ts";
import { ModelLibrary } from "../wiring/model-library.ts";
import type { LiveSignals, WireParts } from "../wiring/parts.ts";
import { saveFile } from "../wiring/save-file.ts";
import { wireCity } from "../wiring/wire-city.ts";
import { type CloseUpWire, wireCloseUp } from "../wiring/wire-close-up.ts";
import { type IncidentTools, wireIncidents } from "../wiring/wire-incidents.ts";
import { type LayerWire, wireLayers } from "../wiring/wire-layers.ts";
import { wireModels } from "../wiring/wire-models.ts";
import { type RiskWire, wireRisk } from "../wiring/wire-risk.ts";
import { wireScenario } from "../wiring/wire-scenario.ts";
import { wireSelection } from "../wiring/wire-selection.ts";
import { wireStory } from "../wiring/wire-story.ts";
import { wireDuty } from "./duty-wires.ts";
import { liveResponse, lookRoundSensors, roomsOfModels } from "./response-wires.ts";
import { showView } from "./show-view.ts";
import { queryFromStores } from "./url-state.ts";

export interface Engine {
  readonly ports: CommandPorts;
  readonly signals: Emitter<LiveSignals>;
  readonly library: ModelLibrary;
  readonly analysis: AnalysisDesk;
  readonly files: FileDesk;
  readonly embedOrigins: readonly string[];
  surroundings(sensorId: string): Promise<SensorSurroundings | null>;
  whenIdle(): Promise<void>;
  dispose(): void;
}

export interface EngineHosts {
  readonly city: HTMLElement;
  readonly bim: HTMLElement;
}

/** Software rendering on a loaded machine has taken over a minute to settle. */
const SETTLE_LIMIT_MS = 180_000;

/** Starts Cesium and all wires. This module and what it imports load after the interface is on screen. */
export async function startEngine(
  stores: Stores,
  hosts: EngineHosts,
  run: RunCommand,
  runPlain: (command: unknown) => Promise<void>,
  onError: (error: unknown) => void,
): Promise<Engine> {
  const scope = new Scope();
  const baseUrl = new URL("./", document.baseURI).href;
  const config = await readTwinConfig(baseUrl).catch((error: unknown) => {
    onError(error);
    return { feeds: {}, embedOrigins: [] };
  });
  const view = scope.own(createCityView(hosts.city, { baseUrl: `${baseUrl}cesium/` }));
  const signals = new Emitter<LiveSignals>();
  const events = new MemoryEventDesk();
  const quietRun: RunCommand = (command) => run(command).catch(() => {});
  const parts: WireParts = { stores, view, scope, signals, run: quietRun, onError, baseUrl, events };

  const files = new FileDesk();
  const jobs = new JobLog(stores);
  scope.add(() => jobs.cancelAll());
  const library = new ModelLibrary();
  const analysis = new AnalysisDesk(parts, roomsOfModels(stores, library));
  const city = wireCity(parts);
  const layers = wireLayers(parts);
  const models = wireModels(parts, { files, jobs, library });
  const risk = wireRisk(parts, {
    overrides: new FeedOverrides(config),
    password: (feedId) => city.secret(`feed:${feedId}`),
  });
  const flyTo = (place: PlaceDeg, range: number) => city.flyTo(closeLook(place, range), null);
  const selection = wireSelection(parts, { library, desk: risk.desk, analysis, flyTo });
  const scenario = wireScenario(parts, { layers, risk, analysis, flyTo });
  const incidents = liveIncidents(parts, { risk, analysis, flyTo }, runPlain);
  const response = liveResponse(parts, { risk, analysis });
  const story = wireStory(parts, runPlain, onError);
  const closeUp = wireCloseUp(parts, hosts.bim);
  const duty = wireDuty(parts, { config, incidents, risk, city });

  const ports: CommandPorts = {
    ...city,
    ...layers,
    ...selection,
    ...models,
    ...scenario,
    ...story,
    ...incidents,
    ...response,
    ...duty,
    zoomToModel: (id) =>
      stores.models.get().open === id ? Promise.resolve(closeUp.zoomToFit()) : models.zoomToModel(id),
    openFilePicker: () =>
      pickFiles((file) => quietRun({ type: "open-ifc", source: files.leave(file), name: file.name })),
    cancelJob: (id) => jobs.cancel(id),
    closeUpShown: () => closeUp.shown(),
  };
  const restoring = [models, incidents, response].map((wire) => wire.restore());
  const indexes = [scenario, story].map((wire) => wire.loadIndex());
  await Promise.all([...restoring, ...indexes].map((one) => one.catch(onError)));
  return {
    ports,
    signals,
    library,
    analysis,
    surroundings: lookRoundSensors(stores, { desk: risk.desk, library, analysis }),
    files,
    embedOrigins: config.embedOrigins,
    whenIdle: () => settle(parts, { layers, jobs, closeUp }),
    dispose: () => scope.dispose(),
  };
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
    flyTo,
    save: saveFile,
    newId: () => newIncidentId(stores.city.get().city, Date.now()),
  });
  return {
    ...wire,
    presentView: async () => queryFromStores(stores),
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

function pickFiles(onFile: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".ifc,.ifczip";
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) onFile(file);
  });
  input.click();
}
