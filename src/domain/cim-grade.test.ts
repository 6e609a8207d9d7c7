import { describe, expect, it } from "vitest";
import { gradeOfModel, gradeShortfall, gradesInView } from "./cim-grade.ts";
import type { Layer } from "./layer.ts";
import type { ModelEntry } from "./model.ts";

const layer = (part: Partial<Layer>): Layer => ({
  id: "a",
  kind: "data",
  title: { zh: "甲", en: "A" },
  visible: true,
  opacity: 1,
  status: "ready",
  provenance: { kind: "SAMPLE", source: "s" },
  removable: true,
  ...part,
});
const model = (byClass: Record<string, number>, elements: number, storeys = 1) =>
  ({
    name: "楼",
    visible: true,
    placement: "placed",
    counts: { elements, triangles: 0, withoutGeometry: 0, byClass },
    storeys: Array.from({ length: storeys }, () => ({})),
  }) as unknown as ModelEntry;

describe("CIM grades", () => {
  it("follow a model's content", () => {
    expect(gradeOfModel(model({}, 0, 0)).grade).toBe(4);
    expect(gradeOfModel(model({ IfcWall: 5 }, 5)).grade).toBe(5);
    expect(gradeOfModel(model({ IfcWall: 90, IfcDoor: 9, IfcSlab: 9 }, 108)).grade).toBe(6);
    const parts = { IfcMechanicalFastener: 400, IfcPipeFitting: 30, IfcWall: 9 };
    expect(gradeOfModel(model(parts, 439)).grade).toBe(7);
  });

  it("a layer that claims more than it holds is told with the reason", () => {
    const map = { origin: "catalogue", service: "geojson", grade: 4 } as const;
    expect(gradeShortfall(layer({ map }))?.reached).toMatchObject({ grade: 2 });
    expect(gradeShortfall(layer({ map: { ...map, grade: 2 } }))).toBeNull();
    expect(gradeShortfall(layer({ map, status: "loading" }))).toBeNull();
    expect(
      gradeShortfall(layer({ kind: "map", map: { ...map, service: "wms", grade: 2 } }))?.reached.grade,
    ).toBe(1);
  });

  it("only what is shown and near counts", () => {
    const layers = [layer({ kind: "city", id: "c" }), layer({ visible: false })];
    const held = gradesInView(layers, [model({ IfcWall: 5 }, 5)], () => false);
    expect(held.map((one) => one.length > 0)).toEqual([true, false, true, false, false, false, false]);
    expect(gradesInView(layers, [model({ IfcWall: 5 }, 5)], () => true)[4]).toHaveLength(1);
  });
});
