import { Emitter } from "../base/emitter.ts";
import { toPlainError } from "../base/errors.ts";
import { createCommandDesk } from "../commands/desk.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { RunCommand } from "../commands/schemas.ts";
import { createStores, type Stores } from "../state/stores.ts";
import type { UiSignals } from "../ui/context.tsx";
import { mountUi } from "../ui/mount-ui.tsx";
import { listenToEmbedders } from "./embed.ts";
import type { Engine } from "./engine.ts";
import { createLatePorts } from "./late-ports.ts";
import { noteError, runWithNotices } from "./notices.ts";
import {
  readActor,
  readAnnouncing,
  readPreferences,
  writeActor,
  writeAnnouncing,
  writePreferences,
} from "./preferences.ts";
import { commandsFromQuery, queryFromStores } from "./url-state.ts";
import { createTwinApi, type TwinEvents } from "./window-twin.ts";

/** Boot order: stores and interface first, engines behind them, then what the link asks for. */
export function boot(): void {
  const stores = createStores();
  keepPreferences(stores);
  let provideEngine: (engine: Engine) => void = () => {};
  const engineArriving = new Promise<Engine>((resolve) => {
    provideEngine = resolve;
  });
  const ports: CommandPorts = createLatePorts(engineArriving.then((engine) => engine.ports));
  const desk = createCommandDesk(stores, ports);
  const run = runWithNotices(stores, desk.run);
  const events = new Emitter<TwinEvents>();
  const commands = commandsFromQuery(location.search);

  mountUi(host("ui"), { stores, run, attempt: desk.run, signals: lateSignals(engineArriving, run) });
  let isRestored = false;
  let commandsRun = 0;
  let counters: Engine["counters"] = () => ({});
  const whenIdle = async () => {
    const engine = await engineArriving;
    for (let before = -1; before !== commandsRun || desk.pending() > 0 || !isRestored; ) {
      before = isRestored ? commandsRun : -1;
      await engine.whenIdle();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const api = createTwinApi(stores, desk, events, whenIdle, () => counters());
  window.twin = api;
  desk.events.on("ran", ({ command, ms, error }) => {
    commandsRun += 1;
    events.emit("ran", { command, ms, error: error ? toPlainError(error).message : null });
  });
  stores.selection.watch(
    (s) => s.selection,
    (selection) => events.emit("selectionChanged", selection),
  );

  const onError = (error: unknown) => noteError(stores, error);
  const start = async () => {
    const { startEngine } = await import("./engine.ts");
    const engine = await startEngine(
      stores,
      { city: host("city"), bim: host("bim") },
      run,
      desk.runPlain,
      onError,
      (fn) => desk.events.on("ran", ({ command, error }) => error === null && fn(command)),
    );
    provideEngine(engine);
    counters = engine.counters;
    stores.ui.set({ engine: "ready" });
    listenToEmbedders(api, engine.embedOrigins);
    if (!commands.some(({ type }) => type === "fly-to" || type === "set-city"))
      await run({ type: "fly-home", durationS: 0 });
    for (const command of commands) await run(command).catch(() => {});
    isRestored = true;
    keepUrl(stores);
    events.emit("ready", undefined);
  };
  start().catch((error) => stores.ui.set({ engine: "failed", engineError: toPlainError(error) }));
}

/** What this browser remembers of its user. */
function keepPreferences(stores: Stores): void {
  stores.ui.set(readPreferences());
  stores.ui.api.subscribe((ui) => writePreferences(ui));
  stores.incidents.set({ actor: readActor() });
  stores.incidents.watch(({ actor }) => actor, writeActor);
  stores.announcements.set(readAnnouncing());
  for (const key of ["isMuted", "notifications"] as const)
    stores.announcements.watch(
      (state) => state[key],
      () => writeAnnouncing(stores.announcements.get()),
    );
}

function host(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/** Writes the shareable state into the address, at most twice a second. */
function keepUrl(stores: Stores): void {
  let isScheduled = false;
  const write = () => {
    isScheduled = false;
    const query = queryFromStores(stores);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(write, 500);
  };
  for (const store of [
    stores.ui,
    stores.camera,
    stores.city,
    stores.layers,
    stores.selection,
    stores.models,
    stores.scenario,
    stores.incidents,
    stores.timeline,
    stores.terrain,
    stores.display,
    stores.buildingFilter,
  ])
    store.api.subscribe(schedule);
}

/** The interface's subscriptions and questions, answered as soon as the engines are there. */
function lateSignals(arriving: Promise<Engine>, run: RunCommand): UiSignals {
  const subscribe = (attach: (engine: Engine) => () => void) => {
    let detach: (() => void) | null = null;
    let isOver = false;
    void arriving.then((engine) => {
      if (!isOver) detach = attach(engine);
    });
    return () => {
      isOver = true;
      detach?.();
    };
  };
  return {
    onCameraMoved: (fn) => subscribe(({ signals }) => signals.onLatest("cameraMoved", fn)),
    onCredits: (fn) => subscribe(({ signals }) => signals.onLatest("creditsChanged", fn)),
    onHover: (fn) => subscribe(({ signals }) => signals.on("hovered", fn)),
    onLoading: (fn) => subscribe(({ signals }) => signals.onLatest("loadingChanged", fn)),
    readProperties: async (modelId, globalId) => (await arriving).library.element(modelId, globalId),
    findBuildings: async (text) => (await arriving).analysis.find(text, 20),
    surroundings: async (sensorId) => (await arriving).surroundings(sensorId),
    report: async (incidentId) => (await arriving).report.material(incidentId),
    elementTree: async (modelId, order) => (await arriving).reading.desk.tree(modelId, order),
    elementColumns: async (modelId) => (await (await arriving).library.model(modelId)).elements,
    propertyNames: async (modelId) => (await arriving).reading.desk.properties(modelId),
    findPlaces: async (text) => (await arriving).onemap.desk.findPlaces(text, 12),
    tableRows: async (from, to) => (await arriving).onemap.table.rows(from, to),
    tablePosition: async (selection) => (await arriving).onemap.table.position(selection),
    serviceLayers: async (kind, url) => (await arriving).onemap.serviceLayers(kind, url),
    viewpointImage: async (id) => (await arriving).reading.snapshotOf(id),
    dropFiles: (dropped) => {
      const files = [...dropped];
      void arriving.then((engine) =>
        run({ type: "open-files", sources: files.map((file) => engine.files.leave(file)) }).catch(() => {}),
      );
    },
  };
}
