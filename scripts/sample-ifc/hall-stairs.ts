import type { BuildingModel } from "./building-model.ts";
import { flightShape } from "./cores.ts";
import { STOREYS, type StoreyPlan, type Vec2 } from "./plan.ts";
import { flightTail } from "./product-classes.ts";
import { enumeration } from "./step-writer.ts";

const RISE = STOREYS[0]?.height ?? 5.4;
const LANDING_Y = -8;

/** The ceremonial stair of the atrium between two escalators, ground floor to second storey. */
export function addHallStairs(model: BuildingModel): void {
  const place = model.storey(STOREYS[0] as StoreyPlan);
  const stair = model.assembly("IFCSTAIR", "中庭大楼梯", place, "STRAIGHT_RUN_STAIR");
  const risers = 36;
  const rise = RISE / risers;
  const tread = 0.32;
  const run = (risers - 1) * tread;
  model.element({
    class: "IFCSTAIRFLIGHT",
    name: "中庭大楼梯梯段",
    in: place,
    at: [0, LANDING_Y - run, 0],
    turnDeg: 90,
    shape: flightShape(model, risers, rise, tread, 5),
    tail: flightTail(risers, rise, tread),
    partOf: stair,
    material: "paving",
  });
  const rail = model.shapes.mapped("hall-stair-rail", () =>
    model.shapes.solids(
      model.shapes.upright(sloped(run, RISE, 0.05, 1), [], 0.03, "glassClear"),
      model.shapes.upright(sloped(run, RISE, 1, 1.07), [], 0.07, "steel"),
    ),
  );
  for (const x of [-2.55, 2.55])
    model.element({
      class: "IFCRAILING",
      name: "中庭大楼梯栏板",
      in: place,
      at: [x, LANDING_Y - run, 0],
      turnDeg: 90,
      shape: rail,
      partOf: stair,
      material: "steel",
    });
  addEscalators(model);
}

function sloped(run: number, rise: number, from: number, to: number): Vec2[] {
  return [
    [0, from],
    [run, rise + from],
    [run, rise + to],
    [0, to],
  ];
}

/** Thirty degrees, with a level piece of 1.2 m at both ends. */
function addEscalators(model: BuildingModel): void {
  const place = model.storey(STOREYS[0] as StoreyPlan);
  const level = 1.2;
  const slope = RISE / Math.tan(Math.PI / 6);
  const length = slope + 2 * level;
  const band = (from: number, to: number): Vec2[] => [
    [0, from],
    [level, from],
    [level + slope, RISE + from],
    [length, RISE + from],
    [length, RISE + to],
    [level + slope, RISE + to],
    [level, to],
    [0, to],
  ];
  const shape = model.shapes.mapped("escalator", () =>
    model.shapes.solids(
      model.shapes.upright(band(-0.5, 0.02), [], 1.5, "steel"),
      model.shapes.upright(band(0.02, 0.04), [], 1, "granite"),
    ),
  );
  const side = model.shapes.mapped("escalator-side", () =>
    model.shapes.solids(
      model.shapes.upright(band(0.02, 0.9), [], 0.03, "glassClear"),
      model.shapes.upright(band(0.9, 0.98), [], 0.09, "granite"),
    ),
  );
  for (const x of [-5.5, 5.5]) {
    const at = [x, LANDING_Y - length, 0] as const;
    model.element({
      class: "IFCTRANSPORTELEMENT",
      name: x < 0 ? "自动扶梯 上行" : "自动扶梯 下行",
      in: place,
      at,
      turnDeg: 90,
      shape,
      tail: [enumeration("ESCALATOR")],
    });
    for (const offset of [-0.62, 0.62])
      model.element({
        class: "IFCRAILING",
        name: "自动扶梯玻璃护壁",
        in: place,
        at: [x + offset, at[1], 0],
        turnDeg: 90,
        shape: side,
        material: "steel",
      });
  }
}
