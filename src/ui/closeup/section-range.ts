import type { ModelEntry } from "../../domain/model.ts";

export type SectionAxis = "east" | "north" | "up";
export const SECTION_AXES: readonly SectionAxis[] = ["east", "north", "up"];

const COMPONENT: Readonly<Record<SectionAxis, 0 | 1 | 2>> = { east: 0, north: 1, up: 2 };

/** How far a section plane may travel: the model's box along the axis, metres in the model frame. */
export function sectionRange(
  box: ModelEntry["box"],
  axis: SectionAxis,
): { readonly min: number; readonly max: number } {
  const component = COMPONENT[axis];
  return { min: box.min[component], max: box.max[component] };
}

/** Where a new plane starts, rounded to 5 cm. */
export function sectionMiddle(box: ModelEntry["box"], axis: SectionAxis): number {
  const { min, max } = sectionRange(box, axis);
  return Math.round(((min + max) / 2) * 20) / 20;
}
