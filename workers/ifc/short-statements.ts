import { CLOSE, COMMA, HASH, OPEN } from "../../src/domain/ifc/step-cursor.ts";
import type { StepIndex } from "./step-index.ts";

/** What holds shapes together, and how many attributes it has in every schema. */
const NEEDED: Readonly<Record<string, number>> = {
  IFCPRODUCTDEFINITIONSHAPE: 3,
  IFCSHAPEREPRESENTATION: 4,
  IFCMAPPEDITEM: 2,
  IFCREPRESENTATIONMAP: 2,
  IFCLOCALPLACEMENT: 2,
  IFCBOOLEANRESULT: 3,
  IFCBOOLEANCLIPPINGRESULT: 3,
  IFCEXTRUDEDAREASOLID: 4,
  IFCSTYLEDITEM: 3,
  IFCRELAGGREGATES: 6,
  IFCRELNESTS: 6,
  IFCRELVOIDSELEMENT: 6,
  IFCRELFILLSELEMENT: 6,
  IFCRELASSOCIATESMATERIAL: 6,
};

/**
 * Statements with fewer attributes than their entity has. web-ifc reads on into what follows and, for a product's shape,
 * never comes back (found by the fuzz test). Only what is few and structural is looked at: points and faces are left out.
 */
export function findShortStatements(index: StepIndex): number[] {
  const short: number[] = [];
  for (const [entity, needed] of Object.entries(NEEDED))
    for (const statement of index.statementsOf(entity))
      if (countAttributes(index, statement, needed) < needed) short.push(statement);
  return [...short, ...brokenOff(index)];
}

/** What a file that was cut in the middle of a statement has last: a name, and no bracket. */
function brokenOff({ count, ids, starts, bytes }: StepIndex): number[] {
  const last = [count - 1, count - 2, count - 3].filter((statement) => statement >= 0 && ids[statement]! > 0);
  return last.filter(
    (statement) => !bytes.subarray(starts[statement]!, starts[statement + 1]!).includes(OPEN),
  );
}

/** Whose references must lead somewhere. */
const WHOLE = [
  "IFCMAPPEDITEM",
  "IFCREPRESENTATIONMAP",
  "IFCBOOLEANRESULT",
  "IFCBOOLEANCLIPPINGRESULT",
  "IFCEXTRUDEDAREASOLID",
  "IFCMEASUREWITHUNIT",
  "IFCCONVERSIONBASEDUNIT",
] as const;

/** Statements that refer to what is not in the file: the kernel follows them into nothing. */
export function findDangling(index: StepIndex): number[] {
  const dangling: number[] = [];
  for (const entity of WHOLE)
    for (const statement of index.statementsOf(entity))
      if (hasLooseEnd(index, statement)) dangling.push(statement);
  return dangling;
}

function hasLooseEnd(index: StepIndex, statement: number): boolean {
  const cursor = index.attribute(statement, 0);
  const end = index.starts[statement + 1]!;
  while (cursor.at < end)
    if (index.bytes[cursor.at++] === HASH && index.find(cursor.integer()) < 0) return true;
  return false;
}

/** At most `enough`. */
function countAttributes(index: StepIndex, statement: number, enough: number): number {
  const cursor = index.attribute(statement, 0);
  const end = index.starts[statement + 1]!;
  let count = 0;
  while (cursor.at < end && index.bytes[cursor.at] !== CLOSE) {
    cursor.skipAttribute();
    if (++count >= enough || index.bytes[cursor.at] !== COMMA) return count;
    cursor.at++;
  }
  return count;
}
