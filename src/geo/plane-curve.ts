/** A point of a plane curve, and the direction of travel there (radians, counter-clockwise from +x). */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

/** A stretch of a curve, by the distance travelled on it. */
export interface CurvePiece {
  readonly length: number;
  at(distance: number): CurvePoint;
}

/** Nodes and weights of Gauss and Legendre for five points on -1 to 1. */
const NODES = [0, 0.5384693101056831, -0.5384693101056831, 0.906179845938664, -0.906179845938664];
const WEIGHTS = [
  0.5688888888888889, 0.4786286704993665, 0.4786286704993665, 0.2369268850561891, 0.2369268850561891,
];
/** Radians by which the way may turn within a step of the integral. */
const TURN_OF_STEP = 0.5;
const MAX_STEPS = 400;

/**
 * A piece whose curvature changes evenly along its way: straight (0, 0), an arc (1/R, 0; positive turns left), a clothoid.
 * Headings are exact; positions by Gaussian quadrature, within a micrometre for a kilometre of road.
 *
 * @param curvature at the start, 1/m
 * @param sharpness change of the curvature for a metre of way, 1/m²
 */
export function evenPiece(start: CurvePoint, length: number, curvature: number, sharpness = 0): CurvePiece {
  const headingAt = (s: number) => start.heading + curvature * s + (sharpness * s * s) / 2;
  return {
    length,
    at(distance) {
      const turn = Math.abs(curvature * distance) + Math.abs((sharpness * distance * distance) / 2);
      const steps = Math.min(MAX_STEPS, Math.max(1, Math.ceil(turn / TURN_OF_STEP)));
      const h = distance / steps / 2;
      let [x, y] = [0, 0];
      for (let i = 0; i < steps; i++)
        for (const [k, node] of NODES.entries()) {
          const heading = headingAt(h * (2 * i + 1 + node));
          x += WEIGHTS[k]! * Math.cos(heading);
          y += WEIGHTS[k]! * Math.sin(heading);
        }
      return { x: start.x + x * h, y: start.y + y * h, heading: headingAt(distance) };
    },
  };
}

/** A piece whose ordinate is a polynomial of the abscissa; `distance` is taken along the abscissa. Lowest power first. */
export function polynomialPiece(
  start: CurvePoint,
  length: number,
  coefficients: readonly number[],
  from: number,
): CurvePiece {
  const value = (x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
  const slope = (x: number) => coefficients.reduceRight((sum, c, k) => sum * x + c * k, 0) / (x || 1);
  const slopeAt = (x: number) => (x === 0 ? (coefficients[1] ?? 0) : slope(x));
  const turn = start.heading - Math.atan(slopeAt(from));
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return {
    length,
    at(distance) {
      const x = from + distance;
      const [dx, dy] = [distance, value(x) - value(from)];
      return {
        x: start.x + c * dx - s * dy,
        y: start.y + s * dx + c * dy,
        heading: turn + Math.atan(slopeAt(x)),
      };
    },
  };
}

/** Pieces one after another; beyond the ends the outermost pieces go on. */
export function chainPieces(pieces: readonly CurvePiece[]): CurvePiece {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return {
    length,
    at(distance) {
      let rest = distance;
      for (const [i, piece] of pieces.entries()) {
        if (rest <= piece.length || i === pieces.length - 1) return piece.at(rest);
        rest -= piece.length;
      }
      return { x: 0, y: 0, heading: 0 };
    },
  };
}

/** Height of a profile (x: distance along the way, y: height) above a distance; its end heights beyond its ends. */
export function heightOnProfile(
  pieces: readonly CurvePiece[],
  distance: number,
): { readonly height: number; readonly slope: number } {
  const found = pieces.findLast((piece) => piece.at(0).x <= distance) ?? pieces[0];
  if (!found) return { height: 0, slope: 0 };
  let along = 0;
  for (let i = 0; i < 8; i++) {
    const at = found.at(along);
    along = Math.min(found.length, Math.max(0, along + (distance - at.x) / (Math.cos(at.heading) || 1)));
  }
  const { y, heading } = found.at(along);
  return { height: y, slope: Math.tan(heading) };
}
