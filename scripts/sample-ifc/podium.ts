import type { BuildingModel } from "./building-model.ts";
import type { Container } from "./container.ts";
import { flightShape } from "./cores.ts";
import { facadeRun, onRun } from "./facade-run.ts";
import { addCurtainWall, addStoneFacade } from "./facades.ts";
import type { Finish } from "./finishes.ts";
import { GROUND_Z, PODIUM, STOREYS, type StoreyPlan, type Vec2, type Vec3 } from "./plan.ts";
import { flightTail } from "./product-classes.ts";
import { rectangle } from "./shapes.ts";
import { addDoor } from "./walls.ts";

const X = PODIUM.x;

/** The three lower storeys: portico, glass hall, stone sides, cornice, canopy and front steps. */
export function addPodium(model: BuildingModel): void {
  STOREYS.slice(0, 3).forEach((plan, index) => {
    const place = model.storey(plan);
    addStoneSides(model, place, plan, index);
    addGlassFront(model, place, plan, index);
    addReturnWalls(model, place, plan);
  });
  addPortico(model);
  addCornice(model);
  addCanopy(model);
  addFrontSteps(model);
}

function addStoneSides(model: BuildingModel, place: Container, plan: StoreyPlan, index: number): void {
  const options = {
    height: plan.height,
    pier: 1.1,
    spandrel: index === 0 ? 0.6 : 0.9,
    lintel: index === 2 ? 1.8 : 0.5,
  };
  const { south, north } = PODIUM;
  addStoneFacade(model, place, facadeRun([X, south], [X, north]), { ...options, modules: 16 });
  addStoneFacade(model, place, facadeRun([-X, north], [-X, south]), { ...options, modules: 16 });
  addStoneFacade(model, place, facadeRun([X, north], [-X, north]), { ...options, modules: 22 });
  addStoneFacade(model, place, facadeRun([-X, south], [-36, south]), { ...options, modules: 2 });
  addStoneFacade(model, place, facadeRun([36, south], [X, south]), { ...options, modules: 2 });
}

function addGlassFront(model: BuildingModel, place: Container, plan: StoreyPlan, index: number): void {
  const y = PODIUM.glassSouth;
  const common = { fin: 0.22, height: plan.height, glass: "glassClear" as const };
  if (index > 0) {
    const run = facadeRun([-35.5, y], [35.5, y]);
    addCurtainWall(model, place, run, {
      ...common,
      name: `${plan.name}南立面幕墙`,
      modules: 36,
      spandrel: 0.5,
    });
    return;
  }
  const west = facadeRun([-35.5, y], [-6, y]);
  const east = facadeRun([6, y], [35.5, y]);
  addCurtainWall(model, place, west, { ...common, name: "一层南立面幕墙 西", modules: 15, spandrel: 0 });
  addCurtainWall(model, place, east, { ...common, name: "一层南立面幕墙 东", modules: 15, spandrel: 0 });
  const entrance = facadeRun([-6, y], [6, y]);
  const above = { ...common, height: plan.height - 2.85, z: 2.85, modules: 6, spandrel: 0 };
  addCurtainWall(model, place, entrance, { ...above, name: "主入口上部幕墙" });
  for (let i = 0; i < 5; i++) addDoor(model, place, "ZD2428", onRun(entrance, 1.2 + i * 2.4, 0, 0), 0);
}

/** Solid stone cheeks at both ends of the portico. */
function addReturnWalls(model: BuildingModel, place: Container, plan: StoreyPlan): void {
  const shape = model.shapes.mapped(`portico-cheek/${plan.height}`, () =>
    model.shapes.solids(model.shapes.box([-0.45, 0, 0], [0.45, 5.2, plan.height], "travertine")),
  );
  for (const x of [-36, 36])
    model.element({
      class: "IFCWALL",
      name: "门廊侧墙",
      in: place,
      at: [x, PODIUM.south - 0.05, 0],
      shape,
      material: "travertine",
    });
}

function addPortico(model: BuildingModel): void {
  const place = model.storey(STOREYS[0] as StoreyPlan);
  const column = model.shapes.mapped("portico-column", () =>
    model.shapes.solids(
      model.shapes.box([-0.75, -0.75, 0], [0.75, 0.75, 0.35], "granite"),
      model.shapes.box([-0.55, -0.55, 0.35], [0.55, 0.55, 12.9], "travertine"),
      model.shapes.box([-0.68, -0.68, 12.9], [0.68, 0.68, 13.2], "travertine"),
    ),
  );
  for (const x of [-28, -20, -12, -4, 4, 12, 20, 28])
    model.element({
      class: "IFCCOLUMN",
      name: "门廊石材包柱",
      in: place,
      at: [x, PODIUM.south + 0.75, 0],
      shape: column,
      material: "travertine",
    });
  const top = model.storey(STOREYS[2] as StoreyPlan);
  const soffit = model.shapes.mapped("portico-soffit", () =>
    model.shapes.solids(
      ...[0, 1, 2, 3].map((i) =>
        model.shapes.box([-3.95, 0.1 + i * 1.15, 0], [3.95, 1.15 + i * 1.15, 0.08], "wood"),
      ),
    ),
  );
  for (let i = 0; i < 9; i++)
    model.element({
      class: "IFCCOVERING",
      name: "门廊木纹吊顶",
      in: top,
      at: [-32 + i * 8, PODIUM.south + 0.1, 3.06],
      shape: soffit,
      predefined: "CEILING",
      material: "wood",
    });
}

