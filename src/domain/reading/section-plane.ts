/** A plane that cuts the model away on one side. Model frame: east, north, up; metres. */
export interface SectionPlane {
  /** Length 1; points to what is cut away. */
  readonly normal: readonly [number, number, number];
  /** Of the plane along its normal, from the model's origin. */
  readonly offset: number;
}

export type SectionAxis = "east" | "north" | "up";

/** What a section box keeps. */
export interface SectionBox {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

/** More planes than this are refused: shaders are written for so many. */
export const MAX_PLANES = 18;

const AXES: readonly SectionAxis[] = ["east", "north", "up"];
const EXACT = 1 - 1e-6;

/** Keeps what lies before the offset along the axis; `flipped` what lies beyond. */
export function axisPlane(axis: SectionAxis, offset: number, flipped: boolean): SectionPlane {
  const sign = flipped ? -1 : 1;
  const normal: [number, number, number] = [0, 0, 0];
  normal[AXES.indexOf(axis)] = sign;
  return { normal, offset: sign * offset };
}

/** The axis that a plane is square to, where it is and whether it is flipped; null for a slanting plane. */
export function axisOf(plane: SectionPlane): { axis: SectionAxis; offset: number; flipped: boolean } | null {
  const at = plane.normal.findIndex((part) => Math.abs(part) > EXACT);
  const axis = AXES[at];
  if (!axis) return null;
  const flipped = plane.normal[at]! < 0;
  return { axis, offset: flipped ? -plane.offset : plane.offset, flipped };
}

export function flipped({ normal: [x, y, z], offset }: SectionPlane): SectionPlane {
  return { normal: [-x, -y, -z], offset: -offset };
}

/** The one plane of the bar over the close-up. */
export interface BarSection {
  readonly axis: SectionAxis;
  /** Metres along the axis, model frame. */
  readonly offset: number;
  readonly flipped: boolean;
}

/** All that cuts a model, in the order in which it is kept where there are too many: the bar's plane, a plan's, single ones, a box. */
export function cuttingPlanes(
  section: BarSection | null,
  planes: readonly SectionPlane[],
  box: SectionBox | null,
  planCut: number | null = null,
): readonly SectionPlane[] {
  const own = section ? [axisPlane(section.axis, section.offset, section.flipped)] : [];
  const plan = planCut === null ? [] : [axisPlane("up", planCut, false)];
  return [...own, ...plan, ...planes, ...(box ? boxPlanes(box) : [])].slice(0, MAX_PLANES);
}

/** How far a plane may travel through the box: offsets along its normal. */
export function travelOf(normal: SectionPlane["normal"], { min, max }: SectionBox): [number, number] {
  let [low, high] = [0, 0];
  normal.forEach((part, axis) => {
    const [a, b] = [part * min[axis]!, part * max[axis]!];
    low += Math.min(a, b);
    high += Math.max(a, b);
  });
  return [low, high];
}

/** The six planes that keep a box. */
export function boxPlanes({ min, max }: SectionBox): SectionPlane[] {
  return AXES.flatMap((axis, at) => [axisPlane(axis, min[at]!, true), axisPlane(axis, max[at]!, false)]);
}
