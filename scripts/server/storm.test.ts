import { describe, expect, it } from "vitest";
import manifestJson from "../../public/scenarios/hazard-flood/manifest.json" with { type: "json" };
import { capTime } from "../../src/domain/cap-writer.ts";
import { levelOf } from "../../src/domain/risk-rules.ts";
import { parseScenario } from "../../src/domain/scenario-parser.ts";
import { parseCap } from "../../src/feed/cap-parser.ts";
import { decodeSensorThings } from "../../src/feed/sensorthings.ts";
import { WarningBoard } from "../../src/feed/warning-board.ts";
import { pointInRing } from "../../src/geo/polygon.ts";
import { writeSampleIfc } from "../sample-ifc.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import { Replay } from "./replay.ts";
import { GAS_DETECTORS } from "./sample-gas-detectors.ts";
import { AlertDesk } from "./storm-alerts.ts";
import { rainAt, StormModel } from "./storm-model.ts";
import { readRecordings, type StormRecording } from "./storm-recording.ts";
import { distanceKm, placeSensors, pointAlong } from "./storm-sensors.ts";
import { thingsPages } from "./things-pages.ts";

const [shenyang, dalian] = readRecordings() as [StormRecording, StormRecording];
const manifest = parseScenario(manifestJson);
const START = Date.parse("2026-07-22T02:30:00Z");

/** The storm after so many minutes. */
function stormAt(recording: StormRecording, minutes: number): StormModel {
  const model = new StormModel(recording, placeSensors(recording));
  for (let n = 0; n < minutes; n++) model.step();
  return model;
}

function worstLevel(model: StormModel, kind: string): number {
  const levels = model.sensors.flatMap((sensor, row) =>
    sensor.kind === kind ? [levelOf(model.values[row]!, manifest.sensorKinds[kind]!)] : [],
  );
  return Math.min(...levels.filter((level) => level !== 0), 9);
}

