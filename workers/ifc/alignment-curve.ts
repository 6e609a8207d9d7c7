import {
  type IfcLine,
  type LineSource,
  measureOf,
  numberOf,
  numbersOf,
  refOf,
  refsOf,
} from "../../src/domain/ifc/ifc-values.ts";
import {
  type CurvePiece,
  type CurvePoint,
  chainPieces,
  evenPiece,
  heightOnProfile,
  polynomialPiece,
} from "../../src/geo/plane-curve.ts";

/** A way in space: plan and profile. Lengths in file units. */
export interface AlignmentCurve {
  readonly length: number;
  /** At a distance along the plan; `heading` in the plan, `slope` up for a unit of way. */
  at(distance: number): {
    readonly x: number;
    readonly y: number;
    readonly z: number;
    readonly heading: number;
    readonly slope: number;
  };
}

const MAX_PIECES = 20_000;

/** The curve of an alignment: gradient, segmented reference, composite, polyline; null for what is none of these. */
export function readAlignmentCurve(
  file: LineSource,
  id: number | null,
  angleRad: number,
  depth = 0,
): AlignmentCurve | null {
  const line = file.line(id);
  if (!line || depth > 4) return null;
  if (line.entity === "IFCGRADIENTCURVE") return readGradient(file, line, angleRad, depth);
  if (line.entity === "IFCSEGMENTEDREFERENCECURVE")
    return readAlignmentCurve(file, refOf(line.BaseCurve), angleRad, depth + 1);
  const plan = readPlan(file, line, angleRad);
  if (!plan || !(plan.length > 0)) return null;
  return {
    length: plan.length,
    at: (distance) => ({ ...plan.at(distance), z: plan.heightAt?.(distance) ?? 0, slope: 0 }),
  };
}

interface Plan extends CurvePiece {
  readonly heightAt?: (distance: number) => number;
}

function readGradient(
  file: LineSource,
  line: IfcLine,
  angleRad: number,
  depth: number,
): AlignmentCurve | null {
  const base = readAlignmentCurve(file, refOf(line.BaseCurve), angleRad, depth + 1);
  const profile = readPieces(file, line, angleRad);
  if (!base || profile.length === 0) return base;
  return {
    length: base.length,
    at(distance) {
      const { height, slope } = heightOnProfile(profile, distance);
      return { ...base.at(distance), z: height, slope };
    },
  };
}

function readPlan(file: LineSource, line: IfcLine, angleRad: number): Plan | null {
  if (line.entity === "IFCCOMPOSITECURVE") {
    const pieces = readPieces(file, line, angleRad);
    return pieces.length > 0 ? chainPieces(pieces) : null;
  }
  if (line.entity === "IFCPOLYLINE")
    return polyline(refsOf(line.Points).map((id) => numbersOf(file.line(id)?.Coordinates)));
  if (line.entity !== "IFCINDEXEDPOLYCURVE") return null;
  const list = file.line(refOf(line.Points))?.CoordList;
  return Array.isArray(list) ? polyline(list.map((point) => numbersOf(point))) : null;
}

function polyline(points: readonly (readonly number[])[]): Plan | null {
  const pieces: CurvePiece[] = [];
  const heights: { from: number; z: number }[] = [];
  let from = 0;
  for (let i = 0; i + 1 < points.length && i < MAX_PIECES; i++) {
    const [[x = 0, y = 0, z = 0], [u = 0, v = 0]] = [points[i]!, points[i + 1]!];
    const length = Math.hypot(u - x, v - y);
    heights.push({ from, z });
    if (length > 0) pieces.push(evenPiece({ x, y, heading: Math.atan2(v - y, u - x) }, length, 0));
    from += length;
  }
  heights.push({ from, z: points.at(-1)?.[2] ?? 0 });
  if (pieces.length === 0) return null;
  const heightAt = (distance: number) => {
    const next = heights.findIndex((one) => one.from > distance);
    if (next <= 0) return (next < 0 ? heights.at(-1) : heights[0])!.z;
    const [a, b] = [heights[next - 1]!, heights[next]!];
    return a.z + ((b.z - a.z) * (distance - a.from)) / (b.from - a.from);
  };
  return { ...chainPieces(pieces), heightAt };
}

function readPieces(file: LineSource, curve: IfcLine, angleRad: number): CurvePiece[] {
  const pieces: CurvePiece[] = [];
  for (const id of refsOf(curve.Segments).slice(0, MAX_PIECES)) {
    const segment = file.line(id);
    const piece = segment?.entity === "IFCCURVESEGMENT" ? readPiece(file, segment, angleRad) : null;
    if (piece && piece.length > 0) pieces.push(piece);
  }
  return pieces;
}

/** Where a segment begins, and in which direction. */
function startOf(file: LineSource, placement: IfcLine | null): CurvePoint | null {
  const [x, y] = numbersOf(file.line(refOf(placement?.Location))?.Coordinates);
  const [u = 1, v = 0] = numbersOf(file.line(refOf(placement?.RefDirection))?.DirectionRatios);
  return x === undefined || y === undefined ? null : { x, y, heading: Math.atan2(v, u) };
}

/**
 * A segment from its parent curve. Its place gives where it begins; of the parent only the curvature counts. Parameters of
 * lines and clothoids are lengths, those of circles angles, unless they say that they are lengths.
 */
function readPiece(file: LineSource, segment: IfcLine, angleRad: number): CurvePiece | null {
  const start = startOf(file, file.line(refOf(segment.Placement)));
  const parent = file.line(refOf(segment.ParentCurve));
  const [from, along] = [numberOf(segment.SegmentStart) ?? 0, numberOf(segment.SegmentLength) ?? 0];
  if (!start || !parent) return null;
  const [length, sign] = [Math.abs(along), Math.sign(along) || 1];
  const isLength = measureOf(segment.SegmentLength).includes("LENGTH");
  switch (parent.entity) {
    case "IFCLINE": {
      const magnitude = isLength ? 1 : (numberOf(file.line(refOf(parent.Dir))?.Magnitude) ?? 1);
      return evenPiece(start, length * magnitude, 0);
    }
    case "IFCPOLYLINE":
      return evenPiece(start, length, 0);
    case "IFCCIRCLE": {
      const radius = numberOf(parent.Radius) ?? 0;
      return radius > 0
        ? evenPiece(start, isLength ? length : length * angleRad * radius, sign / radius)
        : null;
    }
    case "IFCCLOTHOID": {
      const constant = numberOf(parent.ClothoidConstant) ?? 0;
      if (constant === 0) return null;
      // curvature of the clothoid at its own length u: u / (A |A|); travelled backwards it turns the other way
      const perLength = 1 / (constant * Math.abs(constant));
      return evenPiece(start, length, sign * from * perLength, perLength);
    }
    case "IFCPOLYNOMIALCURVE":
      return polynomialPiece(start, length, numbersOf(parent.CoefficientsY), from);
    default:
      return null;
  }
}
