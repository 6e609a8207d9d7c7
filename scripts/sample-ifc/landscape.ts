import type { BuildingModel } from "./building-model.ts";
import type { Container } from "./container.ts";
import { STOREYS, type StoreyPlan, type Vec2, type Vec3 } from "./plan.ts";
import type { ElementClass } from "./product-classes.ts";
import { type MappedShape, rectangle } from "./shapes.ts";

/** Forecourt with pools, trees and lamps; planted terraces on the podium and on the wings. */
export function addLandscape(model: BuildingModel): void {
  addForecourt(model);
  addTrees(model);
  addLamps(model);
  addTerraces(model);
}

function addForecourt(model: BuildingModel): void {
  const place = model.site;
  const building = rectangle(-46.9, -36.4, 46.9, 34.9);
  const flat = (
    name: string,
    outline: Vec2[],
    holes: Vec2[][],
    z: number,
    thickness: number,
    finish: GroundFinish,
  ) =>
    model.element({
      class: "IFCGEOGRAPHICELEMENT",
      name,
      objectType: name,
      in: place,
      at: [0, 0, 0],
      shape: model.shapes.solids(model.shapes.slab(outline, holes, z, thickness, finish)),
    });
  const pools = [rectangle(-44, -47.5, -19, -41), rectangle(19, -47.5, 44, -41)];
  flat("前广场铺装", rectangle(-60, -51, 60, -36.4), pools, 0, 0.1, "paving");
  flat("东侧绿地", rectangle(46.9, -36.4, 60, 50), [], 0, 0.12, "lawn");
  flat("西侧绿地", rectangle(-60, -36.4, -46.9, 50), [], 0, 0.12, "lawn");
  flat("北侧道路", rectangle(-46.9, 34.9, 46.9, 50), [], 0, 0.1, "pavingDark");
  flat("建筑基底", building, [rectangle(-43.8, -31.8, 43.8, 31.8)], -0.1, 0.12, "pavingDark");
  for (let x = -56; x <= 56; x += 8) {
    if (Math.abs(x) > 19 && Math.abs(x) < 44) continue;
    flat("铺装深色带", rectangle(x - 0.3, -51, x + 0.3, -38.6), [], 0.1, 0.006, "pavingDark");
  }
  for (const side of [-1, 1]) {
    const [x0, x1] = side === 1 ? [19, 44] : [-44, -19];
    flat("镜面水池", rectangle(x0 as number, -47.5, x1 as number, -41), [], -0.1, 0.14, "water");
    const rim = rectangle((x0 as number) - 0.4, -47.9, (x1 as number) + 0.4, -40.6);
    flat("水池压顶", rim, [rectangle(x0 as number, -47.5, x1 as number, -41)], 0, 0.4, "granite");
  }
}

type GroundFinish = "paving" | "pavingDark" | "lawn" | "water" | "granite";

/** An uneven egg, closed; wider below. */
function crown(height: number, radius: number, base: number): { corners: Vec3[]; triangles: Vec3[] } {
  const rings = 5;
  const around = 10;
  const corners: Vec3[] = [[0, 0, base]];
  for (let ring = 1; ring <= rings; ring++) {
    const latitude = (Math.PI * ring) / (rings + 1);
    const t = (1 - Math.cos(latitude)) / 2;
    const bulge = Math.sin(latitude) * radius * (1.12 - 0.3 * t);
    for (let i = 0; i < around; i++) {
      const angle = ((i + (ring % 2) / 2) / around) * 2 * Math.PI;
      const uneven = 1 + 0.09 * Math.sin(i * 2.4 + ring * 1.7);
      corners.push([Math.cos(angle) * bulge * uneven, Math.sin(angle) * bulge * uneven, base + height * t]);
    }
  }
  corners.push([0, 0, base + height]);
  const top = corners.length - 1;
  const triangles: Vec3[] = [];
  const at = (ring: number, i: number) => 1 + (ring - 1) * around + (i % around);
  for (let i = 0; i < around; i++) {
    triangles.push([0, at(1, i + 1), at(1, i)], [top, at(rings, i), at(rings, i + 1)]);
    for (let ring = 1; ring < rings; ring++) {
      const shift = ring % 2;
      triangles.push(
        [at(ring, i), at(ring, i + 1), at(ring + 1, i + shift)],
        [at(ring + 1, i), at(ring, i + (1 - shift)), at(ring + 1, i + 1)],
      );
    }
  }
  return { corners, triangles };
}

function treeShape(model: BuildingModel, size: "tall" | "small"): MappedShape {
  const [height, radius, base] = size === "tall" ? [6.2, 2.5, 2.1] : [2.6, 1.3, 0.7];
  return model.shapes.mapped(`tree/${size}`, () => {
    const { corners, triangles } = crown(height as number, radius as number, base as number);
    return model.shapes.tessellation(
      model.shapes.mesh(corners, triangles, size === "tall" ? "leaf" : "leafLight"),
      model.shapes.mesh(...trunk(base as number, size === "tall" ? 0.2 : 0.09), "bark"),
    );
  });
}

function trunk(base: number, radius: number): [Vec3[], Vec3[]] {
  const top = base + 1;
  const corners: Vec3[] = [];
  for (const z of [0, top])
    for (let i = 0; i < 6; i++)
      corners.push([Math.cos((i * Math.PI) / 3) * radius, Math.sin((i * Math.PI) / 3) * radius, z]);
  const triangles: Vec3[] = [];
  for (let i = 0; i < 6; i++) {
    const next = (i + 1) % 6;
    triangles.push([i, next, next + 6], [i, next + 6, i + 6]);
    if (i > 0 && i < 5) triangles.push([0, i + 1, i], [6, 6 + i, 7 + i]);
  }
  return [corners, triangles];
}

