/**
 * The building in figures, metres. Frame of the plan: x along the street (east before the site's rotation), y to the
 * back (north), z up from the finished ground floor; the ground outside lies 0.6 m lower. A glazed civic portico faces
 * south; wings step back at the ninth storey, the glass centre rises to the twelfth between four stone pylons.
 */
export type Vec2 = readonly [number, number];
export type Vec3 = readonly [number, number, number];

export interface StoreyPlan {
  readonly code: string;
  readonly name: string;
  readonly elevation: number;
  readonly height: number;
}

export const GROUND_Z = -0.6;

export const PODIUM = { x: 44, south: -32, glassSouth: -27, north: 32 } as const;
export const TOWER = { south: 0, north: 24, centreX: 20, wingX: 36 } as const;
export const ATRIUM = { x0: -12, x1: 12, y0: -24, y1: -8 } as const;
/** Half width of the pylons about x = 20 and how far they stand before the glass. */
export const PYLON = { half: 2, before: 1.1 } as const;

export const GRID_X: readonly number[] = [-44, -36, -28, -20, -12, -4, 4, 12, 20, 28, 36, 44];
export const GRID_Y: readonly number[] = [-32, -24, -16, -8, 0, 8, 16, 24, 32];

/** Core of stairs and lifts, east side; the west one is its mirror image. */
export const CORE = {
  x0: 12,
  x1: 20,
  y0: 12.6,
  y1: 24,
  lifts: { x0: 12.3, x1: 17.4, y0: 12.9, y1: 15.2 },
  stair: { x0: 16.7, x1: 19.7, y0: 16.8, y1: 23.6 },
} as const;

export const CORRIDOR = { south: 10, north: 12.6 } as const;
export const SLAB = 0.22;

const CHINESE_NUMBERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
const HEIGHTS = [5.4, 4.8, 4.8, 4, 4, 4, 4, 4, 4, 4, 4, 4];

export const BASEMENT: StoreyPlan = { code: "B1", name: "地下一层", elevation: -5.1, height: 5.1 };

/** Storeys one to twelve; index 0 is 一层. */
export const STOREYS: readonly StoreyPlan[] = HEIGHTS.map((height, index) => ({
  code: `F${String(index + 1).padStart(2, "0")}`,
  name: `${CHINESE_NUMBERS[index]}层`,
  elevation: HEIGHTS.slice(0, index).reduce((sum, h) => sum + h, 0),
  height,
}));

export const ROOF: StoreyPlan = { code: "RF", name: "屋面", elevation: 51, height: 6 };

export const ALL_STOREYS: readonly StoreyPlan[] = [BASEMENT, ...STOREYS, ROOF];

export function storeyNumber(plan: StoreyPlan): number {
  return plan.code === "B1" ? -1 : plan.code === "RF" ? 13 : Number(plan.code.slice(1));
}

export function isPodium(plan: StoreyPlan): boolean {
  const number = storeyNumber(plan);
  return number >= 1 && number <= 3;
}

/** Half the width of the building above the podium at a storey: the wings end below the ninth. */
export function towerHalfWidth(plan: StoreyPlan): number {
  return storeyNumber(plan) <= 8 ? TOWER.wingX : TOWER.centreX;
}
