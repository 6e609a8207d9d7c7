import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { afterEach, describe, expect, it } from "vitest";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { CapDraft, CapMessage } from "../../src/domain/cap-message.ts";
import { cancelCap, issueCap, updateCap, writeCap } from "../../src/domain/cap-writer.ts";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import type { FeedBatch } from "../../workers/feed/contract.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { hasMosquitto, startMosquitto } from "./mosquitto.fixture.ts";
import { createRandom } from "./random.ts";
import { createTwinServer } from "./twin-server.ts";

const ROUNDS = 20;
const TOKEN = "open-sesame";
const ROOT_TOPIC = "liaotwin/shenyang";
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const config: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: [`${ROOT_TOPIC}/#`],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
};

const rule: AlertRule = {
  id: "deep",
  title: { zh: "深", en: "Deep" },
  level: 2,
  kind: "water",
  when: { type: "threshold", direction: "above", raise: 50, clear: 40, holdS: 0 },
};

interface Outgoing {
  readonly topic: string;
  readonly payload: string;
}

/** What a city sends: each round one alert begins, an older one is updated, an older still is cancelled; sensors alike. */
class City {
  readonly #startMs = Math.floor(Date.now() / 1000) * 1000 - 120_000;
  readonly #cap = new Map<number, CapMessage>();
  readonly #capLog: Outgoing[] = [];
  readonly #observations: Outgoing[] = [];
  #round = -1;

  /** Ids of the warnings and subjects of the alerts that must hold after this round. */
  advance(): { readonly warnings: readonly string[]; readonly subjects: readonly string[] } {
    const round = ++this.#round;
    this.#send(round, issueCap(this.#draft(), this.#issue(round, "alert")));
    const old = this.#cap.get(round - 3);
    if (old) this.#send(round - 3, updateCap(old, this.#draft(), this.#issue(round, "update")));
    const older = this.#cap.get(round - 6);
    if (older) this.#send(round - 6, cancelCap(older, this.#issue(round, "cancel")));
    for (let sensor = 0; sensor < ROUNDS; sensor++) {
      const isDeep = sensor <= round && sensor > round - 5;
      for (let n = 0; n < 3; n++) this.#observe(sensor, round * 3 + n, isDeep ? 60 + n : 10 + n);
    }
    const last = [...this.#cap.values()].filter(({ msgType }) => msgType !== "Cancel");
    const subjects = Array.from({ length: ROUNDS }, (_, i) => i).filter((i) => i <= round && i > round - 5);
    return {
      warnings: last.map(({ identifier }) => identifier).sort(),
      subjects: subjects.map((i) => `W${i}`).sort(),
    };
  }

  /** All that is retained and the last rounds' observations: shuffled, doubled, with broken ones in between. */
  announce(random: () => number): Outgoing[] {
    const good = [...this.#things(), ...this.#capLog, ...this.#observations.slice(-6 * ROUNDS)];
    const doubled = good.flatMap((one) => (random() < 0.4 ? [one, one] : [one]));
    const broken = good
      .filter(() => random() < 0.3)
      .map((one) => ({ ...one, payload: corrupt(one.payload, random) }));
    return shuffled([...doubled, ...broken], random);
  }

  #send(key: number, message: CapMessage): void {
    this.#cap.set(key, message);
    this.#capLog.push({ topic: `${ROOT_TOPIC}/cap/${message.identifier}`, payload: writeCap(message) });
  }

  #observe(sensor: number, second: number, result: number): void {
    const phenomenonTime = new Date(this.#startMs + second * 1000).toISOString();
    this.#observations.push({
      topic: `${ROOT_TOPIC}/v1.1/Datastreams(${sensor})/Observations`,
      payload: JSON.stringify({ phenomenonTime, result }),
    });
  }

  #things(): Outgoing[] {
    return Array.from({ length: ROUNDS }, (_, i) => ({
      topic: `${ROOT_TOPIC}/v1.1/Things/${i}`,
      payload: JSON.stringify({
        value: [
          {
            name: `W${i}`,
            properties: { code: `W${i}` },
            Locations: [{ location: { type: "Point", coordinates: [123.4, 41.8] } }],
            Datastreams: [{ "@iot.id": i, properties: { kind: "water" } }],
          },
        ],
      }),
    }));
  }

  #issue(round: number, word: string) {
    return { identifier: `c-${round}-${word}`, sender: "city@example", sentMs: this.#startMs + round * 1000 };
  }

  #draft(): CapDraft {
    const text = { zh: "水", en: "Water" };
    return {
      category: "Met",
      event: text,
      level: 2,
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
      expiresMs: this.#startMs + 3600_000,
    };
  }
}

