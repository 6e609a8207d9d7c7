import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import type { Provenance } from "./provenance.ts";
import { provenanceSchema } from "./schema-parts.ts";

export const PIPE_KINDS = ["gas", "water", "heat", "drainage"] as const;
export type PipeKind = (typeof PIPE_KINDS)[number];

/** A main between two nodes of its network. */
export interface Pipe {
  readonly id: string;
  readonly kind: PipeKind;
  /** Positions in the network's `nodes`. */
  readonly from: number;
  readonly to: number;
  /** Nominal diameter, millimetres. */
  readonly diameterMm: number;
  readonly material: string;
  readonly year: number;
  /** Whether a valve sits at its `from` and at its `to` end. */
  readonly valves: readonly [boolean, boolean];
  /** lon, lat pairs, degrees. */
  readonly path: readonly (readonly [number, number])[];
}

/** Buried mains of a city: `network.json` beside its tileset. */
export interface PipeNetwork {
  /** lon, lat pairs, degrees. */
  readonly nodes: readonly (readonly [number, number])[];
  readonly pipes: readonly Pipe[];
  /** Nodes that each kind is fed from. */
  readonly sources: Readonly<Record<PipeKind, readonly number[]>>;
  readonly provenance: Provenance;
}

const lonLat = v.tuple([
  v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
]);
const position = v.pipe(v.number(), v.integer(), v.minValue(0));

const networkSchema = v.strictObject({
  version: v.literal(1),
  provenance: provenanceSchema,
  nodes: v.array(lonLat),
  sources: v.record(v.picklist(PIPE_KINDS), v.array(position)),
  pipes: v.array(
    v.strictObject({
      id: v.string(),
      kind: v.picklist(PIPE_KINDS),
      from: position,
      to: position,
      diameterMm: v.pipe(v.number(), v.gtValue(0)),
      material: v.string(),
      year: v.number(),
      valves: v.tuple([v.boolean(), v.boolean()]),
      path: v.pipe(v.array(lonLat), v.minLength(2)),
    }),
  ),
});

/** Checks `network.json`. Throws TwinError `network.invalid` that names the field. */
export function parsePipeNetwork(json: unknown): PipeNetwork {
  const parsed = v.safeParse(networkSchema, json);
  if (!parsed.success) {
    const { field, expected, received } = fieldProblem(parsed.issues);
    throw invalid(field, expected, received);
  }
  const { nodes, pipes, provenance, sources } = parsed.output;
  const lost = pipes.findIndex(({ from, to }) => from >= nodes.length || to >= nodes.length);
  if (lost >= 0) throw invalid(`pipes.${lost}`, `nodes below ${nodes.length}`, pipes[lost]!.id);
  const of = (kind: PipeKind): readonly number[] => sources[kind] ?? [];
  return {
    nodes,
    pipes,
    provenance,
    sources: { gas: of("gas"), water: of("water"), heat: of("heat"), drainage: of("drainage") },
  };
}

function invalid(field: string, expected: string, received: unknown): TwinError {
  return new TwinError(
    "network.invalid",
    `The pipe network is wrong at ${field}: ${expected} expected, ${String(received)} found.`,
    { field, expected, received: String(received) },
  );
}