/** Frieze and cornice around the podium, pieces of one bay so that joints show. */
function addCornice(model: BuildingModel): void {
  const place = model.storey(STOREYS[3] as StoreyPlan);
  const { south, north } = PODIUM;
  const sides: [Vec2, Vec2][] = [
    [
      [-X - 0.4, south - 0.4],
      [X + 0.4, south - 0.4],
    ],
    [
      [X + 0.4, south - 0.4],
      [X + 0.4, north + 0.4],
    ],
    [
      [X + 0.4, north + 0.4],
      [-X - 0.4, north + 0.4],
    ],
    [
      [-X - 0.4, north + 0.4],
      [-X - 0.4, south - 0.4],
    ],
  ];
  for (const [from, to] of sides) {
    const run = facadeRun(from, to);
    const pieces = Math.round(run.length / 8);
    const length = run.length / pieces;
    const shape = model.shapes.mapped(`cornice/${length}`, () =>
      model.shapes.solids(
        model.shapes.box([0.008, 0, -1.8], [length - 0.008, 0.75, -0.1], "travertine"),
        model.shapes.box([-0.001, -0.75, -0.1], [length + 0.001, 0.75, 0.45], "metalWhite"),
        model.shapes.box([0.008, 0.1, 0.45], [length - 0.008, 0.5, 1.15], "travertine"),
      ),
    );
    for (let i = 0; i < pieces; i++)
      model.element({
        class: "IFCWALL",
        name: "裙房檐口女儿墙",
        in: place,
        at: onRun(run, i * length, 0, 0),
        turnDeg: run.turnDeg,
        shape,
        predefined: "PARAPET",
        material: "travertine",
      });
  }
  const corner = model.shapes.mapped("cornice-corner", () =>
    model.shapes.solids(model.shapes.box([-0.75, -0.75, -0.1], [0, 0, 0.45], "metalWhite")),
  );
  sides.forEach(([from], i) => {
    model.element({
      class: "IFCWALL",
      name: "裙房檐口转角",
      in: place,
      at: [from[0], from[1], 0],
      turnDeg: i * 90,
      shape: corner,
      predefined: "PARAPET",
      material: "metalWhite",
    });
  });
}

function addCanopy(model: BuildingModel): void {
  const place = model.storey(STOREYS[0] as StoreyPlan);
  const box = (from: Vec3, to: Vec3, finish: Finish) => model.shapes.box(from, to, finish);
  model.element({
    class: "IFCSLAB",
    name: "主入口雨篷",
    in: place,
    at: [0, 0, 5.2],
    shape: model.shapes.solids(
      box([-13, -41.5, 0.1], [13, -31.1, 0.55], "metalWhite"),
      box([-12.6, -41.1, 0], [12.6, -31.5, 0.1], "wood"),
      box([-13, -41.5, 0.55], [13, -41.3, 0.7], "champagne"),
    ),
    predefined: "ROOF",
    material: "metalWhite",
  });
  const column = model.shapes.mapped("canopy-column", () =>
    model.shapes.solids(
      model.shapes.cylinder([0, 0, GROUND_Z], 0.34, 0.5, "granite"),
      model.shapes.cylinder([0, 0, GROUND_Z + 0.5], 0.2, 5.3, "steel"),
    ),
  );
  for (const x of [-11, -3.8, 3.8, 11])
    model.element({
      class: "IFCCOLUMN",
      name: "雨篷钢柱",
      in: place,
      at: [x, -40, 0],
      shape: column,
      material: "steel",
    });
}

/** Base of the whole building with four broad steps and a ramp for wheelchairs. */
function addFrontSteps(model: BuildingModel): void {
  const place = model.storey(STOREYS[0] as StoreyPlan);
  const height = -GROUND_Z - 0.02;
  const outline: Vec2[] = rectangle(-47, -36.5, 47, 35);
  const inner = rectangle(-X + 0.2, PODIUM.south + 0.2, X - 0.2, PODIUM.north - 0.2);
  model.element({
    class: "IFCSLAB",
    name: "花岗岩台基",
    in: place,
    at: [0, 0, 0],
    shape: model.shapes.solids(
      model.shapes.slab(outline, [inner], GROUND_Z, height - 0.08, "granite"),
      model.shapes.slab(rectangle(-47.1, -36.6, 47.1, 35.1), [inner], -0.1, 0.08, "paving"),
    ),
    predefined: "BASESLAB",
    material: "granite",
  });
  const steps = model.assembly("IFCSTAIR", "主入口台阶", place, "STRAIGHT_RUN_STAIR");
  model.element({
    class: "IFCSTAIRFLIGHT",
    name: "花岗岩踏步",
    in: place,
    at: [0, -38.45, GROUND_Z],
    turnDeg: 90,
    shape: flightShape(model, 4, 0.145, 0.42, 36),
    tail: flightTail(4, 0.145, 0.42),
    partOf: steps,
    material: "granite",
  });
  const ramp = model.shapes.upright(
    [
      [0, 0],
      [7.2, 0],
      [7.2, height],
    ],
    [],
    1.6,
    "paving",
  );
  model.element({
    class: "IFCRAMP",
    name: "无障碍坡道 1:12",
    in: place,
    at: [31, -37.4, GROUND_Z],
    turnDeg: 180,
    shape: model.shapes.solids(ramp),
    material: "paving",
  });
}
