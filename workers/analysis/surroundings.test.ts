import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeBuildingIndex } from "../../src/domain/building-index-codec.ts";
import { chinaHour, DAY_SHARE, peopleAt, residentsByHour } from "../../src/domain/time-of-day.ts";
import { AnalysisSession } from "./analysis-session.ts";
import { cityOf } from "./city.fixture.ts";
import { leastCpuMs } from "./cpu-time.fixture.ts";

const PROVENANCE = { kind: "SAMPLE", source: "test" };
const at = (id: string, kind: string, lon: number, lat: number) => ({
  id,
  kind,
  name: { zh: id, en: id },
  at: [lon, lat],
  capacity: 100,
});
const FACILITIES = {
  version: 1,
  provenance: PROVENANCE,
  facilities: [
    at("far", "school", 0.009, 0.005),
    at("near", "hospital", 0.005, 0.0052),
    at("out", "care", 1, 1),
  ],
  depots: [],
};
const pipe = (id: string, kind: string, diameterMm: number, path: number[][]) => ({
  id,
  kind,
  from: 0,
  to: 1,
  diameterMm,
  material: "PE",
  year: 2000,
  valves: [false, false],
  path,
});
const NETWORK = {
  version: 1,
  provenance: PROVENANCE,
  nodes: [
    [0, 0],
    [1, 1],
  ],
  sources: { gas: [0] },
  pipes: [
    pipe("g1", "gas", 200, [
      [-0.01, 0.005],
      [0.02, 0.005],
    ]),
    pipe("g2", "gas", 400, [
      [0.004, 0.002],
      [0.004, 0.004],
    ]),
    pipe("w1", "water", 600, [
      [0.5, 0.5],
      [0.6, 0.5],
    ]),
  ],
};
const SQUARE = {
  polygons: [
    [
      [0, 0],
      [0.01, 0],
      [0.01, 0.01],
      [0, 0.01],
    ],
  ] as const,
  circles: [],
};

async function cityWith(files: Readonly<Record<string, unknown>>): Promise<AnalysisSession> {
  const index = cityOf([[0.005, 0.005]], { use: Uint8Array.of(0) });
  const session = new AnalysisSession(async (url) => {
    const name = url.split("/").at(-1)!;
    if (name === "index.bin") return encodeBuildingIndex(index).slice().buffer as ArrayBuffer;
    return name in files
      ? (new TextEncoder().encode(JSON.stringify(files[name])).buffer as ArrayBuffer)
      : null;
  });
  await session.load("/t/");
  return session;
}

describe("inside an area", () => {
  it("lists facilities by distance and measures mains by kind", async () => {
    const city = await cityWith({ "facilities.json": FACILITIES, "network.json": NETWORK });
    const { facilities, pipes, residentsByHour: byHour } = await city.inside(SQUARE);
    expect(facilities!.map(({ id, distance }) => [id, distance])).toEqual([
      ["near", 22],
      ["far", 445],
    ]);
    expect(pipes).toEqual([
      { kind: "gas", length: expect.closeTo(1112 + 222, -1.3) as number, count: 2, largestMm: 400 },
    ]);
    expect(byHour![3]).toBe(20);
    expect(byHour![12]).toBe(10);
  });

  it("knows nothing of facilities where there is no list, rather than that there are none", async () => {
    const affected = await (await cityWith({})).inside(SQUARE);
    expect(affected.facilities).toBeUndefined();
    expect(affected.pipes).toBeUndefined();
  });

  it("goes on without a list that is wrong, and says which field", async () => {
    const broken = { ...FACILITIES, facilities: [{ ...FACILITIES.facilities[0], kind: "castle" }] };
    const index = cityOf([[0.005, 0.005]]);
    const session = new AnalysisSession(async (url) => {
      if (url.endsWith("index.bin")) return encodeBuildingIndex(index).slice().buffer as ArrayBuffer;
      return url.endsWith("facilities.json")
        ? (new TextEncoder().encode(JSON.stringify(broken)).buffer as ArrayBuffer)
        : null;
    });
    const { problems } = await session.load("/t/");
    expect(problems).toEqual([
      expect.objectContaining({
        code: "facilities.invalid",
        params: expect.objectContaining({ field: "facilities.0.kind" }) as unknown,
      }),
    ]);
    expect((await session.inside(SQUARE)).buildings).toBe(1);
  });
});

describe("people by time of day", () => {
  it("is the night's number at night and the day's number by day", () => {
    const day = Float64Array.of(100, 0, 900, 0, 0, 0, 0, 0);
    const night = Float64Array.of(400, 0, 10, 0, 0, 0, 0, 0);
    const byHour = residentsByHour(day, night);
    expect(byHour[3]).toBe(410);
    expect(byHour[10]).toBe(1000);
    expect(Math.max(...byHour)).toBeLessThanOrEqual(1300);
    expect(peopleAt(byHour, 3.5)).toBe(Math.round((byHour[3]! + byHour[4]!) / 2));
    expect(peopleAt(byHour, 24)).toBe(byHour[0]);
  });

  it("has a share from 0 to 1 for every hour of every use", () => {
    for (const shares of Object.values(DAY_SHARE)) {
      expect(shares.length).toBe(24);
      for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  it("reads the clock of China from any machine", () => {
    expect(chinaHour(Date.UTC(2026, 0, 1, 22, 30))).toBeCloseTo(6.5, 9);
    expect(chinaHour(Date.UTC(2026, 0, 1, 0, 0))).toBe(8);
  });
});

const CITY = join(import.meta.dirname, "../../tilesets/shenyang");

describe.runIf(existsSync(join(CITY, "facilities.json")))("the demo city", () => {
  it("answers for a warning of the size of a district in under 300 ms", async () => {
    const session = new AnalysisSession(async (url) => {
      const path = join(CITY, url.split("/").at(-1)!);
      return existsSync(path) ? (new Uint8Array(readFileSync(path)).buffer as ArrayBuffer) : null;
    });
    const { facilities } = await session.load("/tilesets/shenyang/");
    expect(facilities).toBeGreaterThan(300);
    const ring = Array.from({ length: 400 }, (_, i): [number, number] => [
      123.43 + 0.06 * Math.cos((i / 200) * Math.PI) * (i % 2 === 0 ? 1 : 0.9),
      41.797 + 0.045 * Math.sin((i / 200) * Math.PI),
    ]);
    const area = { polygons: [ring], circles: [{ longitudeDeg: 123.35, latitudeDeg: 41.79, radius: 2500 }] };
    const affected = await session.inside(area);
    expect(affected.buildings).toBeGreaterThan(5000);
    expect(affected.facilities!.length).toBeGreaterThan(50);
    expect(await leastCpuMs(5, () => session.inside(area))).toBeLessThan(300);
  });
});
