import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RuleAlert } from "../../../src/domain/alert-rule.ts";
import { RuleEngine } from "../../../src/domain/rule-engine.ts";
import type { ScenarioManifest } from "../../../src/domain/scenario.ts";
import { parseScenario } from "../../../src/domain/scenario-parser.ts";
import { parseCap } from "../../../src/feed/cap-parser.ts";
import { decodeSensorThings } from "../../../src/feed/sensorthings.ts";
import { ROOT } from "../../root.ts";
import { ProcessModel, strengthAt } from "./process-model.ts";
import { type ProcessRecording, readProcesses } from "./process-recording.ts";
import { ProcessShow } from "./process-show.ts";

const PACKS = ["hazard-weather", "hazard-chemical", "hazard-industry", "traffic", "lifelines"];
const recordings = readProcesses();

function manifestOf(id: string): ScenarioManifest {
  return parseScenario(JSON.parse(readFileSync(join(ROOT, `public/scenarios/${id}/manifest.json`), "utf8")));
}

/** Every alert of a cycle, with minutes of the process as its times. Each sensor reports every second minute, as it is played. */
function alertsOf(recording: ProcessRecording, rules: ScenarioManifest["rules"]): readonly RuleAlert[] {
  const model = new ProcessModel(recording);
  const engine = new RuleEngine(rules ?? []);
  const raised = new Map<string, RuleAlert>();
  for (const { code, datastreamId, group, at } of model.sensors)
    engine.apply({
      type: "sensor",
      sensor: { key: `${datastreamId}`, id: code, kind: group.kind, longitudeDeg: at[0], latitudeDeg: at[1] },
    });
  for (let minute = 0; minute < recording.cycleMinutes; minute++) {
    const timeMs = minute * 4000;
    for (const [i, { datastreamId, silent }] of model.sensors.entries())
      if (!silent && (minute + i) % 2 === 0)
        engine.apply({ type: "observation", key: `${datastreamId}`, timeMs, value: model.values[i]! });
    engine.apply({ type: "tick", timeMs });
    for (const alert of engine.alerts()) raised.set(alert.id, alert);
    model.step();
  }
  return [...raised.values()];
}

describe("scenario packs with a simulated process", () => {
  it("are there for both cities", () => {
    const found = recordings.map(({ scenario, city }) => `${scenario} ${city}`).sort();
    expect(found).toEqual(PACKS.flatMap((id) => [`${id} dalian`, `${id} shenyang`]).sort());
  });

  it("never share a Datastream in a city", () => {
    for (const city of ["shenyang", "dalian"]) {
      const ids = recordings
        .filter((recording) => recording.city === city)
        .flatMap((recording) => new ProcessModel(recording).sensors.map(({ datastreamId }) => datastreamId));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  for (const recording of recordings) {
    const title = `${recording.scenario} in ${recording.city}`;
    const manifest = manifestOf(recording.scenario);
    const eventStart = Math.min(...recording.events.map(({ fromMinute }) => fromMinute));

    it(`${title}: every sensor is of a kind that the pack knows, and follows its own topics`, () => {
      for (const { kind, effects } of recording.groups) {
        expect(Object.keys(manifest.sensorKinds)).toContain(kind);
        for (const effect of effects) expect(recording.events.map(({ id }) => id)).toContain(effect.event);
      }
      for (const topic of (manifest.feeds[0] as { topics?: string[] }).topics ?? [])
        expect(topic).toContain(`liaotwin/{city}/${recording.scenario}/`);
    });

    it(`${title}: is calm before anything happens, then an incident develops and passes`, () => {
      const alerts = alertsOf(recording, manifest.rules);
      expect(alerts.filter(({ raisedMs }) => raisedMs < eventStart * 4000)).toEqual([]);
      expect(alerts.length).toBeGreaterThan(0);
      expect(alerts.length).toBeLessThan(80);
      expect(new Set(alerts.map(({ ruleId }) => ruleId)).size).toBeGreaterThanOrEqual(2);
      expect(alerts.filter(({ clearedMs }) => clearedMs === null)).toEqual([]);
    });

    it(`${title}: comes out the same twice`, () => {
      const [one, two] = [new ProcessModel(recording), new ProcessModel(recording)];
      for (let i = 0; i < 60; i++) {
        one.step();
        two.step();
      }
      expect(one.values).toEqual(two.values);
      expect(one.sensors).toEqual(two.sensors);
    });
  }
});

describe("ProcessShow", () => {
  it("publishes Things, Observations and warnings that the feed reads, below its own root", async () => {
    const recording = recordings.find(
      ({ scenario, city }) => scenario === "hazard-chemical" && city === "shenyang",
    )!;
    const sent = new Map<string, string>();
    let nowMs = Date.UTC(2026, 0, 1);
    const show = new ProcessShow(
      recording,
      async (topic, payload) => void sent.set(topic, String(payload)),
      () => nowMs,
    );
    await show.announce();
    const root = "liaotwin/shenyang/hazard-chemical/";
    expect([...sent.keys()].every((topic) => topic.startsWith(root))).toBe(true);
    const things = decodeSensorThings("", JSON.parse(sent.get(`${root}v1.1/Things/0`)!));
    expect(things.kind === "things" && things.sensors.length).toBe(show.sensorCount);
    expect(things.issues).toEqual([]);
    for (let i = 0; i < 4 * 4 * 14; i++) {
      nowMs += 250;
      show.tick();
    }
    const [topic, xml] = [...sent].find(([name]) => name.includes("/cap/"))!;
    expect(topic).toContain("ammonia");
    expect(parseCap(new TextEncoder().encode(xml))).toMatchObject({ status: "Exercise" });
    const nh3 = [...sent]
      .filter(([name]) => name.includes("Observations"))
      .map(([, json]) => (JSON.parse(json) as { result: number }).result);
    expect(Math.max(...nh3)).toBeGreaterThan(160);
  });
});

describe("strengthAt", () => {
  const event = {
    id: "e",
    at: [0, 0] as const,
    fromMinute: 10,
    riseMinutes: 10,
    holdMinutes: 20,
    fallMinutes: 10,
  };
  it("swells, stays and fades", () => {
    expect([5, 10, 15, 20, 35, 45, 50, 60].map((minute) => strengthAt(event, minute))).toEqual([
      0, 0, 0.5, 1, 1, 0.5, 0, 0,
    ]);
  });
});
