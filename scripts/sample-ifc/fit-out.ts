import type { BuildingModel } from "./building-model.ts";
import type { Finish } from "./finishes.ts";
import type { Vec3 } from "./plan.ts";
import type { ElementClass } from "./product-classes.ts";
import type { Room } from "./room.ts";
import type { MappedShape } from "./shapes.ts";

interface Piece {
  readonly class: ElementClass;
  readonly name: string;
  readonly predefined?: string;
  readonly system?: string;
  /** Boxes of [from, to, finish] about the middle of the floor. */
  readonly boxes: readonly (readonly [Vec3, Vec3, Finish])[];
}

interface Fitting {
  readonly piece: Piece;
  readonly stepX: number;
  readonly stepY: number;
  readonly most: number;
}

const DESK: Piece = {
  class: "IFCFURNITURE",
  name: "双人工位",
  predefined: "DESK",
  boxes: [
    [[-0.75, -0.75, 0.71], [0.75, 0.75, 0.75], "doorWood"],
    [[-0.75, -0.02, 0.75], [0.75, 0.02, 1.15], "fabric"],
    [[-0.73, -0.7, 0], [-0.68, 0.7, 0.71], "metalWhite"],
    [[0.68, -0.7, 0], [0.73, 0.7, 0.71], "metalWhite"],
    [[-0.25, 0.95, 0.42], [0.25, 1.45, 0.5], "fabric"],
    [[-0.25, 1.4, 0.5], [0.25, 1.46, 0.95], "fabric"],
    [[-0.25, -1.45, 0.42], [0.25, -0.95, 0.5], "fabric"],
    [[-0.25, -1.46, 0.5], [0.25, -1.4, 0.95], "fabric"],
  ],
};

const TABLE: Piece = {
  class: "IFCFURNITURE",
  name: "会议桌椅",
  predefined: "TABLE",
  boxes: [
    [[-1.6, -0.65, 0.7], [1.6, 0.65, 0.76], "doorWood"],
    [[-0.9, -0.3, 0], [0.9, 0.3, 0.7], "bronze"],
    ...[-1.1, 0, 1.1].flatMap((x): [Vec3, Vec3, Finish][] => [
      [[x - 0.25, 0.85, 0.05], [x + 0.25, 1.35, 0.48], "fabric"],
      [[x - 0.25, 1.3, 0.48], [x + 0.25, 1.37, 0.95], "fabric"],
      [[x - 0.25, -1.35, 0.05], [x + 0.25, -0.85, 0.48], "fabric"],
      [[x - 0.25, -1.37, 0.48], [x + 0.25, -1.3, 0.95], "fabric"],
    ]),
  ],
};

const COUNTER: Piece = {
  class: "IFCFURNITURE",
  name: "政务服务柜台",
  predefined: "USERDEFINED",
  boxes: [
    [[-1.5, -0.35, 0], [1.5, -0.25, 1.05], "wood"],
    [[-1.5, -0.4, 1.05], [1.5, 0.1, 1.1], "metalWhite"],
    [[-1.5, -0.25, 0.72], [1.5, 0.5, 0.76], "doorWood"],
    [[-0.3, 0.9, 0.42], [0.3, 1.4, 0.5], "fabric"],
  ],
};

const BENCH: Piece = {
  class: "IFCFURNITURE",
  name: "等候椅",
  predefined: "CHAIR",
  boxes: [
    [[-1.5, -0.28, 0.36], [1.5, 0.28, 0.44], "champagne"],
    [[-1.5, 0.22, 0.44], [1.5, 0.28, 0.85], "champagne"],
    [[-1.2, -0.2, 0], [-1.1, 0.2, 0.36], "steel"],
    [[1.1, -0.2, 0], [1.2, 0.2, 0.36], "steel"],
  ],
};

const RACK: Piece = {
  class: "IFCELECTRICDISTRIBUTIONBOARD",
  name: "配电柜",
  system: "供配电系统",
  boxes: [
    [[-0.4, -0.3, 0], [0.4, 0.3, 0.1], "granite"],
    [[-0.39, -0.29, 0.1], [0.39, 0.29, 2.2], "equipment"],
    [[-0.3, -0.31, 1.5], [0.3, -0.29, 1.9], "glassDark"],
  ],
};

const AIR_HANDLER: Piece = {
  class: "IFCUNITARYEQUIPMENT",
  name: "组合式空调机组",
  system: "送排风系统",
  boxes: [
    [[-1.8, -0.9, 0.1], [1.8, 0.9, 1.9], "galvanised"],
    [[-1.82, -0.92, 0], [1.82, 0.92, 0.1], "granite"],
    [[-0.6, -0.4, 1.9], [0.6, 0.4, 2.4], "galvanised"],
  ],
};

