import { showDataSource, showPrimitive, showTiles } from "./cesium-city.ts";
import { showFillExtrusion } from "./maplibre-city.ts";

const bench = { showTiles, showDataSource, showPrimitive, showFillExtrusion };

export type CityBench = typeof bench;

Object.assign(window, { bench });
