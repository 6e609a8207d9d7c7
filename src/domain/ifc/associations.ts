import type { PropertySet } from "../model.ts";
import { type IfcLine, type LineSource, refOf, textOf } from "./ifc-values.ts";

type Property = PropertySet["properties"][number];

/** Names of the sets that carry what an element is associated with. */
export const CLASSIFICATION_SET = "Classification";
export const DOCUMENT_SET = "Documents";
export const GROUP_SET = "Groups";

const MAX_DEPTH = 8;

/** IFC2X3 says ItemReference and DocumentId, IFC4 Identification. */
function codeOf(line: IfcLine): string {
  return textOf(line.Identification) || textOf(line.ItemReference) || textOf(line.DocumentId);
}

function joined(...parts: readonly string[]): string {
  return [...new Set(parts.filter((part) => part !== ""))].join(" ");
}

/** Name of the system that a reference belongs to, through its parents: Uniclass 2015. */
function systemOf(file: LineSource, reference: IfcLine): string {
  let at: IfcLine | null = reference;
  for (let depth = 0; at && depth < MAX_DEPTH; depth++) {
    if (at.entity === "IFCCLASSIFICATION") return textOf(at.Name) || textOf(at.Source);
    at = file.line(refOf(at.ReferencedSource));
  }
  return "";
}

function classification(file: LineSource, line: IfcLine): Property {
  const value = line.entity === "IFCCLASSIFICATION" ? "" : joined(codeOf(line), textOf(line.Name));
  return { name: systemOf(file, line) || CLASSIFICATION_SET, value: value || textOf(line.Location) };
}

function document(file: LineSource, line: IfcLine): Property {
  const target = file.line(refOf(line.ReferencedDocument));
  const name =
    joined(codeOf(line), textOf(line.Name)) || (target ? joined(codeOf(target), textOf(target.Name)) : "");
  return { name: name || "Document", value: textOf(line.Location) || textOf(target?.Location) };
}

/** Classifications, documents, and groups (systems, zones) of an element; each a set, where there are any. */
export function readAssociations(
  file: LineSource,
  ids: readonly number[],
  nameOf: (entity: string) => string,
): PropertySet[] {
  const classifications: Property[] = [];
  const documents: Property[] = [];
  const groups: Property[] = [];
  for (const id of ids) {
    const line = file.line(id);
    if (!line) continue;
    if (line.entity.startsWith("IFCCLASSIFICATION")) classifications.push(classification(file, line));
    else if (line.entity.startsWith("IFCDOCUMENT")) documents.push(document(file, line));
    else groups.push({ name: nameOf(line.entity), value: joined(textOf(line.Name), textOf(line.LongName)) });
  }
  return [
    { name: CLASSIFICATION_SET, properties: classifications },
    { name: DOCUMENT_SET, properties: documents },
    { name: GROUP_SET, properties: groups },
  ].filter(({ properties }) => properties.length > 0);
}
