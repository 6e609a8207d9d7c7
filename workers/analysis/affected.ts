import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { buildingIdOfRow } from "../../src/domain/building-index-codec.ts";
import { BUILDING_USES } from "../../src/domain/city.ts";
import type { Provenance } from "../../src/domain/provenance.ts";
import type { AffectedBuilding, AffectedSummary } from "../../src/domain/scenario.ts";
import { residentsByHour } from "../../src/domain/time-of-day.ts";

const MAX_ROWS = 200;
export const SAMPLE_CITY: Provenance = {
  kind: "SAMPLE",
  source: { zh: "示范城市", en: "demonstration city" },
};

/**
 * Sums over all rows and lists the `limit` worst (200): the deepest under water, else the tallest; among equals the fullest.
 * `depth` has one value per entry of `rows`, metres; null where there is no water.
 */
export function summarize(
  index: BuildingIndex,
  rows: Uint32Array,
  depth: Float32Array | null,
  areaKm2: number,
  limit = MAX_ROWS,
): AffectedSummary {
  const day = new Float64Array(BUILDING_USES.length);
  const night = new Float64Array(BUILDING_USES.length);
  for (const row of rows) {
    const use = index.use[row]!;
    day[use]! += index.residentsDay[row]!;
    night[use]! += index.residentsNight[row]!;
  }
  return {
    buildings: rows.length,
    residentsDay: sum(day),
    residentsNight: sum(night),
    residentsByHour: residentsByHour(day, night),
    area: areaKm2,
    rows: worstFirst(index, rows, depth, limit).map((at) =>
      describeBuilding(index, rows[at]!, depth === null ? null : depth[at]!),
    ),
    provenance: SAMPLE_CITY,
  };
}

export function describeBuilding(index: BuildingIndex, row: number, depth: number | null): AffectedBuilding {
  return {
    buildingId: buildingIdOfRow(index, row),
    name: index.names[row] ?? "",
    use: index.use[row]!,
    height: round(index.height[row]!, 10),
    floors: index.floors[row]!,
    residentsDay: index.residentsDay[row]!,
    residentsNight: index.residentsNight[row]!,
    longitudeDeg: index.longitudeDeg[row]!,
    latitudeDeg: index.latitudeDeg[row]!,
    depth: depth === null ? null : round(depth, 100),
  };
}

/** Positions in `rows`. Only what reaches the last place is sorted with a comparator: 200 of 45 000 rows stay below 10 ms. */
function worstFirst(
  index: BuildingIndex,
  rows: Uint32Array,
  depth: Float32Array | null,
  limit: number,
): number[] {
  const keys = Float32Array.from(rows, (row, at) => (depth === null ? index.height[row]! : depth[at]!));
  const cut = keys.length > limit ? keys.slice().sort()[keys.length - limit]! : Number.NEGATIVE_INFINITY;
  const places: number[] = [];
  for (let at = 0; at < keys.length; at++) if (keys[at]! >= cut) places.push(at);
  const people = (at: number) => Math.max(index.residentsDay[rows[at]!]!, index.residentsNight[rows[at]!]!);
  return places.sort((a, b) => keys[b]! - keys[a]! || people(b) - people(a) || a - b).slice(0, limit);
}

const sum = (numbers: Float64Array): number => numbers.reduce((all, one) => all + one, 0);
const round = (value: number, parts: number): number => Math.round(value * parts) / parts;
