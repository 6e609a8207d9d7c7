import type { IfcSchema } from "./ifc-schema.ts";
import type { StepIndex } from "./step-index.ts";

/** Which part of the elements a thread makes the shapes of: `at` from 0 to `of` - 1. */
export interface Share {
  readonly at: number;
  readonly of: number;
}

/**
 * Elements go to the threads in blocks of neighbours, so many for each: neighbours share mapped shapes, and several blocks
 * even out that some parts of a building are dearer than others.
 */
const BLOCKS_EACH = 6;

/** Statements of elements that can have a shape of their own, in file order; openings and projections change others'. */
function elementStatements({ count, kinds, entities }: StepIndex, schema: IfcSchema): number[] {
  const isElement = entities.map(
    (entity) => schema.isA(entity, "IfcElement") && !schema.isA(entity, "IfcFeatureElement"),
  );
  const statements: number[] = [];
  for (let i = 0; i < count; i++) if (isElement[kinds[i]!]) statements.push(i);
  return statements;
}

/** Own elements of a share, and 1 for every statement that is an element of another. */
export function divideElements(
  index: StepIndex,
  schema: IfcSchema,
  { at, of }: Share,
): { readonly own: ReadonlySet<number>; readonly isOthers: Uint8Array } {
  const statements = elementStatements(index, schema);
  const blockSize = Math.max(1, Math.ceil(statements.length / (BLOCKS_EACH * of)));
  const own = new Set<number>();
  const isOthers = new Uint8Array(index.count);
  for (const [i, statement] of statements.entries()) {
    if (Math.floor(i / blockSize) % of === at) own.add(index.ids[statement]!);
    else isOthers[statement] = 1;
  }
  return { own, isOthers };
}
