import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { CommandPorts } from "../commands/ports.ts";
import { CITIES, type CityId } from "../domain/city.ts";
import type { EventLog } from "../domain/event-log.ts";
import { MemoryLog } from "../domain/memory-log.ts";
import { momentHash, prepareHash } from "../domain/moment-hash.ts";
import type { IncidentPackage } from "../domain/package.ts";
import { Tape } from "../domain/tape.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import type { TwinMoment } from "../domain/twin-moment.ts";
import { ordersOf } from "../domain/unit-order.ts";
import { WhatIf } from "../domain/what-if.ts";
import type { AppendEvent, LogDesk } from "./log-desk.ts";
import type { WireParts } from "./parts.ts";
import { pastRiskOf, pastUnitsOf } from "./past-risk.ts";
import { TimelineScale } from "./timeline-scale.ts";
import type { ResponseWire } from "./wire-response.ts";
import type { RiskWire } from "./wire-risk.ts";
import type { ScenarioWire } from "./wire-scenario.ts";
import type { ZoneLogWire } from "./zone-desk.ts";

/** The picture follows the playhead so often. */
const TICK_MS = 250;
/** The scale follows the log so often. */
const SCALE_MS = 1000;

type Verbs =
  | "goLive"
  | "goToTime"
  | "playTimeline"
  | "pauseTimeline"
  | "branchTimeline"
  | "leaveBranch"
  | "closePackage";

export interface TimelineWire extends Pick<CommandPorts, Verbs> {
  /** Reads what is stored: the scale and its marks. */
  load(): Promise<void>;
  /** What is looked at: the log, or a package in its place. */
  source(): Promise<{ readonly log: EventLog; readonly tape: Tape }>;
  openPackage(opened: IncidentPackage): Promise<void>;
}

interface Tools {
  readonly desk: LogDesk;
  readonly risk: Pick<RiskWire, "showPast">;
  readonly scenario: Pick<ScenarioWire, "presentScenario">;
  readonly units: Pick<ResponseWire, "showPast">;
  readonly zones: Pick<ZoneLogWire, "showPast">;
}

/** The timeline: which moment is shown, and what then stands in the stores and on the map. */
export function wireTimeline(parts: WireParts, tools: Tools): TimelineWire {
  const timeline = new Timeline(parts, tools);
  const { stores, scope } = parts;
  scope.add(() => timeline.pauseTimeline());
  const timer = setInterval(() => timeline.publishScale(), SCALE_MS);
  scope.add(() => clearInterval(timer));
  scope.add(tools.desk.onWritten(({ event }) => timeline.addToScale(event)));
  scope.add(tools.desk.onForeign((event) => timeline.addToScale(event)));
  scope.add(
    stores.incidents.watch(
      ({ chosen }) => chosen,
      () => timeline.publishEntries(),
    ),
  );
  const { load, source, openPackage, goLive, goToTime, playTimeline, pauseTimeline } = timeline;
  const { branchTimeline, leaveBranch, closePackage } = timeline;
  return {
    load,
    source,
    openPackage,
    goLive,
    goToTime,
    playTimeline,
    pauseTimeline,
    branchTimeline,
    leaveBranch,
    closePackage,
  };
}

class Timeline {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  readonly #scale = new TimelineScale();
  #isScaleNew = false;
  #liveTape: { log: EventLog; tape: Tape } | null = null;
  #package: { log: MemoryLog; tape: Tape; scale: TimelineScale } | null = null;
  #whatIf: WhatIf | null = null;
  #whatIfs = 0;
  /** The present's city and scenario, while the past is shown. */
  #present: { city: CityId; scenario: string | null } | null = null;
  #turn = new AbortController();
  #player: ReturnType<typeof setInterval> | null = null;
  #isMoving = false;
  /** Entries about incidents, read once while the past is shown. */
  #decisions: readonly TwinEvent[] | null = null;

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  readonly load: TimelineWire["load"] = async () => {
    await this.#scale.load(await this.#tools.desk.log());
    this.#isScaleNew = true;
    this.publishScale();
  };

  addToScale(event: TwinEvent): void {
    this.#scale.add(event);
    this.#isScaleNew = true;
  }

