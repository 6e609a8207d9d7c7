import { Cesium3DTileStyle } from "cesium";
import type { CityTheme } from "./contract.ts";
import { themeConditions } from "./theme-conditions.ts";
import type { TilesetEntry } from "./tilesets.ts";

/** Opacity for every tileset, and the theme for foreign ones; generated buildings are themed in their shader. */
export function styleFor(entry: TilesetEntry, theme: CityTheme | null): Cesium3DTileStyle | undefined {
  if (entry.request.role === "foreign" && !entry.header.hasFacade && theme)
    return new Cesium3DTileStyle({ color: { conditions: themeConditions(theme, entry.opacity) } });
  if (entry.opacity >= 1) return undefined;
  return new Cesium3DTileStyle({ color: `color('white', ${entry.opacity.toFixed(3)})` });
}