function addTrees(model: BuildingModel): void {
  const tall = treeShape(model, "tall");
  const places: Vec2[] = [];
  for (const side of [-1, 1]) {
    for (let y = -32; y <= 44; y += 7.6) places.push([side * 56, y], [side * 50.5, y + 3.2]);
    for (let x = 20; x <= 56; x += 6) places.push([side * x, -49.3]);
  }
  for (let x = -42; x <= 42; x += 8.4) places.push([x, 47.5]);
  places.forEach(([x, y], i) => {
    plant(model, model.site, "国槐", tall, [x, y, 0.1], i * 67);
  });
}

function plant(
  model: BuildingModel,
  place: Container,
  name: string,
  shape: MappedShape,
  at: Vec3,
  turnDeg: number,
): void {
  model.element({
    class: "IFCGEOGRAPHICELEMENT",
    name,
    objectType: "乔木",
    in: place,
    at,
    turnDeg: turnDeg % 360,
    shape,
  });
}

function addLamps(model: BuildingModel): void {
  const lamp = model.shapes.mapped("street-lamp", () =>
    model.shapes.solids(
      model.shapes.cylinder([0, 0, 0], 0.07, 4.6, "bronze"),
      model.shapes.box([-0.16, -0.16, 4.6], [0.16, 0.16, 5.1], "light"),
    ),
  );
  const bollard = model.shapes.mapped("bollard", () =>
    model.shapes.solids(model.shapes.cylinder([0, 0, 0], 0.12, 0.8, "steel")),
  );
  const stand = (elementClass: ElementClass, name: string, shape: MappedShape, at: Vec3) =>
    model.element({
      class: elementClass,
      name,
      objectType: name,
      in: model.site,
      at,
      shape,
      ...(elementClass === "IFCLIGHTFIXTURE" ? { system: "照明系统" } : {}),
    });
  for (let x = -56; x <= 56; x += 14) {
    stand("IFCLIGHTFIXTURE", "庭院灯", lamp, [x, -39.6, 0.1]);
    stand("IFCLIGHTFIXTURE", "庭院灯", lamp, [x, 36.8, 0.1]);
  }
  for (let x = -15; x <= 15; x += 2) stand("IFCBUILDINGELEMENTPROXY", "防撞柱", bollard, [x, -50.3, 0.1]);
  const pole = model.shapes.mapped("flagpole", () =>
    model.shapes.solids(
      model.shapes.box([-0.9, -0.9, 0], [0.9, 0.9, 0.5], "granite"),
      model.shapes.cylinder([0, 0, 0.5], 0.09, 14, "steel"),
    ),
  );
  for (const x of [-3, 0, 3]) stand("IFCBUILDINGELEMENTPROXY", "旗杆", pole, [x, -47.5, 0.1]);
}

/** Lawns, hedges and small trees on the podium roof and on the roofs of the wings. */
function addTerraces(model: BuildingModel): void {
  const podium = model.storey(STOREYS[3] as StoreyPlan);
  const wing = model.storey(STOREYS[8] as StoreyPlan);
  const bed = (place: Container, name: string, x0: number, y0: number, x1: number, y1: number) =>
    model.element({
      class: "IFCGEOGRAPHICELEMENT",
      name,
      objectType: "屋顶绿化",
      in: place,
      at: [0, 0, 0],
      shape: model.shapes.solids(
        model.shapes.box([x0, y0, 0], [x1, y1, 0.35], "travertineDark"),
        model.shapes.box([x0 + 0.2, y0 + 0.2, 0.35], [x1 - 0.2, y1 - 0.2, 0.5], "leafLight"),
      ),
    });
  const small = treeShape(model, "small");
  for (const side of [-1, 1]) {
    const [a, b] = [side === 1 ? 15.5 : -41, side === 1 ? 41 : -15.5];
    bed(podium, "裙房屋顶花园", a, -29.5, b, -22);
    bed(podium, "裙房屋顶花园", a, -17.5, b, -10);
    for (let i = 0; i < 5; i++) {
      plant(model, podium, "紫叶李", small, [a + 2.5 + i * 5.1, -25.7, 0.45], i * 71);
      plant(model, podium, "紫叶李", small, [a + 2.5 + i * 5.1, -13.7, 0.45], i * 53 + 20);
    }
    const [c, d] = [side === 1 ? 24.5 : -33.5, side === 1 ? 33.5 : -24.5];
    bed(wing, "翼楼屋顶花园", c, 2.5, d, 9);
    bed(wing, "翼楼屋顶花园", c, 15, d, 21.5);
    for (let i = 0; i < 3; i++) plant(model, wing, "紫叶李", small, [c + 1.6 + i * 2.9, 5.7, 0.45], i * 49);
  }
  bed(podium, "裙房屋顶花园", -40, 27, 40, 30);
  const paving = model.shapes.solids(
    model.shapes.slab(
      rectangle(-43.5, -31.5, 43.5, 31.5),
      [rectangle(-36.2, -24.4, 36.2, 24.4)],
      0,
      0.1,
      "paving",
    ),
    model.shapes.slab(
      rectangle(-36.2, -24.4, 36.2, -0.4),
      [rectangle(-12.4, -24.3, 12.4, -7.6)],
      0,
      0.1,
      "paving",
    ),
  );
  model.element({
    class: "IFCCOVERING",
    name: "裙房屋面铺装",
    in: podium,
    at: [0, 0, 0],
    shape: paving,
    predefined: "FLOORING",
    material: "paving",
  });
}
