/**
 * Test support: what each sample file is known to hold. Recorded once, read by people, and compared from then on:
 * `RECORD_SAMPLES=1 npx vitest run --project unit workers/ifc/convert.contract` writes the file anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { IfcModel } from "../../src/domain/model.ts";

interface SampleFacts {
  readonly schema: string;
  readonly elements: number;
  readonly triangles: number;
  readonly failures: readonly string[];
  /** Decimetres suffice to see a lost unit or part. */
  readonly box: readonly number[];
  /** Name, elevation in metres, elements. */
  readonly storeys: readonly (readonly [string, number, number])[];
  readonly place: string;
  /** Every answer to where it stands: method, system, longitude and latitude, doubts. */
  readonly candidates: readonly string[];
}

const FILE = join(import.meta.dirname, "sample-expectations.json");
const isRecording = process.env.RECORD_SAMPLES === "1";
const recorded: Record<string, SampleFacts> = {};
const known = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, SampleFacts>;
/** Welding may take away a few degenerate triangles more or less. */
const TRIANGLES_WITHIN = 0.02;

function placeText(origin: IfcModel["georeference"]["origin"]): string {
  return origin
    ? `${origin.longitudeDeg.toFixed(6)}, ${origin.latitudeDeg.toFixed(6)}, ${origin.height.toFixed(2)}`
    : "none";
}

function factsOf({ schema, counts, box, storeys, georeference, evidence, failures }: IfcModel): SampleFacts {
  return {
    schema,
    elements: counts.elements,
    triangles: counts.triangles,
    failures: failures.map((failure) => `${failure.class} ${failure.globalId} ${failure.reason}`),
    box: [...box.min, ...box.max].map((value) => Math.round(value * 10) / 10 + 0),
    storeys: storeys.map(({ name, elevation, elements }) => [
      name,
      Math.round(elevation * 1e4) / 1e4 + 0,
      elements,
    ]),
    place: `${georeference.method} ${georeference.epsg ?? "-"} ${placeText(georeference.origin)}`,
    candidates: evidence.candidates.map(
      ({ method, crs, origin, doubts, isTaken }) =>
        `${isTaken ? "* " : ""}${method} ${crs ?? "-"} ${placeText(origin)} ${doubts.map(({ code }) => code.replace("georef.", "")).join(" ")}`,
    ),
  };
}

/** Compares a model with what is known of its file, or records it. */
export function expectSample(name: string, model: IfcModel): void {
  const facts = factsOf(model);
  recorded[name] = facts;
  if (isRecording) return;
  const expected = known[name];
  expect(expected, `no expectation for ${name}`).toBeDefined();
  expect(Math.abs(facts.triangles - expected!.triangles)).toBeLessThanOrEqual(
    expected!.triangles * TRIANGLES_WITHIN,
  );
  expect({ ...facts, triangles: 0 }).toEqual({ ...expected, triangles: 0 });
}

/** After the last file. */
export function finishSamples(): void {
  if (!isRecording) return;
  const sorted = Object.fromEntries(Object.entries(recorded).sort(([a], [b]) => (a < b ? -1 : 1)));
  const lines = Object.entries(sorted).map(
    ([name, facts]) => `  ${JSON.stringify(name)}: ${JSON.stringify(facts)}`,
  );
  writeFileSync(FILE, `{\n${lines.join(",\n")}\n}\n`);
}
