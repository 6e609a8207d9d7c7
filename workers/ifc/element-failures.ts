import type { Issue } from "../../src/base/errors.ts";
import { refOf, refsOf, textOf } from "../../src/domain/ifc/ifc-values.ts";
import type { ElementFailure } from "../../src/domain/model.ts";
import type { IfcFile } from "./ifc-file.ts";

/** Representations that are no shape to look at. */
const SCHEMATIC = /^(axis|footprint|box|annotation|profile|plan|cog|clearance|lighting|reference)/i;
/** Statements looked at below one shape when its fault is looked for. */
const MOST_LOOKED_AT = 500;

/** Elements that say they have a visible shape but gave none, each with the reason. */
export function findFailures(
  file: IfcFile,
  withGeometry: ReadonlySet<number>,
  faults: readonly Issue[],
): ElementFailure[] {
  const faultOf = new Map(faults.map(({ place = "", message }) => [place, message]));
  const closing = new Set(
    [...file.rewrites].flatMap(([statement, text]) => (text === "" ? [statement] : [])),
  );
  return [...file.elementIds(), ...file.idsOf("IFCALIGNMENT")].flatMap((id): ElementFailure[] => {
    if (withGeometry.has(id)) return [];
    const items = visibleItems(file, id);
    if (items.length === 0) return [];
    const fault = faultOf.get(`#${id}`);
    const isCycle = closing.size > 0 && meets(file, items, closing);
    return [
      {
        globalId: file.textAt(id, 0) || `#${id}`,
        expressId: id,
        class: file.classOf(id),
        name: file.textAt(id, 2),
        reason: isCycle ? "cycle" : fault ? "fault" : "empty",
        detail: fault ?? [...new Set(items.map((item) => file.classOf(item) || "?"))].join(", "),
      },
    ];
  });
}

function visibleItems(file: IfcFile, id: number): number[] {
  const shape = file.line(refOf(file.line(id)?.Representation));
  return refsOf(shape?.Representations).flatMap((one) => {
    const representation = file.line(one);
    const isVisible = representation && !SCHEMATIC.test(textOf(representation.RepresentationIdentifier));
    return isVisible ? refsOf(representation.Items) : [];
  });
}

/** Whether one of the statements is below the items. */
function meets(file: IfcFile, items: readonly number[], statements: ReadonlySet<number>): boolean {
  const { index } = file;
  const seen = new Set<number>(items);
  for (const id of seen) {
    if (seen.size > MOST_LOOKED_AT) return false;
    const statement = index.find(id);
    if (statement < 0) continue;
    if (statements.has(statement)) return true;
    const cursor = index.attribute(statement, 0);
    const end = index.starts[statement + 1]!;
    while (cursor.at < end) if (index.bytes[cursor.at++] === 0x23) seen.add(cursor.integer());
  }
  return false;
}
