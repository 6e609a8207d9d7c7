import { join } from "node:path";
import type { Publish } from "./broker.ts";
import type { HubClock } from "./hub-clock.ts";
import type { ProcessRecording } from "./processes/process-recording.ts";
import { ProcessShow } from "./processes/process-show.ts";
import { AlertDesk } from "./storm-alerts.ts";
import { StormModel } from "./storm-model.ts";
import type { StormRecording } from "./storm-recording.ts";
import { placeSensors, type StormSensor } from "./storm-sensors.ts";
import { thingsPages } from "./things-pages.ts";
import { readUnitOrder, UnitShow } from "./units/unit-show.ts";

const TICK_MS = 250;
const MAX_TICK_MS = 1000;
/** Every sensor reports once in this many ticks: 2480 sensors in 8 s are 310 observations a second. */
const TICKS_PER_ROUND = 32;

/** What the replay drives: a storm or another process of one city. */
type Played = Pick<Show, "sensorCount" | "follow" | "announceClock" | "announce" | "tick">;

/** Plays storms for ever into the broker: Things and warnings retained, the last observation of each sensor as well. */
export class Replay {
  readonly #shows: readonly Played[];
  readonly #units: ReadonlyMap<string, UnitShow>;
  #clock: HubClock;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    recordings: readonly StormRecording[],
    publish: Publish,
    now: () => number = Date.now,
    speed = 1,
    processes: readonly ProcessRecording[] = [],
    tilesetsDir: string | null = null,
    dataDir: string | null = null,
  ) {
    const cities = tilesetsDir === null ? [] : recordings.map(({ city }) => city);
    this.#units = new Map(
      cities.map((city) => {
        const orders = dataDir === null ? null : join(dataDir, `unit-orders-${city}.jsonl`);
        return [city, new UnitShow(city, join(tilesetsDir!, city), publish, now, orders)];
      }),
    );
    this.#shows = [
      ...recordings.map((recording) => new Show(recording, publish, now)),
      ...processes.map((recording) => new ProcessShow(recording, publish, now)),
      ...this.#units.values(),
    ];
    this.#clock = { paused: false, speed, seed: recordings[0]?.seed ?? 0 };
    for (const show of this.#shows) show.follow(this.#clock);
  }

  get clock(): HubClock {
    return this.#clock;
  }

  /** Stops the storms, lets them go on, or changes how fast they go, and tells all who listen. */
  async setClock(change: Partial<Pick<HubClock, "paused" | "speed">>): Promise<void> {
    this.#clock = { ...this.#clock, ...change };
    for (const show of this.#shows) {
      show.follow(this.#clock);
      await show.announceClock();
    }
  }

  /** Somebody has asked for a topic: a city's crews begin their day when they are asked for. */
  asked(topic: string): void {
    const city = /^liaotwin\/([^/+#]+)\/units\//.exec(topic)?.[1];
    if (city !== undefined) this.#units.get(city)?.begin();
  }

  /** Takes what was left under `liaotwin/<city>/unit-orders/<id>` as an order. */
  heard(topic: string, payload: string): void {
    if (!/^liaotwin\/[^/]+\/unit-orders\/[^/]+$/.test(topic) || payload === "") return;
    try {
      this.takeOrder(JSON.parse(payload), topic);
    } catch {
      // what is no JSON is no order, and the broker has nobody to tell
    }
  }

  /** Gives an order to a unit. Null when it is taken, else why not. */
  takeOrder(json: unknown, topic: string | null = null): string | null {
    const read = readUnitOrder(json);
    if (typeof read === "string") return read;
    const isTaken = this.#units.get(read.city)?.takeOrder(read.order, topic) ?? false;
    return isTaken ? null : `no unit ${read.order.unitId} is followed in ${read.city}`;
  }

  get sensorCount(): number {
    return this.#shows.reduce((sum, show) => sum + show.sensorCount, 0);
  }

  /** Publishes the state of the start minute, then goes on by itself until `stop`. */
  async start(): Promise<void> {
    await this.announce();
    this.#timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** One tick of the clock: `start` calls it four times a second. */
  tick(): void {
    for (const show of this.#shows) show.tick();
  }

  /** Publishes all that is retained again: after a restart of the broker. */
  async announce(): Promise<void> {
    for (const show of this.#shows) await show.announce();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    for (const units of this.#units.values()) units.stop();
  }
}

/** One city's storm. */
class Show {
  readonly #recording: StormRecording;
  readonly #publish: Publish;
  readonly #now: () => number;
  readonly #sensors: readonly StormSensor[];
  readonly #model: StormModel;
  readonly #desk: AlertDesk;
  readonly #root: string;
  /** Retained alerts of this storm, by topic. */
  #alerts = new Map<string, string>();
  #ticks = 0;
  #clock: HubClock = { paused: false, speed: 1, seed: 0 };
  /** Share of a storm's minute that has passed. */
  #progress = 0;
  #lastTickMs: number;

  constructor(recording: StormRecording, publish: Publish, now: () => number) {
    this.#recording = recording;
    this.#publish = publish;
    this.#now = now;
    this.#sensors = placeSensors(recording);
    this.#model = new StormModel(recording, this.#sensors);
    this.#desk = new AlertDesk(recording);
    this.#root = `liaotwin/${recording.city}`;
    const stepMs = recording.secondsPerMinute * 1000;
    const startMs = now() - recording.startMinute * stepMs;
    this.#keepAlerts(0, startMs);
    while (this.#model.minute < recording.startMinute) {
      this.#model.step();
      this.#keepAlerts(this.#model.cycleMinute, startMs + this.#model.minute * stepMs);
    }
    this.#lastTickMs = now();
  }

  follow(clock: HubClock): void {
    this.#clock = clock;
  }

  announceClock(): Promise<void> {
    return this.#publish(`${this.#root}/hub`, JSON.stringify({ simulation: this.#clock }), true);
  }

  get sensorCount(): number {
    return this.#sensors.length;
  }

  async announce(): Promise<void> {
    await this.announceClock();
    for (const [page, json] of thingsPages(this.#recording, this.#sensors).entries())
      await this.#publish(`${this.#root}/v1.1/Things/${page}`, json, true);
    for (const [topic, xml] of this.#alerts) await this.#publish(topic, xml, true);
    for (let row = 0; row < this.#sensors.length; row++) await this.#observe(row);
  }

  tick(): void {
    this.#advance(this.#now());
    const turn = this.#ticks++ % TICKS_PER_ROUND;
    for (let row = turn; row < this.#sensors.length; row += TICKS_PER_ROUND) void this.#observe(row);
  }

  /** While the storm stands still its sensors go on reporting what they see. */
  #advance(now: number): void {
    // after a pause of the machine the storm goes on from now, it does not catch up
    const passedMs = Math.min(MAX_TICK_MS, Math.max(0, now - this.#lastTickMs));
    this.#lastTickMs = now;
    if (this.#clock.paused) return;
    this.#progress += (passedMs * this.#clock.speed) / (this.#recording.secondsPerMinute * 1000);
    for (; this.#progress >= 1; this.#progress--) this.#step(now);
  }

  #step(now: number): void {
    this.#model.step();
    const minute = this.#model.cycleMinute;
    if (minute === 0) {
      for (const topic of this.#alerts.keys()) void this.#publish(topic, "", true);
      this.#alerts = new Map();
    }
    for (const [topic, xml] of this.#keepAlerts(minute, now)) void this.#publish(topic, xml, true);
  }

  #keepAlerts(cycleMinute: number, sentMs: number): readonly (readonly [string, string])[] {
    const messages = this.#desk
      .issue(cycleMinute, sentMs)
      .map((alert) => [`${this.#root}/cap/${alert.identifier}`, alert.xml] as const);
    for (const [topic, xml] of messages) this.#alerts.set(topic, xml);
    return messages;
  }

  #observe(row: number): Promise<void> {
    const sensor = this.#sensors[row]!;
    if (sensor.silent) return Promise.resolve();
    const time = new Date(this.#now()).toISOString();
    const observation = {
      phenomenonTime: time,
      resultTime: time,
      result: Math.round(this.#model.values[row]! * 1000) / 1000,
    };
    return this.#publish(
      `${this.#root}/v1.1/Datastreams(${sensor.datastreamId})/Observations`,
      JSON.stringify(observation),
      true,
    );
  }
}
