import mqtt from "mqtt";
import type { MqttFeedConfig, MqttOptions } from "../../src/domain/feed-config.ts";
import type { FeedStatus } from "../../src/domain/risk.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { hasMosquitto, startMosquitto } from "../server/mosquitto.fixture.ts";
import { createTwinServer } from "../server/twin-server.ts";
import { print } from "./measure.ts";

const SENSORS = 20_000;
const WATCH_MS = 16_000;
const MESSAGES = 20_000;
/** Messages that a broker is given at once. */
const TOGETHER = 200;
const PASSWORD = "bench-bench";
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const configOf = (topics: readonly string[], options: MqttOptions): MqttFeedConfig => ({
  id: "bench",
  title: { zh: "测", en: "Bench" },
  protocol: "mqtt",
  url: "/mqtt",
  topics,
  provenance: { kind: "SIMULATED", source: "bench" },
  lateAfterS: 5,
  staleAfterS: 30,
  options,
});

/** The embedded hub at city scale, and brokers with QoS 1 over both versions of MQTT. */
export async function benchHub(): Promise<void> {
  await benchCityScale();
  if (!hasMosquitto()) return;
  for (const protocolVersion of [4, 5] as const)
    for (const qos of [0, 1] as const) await benchMosquitto({ protocolVersion, qos });
}

/** Two cities of 20 000 sensors each, as `npm start -- --sensors 20000` plays them: alone, then with a page that follows one. */
async function benchCityScale(): Promise<void> {
  const start = performance.now();
  const server = await createTwinServer({ root: ".", sensors: SENSORS });
  const startMs = performance.now() - start;
  const hub = new FeedHub({ pageOrigin: server.url });
  try {
    const alone = await cpuShare(WATCH_MS);
    let status: FeedStatus | null = null;
    const topics = ["Things/#", "+/Observations"].map((topic) => `liaotwin/{city}/v1.1/${topic}`);
    let sensors = 0;
    await hub.connect(configOf(topics, {}), {}, "shenyang", null, (batch) => {
      status = batch.status;
      sensors = batch.sensors?.length ?? sensors;
    });
    await later(WATCH_MS / 2);
    const followed = await cpuShare(WATCH_MS);
    print({
      bench: "live",
      subject: `embedded hub, two cities of ${SENSORS} sensors`,
      by: "liaotwin",
      startMs: Math.round(startMs),
      sensors,
      messagesPerS: Math.round((status as FeedStatus | null)?.ratePerS ?? 0),
      rejected: (status as FeedStatus | null)?.rejected,
      cpuPercentAlone: alone,
      cpuPercentWithReader: followed,
      rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
    });
  } finally {
    await hub.disconnect("bench");
    await server.close();
  }
}

/** Percent of one core that this process took. */
async function cpuShare(ms: number): Promise<number> {
  const before = process.cpuUsage();
  await later(ms);
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 10 / ms);
}

async function benchMosquitto(
  options: Required<Pick<MqttOptions, "protocolVersion" | "qos">>,
): Promise<void> {
  const broker = await startMosquitto("bench", PASSWORD);
  const credentials = { username: "bench", password: PASSWORD };
  const hub = new FeedHub({ pageOrigin: broker.url });
  const source = mqtt.connect(`${broker.url.replace("http", "ws")}/mqtt`, credentials);
  try {
    await new Promise<void>((resolve) => source.once("connect", () => resolve()));
    let status: FeedStatus | null = null;
    await hub.connect(configOf(["liaotwin/bench/#"], options), {}, "bench", credentials, (batch) => {
      status = batch.status;
    });
    const received = (): number => (status as FeedStatus | null)?.received ?? 0;
    while ((status as FeedStatus | null)?.link == null) await later(20);
    const start = performance.now();
    for (let from = 0; from < MESSAGES; from += TOGETHER)
      // with QoS 1 this waits for the broker: it drops what does not fit its queue of 1000
      await Promise.all(
        Array.from({ length: TOGETHER }, (_, n) => {
          const topic = `liaotwin/bench/v1.1/Datastreams(${(from + n) % 2000})/Observations`;
          const phenomenonTime = new Date(1e12 + from + n).toISOString();
          return source.publishAsync(topic, JSON.stringify({ phenomenonTime, result: n % 90 }), {
            qos: options.qos,
          });
        }),
      );
    while (received() < MESSAGES && performance.now() - start < 30_000) await later(20);
    const ms = performance.now() - start;
    print({
      bench: "live",
      subject: `Mosquitto over MQTT ${options.protocolVersion === 5 ? "5" : "3.1.1"}, QoS ${options.qos}, publisher and reader in one process`,
      by: "liaotwin",
      ms: Math.round(ms),
      messages: MESSAGES,
      lost: Math.max(0, MESSAGES - received()),
      messagesPerS: Math.round(received() / (ms / 1000)),
    });
  } finally {
    await hub.disconnect("bench");
    source.end(true);
    await broker.close();
  }
}
