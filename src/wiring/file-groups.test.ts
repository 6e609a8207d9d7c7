import { describe, expect, it } from "vitest";
import { groupFiles } from "./file-groups.ts";

const named = (...names: string[]) => names.map((name) => new File([], name));
const names = (groups: readonly (readonly File[])[]) => groups.map((group) => group.map(({ name }) => name));

describe("files dropped together", () => {
  it("are one shapefile with its parts, whatever their order and case", () => {
    const files = named("roads.DBF", "roads.shp", "roads.prj", "roads.shp.xml", "other.dbf", "a.kml");
    expect(names(groupFiles(files))).toEqual([
      ["roads.shp", "roads.DBF", "roads.prj", "roads.shp.xml"],
      ["other.dbf"],
      ["a.kml"],
    ]);
  });

  it("stay apart when they are not parts of one", () => {
    expect(names(groupFiles(named("a.shp", "b.shp", "b.dbf", "a.geojson")))).toEqual([
      ["a.shp"],
      ["b.shp", "b.dbf"],
      ["a.geojson"],
    ]);
  });
});
