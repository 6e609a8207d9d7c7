import type { BuildingModel, Product } from "./building-model.ts";
import type { Container } from "./container.ts";
import { CORE, SLAB, type StoreyPlan, storeyNumber, type Vec2, type Vec3 } from "./plan.ts";
import { flightTail } from "./product-classes.ts";
import { enumeration } from "./step-writer.ts";
import { CORE_STOREYS } from "./structure.ts";
import { addWall, type WallDoor } from "./walls.ts";

type Side = 1 | -1;

const STAIR_WIDTH = 1.42;
const TREAD = 0.27;

/** Walls, lifts and stairs of both cores on every storey. */
export function addCores(model: BuildingModel): void {
  for (const side of [1, -1] as const)
    for (const plan of CORE_STOREYS) {
      addCoreWalls(model, plan, side);
      if (storeyNumber(plan) < 13) addCoreStair(model, plan, side);
    }
  for (const side of [1, -1] as const) addLiftCars(model, side);
}

function addCoreWalls(model: BuildingModel, plan: StoreyPlan, side: Side): void {
  const place = model.storey(plan);
  const isRoof = storeyNumber(plan) === 13;
  const height = isRoof ? 3.4 : plan.height - SLAB;
  const label = side === 1 ? "东核心筒" : "西核心筒";
  const wall = (name: string, from: Vec2, to: Vec2, doors: readonly WallDoor[] = [], thickness = 0.25) =>
    addWall(model, place, {
      name: `${label} ${name}`,
      from: [from[0] * side, from[1]],
      to: [to[0] * side, to[1]],
      height,
      thickness,
      finish: "plaster",
      doors,
      structural: true,
    });
  const { x0, x1, y0, y1, stair } = CORE;
  const back = y1 - 0.25;
  const liftDoors: WallDoor[] = isRoof
    ? []
    : [
        { mark: "DT1122", along: 1.5 },
        { mark: "DT1122", along: 4.1 },
      ];
  wall("前室墙", [x0, y0], [x1, y0], [...liftDoors, { mark: "FM乙1221", along: 6.7, asOpening: true }]);
  wall("外侧墙", [x1, y0], [x1, back]);
  wall("内侧墙", [x0, y0], [x0, back]);
  wall("后墙", [x0, back], [x1, back]);
  wall("梯井墙", [x0, 15.4], [17.5, 15.4]);
  wall("井道侧墙", [17.5, y0], [17.5, 15.4]);
  wall("楼梯间墙", [stair.x0 - 0.1, 16.65], [x1, 16.65], [{ mark: "FM甲1021", along: 2.4, asOpening: true }]);
  wall("楼梯间侧墙", [stair.x0 - 0.1, 16.65], [stair.x0 - 0.1, back]);
  if (!isRoof) {
    wall("卫生间墙", [x0, 16.65], [stair.x0 - 0.1, 16.65], [{ mark: "M1021", along: 3.4 }], 0.15);
    addSanitary(model, place, side);
  }
}

function addSanitary(model: BuildingModel, place: Container, side: Side): void {
  const shape = model.shapes.mapped("sanitary/pan", () =>
    model.shapes.solids(
      model.shapes.box([-0.19, -0.3, 0], [0.19, 0.2, 0.4], "plaster"),
      model.shapes.box([-0.22, 0.2, 0], [0.22, 0.38, 0.8], "plaster"),
    ),
  );
  for (let i = 0; i < 3; i++)
    model.element({
      class: "IFCSANITARYTERMINAL",
      name: "坐便器",
      in: place,
      at: [side * (12.8 + i * 1.1), 23.2, 0],
      shape,
      system: "给排水系统",
    });
}

