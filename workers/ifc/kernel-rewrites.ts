import { refsOf } from "../../src/domain/ifc/ifc-values.ts";
import { readUnit } from "../../src/domain/ifc/units.ts";
import { rewriteAlignments } from "./alignment-rewrite.ts";
import { DRAFT_CLASSES } from "./ifc-schema.ts";
import { type KernelStatements, StatementWriter } from "./kernel-statements.ts";
import { rewriteLinearPlacements } from "./linear-placement.ts";
import { findShapeCycles } from "./shape-cycles.ts";
import { findDangling, findShortStatements } from "./short-statements.ts";
import { rewriteTins } from "./tin-rewrite.ts";

/**
 * What the kernel gets to see in place of some statements, by statement number: shapes that refer to themselves are left
 * out, and what lacks attributes; irregular networks become face sets; places along a way become plain places; alignments get a body along their
 * curve. Of these web-ifc 0.0.78 makes nothing, or the wrong thing. Most files have none: then this costs a look at the
 * list of entities.
 */
export function kernelRewrites(file: KernelStatements): ReadonlyMap<number, string> {
  const writer = new StatementWriter(file.index);
  for (const statement of findShapeCycles(file.index)) writer.replace(statement, "");
  for (const statement of [...findShortStatements(file.index), ...findDangling(file.index)])
    writer.replace(statement, "");
  rewriteTins(file, writer);
  for (const [entity, [, now]] of Object.entries(DRAFT_CLASSES))
    for (const statement of file.index.statementsOf(entity)) writer.rename(statement, now.toUpperCase());
  const angleRad = angleUnit(file);
  rewriteLinearPlacements(file, writer, angleRad);
  rewriteAlignments(file, writer, angleRad);
  return writer.replaced;
}

/** Radians in the project's angle unit. */
function angleUnit(file: KernelStatements): number {
  const [assignment] = file.index.statementsOf("IFCUNITASSIGNMENT");
  const units = assignment === undefined ? null : file.line(file.index.ids[assignment]!);
  for (const id of refsOf(units?.Units)) {
    const unit = readUnit(file, id);
    if (unit?.kind === "PLANEANGLEUNIT") return unit.factor;
  }
  return 1;
}
