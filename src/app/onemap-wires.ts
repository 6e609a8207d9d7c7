import { FeatureMaps } from "../wiring/feature-maps.ts";
import { wireGroundHover } from "../wiring/ground-hover.ts";
import type { JobLog } from "../wiring/job-log.ts";
import { OnemapDesk } from "../wiring/onemap-desk.ts";
import type { WireParts } from "../wiring/parts.ts";
import { askServiceLayers } from "../wiring/service-layers.ts";
import { wireBuildingFilter } from "../wiring/wire-building-filter.ts";
import type { DataWire } from "../wiring/wire-data.ts";
import type { LayerWire } from "../wiring/wire-layers.ts";
import { type MapWire, wireMaps } from "../wiring/wire-maps.ts";
import { wireRedLines } from "../wiring/wire-red-lines.ts";
import type { DataSource } from "../wiring/wire-selection.ts";
import { wireTable } from "../wiring/wire-table.ts";

interface Tools {
  readonly jobs: JobLog;
  readonly layers: LayerWire;
  readonly data: DataWire;
  readonly secret: (name: string) => string | undefined;
}

export type OneMap = ReturnType<typeof wireOneMap>;

/** The one map put together: catalogue and services, tables, red lines, places. */
export function wireOneMap(parts: WireParts, { jobs, layers, data, secret }: Tools) {
  const desk = new OnemapDesk(parts);
  const features = new FeatureMaps(parts, jobs);
  const maps: MapWire = wireMaps(parts, { layers, features, secret });
  const table = wireTable(parts, { onemap: desk, tableOf: (id) => features.table(id) ?? data.table(id) });
  wireGroundHover(parts, { features, entryOf: (id) => maps.entryOf(id) });
  // the catalogue's layers lie below files of the user's own
  const source: DataSource = {
    pick: async (place) => (await data.pick(place)) ?? features.pick(place),
    describe: async (id, feature) => (await features.describe(id, feature)) ?? data.describe(id, feature),
  };
  return {
    desk,
    maps,
    table,
    source,
    serviceLayers: askServiceLayers,
    ports: {
      showCatalogueMap: maps.showCatalogueMap.bind(maps),
      addMap: maps.addMap.bind(maps),
      setMapTime: maps.setMapTime.bind(maps),
      openTable: table.openTable.bind(table),
      queryTable: table.queryTable.bind(table),
      chartTable: table.chartTable.bind(table),
      exportTable: table.exportTable.bind(table),
      closeTable: table.closeTable.bind(table),
      ...wireRedLines(parts, desk),
      ...wireBuildingFilter(parts, desk),
    },
  };
}
