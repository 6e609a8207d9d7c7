import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { type Answer, FakeClock, fakeFetch, settle } from "../../src/feed/fake-http.fixture.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedHub } from "./feed-hub.ts";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}${name}`));
const textOf = (name: string): string => readFileSync(`${folder}${name}`, "utf8");

const base = {
  id: "f",
  title: { zh: "源", en: "Feed" },
  provenance: { kind: "RECORDED", source: "test" },
  lateAfterS: 120,
  staleAfterS: 600,
} as const;
const URL_OF = "https://feed.example/v1.1";
const QUAKES: FeedConfig = {
  ...base,
  protocol: "earthquakes",
  url: URL_OF,
  options: { intervalS: 60, kind: "quake" },
};
const GEOJSON: FeedConfig = {
  ...base,
  protocol: "geojson",
  url: URL_OF,
  options: {
    intervalS: 60,
    kind: "quake",
    value: "properties.mag",
    time: "properties.time",
    name: "properties.place",
  },
};
const THINGS: FeedConfig = { ...base, protocol: "sensorthings", url: URL_OF, options: { intervalS: 60 } };
const CAP: FeedConfig = { ...base, protocol: "cap", url: URL_OF, options: { intervalS: 60 } };
const SSE: FeedConfig = { ...base, protocol: "sse", url: URL_OF, options: {} };
const QUAKE_FILE = "quake/usgs_all_week_2018.geojson.json";

/** The whole feed, from its first request to what the page gets, with the clock at `atMs`. */
async function run(
  config: FeedConfig,
  answer: (url: string) => Answer | undefined,
  rounds = 1,
  atMs?: number,
) {
  const clock = new FakeClock();
  if (atMs !== undefined) clock.pass(atMs - clock.now());
  const batches: FeedBatch[] = [];
  const { fetch } = fakeFetch(answer);
  const hub = new FeedHub({ pageOrigin: "https://twin.example", clock, fetch, random: () => 1 });
  await hub.connect(config, {}, "shenyang", null, (batch) => void batches.push(batch));
  for (let n = 0; n < rounds; n++) {
    await settle();
    clock.pass(n === rounds - 1 ? 300 : 60_000);
  }
  const status = batches.at(-1)!.status;
  const sensors = batches.findLast((batch) => batch.sensors)?.sensors ?? [];
  const warnings = batches.findLast((batch) => batch.warnings)?.warnings ?? [];
  const values = new Map(
    batches.flatMap(({ update }) => [...(update?.rows ?? [])].map((row, i) => [row, update!.values[i]!])),
  );
  await hub.disconnect("f");
  return { status, sensors, warnings, values };
}

interface Quakes {
  features: { id: string; properties: Record<string, unknown>; geometry: { coordinates: unknown } }[];
}

describe.runIf(existsSync(folder))("recorded feeds, whole", () => {
  it("USGS: every earthquake of the week becomes a sensor with its magnitude, or an issue", async () => {
    const { features } = JSON.parse(textOf(QUAKE_FILE)) as Quakes;
    const quakes = features.filter(({ properties }) => properties.type === "earthquake");
    const { status, sensors, values } = await run(QUAKES, () => read(QUAKE_FILE));
    expect(sensors.length + status.rejected).toBe(quakes.length);
    expect(sensors.length).toBeGreaterThan(1600);
    expect(values.size).toBe(sensors.length);
    expect(status).toMatchObject({ state: "live", error: null });
    const first = sensors.findIndex(({ id }) => id === "ci37868143");
    expect(values.get(first)).toBeCloseTo(2);
    expect(sensors[first]).toMatchObject({ name: { en: "4km W of Castaic, CA, 26 km deep" } });
  });

  it("USGS by a mapping: all 1707 features", async () => {
    const { sensors, status } = await run(GEOJSON, () => read(QUAKE_FILE));
    expect(sensors.length + status.rejected).toBe(1707);
  });

  it("a page of a hundred Things without Datastreams: each is listed, none is made up", async () => {
    const { status, sensors } = await run(THINGS, (url) =>
      url.includes("$skip=100") ? '{"value":[]}' : read("sensorthings/things_page.json"),
    );
    expect(sensors).toEqual([]);
    expect(status).toMatchObject({ rejected: 100, state: "live" });
    expect(status.issues[0]!.message).toContain("$expand");
  });

  it("every SensorThings file of the collection ends in a state, not in an exception", async () => {
    const names = readdirSync(`${folder}sensorthings`, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name.endsWith(".json"))
      .map((one) => `${one.parentPath}/${one.name}`.slice(folder.length));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { status } = await run(THINGS, (url) => (url.includes("skip") ? '{"value":[]}' : read(name)));
      expect(["live", "connecting", "lost"], name).toContain(status.state);
      if (status.state === "lost") expect(status.error, name).not.toBeNull();
    }
  });

  it("the NWS index: all entries are asked for; those that are gone are listed, the feed lives", async () => {
    const entries = textOf("cap/nws_atom_feed_example.xml").match(/<entry>/g)!.length;
    const asked = new Set<string>();
    const { status } = await run({ ...CAP, options: { intervalS: 60, maxAlerts: 1000 } }, (url) => {
      if (url === URL_OF) return read("cap/nws_atom_feed_example.xml");
      asked.add(url);
      return undefined;
    });
    expect(asked.size).toBeGreaterThan(entries * 0.95);
    expect(status.rejected).toBe(asked.size);
    expect(status.state).toBe("live");
  });

  it("GDACS: the alert of every item, not its web page", async () => {
    const asked: string[] = [];
    await run(CAP, (url) => (url === URL_OF ? read("feeds/gdacs-rss-24h.xml") : void asked.push(url)));
    expect(asked.length).toBeGreaterThanOrEqual(20);
    expect(asked.every((url) => /cap_\d+.*\.xml$/.test(url))).toBe(true);
  });

  it("an index of the recorded alerts: updates and cancels applied, bad ones listed, hostile ones refused", async () => {
    const names = ["google-cap-library", "sahana"].flatMap((set) =>
      readdirSync(`${folder}cap/${set}`).map((name) => `cap/${set}/${name}`),
    );
    const index = `<feed xmlns="http://www.w3.org/2005/Atom">${names.map((name) => `<entry><updated>1</updated><link href="/${name}"/></entry>`).join("")}</feed>`;
    const { status, warnings } = await run(
      CAP,
      (url) => (url === URL_OF ? index : read(new URL(url).pathname.slice(1))),
      1,
      Date.parse("2026-07-22T03:00:00Z"),
    );
    expect(status.received).toBe(names.length + 1);
    expect(status.rejected).toBe(3);
    expect(status.state).toBe("live");
    // what has expired by now is not shown; what says no end is
    expect(
      warnings.every(({ expiresMs }) => expiresMs === null || expiresMs > Date.parse("2026-07-22")),
    ).toBe(true);
  });
});

