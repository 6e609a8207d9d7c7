import { refOf, refsOf } from "../../src/domain/ifc/ifc-values.ts";
import { readUnit } from "../../src/domain/ifc/units.ts";
import { type AlignmentCurve, readAlignmentCurve } from "./alignment-curve.ts";
import { type KernelStatements, type StatementWriter, tripleText } from "./kernel-statements.ts";
import { readSemanticAlignment } from "./semantic-alignment.ts";

/** Half the thickness of the body that stands for a way, and the longest straight of it, metres. */
const HALF = 0.2;
const STEP = 5;
const MOST_STEPS = 4000;
const WHOLES = new Set(["IFCALIGNMENT", "IFCALIGNMENTHORIZONTAL", "IFCALIGNMENTVERTICAL"]);
const BEST_FIRST = [
  "IFCGRADIENTCURVE",
  "IFCSEGMENTEDREFERENCECURVE",
  "IFCCOMPOSITECURVE",
  "IFCINDEXEDPOLYCURVE",
  "IFCPOLYLINE",
];

/** An alignment is a curve without a body, and the kernel shows none: it gets a thin one, diamond in section. */
export function rewriteAlignments(file: KernelStatements, writer: StatementWriter, angleRad: number): void {
  const statements = file.index.statementsOf("IFCALIGNMENT");
  if (statements.length === 0) return;
  const lengthM = lengthUnit(file);
  const nested = nestedOf(file);
  for (const statement of statements) {
    const id = file.index.ids[statement]!;
    const curve =
      readAlignmentCurve(file, curveOf(file, [id, ...(nested.get(id) ?? [])]), angleRad) ??
      readSemanticAlignment(file, nested, id, angleRad);
    const place = refOf(file.line(id)?.ObjectPlacement);
    if (curve && curve.length > 0)
      writer.replace(statement, bodyText(writer, id, place, curve, HALF / lengthM, STEP / lengthM));
  }
}

function lengthUnit(file: KernelStatements): number {
  const [assignment] = file.index.statementsOf("IFCUNITASSIGNMENT");
  const units = assignment === undefined ? null : file.line(file.index.ids[assignment]!);
  const lengths = refsOf(units?.Units).map((id) => readUnit(file, id));
  return lengths.find((unit) => unit?.kind === "LENGTHUNIT")?.factor ?? 1;
}

/** Horizontal and vertical parts, which may carry the curve, and their segments, which may say it. */
function nestedOf(file: KernelStatements): ReadonlyMap<number, readonly number[]> {
  const nested = new Map<number, number[]>();
  for (const entity of ["IFCRELNESTS", "IFCRELAGGREGATES"])
    for (const statement of file.index.statementsOf(entity)) {
      const relation = file.line(file.index.ids[statement]!);
      const whole = refOf(relation?.RelatingObject);
      if (whole === null || !WHOLES.has(file.index.entityOf(whole))) continue;
      nested.set(whole, [...(nested.get(whole) ?? []), ...refsOf(relation?.RelatedObjects)]);
    }
  return nested;
}

/** The most complete curve among the representations. */
function curveOf(file: KernelStatements, products: readonly number[]): number | null {
  const items = products.flatMap((product) => {
    const shape = file.line(refOf(file.line(product)?.Representation));
    return refsOf(shape?.Representations).flatMap((one) => refsOf(file.line(one)?.Items));
  });
  for (const entity of BEST_FIRST) {
    const found = items.find((item) => file.index.entityOf(item) === entity);
    if (found !== undefined) return found;
  }
  return null;
}

function bodyText(
  writer: StatementWriter,
  id: number,
  place: number | null,
  curve: AlignmentCurve,
  half: number,
  step: number,
): string {
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.ceil(curve.length / step)));
  const points: string[] = [];
  for (let i = 0; i <= steps; i++) {
    const { x, y, z, heading } = curve.at((curve.length * i) / steps);
    const [lx, ly] = [-Math.sin(heading) * half, Math.cos(heading) * half];
    for (const corner of [
      [x + lx, y + ly, z],
      [x, y, z + half],
      [x - lx, y - ly, z],
      [x, y, z - half],
    ])
      points.push(tripleText(corner));
  }
  const faces: string[] = [];
  for (let i = 0; i < steps; i++)
    for (let side = 0; side < 4; side++) {
      const [a, b] = [i * 4 + side + 1, i * 4 + ((side + 1) % 4) + 1];
      faces.push(`(${a},${a + 4},${b})`, `(${b},${a + 4},${b + 4})`);
    }
  const [shape, body, set, list] = [writer.newId(), writer.newId(), writer.newId(), writer.newId()];
  return [
    `#${id}=IFCBUILDINGELEMENTPROXY('${String(id).padStart(22, "0")}',$,$,$,$,${place === null ? "$" : `#${place}`},#${shape},$,$);`,
    `#${shape}=IFCPRODUCTDEFINITIONSHAPE($,$,(#${body}));`,
    `#${body}=IFCSHAPEREPRESENTATION($,'Body','Tessellation',(#${set}));`,
    `#${set}=IFCTRIANGULATEDFACESET(#${list},$,.F.,(${faces.join(",")}),$);`,
    `#${list}=IFCCARTESIANPOINTLIST3D((${points.join(",")}));`,
    "",
  ].join("\n");
}
