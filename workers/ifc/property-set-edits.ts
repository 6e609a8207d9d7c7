import { decodeStepText } from "../../src/domain/ifc/step-text.ts";
import type { MapConversion } from "../../src/domain/map-conversion.ts";
import { missingPart, StepEdits, stepReal, stepString } from "./step-edits.ts";
import type { StepIndex } from "./step-index.ts";

type Property = readonly [name: string, value: string];

const GUID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$";

/** A GlobalId that is always the same for the same words: 128 bits in 22 letters, the first of two bits. */
async function globalIdFor(words: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words)));
  const bits = Array.from(digest.subarray(0, 16), (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = [
    bits.slice(0, 2),
    ...Array.from({ length: 21 }, (_, i) => bits.slice(2 + i * 6, 8 + i * 6)),
  ];
  return groups.map((group) => GUID_LETTERS[Number.parseInt(group, 2)]).join("");
}

function textOf(attribute: string | undefined): string {
  const inside = /^'([\s\S]*)'$/.exec(attribute ?? "")?.[1] ?? "";
  return decodeStepText(Uint8Array.from(inside, (letter) => letter.charCodeAt(0)));
}

function refsOf(attribute: string | undefined): number[] {
  return [...(attribute ?? "").matchAll(/#(\d+)/g)].map((found) => Number(found[1]));
}

function findSet(edits: StepEdits, name: string): number | null {
  for (const statement of edits.index.statementsOf("IFCPROPERTYSET")) {
    const id = edits.index.ids[statement]!;
    if (textOf(edits.attributes(id)[2]).toLowerCase() === name.toLowerCase()) return id;
  }
  return null;
}

function single([name, value]: Property): string {
  return `IFCPROPERTYSINGLEVALUE(${stepString(name)},$,${value},$)`;
}

/** Values of properties that are there change; those that are missing come to the end of the list. */
function changeSet(edits: StepEdits, id: number, properties: readonly Property[]): void {
  const attributes = edits.attributes(id);
  const members = refsOf(attributes[4]);
  const idOf = new Map(members.map((member) => [textOf(edits.attributes(member)[0]).toLowerCase(), member]));
  const added: number[] = [];
  for (const property of properties) {
    const member = idOf.get(property[0].toLowerCase());
    if (member === undefined) added.push(edits.add(single(property)));
    else edits.replace(member, single(property));
  }
  if (added.length === 0) return;
  const list = [...members, ...added].map((member) => `#${member}`).join(",");
  edits.replace(id, `IFCPROPERTYSET(${attributes.slice(0, 4).join(",")},(${list}))`);
}

async function addSet(
  edits: StepEdits,
  site: number,
  name: string,
  properties: readonly Property[],
): Promise<void> {
  const [globalId = "''", ownerHistory = "$"] = edits.attributes(site);
  const members = properties.map((property) => `#${edits.add(single(property))}`).join(",");
  const [own, relation] = [
    await globalIdFor(`${globalId} ${name}`),
    await globalIdFor(`${globalId} ${name} rel`),
  ];
  const set = edits.add(`IFCPROPERTYSET('${own}',${ownerHistory},${stepString(name)},$,(${members}))`);
  edits.add(`IFCRELDEFINESBYPROPERTIES('${relation}',${ownerHistory},$,$,(#${site}),#${set})`);
}

/** IFC2X3 has no map conversion: the buildingSMART guide to geo-referencing keeps it in two property sets of the site. */
export async function propertySetEdits(
  index: StepIndex,
  fileName: string,
  conversion: MapConversion,
): Promise<StepEdits> {
  const edits = new StepEdits(index);
  const [site] = Array.from(index.statementsOf("IFCSITE"), (statement) => index.ids[statement]!);
  if (site === undefined) throw missingPart("ifc.no_site", fileName);
  const length = (value: number) => `IFCLENGTHMEASURE(${stepReal(value)})`;
  const sets: readonly (readonly [string, readonly Property[]])[] = [
    [
      "ePSet_MapConversion",
      [
        ["TargetCRS", `IFCLABEL(${stepString(conversion.crs)})`],
        ["Eastings", length(conversion.eastings)],
        ["Northings", length(conversion.northings)],
        ["OrthogonalHeight", length(conversion.orthogonalHeight)],
        ["XAxisAbscissa", `IFCREAL(${stepReal(conversion.abscissa)})`],
        ["XAxisOrdinate", `IFCREAL(${stepReal(conversion.ordinate)})`],
        ["Scale", `IFCREAL(${stepReal(conversion.scale)})`],
      ],
    ],
    [
      "ePSet_ProjectedCRS",
      [
        ["Name", `IFCLABEL(${stepString(conversion.crs)})`],
        ["Description", `IFCTEXT(${stepString(conversion.crsName)})`],
        ["MapUnit", "IFCLABEL('METRE')"],
      ],
    ],
  ];
  for (const [name, properties] of sets) {
    const set = findSet(edits, name);
    if (set === null) await addSet(edits, site, name, properties);
    else changeSet(edits, set, properties);
  }
  return edits;
}
