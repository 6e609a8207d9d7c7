import type { Emitter } from "../base/emitter.ts";
import type { CommandDesk } from "../commands/desk.ts";
import type { PlainCommand } from "../domain/story.ts";
import type { Stores } from "../state/stores.ts";

export type TwinEvents = {
  /** The engines are on screen. */
  ready: undefined;
  /** A command has run, or failed. */
  ran: { readonly command: PlainCommand; readonly ms: number; readonly error: string | null };
  selectionChanged: unknown;
};

/** The page's contract with stories, tests and embedders: `window.twin`. */
export interface TwinApi {
  readonly version: string;
  run(command: PlainCommand): Promise<void>;
  /** Plain JSON of what the stores hold; bulk data as counts. */
  state(): Record<string, unknown>;
  /** Tiles settled, commands and jobs done. */
  whenIdle(): Promise<void>;
  on<K extends keyof TwinEvents>(event: K, fn: (payload: TwinEvents[K]) => void): () => void;
}

declare global {
  interface Window {
    twin: TwinApi;
  }
}

export function createTwinApi(
  stores: Stores,
  desk: CommandDesk,
  events: Emitter<TwinEvents>,
  whenIdle: () => Promise<void>,
  counters: () => Readonly<Record<string, number>>,
): TwinApi {
  return {
    version: __TWIN_VERSION__,
    run: (command) => desk.runPlain(command),
    state: () => ({ ...plainState(stores), counters: counters() }),
    whenIdle,
    on: (event, fn) => events.on(event, fn),
  };
}

function plainState(stores: Stores): Record<string, unknown> {
  const { sensors, ...risk } = stores.risk.get();
  return structuredClone({
    ui: stores.ui.get(),
    camera: stores.camera.get(),
    city: stores.city.get(),
    layers: stores.layers.get().layers,
    selection: stores.selection.get().selection,
    models: stores.models.get(),
    jobs: stores.jobs.get().jobs,
    feeds: stores.feeds.get().feeds,
    risk: { ...risk, sensors: sensors.length },
    scenario: stores.scenario.get(),
    story: stores.story.get(),
    display: stores.display.get(),
    alerts: stores.alerts.get().groups,
    incidents: stores.incidents.get(),
    timeline: stores.timeline.get(),
    response: stores.response.get(),
    announcements: stores.announcements.get(),
    cap: stores.cap.get(),
    changes: stores.changes.get().items,
    reading: stores.reading.get(),
    placement: stores.placement.get(),
    terrain: stores.terrain.get(),
    catalogue: { status: stores.catalogue.get().status, pending: stores.catalogue.get().pending },
    table: stores.table.get().open,
    buildingFilter: stores.buildingFilter.get().active,
    redLines: stores.redLines.get(),
    notices: stores.notices.get().notices,
  });
}
