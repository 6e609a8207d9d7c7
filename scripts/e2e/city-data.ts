import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { buildingIdOfRow, decodeBuildingIndex } from "../../src/domain/building-index-codec.ts";
import { ROOT } from "../root.ts";

export interface KnownBuilding {
  readonly id: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
  readonly floors: number;
}

/** The building index that the page uses too, read from disk: what journeys compare with. */
export function readIndex(city: "shenyang" | "dalian"): BuildingIndex {
  return decodeBuildingIndex(new Uint8Array(readFileSync(join(ROOT, "tilesets", city, "index.bin"))));
}

/** The highest building: nothing stands in front of its top. */
export function tallest(index: BuildingIndex): KnownBuilding {
  let row = 0;
  for (let r = 1; r < index.count; r++) if (index.height[r]! > index.height[row]!) row = r;
  return {
    id: buildingIdOfRow(index, row),
    longitudeDeg: index.longitudeDeg[row]!,
    latitudeDeg: index.latitudeDeg[row]!,
    height: index.height[row]!,
    floors: index.floors[row]!,
  };
}
