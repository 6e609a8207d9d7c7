import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { FakeClock, fakeFetch, settle } from "../../src/feed/fake-http.fixture.ts";
import { feedMessage, vehicle } from "../../src/feed/gtfs.fixture.ts";
import type { LinkEvents } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedHub } from "./feed-hub.ts";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const URL_OF = "https://feed.example/v1.1";
const base = {
  id: "f",
  title: { zh: "源", en: "Feed" },
  url: URL_OF,
  provenance: { kind: "RECORDED", source: "test" },
  lateAfterS: 120,
  staleAfterS: 600,
} as const;
const POLL = { intervalS: 60, kind: "k" };
const CONFIGS = {
  cap: { ...base, protocol: "cap", options: { intervalS: 60 } },
  sensorthings: { ...base, protocol: "sensorthings", options: { intervalS: 60 } },
  earthquakes: { ...base, protocol: "earthquakes", options: POLL },
  geojson: { ...base, protocol: "geojson", options: { ...POLL, value: "properties.mag" } },
  gtfs: { ...base, protocol: "gtfs-realtime", options: POLL },
  typhoon: { ...base, protocol: "typhoon", options: { intervalS: 60 } },
  sse: { ...base, protocol: "sse", options: {} },
  mqtt: { ...base, protocol: "mqtt", url: "wss://feed.example", topics: ["#"] },
} satisfies Record<string, FeedConfig>;
type Kind = keyof typeof CONFIGS;

/** Uniform numbers in [0, 1): the same seed, the same twins (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SWAPS: readonly unknown[] = [
  null,
  1e308,
  -1,
  "",
  "x".repeat(9),
  [],
  {},
  [[]],
  true,
  { "@iot.id": 1 },
  "2026-13-45T99:00Z",
];

/** A twin of the payload with something wrong: cut, bits turned over, a piece doubled, or a JSON value of another type. */
function mutate(whole: Uint8Array, random: () => number): Uint8Array {
  const pick = Math.floor(random() * 4);
  if (pick === 0) return whole.slice(0, Math.floor(whole.length * random()));
  if (pick === 1) {
    const twin = whole.slice();
    for (let n = 0; n < 1 + random() * 20; n++)
      twin[Math.floor(random() * twin.length)]! ^= 1 << Math.floor(random() * 8);
    return twin;
  }
  if (pick === 2) {
    const at = Math.floor(whole.length * random());
    const end = Math.min(whole.length, at + Math.floor(random() * 400));
    return Uint8Array.from([...whole.subarray(0, end), ...whole.subarray(at)]);
  }
  return swapped(whole, random);
}

function swapped(whole: Uint8Array, random: () => number): Uint8Array {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(whole));
  } catch {
    return whole.map((byte, i) => (i > 200 && random() < 0.001 ? 0x3c : byte));
  }
  for (let n = 0; n < 3; n++) {
    let at = json as Record<string, unknown>;
    for (let depth = 0; depth < 8; depth++) {
      const keys = Object.keys(at);
      const key = keys[Math.floor(random() * keys.length)];
      if (key === undefined) break;
      const next = at[key];
      if (random() < 0.25 || typeof next !== "object" || next === null) {
        at[key] = structuredClone(SWAPS[Math.floor(random() * SWAPS.length)]);
        break;
      }
      at = next as Record<string, unknown>;
    }
  }
  return new TextEncoder().encode(JSON.stringify(json));
}

/** One round of a feed that gets this payload at every address and in every message. */
async function run(kind: Kind, payload: Uint8Array): Promise<FeedBatch> {
  const clock = new FakeClock();
  const batches: FeedBatch[] = [];
  let link: LinkEvents | null = null;
  const { fetch } = fakeFetch((url) =>
    url.includes("skip") || (url !== URL_OF && kind === "cap")
      ? undefined
      : kind === "sse"
        ? new Response(payload as BodyInit, { headers: { "Content-Type": "text/event-stream" } })
        : payload,
  );
  const hub = new FeedHub({
    pageOrigin: "https://twin.example",
    clock,
    fetch,
    random: () => 1,
    openLink: (_options, events) => {
      link = events;
      return { close: () => {} };
    },
  });
  await hub.connect(CONFIGS[kind], {}, "shenyang", null, (batch) => void batches.push(batch));
  const events = link as LinkEvents | null;
  events?.opened([], false);
  events?.message("v1.1/Datastreams(1)/Observations", payload);
  await settle();
  clock.pass(300);
  const last = batches.at(-1)!;
  await hub.disconnect("f");
  return last;
}

