import { TwinError } from "../base/errors.ts";
import type { BuildingIndex } from "../domain/building-index.ts";
import { decodeBuildingIndex } from "../domain/building-index-codec.ts";
import { type BaseMapData, parseBaseMap } from "./base-map-data.ts";
import { createGroundShade, type GroundShade } from "./ground-shade.ts";

/** What lies beside a city's tileset. */
export interface CityFiles {
  readonly base: BaseMapData;
  readonly index: BuildingIndex | null;
  readonly shade: GroundShade | null;
}

interface Origin {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

async function loadBase(url: string, origin: Origin): Promise<BaseMapData> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new TwinError(
      "basemap.base-missing",
      `The city's base map ${url} cannot be reached.`,
      { url },
      cause,
    );
  }
  if (!response.ok)
    throw new TwinError(
      "basemap.base-missing",
      `The city's base map ${url} is missing (HTTP ${response.status}).`,
      {
        url,
      },
    );
  try {
    return parseBaseMap(await response.json(), origin);
  } catch (cause) {
    if (cause instanceof TwinError) throw cause;
    throw new TwinError(
      "basemap.base-damaged",
      `The city's base map ${url} is not readable JSON.`,
      { url },
      cause,
    );
  }
}

/** A city without an index still has its map: only the buildings' shade is missing. */
async function loadIndex(url: string): Promise<BuildingIndex | null> {
  try {
    const response = await fetch(url);
    return response.ok ? decodeBuildingIndex(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** Loads `base.json` and `index.bin` of the folder. Rejects with `basemap.base-missing` or `basemap.base-damaged`. */
export async function loadCityFiles(folderUrl: string, origin: Origin): Promise<CityFiles> {
  const folder = folderUrl.replace(/\/?$/, "/");
  const [base, index] = await Promise.all([
    loadBase(`${folder}base.json`, origin),
    loadIndex(`${folder}index.bin`),
  ]);
  return { base, index, shade: index && createGroundShade(index, base) };
}