/** Cut, emptied of meaning or filled with noise, so that no reader can take it for good. */
function corrupt(payload: string, random: () => number): string {
  const kind = Math.floor(random() * 4);
  if (kind === 0) return payload.slice(0, 1 + Math.floor(payload.length * 0.8 * random()));
  if (kind === 1) return `\u0000\uFFFD${payload}`;
  if (kind === 2) return "{}";
  return "[".repeat(500);
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

interface Broker {
  readonly url: string;
  restart(): Promise<void>;
}

async function embedded(): Promise<Broker> {
  const root = mkdtempSync(join(tmpdir(), "chaos-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const server = await createTwinServer({ root, publishToken: TOKEN, feed: false });
  cleanups.push(() => server.close());
  return { url: server.url, restart: () => server.restartBroker(10) };
}

async function mosquitto(): Promise<Broker> {
  const broker = await startMosquitto("city", TOKEN);
  cleanups.push(() => broker.close());
  return broker;
}

async function publisher(server: Broker): Promise<MqttClient> {
  const client = mqtt.connect(`${server.url.replace("http", "ws")}/mqtt`, {
    username: "city",
    password: TOKEN,
    reconnectPeriod: 20,
  });
  cleanups.push(() => client.end(true));
  client.on("error", () => {});
  await new Promise<void>((resolve) => client.once("connect", () => resolve()));
  return client;
}

/** Twenty rounds, each with its announcement and a restart after it; the same for every broker. */
async function weather(broker: Broker): Promise<void> {
  const random = createRandom(20260722);
  const batches: FeedBatch[] = [];
  const raised = new Set<string>();
  const problems: string[] = [];
  const take = (batch: FeedBatch): void => {
    batches.push(batch);
    const ids = [(batch.warnings ?? []).map(({ id }) => id), (batch.alerts ?? []).map(({ id }) => id)];
    for (const list of ids)
      if (new Set(list).size !== list.length) problems.push(`doubled in ${list.join()}`);
    for (const { id } of batch.alerts ?? []) raised.add(id);
  };
  // a tenth of every wait: the test is about order, not about patience
  const clock = {
    now: () => Date.now(),
    after: (ms: number, fn: () => void) => {
      const timer = setTimeout(fn, ms / 10);
      return () => clearTimeout(timer);
    },
  };
  const hub = new FeedHub({ pageOrigin: broker.url, random: () => 0, clock });
  cleanups.push(() => hub.disconnect("hub"));
  await hub.connect(config, {}, "shenyang", { username: "city", password: TOKEN }, take, [rule]);

  const city = new City();
  const source = await publisher(broker);
  const announce = () =>
    Promise.allSettled(
      city.announce(random).map(({ topic, payload }) => source.publishAsync(topic, payload, { qos: 1 })),
    );
  const inForce = () => {
    const warnings = batches.findLast((batch) => batch.warnings)?.warnings ?? [];
    const alerts = batches.findLast((batch) => batch.alerts)?.alerts ?? [];
    const held = alerts.filter(({ clearedMs }) => clearedMs === null);
    return {
      warnings: warnings.map(({ id }) => id).sort(),
      subjects: held.map(({ subject }) => subject).sort(),
    };
  };
  for (let round = 0; round < ROUNDS; round++) {
    const expected = city.advance();
    await expect.poll(() => batches.at(-1)?.status.state).toMatch(/live|connecting/);
    // who was away in that moment hears it from the next announcement; a slow machine takes one after another
    let isHeard = false;
    const telling = (async () => {
      while (!isHeard) {
        await announce();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    try {
      await expect.poll(inForce, { message: `round ${round}` }).toEqual(expected);
    } finally {
      isHeard = true;
    }
    await broker.restart();
    await telling;
  }
  expect(problems).toEqual([]);
  // each sensor went deep once
  expect([...raised].map((id) => id.split("/")[1]).sort()).toEqual(
    Array.from({ length: ROUNDS }, (_, i) => `W${i}`).sort(),
  );
  const { status } = batches.at(-1)!;
  expect(status.rejected).toBeGreaterThan(100);
  expect(status.tally!.duplicates).toBeGreaterThan(100);
  expect(status.issues).toHaveLength(20);
}

describe("twenty restarts with doubled, shuffled and broken messages: no alert lost, none doubled", () => {
  it("the embedded broker", async () => weather(await embedded()), 240_000);
  it.runIf(hasMosquitto())(
    "Mosquitto, killed each time, with a password",
    async () => weather(await mosquitto()),
    240_000,
  );
});
