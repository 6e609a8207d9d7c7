import type { IfcModel } from "../model.ts";

/** Plans are cut as drawings are: through doors and windows. */
export const PLAN_CUT_M = 1.2;

const STANDING = /^Ifc(Wall|Column|Door|CurtainWall|Furn)/;

/**
 * The floor of a storey in the model frame: where most of what stands on it begins. Elevations as authored do not say it,
 * since they count from the building's own datum. Null for a storey without elements.
 */
export function floorOf({ elements }: Pick<IfcModel, "elements">, storey: number): number | null {
  const feet = (isWanted: (row: number) => boolean) =>
    elements.storey
      .flatMap((own, row) => (own === storey && isWanted(row) ? [elements.box[row * 6 + 2]!] : []))
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
  const standing = feet((row) => STANDING.test(elements.class[row] ?? ""));
  const all = standing.length > 0 ? standing : feet(() => true);
  return all[Math.floor(all.length / 2)] ?? null;
}

/** Metres up for each storey when they are pulled apart: the lowest stays. */
export function liftsOf(storeys: readonly { readonly elevation: number }[], gap: number): number[] {
  if (gap === 0) return [];
  const levels = [...new Set(storeys.map(({ elevation }) => elevation))].sort((a, b) => a - b);
  return storeys.map(({ elevation }) => levels.indexOf(elevation) * gap);
}
