import { HASH } from "../../src/domain/ifc/step-cursor.ts";
import type { StepIndex } from "./step-index.ts";

/** Entities that may hold their like: in a sound file never themselves. */
const NESTING = [
  "IFCBOOLEANRESULT",
  "IFCBOOLEANCLIPPINGRESULT",
  "IFCCSGSOLID",
  "IFCMAPPEDITEM",
  "IFCREPRESENTATIONMAP",
  "IFCSHAPEREPRESENTATION",
  "IFCCOMPOSITEPROFILEDEF",
  "IFCDERIVEDPROFILEDEF",
  "IFCMIRROREDPROFILEDEF",
  "IFCCOMPOSITECURVE",
  "IFCCOMPOSITECURVESEGMENT",
  "IFCTRIMMEDCURVE",
  "IFCOFFSETCURVE2D",
  "IFCOFFSETCURVE3D",
  "IFCGRADIENTCURVE",
  "IFCSEGMENTEDREFERENCECURVE",
] as const;
/** Where no circle can begin: without one of these there is none. */
const STARTS = NESTING.filter((entity) => entity !== "IFCSHAPEREPRESENTATION");
/** A chain of halves and cuts that is longer would exhaust the kernel's stack. */
const MAX_DEPTH = 4000;

/**
 * Statements that refer to themselves by way of others: a mapped item in its own map, a cut of its own result. web-ifc
 * spends half a minute and two gigabytes on them, or ends with a memory fault; without them it does not.
 * Numbers of the statements that close a circle.
 */
export function findShapeCycles(index: StepIndex): ReadonlySet<number> {
  const kinds = new Set(NESTING.map((entity) => index.entities.indexOf(entity)).filter((kind) => kind >= 0));
  const closing = new Set<number>();
  const state = new Uint8Array(index.count);
  for (const entity of STARTS)
    for (const start of index.statementsOf(entity)) if (state[start] === 0) visit(start);
  return closing;

  /** Depth first without recursion: 1 on the way, 2 done. */
  function visit(start: number): void {
    const path: { readonly statement: number; readonly refs: readonly number[]; next: number }[] = [];
    const enter = (statement: number) => {
      state[statement] = 1;
      path.push({ statement, refs: nestedIn(statement), next: 0 });
    };
    enter(start);
    while (path.length > 0) {
      const at = path.at(-1)!;
      const child = at.refs[at.next++];
      if (child === undefined) {
        state[at.statement] = 2;
        path.pop();
      } else if (state[child] === 1 || path.length > MAX_DEPTH) closing.add(at.statement);
      else if (state[child] === 0) enter(child);
    }
  }

  function nestedIn(statement: number): number[] {
    const found: number[] = [];
    const cursor = index.attribute(statement, 0);
    const end = index.starts[statement + 1]!;
    while (cursor.at < end) {
      if (index.bytes[cursor.at++] !== HASH) continue;
      const child = index.find(cursor.integer());
      if (child >= 0 && kinds.has(index.kinds[child]!)) found.push(child);
    }
    return found;
  }
}
