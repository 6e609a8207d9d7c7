import type { Issue } from "../../src/base/errors.ts";
import type { ElementMesh } from "./element-mesh.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { SpatialStructure } from "./spatial.ts";

/** One row of the model: an element that has a shape. */
export interface ElementRow {
  readonly expressId: number;
  /** Unique in the model. */
  readonly globalId: string;
  readonly class: string;
  readonly name: string;
  readonly storey: number;
}

/** Rows in the order of the meshes. A GlobalId that repeats, or lacks, gets the express id added. */
export function readRows(
  file: IfcFile,
  meshes: readonly ElementMesh[],
  structure: SpatialStructure,
): { rows: ElementRow[]; issues: Issue[] } {
  const seen = new Set<string>();
  const repeated: string[] = [];
  const rows = meshes.map(({ expressId }): ElementRow => {
    const authored = file.textAt(expressId, 0);
    const isNew = authored !== "" && !seen.has(authored);
    if (authored && !isNew) repeated.push(authored);
    const globalId = isNew ? authored : `${authored}#${expressId}`;
    seen.add(globalId);
    return {
      expressId,
      globalId,
      class: file.classOf(expressId),
      name: nameOf(file, expressId),
      storey: structure.storeyOf(expressId),
    };
  });
  return { rows, issues: repeated.length ? [repetition(repeated)] : [] };
}

/** Where IfcSpace has its LongName: what a room is, beside its number. */
const LONG_NAME = 7;

function nameOf(file: IfcFile, expressId: number): string {
  const name = file.textAt(expressId, 2);
  if (file.index.entityOf(expressId) !== "IFCSPACE") return name;
  const longName = file.textAt(expressId, LONG_NAME);
  return longName && !name.includes(longName) ? `${name} ${longName}`.trim() : name;
}

function repetition(repeated: readonly string[]): Issue {
  const some = [...new Set(repeated)].slice(0, 3).join(", ");
  return {
    code: "ifc.duplicate_global_id",
    severity: "warning",
    message: `${repeated.length} elements repeat a GlobalId (${some}); the express id was added to tell them apart.`,
    place: repeated[0]!,
  };
}