describe("sensors", () => {
  it("are enough, all of known kinds, each with its own code and Datastream", () => {
    for (const [recording, least] of [
      [shenyang, 2400],
      [dalian, 600],
    ] as const) {
      const sensors = placeSensors(recording);
      expect(sensors.length).toBeGreaterThanOrEqual(least);
      expect(new Set(sensors.map((sensor) => sensor.code)).size).toBe(sensors.length);
      for (const sensor of sensors) expect(Object.keys(manifest.sensorKinds)).toContain(sensor.kind);
    }
    const ids = [shenyang, dalian].flatMap((one) => placeSensors(one).map((sensor) => sensor.datastreamId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("lie in the city: gauges on the river, none in the sea, gas in the sample building", () => {
    for (const sensor of placeSensors(shenyang)) {
      const at = [sensor.longitudeDeg, sensor.latitudeDeg] as const;
      const toSite = distanceKm(at, [SAMPLE_SITE.longitudeDeg, SAMPLE_SITE.latitudeDeg]) * 1000;
      if (sensor.kind === "gas") expect(toSite).toBeLessThan(SAMPLE_SITE.halfEast);
      expect(sensor.longitudeDeg).toBeGreaterThan(123.27);
      expect(sensor.longitudeDeg).toBeLessThan(123.6);
      expect(sensor.latitudeDeg).toBeGreaterThan(41.68);
      expect(sensor.latitudeDeg).toBeLessThan(41.89);
    }
    for (const sensor of placeSensors(dalian))
      if (sensor.kind !== "tide" && sensor.kind !== "waterlogging")
        expect(pointInRing(sensor.longitudeDeg, sensor.latitudeDeg, dalian.land!)).toBe(
          sensor.kind !== "gas",
        );
  });

  it("name the IfcSensor that each gas detector is in the sample model", () => {
    const text = writeSampleIfc();
    for (const { globalId, mark } of GAS_DETECTORS)
      expect(text).toMatch(
        new RegExp(`IFCSENSOR\\('${globalId.replaceAll("$", "\\$")}',\\$,'[^']* ${mark}'`),
      );
    const named = placeSensors(shenyang).filter(({ kind }) => kind === "gas");
    expect(named.map(({ ifcGlobalId }) => ifcGlobalId)).toEqual(
      GAS_DETECTORS.map(({ globalId }) => globalId),
    );
    const decoded = thingsPages(shenyang, named).map((page) => decodeSensorThings("x", JSON.parse(page)))[0]!;
    expect(decoded.kind === "things" && decoded.sensors[0]!.sensor.ifcGlobalId).toBe(
      GAS_DETECTORS[0]!.globalId,
    );
  });

  it("are told in pages of at most 200 Things that the feed can read", () => {
    const sensors = placeSensors(shenyang);
    const decoded = thingsPages(shenyang, sensors).map((page) => decodeSensorThings("x", JSON.parse(page)));
    const all = decoded.flatMap((page) => (page.kind === "things" ? page.sensors : []));
    expect(decoded.flatMap((page) => page.issues)).toEqual([]);
    expect(all.map(({ sensor }) => sensor.id)).toEqual(sensors.map((sensor) => sensor.code));
    expect(Math.max(...decoded.map((page) => (page.kind === "things" ? page.sensors.length : 0)))).toBe(200);
  });

  it("follows a line by its length", () => {
    const line = [
      [0, 0],
      [0, 1],
      [0, 3],
    ] as const;
    expect(pointAlong(line, 0)).toEqual([0, 0]);
    expect(pointAlong(line, 0.5)[1]).toBeCloseTo(1.5);
    expect(pointAlong(line, 1)[1]).toBeCloseTo(3);
  });
});

describe("storm", () => {
  it("is the same every time", () => {
    expect(stormAt(shenyang, 130).values).toEqual(stormAt(shenyang, 130).values);
  });

  it("comes and goes: every kind reaches a warning level, and the night after is quiet", () => {
    const peak = stormAt(shenyang, 160);
    expect(worstLevel(peak, "rain")).toBe(1);
    expect(worstLevel(peak, "waterlogging")).toBe(1);
    expect(worstLevel(peak, "drainage")).toBeLessThanOrEqual(2);
    expect(worstLevel(stormAt(shenyang, 240), "river")).toBeLessThanOrEqual(2);
    expect(worstLevel(stormAt(dalian, 165), "tide")).toBe(1);
    expect(worstLevel(stormAt(shenyang, 350), "rain")).toBe(9);
  });

  it("never leaves what instruments can show, over two storms", () => {
    const model = stormAt(shenyang, 0);
    for (let n = 0; n < 2 * shenyang.cycleMinutes; n += 1) {
      model.step();
      if (n % 20 !== 0) continue;
      for (const [row, sensor] of model.sensors.entries()) {
        const value = model.values[row]!;
        expect(Number.isFinite(value)).toBe(true);
        if (sensor.kind !== "river") expect(value).toBeGreaterThanOrEqual(0);
        if (sensor.kind === "drainage") expect(value).toBeLessThanOrEqual(100);
      }
    }
  });

  it("rains where a cell is, and nowhere before it comes", () => {
    const cell = shenyang.cells[0]!;
    const middle = (cell.fromMinute + cell.toMinute) / 2;
    const heart = [(cell.from[0] + cell.to[0]) / 2, (cell.from[1] + cell.to[1]) / 2] as const;
    expect(rainAt([cell], middle, ...heart)).toBeCloseTo(cell.peak);
    expect(rainAt([cell], cell.fromMinute, ...heart)).toBe(0);
    expect(rainAt([cell], middle, heart[0] + 1, heart[1])).toBeLessThan(0.01);
  });
});

describe("alerts", () => {
  it("follow the storm: alerts, updates by reference, cancels; exercise, +08:00, both languages, closed rings", () => {
    const desk = new AlertDesk(shenyang);
    const board = new WarningBoard({ feedId: "hub", provenance: { kind: "SIMULATED", source: "test" } });
    const inForce: number[] = [];
    for (let minute = 0; minute < shenyang.cycleMinutes; minute++) {
      for (const issued of desk.issue(minute, START + minute * 4000)) {
        expect(issued.xml).toMatch(/<sent>[^<]+\+08:00<\/sent>/);
        const alert = parseCap(new TextEncoder().encode(issued.xml));
        expect(alert.notes).toEqual([]);
        expect(alert.status).toBe("Exercise");
        expect(alert.infos.map((info) => info.language)).toEqual(["zh-CN", "en"]);
        expect(alert.references.length > 0).toBe(alert.msgType !== "Alert");
        expect(board.put(issued.identifier, alert)).toBe(true);
      }
      inForce.push(board.inForce(START + minute * 4000).length);
    }
    expect(Math.max(...inForce)).toBe(4);
    expect(inForce[shenyang.startMinute]).toBe(4);
    expect(inForce.at(-1)).toBe(0);
  });

  it("stamp times as CAP wants them", () => {
    expect(capTime(START)).toBe("2026-07-22T10:30:00+08:00");
  });
});

describe("replay", () => {
  it("tells what is retained, then every sensor once in eight seconds, then takes old alerts back", async () => {
    let now = START;
    const sent: { topic: string; payload: string; retain: boolean }[] = [];
    const quick = { ...shenyang, cycleMinutes: 155, startMinute: 150 };
    const replay = new Replay(
      [quick],
      async (topic, payload, retain) => {
        sent.push({ topic, payload: String(payload), retain });
      },
      () => now,
    );
    await replay.announce();
    expect(sent.every((one) => one.retain)).toBe(true);
    expect(sent.filter((one) => one.topic.includes("/Things/"))).toHaveLength(13);
    const alerts = sent.filter((one) => one.topic.includes("/cap/")).map((one) => one.topic);
    expect(alerts.length).toBeGreaterThanOrEqual(6);

    const rate = (): Set<string> =>
      new Set(sent.map((one) => one.topic).filter((topic) => topic.endsWith("/Observations")));
    sent.length = 0;
    for (let tick = 0; tick < 32; tick++, now += 250) replay.tick();
    const silent = placeSensors(quick).filter((sensor) => sensor.silent).length;
    expect(rate().size).toBe(replay.sensorCount - silent);

    sent.length = 0;
    for (let tick = 0; tick < 64; tick++, now += 250) replay.tick();
    const takenBack = sent.filter((one) => one.payload === "").map((one) => one.topic);
    expect(new Set(takenBack)).toEqual(new Set(alerts));
    expect(sent.filter((one) => one.topic.includes("gale") && one.payload !== "")).toHaveLength(1);
  });
});
