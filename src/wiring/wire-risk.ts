import { TwinError } from "../base/errors.ts";
import type { Unit } from "../domain/response.ts";
import type { FeedState, FeedStatus, Sensor, Warning } from "../domain/risk.ts";
import type { FeedConfig, ScenarioManifest } from "../domain/scenario.ts";
import { currentPoint, type StormTrack } from "../domain/storm-track.ts";
import type { UnitOrder } from "../domain/unit-order.ts";
import type { FeedCredentials } from "../feed/feed-adapter.ts";
import type { PublishOutcome } from "../feed/mqtt-publish.ts";
import { batchCallback, createFeedClient, type FeedBatch } from "../jobs/feed-client.ts";
import type { AlertGroup } from "../state/stores.ts";
import { AlertBoard } from "./alert-board.ts";
import type { FeedOverrides } from "./feed-overrides.ts";
import { setHubClock } from "./hub-clock.ts";
import type { WireParts } from "./parts.ts";
import { giveOrder, ReportedUnits } from "./reported-units.ts";
import { type FeedTable, SensorDesk } from "./sensor-desk.ts";

/** Store summaries follow the feeds at most this often; marks on the map change with every batch. */
const SUMMARY_MS = 1000;
/** States in which the first report of a unit is awaited. */
const EXPECTED: ReadonlySet<FeedState> = new Set(["connecting", "live"]);

export interface RiskWire {
  readonly desk: SensorDesk;
  readonly alerts: AlertBoard;
  /** Connects the feeds of a scenario and ends those it does not name. */
  follow(manifest: ScenarioManifest | null): void;
  /** Called after every summary, once a second at most. */
  onSummary(fn: () => void): void;
  /** Called with every batch of a followed feed, whatever is shown; null when the feed is no longer followed. Bound. */
  readonly onBatch: (fn: (feedId: string, batch: FeedBatch | null) => void) => void;
  /** A feed's sensors and readings as they are now, whatever is shown. Bound. */
  readonly liveTable: (feedId: string) => FeedTable | null;
  /** Shows a moment of the past in place of what comes in, which goes on behind it; null brings the present back. Bound. */
  readonly showPast: (past: PastRisk | null) => void;
  retryFeed(id: string): Promise<void>;
  setFeedClock(id: string, change: { readonly paused?: boolean; readonly speed?: number }): Promise<void>;
  /** Feeds that are followed now. */
  followed(): readonly FeedConfig[];
  /** Leaves a retained message with a feed's broker. */
  publish(feedId: string, topic: string, payload: string, token: string): Promise<PublishOutcome>;
  /** Units that feeds report now, whatever is shown. Bound. */
  readonly units: () => readonly Unit[];
  /** A feed that reports units is followed and has not fallen silent. Bound. */
  readonly expectsUnits: () => boolean;
  /** Gives an order to the source of a unit's reports; false when it does not answer or does not take it. Bound. */
  readonly orderUnit: (order: UnitOrder) => Promise<boolean>;
  /** Called whenever the table of sensors was made anew. Bound. */
  readonly onSensors: (fn: () => void) => void;
}

