import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MqttFeedConfig } from "../../../src/domain/feed-config.ts";
import { parseScenario } from "../../../src/domain/scenario-parser.ts";
import { decodeUnitsMapped } from "../../../src/feed/unit-mapping.ts";
import { ROOT } from "../../root.ts";
import { createTwinServer, type TwinServer } from "../twin-server.ts";

const TOKEN = "open-sesame";
const HERE = { longitudeDeg: 123.41, latitudeDeg: 41.8 };
const root = mkdtempSync(join(tmpdir(), "units-"));
const feed = parseScenario(
  JSON.parse(readFileSync(join(ROOT, "public/scenarios/hazard-flood/manifest.json"), "utf8")),
).feeds.find(({ id }) => id === "city-units") as MqttFeedConfig;
const heard = new Map<string, string>();
let server: TwinServer;
let client: MqttClient;

/** One road, and one fire station at its western end. */
function writeCity(): void {
  const folder = join(root, "tilesets/shenyang");
  mkdirSync(folder, { recursive: true });
  const provenance = { kind: "SAMPLE", source: "test" };
  const depot = { id: "F", kind: "fire", name: { zh: "站", en: "Station" }, at: [123.4, 41.8], units: 1 };
  writeFileSync(
    join(folder, "facilities.json"),
    JSON.stringify({ version: 1, provenance, facilities: [], depots: [depot] }),
  );
  const coordinates = [
    [123.4, 41.8],
    [123.41, 41.8],
  ];
  const properties = { kind: "road", class: "trunk" };
  const road = { type: "Feature", properties, geometry: { type: "LineString", coordinates } };
  writeFileSync(join(folder, "base.json"), JSON.stringify({ features: [road] }));
}

const startServer = (data = "hub") =>
  createTwinServer({ root, dataDir: join(root, data), sensors: 100, publishToken: TOKEN, speed: 60 });

/** Hears all units of a server from now on. */
async function listen({ url }: TwinServer): Promise<MqttClient> {
  const listener = mqtt.connect(`${url.replace("http", "ws")}/mqtt`, {
    reconnectPeriod: 0,
    password: TOKEN,
    username: "x",
  });
  listener.on("message", (topic, payload) => heard.set(topic, payload.toString()));
  await new Promise((resolve) => listener.on("connect", resolve));
  for (const topic of feed.topics)
    await new Promise((resolve) => listener.subscribe(topic.replace("{city}", "shenyang"), resolve));
  return listener;
}

beforeAll(async () => {
  writeCity();
  server = await startServer();
  client = await listen(server);
});

afterAll(async () => {
  client?.end(true);
  await server?.close();
  rmSync(root, { recursive: true });
});

const unit = () => {
  const topic = "liaotwin/shenyang/units/F-1";
  const json = heard.get(topic);
  return json ? decodeUnitsMapped(feed.options!.units!, topic, JSON.parse(json)).units[0]?.unit : undefined;
};
const order = (id: string, more: object) => ({ id, city: "shenyang", unitId: "F-1", ...more });

it("reports crews as the scenarios' feed reads them, and drives them where orders send them, by either door", async () => {
  await expect
    .poll(unit, { timeout: 20_000 })
    .toMatchObject({ status: "ready", longitudeDeg: 123.4, kind: "fire" });
  const topic = feed.options!.units!.orders!.replace("{city}", "shenyang").replace("{id}", "o1");
  const sent = JSON.stringify(order("o1", { type: "dispatch", incidentId: "I", ...HERE }));
  await new Promise((resolve) => client.publish(topic, sent, { qos: 1, retain: true }, resolve));
  await expect.poll(() => unit()?.status, { timeout: 20_000 }).toBe("moving");
  await expect
    .poll(unit, { timeout: 20_000 })
    .toMatchObject({ status: "onScene", incidentId: "I", longitudeDeg: 123.41 });
  const recall = await fetch(`${server.url}/hub`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: server.url },
    body: JSON.stringify({ order: order("o2", { type: "recall" }) }),
  });
  expect(recall.status).toBe(202);
  await expect.poll(() => unit()?.status, { timeout: 20_000 }).toBe("ready");
}, 60_000);

it("knows its orders again after it was killed, and goes on with them from where they were", async () => {
  const sent = order("o6", { type: "dispatch", incidentId: "I", ...HERE });
  const give = (to: TwinServer) =>
    fetch(`${to.url}/hub`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: to.url },
      body: JSON.stringify({ order: sent }),
    });
  expect((await give(server)).status).toBe(202);
  // what is on the disk now is all that a kill would leave
  cpSync(join(root, "hub"), join(root, "killed"), { recursive: true });
  client.end(true);
  heard.clear();
  const again = await startServer("killed");
  const listener = await listen(again);
  try {
    await expect
      .poll(unit, { timeout: 20_000 })
      .toMatchObject({ status: "onScene", incidentId: "I", longitudeDeg: 123.41 });
    expect((await give(again)).status).toBe(202);
    const book = readFileSync(join(root, "killed/unit-orders-shenyang.jsonl"), "utf8");
    expect(book.match(/"o6"/g)).toHaveLength(1);
  } finally {
    listener.end(true);
    await again.close();
  }
}, 60_000);

it("refuses orders that are none, and to units that nobody follows", async () => {
  const ask = async (body: object) => {
    const response = await fetch(`${server.url}/hub`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: server.url },
      body: JSON.stringify({ order: body }),
    });
    return [response.status, ((await response.json()) as { error: string }).error];
  };
  expect(await ask(order("o3", { type: "dispatch" }))).toEqual([409, "order: a dispatch needs a place"]);
  expect(await ask({ id: "o4" })).toEqual([409, expect.stringMatching(/^order\.city/)]);
  expect(await ask(order("o5", { type: "recall", city: "dalian" }))).toEqual([
    409,
    expect.stringMatching(/no unit F-1/),
  ]);
});