const STOVE: Piece = {
  class: "IFCFURNITURE",
  name: "燃气灶台",
  predefined: "USERDEFINED",
  boxes: [
    [[-0.9, -0.45, 0], [0.9, 0.45, 0.8], "steel"],
    [[-0.7, -0.3, 0.8], [-0.1, 0.3, 0.88], "granite"],
    [[0.1, -0.3, 0.8], [0.7, 0.3, 0.88], "granite"],
    [[-1, -0.5, 2.1], [1, 0.5, 2.5], "steel"],
  ],
};

const SHELF: Piece = {
  class: "IFCFURNITURE",
  name: "密集架",
  predefined: "SHELF",
  boxes: [
    [[-1.2, -0.3, 0], [1.2, 0.3, 0.1], "equipment"],
    [[-1.2, -0.28, 0.1], [1.2, 0.28, 2.1], "galvanised"],
  ],
};

/** Furnishes a room by its kind on a regular grid that keeps clear of the walls. */
export function fitOut(model: BuildingModel, room: Room): void {
  if (room.name === "走廊" || room.name === "燃气表间") return;
  if (room.name === "综合大厅") {
    fillHall(model, room);
    return;
  }
  if (room.storey.code === "B1") return;
  const fitting = fittingOf(room);
  if (fitting) fill(model, room, fitting);
}

function fittingOf(room: Room): Fitting | null {
  switch (room.kind) {
    case "office":
      return { piece: DESK, stepX: 3.4, stepY: 4.2, most: 8 };
    case "meeting":
      return { piece: TABLE, stepX: 4.6, stepY: 4.4, most: 2 };
    case "hall":
      return { piece: room.name.includes("餐厅") ? TABLE : DESK, stepX: 4.4, stepY: 4.2, most: 8 };
    case "electric":
      return { piece: RACK, stepX: 1.3, stepY: 2.6, most: 8 };
    case "plant":
      return { piece: room.name.includes("空调") ? AIR_HANDLER : SHELF, stepX: 5, stepY: 3.4, most: 3 };
    case "kitchen":
      return { piece: STOVE, stepX: 2.6, stepY: 3, most: 6 };
    case "store":
      return { piece: SHELF, stepX: 3, stepY: 1.8, most: 6 };
    default:
      return null;
  }
}

function fillHall(model: BuildingModel, room: Room): void {
  const counter = pieceShape(model, COUNTER);
  for (const side of [-1, 1])
    for (let i = 0; i < 6; i++) place(model, room, COUNTER, counter, side * (17.5 + i * 3.05), -5, 0);
  const bench = pieceShape(model, BENCH);
  for (const side of [-1, 1])
    for (let row = 0; row < 3; row++)
      for (let i = 0; i < 4; i++)
        place(model, room, BENCH, bench, side * (18 + i * 4.2), -10.5 - row * 2.6, 180);
  place(model, room, COUNTER, counter, 0, -22.5, 0);
}

function fill(model: BuildingModel, room: Room, { piece, stepX, stepY, most }: Fitting): void {
  const shape = pieceShape(model, piece);
  const columns = Math.max(1, Math.floor((room.x1 - room.x0 - 1) / stepX));
  const rows = Math.max(1, Math.floor((room.y1 - room.y0 - 1.2) / stepY));
  const middle = [(room.x0 + room.x1) / 2, (room.y0 + room.y1) / 2] as const;
  let placed = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (placed++ >= most) return;
      place(
        model,
        room,
        piece,
        shape,
        middle[0] + (column - (columns - 1) / 2) * stepX,
        middle[1] + (row - (rows - 1) / 2) * stepY,
        0,
      );
    }
}

function pieceShape(model: BuildingModel, piece: Piece): MappedShape {
  return model.shapes.mapped(`piece/${piece.name}`, () =>
    model.shapes.solids(...piece.boxes.map(([from, to, finish]) => model.shapes.box(from, to, finish))),
  );
}

function place(
  model: BuildingModel,
  room: Room,
  piece: Piece,
  shape: MappedShape,
  x: number,
  y: number,
  turnDeg: number,
): void {
  model.element({
    class: piece.class,
    name: piece.name,
    objectType: piece.name,
    in: model.storey(room.storey),
    room: room.space,
    at: [x, y, 0],
    turnDeg,
    shape,
    predefined: piece.predefined,
    system: piece.system,
  });
}
