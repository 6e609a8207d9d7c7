import type { BuildingModel } from "./building-model.ts";
import type { Container } from "./container.ts";
import type { Finish } from "./finishes.ts";
import { BASEMENT, CORRIDOR, ROOF, STOREYS, type StoreyPlan, storeyNumber, type Vec3 } from "./plan.ts";
import type { ElementClass } from "./product-classes.ts";
import type { Room } from "./room.ts";
import type { MappedShape } from "./shapes.ts";

/** Lights, sprinklers and diffusers in rooms; mains along the corridors; risers; plant in the basement and on the roof. */
export function addServices(model: BuildingModel, rooms: readonly Room[]): void {
  for (const room of rooms) addRoomTerminals(model, room);
  for (const plan of STOREYS) addMains(model, plan);
  addRisers(model);
  addBasementPlant(model);
  addRoofPlant(model);
}

function addRoomTerminals(model: BuildingModel, room: Room): void {
  const isDry = room.kind === "electric";
  const box = (name: string, from: Vec3, to: Vec3, finish: Finish) =>
    model.shapes.mapped(name, () => model.shapes.solids(model.shapes.box(from, to, finish)));
  const light = box("light", [-0.6, -0.15, 0], [0.6, 0.15, 0.06], "light");
  const sprinkler = model.shapes.mapped("sprinkler", () =>
    model.shapes.solids(
      model.shapes.cylinder([0, 0, 0.06], 0.015, 0.35, "fireRed"),
      model.shapes.cylinder([0, 0, 0], 0.045, 0.06, "steel"),
    ),
  );
  const diffuser = box("diffuser", [-0.3, -0.3, 0], [0.3, 0.3, 0.12], "metalWhite");
  const z = room.height - 0.62;
  const hang = (elementClass: ElementClass, name: string, shape: MappedShape, system: string, at: Vec3) =>
    model.element({
      class: elementClass,
      name,
      in: model.storey(room.storey),
      room: room.space,
      at,
      shape,
      system,
    });
  for (const [x, y] of gridIn(room, 6.6, 8))
    hang("IFCLIGHTFIXTURE", "LED 灯盘", light, "照明系统", [x, y, z]);
  if (!isDry)
    for (const [x, y] of gridIn(room, 7.6, 4))
      hang("IFCFIRESUPPRESSIONTERMINAL", "闭式喷头 ZSTX-15", sprinkler, "自动喷水灭火系统", [
        x + 1.2,
        y + 0.6,
        z,
      ]);
  if (room.kind === "office" || room.kind === "meeting" || room.kind === "hall")
    for (const [x, y] of gridIn(room, 9, 3))
      hang("IFCAIRTERMINAL", "散流器 600×600", diffuser, "送排风系统", [x - 1.2, y - 0.8, z]);
}

/** Points of a grid centred in the room, at most so many. */
function gridIn(room: Room, step: number, most: number): [number, number][] {
  const columns = Math.max(1, Math.floor((room.x1 - room.x0) / step));
  const rows = Math.max(1, Math.floor((room.y1 - room.y0) / step));
  const points: [number, number][] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      points.push([
        room.x0 + ((column + 0.5) * (room.x1 - room.x0)) / columns,
        room.y0 + ((row + 0.5) * (room.y1 - room.y0)) / rows,
      ]);
  return points.slice(0, most);
}

function addMains(model: BuildingModel, plan: StoreyPlan): void {
  const place = model.storey(plan);
  const number = storeyNumber(plan);
  const half = number <= 3 ? 40 : number <= 8 ? 32 : 16;
  const middle = (CORRIDOR.south + CORRIDOR.north) / 2;
  const z = plan.height - 0.95;
  const duct = model.shapes.mapped("duct-8", () =>
    model.shapes.solids(
      model.shapes.box([0, -0.4, 0], [7.96, 0.4, 0.36], "galvanised"),
      model.shapes.box([7.9, -0.44, -0.04], [8, 0.44, 0.4], "equipment"),
    ),
  );
  const branch = model.shapes.mapped("duct-branch", () =>
    model.shapes.solids(model.shapes.box([-0.25, 0, 0.05], [0.25, 5.4, 0.3], "galvanised")),
  );
  const pipe = (name: string, radius: number, finish: Finish) =>
    model.shapes.mapped(`pipe-8/${name}`, () =>
      model.shapes.solids(model.shapes.cylinder([0, 0, 0], radius, 7.98, finish, "x")),
    );
  const runs: [string, MappedShape, number, number, string][] = [
    ["喷淋配水干管 DN100", pipe("sprinkler", 0.057, "fireRed"), -0.75, 0.1, "自动喷水灭火系统"],
    ["冷冻水供水管 DN150", pipe("supply", 0.09, "chilledBlue"), 0.72, 0.1, "空调冷冻水系统"],
    ["冷冻水回水管 DN150", pipe("return", 0.09, "chilledBlue"), 0.95, 0.1, "空调冷冻水系统"],
  ];
  for (let x = -half; x < half; x += 8) {
    model.element({
      class: "IFCDUCTSEGMENT",
      name: "镀锌钢板风管 800×360",
      in: place,
      at: [x, middle, z],
      shape: duct,
      system: "送排风系统",
      sets: { Pset_DuctSegmentTypeCommon: { Reference: "800×360", Status: "NEW" } },
    });
    for (const turnDeg of [0, 180])
      model.element({
        class: "IFCDUCTSEGMENT",
        name: "支风管 500×250",
        in: place,
        at: [x + 4, middle + (turnDeg === 0 ? 0.4 : -0.4), z],
        turnDeg,
        shape: branch,
        system: "送排风系统",
      });
    for (const [name, shape, y, lift, system] of runs)
      model.element({
        class: "IFCPIPESEGMENT",
        name,
        in: place,
        at: [x, middle + y, z + lift],
        shape,
        system,
      });
  }
}

