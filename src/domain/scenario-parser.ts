import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { alertRuleSchema, ruleProblem } from "./alert-rule-schema.ts";
import { CAP_CATEGORIES } from "./cap-message.ts";
import { feedSchema } from "./feed-schema.ts";
import { fieldProblem } from "./field-problem.ts";
import type { ScenarioManifest } from "./scenario.ts";
import { localTextSchema, slugSchema, wordsSchema } from "./schema-parts.ts";
import { SUBSTANCE_IDS } from "./substance.ts";

const level = v.picklist([1, 2, 3, 4]);
const decimals = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6));

const layer = v.strictObject({
  id: slugSchema,
  kind: v.picklist(["sensors", "warnings", "water"]),
  title: localTextSchema,
  feed: v.exactOptional(slugSchema),
});

const sensorKind = v.strictObject({
  title: localTextSchema,
  unit: v.string(),
  decimals,
  direction: v.picklist(["above", "below"]),
  thresholds: v.strictObject({
    "1": v.exactOptional(v.pipe(v.number(), v.finite())),
    "2": v.exactOptional(v.pipe(v.number(), v.finite())),
    "3": v.exactOptional(v.pipe(v.number(), v.finite())),
    "4": v.exactOptional(v.pipe(v.number(), v.finite())),
  }),
  circular: v.exactOptional(v.strictObject({ weightedBy: v.exactOptional(v.string()) })),
  source: wordsSchema,
});

const indicator = v.strictObject({
  id: slugSchema,
  title: localTextSchema,
  unit: wordsSchema,
  decimals,
  measure: v.picklist(["max", "mean", "countAtOrWorse", "warnings", "reporting"]),
  kind: v.exactOptional(v.string()),
  level: v.exactOptional(level),
});

const analysis = v.strictObject({
  id: slugSchema,
  kind: v.literal("inundation"),
  title: localTextSchema,
  min: v.pipe(v.number(), v.finite()),
  max: v.pipe(v.number(), v.finite()),
  step: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  unit: v.string(),
  method: localTextSchema,
});

const escalation = v.strictObject({
  afterS: v.pipe(v.number(), v.finite(), v.minValue(5), v.maxValue(86_400)),
  most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
  roles: v.pipe(v.array(localTextSchema), v.minLength(1)),
});

const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const view = v.strictObject({
  longitudeDeg: between(-180, 180),
  latitudeDeg: between(-90, 90),
  range: between(50, 200_000),
  headingDeg: v.exactOptional(between(-360, 360)),
  pitchDeg: v.exactOptional(between(-90, 0)),
});

const manifestSchema = v.strictObject({
  id: slugSchema,
  version: v.literal(1),
  title: localTextSchema,
  summary: localTextSchema,
  task: v.string(),
  cities: v.pipe(v.array(v.string()), v.minLength(1)),
  layers: v.array(layer),
  feeds: v.array(feedSchema),
  sensorKinds: v.record(v.string(), sensorKind),
  indicators: v.array(indicator),
  legend: v.array(v.strictObject({ level: v.picklist([0, 1, 2, 3, 4, 255]), label: localTextSchema })),
  analyses: v.array(analysis),
  maps: v.exactOptional(v.array(slugSchema)),
  redLines: v.exactOptional(v.boolean()),
  rules: v.exactOptional(v.array(alertRuleSchema)),
  escalation: v.exactOptional(escalation),
  join: v.exactOptional(
    v.strictObject({
      withinM: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(20_000)),
      chains: v.exactOptional(v.array(v.pipe(v.array(v.string()), v.minLength(2)))),
    }),
  ),
  announce: v.exactOptional(
    v.strictObject({ warningLevel: level, alertLevel: level, repeatS: v.pipe(v.number(), v.minValue(5)) }),
  ),
  release: v.exactOptional(v.strictObject({ substance: v.picklist(SUBSTANCE_IDS) })),
  capCategory: v.exactOptional(v.picklist(CAP_CATEGORIES)),
  view: v.exactOptional(v.record(v.string(), view)),
});

/** Checks a scenario pack. Throws TwinError `scenario.invalid` whose params name the `field` and what was `expected`. */
export function parseScenario(json: unknown): ScenarioManifest {
  const parsed = v.safeParse(manifestSchema, json);
  if (!parsed.success) {
    const { field, expected, received } = fieldProblem(parsed.issues);
    throw invalid(field, expected, received);
  }
  checkReferences(parsed.output);
  return parsed.output;
}

