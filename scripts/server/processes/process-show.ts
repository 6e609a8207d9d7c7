import type { Publish } from "../broker.ts";
import type { HubClock } from "../hub-clock.ts";
import { AlertDesk } from "../storm-alerts.ts";
import { ProcessModel, type ProcessSensor } from "./process-model.ts";
import type { ProcessRecording } from "./process-recording.ts";

const MAX_TICK_MS = 1000;
const TICKS_PER_ROUND = 32;
const PAGE_SIZE = 200;

/** Plays one recorded process for ever: its own topics, so that only who follows the scenario hears of it. */
export class ProcessShow {
  readonly #recording: ProcessRecording;
  readonly #publish: Publish;
  readonly #now: () => number;
  readonly #model: ProcessModel;
  readonly #desk: AlertDesk;
  readonly #root: string;
  #alerts = new Map<string, string>();
  #clock: HubClock = { paused: false, speed: 1, seed: 0 };
  #progress = 0;
  #ticks = 0;
  #lastTickMs: number;

  constructor(recording: ProcessRecording, publish: Publish, now: () => number) {
    this.#recording = recording;
    this.#publish = publish;
    this.#now = now;
    this.#model = new ProcessModel(recording);
    this.#desk = new AlertDesk(recording);
    this.#root = `liaotwin/${recording.city}/${recording.scenario}`;
    const stepMs = recording.secondsPerMinute * 1000;
    const startMs = now() - recording.startMinute * stepMs;
    this.#keepAlerts(0, startMs);
    while (this.#model.minute < recording.startMinute) {
      this.#model.step();
      this.#keepAlerts(this.#model.cycleMinute, startMs + this.#model.minute * stepMs);
    }
    this.#lastTickMs = now();
  }

  get sensorCount(): number {
    return this.#model.sensors.length;
  }

  follow(clock: HubClock): void {
    this.#clock = clock;
  }

  announceClock(): Promise<void> {
    return this.#publish(`${this.#root}/hub`, JSON.stringify({ simulation: this.#clock }), true);
  }

  async announce(): Promise<void> {
    await this.announceClock();
    const { sensors } = this.#model;
    for (let at = 0; at < sensors.length; at += PAGE_SIZE)
      await this.#publish(
        `${this.#root}/v1.1/Things/${at / PAGE_SIZE}`,
        JSON.stringify({
          "@iot.count": sensors.length,
          value: sensors.slice(at, at + PAGE_SIZE).map((sensor) => thingOf(this.#recording, sensor)),
        }),
        true,
      );
    for (const [topic, xml] of this.#alerts) await this.#publish(topic, xml, true);
    for (let row = 0; row < sensors.length; row++) await this.#observe(row);
  }

  tick(): void {
    this.#advance(this.#now());
    const turn = this.#ticks++ % TICKS_PER_ROUND;
    for (let row = turn; row < this.sensorCount; row += TICKS_PER_ROUND) void this.#observe(row);
  }

  #advance(now: number): void {
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
    const sensor = this.#model.sensors[row]!;
    if (sensor.silent) return Promise.resolve();
    const time = new Date(this.#now()).toISOString();
    return this.#publish(
      `${this.#root}/v1.1/Datastreams(${sensor.datastreamId})/Observations`,
      JSON.stringify({
        phenomenonTime: time,
        resultTime: time,
        result: Math.round(this.#model.values[row]! * 1000) / 1000,
      }),
      true,
    );
  }
}

function thingOf(
  recording: ProcessRecording,
  { code, datastreamId, group, name, at }: ProcessSensor,
): object {
  return {
    "@iot.id": datastreamId,
    name: name.zh,
    description: recording.title.zh,
    properties: { code, nameEn: name.en },
    Locations: [
      {
        "@iot.id": datastreamId,
        name: code,
        encodingType: "application/geo+json",
        location: { type: "Point", coordinates: [...at, group.height] },
      },
    ],
    Datastreams: [
      {
        "@iot.id": datastreamId,
        name: `${code} ${group.kind}`,
        observationType: "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
        unitOfMeasurement: { name: group.observed.unitName, symbol: group.observed.unit, definition: "" },
        properties: { kind: group.kind },
        ObservedProperty: { "@iot.id": group.kind, name: group.observed.name, definition: "" },
      },
    ],
  };
}
