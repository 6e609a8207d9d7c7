import type { BuildingModel } from "./building-model.ts";
import { fitOut } from "./fit-out.ts";
import { ATRIUM, BASEMENT, CORRIDOR, PODIUM, SLAB, STOREYS, type StoreyPlan, storeyNumber } from "./plan.ts";
import type { Room } from "./room.ts";
import { BASEMENT_ROOMS, programOf, type RoomKind, roomKind } from "./room-program.ts";
import { addWall, type DoorMark } from "./walls.ts";

interface Band {
  readonly names: readonly string[];
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** Side of the corridor. */
  readonly door: "north" | "south";
  /** Needs a wall on the side away from the corridor too. */
  readonly isInner?: boolean;
}

const DOOR_OF: Readonly<Record<RoomKind, DoorMark>> = {
  office: "M1021",
  meeting: "M1521",
  plant: "FM甲1521",
  electric: "FM甲1021",
  kitchen: "FM乙1221",
  hall: "MB1524",
  parking: "FM甲1521",
  gas: "FM甲1021",
  store: "FM丙0821",
};

/** Rooms with partitions, doors and fittings on every storey; the services engineer gets the list. */
export function addRooms(model: BuildingModel): Room[] {
  const rooms = [...STOREYS.flatMap((plan) => addStoreyRooms(model, plan)), ...addBasementRooms(model)];
  addAtriumRailings(model);
  for (const room of rooms) fitOut(model, room);
  return rooms;
}

function bandsOf(plan: StoreyPlan): Band[] {
  const number = storeyNumber(plan);
  const program = programOf(number);
  const isPodium = number <= 3;
  const half = isPodium ? PODIUM.x - 0.7 : number <= 8 ? 35.5 : 19.4;
  const north = isPodium ? PODIUM.north - 0.7 : 23.4;
  const south = isPodium ? -2 : 0.7;
  const inner = isPodium ? 16 : 0;
  const common = { y0: south, y1: CORRIDOR.south, door: "north" as const, isInner: isPodium };
  const back = { y0: CORRIDOR.north, y1: north, door: "south" as const };
  const bands: Band[] = [
    { ...common, names: program.southWest, x0: -half, x1: -inner },
    { ...common, names: program.southEast, x0: inner, x1: half },
    { ...back, names: program.northWest, x0: -half, x1: -20 },
    { ...back, names: program.northMiddle, x0: -12, x1: 12 },
    { ...back, names: program.northEast, x0: 20, x1: half },
  ];
  const front = { y0: -26.4, y1: -15, door: "north" as const };
  if (program.frontWest) bands.push({ ...front, names: program.frontWest, x0: -half, x1: -16 });
  if (program.frontEast) bands.push({ ...front, names: program.frontEast, x0: 16, x1: half });
  return bands.filter((band) => band.names.length > 0);
}

function addStoreyRooms(model: BuildingModel, plan: StoreyPlan): Room[] {
  const number = storeyNumber(plan);
  let serial = 0;
  const nextNumber = () => `${number}${String(++serial).padStart(2, "0")}`;
  const rooms = bandsOf(plan).flatMap((band) => addBand(model, plan, band, nextNumber));
  const open = (name: string, x0: number, y0: number, x1: number, y1: number) =>
    rooms.push(addRoom(model, plan, nextNumber(), name, [x0, y0, x1, y1]));
  if (number === 1) open("综合大厅", -35, -26.4, 35, -2.2);
  if (number === 2 || number === 3) open("等候区", -43.3, -14.8, -12.2, -2.2);
  const half = number <= 3 ? 43.3 : number <= 8 ? 35.5 : 19.4;
  open("走廊", -half, CORRIDOR.south + 0.1, half, CORRIDOR.north - 0.15);
  return rooms;
}

