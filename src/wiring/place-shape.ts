import type { IfcModel } from "../domain/model.ts";
import { convexHull } from "../geo/convex-hull.ts";

/** More corners of elements than this are thinned out: an outline needs no more. */
const MOST_ELEMENTS = 40_000;

/** What of a model is drawn and turned about when its place is examined. Model frame, metres. */
export interface PlaceShape {
  /** Outline seen from above, counter-clockwise. */
  readonly hull: readonly (readonly [number, number])[];
  readonly middle: readonly [number, number];
}

/** The outline of all elements' boxes from above. */
export function shapeOfModel({ elements, box }: Pick<IfcModel, "elements" | "box">): PlaceShape {
  const step = 6 * Math.max(1, Math.ceil(elements.box.length / 6 / MOST_ELEMENTS));
  const corners: number[] = [];
  for (let at = 0; at + 5 < elements.box.length; at += step) {
    const [minE, minN, , maxE, maxN] = elements.box.slice(at, at + 6) as [
      number,
      number,
      number,
      number,
      number,
    ];
    corners.push(minE, minN, maxE, minN, maxE, maxN, minE, maxN);
  }
  const hull = convexHull(corners);
  const middle = [(box.min[0] + box.max[0]) / 2, (box.min[1] + box.max[1]) / 2] as const;
  if (hull.length >= 3) return { hull, middle };
  const [x, y] = middle;
  return {
    hull: [
      [x - 1, y - 1],
      [x + 1, y - 1],
      [x + 1, y + 1],
      [x - 1, y + 1],
    ],
    middle,
  };
}
