import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { capDraft } from "../../src/domain/cap.fixture.ts";
import { cancelCap, issueCap, writeCap } from "../../src/domain/cap-writer.ts";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { postCap } from "../../src/feed/cap-post.ts";
import { publishRetained } from "../../src/feed/mqtt-publish.ts";
import type { FeedBatch } from "../../workers/feed/contract.ts";
import { FeedHub } from "../../workers/feed/feed-hub.ts";
import { hasMosquitto, startMosquitto } from "./mosquitto.fixture.ts";
import { createTwinServer } from "./twin-server.ts";

const TOKEN = "open-sesame";
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const config: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/{city}/cap/+"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
};
const now = Math.floor(Date.now() / 1000) * 1000;
const by = (identifier: string) => ({ identifier, sender: "duty@liaotwin.example", sentMs: now });
const alert = issueCap(capDraft({ expiresMs: now + 3600_000 }), by("OWN-1"));
const topicOf = (id: string) => `liaotwin/shenyang/cap/${id}`;

async function embedded(): Promise<{ url: string }> {
  const root = mkdtempSync(join(tmpdir(), "publish-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const server = await createTwinServer({ root, publishToken: TOKEN, feed: false });
  cleanups.push(() => server.close());
  return server;
}

async function mosquitto(): Promise<{ url: string }> {
  const broker = await startMosquitto("city", TOKEN);
  cleanups.push(() => broker.close());
  return broker;
}

async function follow(url: string): Promise<{ hub: FeedHub; warnings: () => readonly string[] }> {
  const batches: FeedBatch[] = [];
  const hub = new FeedHub({ pageOrigin: url, random: () => 0 });
  cleanups.push(() => hub.disconnect("hub"));
  const credentials = { username: "city", password: TOKEN };
  await hub.connect(config, {}, "shenyang", credentials, (batch) => void batches.push(batch));
  const warnings = () => batches.findLast((batch) => batch.warnings)?.warnings ?? [];
  return { hub, warnings: () => warnings().map(({ id }) => id) };
}

/** An alert goes out through the broker, comes back once though sent twice, and is ended by its cancel. */
async function goesOutAndComesBack(broker: { url: string }): Promise<void> {
  const { hub, warnings } = await follow(broker.url);
  const credentials = { username: "city", password: TOKEN };
  for (let n = 0; n < 2; n++)
    expect(await hub.publish("hub", topicOf("OWN-1"), writeCap(alert), credentials)).toEqual({
      result: "sent",
      detail: "",
    });
  await expect.poll(warnings).toEqual(["OWN-1"]);
  const cancel = cancelCap(alert, by("OWN-2"));
  await hub.publish("hub", topicOf("OWN-2"), writeCap(cancel), credentials);
  await expect.poll(warnings).toEqual([]);
  const late = await follow(broker.url);
  await hub.publish("hub", topicOf("OWN-3"), writeCap(issueCap(alert.draft, by("OWN-3"))), credentials);
  await expect.poll(late.warnings).toEqual(["OWN-3"]);
}

describe("CAP through a broker", () => {
  it("the embedded one", async () => goesOutAndComesBack(await embedded()));
  it.runIf(hasMosquitto())("Mosquitto", async () => goesOutAndComesBack(await mosquitto()));

  it("is refused without the token, with a wrong one, and outside the city's topics", async () => {
    const url = `${(await embedded()).url.replace("http", "ws")}/mqtt`;
    const refusals = [
      { url, topic: topicOf("X"), payload: "x" },
      { url, topic: topicOf("X"), payload: "x", username: "city", password: "guess" },
      { url, topic: "elsewhere/X", payload: "x", username: "city", password: TOKEN },
    ];
    for (const one of refusals) expect(await publishRetained(one)).toMatchObject({ result: "refused" });
  });

  it("is unreachable when nothing listens, or no feed of that name is connected", async () => {
    const nowhere = { url: "ws://127.0.0.1:9/mqtt", topic: topicOf("X"), payload: "x" };
    expect(await publishRetained(nowhere)).toMatchObject({ result: "unreachable" });
    const hub = new FeedHub({ pageOrigin: "http://127.0.0.1:9" });
    expect(await hub.publish("hub", "t", "x", null)).toMatchObject({ result: "unreachable" });
  });
});

describe("CAP by HTTP POST", () => {
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, "127.0.0.1");
    cleanups.push(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/cap`;
  }

  it("brings the whole message with its type and token", async () => {
    const got: unknown[] = [];
    const url = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += String(chunk);
      });
      request.on("end", () => {
        const { "content-type": type, authorization } = request.headers;
        got.push({ body, type, authorization });
        response.writeHead(201).end();
      });
    });
    const xml = writeCap(alert);
    expect(await postCap(url, xml, { token: "t" })).toEqual({ result: "sent", detail: "" });
    expect(got).toEqual([
      { body: xml, type: "application/cap+xml; charset=utf-8", authorization: "Bearer t" },
    ]);
  });

  it.each([
    [409, "sent"],
    [400, "refused"],
    [401, "refused"],
    [302, "refused"],
    [429, "unreachable"],
    [503, "unreachable"],
  ] as const)("an answer %i is: %s", async (status, result) => {
    const url = await serve((_, response) => {
      response.writeHead(status, { Location: "/elsewhere" }).end("no <b>room</b>");
    });
    expect((await postCap(url, "<alert/>")).result).toBe(result);
  });

  it("an address that nobody answers is unreachable", async () => {
    expect(await postCap("http://127.0.0.1:9/", "x")).toMatchObject({ result: "unreachable" });
  });
});
