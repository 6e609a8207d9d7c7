import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { afterEach, describe, expect, it } from "vitest";
import type { MqttFeedConfig, MqttOptions } from "../../src/domain/feed-config.ts";
import type { FeedStatus } from "../../src/domain/risk.ts";
import { type Link, mqttLinks } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch, FeedCredentials } from "../../workers/feed/contract.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { createBroker } from "./broker.ts";
import { hasMosquitto, hasOpenssl, startMosquitto } from "./mosquitto.fixture.ts";
import { createTwinServer } from "./twin-server.ts";

const TOKEN = "open-sesame";
const USER = { username: "city", password: TOKEN };
const SENSORS = 10;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const configOf = (options: MqttOptions): MqttFeedConfig => ({
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/shenyang/#"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
  options,
});

interface Broker {
  readonly url: string;
  readonly ca?: string | null;
}

async function embedded(): Promise<Broker> {
  const root = mkdtempSync(join(tmpdir(), "sessions-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const server = await createTwinServer({ root, publishToken: TOKEN, feed: false });
  cleanups.push(() => server.close());
  return server;
}

async function mosquitto(tls = false): Promise<Broker> {
  const broker = await startMosquitto(USER.username, TOKEN, { tls });
  cleanups.push(() => broker.close());
  return broker;
}

/** A way to the broker that can be cut, as Wi-Fi is: nobody says goodbye. */
async function cuttable(broker: Broker) {
  const target = new URL(broker.url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `${target.protocol}//127.0.0.1:${port}`,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
  };
}

async function follow(
  broker: Broker,
  options: MqttOptions,
  credentials: FeedCredentials | null = USER,
  ca: string | null = broker.ca ?? null,
) {
  const batches: FeedBatch[] = [];
  const hub = new FeedHub({
    pageOrigin: broker.url,
    openLink: mqttLinks(ca === null ? undefined : { ca }),
    random: () => 0,
    // a tenth of every wait: the test is about order, not about patience
    clock: {
      now: () => Date.now(),
      after: (ms, fn) => {
        const timer = setTimeout(fn, ms / 10);
        return () => clearTimeout(timer);
      },
    },
  });
  cleanups.push(() => hub.disconnect("hub"));
  await hub.connect(configOf(options), {}, "shenyang", credentials, (batch) => void batches.push(batch));
  const status = (): FeedStatus => batches.at(-1)!.status;
  const values = async () => {
    const all = await Promise.all(Array.from({ length: SENSORS }, (_, row) => hub.series("hub", row)));
    return all.flatMap((one) => [...one.values]);
  };
  return { hub, status, values };
}

async function publisher(broker: Broker): Promise<MqttClient> {
  const client = mqtt.connect(`${broker.url.replace("http", "ws")}/mqtt`, {
    ...USER,
    ...(broker.ca && { wsOptions: { ca: broker.ca } }),
  });
  cleanups.push(() => client.end(true));
  await new Promise<void>((resolve) => client.once("connect", () => resolve()));
  return client;
}

const send = (client: MqttClient, topic: string, payload: object, retain = false): Promise<unknown> =>
  client.publishAsync(`liaotwin/shenyang/${topic}`, JSON.stringify(payload), { qos: 1, retain });

const things = {
  value: Array.from({ length: SENSORS }, (_, i) => ({
    name: `W${i}`,
    Locations: [{ location: { type: "Point", coordinates: [123.4, 41.8] } }],
    Datastreams: [{ "@iot.id": i, properties: { kind: "water" } }],
  })),
};

/** Listens, is cut off, hundreds of observations are sent meanwhile, comes back: each is there, and once. */
async function resume(broker: Broker, options: MqttOptions, protocol: string): Promise<void> {
  const wire = await cuttable(broker);
  const source = await publisher(broker);
  await send(source, "v1.1/Things/0", things, true);
  const feed = await follow({ ...broker, url: wire.url }, options);
  await expect.poll(() => feed.status().link).toBe(protocol);
  await expect.poll(async () => (await feed.hub.series("hub", 0)) && feed.status().received).toBe(1);
  wire.cut();
  await expect.poll(() => feed.status().state).toBe("lost");
  const startMs = Date.now() - 600_000;
  const count = 300;
  for (let n = 0; n < count; n++)
    await send(source, `v1.1/Datastreams(${n % SENSORS})/Observations`, {
      phenomenonTime: new Date(startMs + n * 1000).toISOString(),
      result: n,
    });
  wire.mend();
  await expect.poll(async () => (await feed.values()).length).toBe(count);
  expect((await feed.values()).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
  expect(feed.status()).toMatchObject({ rejected: 0, tally: { duplicates: 0, late: 0 } });
}

describe("the embedded broker", () => {
  it("speaks MQTT 3.1.1 only: a feed that asks for 5 goes back to it by itself", async () => {
    const feed = await follow(await embedded(), {}, null);
    await expect.poll(() => feed.status().link).toBe("MQTT 3.1.1");
    expect(feed.status()).toMatchObject({ attempt: 0, error: null });
  });

  it("says so when a feed wants MQTT 5 and nothing else", async () => {
    const feed = await follow(await embedded(), { protocolVersion: 5 }, null);
    await expect.poll(() => feed.status().state).toBe("refused");
    expect(feed.status().error).toContain("does not speak this version of MQTT");
  });

  it("loses nothing of a short loss with QoS 1", async () => {
    await resume(await embedded(), { qos: 1 }, "MQTT 3.1.1");
  });

  it("refuses a wrong password with a sentence, and takes the right one on a new try", async () => {
    const feed = await follow(await embedded(), {}, { username: "city", password: "wrong" });
    await expect.poll(() => feed.status().state).toBe("refused");
    expect(feed.status().error).toMatch(/^127\.0\.0\.1:\d+ does not accept the user name or password\./);
    await feed.hub.retry("hub", USER);
    await expect.poll(() => feed.status().link).toBe("MQTT 3.1.1");
    expect(feed.status().error).toBeNull();
  });
});

describe("sessions of the embedded broker", () => {
  it.each([
    [60_000, true, ["while away"]],
    [0, false, []],
  ])("kept for %i ms: resumed %s, with %o", async (sessionMs, isResumed, expected) => {
    const broker = await createBroker({ publishToken: TOKEN, sessionMs });
    const server = createHttpServer();
    server.on("upgrade", (request, socket, head) => broker.upgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanups.push(async () => {
      await broker.close();
      await new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    const source = await publisher({ url });
    const heard: string[] = [];
    const visit = async (messages: number): Promise<boolean> => {
      const client = mqtt.connect(url.replace("http", "ws"), {
        clientId: "tab",
        clean: false,
        reconnectPeriod: 0,
      });
      client.on("message", (_topic, payload) => heard.push(payload.toString()));
      const { sessionPresent } = await new Promise<{ sessionPresent: boolean }>((resolve) =>
        client.once("connect", resolve),
      );
      await client.subscribeAsync("liaotwin/shenyang/x", { qos: 1 });
      await expect.poll(() => heard.length).toBeGreaterThanOrEqual(messages);
      await client.endAsync();
      return sessionPresent;
    };
    expect(await visit(0)).toBe(false);
    await expect.poll(() => broker.clients).toBe(1);
    // what the broker does when a client has gone comes before what this publisher asks next
    await new Promise((resolve) => setTimeout(resolve, 0));
    await source.publishAsync("liaotwin/shenyang/x", "while away", { qos: 1 });
    expect(await visit(expected.length)).toBe(isResumed);
    expect(heard).toEqual(expected);
  });
});

describe.runIf(hasMosquitto())("Mosquitto with passwords", () => {
  it("loses nothing of a short loss over MQTT 5 with QoS 1", async () => {
    await resume(await mosquitto(), { qos: 1 }, "MQTT 5");
  });

  it("loses nothing of a short loss over MQTT 3.1.1 with QoS 1", async () => {
    await resume(await mosquitto(), { qos: 1, protocolVersion: 4 }, "MQTT 3.1.1");
  });

  it.each([4, 5] as const)(
    "refuses a wrong password over version %i with a sentence",
    async (protocolVersion) => {
      const feed = await follow(
        await mosquitto(),
        { protocolVersion },
        { username: "city", password: "wrong" },
      );
      await expect.poll(() => feed.status().state).toBe("refused");
      expect(feed.status()).toMatchObject({ retryAtMs: null, error: expect.stringMatching(/password/) });
    },
  );

  it("keeps the session of a link that was dropped, and ends that of one that was closed", async () => {
    const { url } = await mosquitto();
    const session = { clientId: "liaotwin-test", expiryS: 60 };
    const open = () =>
      new Promise<{ link: Link; isResumed: boolean }>((resolve, reject) => {
        const options = {
          url: url.replace("http", "ws"),
          topics: ["a"],
          protocolVersion: 5,
          qos: 1,
          session,
        } as const;
        const link = mqttLinks()(
          { ...options, ...USER },
          {
            opened: (_refused, isResumed) => resolve({ link, isResumed }),
            message: () => {},
            closed: reject,
            versionRefused: reject,
          },
        );
      });
    const first = await open();
    first.link.drop!();
    const second = await open();
    second.link.close();
    expect([first, second].map(({ isResumed }) => isResumed)).toEqual([false, true]);
    // the broker hears of the end a moment later than the one who ends: who comes before it takes the session over, and ends it too
    const again = async () => {
      const { link, isResumed } = await open();
      link.close();
      return isResumed;
    };
    await expect.poll(again).toBe(false);
  });

  describe.runIf(hasOpenssl())("and TLS", () => {
    it("is read over wss with the authority that signed its certificate", async () => {
      await resume(await mosquitto(true), { qos: 1 }, "MQTT 5 TLS");
    });

    it("is not believed without that authority", async () => {
      const feed = await follow(await mosquitto(true), {}, USER, "");
      await expect.poll(() => feed.status().attempt).toBeGreaterThan(0);
      expect(feed.status().error).toMatch(/certificate/);
    });
  });
});
