import {
  type IfcLine,
  type LineSource,
  numberOf,
  numbersOf,
  refOf,
} from "../../src/domain/ifc/ifc-values.ts";
import { type CurvePiece, chainPieces, evenPiece } from "../../src/geo/plane-curve.ts";
import type { AlignmentCurve } from "./alignment-curve.ts";

const MOST_SEGMENTS = 20_000;

interface Rise {
  /** Distance along the plan at which it begins, and how far it goes. */
  readonly from: number;
  readonly length: number;
  readonly height: number;
  /** Slopes at both ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * The curve of an alignment that has no geometry, only what its designer decided: horizontal segments, and vertical ones where there
 * are any. Curvature changes evenly within a segment, which is exact for lines, arcs and clothoids and near for other transitions;
 * heights follow a parabola, from which an arc of the usual slopes departs by millimetres. Lengths in file units.
 *
 * @param nested ids of the parts of an alignment, of a horizontal, of a vertical
 */
export function readSemanticAlignment(
  file: LineSource,
  nested: ReadonlyMap<number, readonly number[]>,
  alignment: number,
  angleRad: number,
): AlignmentCurve | null {
  const parts = nested.get(alignment) ?? [];
  const parametersOf = (entity: string): IfcLine[] =>
    parts
      .filter((part) => file.line(part)?.entity === entity)
      .flatMap((part) => nested.get(part) ?? [])
      .slice(0, MOST_SEGMENTS)
      .flatMap((segment) => file.line(refOf(file.line(segment)?.DesignParameters)) ?? []);
  const pieces = parametersOf("IFCALIGNMENTHORIZONTAL")
    .map((line) => pieceOf(file, line, angleRad))
    .filter((piece) => piece !== null);
  if (pieces.length === 0) return null;
  const plan = chainPieces(pieces);
  const rises = parametersOf("IFCALIGNMENTVERTICAL")
    .map(riseOf)
    .sort((a, b) => a.from - b.from);
  return { length: plan.length, at: (distance) => ({ ...plan.at(distance), ...heightAt(rises, distance) }) };
}

function pieceOf(file: LineSource, line: IfcLine, angleRad: number): CurvePiece | null {
  const [x, y] = numbersOf(file.line(refOf(line.StartPoint))?.Coordinates);
  const length = numberOf(line.SegmentLength) ?? 0;
  if (x === undefined || y === undefined || !(length > 0)) return null;
  const [first, last] = [curvatureOf(line.StartRadiusOfCurvature), curvatureOf(line.EndRadiusOfCurvature)];
  const heading = (numberOf(line.StartDirection) ?? 0) * angleRad;
  return evenPiece({ x, y, heading }, length, first, (last - first) / length);
}

/** A radius of nought stands for a straight. Positive turns left. */
function curvatureOf(radius: unknown): number {
  const value = numberOf(radius) ?? 0;
  return value === 0 ? 0 : 1 / value;
}

function riseOf(line: IfcLine): Rise {
  const start = numberOf(line.StartGradient) ?? 0;
  return {
    from: numberOf(line.StartDistAlong) ?? 0,
    length: numberOf(line.HorizontalLength) ?? 0,
    height: numberOf(line.StartHeight) ?? 0,
    start,
    end: numberOf(line.EndGradient) ?? start,
  };
}

/** The end heights beyond the ends. */
function heightAt(rises: readonly Rise[], distance: number): { z: number; slope: number } {
  const rise = rises.findLast(({ from }) => from <= distance) ?? rises[0];
  if (!rise) return { z: 0, slope: 0 };
  const { from, length, height, start, end } = rise;
  const along = Math.min(length, Math.max(0, distance - from));
  const bend = length > 0 ? (end - start) / length : 0;
  return { z: height + start * along + (bend * along * along) / 2, slope: start + bend * along };
}
