import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { parseScenario } from "./scenario-parser.ts";

const text = readFileSync(
  new URL("../../public/scenarios/hazard-flood/manifest.json", import.meta.url),
  "utf8",
);

type Json = Record<string, never> & { [key: string]: Json };

/** The manifest with one field changed: the path is dotted, `undefined` takes the field away. */
function mutilated(path: string, value: unknown): unknown {
  const manifest = JSON.parse(text) as Json;
  const parts = path.split(".");
  const last = parts.pop()!;
  let at = manifest as unknown as Record<string, unknown>;
  for (const part of parts) at = at[part] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return manifest;
}

function problemOf(json: unknown): TwinError["params"] & { code: string } {
  try {
    parseScenario(json);
  } catch (error) {
    if (error instanceof TwinError) return { ...error.params, code: error.code };
    throw error;
  }
  throw new Error("the manifest was accepted");
}

describe("parseScenario", () => {
  it("takes the flood scenario as it is shipped", () => {
    const manifest = parseScenario(JSON.parse(text));
    expect(manifest.id).toBe("hazard-flood");
    expect(Object.keys(manifest.sensorKinds)).toContain("waterlogging");
    expect(manifest.feeds[0]?.provenance.kind).toBe("SIMULATED");
    expect(manifest.escalation).toMatchObject({ most: 3, roles: [{ zh: "值班长" }, {}, {}] });
    expect(parseScenario(mutilated("escalation", undefined)).escalation).toBeUndefined();
  });

  it.each([
    ["sensorKinds.rain.thresholds.1", "80"],
    ["sensorKinds.rain.thresholds.5", 3],
    ["title.en", ""],
    ["feeds.0.protocol", "http"],
    ["feeds.0.url", "javascript:alert(1)"],
    ["feeds.0.topics", []],
    ["layers.1.kind", "roads"],
    ["indicators.2.decimals", 1.5],
    ["analyses.0.step", 0],
    ["analyses.0.method", undefined],
    ["version", 2],
    ["id", "../etc"],
    ["cities", []],
    ["legend.0.level", 7],
    ["colour", "red"],
    ["escalation.afterS", 1],
    ["escalation.most", 0],
    ["escalation.most", 1.5],
    ["escalation.roles", []],
    ["escalation.roles.0.en", ""],
    ["escalation.phone", "110"],
  ])("names the broken field %s", (path, value) => {
    const problem = problemOf(mutilated(path, value));
    expect(problem.code).toBe("scenario.invalid");
    expect(problem.field).toBe(path);
    expect(problem.expected).not.toBe("");
  });

  it("says where a view is wrong", () => {
    const at = { longitudeDeg: 123.4, latitudeDeg: 41.8 };
    expect(problemOf(mutilated("view", { shenyang: { ...at, range: 3 } })).field).toBe("view.shenyang.range");
    expect(problemOf(mutilated("view", { shenyang: at })).field).toBe("view.shenyang.range");
  });

  it.each([
    ["layers.0.feed", "other-hub", "layers.0.feed"],
    ["feeds.0.staleAfterS", 2, "feeds.0.staleAfterS"],
    ["indicators.0.kind", "snow", "indicators.0.kind"],
    ["indicators.0.kind", undefined, "indicators.0.kind"],
    ["indicators.3.level", undefined, "indicators.3.level"],
    ["analyses.0.max", -1, "analyses.0.max"],
    ["sensorKinds.rain.thresholds.2", 20, "sensorKinds.rain.thresholds.2"],
    ["sensorKinds.rain.direction", "below", "sensorKinds.rain.thresholds.3"],
    ["layers.1.id", "flood-sensors", "layers.1.id"],
  ])("checks what types cannot say: %s = %s", (path, value, field) => {
    expect(problemOf(mutilated(path, value)).field).toBe(field);
  });

  it.each([
    ["sensorthings", { intervalS: 4, filter: "x" }, null],
    ["sensorthings", { intervalS: 4, pages: 2 }, "feeds.0.options.pages"],
    ["sensorthings", undefined, "feeds.0.options"],
    [
      "geojson",
      { intervalS: 4, kind: "rain", value: "properties.v", level: { field: "a", words: { red: 1 } } },
      null,
    ],
    ["geojson", { intervalS: 4, kind: "rain" }, "feeds.0.options.value"],
    [
      "geojson",
      { intervalS: 4, kind: "rain", value: "v", level: { field: "a", words: { red: 9 } } },
      "feeds.0.options.level.words.red",
    ],
    ["earthquakes", { intervalS: 4, kind: "quake", box: [118, 38, 126, 44] }, null],
    ["earthquakes", { intervalS: 4, kind: "quake", box: [118, 38, 126] }, "feeds.0.options.box.3"],
    ["cap", { intervalS: 4 }, null],
    ["cap", { intervalS: 0 }, "feeds.0.options.intervalS"],
    ["cap", { intervalS: 60 }, "feeds.0.lateAfterS"],
    ["sse", { events: ["observation"] }, null],
    ["sse", { events: [] }, "feeds.0.options.events"],
  ])("feed protocol %s with options %j: %s", (protocol, options, field) => {
    const manifest = mutilated("feeds.0.protocol", protocol) as { feeds: Record<string, unknown>[] };
    const { topics: _, ...rest } = manifest.feeds[0]!;
    manifest.feeds[0] = { ...rest, url: "https://feeds.example/x", ...(options && { options }) };
    if (field === null) expect(parseScenario(manifest).feeds[0]).toMatchObject({ protocol });
    else expect(problemOf(manifest).field).toBe(field);
  });

  it.each([
    [{ json: { kind: "gas", id: "topic:2", value: "v", places: { a: [123, 41] } } }, null],
    [{ json: { kind: "gas", id: "topic:2" } }, "feeds.0.options.json.value"],
    [{ json: { kind: "gas", id: "a", value: "v", places: { a: [123] } } }, "feeds.0.options.json.places.a.1"],
    [{ qos: 2 }, "feeds.0.options.qos"],
  ])("MQTT with options %j: %s", (options, field) => {
    const manifest = mutilated("feeds.0.options", options);
    if (field === null) expect(parseScenario(manifest).feeds[0]).toMatchObject({ options });
    else expect(problemOf(manifest).field).toBe(field);
  });

  it.each([
    ["rules.0.when.type", "sometimes", "rules.0.when.type"],
    ["rules.0.when.clear", 999, "rules.0.when.clear"],
    ["rules.0.when.raise", undefined, "rules.0.when.raise"],
    ["rules.0.when.holdS", -1, "rules.0.when.holdS"],
    ["rules.0.when.perHour", 1, "rules.0.when.perHour"],
    ["rules.0.kind", "snow", "rules.0.kind"],
    ["rules.0.level", 5, "rules.0.level"],
    ["rules.0.area", [[123, 41]], "rules.0.area"],
    [
      "rules.0.area",
      [
        [123, 41],
        [124, 41],
        [124, 99],
      ],
      "rules.0.area.2.1",
    ],
    ["rules.1.id", "standing-water-deep", "rules.1.id"],
    ["rules", {}, "rules"],
  ])("alert rules: %s = %j names %s", (path, value, field) => {
    expect(problemOf(mutilated(path, value)).field).toBe(field);
  });

  it("takes no password in an address", () => {
    const manifest = mutilated("feeds.0.protocol", "cap") as { feeds: Record<string, unknown>[] };
    const { topics: _, ...rest } = manifest.feeds[0]!;
    manifest.feeds[0] = { ...rest, url: "https://duty:secret@feeds.example/x", options: { intervalS: 4 } };
    expect(problemOf(manifest).field).toBe("feeds.0.url");
  });

  it("speaks of the whole when there is no object at all", () => {
    expect(problemOf(null)).toMatchObject({ field: "manifest", received: "null" });
    expect(problemOf("[]")).toMatchObject({ field: "manifest", expected: "Object" });
  });

  it("tells a missing field from an unknown one", () => {
    expect(problemOf(mutilated("summary", undefined))).toMatchObject({ field: "summary", expected: "given" });
    expect(problemOf(mutilated("colour", 1)).expected).toContain("absent");
  });
});
