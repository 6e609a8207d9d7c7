import type { MapConversion } from "../../src/domain/map-conversion.ts";
import { createProjection } from "../../src/geo/projection.ts";
import { missingPart, StepEdits, stepReal, stepString } from "./step-edits.ts";
import type { StepIndex } from "./step-index.ts";

const OPERATIONS = ["IFCMAPCONVERSION", "IFCMAPCONVERSIONSCALED", "IFCRIGIDOPERATION"] as const;

function idsOf(index: StepIndex, entity: string): number[] {
  return Array.from(index.statementsOf(entity), (statement) => index.ids[statement]!);
}

function refOf(text: string | undefined): number | null {
  const found = /^#(\d+)$/.exec(text ?? "");
  return found ? Number(found[1]) : null;
}

/** The context of the model's shapes, which a conversion is about. */
function modelContext(edits: StepEdits): number | null {
  const contexts = idsOf(edits.index, "IFCGEOMETRICREPRESENTATIONCONTEXT");
  return contexts.find((id) => edits.attributes(id)[1] === "'Model'") ?? contexts[0] ?? null;
}

function metreOf(edits: StepEdits): number {
  const found = idsOf(edits.index, "IFCSIUNIT").find((id) => {
    const [, kind, prefix, name] = edits.attributes(id);
    return kind === ".LENGTHUNIT." && prefix === "$" && name === ".METRE.";
  });
  return found ?? edits.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)");
}

/** The map's unit: metres, or feet by their factor. */
function mapUnit(edits: StepEdits, unitM: number): number {
  const metre = metreOf(edits);
  if (unitM === 1) return metre;
  const factor = edits.add(`IFCMEASUREWITHUNIT(IFCLENGTHMEASURE(${unitM}),#${metre})`);
  const exponents = edits.add("IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0)");
  return edits.add(`IFCCONVERSIONBASEDUNIT(#${exponents},.LENGTHUNIT.,'US SURVEY FOOT',#${factor})`);
}

/** IfcMapConversion and IfcProjectedCRS of IFC4 and later. */
export async function mapConversionEdits(
  index: StepIndex,
  fileName: string,
  conversion: MapConversion,
): Promise<StepEdits> {
  const edits = new StepEdits(index);
  const operations = OPERATIONS.flatMap((entity) => idsOf(index, entity));
  const known = operations.map((id) => refOf(edits.attributes(id)[1])).find((id) => id !== null) ?? null;
  const context = modelContext(edits);
  if (operations.length === 0 && context === null) throw missingPart("ifc.no_context", fileName);
  const { unitM } = createProjection(conversion.crs);
  const unit = mapUnit(edits, unitM);
  const verticalDatum = known === null ? "$" : verticalDatumOf(edits, known);
  const datum = conversion.crsName.startsWith("CGCS2000") ? "'CGCS2000'" : "$";
  const crs = `IFCPROJECTEDCRS(${stepString(conversion.crs)},${stepString(conversion.crsName)},${datum},${verticalDatum},$,$,#${unit})`;
  const target = known ?? edits.add(crs);
  if (known !== null) edits.replace(known, crs);
  const { eastings, northings, orthogonalHeight, abscissa, ordinate, scale } = conversion;
  const values = [eastings, northings, orthogonalHeight, abscissa, ordinate, scale].map(stepReal).join(",");
  for (const id of operations)
    edits.replace(id, `IFCMAPCONVERSION(${edits.attributes(id)[0]},#${target},${values})`);
  if (operations.length === 0) edits.add(`IFCMAPCONVERSION(#${context},#${target},${values})`);
  return edits;
}

/** Stays as it was authored: it is not for a map position to change. */
function verticalDatumOf(edits: StepEdits, crs: number): string {
  return edits.index.entityOf(crs) === "IFCPROJECTEDCRS" ? (edits.attributes(crs)[3] ?? "$") : "$";
}
