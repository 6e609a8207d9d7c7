import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { CapDraft } from "../../src/domain/cap-message.ts";
import { cancelCap, issueCap, writeCap } from "../../src/domain/cap-writer.ts";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { FakeClock } from "../../src/feed/fake-http.fixture.ts";
import type { LinkEvents } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedSession } from "./feed-session.ts";

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;

const SENSORS = 150;
const HOURS = 24;
const MINUTE_MS = 60_000;
const config: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["t"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 120,
  staleAfterS: 600,
};
const base = { title: { zh: "则", en: "Rule" }, level: 2, kind: "rain" } as const;
const rules: readonly AlertRule[] = [
  { ...base, id: "deep", when: { type: "threshold", direction: "above", raise: 50, clear: 40, holdS: 0 } },
  {
    ...base,
    id: "rate",
    when: { type: "rate", direction: "rising", perHour: 900, clearPerHour: 100, overS: 600 },
  },
  { ...base, id: "silent", when: { type: "absence", silentS: 900 } },
  {
    ...base,
    id: "many",
    when: {
      type: "agreement",
      direction: "above",
      raise: 45,
      clear: 40,
      holdS: 0,
      count: 5,
      radius: 5000,
      withinS: 600,
    },
  },
];
const text = { zh: "雨", en: "Rain" };
const encoder = new TextEncoder();

/** One session for a day: sensors that swell and fall, some silent at times, bad records, warnings, a lost link every hour. */
class Day {
  readonly clock = new FakeClock();
  readonly session: FeedSession;
  last: Partial<FeedBatch> = {};
  #link: LinkEvents | null = null;
  #alerts = 0;
  sent = 0;

  constructor() {
    this.session = new FeedSession({
      config,
      kinds: {},
      rules,
      city: "shenyang",
      credentials: null,
      pageOrigin: "https://twin.example",
      clock: this.clock,
      random: () => 0,
      fetch,
      openLink: (_options, events) => {
        this.#link = events;
        return { close: () => {}, drop: () => {} };
      },
      emit: (batch) => {
        this.last = { ...this.last, ...batch };
      },
    });
    this.session.start();
    this.#open();
  }

  hour(hour: number): void {
    for (let minute = 0; minute < 60; minute++) this.#minute(hour * 60 + minute);
    this.#link!.closed({ code: "feed.lost", message: "connection closed", params: {} }, false);
    this.clock.pass(31_000);
    this.#open();
  }

  #open(): void {
    this.#link!.opened([], false);
    this.#say("Things", {
      value: Array.from({ length: SENSORS }, (_, i) => ({
        name: `R${i}`,
        Locations: [{ location: { type: "Point", coordinates: [123 + (i % 20) / 100, 41 + i / 2000] } }],
        Datastreams: [{ "@iot.id": i, properties: { kind: "rain" } }],
      })),
    });
  }

  #minute(minute: number): void {
    const phenomenonTime = new Date(this.clock.now()).toISOString();
    for (let i = 0; i < SENSORS; i++) {
      if ((minute + i) % 173 < 20) continue;
      const result = Math.round(35 + 30 * Math.sin(minute / 40 + i / 9));
      this.#say(`v1.1/Datastreams(${i})/Observations`, { phenomenonTime, result });
    }
    this.#say("v1.1/Datastreams(0)/Observations", { phenomenonTime, result: "wet" });
    if (minute % 10 === 0) this.#warn();
    for (let n = 0; n < 12; n++) this.clock.pass(MINUTE_MS / 12);
  }

  /** A warning for twenty minutes, and the cancel of the one before. */
  #warn(): void {
    const nowMs = this.clock.now();
    const draft: CapDraft = {
      category: "Met",
      event: text,
      level: 3,
      urgency: "Expected",
      certainty: "Likely",
      responseType: "Avoid",
      senderName: text,
      headline: text,
      description: text,
      instruction: text,
      areaDesc: text,
      polygons: [
        [
          [123, 41],
          [124, 41],
          [124, 42],
        ],
      ],
      circles: [],
      expiresMs: nowMs + 20 * MINUTE_MS,
    };
    const message = issueCap(draft, {
      identifier: `w-${this.#alerts++}`,
      sender: "city@example",
      sentMs: nowMs,
    });
    this.#link!.message(`cap/${message.identifier}`, encoder.encode(writeCap(message)));
    const end = cancelCap(message, {
      identifier: `${message.identifier}-end`,
      sender: "city@example",
      sentMs: nowMs,
    });
    if (this.#alerts % 2 === 0) this.#link!.message(`cap/${end.identifier}`, encoder.encode(writeCap(end)));
  }

  #say(topic: string, json: object): void {
    this.sent++;
    this.#link!.message(topic, encoder.encode(JSON.stringify(json)));
  }
}

function heapMb(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

it("a day of a city: memory as flat in the evening as in the morning, all rings and lists bounded", () => {
  const day = new Day();
  let morning = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    day.hour(hour);
    // by then every ring of 600 points is full
    if (hour === 11) morning = heapMb();
  }
  const grown = heapMb() - morning;
  expect(day.sent).toBeGreaterThan(180_000);
  // twelve hours of warnings kept in case their cancel is asked for, and nothing else
  expect(grown).toBeLessThan(2);
  expect(morning).toBeGreaterThan(0);

  const status = day.session.status();
  expect(status.issues.length).toBeLessThanOrEqual(20);
  expect(status.rejected).toBe(HOURS * 60);
  expect(status.tally).toMatchObject({ ahead: 0, skewS: 0 });
  expect(day.session.series(7).values).toHaveLength(600);
  const { alerts = [], warnings = [] } = day.last;
  expect(alerts.filter(({ clearedMs }) => clearedMs !== null).length).toBeLessThanOrEqual(500);
  expect(alerts.length).toBeLessThan(500 + 4 * SENSORS);
  expect(warnings.length).toBeLessThanOrEqual(3);
}, 120_000);
