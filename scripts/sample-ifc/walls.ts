import type { BuildingModel, Product } from "./building-model.ts";
import type { Container } from "./container.ts";
import type { Finish } from "./finishes.ts";
import type { Vec2, Vec3 } from "./plan.ts";
import { doorTail } from "./product-classes.ts";
import type { MappedShape } from "./shapes.ts";
import { enumeration } from "./step-writer.ts";

/** Door types: width, height, operation, leaf finish, fire rating (GB 12955 grade) where there is one. */
const DOORS = {
  M1021: ["单扇木门", 1.0, 2.1, "SINGLE_SWING_LEFT", "doorWood", ""],
  M1521: ["双扇木门", 1.5, 2.1, "DOUBLE_DOOR_SINGLE_SWING", "doorWood", ""],
  MB1524: ["双扇玻璃门", 1.5, 2.4, "DOUBLE_DOOR_SINGLE_SWING", "glassClear", ""],
  FM甲1021: ["甲级钢质防火门", 1.0, 2.1, "SINGLE_SWING_LEFT", "fireDoor", "甲级 1.50h"],
  FM甲1521: ["甲级钢质双扇防火门", 1.5, 2.1, "DOUBLE_DOOR_SINGLE_SWING", "fireDoor", "甲级 1.50h"],
  FM乙1221: ["乙级钢质防火门", 1.2, 2.1, "SINGLE_SWING_LEFT", "fireDoor", "乙级 1.00h"],
  FM丙0821: ["丙级管井防火门", 0.8, 2.1, "SINGLE_SWING_LEFT", "fireDoor", "丙级 0.50h"],
  DT1122: ["电梯层门", 1.1, 2.2, "DOUBLE_DOOR_SLIDING", "steel", ""],
  ZD2428: ["自动感应门", 2.4, 2.8, "DOUBLE_DOOR_SLIDING", "glassClear", ""],
} as const satisfies Record<string, readonly [string, number, number, string, Finish, string]>;

export type DoorMark = keyof typeof DOORS;

export interface WallDoor {
  readonly mark: DoorMark;
  /** Centre of the door from the wall's start. */
  readonly along: number;
  /** Modelled as IfcOpeningElement that voids the wall and is filled by the door; else the wall's outline leaves it out. */
  readonly asOpening?: boolean;
}

export interface WallOptions {
  readonly name: string;
  readonly from: Vec2;
  readonly to: Vec2;
  readonly height: number;
  readonly thickness: number;
  readonly finish: Finish;
  readonly z?: number;
  readonly doors?: readonly WallDoor[];
  readonly structural?: boolean;
  readonly fireRating?: string;
}

const RADIANS = Math.PI / 180;

/** A straight wall with its doors. */
export function addWall(model: BuildingModel, place: Container, options: WallOptions): Product {
  const { from, to, height, thickness, doors = [] } = options;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const turnDeg = Math.round(Math.atan2(to[1] - from[1], to[0] - from[0]) / RADIANS);
  const at: Vec3 = [from[0], from[1], options.z ?? 0];
  const outline = wallOutline(length, height, doors);
  const wall = model.element({
    class: "IFCWALL",
    name: options.name,
    in: place,
    at,
    turnDeg,
    shape: model.shapes.solids(model.shapes.upright(outline, [], thickness, options.finish)),
    material: options.finish,
    predefined: options.structural ? "SHEAR" : "PARTITIONING",
    type: wallType(model, options),
  });
  for (const door of doors) {
    const reach = door.along;
    const doorAt: Vec3 = [
      from[0] + Math.cos(turnDeg * RADIANS) * reach,
      from[1] + Math.sin(turnDeg * RADIANS) * reach,
      at[2],
    ];
    const leaf = addDoor(model, place, door.mark, doorAt, turnDeg);
    if (door.asOpening) addOpening(model, place, wall, leaf, doorAt, turnDeg, door.mark, thickness);
  }
  return wall;
}

function wallOutline(length: number, height: number, doors: readonly WallDoor[]): Vec2[] {
  const outline: Vec2[] = [[0, 0]];
  for (const door of [...doors].sort((a, b) => a.along - b.along)) {
    if (door.asOpening) continue;
    const [, width, doorHeight] = DOORS[door.mark];
    const x0 = door.along - width / 2;
    outline.push([x0, 0], [x0, doorHeight], [x0 + width, doorHeight], [x0 + width, 0]);
  }
  outline.push([length, 0], [length, height], [0, height]);
  return outline;
}