function addBand(model: BuildingModel, plan: StoreyPlan, band: Band, nextNumber: () => string): Room[] {
  const place = model.storey(plan);
  const width = (band.x1 - band.x0) / band.names.length;
  const height = plan.height - SLAB;
  const corridorY = band.door === "north" ? band.y1 : band.y0;
  const backY = band.door === "north" ? band.y0 : band.y1;
  const wall = (
    name: string,
    from: readonly [number, number],
    to: readonly [number, number],
    mark?: DoorMark,
  ) => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const doors = mark ? [{ mark, along: Math.min(length - 1.2, Math.max(1.4, length * 0.25)) }] : [];
    const finish = mark === "MB1524" || mark === "M1521" ? ("glassClear" as const) : ("plaster" as const);
    return addWall(model, place, { name, from, to, height, thickness: 0.2, finish, doors });
  };
  return band.names.map((name, i) => {
    const x0 = band.x0 + i * width;
    const x1 = x0 + width;
    const mark = DOOR_OF[roomKind(name)];
    wall(`${name}走廊墙`, [x0, corridorY], [x1, corridorY], mark);
    if (i > 0) wall("分室墙", [x0, band.y0 + 0.1], [x0, band.y1 - 0.1]);
    if (band.isInner) wall(`${name}外墙`, [x0, backY], [x1, backY], "MB1524");
    return addRoom(model, plan, nextNumber(), name, [x0 + 0.1, band.y0 + 0.1, x1 - 0.1, band.y1 - 0.1]);
  });
}

function addRoom(
  model: BuildingModel,
  storey: StoreyPlan,
  number: string,
  name: string,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): Room {
  const height = storey.height - SLAB;
  const kind = roomKind(name);
  const predefined = kind === "parking" ? "PARKING" : "INTERNAL";
  const space = model.space(model.storey(storey), {
    number,
    name,
    from: [x0, y0],
    to: [x1, y1],
    height,
    predefined,
  });
  return { storey, number, name, kind, x0, y0, x1, y1, height, space };
}

function addBasementRooms(model: BuildingModel): Room[] {
  const place = model.storey(BASEMENT);
  const height = BASEMENT.height - SLAB;
  return BASEMENT_ROOMS.map(({ name, box }, i) => {
    const [x0, y0, x1, y1] = box;
    const kind = roomKind(name);
    const wall = (
      title: string,
      from: readonly [number, number],
      to: readonly [number, number],
      mark?: DoorMark,
    ) =>
      addWall(model, place, {
        name: `${name} ${title}`,
        from,
        to,
        height,
        thickness: 0.2,
        finish: "plaster",
        doors: mark ? [{ mark, along: Math.hypot(to[0] - from[0], to[1] - from[1]) / 2 }] : [],
      });
    if (kind !== "parking") {
      const isNorth = y0 >= 12;
      wall(
        "走道墙",
        [x0, isNorth ? y0 : y1],
        [x1, isNorth ? y0 : y1],
        kind === "gas" ? "FM甲1521" : DOOR_OF[kind],
      );
      wall("侧墙", [x0 < 0 ? x1 : x0, y0], [x0 < 0 ? x1 : x0, y1]);
      if (!isNorth) wall("车库侧墙", [x0, y0], [x1, y0]);
    }
    return addRoom(model, BASEMENT, `B1${String(i + 1).padStart(2, "0")}`, name, [
      x0 + 0.1,
      y0 + 0.1,
      x1 - 0.1,
      y1 - 0.1,
    ]);
  });
}

/** Glass balustrades around the atrium on the second and third storeys. */
function addAtriumRailings(model: BuildingModel): void {
  const { x0, x1, y0, y1 } = ATRIUM;
  const panel = model.shapes.mapped("balustrade-4", () =>
    model.shapes.solids(
      model.shapes.box([0.02, -0.012, -0.15], [3.98, 0.012, 1.06], "glassClear"),
      model.shapes.box([0, -0.035, 1.06], [4, 0.035, 1.12], "steel"),
    ),
  );
  for (const plan of STOREYS.slice(1, 3)) {
    const place = model.storey(plan);
    const rail = (x: number, y: number, turnDeg: number) =>
      model.element({
        class: "IFCRAILING",
        name: "中庭玻璃栏板",
        in: place,
        at: [x, y, 0],
        turnDeg,
        shape: panel,
      });
    for (let x = x0; x < x1; x += 4) {
      rail(x, y0 - 0.1, 0);
      const isLanding = storeyNumber(plan) === 2 && x > -9 && x < 8;
      if (!isLanding) rail(x, y1 + 0.1, 0);
    }
    for (let y = y0; y < y1; y += 4) {
      rail(x0 - 0.1, y, 90);
      rail(x1 + 0.1, y, 90);
    }
  }
}
