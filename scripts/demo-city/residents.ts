import type { BuildingUse } from "../../src/domain/city.ts";

/** Square metres of floor per person at day and at night; 0 is nobody. Sample figures, plausible in size only. */
const AREA_PER_PERSON: Readonly<Record<BuildingUse, readonly [day: number, night: number]>> = {
  residential: [92, 35],
  commercial: [34, 420],
  office: [21, 900],
  industrial: [95, 700],
  education: [12, 110],
  medical: [24, 62],
  public: [42, 1200],
  transport: [18, 90],
};

/** People in a building by day and by night, from its floor area. */
export function residentsOf(
  use: BuildingUse,
  footprint: number,
  floors: number,
): { day: number; night: number } {
  const [day, night] = AREA_PER_PERSON[use];
  const floorArea = footprint * floors * 0.86;
  return { day: Math.round(floorArea / day), night: Math.round(floorArea / night) };
}
