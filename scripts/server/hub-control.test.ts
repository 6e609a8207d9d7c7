import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, describe, expect, it } from "vitest";
import { isOwnComputer, sameSecret } from "./own-computer.ts";
import { Replay } from "./replay.ts";
import { readRecordings, scaledRecording } from "./storm-recording.ts";
import { placeSensors } from "./storm-sensors.ts";
import { createTwinServer, type TwinServerOptions } from "./twin-server.ts";

const TOKEN = "open-sesame";
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startServer(part: Partial<TwinServerOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), "hub-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const server = await createTwinServer({ root, sensors: 200, ...part });
  cleanups.push(() => server.close());
  return server;
}

/** Browsers do not let a page write Host and Origin; whoever attacks by a name of his own sends them as here. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  method = "POST",
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/hub`, { method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const JSON_TYPE = { "Content-Type": "application/json" };
const FASTER = '{"speed":10,"paused":true}';

describe("POST /hub", () => {
  it("sets the clock for a page of this server, and says so to all who listen", async () => {
    const { url } = await startServer({ seed: 7 });
    const heard: string[] = [];
    const client = mqtt.connect(`${url.replace("http", "ws")}/mqtt`, { reconnectPeriod: 0 });
    cleanups.push(() => client.end(true));
    client.on("message", (_topic, payload) => heard.push(payload.toString()));
    await new Promise((resolve) => client.on("connect", resolve));
    await new Promise((resolve) => client.subscribe("liaotwin/shenyang/hub", resolve));
    const { status, body } = await post(url, { ...JSON_TYPE, Origin: url }, FASTER);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ paused: true, speed: 10, seed: 7 });
    await expect.poll(() => heard.at(-1)).toBe('{"simulation":{"paused":true,"speed":10,"seed":7}}');
  });

  it("takes the publish token from anyone, and no other", async () => {
    const { url } = await startServer({ publishToken: TOKEN });
    const withToken = (token: string) => ({ ...JSON_TYPE, Authorization: `Bearer ${token}` });
    expect((await post(url, withToken(TOKEN), FASTER)).status).toBe(200);
    expect((await post(url, withToken("open-sesamf"), FASTER)).status).toBe(403);
    expect((await post(url, { ...withToken("x"), Origin: url }, FASTER)).status).toBe(403);
  });

  it("refuses other sites, names that were made to point here, and forms", async () => {
    const { url } = await startServer();
    const { host } = new URL(url);
    const port = new URL(url).port;
    const refused: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: `http://evil.example:${port}`, Host: `evil.example:${port}` },
      { Origin: "null" },
      {},
      { Origin: url, "Sec-Fetch-Site": "cross-site" },
      { Origin: url, Host: `localhost.evil.example:${port}` },
      { Origin: `http://localhost:${port}`, Host: host },
    ];
    for (const headers of refused)
      expect((await post(url, { ...JSON_TYPE, ...headers }, FASTER)).status, JSON.stringify(headers)).toBe(
        403,
      );
    expect((await post(url, { Origin: url, "Content-Type": "text/plain" }, FASTER)).status).toBe(415);
    expect((await post(url, { Origin: url }, "", "GET")).status).toBe(405);
  });

  it.each([
    "",
    "[1]",
    '{"speed":0}',
    '{"speed":1e9}',
    '{"speed":"fast"}',
    '{"seed":3}',
    '{"paused":1}',
    `{"x":"${"y".repeat(2000)}"}`,
  ])("answers 400 to %s", async (body) => {
    const { url } = await startServer();
    expect((await post(url, { ...JSON_TYPE, Origin: url }, body)).status).toBe(400);
  });

  it("answers 404 where nothing is simulated", async () => {
    const { url } = await startServer({ feed: false });
    expect((await post(url, { ...JSON_TYPE, Origin: url }, FASTER)).status).toBe(404);
  });
});

describe("who may read without a token", () => {
  const from = (remoteAddress: string, headers: Record<string, string>) =>
    isOwnComputer({ socket: { remoteAddress }, headers } as never);

  it("this computer, and pages of this server in its browsers", () => {
    expect(from("127.0.0.1", { host: "127.0.0.1:5173" })).toBe(true);
    expect(from("::1", { host: "[::1]:5173", origin: "http://[::1]:5173" })).toBe(true);
    expect(from("::ffff:127.0.0.1", { host: "localhost:5173", origin: "http://localhost:5173" })).toBe(true);
  });

  it("no other computer, no other site, no name that points here, and none behind a proxy", () => {
    expect(from("192.168.1.7", { host: "127.0.0.1:5173" })).toBe(false);
    expect(from("127.0.0.1", { host: "127.0.0.1:5173", origin: "https://evil.example" })).toBe(false);
    expect(from("127.0.0.1", { host: "evil.example", origin: "http://evil.example" })).toBe(false);
    expect(from("127.0.0.1", { host: "twin.example", origin: "https://twin.example" })).toBe(false);
    expect(isOwnComputer(undefined)).toBe(false);
  });

  it("secrets of any length are compared", () => {
    expect([sameSecret("a", "a"), sameSecret(Buffer.from("a"), "ab"), sameSecret("", "a")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the simulation's clock", () => {
  const recording = readRecordings()[0]!;
  const played = (part: Parameters<typeof scaledRecording>[1] = {}) => {
    let nowMs = 1e12;
    const values = new Map<string, string>();
    const caps: string[] = [];
    const small = scaledRecording(recording, { sensors: 150, ...part });
    const replay = new Replay(
      [small],
      async (topic, payload) => {
        if (topic.includes("/cap/")) caps.push(topic);
        if (topic.includes("Observations")) values.set(topic, String(JSON.parse(String(payload)).result));
      },
      () => nowMs,
    );
    const pass = (seconds: number): void => {
      for (let i = 0; i < seconds * 4; i++) {
        nowMs += 250;
        replay.tick();
      }
    };
    const state = () => JSON.stringify([...values].sort());
    return { replay, pass, state, caps };
  };

  it("stands still when paused, while its sensors go on reporting", async () => {
    const { replay, pass, state } = played();
    pass(30);
    await replay.setClock({ paused: true });
    pass(8);
    const before = state();
    pass(60);
    expect(state()).toBe(before);
    await replay.setClock({ paused: false });
    pass(60);
    expect(state()).not.toBe(before);
  });

  it("at ten times the speed is after a minute where it is after ten, with the same seed", async () => {
    const [slow, fast] = [played({ seed: 3 }), played({ seed: 3 })];
    await fast.replay.setClock({ speed: 10 });
    slow.pass(600);
    fast.pass(60);
    for (const { replay, pass } of [slow, fast]) {
      await replay.setClock({ paused: true });
      pass(8);
    }
    expect(fast.state()).toBe(slow.state());
    expect(fast.caps.map((topic) => topic.replace(/\d{10,}/g, ""))).toHaveLength(slow.caps.length);
  });

  it("another seed is another storm", () => {
    const [one, other] = [played({ seed: 1 }), played({ seed: 2 })];
    for (const { pass } of [one, other]) pass(20);
    expect(one.state()).not.toBe(other.state());
  });

  it("places 20 000 sensors in a city, each once", () => {
    const sensors = placeSensors(scaledRecording(recording, { sensors: 20_000 }));
    expect(Math.abs(sensors.length - 20_000)).toBeLessThan(10);
    expect(new Set(sensors.map(({ datastreamId }) => datastreamId)).size).toBe(sensors.length);
    expect(new Set(sensors.map(({ code }) => code)).size).toBe(sensors.length);
    expect(Math.max(...sensors.map(({ datastreamId }) => datastreamId))).toBeLessThan(100_001);
  });
});
