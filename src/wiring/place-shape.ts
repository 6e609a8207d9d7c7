import type { IfcModel } from "../domain/model.ts";

/** What of a model is drawn and turned about when its place is examined. Model frame, metres. */
export interface PlaceShape {
  /** Outline seen from above, counter-clockwise, three corners at least. */
  readonly hull: readonly (readonly [number, number])[];
  readonly middle: readonly [number, number];
}

/** Side of what stands for a model without an extent (m). */
const LEAST = 2;

/** The outline of a model and its middle. */
export function shapeOfModel({ evidence, box }: Pick<IfcModel, "evidence" | "box">): PlaceShape {
  const middle = [(box.min[0] + box.max[0]) / 2, (box.min[1] + box.max[1]) / 2] as const;
  if (evidence.outline.length >= 3) return { hull: evidence.outline, middle };
  const half = LEAST / 2;
  const corner = (x: number, y: number) => [middle[0] + x * half, middle[1] + y * half] as const;
  return { hull: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], middle };
}
