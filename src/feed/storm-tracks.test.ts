import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { currentPoint, type StormTrack } from "../domain/storm-track.ts";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import type { Tracks } from "./payload.ts";
import { decodeBestTracks } from "./rsmc-best-track.ts";
import { decodeStormTracks } from "./storm-tracks-json.ts";
import { TrackBoard } from "./track-board.ts";
import { readTracks, TyphoonAdapter } from "./typhoon-http.ts";

const FILE = fileURLToPath(
  new URL("../../../shared/data/typhoon/rsmc_tokyo_bst_2015-2021.txt", import.meta.url),
);
/** The end of LEKIMA (1909) off Dalian and a typhoon that crossed the date line, as RSMC Tokyo wrote them; counts of lines made to fit. */
const EXCERPT = `66666 1909  004 0011 1909 0 6               LEKIMA              20191003        
19080812 002 5 243 1250  925     105     90100 0100 90300 0300                  
19081000 002 4 291 1207  970     060     90060 0060 20300 0250         #        
19081200 002 3 378 1196  985     035     00000 0000 90180 0180                  
19081312 002 2 386 1209  998     000                                            
66666 1999  002 0001 1999 0 6                TWIST              20191003        
19120100 002 3 300 1799  990     040     00000 0000 90180 0180                  
19120106 002 6 310 1815  990     000                                            
`;
const encoder = new TextEncoder();

describe("best tracks of the RSMC Tokyo", () => {
  it("become points in SI units", () => {
    const { tracks, issues, isComplete } = decodeBestTracks(EXCERPT);
    expect(issues).toEqual([]);
    expect(isComplete).toBe(true);
    expect(tracks.map(({ id, name, points }) => [id, name.en, points.length])).toEqual([
      ["1909", "LEKIMA", 4],
      ["1999", "TWIST", 2],
    ]);
    const [strong, landfall, , last] = tracks[0]!.points;
    expect(strong).toMatchObject({
      timeMs: Date.UTC(2019, 7, 8, 12),
      longitudeDeg: 125,
      latitudeDeg: 24.3,
      grade: "typhoon",
      pressureHpa: 925,
      isForecast: false,
      reach50Kn: { longest: 185_200, shortest: 185_200, bearingDeg: null },
    });
    expect(strong!.maxWind).toBeCloseTo(54.02, 2);
    expect(landfall!.reach30Kn).toEqual({ longest: 555_600, shortest: 463_000, bearingDeg: 90 });
    expect(last).toMatchObject({ grade: "depression", maxWind: null, reach30Kn: null, reach50Kn: null });
    expect(tracks[1]!.points[1]!.longitudeDeg).toBeCloseTo(-178.5);
  });

  const bad: readonly [string, string, string][] = [
    ["a month of 13", "19081000 002 4", "19131000 002 4"],
    ["an hour of 25", "19081000 002 4", "19081025 002 4"],
    ["a time that goes back", "19081000 002 4", "19080700 002 4"],
    ["another kind of line", "19081000 002 4", "19081000 003 4"],
    ["an unknown grade", "19081000 002 4", "19081000 002 8"],
    ["a latitude of 99.9", "4 291 1207", "4 999 1207"],
    ["a text for a longitude", "4 291 1207", "4 291 1x07"],
    ["a pressure of 70", " 970     060", "  70     060"],
    ["noise", "19081000 002 4 291 1207", "%%%%"],
  ];
  it.each(bad)("with %s: the line is listed, the track goes on", (_name, from, to) => {
    const { tracks, issues } = decodeBestTracks(EXCERPT.replace(from, to));
    expect(issues).toEqual([expect.stringMatching(/^line 3: /)]);
    expect(tracks.map(({ points }) => points.length)).toEqual([3, 2]);
  });

  it("lists a header without a number and the lines that then belong to nobody", () => {
    const { tracks, issues } = decodeBestTracks(EXCERPT.replace("66666 1909", "66666     "));
    expect(tracks.map(({ id }) => id)).toEqual(["1999"]);
    expect(issues).toHaveLength(5);
  });

  it("lists a typhoon that comes twice, and one that has fewer lines than it says", () => {
    expect(decodeBestTracks(EXCERPT.replace("66666 1999", "66666 1909")).issues[0]).toContain(
      "there already",
    );
    expect(decodeBestTracks(EXCERPT.replace("1909  004", "1909  009")).issues).toEqual([
      expect.stringContaining("should have 9 lines and has 4"),
    ]);
  });

  it.runIf(existsSync(FILE))("the whole file: 169 typhoons, every line a point", () => {
    const text = readFileSync(FILE, "latin1");
    const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("66666"));
    const { tracks, issues } = readTracks(new Uint8Array(readFileSync(FILE))) as Tracks;
    const points = tracks.flatMap((track) => track.points);
    expect(points.length + issues.filter((issue) => /^line \d+: its/.test(issue)).length).toBe(lines.length);
    expect(tracks).toHaveLength(169);
    expect(issues).toEqual([]);
    const lekima = tracks.find(({ id }) => id === "1909")!;
    expect(lekima.points).toHaveLength(56);
    expect(Math.min(...lekima.points.map(({ pressureHpa }) => pressureHpa!))).toBe(925);
    // what was left of it stood off Dalian
    const off = lekima.points.find(({ timeMs }) => timeMs === Date.UTC(2019, 7, 14, 6));
    expect(off).toMatchObject({ latitudeDeg: 38.8, longitudeDeg: 121.5 });
  });
});

