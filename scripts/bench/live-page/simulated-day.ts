import { createSensorOverlay } from "../../../src/city/sensor-overlay.ts";
import type { Stage } from "../../../src/city/stage.ts";
import type { AlertRule } from "../../../src/domain/alert-rule.ts";
import type { FeedConfig, SensorKind } from "../../../src/domain/scenario.ts";
import { Tape } from "../../../src/domain/tape.ts";
import type { LinkEvents } from "../../../src/feed/mqtt-link.ts";
import { EventStore } from "../../../src/local/event-store.ts";
import { LogThinner } from "../../../src/local/thin-log.ts";
import { AlertBoard } from "../../../src/wiring/alert-board.ts";
import { FeedRecorder } from "../../../src/wiring/feed-recorder.ts";
import { LogDesk } from "../../../src/wiring/log-desk.ts";
import { SensorDesk } from "../../../src/wiring/sensor-desk.ts";
import { TimelineScale } from "../../../src/wiring/timeline-scale.ts";
import type { FeedBatch } from "../../../workers/feed/contract.ts";
import { FeedSession } from "../../../workers/feed/feed-session.ts";
import { openStage, pause } from "./frames.ts";
import { SteppedClock } from "./stepped-clock.ts";

const MINUTE_MS = 60_000;
/** As weather stations and water gauges report. */
const REPORT_EVERY_MIN = 10;
const FRAMES_AN_HOUR = 60;
const encoder = new TextEncoder();

export interface DayParts {
  readonly config: FeedConfig;
  readonly kinds: Readonly<Record<string, SensorKind>>;
  readonly rules: readonly AlertRule[];
  readonly sensors: number;
  /** Pages of `Things`, as the hub says them. */
  readonly things: readonly string[];
}

/**
 * A city's day in one page, with the clock run ahead: the product's session, rules, table of sensors, points and marks, recorder, log in
 * IndexedDB, its thinning out and its checkpoints. Rain goes over the city in two waves; the link is lost every hour.
 */
export class SimulatedDay {
  readonly #parts: DayParts;
  readonly #clock = new SteppedClock(Date.parse("2026-07-22T00:00:00Z"));
  readonly #stage: Stage = openStage();
  readonly #overlay = createSensorOverlay();
  readonly #desk = new SensorDesk();
  readonly #alerts = new AlertBoard();
  readonly #scale = new TimelineScale();
  readonly #log: LogDesk;
  readonly #recorder: FeedRecorder;
  readonly #session: FeedSession;
  readonly #opening: Promise<EventStore>;
  #care: { readonly thinner: LogThinner; readonly tape: Tape } | null = null;
  #link: LinkEvents | null = null;
  #minute = 0;
  #sent = 0;

  constructor(parts: DayParts) {
    this.#parts = parts;
    const nowMs = () => this.#clock.now();
    this.#opening = EventStore.open({ name: `bench-${Math.random()}`, nowMs });
    this.#log = new LogDesk(this.#opening, { onStorage: () => {}, nowMs });
    this.#recorder = new FeedRecorder({
      record: (body, id) => this.#log.record(body, id),
      liveTable: (feedId) => this.#desk.tableOf(feedId),
      ruleTitle: () => null,
      nowMs,
    });
    this.#log.onWritten(({ event }) => void this.#scale.add(event));
    this.#overlay.attach(this.#stage);
    this.#alerts.setRules(parts.rules);
    this.#recorder.begin();
    this.#session = new FeedSession({
      config: parts.config,
      kinds: parts.kinds,
      rules: parts.rules,
      city: "shenyang",
      credentials: null,
      pageOrigin: location.origin,
      clock: this.#clock,
      random: () => 0.5,
      fetch: () => Promise.reject(new Error("nothing is fetched")),
      openLink: (_options, events) => {
        this.#link = events;
        return { close: () => {}, drop: () => {} };
      },
      emit: (batch) => this.#take(batch),
    });
    this.#session.start();
    this.#open();
  }

  /** Runs on by so many hours; what stands then. */
  async run(hours: number) {
    for (let until = this.#minute + hours * 60; this.#minute < until; ) await this.#runMinute();
    const log = await (await this.#opening).span();
    const { usage = 0 } = await navigator.storage.estimate();
    const { received, rejected } = this.#session.status();
    return {
      hour: this.#minute / 60,
      sent: this.#sent,
      received,
      rejected,
      entries: log?.entries ?? 0,
      marks: this.#scale.marks.length,
      storedMb: Math.round(usage / 1e6),
      holding: this.#alerts.groups().reduce((sum, { count }) => sum + count, 0),
      warned: this.#overlay.warnedCount,
    };
  }

  #open(): void {
    this.#link!.opened([], false);
    for (const page of this.#parts.things) this.#say("v1.1/Things", page);
  }

  async #runMinute(): Promise<void> {
    const minute = this.#minute++;
    const time = new Date(this.#clock.now()).toISOString();
    const { sensors } = this.#parts;
    for (let id = minute % REPORT_EVERY_MIN; id < sensors; id += REPORT_EVERY_MIN)
      this.#say(
        `v1.1/Datastreams(${id})/Observations`,
        `{"phenomenonTime":"${time}","resultTime":"${time}","result":${rainOf(id, minute)}}`,
      );
    if (minute % 60 === 59) {
      this.#link!.closed({ code: "feed.lost", message: "connection closed", params: {} }, false);
      this.#clock.pass(MINUTE_MS / 2);
      this.#open();
      this.#clock.pass(MINUTE_MS / 2);
    } else this.#clock.pass(MINUTE_MS);
    await this.#log.flush();
    this.#alerts.takeGroups();
    this.#desk.worst(50);
    if (minute % (60 / FRAMES_AN_HOUR) === 0) this.#draw();
    await this.#careFor();
    await pause();
  }

  #draw(): void {
    this.#overlay.step(performance.now());
    this.#stage.widget.render();
    this.#overlay.follow(performance.now(), false);
  }

  /** As the page does every twenty seconds. */
  async #careFor(): Promise<void> {
    const store = await this.#opening;
    this.#care ??= { thinner: new LogThinner(store.db), tape: new Tape(store) };
    await this.#care.tape.at(this.#clock.now());
    for (let span = 0; span < 15; span++) if (!(await this.#care.thinner.step(this.#clock.now()))) break;
  }

  #take(batch: FeedBatch): void {
    const { feedId, sensors, update, alerts } = batch;
    if (sensors) {
      this.#desk.setSensors(feedId, sensors);
      this.#overlay.set(this.#desk.positions(), new Uint8Array(sensors.length));
    }
    const rows = update && this.#desk.update(feedId, update);
    if (update && rows) this.#overlay.update({ ...update, rows });
    if (alerts) this.#alerts.put(feedId, alerts);
    this.#recorder.take(feedId, batch);
  }

  #say(topic: string, payload: string): void {
    this.#sent++;
    this.#link!.message(topic, encoder.encode(payload));
  }
}

/** Two waves a day over a city of rows of 200 sensors; two in a hundred are heavy at the worst. */
function rainOf(id: number, minute: number): number {
  const wave = Math.sin((minute / 720) * 2 * Math.PI + (id % 200) / 80) ** 8;
  const spot = (id * 7919) % 100 < 2 ? 2 : 1;
  return Math.round(wave * spot * 300) / 10;
}