/** What types cannot say: names that must exist, orders that must hold. */
function checkReferences(manifest: ScenarioManifest): void {
  const feeds = new Set(manifest.feeds.map((one) => one.id));
  assertUnique(manifest.feeds, "feeds");
  assertUnique(manifest.layers, "layers");
  assertUnique(manifest.indicators, "indicators");
  assertUnique(manifest.analyses, "analyses");
  for (const [i, one] of manifest.layers.entries())
    if (one.feed !== undefined && !feeds.has(one.feed))
      throw invalid(`layers.${i}.feed`, `one of the feeds (${[...feeds].join(", ")})`, one.feed);
  for (const [i, one] of manifest.feeds.entries()) checkFeed(one, `feeds.${i}`);
  for (const [i, one] of manifest.indicators.entries()) checkIndicator(manifest, one, `indicators.${i}`);
  for (const [i, one] of manifest.analyses.entries())
    if (one.max <= one.min) throw invalid(`analyses.${i}.max`, `more than min (${one.min})`, one.max);
  assertUnique(manifest.rules ?? [], "rules");
  for (const [i, one] of (manifest.rules ?? []).entries()) checkRule(manifest, one, `rules.${i}`);
  const rules = new Set((manifest.rules ?? []).map(({ id }) => id));
  for (const [i, chain] of (manifest.join?.chains ?? []).entries())
    for (const [k, id] of chain.entries())
      if (!rules.has(id)) throw invalid(`join.chains.${i}.${k}`, "one of the rules", id);
  for (const [name, kind] of Object.entries(manifest.sensorKinds)) {
    checkThresholds(name, kind);
    const weightedBy = kind.circular?.weightedBy;
    if (weightedBy !== undefined && !Object.hasOwn(manifest.sensorKinds, weightedBy))
      throw invalid(`sensorKinds.${name}.circular.weightedBy`, "one of the sensorKinds", weightedBy);
  }
}

/** A feed must not look late between two of its own polls. */
function checkFeed(one: ScenarioManifest["feeds"][number], place: string): void {
  if (one.staleAfterS < one.lateAfterS)
    throw invalid(`${place}.staleAfterS`, `at least lateAfterS (${one.lateAfterS})`, one.staleAfterS);
  const intervalS = one.options && "intervalS" in one.options ? one.options.intervalS : 0;
  if (one.lateAfterS <= intervalS)
    throw invalid(`${place}.lateAfterS`, `more than options.intervalS (${intervalS})`, one.lateAfterS);
}

function checkIndicator(
  manifest: ScenarioManifest,
  one: ScenarioManifest["indicators"][number],
  place: string,
): void {
  const needsKind = one.measure === "max" || one.measure === "mean" || one.measure === "countAtOrWorse";
  const kinds = Object.keys(manifest.sensorKinds);
  if (needsKind && one.kind === undefined)
    throw invalid(`${place}.kind`, `one of the sensorKinds (${kinds.join(", ")})`, "undefined");
  if (one.kind !== undefined && !kinds.includes(one.kind))
    throw invalid(`${place}.kind`, `one of the sensorKinds (${kinds.join(", ")})`, one.kind);
  if (one.measure === "countAtOrWorse" && one.level === undefined)
    throw invalid(`${place}.level`, "1, 2, 3 or 4", "undefined");
}

function checkRule(
  manifest: ScenarioManifest,
  one: NonNullable<ScenarioManifest["rules"]>[number],
  place: string,
): void {
  const kinds = Object.keys(manifest.sensorKinds);
  if (!kinds.includes(one.kind))
    throw invalid(`${place}.kind`, `one of the sensorKinds (${kinds.join(", ")})`, one.kind);
  const problem = ruleProblem(one);
  if (problem) throw invalid(`${place}.${problem.field}`, problem.expected, problem.received);
}

/** From blue to red a value must get strictly worse, or the colours would contradict each other. */
function checkThresholds(name: string, kind: ScenarioManifest["sensorKinds"][string]): void {
  let milder: number | undefined;
  for (const key of ["4", "3", "2", "1"] as const) {
    const value = kind.thresholds[key];
    if (value === undefined) continue;
    const isWorse = milder === undefined || (kind.direction === "above" ? value > milder : value < milder);
    if (!isWorse) {
      const order = kind.direction === "above" ? "more" : "less";
      throw invalid(
        `sensorKinds.${name}.thresholds.${key}`,
        `${order} than the milder level (${milder})`,
        value,
      );
    }
    milder = value;
  }
}

function assertUnique(items: readonly { readonly id: string }[], place: string): void {
  const seen = new Set<string>();
  for (const [i, { id }] of items.entries()) {
    if (seen.has(id)) throw invalid(`${place}.${i}.id`, "an id that no other has", id);
    seen.add(id);
  }
}

function invalid(field: string, expected: string, received: string | number): TwinError {
  const at = field === "" ? "manifest" : field;
  return new TwinError(
    "scenario.invalid",
    `The scenario's manifest cannot be used: ${at} should be ${expected}, but is ${received}. Correct this field.`,
    { field: at, expected, received },
  );
}