async function expectHeld(kind: Kind, payload: Uint8Array, name: string): Promise<void> {
  const { status } = await run(kind, payload);
  expect(["live", "connecting", "lost", "refused"], name).toContain(status.state);
  if (status.state === "lost" || status.state === "refused") expect(status.error, name).not.toBeNull();
  else if (kind !== "sse" && kind !== "cap")
    expect(status.received + status.rejected, name).toBeGreaterThan(0);
  if (kind === "mqtt") expect(status.received, name).toBe(1);
  if (status.rejected > 0) expect(status.issues.length, name).toBeGreaterThan(0);
}

const observation = '{"result":1.5,"phenomenonTime":"2026-07-22T02:30:00Z","Datastream":{"@iot.id":1}}';
const track = {
  tracks: [
    {
      id: "2609",
      name: "某",
      points: [{ time: "2026-07-22T00:00:00Z", longitude: 125, latitude: 30, reach30Kn: { longest: 3e5 } }],
    },
  ],
};
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const own: readonly (readonly [Kind, string, Uint8Array])[] = [
  [
    "gtfs",
    "vehicles",
    feedMessage(
      { timestampS: 1_780_000_000 },
      Array.from({ length: 30 }, (_, i) =>
        vehicle(`e${i}`, { lat: i, lon: 123, vehicleId: `v${i}`, route: "1", speed: 5 }),
      ),
    ),
  ],
  ["typhoon", "tracks", encode(JSON.stringify(track))],
  ["mqtt", "observation", encode(observation)],
  ["mqtt", "clock", encode('{"simulation":{"paused":false,"speed":10,"seed":1}}')],
  ["sse", "events", encode(`id: 1\nevent: o\ndata: ${observation}\n\n: comment\n\ndata: ${observation}\n\n`)],
];

describe("sixty twins of each own payload", () => {
  it.each(own)("%s: %s", async (kind, name, payload) => {
    const random = createRandom(20260722);
    for (let n = 0; n < 60; n++) await expectHeld(kind, mutate(payload, random), `${name} ${n}`);
  });
});

const recorded: readonly (readonly [Kind, string])[] = existsSync(folder)
  ? [
      ...filesIn("cap", /\.(xml|cap)$/).flatMap((name) => [["cap", name] as const, ["mqtt", name] as const]),
      ...filesIn("feeds", /\.xml$/).map((name) => ["cap", name] as const),
      ...filesIn("sensorthings", /\.json$/).flatMap((name) => [
        ["sensorthings", name] as const,
        ["mqtt", name] as const,
      ]),
      ...filesIn("quake", /\.json$/).flatMap((name) => [
        ["earthquakes", name] as const,
        ["geojson", name] as const,
      ]),
      ...filesIn("typhoon", /\.txt$/).map((name) => ["typhoon", name] as const),
    ]
  : [];

function filesIn(set: string, pattern: RegExp): string[] {
  return readdirSync(`${folder}${set}`, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && pattern.test(one.name))
    .map((one) => `${one.parentPath}/${one.name}`.slice(folder.length));
}

describe.runIf(recorded.length > 0)("twins of each recorded payload", () => {
  it.each(recorded)("%s: %s", async (kind, name) => {
    const payload = new Uint8Array(readFileSync(`${folder}${name}`));
    const random = createRandom(payload.length);
    const twins = payload.length > 100_000 ? 1 : 3;
    for (let n = 0; n < twins; n++) await expectHeld(kind, mutate(payload, random), `${name} ${n}`);
  });
});