describe("storm tracks as JSON", () => {
  const point = { time: "2026-07-22T00:00:00Z", longitude: 125, latitude: 30 };
  const track = (points: readonly unknown[]) => ({
    tracks: [{ id: "2609", name: { zh: "某", en: "Some" }, points }],
  });

  it("puts forecasts after what was analysed, and believes the analysis of a time", () => {
    const { tracks, issues } = decodeStormTracks(
      track([
        { ...point, time: "2026-07-22T12:00:00Z", forecast: true, probableRadius: 120_000, grade: "STS" },
        { ...point, forecast: true, latitude: 31 },
        { ...point, grade: "TY", pressureHpa: 960, maxWind: 38, reach30Kn: { longest: 300_000 } },
        { ...point, time: "2026-07-21T18:00:00Z", grade: "strange", pressureHpa: 20 },
      ]),
    );
    expect(issues).toEqual([]);
    expect(
      tracks[0]!.points.map(({ isForecast, grade, latitudeDeg }) => [isForecast, grade, latitudeDeg]),
    ).toEqual([
      [false, "unknown", 30],
      [false, "typhoon", 30],
      [true, "severe-storm", 30],
    ]);
    expect(tracks[0]!.points[0]!.pressureHpa).toBeNull();
    expect(tracks[0]!.points[1]!.reach30Kn).toEqual({
      longest: 300_000,
      shortest: 300_000,
      bearingDeg: null,
    });
    const whole = {
      ...tracks[0]!,
      provenance: { kind: "SAMPLE", source: "t" },
      feedId: "f",
    } satisfies StormTrack;
    expect(currentPoint(whole, Date.parse("2026-07-22T06:00:00Z"))).toBe(1);
    expect(currentPoint(whole, 0)).toBe(-1);
  });

  it.each([
    ["no time", { ...point, time: "yesterday" }],
    ["a time without a zone", { ...point, time: "2026-07-22T00:00:00" }],
    ["a place outside the Earth", { ...point, latitude: 95 }],
    ["NaN", { ...point, longitude: null }],
    ["a word for forecast", { ...point, forecast: "yes" }],
    ["a number for a point", 7],
  ])("lists a point with %s and keeps the others", (_name, bad) => {
    const { tracks, issues } = decodeStormTracks(track([bad, { ...point, time: "2026-07-22T06:00:00Z" }]));
    expect(issues).toEqual([expect.stringContaining("2609, point 0")]);
    expect(tracks[0]!.points).toHaveLength(1);
  });

  it("lists tracks without an id, without points, and twice the same", () => {
    const records = [
      { points: [point] },
      { id: "a" },
      { id: "b", points: [] },
      { id: "c", points: [point] },
      { id: "c", points: [point] },
      3,
    ];
    const { tracks, issues } = decodeStormTracks({ tracks: records });
    expect(tracks.map(({ id }) => id)).toEqual(["c"]);
    expect(issues).toHaveLength(5);
  });
});

describe("the typhoon feed", () => {
  const open = (answer: string, options = {}) => {
    const { fetch } = fakeFetch(() => answer);
    const context = {
      url: "https://jma.example/bst.txt?key=1",
      credentials: null,
      clock: new FakeClock(),
      fetch,
    };
    return listen(new TyphoonAdapter(context, { intervalS: 600, ...options }));
  };

  it.each([
    [{}, ["1909", "1999"]],
    [{ ids: ["1909"] }, ["1909"]],
    [{ box: [119, 38, 124, 42] }, ["1909"]],
    [{ newest: 1 }, ["1999"]],
  ])("with %o gives %o", async (options, ids) => {
    const { log } = open(EXCERPT, options);
    await settle();
    expect((log.messages[0] as Tracks).tracks.map(({ id }) => id)).toEqual(ids);
    expect(log.places).toEqual(["https://jma.example/bst.txt"]);
  });

  it.each(["", "<html>", "[]", "{}", "66665 1909"])("is lost, not live, with %j", async (answer) => {
    const { log } = open(answer);
    await settle();
    expect(log.opened).toEqual([]);
    expect(log.closed).toMatchObject([{ refused: false }]);
  });

  it("tells tracks when one changed, and forgets those that are over", () => {
    const board = new TrackBoard({ feedId: "f", provenance: { kind: "RECORDED", source: "t" } });
    const read = readTracks(encoder.encode(EXCERPT));
    const nowMs = Date.UTC(2019, 7, 9);
    expect(board.put(read.tracks, true, nowMs)).toBe(Date.UTC(2019, 7, 8, 12));
    expect(board.take()).toMatchObject([{ id: "1909", feedId: "f" }, { id: "1999" }]);
    board.put(read.tracks, true, nowMs);
    expect(board.take()).toBeNull();
    board.put(read.tracks.slice(0, 1), false, nowMs);
    expect(board.take()).toBeNull();
    board.put(read.tracks.slice(0, 1), true, nowMs);
    expect(board.take()).toMatchObject([{ id: "1909" }]);
  });
});