function wallType(model: BuildingModel, options: WallOptions) {
  const name = `${options.structural ? "钢筋混凝土墙" : "隔墙"} ${Math.round(options.thickness * 1000)}${
    options.finish === "glassClear" ? " 玻璃" : ""
  }`;
  return model.type("IFCWALLTYPE", name, [enumeration(options.structural ? "SHEAR" : "PARTITIONING")], {
    Pset_WallCommon: {
      Reference: name,
      IsExternal: false,
      LoadBearing: options.structural ?? false,
      FireRating: options.structural ? "不燃性 2.00h" : "不燃性 1.00h",
    },
  });
}

export function addDoor(
  model: BuildingModel,
  place: Container,
  mark: DoorMark,
  at: Vec3,
  turnDeg: number,
): Product {
  const [title, width, height, operation, , rating] = DOORS[mark];
  const common = { Reference: mark, IsExternal: mark === "ZD2428", FireExit: mark.startsWith("FM乙") };
  const sets: Record<string, Record<string, string | boolean>> = {
    Pset_DoorCommon: rating ? { ...common, FireRating: rating, SelfClosing: true } : common,
  };
  const type = model.type("IFCDOORTYPE", `${title} ${mark}`, [
    enumeration("DOOR"),
    enumeration(operation),
    false,
    null,
  ]);
  return model.element({
    class: "IFCDOOR",
    name: `${title} ${mark}`,
    in: place,
    at,
    turnDeg,
    shape: doorShape(model, mark),
    tail: doorTail(width, height, operation),
    type,
    sets,
  });
}

/** Frame, leaf or leaves and a handle about the wall's middle plane; origin at the middle of the sill. */
function doorShape(model: BuildingModel, mark: DoorMark): MappedShape {
  const [, width, height, operation, finish] = DOORS[mark];
  return model.shapes.mapped(`door/${mark}`, () => {
    const box = (from: Vec3, to: Vec3, material: Finish) => model.shapes.box(from, to, material);
    const half = width / 2;
    const frame: Finish = finish === "doorWood" ? "doorWood" : "steel";
    const leaves = operation.startsWith("DOUBLE") ? 2 : 1;
    const items = [
      box([-half, -0.09, 0], [-half + 0.05, 0.09, height], frame),
      box([half - 0.05, -0.09, 0], [half, 0.09, height], frame),
      box([-half + 0.05, -0.09, height - 0.05], [half - 0.05, 0.09, height], frame),
    ];
    const clear = width - 0.1;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const x0 = -clear / 2 + (leaf * clear) / leaves + 0.01;
      const x1 = x0 + clear / leaves - 0.02;
      items.push(box([x0, -0.025, 0.01], [x1, 0.025, height - 0.06], finish));
      const grip = leaf === 0 ? x1 - 0.08 : x0 + 0.05;
      if (mark !== "DT1122") items.push(box([grip, -0.07, 0.95], [grip + 0.03, 0.07, 1.15], "steel"));
    }
    return model.shapes.solids(...items);
  });
}

function addOpening(
  model: BuildingModel,
  place: Container,
  wall: Product,
  door: Product,
  at: Vec3,
  turnDeg: number,
  mark: DoorMark,
  thickness: number,
): void {
  const [, width, height] = DOORS[mark];
  const reach = thickness / 2 + 0.1;
  const hole = model.shapes.mapped(`hole/${width}/${height}/${thickness}`, () =>
    model.shapes.solids(model.shapes.box([-width / 2, -reach, -0.01], [width / 2, reach, height], "plaster")),
  );
  const opening = model.step.add(
    "IFCOPENINGELEMENT",
    model.globalId(`${door.code}/opening`),
    null,
    `${mark} 洞口`,
    null,
    null,
    model.placement(place.placement, at, turnDeg),
    model.shapes.definition(hole),
    null,
    enumeration("OPENING"),
  );
  const relate = (type: string, name: string, first: Product["ref"], second: Product["ref"]) =>
    model.step.add(type, model.globalId(`${door.code}/${name}`), null, null, null, first, second);
  relate("IFCRELVOIDSELEMENT", "voids", wall.ref, opening);
  relate("IFCRELFILLSELEMENT", "fills", opening, door.ref);
}
