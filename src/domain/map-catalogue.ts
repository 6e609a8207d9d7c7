import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { layerStyleSchema } from "./layer-style.ts";
import { mapServiceSchema } from "./map-service.ts";
import type { LocalText } from "./provenance.ts";
import { localTextSchema, provenanceSchema, slugSchema } from "./schema-parts.ts";

const legendSchema = v.strictObject({
  title: localTextSchema,
  unit: v.exactOptional(v.string()),
  entries: v.pipe(
    v.array(
      v.strictObject({ color: v.string(), label: localTextSchema, isLine: v.exactOptional(v.boolean()) }),
    ),
    v.minLength(1),
  ),
});

/** What an attribute is called, in what unit, and what its codes mean. */
const fieldTitleSchema = v.strictObject({
  title: localTextSchema,
  unit: v.exactOptional(v.string()),
  words: v.exactOptional(v.record(v.string(), localTextSchema)),
});

const entrySchema = v.strictObject({
  id: slugSchema,
  title: localTextSchema,
  about: v.exactOptional(localTextSchema),
  service: mapServiceSchema,
  opacity: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  /** Higher lies above. */
  order: v.optional(v.number(), 0),
  cities: v.exactOptional(v.array(v.picklist(["shenyang", "dalian"]))),
  style: v.exactOptional(layerStyleSchema),
  legend: v.exactOptional(legendSchema),
  /** Attributes that are said under the pointer, in this order. */
  hover: v.exactOptional(v.array(v.string())),
  fields: v.exactOptional(v.record(v.string(), fieldTitleSchema)),
  /** Moments that the service has, ISO 8601; the last one is shown first. */
  times: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.isoTimestamp())), v.minLength(1))),
  attribution: v.exactOptional(v.string()),
  provenance: provenanceSchema,
  /** CIM grade that the layer claims. */
  grade: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
});

export type CatalogueEntry = Readonly<v.InferOutput<typeof entrySchema>>;

export interface CatalogueGroup {
  readonly id: string;
  readonly title: LocalText;
  readonly groups: readonly CatalogueGroup[];
  readonly layers: readonly CatalogueEntry[];
}

interface GroupInput {
  readonly id: string;
  readonly title: LocalText;
  readonly groups?: readonly GroupInput[];
  readonly layers?: readonly unknown[];
}

const groupSchema: v.GenericSchema<GroupInput> = v.strictObject({
  id: slugSchema,
  title: localTextSchema,
  groups: v.exactOptional(v.array(v.lazy(() => groupSchema))),
  layers: v.exactOptional(v.array(v.unknown())),
});

const catalogueSchema = v.strictObject({ version: v.literal(1), groups: v.array(groupSchema) });

/** What a catalogue gives: its groups, and the entries that are wrong, each with a sentence. */
export interface ParsedCatalogue {
  readonly groups: readonly CatalogueGroup[];
  readonly problems: readonly TwinError[];
}

/**
 * Checks a layer catalogue. One wrong layer does not take the others with it: it is left out and told as a problem.
 * Throws TwinError `catalogue.invalid` with the field where the catalogue as a whole cannot be read.
 */
export function parseCatalogue(json: unknown): ParsedCatalogue {
  const parsed = v.safeParse(catalogueSchema, json);
  if (!parsed.success) {
    const { field, expected } = fieldProblem(parsed.issues);
    throw invalid("catalogue", field, expected);
  }
  const problems: TwinError[] = [];
  const seen = new Set<string>();
  const groupOf = ({ id, title, groups = [], layers = [] }: GroupInput): CatalogueGroup => ({
    id,
    title,
    groups: groups.map(groupOf),
    layers: layers.flatMap((layer) => entryOf(layer, id, seen, problems)),
  });
  return { groups: parsed.output.groups.map(groupOf), problems };
}

function entryOf(layer: unknown, group: string, seen: Set<string>, problems: TwinError[]): CatalogueEntry[] {
  const named = String((layer as { id?: unknown } | null)?.id ?? group);
  const parsed = v.safeParse(entrySchema, layer);
  if (!parsed.success) {
    const { field, expected } = fieldProblem(parsed.issues);
    problems.push(invalid(named, field, expected));
    return [];
  }
  const entry = parsed.output;
  if (seen.has(entry.id)) {
    problems.push(invalid(entry.id, "id", "used once"));
    return [];
  }
  seen.add(entry.id);
  return [entry];
}

function invalid(layer: string, field: string, expected: string): TwinError {
  return new TwinError(
    "catalogue.invalid",
    `The layer catalogue is wrong at "${layer}", field ${field || "(all)"}: ${expected} expected. The layer is left out; correct the catalogue file.`,
    { layer, field: field || "—", expected },
  );
}

/** All entries below the groups, in their order. */
export function entriesOf(groups: readonly CatalogueGroup[]): CatalogueEntry[] {
  return groups.flatMap((group) => [...group.layers, ...entriesOf(group.groups)]);
}

/** The groups that hold a layer whose title, group or kind contains the text, with only these layers. */
export function searchCatalogue(groups: readonly CatalogueGroup[], text: string): readonly CatalogueGroup[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return groups;
  const holds = ({ zh, en }: LocalText): boolean => `${zh} ${en}`.toLowerCase().includes(wanted);
  return groups.flatMap((group) => {
    if (holds(group.title)) return [group];
    const layers = group.layers.filter(
      ({ title, about, service, id }) =>
        holds(title) || (about && holds(about)) || service.kind.includes(wanted) || id.includes(wanted),
    );
    const inner = searchCatalogue(group.groups, text);
    return layers.length + inner.length > 0 ? [{ ...group, layers, groups: inner }] : [];
  });
}