describe.runIf(existsSync(folder))("mutilated twins", () => {
  const bad: readonly [string, (quake: Quakes["features"][number]) => unknown][] = [
    ["a text for a number", (quake) => ({ ...quake, properties: { ...quake.properties, mag: "strong" } })],
    ["a list for a time", (quake) => ({ ...quake, properties: { ...quake.properties, time: [1] } })],
    ["no properties", (quake) => ({ ...quake, properties: null })],
    ["no geometry", ({ geometry: _, ...quake }) => quake],
    ["huge coordinates", (quake) => ({ ...quake, geometry: { type: "Point", coordinates: [1e308, 1e308] } })],
    [
      "texts for coordinates",
      (quake) => ({ ...quake, geometry: { type: "Point", coordinates: ["1", "2"] } }),
    ],
    ["an object for an id", (quake) => ({ ...quake, id: { $ne: 1 } })],
    ["a number for a feature", () => 7],
    ["__proto__", () => JSON.parse('{"__proto__":{"id":"x"},"properties":{"__proto__":{"mag":1}}}')],
  ];

  it.each(bad)("every third feature with %s: the others are all there", async (_name, change) => {
    const collection = JSON.parse(textOf(QUAKE_FILE)) as Quakes;
    const good = collection.features.filter((_quake, i) => i % 3 !== 0);
    const features = collection.features.map((quake, i) => (i % 3 === 0 ? change(quake) : quake));
    const { status, sensors } = await run(GEOJSON, () => JSON.stringify({ ...collection, features }));
    expect(sensors.map(({ id }) => id)).toEqual(good.map(({ id }) => id));
    expect(status.rejected).toBe(features.length - good.length);
    expect(status).toMatchObject({ state: "live" });
    expect(status.issues).toHaveLength(20);
  });

  it("NaN, hostile markup and a megabyte of text are values, text and a short name", async () => {
    const text = textOf(QUAKE_FILE)
      .replaceAll('"mag":2,', '"mag":NaN,')
      .replace("4km W of Castaic, CA", `<script>alert(1)</script>${"長".repeat(1_000_000)}`);
    const { sensors, status } = await run(GEOJSON, () => text);
    expect(sensors).toHaveLength(1707);
    expect(status.rejected).toBe(0);
    expect(sensors[0]!.name.en.startsWith("<script>alert(1)</script>")).toBe(true);
    expect(sensors[0]!.name.en).toHaveLength(200);
  });

  it.each([
    [QUAKES, QUAKE_FILE],
    [THINGS, "sensorthings/things_page.json"],
    [CAP, "cap/nws_atom_feed_example.xml"],
    [CAP, "feeds/gdacs-rss-24h.xml"],
    [CAP, "cap/oasis_cap_amber_alert_example.xml"],
    [SSE, "sensorthings/things_page.json"],
  ] as const)(
    "%o of %s cut, in the wrong encoding, or noise: a state with a reason; what was there stays",
    async (config, name) => {
      const whole = read(name);
      const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + (i >> 3)) % 256);
      const utf16 = new Uint8Array(Buffer.from(new TextDecoder("latin1").decode(whole), "utf16le"));
      const latin = Uint8Array.from([...whole.subarray(0, 400), 0xe9, 0xff, ...whole.subarray(400)]);
      const twins = [0.01, 0.4, 0.9, 0.999].map((share) => whole.slice(0, whole.length * share));
      for (const twin of [...twins, utf16, latin, noise, new Uint8Array()]) {
        let turn = 0;
        const { status, sensors } = await run(
          config,
          (url) =>
            url.includes("skip")
              ? '{"value":[]}'
              : url.startsWith(URL_OF) && turn++ > 0
                ? twin
                : url.startsWith(URL_OF)
                  ? whole
                  : undefined,
          2,
        );
        expect(status.state).not.toBe("live");
        expect(status.error).not.toBeNull();
        if (config.protocol === "earthquakes") expect(sensors.length).toBeGreaterThan(1600);
      }
    },
  );
});
