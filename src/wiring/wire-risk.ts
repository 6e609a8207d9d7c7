import type { Sensor, Warning } from "../domain/risk.ts";
import type { FeedConfig, ScenarioManifest } from "../domain/scenario.ts";
import { createFeedClient, type FeedBatch } from "../jobs/feed-client.ts";
import { proxyCallback } from "../jobs/worker-client.ts";
import { AlertBoard } from "./alert-board.ts";
import type { FeedOverrides } from "./feed-overrides.ts";
import type { WireParts } from "./parts.ts";
import { SensorDesk } from "./sensor-desk.ts";

/** Store summaries follow the feeds at most this often; marks on the map change with every batch. */
const SUMMARY_MS = 1000;

export interface RiskWire {
  readonly desk: SensorDesk;
  readonly alerts: AlertBoard;
  /** Connects the feeds of a scenario and ends those it does not name. */
  follow(manifest: ScenarioManifest | null): void;
  /** Called after every summary, once a second at most. */
  onSummary(fn: () => void): void;
}

interface FeedAccess {
  readonly overrides: FeedOverrides;
  readonly password: (feedId: string) => string | undefined;
}

/** Live feeds: worker batches to typed arrays, marks on the map, and a summary in the stores. */
export function wireRisk(parts: WireParts, access: FeedAccess): RiskWire {
  return new LiveFeeds(parts, access);
}

class LiveFeeds implements RiskWire {
  readonly desk = new SensorDesk();
  readonly alerts = new AlertBoard();
  readonly #parts: WireParts;
  readonly #access: FeedAccess;
  readonly #client = createFeedClient();
  readonly #warnings = new Map<string, readonly Warning[]>();
  readonly #connected = new Map<string, FeedConfig>();
  readonly #summaryListeners: (() => void)[] = [];
  #kindNames: readonly string[] = [];
  #isSummaryDue = false;

  constructor(parts: WireParts, access: FeedAccess) {
    this.#parts = parts;
    this.#access = access;
    const { stores, scope, onError } = parts;
    scope.add(() => this.#client.terminate());
    const timer = setInterval(() => void this.#summarize().catch(onError), SUMMARY_MS);
    scope.add(() => clearInterval(timer));
    scope.add(
      stores.selection.watch(
        (s) => s.selection,
        () => void this.#readSeries().catch(onError),
      ),
    );
  }

  follow(manifest: ScenarioManifest | null): void {
    const { overrides } = this.#access;
    this.#kindNames = Object.keys(manifest?.sensorKinds ?? {});
    const wanted = manifest ? overrides.feedsOf(manifest.feeds, this.#parts.baseUrl) : [];
    for (const id of [...this.#connected.keys()]) this.#drop(id);
    this.alerts.setRules(manifest?.rules ?? []);
    this.#publishAlerts();
    this.#resetTable();
    this.#publishWarnings();
    for (const config of wanted) this.#connect(config, manifest!);
  }

  onSummary(fn: () => void): void {
    this.#summaryListeners.push(fn);
  }

  #connect(config: FeedConfig, { sensorKinds, rules = [] }: ScenarioManifest): void {
    const { stores, onError } = this.#parts;
    this.#connected.set(config.id, config);
    const password = this.#access.password(config.id);
    const username = this.#access.overrides.username(config.id);
    const credentials =
      username || password ? { ...(username && { username }), ...(password && { password }) } : null;
    void this.#client
      .call((remote) =>
        remote.connect(
          config,
          sensorKinds,
          stores.city.get().city,
          credentials,
          proxyCallback(this.#onBatch),
          rules,
        ),
      )
      .catch(onError);
  }

  #drop(feedId: string): void {
    const { stores, onError } = this.#parts;
    this.#connected.delete(feedId);
    this.#warnings.delete(feedId);
    this.alerts.drop(feedId);
    this.desk.setSensors(feedId, []);
    stores.feeds.set({ feeds: stores.feeds.get().feeds.filter((feed) => feed.id !== feedId) });
    void this.#client.call((remote) => remote.disconnect(feedId)).catch(onError);
  }

  /** Bound: the worker calls it. */
  readonly #onBatch = (batch: FeedBatch): void => {
    if (!this.#connected.has(batch.feedId)) return;
    this.#putStatus(batch);
    if (batch.sensors) {
      this.desk.setSensors(batch.feedId, batch.sensors);
      this.#resetTable();
    }
    if (batch.update) {
      const rows = this.desk.update(batch.feedId, batch.update);
      if (rows) this.#parts.view.updateSensors({ ...batch.update, rows });
      this.#isSummaryDue = true;
    }
    if (batch.warnings) {
      this.#warnings.set(batch.feedId, batch.warnings);
      this.#publishWarnings();
    }
    if (batch.alerts) this.alerts.put(batch.feedId, batch.alerts);
  };

  #publishAlerts(): void {
    const groups = this.alerts.takeGroups();
    if (groups) this.#parts.stores.alerts.set({ groups });
  }

  #putStatus({ feedId, status }: FeedBatch): void {
    const { stores } = this.#parts;
    const { feeds } = stores.feeds.get();
    const known = feeds.some((feed) => feed.id === feedId);
    stores.feeds.set({
      feeds: known ? feeds.map((feed) => (feed.id === feedId ? status : feed)) : [...feeds, status],
    });
  }

  #resetTable(): void {
    const { stores, view } = this.#parts;
    const { desk } = this;
    stores.risk.set({ sensors: desk.sensors });
    view.setSensors(desk.positions(), kindCodes(desk.sensors, this.#kindNames));
    view.updateSensors({
      rows: Uint32Array.from(desk.levels, (_, row) => row),
      values: desk.values,
      timesMs: desk.timesMs,
      levels: desk.levels,
    });
  }

  #publishWarnings(): void {
    const { stores, view } = this.#parts;
    const all = [...this.#warnings.values()].flat().sort((a, b) => a.level - b.level || b.sentMs - a.sentMs);
    stores.risk.set({ warnings: all });
    view.setWarnings(all);
    this.#isSummaryDue = true;
  }

  async #summarize(): Promise<void> {
    this.#publishAlerts();
    if (!this.#isSummaryDue) return;
    this.#isSummaryDue = false;
    this.#parts.stores.risk.set({ sensorCounts: this.desk.counts(), worst: this.desk.worst(50) });
    for (const fn of this.#summaryListeners) fn();
    await this.#readSeries();
  }

  async #readSeries(): Promise<void> {
    const { stores } = this.#parts;
    const { selection } = stores.selection.get();
    if (selection.kind !== "sensor") {
      if (stores.risk.get().series) stores.risk.set({ series: null });
      return;
    }
    const row = this.desk.rowOf(selection.sensorId);
    const at = this.desk.locate(row);
    if (!at) return;
    const { timesMs, values } = await this.#client.call((remote) => remote.series(at.feedId, at.row));
    const now = stores.selection.get().selection;
    if (now.kind !== "sensor" || now.sensorId !== selection.sensorId) return;
    stores.risk.set({
      series: {
        sensorId: selection.sensorId,
        timesMs: [...timesMs],
        values: [...values],
        level: this.desk.levels[row] ?? 0,
      },
    });
  }
}

function kindCodes(sensors: readonly Sensor[], kinds: readonly string[]): Uint8Array {
  return Uint8Array.from(sensors, (sensor) => Math.max(0, kinds.indexOf(sensor.kind)));
}
