import type { MapConversion } from "../../src/domain/map-conversion.ts";
import { unpackIfc } from "./ifc-source.ts";
import { mapConversionEdits } from "./map-conversion-edits.ts";
import { propertySetEdits } from "./property-set-edits.ts";
import type { Patch, StepEdits } from "./step-edits.ts";
import { StepIndex } from "./step-index.ts";

export interface PlacedCopy {
  /** The unpacked text that the patches are about: the file's own bytes when it is not packed. */
  readonly step: Uint8Array;
  readonly patches: readonly Patch[];
}

/**
 * What has to change in a file so that it says where it stands: IfcMapConversion and IfcProjectedCRS, in IFC2X3 the
 * property sets `ePSet_MapConversion` and `ePSet_ProjectedCRS` of its site. Statements that say the same already are
 * replaced under their number; new ones go to the end of the data. All else stays byte for byte.
 *
 * @throws TwinError `ifc.*` as `unpackIfc`, `ifc.no_context`, `ifc.no_site`
 */
export async function planCopy(
  bytes: Uint8Array,
  fileName: string,
  conversion: MapConversion,
): Promise<PlacedCopy> {
  const { step, schema } = unpackIfc(bytes, fileName);
  const index = new StepIndex(step);
  const plan: (index: StepIndex, fileName: string, conversion: MapConversion) => Promise<StepEdits> =
    /^IFC2X/i.test(schema) ? propertySetEdits : mapConversionEdits;
  const edits = await plan(index, fileName, conversion);
  return { step, patches: edits.patches() };
}

/** The copy as one piece of memory; the browser makes it of slices instead. */
export function applyPatches(step: Uint8Array, patches: readonly Patch[]): Uint8Array {
  const pieces = piecesOf(step.length, patches).map((piece) =>
    typeof piece === "string" ? new TextEncoder().encode(piece) : step.subarray(piece.from, piece.to),
  );
  const copy = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    copy.set(piece, at);
    at += piece.length;
  }
  return copy;
}

/** What a copy consists of, in order: stretches of the file, and new text. */
export function piecesOf(
  length: number,
  patches: readonly Patch[],
): ({ readonly from: number; readonly to: number } | string)[] {
  const pieces: ({ readonly from: number; readonly to: number } | string)[] = [];
  let at = 0;
  for (const { from, to, text } of patches) {
    pieces.push({ from: at, to: from }, text);
    at = to;
  }
  return [...pieces, { from: at, to: length }];
}

/** `Rathaus.ifczip` to `Rathaus-placed.ifc`. */
export function copyName(fileName: string): string {
  return `${fileName.replace(/\.(ifc(zip)?|zip|gz)$/i, "").replace(/\.ifc$/i, "")}-placed.ifc`;
}
