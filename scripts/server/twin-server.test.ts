import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, expect, it } from "vitest";
import manifestJson from "../../public/scenarios/hazard-flood/manifest.json" with { type: "json" };
import { parseScenario } from "../../src/domain/scenario-parser.ts";
import type { FeedBatch } from "../../workers/feed/contract.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { createTwinServer, type TwinServer } from "./twin-server.ts";

const TOKEN = "open-sesame";
const manifest = parseScenario(manifestJson);
const config = manifest.feeds[0]!;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startServer(): Promise<TwinServer> {
  const root = mkdtempSync(join(tmpdir(), "twin-server-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const server = await createTwinServer({ root, publishToken: TOKEN });
  cleanups.push(() => server.close());
  return server;
}

/** A feed session whose batches can be waited for. */
class Listener {
  readonly batches: FeedBatch[] = [];
  #check: () => void = () => {};

  readonly take = (batch: FeedBatch): void => {
    this.batches.push(batch);
    this.#check();
  };

  /** Resolves with the first batch from now on that fits. */
  until(what: string, fits: (batch: FeedBatch) => boolean, timeoutMs = 60_000): Promise<FeedBatch> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never: ${what}`)), timeoutMs);
      this.#check = () => {
        const batch = this.batches.at(-1)!;
        if (!fits(batch)) return;
        clearTimeout(timer);
        this.#check = () => {};
        resolve(batch);
      };
    });
  }
}

async function follow(server: TwinServer): Promise<{ hub: FeedHub; listener: Listener }> {
  const hub = new FeedHub({ pageOrigin: server.url, random: () => 0 });
  const listener = new Listener();
  cleanups.push(() => hub.disconnect(config.id));
  await hub.connect(config, manifest.sensorKinds, "shenyang", null, listener.take);
  return { hub, listener };
}

/** A client that tries to publish; resolves when the broker has it or has thrown the client out. */
function publish(
  server: TwinServer,
  topic: string,
  payload: string,
  password?: string,
): Promise<"sent" | "refused"> {
  return new Promise((resolve) => {
    const client = mqtt.connect(`${server.url.replace("http", "ws")}/mqtt`, {
      reconnectPeriod: 0,
      ...(password !== undefined && { username: "operator", password }),
    });
    client.on("connect", () => {
      client.publish(topic, payload, { qos: 1 }, (error) => {
        client.end(true);
        resolve(error ? "refused" : "sent");
      });
    });
    client.on("error", () => resolve("refused"));
    client.on("close", () => resolve("refused"));
  });
}

it("gives a page the simulated city: sensors, levels, warnings, series", async () => {
  const server = await startServer();
  const { hub, listener } = await follow(server);
  await listener.until("2 000 live values", () => {
    const rows = new Set(listener.batches.flatMap((batch) => [...(batch.update?.rows ?? [])]));
    // an update of a warning may come in a later batch than the warning
    const inForce = listener.batches.findLast((batch) => batch.warnings)?.warnings ?? [];
    return rows.size >= 2000 && inForce.length === 4 && inForce.some(({ level }) => level === 1);
  });
  const sensors = listener.batches.findLast((batch) => batch.sensors)!.sensors!;
  expect(sensors.length).toBeGreaterThanOrEqual(2400);
  expect(new Set(sensors.map((sensor) => sensor.id)).size).toBe(sensors.length);
  expect(new Set(sensors.map((sensor) => sensor.kind))).toEqual(
    new Set(["rain", "river", "waterlogging", "drainage", "pump", "gas"]),
  );

  const warnings = listener.batches.findLast((batch) => batch.warnings)!.warnings!;
  expect(warnings.map((warning) => [warning.event.zh, warning.level])).toEqual([
    ["城市内涝", 1],
    ["暴雨", 2],
    ["洪水", 3],
    ["大风", 4],
  ]);
  for (const warning of warnings) {
    expect(warning.status).toBe("Exercise");
    expect(warning.provenance.kind).toBe("SIMULATED");
    expect(warning.headline.en).toMatch(/^[A-Z][a-z]+ .*/);
    expect(warning.polygons[0]![0]![0]).toBeGreaterThan(123);
    expect(warning.polygons[0]![0]).toEqual(warning.polygons[0]!.at(-1));
  }

  const live = await listener.until(
    "a live status",
    (batch) => batch.status.state === "live" && batch.status.ratePerS > 50,
  );
  expect(live.status).toMatchObject({ rejected: 0, error: null, attempt: 0, retryAtMs: null });
  const series = await hub.series(config.id, 0);
  expect(series.values.length).toBeGreaterThan(0);
  expect(series.values.length).toBe(series.levels.length);
});

it("comes back by itself after the broker went away", async () => {
  const server = await startServer();
  const { listener } = await follow(server);
  await listener.until("live", (batch) => batch.status.state === "live");
  const lost = listener.until("lost", (batch) => batch.status.state === "lost");
  const restarted = server.restartBroker(300);
  const { status } = await lost;
  expect(status.retryAtMs).toBeGreaterThan(Date.now() - 1000);
  expect(status.attempt).toBe(1);
  expect(status.error).not.toBeNull();
  await restarted;
  const again = await listener.until("live again", (batch) => batch.status.state === "live");
  expect(again.status).toMatchObject({ attempt: 0, retryAtMs: null });
  await listener.until("values again", (batch) => (batch.update?.rows.length ?? 0) > 0);
});

it("counts what is malformed and goes on; publishing needs the token", async () => {
  const server = await startServer();
  const { listener } = await follow(server);
  await listener.until("all warnings", (batch) => batch.warnings?.length === 4);
  const topic = "liaotwin/shenyang/v1.1/Datastreams(1)/Observations";
  expect(await publish(server, topic, "{")).toBe("refused");
  expect(await publish(server, topic, "{", "wrong")).toBe("refused");
  expect(await publish(server, "elsewhere/topic", "{", TOKEN)).toBe("refused");
  expect(listener.batches.at(-1)!.status.rejected).toBe(0);

  const counted = listener.until("three rejected", (batch) => batch.status.rejected === 3);
  expect(await publish(server, topic, "{", TOKEN)).toBe("sent");
  expect(await publish(server, topic, '{"result":"wet"}', TOKEN)).toBe("sent");
  expect(await publish(server, "liaotwin/shenyang/cap/x", "<alert>", TOKEN)).toBe("sent");
  const { status } = await counted;
  expect(status.issues.map((issue) => issue.message)).toEqual([
    expect.stringContaining("well-formed"),
    expect.stringContaining("wet"),
    expect.stringContaining("neither JSON nor XML"),
  ]);
  expect(status.state).toBe("live");
  expect(listener.batches.findLast((batch) => batch.warnings)!.warnings!.length).toBe(4);
});

it("refuses what lies outside its topics", async () => {
  const server = await startServer();
  const got: string[] = [];
  const client = mqtt.connect(`${server.url.replace("http", "ws")}/mqtt`, { reconnectPeriod: 0 });
  cleanups.push(() => client.end(true));
  client.on("message", (topic) => got.push(topic));
  await new Promise<void>((resolve) => client.on("connect", () => resolve()));
  await new Promise((resolve) => client.subscribe(["$SYS/#", "#", "liaotwin/dalian/cap/+"], resolve));
  await expect.poll(() => got.length).toBeGreaterThan(0);
  expect(new Set(got.map((topic) => topic.split("/").slice(0, 3).join("/")))).toEqual(
    new Set(["liaotwin/dalian/cap"]),
  );
});

it("says so when the port is taken", async () => {
  const server = await startServer();
  const port = Number(new URL(server.url).port);
  await expect(createTwinServer({ root: ".", port, feed: false })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