/** Two flights about a half landing, from this storey to the next. */
function addCoreStair(model: BuildingModel, plan: StoreyPlan, side: Side): void {
  const place = model.storey(plan);
  const stair = model.assembly("IFCSTAIR", `${side === 1 ? "东" : "西"}疏散楼梯 ${plan.name}`, place);
  const risers = Math.round(plan.height / 0.155 / 2) * 2;
  const half = risers / 2;
  const rise = plan.height / risers;
  const run = (half - 1) * TREAD;
  const { x0, x1, y0, y1 } = CORE.stair;
  const startY = y1 - 1.35 - run;
  const lower = side === 1 ? x0 + STAIR_WIDTH / 2 : -x1 + STAIR_WIDTH / 2;
  const upper = side === 1 ? x1 - STAIR_WIDTH / 2 : -x0 - STAIR_WIDTH / 2;
  const shape = flightShape(model, half, rise, TREAD, STAIR_WIDTH);
  const flight = (name: string, x: number, y: number, z: number, turnDeg: number) =>
    model.element({
      class: "IFCSTAIRFLIGHT",
      name,
      in: place,
      at: [x, y, z],
      turnDeg,
      shape,
      tail: flightTail(half, rise, TREAD),
      partOf: stair,
      material: "concrete",
    });
  flight("下梯段", lower, startY, 0, 90);
  flight("上梯段", upper, startY + run, half * rise, -90);
  const landing = (name: string, from: number, to: number, z: number) =>
    model.element({
      class: "IFCSLAB",
      name,
      in: place,
      at: [0, 0, z - 0.16],
      shape: model.shapes.solids(
        model.shapes.box(
          [Math.min(side * x0, side * x1), from, 0],
          [Math.max(side * x0, side * x1), to, 0.16],
          "concrete",
        ),
      ),
      predefined: "LANDING",
      partOf: stair,
      material: "concrete",
    });
  landing("休息平台", startY + run, y1, half * rise);
  landing("楼层平台", y0, startY, plan.height);
  addStairRailing(model, place, stair, [lower, startY], half * rise, run);
}

function addStairRailing(
  model: BuildingModel,
  place: Container,
  stair: Product,
  [x, y]: Vec2,
  rise: number,
  run: number,
): void {
  const shape = model.shapes.mapped(`stair-rail/${rise.toFixed(3)}/${run.toFixed(3)}`, () => {
    const band = (z0: number, z1: number): Vec2[] => [
      [0, z0],
      [run, rise + z0],
      [run, rise + z1],
      [0, z1],
    ];
    return model.shapes.solids(
      model.shapes.upright(band(1, 1.06), [], 0.05, "steel"),
      model.shapes.upright(band(0.25, 0.29), [], 0.03, "steel"),
      model.shapes.upright(band(0.6, 0.64), [], 0.03, "steel"),
    );
  });
  model.element({
    class: "IFCRAILING",
    name: "楼梯栏杆",
    in: place,
    at: [x + STAIR_WIDTH / 2 + 0.06, y, 0],
    turnDeg: 90,
    shape,
    predefined: "HANDRAIL",
    partOf: stair,
    material: "steel",
  });
}

/** Steps with a sloping soffit, rising along local x, about its middle line. */
export function flightShape(
  model: BuildingModel,
  risers: number,
  rise: number,
  tread: number,
  width: number,
) {
  return model.shapes.mapped(`flight/${risers}/${rise.toFixed(4)}/${tread}/${width}`, () => {
    const outline: Vec2[] = [[0, 0]];
    for (let i = 0; i < risers; i++) {
      outline.push([i * tread, (i + 1) * rise]);
      if (i < risers - 1) outline.push([(i + 1) * tread, (i + 1) * rise]);
    }
    const top = (risers - 1) * tread;
    outline.push([top, (risers - 1) * rise - 0.16], [tread * 0.7, 0]);
    return model.shapes.solids(model.shapes.upright(outline, [], width, "concrete"));
  });
}

function addLiftCars(model: BuildingModel, side: Side): void {
  const shape = model.shapes.mapped("lift-car", () =>
    model.shapes.solids(
      model.shapes.box([-0.9, -0.9, 0], [0.9, 0.9, 0.12], "steel"),
      model.shapes.box([-0.9, 0.82, 0.12], [0.9, 0.9, 2.5], "steel"),
      model.shapes.box([-0.9, -0.9, 0.12], [-0.84, 0.82, 2.5], "steel"),
      model.shapes.box([0.84, -0.9, 0.12], [0.9, 0.82, 2.5], "steel"),
      model.shapes.box([-0.9, -0.9, 2.5], [0.9, 0.9, 2.62], "steel"),
    ),
  );
  const storeys = [1, 7] as const;
  storeys.forEach((index, i) => {
    const at: Vec3 = [side * (13.5 + i * 2.6), 14.05, 0];
    const plan = CORE_STOREYS[index] as StoreyPlan;
    model.element({
      class: "IFCTRANSPORTELEMENT",
      name: `${side === 1 ? "东" : "西"}区客梯 ${i + 1} 号轿厢`,
      in: model.storey(plan),
      at,
      shape,
      tail: [enumeration("ELEVATOR")],
    });
  });
}
