import { describe, expect, it } from "vitest";
import { type PropertyIndex, PropertyStore } from "./property-store.ts";

const ENTITIES: PropertyIndex["entities"] = {
  IFCWALL: { name: "IfcWall", attributes: ["GlobalId", "OwnerHistory", "Name", "Description"] },
  IFCPROPERTYSET: {
    name: "IfcPropertySet",
    attributes: ["GlobalId", "OwnerHistory", "Name", "Description", "HasProperties"],
  },
  IFCPROPERTYSINGLEVALUE: {
    name: "IfcPropertySingleValue",
    attributes: ["Name", "Description", "NominalValue", "Unit"],
  },
};
const INDEX: PropertyIndex = {
  units: { LENGTHUNIT: "mm" },
  entities: ENTITIES,
  shards: [
    [1, 5],
    [6, 9],
    [20, 30],
  ],
  definitions: [[4], [25]],
  types: [],
  materials: [],
  associations: [],
  materialsOfType: {},
};
const FILES: Readonly<Record<string, string>> = {
  "properties/index.json": JSON.stringify(INDEX),
  "properties/0.step": "#1=IFCWALL('',$,'W','outer');\n#4=IFCPROPERTYSET('',$,'Pset',$,(#7,#8,#99));",
  "properties/1.step":
    "#7=IFCPROPERTYSINGLEVALUE('Width',$,IFCLENGTHMEASURE(240.),$);#8=IFCPROPERTYSINGLEVALUE('Empty',$,$,$);",
  "properties/2.step": "#25=IFCPROPERTYSET('',$,'Circle',$,(#25));#26=IFCWALL('',$,$,$);",
};

function open(fails: Set<string> = new Set()) {
  const read: string[] = [];
  const store = PropertyStore.open(async (path) => {
    read.push(path);
    if (fails.delete(path)) throw new Error(`no ${path}`);
    return new TextEncoder().encode(FILES[path]).buffer as ArrayBuffer;
  });
  return { store, read };
}

const WALL = [
  { name: "Attributes", properties: [{ name: "Description", value: "outer" }] },
  {
    name: "Pset",
    properties: [
      { name: "Width", value: 240, unit: "mm" },
      { name: "Empty", value: null },
    ],
  },
];

describe("PropertyStore", () => {
  it("reads the shards that an element needs, each once", async () => {
    const { store, read } = open();
    expect(await (await store).setsOf(0, 1)).toEqual(WALL);
    expect(await (await store).setsOf(0, 1)).toEqual(WALL);
    expect(read).toEqual(["properties/index.json", "properties/0.step", "properties/1.step"]);
  });

  it("passes a failure on and tries again when asked again", async () => {
    const { store } = open(new Set(["properties/1.step"]));
    await expect((await store).setsOf(0, 1)).rejects.toThrow("no properties/1.step");
    expect(await (await store).setsOf(0, 1)).toEqual(WALL);
  });

  it("ends where statements refer to themselves", async () => {
    const { store } = open();
    expect(await (await store).setsOf(1, 26)).toEqual([]);
  });

  it("has nothing of a row that it does not know", async () => {
    const { store } = open();
    expect(await (await store).setsOf(9, 1234)).toEqual([]);
  });
});
