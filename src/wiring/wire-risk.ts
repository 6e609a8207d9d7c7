import type { Sensor, Warning } from "../domain/risk.ts";
import type { FeedConfig, ScenarioManifest } from "../domain/scenario.ts";
import { createFeedClient, type FeedBatch } from "../jobs/feed-client.ts";
import { proxyCallback } from "../jobs/worker-client.ts";
import type { FeedOverrides } from "./feed-overrides.ts";
import type { WireParts } from "./parts.ts";
import { SensorDesk } from "./sensor-desk.ts";

/** Store summaries follow the feeds at most this often; marks on the map change with every batch. */
const SUMMARY_MS = 1000;

export interface RiskWire {
  readonly desk: SensorDesk;
  /** Connects the feeds of a scenario and ends those it does not name. */
  follow(manifest: ScenarioManifest | null): void;
  /** Called after every summary, once a second at most. */
  onSummary(fn: () => void): void;
}

/** Live feeds: worker batches to typed arrays, marks on the map, and a summary in the stores. */
export function wireRisk(
  parts: WireParts,
  options: { readonly overrides: FeedOverrides; readonly password: (feedId: string) => string | undefined },
): RiskWire {
  const { stores, view, scope } = parts;
  const client = createFeedClient();
  scope.add(() => client.terminate());
  const desk = new SensorDesk();
  const warnings = new Map<string, readonly Warning[]>();
  const connected = new Map<string, FeedConfig>();
  const summaryListeners: (() => void)[] = [];
  let kindNames: readonly string[] = [];
  let isSummaryDue = false;

  const resetTable = () => {
    stores.risk.set({ sensors: desk.sensors });
    view.setSensors(desk.positions(), kindCodes(desk.sensors, kindNames));
    view.updateSensors({
      rows: Uint32Array.from(desk.levels, (_, row) => row),
      values: desk.values,
      timesMs: desk.timesMs,
      levels: desk.levels,
    });
  };
  const onBatch = (batch: FeedBatch) => {
    if (!connected.has(batch.feedId)) return;
    const others = stores.feeds.get().feeds;
    const known = others.some((feed) => feed.id === batch.feedId);
    stores.feeds.set({
      feeds: known
        ? others.map((feed) => (feed.id === batch.feedId ? batch.status : feed))
        : [...others, batch.status],
    });
    if (batch.sensors) {
      desk.setSensors(batch.feedId, batch.sensors);
      resetTable();
    }
    if (batch.update) {
      const rows = desk.update(batch.feedId, batch.update);
      if (rows) view.updateSensors({ ...batch.update, rows });
      isSummaryDue = true;
    }
    if (batch.warnings) {
      warnings.set(batch.feedId, batch.warnings);
      publishWarnings();
    }
  };
  const publishWarnings = () => {
    const all = [...warnings.values()].flat().sort((a, b) => a.level - b.level || b.sentMs - a.sentMs);
    stores.risk.set({ warnings: all });
    view.setWarnings(all);
    isSummaryDue = true;
  };
  const summarize = async () => {
    if (!isSummaryDue) return;
    isSummaryDue = false;
    stores.risk.set({ sensorCounts: desk.counts(), worst: desk.worst(50) });
    for (const fn of summaryListeners) fn();
    await readSeries();
  };
  const readSeries = async () => {
    const { selection } = stores.selection.get();
    if (selection.kind !== "sensor") {
      if (stores.risk.get().series) stores.risk.set({ series: null });
      return;
    }
    const row = desk.rowOf(selection.sensorId);
    const at = desk.locate(row);
    if (!at) return;
    const { timesMs, values } = await client.call((remote) => remote.series(at.feedId, at.row));
    const now = stores.selection.get().selection;
    if (now.kind !== "sensor" || now.sensorId !== selection.sensorId) return;
    stores.risk.set({
      series: {
        sensorId: selection.sensorId,
        timesMs: [...timesMs],
        values: [...values],
        level: desk.levels[row] ?? 0,
      },
    });
  };
  const timer = setInterval(() => void summarize().catch(parts.onError), SUMMARY_MS);
  scope.add(() => clearInterval(timer));
  scope.add(
    stores.selection.watch(
      (s) => s.selection,
      () => void readSeries().catch(parts.onError),
    ),
  );

  const drop = (feedId: string) => {
    connected.delete(feedId);
    warnings.delete(feedId);
    desk.setSensors(feedId, []);
    stores.feeds.set({ feeds: stores.feeds.get().feeds.filter((feed) => feed.id !== feedId) });
    void client.call((remote) => remote.disconnect(feedId)).catch(parts.onError);
  };
  const follow = (manifest: ScenarioManifest | null) => {
    kindNames = Object.keys(manifest?.sensorKinds ?? {});
    const wanted = manifest ? options.overrides.feedsOf(manifest.feeds, parts.baseUrl) : [];
    for (const id of [...connected.keys()]) drop(id);
    resetTable();
    publishWarnings();
    for (const config of wanted) {
      connected.set(config.id, config);
      const password = options.password(config.id);
      const username = options.overrides.username(config.id);
      const credentials =
        username || password ? { ...(username && { username }), ...(password && { password }) } : null;
      const { sensorKinds, rules = [] } = manifest!;
      void client
        .call((remote) =>
          remote.connect(
            config,
            sensorKinds,
            stores.city.get().city,
            credentials,
            proxyCallback(onBatch),
            rules,
          ),
        )
        .catch(parts.onError);
    }
  };
  return { desk, follow, onSummary: (fn) => void summaryListeners.push(fn) };
}

function kindCodes(sensors: readonly Sensor[], kinds: readonly string[]): Uint8Array {
  return Uint8Array.from(sensors, (sensor) => Math.max(0, kinds.indexOf(sensor.kind)));
}
