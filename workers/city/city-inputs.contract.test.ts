import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createSchemaCheck } from "../tiles/tileset-checks.ts";
import { buildInMemory, featuresOf, memorySource } from "./city-build.fixture.ts";
import type { CityOptions } from "./contract.ts";

/** Optional test data beside the repository. */
const DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const RD = { crs: "EPSG:28992" };

const INPUTS: readonly {
  readonly path: string;
  readonly features: number;
  readonly options?: Partial<CityOptions>;
}[] = [
  { path: "china/osm/shenyang_osm_buildings.geojson", features: 3076 },
  { path: "city/osm-like/nanshan-building.geojson", features: 10, options: { gcj02: true } },
  { path: "city/cityjson/3dbag_subset.json", features: 98 },
  { path: "city/cityjson/DH_01_subs.city.json", features: 9, options: RD },
  { path: "city/cityjson/cube.json", features: 1 },
  { path: "city/cityjson/delft.json", features: 570 },
  { path: "city/cityjson/japanese.city.json", features: 4 },
  { path: "city/cityjson/multi_lod.json", features: 10, options: RD },
  { path: "city/cityjson/rotterdam_subset.json", features: 16, options: RD },
  { path: "city/cityjson/zurich_subset_lod2.json", features: 161 },
  { path: "city/citygml/lod2_buildings_v3.gml", features: 100 },
  { path: "city/plateau/yokosuka-shi_bldg_52397519_bldg_6697_op.gml", features: 14 },
  { path: "city/plateau/numazu-shi_luse_523836_luse_6668_op.gml", features: 225 },
  { path: "city/plateau/numazu-shi_lsld_523857_lsld_6668_op.gml", features: 81 },
  { path: "city/plateau/numazu-shi_urf_523857_urf_6668_op.gml", features: 47 },
  { path: "city/plateau/tokyo23-ku_urf_533957_urf_6668_op.gml", features: 38 },
  { path: "city/plateau/numazu-shi_fld_52385721_fld_6697_l1_op.gml", features: 3 },
  { path: "city/plateau/numazu-shi_tnm_523855_tnm_6697_op.gml", features: 3 },
  { path: "city/plateau/yokosuka-shi_dem_523965_dem_6697_05_op.gml", features: 2 },
];

describe.runIf(existsSync(DATA))("sample inputs", () => {
  const schemas = join(DATA, "schemas/3dtiles-1.1");
  const check = existsSync(schemas) ? createSchemaCheck(schemas) : () => [];

  it.each(INPUTS)(
    "$path: $features features, clean before the validators",
    async ({ path, features, options }) => {
      const bytes = new Uint8Array(readFileSync(join(DATA, path)));
      const city = await buildInMemory([memorySource(path, bytes)], options);
      expect(city.complaints).toEqual([]);
      expect(check("tileset.schema.json", city.sink.json("tileset.json"))).toEqual([]);
      for (const { glb } of city.tiles) {
        const { schema, propertyTables } = glb.json.extensions.EXT_structural_metadata;
        expect(check("Schema/schema.schema.json", schema)).toEqual([]);
        for (const table of propertyTables)
          expect(check("PropertyTable/propertyTable.schema.json", table)).toEqual([]);
      }
      expect(city.summary).toMatchObject({ read: features, built: features, refused: 0 });
      expect(featuresOf(city).size).toBe(features);
    },
  );
});
