import { numberOf, numbersOf, refOf } from "../../src/domain/ifc/ifc-values.ts";
import type { KernelStatements, StatementWriter } from "./kernel-statements.ts";

/** An irregular network is a face set whose outside (-1) and holes (-2) are marked instead of missing: the kernel knows only the latter. */
export function rewriteTins(file: KernelStatements, writer: StatementWriter): void {
  const { index } = file;
  for (const statement of index.statementsOf("IFCTRIANGULATEDIRREGULARNETWORK")) {
    const id = index.ids[statement]!;
    const tin = file.line(id);
    const coordinates = refOf(tin?.Coordinates);
    const triangles = Array.isArray(tin?.CoordIndex) ? (tin.CoordIndex as readonly unknown[]) : [];
    const flags = Array.isArray(tin?.Flags) ? (tin.Flags as readonly unknown[]).map(numberOf) : [];
    if (coordinates === null || triangles.length === 0) continue;
    const shown = triangles
      .filter((_, i) => (flags[i] ?? 0) >= 0)
      .map(numbersOf)
      .filter((corners) => corners.length === 3)
      .map((corners) => `(${corners.join(",")})`);
    if (shown.length > 0)
      writer.replace(
        statement,
        `#${id}=IFCTRIANGULATEDFACESET(#${coordinates},$,.F.,(${shown.join(",")}),$);\n`,
      );
  }
}
