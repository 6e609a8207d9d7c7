import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { buildingIdOfRow, rowOfBuildingId } from "../../src/domain/building-index-codec.ts";
import { distanceM } from "./area-search.ts";
import type { LonLatPlace } from "./contract.ts";

/** A sensor on a wall or at the kerb belongs to the building beside it. */
const BESIDE_M = 15;
const NEAR_DEG = 0.003;

/** Row of the building whose footprint, taken as a circle of its area, is nearest and within 15 m; -1 where none is. */
export function rowAt(index: BuildingIndex, { longitudeDeg, latitudeDeg }: LonLatPlace): number {
  let [best, nearest] = [-1, BESIDE_M];
  for (let row = 0; row < index.count; row++) {
    const [lon, lat] = [index.longitudeDeg[row]!, index.latitudeDeg[row]!];
    if (Math.abs(lat - latitudeDeg) > NEAR_DEG || Math.abs(lon - longitudeDeg) > NEAR_DEG) continue;
    const gap =
      distanceM(lon, lat, longitudeDeg, latitudeDeg) - Math.sqrt(index.footprintArea[row]! / Math.PI);
    if (gap <= nearest) [best, nearest] = [row, gap];
  }
  return best;
}

/**
 * Rows whose name, id or district contains the text, at most `limit`: an exact id alone, then names (those that begin with the
 * text first), then ids, then districts. Letter case does not matter.
 */
export function findBuildings(index: BuildingIndex, text: string, limit: number): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "" || limit <= 0) return [];
  const exact = rowOfBuildingId(index, text.trim().toUpperCase());
  const exactAsWritten = exact >= 0 ? exact : rowOfBuildingId(index, text.trim());
  if (exactAsWritten >= 0) return [exactAsWritten];
  const found = new Set<number>();
  const named = Object.entries(index.names)
    .map(([row, name]) => ({ row: Number(row), at: name.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || a.row - b.row);
  for (const { row } of named) if (found.size < limit) found.add(row);
  for (let row = 0; row < index.count && found.size < limit; row++)
    if (buildingIdOfRow(index, row).toLowerCase().includes(wanted)) found.add(row);
  const districts = index.districts.map((district) => district.toLowerCase().includes(wanted));
  if (districts.includes(true))
    for (let row = 0; row < index.count && found.size < limit; row++)
      if (districts[index.district[row]!]) found.add(row);
  return [...found];
}