/** What is shown of risk while the past is. */
export interface PastRisk {
  readonly feeds: readonly FeedStatus[];
  readonly tables: readonly FeedTable[];
  readonly warnings: readonly Warning[];
  readonly groups: readonly AlertGroup[];
  readonly kindNames: readonly string[];
  readonly tracks: readonly StormTrack[];
  /** The moment, epoch ms. */
  readonly atMs: number;
  readonly series: (
    feedId: string,
    row: number,
  ) => Promise<{ readonly timesMs: ArrayLike<number>; readonly values: ArrayLike<number> }>;
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
  readonly #statuses = new Map<string, FeedStatus>();
  readonly #batchListeners: ((feedId: string, batch: FeedBatch | null) => void)[] = [];
  /** What is shown in place of the present, and the present behind it. */
  #past: PastRisk | null = null;
  readonly #behind = new SensorDesk();
  readonly #tracks = new Map<string, readonly StormTrack[]>();
  /** What the map has of them, and which point of each is the present one. */
  #drawn: { readonly tracks: readonly StormTrack[]; readonly step: string } = { tracks: [], step: "" };
  readonly #units = new ReportedUnits();
  readonly #connected = new Map<string, FeedConfig>();
  readonly #summaryListeners: (() => void)[] = [];
  readonly #sensorListeners: (() => void)[] = [];
  readonly onSensors = (fn: () => void): void => {
    this.#sensorListeners.push(fn);
  };
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
    if (!this.#past) {
      this.#publishAlerts();
      this.#resetTable();
      this.#publishWarnings();
    }
    for (const config of wanted) this.#connect(config, manifest!);
  }

  onSummary(fn: () => void): void {
    this.#summaryListeners.push(fn);
  }

  followed(): readonly FeedConfig[] {
    return [...this.#connected.values()];
  }

  publish(feedId: string, topic: string, payload: string, token: string): Promise<PublishOutcome> {
    const username = this.#access.overrides.username(feedId);
    const credentials = { username: username ?? "liaotwin", password: token };
    return this.#client.call((remote) => remote.publish(feedId, topic, payload, credentials));
  }

  readonly units: RiskWire["units"] = () => this.#units.all();

  readonly expectsUnits: RiskWire["expectsUnits"] = () =>
    [...this.#connected.values()].some((config) => {
      const state = this.#statuses.get(config.id)?.state ?? "connecting";
      return config.protocol === "mqtt" && config.options?.units && EXPECTED.has(state);
    });

  readonly orderUnit: RiskWire["orderUnit"] = async (order) => {
    const config = this.#connected.get(this.#units.feedOf(order.unitId) ?? "");
    if (config?.protocol !== "mqtt") return false;
    const tokens = this.#sameBroker(config.id).map((id) => this.#access.password(`${id}/publish`));
    const token = tokens.find(Boolean);
    const { city } = this.#parts.stores.city.get();
    return giveOrder(order, { config, city, token }, (...message) => this.publish(config.id, ...message));
  };

  #connect(config: FeedConfig, { sensorKinds, rules = [] }: ScenarioManifest): void {
    const { stores, onError } = this.#parts;
    this.#connected.set(config.id, config);
    const credentials = this.#credentials(config.id);
    void this.#client
      .call((remote) =>
        remote.connect(
          config,
          sensorKinds,
          stores.city.get().city,
          credentials,
          batchCallback(this.#onBatch),
          rules,
        ),
      )
      .catch(onError);
  }

  async retryFeed(id: string): Promise<void> {
    this.#known(id);
    const refused = this.#sameBroker(id).filter((other) => this.#statuses.get(other)?.state === "refused");
    const again = new Set([id, ...refused]);
    await Promise.all(
      [...again].map((one) => this.#client.call((remote) => remote.retry(one, this.#credentials(one)))),
    );
  }

  /** Feeds from the same address, this one first: what lets in to one lets in to all. */
  #sameBroker(id: string): readonly string[] {
    const url = this.#connected.get(id)?.url;
    const others = [...this.#connected.values()].filter((config) => config.id !== id && config.url === url);
    return [id, ...others.map((config) => config.id)];
  }

  async setFeedClock(id: string, change: { paused?: boolean; speed?: number }): Promise<void> {
    const { url } = this.#known(id);
    await setHubClock(url, change, this.#access.password(`${id}/publish`));
  }

  #known(id: string): FeedStatus {
    const feed = this.#statuses.get(id);
    if (!feed) throw new TwinError("feed.unknown", `There is no feed ${id}.`, { id });
    return feed;
  }

  #credentials(feedId: string): FeedCredentials | null {
    const password = this.#sameBroker(feedId)
      .map((id) => this.#access.password(id))
      .find(Boolean);
    const username = this.#access.overrides.username(feedId);
    return username || password ? { ...(username && { username }), ...(password && { password }) } : null;
  }

  #drop(feedId: string): void {
    const { onError } = this.#parts;
    this.#connected.delete(feedId);
    this.#warnings.delete(feedId);
    this.alerts.drop(feedId);
    this.#liveDesk.setSensors(feedId, []);
    this.#statuses.delete(feedId);
    this.#units.drop(feedId);
    this.#publishFeeds();
    for (const fn of this.#batchListeners) fn(feedId, null);
    if (this.#tracks.delete(feedId) && !this.#past) this.#drawTracks();
    void this.#client.call((remote) => remote.disconnect(feedId)).catch(onError);
  }

  get #liveDesk(): SensorDesk {
    return this.#past ? this.#behind : this.desk;
  }

  readonly onBatch: RiskWire["onBatch"] = (fn) => {
    this.#batchListeners.push(fn);
  };

  readonly liveTable: RiskWire["liveTable"] = (feedId) => this.#liveDesk.tableOf(feedId);

  readonly showPast: RiskWire["showPast"] = (past) => {
    const isTurn = (past === null) !== (this.#past === null);
    if (isTurn) this.desk.exchange(this.#behind);
    this.#past = past;
    const isNew = past ? this.desk.load(past.tables) : isTurn;
    if (past === null && !isTurn) return;
    if (isNew || isTurn) this.#resetTable();
    else {
      const moves = this.desk.moves();
      if (moves) this.#parts.view.moveSensors(moves);
      this.#showReadings();
    }
    this.#drawTracks();
    this.#publishFeeds();
    this.#publishWarnings();
    this.#publishAlerts(true);
    void this.#summarize().catch(this.#parts.onError);
  };

  /** Bound: the worker calls it. */
  readonly #onBatch = (batch: FeedBatch): void => {
    const { feedId } = batch;
    if (!this.#connected.has(feedId)) return;
    this.#statuses.set(feedId, batch.status);
    if (!this.#past) this.#publishFeeds();
    const desk = this.#liveDesk;
    if (batch.sensors) {
      desk.setSensors(feedId, batch.sensors);
      if (!this.#past) this.#resetTable();
    }
    if (batch.update) {
      const rows = desk.update(feedId, batch.update);
      if (rows && !this.#past) {
        this.#parts.view.updateSensors({ ...batch.update, rows });
        this.#isSummaryDue = true;
      }
    }
    if (batch.moves) {
      const moves = desk.move(feedId, batch.moves);
      if (moves && !this.#past) this.#parts.view.moveSensors(moves);
    }
    if (batch.tracks) {
      this.#tracks.set(feedId, batch.tracks);
      if (!this.#past) this.#drawTracks();
    }
    if (batch.units) this.#units.put(feedId, batch.units);
    if (batch.warnings) {
      this.#warnings.set(feedId, batch.warnings);
      if (!this.#past) this.#publishWarnings();
    }
    if (batch.alerts) this.alerts.put(feedId, batch.alerts);
    for (const fn of this.#batchListeners) fn(feedId, batch);
  };

  #drawTracks(): void {
    const { view } = this.#parts;
    const { tracks, atMs } = this.#past ?? { tracks: [...this.#tracks.values()].flat(), atMs: Date.now() };
    const step = tracks.map((track) => currentPoint(track, atMs)).join();
    const isSame = step === this.#drawn.step && tracks.every((track, i) => track === this.#drawn.tracks[i]);
    if (isSame && tracks.length === this.#drawn.tracks.length) return;
    this.#drawn = { tracks, step };
    view.setTracks(tracks, atMs);
  }

  #publishAlerts(isAll = false): void {
    const { stores } = this.#parts;
    if (this.#past && !isAll) return;
    const groups = this.#past?.groups ?? (isAll ? this.alerts.groups() : this.alerts.takeGroups());
    if (groups) stores.alerts.set({ groups });
  }

  /** In the order in which they are configured, whichever spoke first. */
  #publishFeeds(): void {
    const live = () => [...this.#connected.keys()].flatMap((id) => this.#statuses.get(id) ?? []);
    this.#parts.stores.feeds.set({ feeds: this.#past?.feeds ?? live() });
  }

  #resetTable(): void {
    const { stores, view } = this.#parts;
    const { desk } = this;
    // in one step: a table without its counts would read as a city without a reading
    stores.risk.set({ sensors: desk.sensors, sensorCounts: desk.counts(), worst: desk.worst(50) });
    view.setSensors(desk.positions(), kindCodes(desk.sensors, this.#past?.kindNames ?? this.#kindNames));
    this.#showReadings();
    for (const fn of this.#sensorListeners) fn();
  }

  #showReadings(): void {
    const { values, timesMs, levels } = this.desk;
    const rows = Uint32Array.from(levels, (_, row) => row);
    this.#parts.view.updateSensors({ rows, values, timesMs, levels });
    this.#isSummaryDue = true;
  }

  #publishWarnings(): void {
    const { stores, view } = this.#parts;
    const inForce = this.#past?.warnings ?? onceEach([...this.#warnings.values()].flat());
    const all = [...inForce].sort((a, b) => a.level - b.level || b.sentMs - a.sentMs);
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
    const { timesMs, values } = this.#past
      ? await this.#past.series(at.feedId, at.row)
      : await this.#client.call((remote) => remote.series(at.feedId, at.row));
    const now = stores.selection.get().selection;
    if (now.kind !== "sensor" || now.sensorId !== selection.sensorId) return;
    stores.risk.set({
      series: {
        sensorId: selection.sensorId,
        timesMs: Array.from(timesMs),
        values: Array.from(values),
        level: this.desk.levels[row] ?? 0,
      },
    });
  }
}

/** A warning that two feeds bring is one warning. */
function onceEach(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.toReversed().map((one) => [one.id, one])).values()];
}

function kindCodes(sensors: readonly Sensor[], kinds: readonly string[]): Uint8Array {
  return Uint8Array.from(sensors, (sensor) => Math.max(0, kinds.indexOf(sensor.kind)));
}
