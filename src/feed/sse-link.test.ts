import { describe, expect, it } from "vitest";
import { alertXml } from "./alert.fixture.ts";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import { SseAdapter } from "./sse-link.ts";
import { SseParser } from "./sse-parser.ts";

describe("SseParser", () => {
  const stream =
    '\uFEFF: hello\r\nid: 7\r\nevent: obs\r\ndata: {"a":\r\ndata:  1}\r\n\r\ndata\n\nretry: 2500\nid\ndata: 水\rfoo: x\r\rdata: never ended';
  const expected = [
    { type: "obs", data: '{"a":\n 1}' },
    { type: "message", data: "" },
    { type: "message", data: "水" },
  ];

  it("reads a stream whole, and in any pieces", () => {
    for (const size of [stream.length, 1, 2, 3, 7]) {
      const parser = new SseParser();
      const events = [];
      for (let at = 0; at < stream.length; at += size)
        events.push(...parser.push(stream.slice(at, at + size)));
      expect(events, `pieces of ${size}`).toEqual(expected);
      expect(parser).toMatchObject({ lastEventId: "", retryMs: 2500, dropped: 0 });
    }
  });

  it("drops an event without end instead of keeping it", () => {
    const parser = new SseParser();
    for (let n = 0; n < 6; n++) parser.push(`data: ${"x".repeat(1_000_000)}\n`);
    expect(parser.push("\ndata: next\n\n")).toEqual([{ type: "message", data: "next" }]);
    expect(parser.dropped).toBe(1);
  });
});

describe("SseAdapter", () => {
  const answer = (body: string, status = 200, type = "text/event-stream; charset=utf-8") =>
    new Response(status === 204 ? null : body, { status, headers: { "Content-Type": type } });
  const stage = (give: () => Response, options = {}) => {
    const clock = new FakeClock();
    const { fetch, asked } = fakeFetch(give);
    const adapter = new SseAdapter(
      { url: "https://sse.example/s", credentials: null, clock, fetch },
      options,
    );
    return { clock, asked, adapter };
  };
  const observation = '{"Datastream":{"@iot.id":1},"result":2}';

  it("reads observations, alerts and features, lists what is none, and goes on where it was cut off", async () => {
    const xml = alertXml().replaceAll("\n", "\ndata: ");
    const feature =
      '{"type":"Feature","id":"F","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"v":3}}';
    const body = `id: 41\ndata: ${observation}\n\ndata: ${xml}\n\ndata: {\n\nretry: 9000\nid: 42\ndata: ${feature}\n\n`;
    const plain = stage(() => answer(body));
    const first = listen(plain.adapter);
    await settle();
    expect(first.log.messages.map(({ kind }) => kind)).toEqual(["observations", "cap"]);
    expect(first.log.rejected).toHaveLength(2);
    expect(first.log.closed).toEqual([{ reason: "connection closed", refused: false, retryAfterMs: 9000 }]);
    listen(plain.adapter);
    await settle();
    expect(plain.asked.map(({ headers }) => headers.get("Last-Event-ID"))).toEqual([null, "42"]);

    const mapped = listen(
      stage(() => answer(body), { geojson: { kind: "k", value: "properties.v" } }).adapter,
    );
    await settle();
    expect(mapped.log.messages.at(-1)).toMatchObject({
      kind: "points",
      isComplete: false,
      sensors: [{ key: "F" }],
    });
  });

  it("reads only the event types that are wanted", async () => {
    const body = `event: ping\ndata: x\n\nevent: obs\ndata: ${observation}\n\n`;
    const { log } = listen(stage(() => answer(body), { events: ["obs"] }).adapter);
    await settle();
    expect(log.messages).toHaveLength(1);
    expect(log.rejected).toEqual([]);
  });

  it.each([
    [answer("", 204), true],
    [answer("<html>", 200, "text/html"), false],
    [answer("", 403), true],
    [answer("", 500), false],
  ])("ends on an answer that is no stream %#", async (response, refused) => {
    const { log } = listen(stage(() => response).adapter);
    await settle();
    expect(log.opened).toEqual([]);
    expect(log.closed).toMatchObject([{ refused }]);
  });

  it("takes a connection on which nothing comes for dead", async () => {
    const clock = new FakeClock();
    const silent = new ReadableStream({ start: () => {} });
    const { fetch } = fakeFetch(
      () => new Response(silent, { headers: { "Content-Type": "text/event-stream" } }),
    );
    const { log } = listen(
      new SseAdapter({ url: "https://sse.example/s", credentials: null, clock, fetch }, {}),
    );
    await settle();
    clock.pass(90_000);
    await settle();
    expect(log.closed).toMatchObject([{ reason: "nothing came for too long", refused: false }]);
  });
});