/** Vertical pipes in the shafts beside the lifts, one piece a storey. */
function addRisers(model: BuildingModel): void {
  const kinds: [string, number, Finish, string][] = [
    ["喷淋立管 DN150", 0.08, "fireRed", "自动喷水灭火系统"],
    ["冷冻水立管 DN250", 0.14, "chilledBlue", "空调冷冻水系统"],
    ["供热立管 DN150", 0.09, "heatingOrange", "供热系统"],
    ["给水立管 DN80", 0.05, "steel", "给排水系统"],
  ];
  for (const plan of [BASEMENT, ...STOREYS])
    for (const side of [-1, 1])
      kinds.forEach(([name, radius, finish, system], i) => {
        const shape = model.shapes.mapped(`riser/${name}/${plan.height}`, () =>
          model.shapes.solids(model.shapes.cylinder([0, 0, 0], radius, plan.height - 0.01, finish)),
        );
        const at: Vec3 = [side * (12.6 + i * 0.45), 16.1, 0];
        model.element({ class: "IFCPIPESEGMENT", name, in: model.storey(plan), at, shape, system });
      });
  addGasPipes(model);
}

const GAS_RISER_X = -11.4;

/** From the regulator room up to the kitchens on the third and twelfth storeys. */
function addGasPipes(model: BuildingModel): void {
  const gas = (plan: StoreyPlan, at: Vec3, length: number, along: "x" | "y" | "z") =>
    model.element({
      class: "IFCPIPESEGMENT",
      name: "燃气管 DN80",
      in: model.storey(plan),
      at,
      shape: model.shapes.mapped(`gas/${along}/${length}`, () =>
        model.shapes.solids(model.shapes.cylinder([0, 0, 0], 0.055, length, "gasYellow", along)),
      ),
      system: "燃气系统",
      sets: { 燃气管道: { 公称直径: "DN80", 设计压力: "0.01 MPa", 介质: "天然气", 材质: "无缝钢管 20#" } },
    });
  for (const plan of [BASEMENT, ...STOREYS]) gas(plan, [GAS_RISER_X, 22.6, 0], plan.height - 0.01, "z");
  gas(BASEMENT, [-42, 22.6, 4.2], 30.6, "x");
  gas(STOREYS[2] as StoreyPlan, [-43, 22.6, 3.9], 31.6, "x");
  gas(STOREYS[11] as StoreyPlan, [GAS_RISER_X, 22.6, 3.2], 4, "x");
}

interface Unit {
  readonly class: ElementClass;
  readonly name: string;
  readonly system: string;
  readonly at: readonly Vec3[];
  readonly boxes: readonly (readonly [Vec3, Vec3, Finish])[];
  readonly drum?: readonly [Vec3, number, number, Finish];
}

