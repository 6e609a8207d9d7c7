import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { alertXml } from "../../src/feed/alert.fixture.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedHub } from "./feed-hub.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const base = {
  id: "f",
  title: { zh: "源", en: "Feed" },
  provenance: { kind: "LIVE", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
} as const;

/** A real session over a real socket; waits are a tenth of what they say. */
async function follow(config: FeedConfig, pageOrigin: string): Promise<FeedBatch[]> {
  const batches: FeedBatch[] = [];
  const clock = {
    now: () => Date.now(),
    after: (ms: number, fn: () => void) => {
      const timer = setTimeout(fn, ms / 10);
      return () => clearTimeout(timer);
    },
  };
  const hub = new FeedHub({ pageOrigin, clock, random: () => 0 });
  cleanups.push(() => hub.disconnect("f"));
  await hub.connect(config, {}, "shenyang", { password: "token" }, (batch) => void batches.push(batch));
  return batches;
}

const until = (check: () => unknown) => expect.poll(check);
const stateOf = (batches: readonly FeedBatch[]) => batches.at(-1)?.status.state;
const values = (batches: readonly FeedBatch[]) =>
  batches.flatMap(({ update }) => [...(update?.values ?? [])]);

describe("feeds over real HTTP", () => {
  it("SensorThings: pages, new observations, a server that fails for a while", async () => {
    let turn = 0;
    let isDown = false;
    const url = await serve((request, response) => {
      if (isDown) return response.writeHead(503).end();
      const page = (body: unknown) =>
        response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      const phenomenonTime = new Date().toISOString();
      if (request.url!.startsWith("/shenyang/v1.1/Observations"))
        return page({ value: [{ Datastream: { "@iot.id": 1 }, phenomenonTime, result: ++turn }] });
      const thing = (id: number) => ({
        "@iot.id": id,
        name: `G${id}`,
        Locations: [{ location: { type: "Point", coordinates: [123, 41] } }],
        Datastreams: [{ "@iot.id": id, name: "level", Observations: [{ phenomenonTime, result: -id }] }],
      });
      if (request.url!.includes("$skip=1")) return page({ value: [thing(2)] });
      return page({ value: [thing(1)], "@iot.nextLink": "http://elsewhere.invalid/v1.1/Things?$skip=1" });
    });
    const batches = await follow(
      { ...base, protocol: "sensorthings", url: "/{city}/v1.1", options: { intervalS: 1 } },
      url,
    );
    await until(() => batches.findLast((batch) => batch.sensors)?.sensors?.length).toBe(2);
    await until(() => values(batches)).toContain(2);
    isDown = true;
    await until(() => stateOf(batches)).toBe("lost");
    expect(batches.at(-1)!.status.error).toContain("HTTP 503");
    isDown = false;
    await until(() => stateOf(batches)).toBe("live");
    expect(batches.at(-1)!.status).toMatchObject({ rejected: 0, attempt: 0 });
  });

  it("CAP: an index, its alerts, and a token for its own server only", async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const entry = (id: string) => `<entry><updated>1</updated><link href="/${id}.xml"/></entry>`;
      if (request.url === "/index.atom")
        return response.end(
          `<feed xmlns="http://www.w3.org/2005/Atom">${entry("A")}${entry("bad")}${entry("B")}</feed>`,
        );
      if (request.url === "/bad.xml") return response.end("<alert><oops></alert>");
      response.end(alertXml({ identifier: request.url!.slice(1, 2) }));
    });
    const batches = await follow(
      { ...base, protocol: "cap", url: "/index.atom", options: { intervalS: 1 } },
      url,
    );
    await until(() =>
      batches
        .findLast(({ warnings }) => warnings)
        ?.warnings?.map(({ id }) => id)
        .sort(),
    ).toEqual(["A", "B"]);
    expect(stateOf(batches)).toBe("live");
    expect(batches.at(-1)!.status.rejected).toBe(1);
    expect(new Set(seen)).toEqual(new Set(["Bearer token"]));
  });

  it("Server-Sent Events: text cut in the middle of a sign, an ended stream, and on from the last id", async () => {
    const ids: unknown[] = [];
    const url = await serve((request, response) => {
      ids.push(request.headers["last-event-id"] ?? null);
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      const n = ids.length;
      const feature = {
        type: "Feature",
        id: "水位站",
        geometry: { type: "Point", coordinates: [123, 41] },
        properties: { v: n },
      };
      const bytes = Buffer.from(`id: ${n}\ndata: ${JSON.stringify(feature)}\n\n`);
      const cut = bytes.indexOf(Buffer.from("水")) + 1;
      response.write(bytes.subarray(0, cut));
      setTimeout(() => response.end(bytes.subarray(cut)), 30);
    });
    const options = { geojson: { kind: "river", value: "properties.v" } };
    const batches = await follow({ ...base, protocol: "sse", url: "/events", options }, url);
    await until(() => values(batches)).toContain(3);
    expect(ids.slice(0, 3)).toEqual([null, "1", "2"]);
    expect(batches.findLast((batch) => batch.sensors)!.sensors).toMatchObject([{ id: "水位站" }]);
    expect(batches.at(-1)!.status.rejected).toBe(0);
  });

  it("a refusal is final, an endless answer is cut off, and leaving ends the request", async () => {
    const refused = await follow(
      { ...base, protocol: "geojson", url: "/x", options: { intervalS: 1, kind: "k", value: "v" } },
      await serve((_, response) => void response.writeHead(403).end()),
    );
    await until(() => stateOf(refused)).toBe("refused");

    let isWriting = true;
    const endless = await serve((_, response) => {
      const chunk = Buffer.alloc(1 << 20, 32);
      const more = (): void => {
        while (isWriting && response.write(chunk));
      };
      response.on("drain", more).on("close", () => {
        isWriting = false;
      });
      more();
    });
    const cut = await follow(
      { ...base, protocol: "geojson", url: "/x", options: { intervalS: 1, kind: "k", value: "v" } },
      endless,
    );
    await until(() => cut.at(-1)?.status.error ?? "").toContain("sent more than");

    let opened = 0;
    let closed = 0;
    const hanging = await serve((_, response) => {
      opened++;
      response.on("close", () => closed++);
    });
    const hub = new FeedHub({ pageOrigin: hanging });
    await hub.connect({ ...base, protocol: "sse", url: "/x", options: {} }, {}, "c", null, () => {});
    await until(() => opened).toBe(1);
    await hub.disconnect("f");
    await until(() => closed).toBe(1);
  });
});
