import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { readMessage } from "../../src/feed/payload.ts";
import { SensorRows } from "../../src/feed/sensor-rows.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { FeedIntake } from "../../workers/feed/feed-intake.ts";
import { createTwinServer } from "../server/twin-server.ts";
import { benchHub } from "./bench-hub.ts";
import { benchLivePage } from "./bench-live-page.ts";
import { observation, thingsPage, topicOf } from "./load-messages.ts";
import { inTurn, median, print } from "./measure.ts";

const SENSORS = 20_000;
const OBJECTS = 100_000;
const ROUNDS = 3;
/** Messages that the broker is given at once. */
const TOGETHER = 200;
const encoder = new TextEncoder();

const config: FeedConfig = {
  id: "bench",
  title: { zh: "测", en: "Bench" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/bench/#"],
  provenance: { kind: "SIMULATED", source: "bench" },
  lateAfterS: 5,
  staleAfterS: 30,
};
const kinds: Readonly<Record<string, SensorKind>> = {
  rain: {
    title: { zh: "雨", en: "Rain" },
    unit: "mm/h",
    decimals: 1,
    direction: "above",
    thresholds: { "4": 16, "3": 30, "2": 50, "1": 80 },
    source: "bench",
  },
};
const rules: readonly AlertRule[] = [
  {
    id: "deep",
    title: { zh: "强", en: "Heavy" },
    level: 2,
    kind: "rain",
    when: { type: "threshold", direction: "above", raise: 50, clear: 40, holdS: 10 },
  },
  {
    id: "rising",
    title: { zh: "涨", en: "Rising" },
    level: 3,
    kind: "rain",
    when: { type: "rate", direction: "rising", perHour: 1e6, clearPerHour: 1e5, overS: 60 },
  },
];

/** Messages decoded a second, alone, with rules and through the broker; objects updated a batch; `page` alone the browser's part. */
export async function benchLive(parts: readonly string[] = []): Promise<void> {
  await benchLivePage({ config, kinds, rules, sensors: SENSORS }, parts);
  if (parts.length > 0) return;
  await benchDecode();
  benchUpdates();
  await benchBroker();
  await benchHub();
}

/** One intake that knows all sensors. */
function intakeOf(withRules: boolean): FeedIntake {
  const intake = new FeedIntake(config, kinds, withRules ? rules : []);
  const page = encoder.encode(thingsPage(0, SENSORS));
  intake.take("things", () => readMessage("things", page), Date.now());
  return intake;
}

async function benchDecode(): Promise<void> {
  const now = Date.now();
  const messages = Array.from({ length: SENSORS * 3 }, (_, i) => ({
    topic: topicOf(i % SENSORS),
    payload: encoder.encode(observation(now - 10_000 + Math.floor(i / SENSORS) * 1000, (i * 7) % 90)),
  }));
  const decode = (withRules: boolean) => () => {
    const intake = intakeOf(withRules);
    const start = performance.now();
    for (const { topic, payload } of messages) intake.take(topic, () => readMessage(topic, payload), now);
    intake.takeChanges(now);
    return performance.now() - start;
  };
  const decoder = new TextDecoder();
  const results = await inTurn(ROUNDS, {
    "JSON.parse alone": () => {
      const start = performance.now();
      for (const { payload } of messages) JSON.parse(decoder.decode(payload));
      return performance.now() - start;
    },
    liaotwin: decode(false),
    "liaotwin with two rules": decode(true),
  });
  for (const [by, { result }] of Object.entries(results))
    print({
      bench: "live",
      subject: `decode ${messages.length} observations of ${SENSORS} sensors`,
      by,
      ms: Math.round(result),
      messagesPerS: Math.round(messages.length / (result / 1000)),
    });
}

/** A tenth of 100 000 objects changing, ten times over: what the worker does for each batch. */
function benchUpdates(): void {
  const rows = new SensorRows(kinds);
  const sensor = {
    datastreamId: 1,
    name: { zh: "", en: "" },
    kind: "rain",
    unit: "",
    longitudeDeg: 123,
    latitudeDeg: 41,
    height: 0,
  };
  rows.describe(
    Array.from({ length: OBJECTS }, (_, i) => ({ key: String(i), sensor: { ...sensor, id: `R${i}` } })),
  );
  rows.takeSensors();
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const start = performance.now();
    for (let i = round; i < OBJECTS; i += 10)
      rows.observe({ key: String(i), timeMs: null, value: i % 90 }, 1e12 + round);
    const update = rows.takeUpdate();
    times.push(performance.now() - start);
    if (update?.rows.length !== OBJECTS / 10) throw new Error("an update is incomplete");
  }
  const ms = median(times);
  print({
    bench: "live",
    subject: `update ${OBJECTS / 10} of ${OBJECTS} objects`,
    by: "liaotwin",
    ms: Math.round(ms * 100) / 100,
    all: times.map((one) => Math.round(one * 100) / 100),
    objectsPerS: Math.round(OBJECTS / 10 / (ms / 1000)),
  });
}

/** Observations as fast as the embedded broker takes them, into a session: publisher, broker and reader share this process. */
async function benchBroker(): Promise<void> {
  const server = await createTwinServer({ root: ".", feed: false });
  const hub = new FeedHub({ pageOrigin: server.url });
  try {
    let received = 0;
    await hub.connect(config, kinds, "bench", null, ({ status }) => {
      received = status.received;
    });
    const reach = async (count: number): Promise<void> => {
      while (received < count) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    while (received === 0) {
      await server.publish("liaotwin/bench/v1.1/Things/0", thingsPage(0, 2000), true);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const count = 40_000;
    const target = received + count;
    const now = Date.now();
    const start = performance.now();
    for (let from = 0; from < count; from += TOGETHER)
      await Promise.all(
        Array.from({ length: TOGETHER }, (_, n) => {
          const i = from + n;
          const payload = observation(now - 30_000 + Math.floor(i / 2000) * 1000, i % 90);
          return server.publish(topicOf(i % 2000), payload, false);
        }),
      );
    await Promise.race([reach(target), new Promise((resolve) => setTimeout(resolve, 20_000))]);
    const ms = performance.now() - start;
    print({
      bench: "live",
      subject: "publish, broker, WebSocket, decode in one process",
      by: "liaotwin",
      ms: Math.round(ms),
      messages: count,
      lost: Math.max(0, target - received),
      messagesPerS: Math.round(count / (ms / 1000)),
    });
  } finally {
    await hub.disconnect("bench");
    await server.close();
  }
}