  publishScale(): void {
    if (!this.#isScaleNew) return;
    this.#isScaleNew = false;
    const { span, marks } = this.#package?.scale ?? this.#scale;
    this.#parts.stores.timeline.set({
      range: span && { fromMs: span.fromMs, toMs: span.toMs },
      entries: span?.entries ?? 0,
      marks,
    });
  }

  readonly source: TimelineWire["source"] = async () => {
    if (this.#package) return this.#package;
    const log = await this.#tools.desk.log();
    if (this.#liveTape?.log !== log) this.#liveTape = { log, tape: new Tape(log) };
    return this.#liveTape;
  };

  /** A newer call takes over from one that is under way. */
  readonly goToTime: TimelineWire["goToTime"] = async (timeMs) => {
    this.#turn.abort();
    this.#turn = new AbortController();
    const { signal } = this.#turn;
    try {
      const { log, tape } = await this.source();
      const span = await log.span();
      if (signal.aborted) return;
      if (!span) throw new TwinError("timeline.empty", "Nothing has been recorded yet.");
      const newest = this.#package ? span.toMs : Math.min(span.toMs, Date.now() - 1);
      const atMs = Math.round(Math.max(this.#whatIf?.fromMs ?? span.fromMs, Math.min(timeMs, newest)));
      this.#enterPast();
      this.#parts.stores.timeline.set({ mode: this.#whatIf ? "branch" : "past", atMs });
      const moment = this.#whatIf ? this.#whatIf.at(atMs) : await tape.at(atMs, signal);
      this.#decisions ??= (await log.readKinds(["incident"])).map(({ event }) => event);
      if (signal.aborted) return;
      await this.#show(moment, atMs, log, signal);
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  };

  readonly goLive: TimelineWire["goLive"] = async () => {
    this.#turn.abort();
    this.pauseTimeline();
    const { stores } = this.#parts;
    if (stores.timeline.get().mode === "live") return;
    this.#whatIf = null;
    if (this.#package) this.#isScaleNew = true;
    this.#package = null;
    const present = this.#present;
    this.#present = null;
    if (present) {
      if (stores.city.get().city !== present.city) stores.city.set({ city: present.city });
      await this.#tools.scenario.presentScenario(present.scenario).catch(this.#parts.onError);
    }
    this.#tools.desk.divert(null);
    this.#tools.risk.showPast(null);
    this.#tools.zones.showPast(null);
    stores.timeline.set({ mode: "live", atMs: null, hash: null, branch: null, packageName: null });
    this.publishScale();
    await this.#tools.units.showPast(null);
  };

  readonly playTimeline: TimelineWire["playTimeline"] = async (speed) => {
    const { stores } = this.#parts;
    const { mode, range } = stores.timeline.get();
    if (mode === "live") await this.goToTime(range?.fromMs ?? 0);
    this.pauseTimeline();
    stores.timeline.set({ isPlaying: true, speed });
    let lastMs = performance.now();
    this.#player = setInterval(() => {
      const nowMs = performance.now();
      const passed = nowMs - lastMs;
      if (this.#isMoving) return;
      lastMs = nowMs;
      void this.#tick(passed * speed).catch(this.#parts.onError);
    }, TICK_MS);
  };

  readonly pauseTimeline = (): void => {
    if (this.#player !== null) clearInterval(this.#player);
    this.#player = null;
    if (this.#parts.stores.timeline.get().isPlaying) this.#parts.stores.timeline.set({ isPlaying: false });
  };

  readonly branchTimeline: TimelineWire["branchTimeline"] = async () => {
    const { stores } = this.#parts;
    if (stores.timeline.get().mode === "live") await this.goToTime(Date.now());
    const { atMs, mode } = stores.timeline.get();
    if (atMs === null || mode === "branch") return;
    this.pauseTimeline();
    const { log, tape } = await this.source();
    const moment = await tape.at(atMs);
    this.#whatIf = new WhatIf(`what-if-${++this.#whatIfs}`, atMs, moment);
    stores.timeline.set({ mode: "branch", branch: { id: this.#whatIf.id, fromMs: atMs } });
    await this.#show(moment, atMs, log, this.#turn.signal);
  };

  readonly leaveBranch: TimelineWire["leaveBranch"] = async () => {
    const { atMs, mode } = this.#parts.stores.timeline.get();
    if (mode !== "branch" || atMs === null) return;
    this.pauseTimeline();
    const { fromMs } = this.#whatIf ?? { fromMs: atMs };
    this.#whatIf = null;
    this.#parts.stores.timeline.set({ mode: "past", branch: null });
    await this.goToTime(fromMs);
  };

  readonly openPackage: TimelineWire["openPackage"] = async ({ events, manifest }) => {
    const log = new MemoryLog(events);
    const tape = new Tape(log);
    const { toMs } = manifest.span;
    const newest = await tape.at(toMs);
    await prepareHash(newest);
    const hash = momentHash(newest, manifest.version);
    if (hash !== manifest.hash)
      throw new TwinError("package.hash", `The package of "${manifest.title}" does not add up to its hash.`, {
        name: manifest.title,
      });
    const scale = new TimelineScale();
    await scale.load(log, manifest.span);
    await this.goLive();
    this.#package = { log, tape, scale };
    this.#isScaleNew = true;
    this.#parts.stores.timeline.set({ packageName: manifest.title });
    this.publishScale();
    await this.goToTime(toMs);
  };

  readonly closePackage: TimelineWire["closePackage"] = () => this.goLive();

  publishEntries(): void {
    const { stores } = this.#parts;
    const { mode, atMs } = stores.timeline.get();
    if (mode === "live" || atMs === null) return;
    const { chosen } = stores.incidents.get();
    const decided = [...(this.#decisions ?? []), ...(this.#whatIf?.events ?? [])];
    const entries = decided.flatMap((event) => {
      if (event.kind !== "incident" || event.command.incidentId !== chosen || event.timeMs > atMs) return [];
      const { id, timeMs, actor, command } = event;
      return [{ id, timeMs, actor, command }];
    });
    stores.incidents.set({ entries });
  }

  #enterPast(): void {
    const { stores } = this.#parts;
    if (this.#present) return;
    this.#decisions = null;
    this.#present = {
      city: stores.city.get().city,
      scenario: stores.scenario.get().active?.id ?? null,
    };
    this.#tools.desk.divert(this.#decide);
  }

  /** Decisions are for the present, or for a what-if. */
  readonly #decide: AppendEvent = async (actor, body, id) => {
    const { atMs } = this.#parts.stores.timeline.get();
    if (!this.#whatIf || atMs === null)
      throw new TwinError("timeline.past", "The past is shown: go back to live, or start a what-if.");
    const event = this.#whatIf.append(actor, body, atMs, id);
    await this.goToTime(event.timeMs);
    return event;
  };

  async #show(moment: TwinMoment, atMs: number, log: EventLog, signal: AbortSignal): Promise<void> {
    const { stores, onError } = this.#parts;
    const { city } = moment;
    if (city !== null && Object.hasOwn(CITIES, city) && city !== stores.city.get().city)
      stores.city.set({ city: city as CityId });
    await this.#tools.scenario.presentScenario(moment.scenario).catch(onError);
    await prepareHash(moment);
    if (signal.aborted) return;
    const { active } = stores.scenario.get();
    this.#tools.risk.showPast(pastRiskOf(moment, atMs, active, log, stores.ui.get().locale));
    this.#tools.zones.showPast([...moment.zones.values()]);
    const orders = ordersOf(this.#whatIf?.events ?? []);
    // in a what-if the recorded world stands still: who has no order stays where the what-if began, however far it goes
    const units = pastUnitsOf(moment, this.#whatIf?.fromMs ?? atMs);
    await this.#tools.units.showPast({ units, orders, atMs });
    if (signal.aborted) return;
    stores.incidents.set({ incidents: [...moment.incidents.values()] });
    stores.timeline.set({ atMs, hash: momentHash(moment) });
    this.publishEntries();
  }

  async #tick(passedMs: number): Promise<void> {
    const { atMs, range, mode } = this.#parts.stores.timeline.get();
    if (atMs === null) return this.pauseTimeline();
    this.#isMoving = true;
    try {
      await this.goToTime(atMs + passedMs);
    } finally {
      this.#isMoving = false;
    }
    const isOver = mode === "past" && range !== null && atMs + passedMs >= range.toMs;
    if (isOver) this.pauseTimeline();
  }
}
