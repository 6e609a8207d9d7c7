import type { Issue } from "../../src/base/errors.ts";
import type { ProjectUnits } from "../../src/domain/ifc/units.ts";
import type { Box } from "../tiles/tileset.ts";
import type { IfcSource } from "./ifc-source.ts";

/** Longer than this (m), a building model has a wrong unit or a lost part. */
const HUGE = 20_000;

/** Doubts about units, size and missing shapes. */
export function shapeIssues(
  units: ProjectUnits,
  box: Box | null,
  elements: number,
  without: number,
): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, severity: Issue["severity"], message: string) =>
    issues.push({ code, severity, message });
  if (!units.hasLength)
    add("ifc.no_length_unit", "warning", "The file names no length unit: metres are assumed.");
  const size = box ? Math.max(...[0, 1, 2].map((axis) => box.max[axis]! - box.min[axis]!)) : 0;
  if (size > HUGE)
    add(
      "ifc.huge",
      "warning",
      `The model is ${Math.round(size / 1000)} km long: its length unit may be wrong, or something lies far away.`,
    );
  if (elements === 0) add("ifc.no_geometry", "warning", "No element has a shape that can be shown.");
  else if (without > 0)
    add(
      "ifc.without_geometry",
      "info",
      `${without} elements have a shape that could not be built; they are not shown.`,
    );
  return issues;
}

/** What was done to the text before it could be read. */
export function textIssues({ legacyEncoding }: IfcSource): Issue[] {
  if (!legacyEncoding) return [];
  const message = `The text is not UTF-8 as IFC asks; it was read as ${legacyEncoding}. Check Chinese names.`;
  return [{ code: "ifc.legacy_text", severity: "info", message }];
}
