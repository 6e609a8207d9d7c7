import { describe, expect, it } from "vitest";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import type { Points } from "./sensorthings.ts";
import { nextPage, SensorThingsAdapter } from "./sensorthings-http.ts";

const ROOT = "https://sta.example/FROST/v1.1";

function thing(id: number, result: unknown = id) {
  return {
    "@iot.id": id,
    name: `Gauge ${id}`,
    Locations: [{ location: { type: "Point", coordinates: [123.4, 41.8] } }],
    Datastreams: [
      {
        "@iot.id": id,
        name: "level",
        ObservedProperty: { name: "river" },
        Observations: [{ phenomenonTime: "2026-07-22T02:29:00Z", result }],
      },
    ],
  };
}

function stage(answer: Parameters<typeof fakeFetch>[0], options = {}) {
  const clock = new FakeClock();
  const { fetch, asked } = fakeFetch(answer);
  const adapter = new SensorThingsAdapter(
    { url: ROOT, credentials: { username: "duty", password: "水" }, clock, fetch },
    { intervalS: 10, ...options },
  );
  return { clock, asked, ...listen(adapter) };
}

const json = JSON.stringify;

describe("SensorThingsAdapter", () => {
  it("follows pages by the query of nextLink on its own host, and never sends the password elsewhere", async () => {
    const { asked, log } = stage((url) =>
      url.includes("$skip=2")
        ? json({ value: [thing(3)] })
        : json({
            value: [thing(1), thing(2)],
            "@iot.nextLink": "http://inner:8080/FROST/v1.1/Things?$skip=2",
          }),
    );
    await settle();
    expect(asked.map(({ url }) => new URL(url).host)).toEqual(["sta.example", "sta.example"]);
    expect(asked[0]!.url).toContain(
      "/Things?$top=200&$expand=Locations,Datastreams($expand=ObservedProperty,Observations(",
    );
    expect(asked[0]!.headers.get("Authorization")).toBe(`Basic ${Buffer.from("duty:水").toString("base64")}`);
    expect(log.messages.map(({ kind }) => kind)).toEqual(["points", "points", "roll"]);
    const points = log.messages.slice(0, 2) as Points[];
    expect(points.flatMap((page) => page.sensors.map(({ key }) => key))).toEqual(["1", "2", "3"]);
    expect(points.flatMap((page) => page.observations.map(({ key, value }) => `${key}=${value}`))).toEqual([
      "1=1",
      "2=2",
      "3=3",
    ]);
  });

  it("then asks only for what is new, and for all Things again after a while", async () => {
    const { clock, asked, log } = stage((url) =>
      url.includes("/Observations?")
        ? json({
            value: [{ Datastream: { "@iot.id": 1 }, phenomenonTime: "2026-07-22T02:30:05Z", result: 7 }],
          })
        : json({ value: [thing(1)] }),
    );
    await settle();
    clock.pass(10_000);
    await settle();
    expect(asked[1]!.url).toContain("$filter=phenomenonTime%20ge%202026-07-22T02:28:00.000Z");
    expect(log.messages.at(-1)).toMatchObject({
      kind: "observations",
      observations: [{ key: "1", value: 7 }],
    });
    clock.pass(10_000);
    await settle();
    expect(asked[2]!.url).toContain("ge%202026-07-22T02:29:05.000Z");
    for (let n = 0; n < 60; n++) {
      clock.pass(10_000);
      await settle();
    }
    expect(asked.filter(({ url }) => url.includes("/Things?"))).toHaveLength(2);
    expect(log.closed).toEqual([]);
  });

  it("reads Things each time where the server takes no question for Observations", async () => {
    const { clock, asked } = stage((url) =>
      url.includes("/Observations?") ? new Response("", { status: 501 }) : json({ value: [thing(1)] }),
    );
    await settle();
    for (let n = 0; n < 2; n++) {
      clock.pass(10_000);
      await settle();
    }
    expect(asked.map(({ url }) => /v1\.1\/(\w+)/.exec(url)![1])).toEqual([
      "Things",
      "Observations",
      "Things",
      "Things",
    ]);
  });

  it("keeps the good Things of a page, lists the others, and takes none away then", async () => {
    const { log } = stage(() =>
      json({
        value: [
          thing(1),
          { "@iot.id": 2, name: "no place", Datastreams: [{ "@iot.id": 2 }] },
          null,
          thing(4, "wet"),
        ],
      }),
    );
    await settle();
    const page = log.messages[0] as Points;
    expect(page.sensors.map(({ key }) => key)).toEqual(["1", "4"]);
    expect(page.observations.map(({ key }) => key)).toEqual(["1"]);
    expect(page.issues).toHaveLength(3);
    expect(log.messages).toHaveLength(1);
  });

  it.each([
    [() => new Response("", { status: 503, headers: { "Retry-After": "30" } }), false, 30_000],
    [() => new Response("", { status: 401 }), true, 0],
    [() => "<html>", false, 0],
    [() => '{"value":[', false, 0],
  ])("ends the attempt on an answer that is none %#", async (answer, refused, retryAfterMs) => {
    const { log } = stage(answer);
    await settle();
    expect(log.opened).toEqual([]);
    expect(log.closed).toMatchObject([{ refused, retryAfterMs }]);
  });

  it("does not go round in a circle of pages", async () => {
    const { asked, log } = stage((url) => json({ value: [thing(1)], "@iot.nextLink": url }));
    await settle();
    expect(asked).toHaveLength(1);
    expect(log.rejected[0]).toContain("circle");
  });

  it("is silent once closed", async () => {
    const { log, link, clock } = stage(() => json({ value: [thing(1)] }));
    link.close();
    await settle();
    clock.pass(60_000);
    expect([log.opened, log.messages, log.closed].flat()).toEqual([]);
  });

  it("nextPage knows an end", () => {
    expect(nextPage(`${ROOT}/Things?$top=1`, {})).toBeNull();
    expect(nextPage(`${ROOT}/Things?$top=1`, { "@iot.nextLink": 7 })).toBeNull();
    expect(nextPage(`${ROOT}/Things?$top=1`, { "@iot.nextLink": "Things?$skip=1" })).toBe(
      `${ROOT}/Things?$skip=1`,
    );
  });
});
