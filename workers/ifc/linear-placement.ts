import { type IfcLine, numberOf, numbersOf, refOf } from "../../src/domain/ifc/ifc-values.ts";
import { type AlignmentCurve, readAlignmentCurve } from "./alignment-curve.ts";
import { type KernelStatements, type StatementWriter, tripleText } from "./kernel-statements.ts";

/** Curves are read once: a bridge hangs hundreds of parts on one. */
class Curves {
  readonly #known = new Map<number, AlignmentCurve | null>();

  constructor(
    private readonly file: KernelStatements,
    private readonly angleRad: number,
  ) {}

  of(id: number | null): AlignmentCurve | null {
    if (id === null) return null;
    let curve = this.#known.get(id);
    if (curve === undefined) {
      curve = readAlignmentCurve(this.file, id, this.angleRad);
      this.#known.set(id, curve);
    }
    return curve;
  }
}

/**
 * Places along a way become plain places. Lengthwise offsets run along the way, lateral ones to the left of it, vertical
 * ones up (IFC4X3, IfcPointByDistanceExpression); without directions of its own a thing stands upright and faces along.
 * A Cartesian fallback that the file gives is believed.
 */
export function rewriteLinearPlacements(
  file: KernelStatements,
  writer: StatementWriter,
  angleRad: number,
): void {
  const curves = new Curves(file, angleRad);
  for (const statement of file.index.statementsOf("IFCLINEARPLACEMENT")) {
    const id = file.index.ids[statement]!;
    const placement = file.line(id);
    if (!placement) continue;
    const parent = refOf(placement.PlacementRelTo);
    const head = `#${id}=IFCLOCALPLACEMENT(${parent === null ? "$" : `#${parent}`},`;
    const fallback = refOf(placement.CartesianPosition);
    if (fallback !== null) writer.replace(statement, `${head}#${fallback});\n`);
    else {
      const axes = axesText(file, writer, curves, file.line(refOf(placement.RelativePlacement)));
      if (axes) writer.replace(statement, `${head}#${axes.id});\n${axes.text}`);
    }
  }
}

function axesText(
  file: KernelStatements,
  writer: StatementWriter,
  curves: Curves,
  linear: IfcLine | null,
): { readonly id: number; readonly text: string } | null {
  const point = file.line(refOf(linear?.Location));
  const curve = curves.of(refOf(point?.BasisCurve));
  if (!linear || !point || !curve) return null;
  const at = curve.at(numberOf(point.DistanceAlong) ?? 0);
  const [along, left, up] = [point.OffsetLongitudinal, point.OffsetLateral, point.OffsetVertical].map(
    (offset) => numberOf(offset) ?? 0,
  ) as [number, number, number];
  const [c, s] = [Math.cos(at.heading), Math.sin(at.heading)];
  const location = [at.x + c * along - s * left, at.y + s * along + c * left, at.z + up + at.slope * along];
  const z = directionOf(file, linear.Axis) ?? [0, 0, 1];
  const x = directionOf(file, linear.RefDirection) ?? [c, s, 0];
  const [axes, origin, axis, ref] = [writer.newId(), writer.newId(), writer.newId(), writer.newId()];
  const text = [
    `#${axes}=IFCAXIS2PLACEMENT3D(#${origin},#${axis},#${ref});`,
    `#${origin}=IFCCARTESIANPOINT(${tripleText(location)});`,
    `#${axis}=IFCDIRECTION(${tripleText(z)});`,
    `#${ref}=IFCDIRECTION(${tripleText(x)});`,
  ];
  return { id: axes, text: `${text.join("\n")}\n` };
}

function directionOf(file: KernelStatements, reference: unknown): number[] | null {
  const ratios = numbersOf(file.line(refOf(reference))?.DirectionRatios);
  return ratios.length === 3 && Math.hypot(...ratios) > 0 ? ratios : null;
}