const BASEMENT_UNITS: readonly Unit[] = [
  {
    class: "IFCCHILLER",
    name: "离心式冷水机组",
    system: "空调冷冻水系统",
    at: [
      [28, 26.5, 0],
      [28, 21.5, 0],
      [36, 26.5, 0],
    ],
    boxes: [
      [[-2.4, -0.9, 0], [2.4, 0.9, 0.25], "granite"],
      [[-1, -0.5, 1.6], [0.6, 0.5, 2.3], "equipment"],
    ],
    drum: [[-2.3, 0, 1], 0.75, 4.6, "chilledBlue"],
  },
  {
    class: "IFCPUMP",
    name: "冷冻水循环泵",
    system: "空调冷冻水系统",
    at: [0, 1, 2, 3, 4, 5].map((i): Vec3 => [26 + i * 2.6, 17, 0]),
    boxes: [
      [[-0.9, -0.4, 0], [0.9, 0.4, 0.2], "granite"],
      [[0.2, -0.35, 0.2], [0.8, 0.35, 1.1], "chilledBlue"],
    ],
    drum: [[-0.8, 0, 0.6], 0.28, 1, "equipment"],
  },
  {
    class: "IFCPUMP",
    name: "消防泵",
    system: "自动喷水灭火系统",
    at: [0, 1, 2, 3].map((i): Vec3 => [24.5 + i * 2.4, 3, 0]),
    boxes: [
      [[-0.9, -0.4, 0], [0.9, 0.4, 0.2], "granite"],
      [[0.2, -0.35, 0.2], [0.8, 0.35, 1.1], "fireRed"],
    ],
    drum: [[-0.8, 0, 0.6], 0.28, 1, "fireRed"],
  },
  {
    class: "IFCTANK",
    name: "消防水池",
    system: "自动喷水灭火系统",
    at: [[28, 8, 0]],
    boxes: [[[-5, -2, 0], [5, 2, 3], "steel"]],
  },
  {
    class: "IFCTANK",
    name: "生活水箱",
    system: "给排水系统",
    at: [[39, 6.5, 0]],
    boxes: [[[-3, -2.5, 0.3], [3, 2.5, 2.8], "steel"]],
  },
  {
    class: "IFCBOILER",
    name: "燃气热水锅炉",
    system: "供热系统",
    at: [
      [-38, 26, 0],
      [-38, 21, 0],
    ],
    boxes: [
      [[-2.2, -1, 0], [2.2, 1, 0.3], "granite"],
      [[2, -0.6, 0.8], [2.8, 0.6, 1.9], "fireRed"],
    ],
    drum: [[-2.1, 0, 1.5], 1.1, 4.1, "heatingOrange"],
  },
  {
    class: "IFCFLOWMETER",
    name: "燃气计量表",
    system: "燃气系统",
    at: [
      [-27, 22.6, 1],
      [-25, 22.6, 1],
    ],
    boxes: [[[-0.3, -0.25, 0], [0.3, 0.25, 0.8], "gasYellow"]],
  },
  {
    class: "IFCVALVE",
    name: "燃气紧急切断阀",
    system: "燃气系统",
    at: [
      [-28.5, 22.6, 4.05],
      [GAS_RISER_X, 22.6, 2],
    ],
    boxes: [[[-0.18, -0.18, 0], [0.18, 0.18, 0.5], "fireRed"]],
  },
  {
    class: "IFCTRANSFORMER",
    name: "干式变压器 1600 kVA",
    system: "供配电系统",
    at: [
      [-40.5, 3, 0],
      [-36.5, 3, 0],
    ],
    boxes: [
      [[-1.1, -0.8, 0], [1.1, 0.8, 0.2], "granite"],
      [[-1, -0.7, 0.2], [1, 0.7, 2.1], "equipment"],
    ],
  },
  {
    class: "IFCELECTRICDISTRIBUTIONBOARD",
    name: "低压配电柜",
    system: "供配电系统",
    at: Array.from({ length: 14 }, (_, i): Vec3 => [-41.5 + i * 1.02, 7.5, 0]),
    boxes: [
      [[-0.5, -0.4, 0], [0.5, 0.4, 0.1], "granite"],
      [[-0.49, -0.39, 0.1], [0.49, 0.39, 2.2], "equipment"],
    ],
  },
];

const ROOF_UNITS: readonly Unit[] = [
  {
    class: "IFCCOOLINGTOWER",
    name: "横流式冷却塔",
    system: "空调冷冻水系统",
    at: [-9, -3, 3, 9].map((x): Vec3 => [x, 7.5, 0]),
    boxes: [
      [[-1.9, -1.9, 0.2], [1.9, 1.9, 2.7], "galvanised"],
      [[-1.95, -1.95, 0.9], [1.95, 1.95, 1], "equipment"],
      [[-1.95, -1.95, 1.8], [1.95, 1.95, 1.9], "equipment"],
      [[-1.4, -1.4, 2.7], [1.4, 1.4, 3.1], "equipment"],
    ],
  },
  {
    class: "IFCFAN",
    name: "屋顶排烟风机",
    system: "送排风系统",
    at: [-16.5, -14, 14, 16.5].map((x): Vec3 => [x, 6.5, 0.2]),
    boxes: [[[-0.7, -0.9, -0.2], [0.7, 0.9, 0.1], "granite"]],
    drum: [[-0.7, 0, 0.7], 0.6, 1.4, "galvanised"],
  },
];

function addBasementPlant(model: BuildingModel): void {
  for (const unit of BASEMENT_UNITS) addUnit(model, model.storey(BASEMENT), unit);
}

function addRoofPlant(model: BuildingModel): void {
  for (const unit of ROOF_UNITS) addUnit(model, model.storey(ROOF), unit);
}

function addUnit(model: BuildingModel, place: Container, unit: Unit): void {
  const shape = model.shapes.mapped(`unit/${unit.name}`, () => {
    const items = unit.boxes.map(([from, to, finish]) => model.shapes.box(from, to, finish));
    if (unit.drum) {
      const [at, radius, length, finish] = unit.drum;
      items.push(model.shapes.cylinder(at, radius, length, finish, "x"));
    }
    return model.shapes.solids(...items);
  });
  unit.at.forEach((at, i) => {
    const name = unit.at.length > 1 ? `${unit.name} ${i + 1} 号` : unit.name;
    model.element({
      class: unit.class,
      name,
      objectType: unit.name,
      in: place,
      at,
      shape,
      system: unit.system,
    });
  });
}
