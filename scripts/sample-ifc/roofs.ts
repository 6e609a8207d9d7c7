import type { BuildingModel, Product } from "./building-model.ts";
import type { Container } from "./container.ts";
import { ATRIUM, ROOF, STOREYS, type StoreyPlan, type Vec2, type Vec3 } from "./plan.ts";
import { type MappedShape, rectangle } from "./shapes.ts";

/** Skylight over the atrium, the plant room, and the louvred roof that floats above the pylons. */
export function addRoofs(model: BuildingModel): void {
  addSkylight(model);
  addPlantRoom(model);
  addFloatingRoof(model);
  addRoofEdge(model);
}

const SKYLIGHT = {
  half: (ATRIUM.y1 - ATRIUM.y0) / 2,
  middle: (ATRIUM.y0 + ATRIUM.y1) / 2,
  curb: 0.7,
  ridge: 3,
} as const;

/** A gabled glass roof, ridge along x. */
function addSkylight(model: BuildingModel): void {
  const place = model.storey(STOREYS[3] as StoreyPlan);
  const roof = model.assembly("IFCROOF", "中庭采光顶", place, "GABLE_ROOF");
  const { half, middle, curb, ridge } = SKYLIGHT;
  const slope = (thickness: number, lift: number): Vec2[] => [
    [-half, curb + lift],
    [0, ridge + lift],
    [0, ridge + lift + thickness],
    [-half, curb + lift + thickness],
  ];
  const pane = model.shapes.mapped("skylight-pane", () =>
    model.shapes.solids(model.shapes.upright(slope(0.04, 0), [], 1.94, "glassClear")),
  );
  const rafter = model.shapes.mapped("skylight-rafter", () =>
    model.shapes.solids(model.shapes.upright(slope(0.28, -0.2), [], 0.08, "metalWhite")),
  );
  for (const turnDeg of [90, -90]) {
    for (let i = 0; i < 12; i++)
      model.element({
        class: "IFCPLATE",
        name: "采光顶夹胶玻璃",
        in: place,
        at: [ATRIUM.x0 + 1 + i * 2, middle, 0],
        turnDeg,
        shape: pane,
        partOf: roof,
      });
    for (let i = 0; i <= 12; i++)
      model.element({
        class: "IFCMEMBER",
        name: "采光顶钢梁",
        in: place,
        at: [ATRIUM.x0 + i * 2, middle, 0],
        turnDeg,
        shape: rafter,
        predefined: "RAFTER",
        partOf: roof,
        material: "metalWhite",
      });
  }
  addGables(model, place, roof);
  addCurb(model, place);
}

function addGables(model: BuildingModel, place: Container, roof: Product): void {
  const { half, middle, curb, ridge } = SKYLIGHT;
  const gable = model.shapes.mapped("skylight-gable", () =>
    model.shapes.solids(
      model.shapes.upright(
        [
          [-half, curb],
          [half, curb],
          [0, ridge],
        ],
        [],
        0.05,
        "glassClear",
      ),
    ),
  );
  for (const x of [ATRIUM.x0, ATRIUM.x1])
    model.element({
      class: "IFCPLATE",
      name: "采光顶山墙玻璃",
      in: place,
      at: [x, middle, 0],
      turnDeg: 90,
      shape: gable,
      partOf: roof,
    });
}

function addCurb(model: BuildingModel, place: Container): void {
  model.element({
    class: "IFCWALL",
    name: "采光顶反坎",
    in: place,
    at: [0, 0, 0],
    shape: model.shapes.solids(
      model.shapes.slab(
        rectangle(ATRIUM.x0 - 0.3, ATRIUM.y0 - 0.3, ATRIUM.x1 + 0.3, ATRIUM.y1 + 0.3),
        [rectangle(ATRIUM.x0, ATRIUM.y0, ATRIUM.x1, ATRIUM.y1)],
        0,
        0.75,
        "travertine",
      ),
    ),
    predefined: "PARAPET",
    material: "travertine",
  });
}

function addPlantRoom(model: BuildingModel): void {
  const place = model.storey(ROOF);
  const height = 3.4;
  const louvre = model.shapes.mapped("louvre-panel", () =>
    model.shapes.solids(
      model.shapes.box([0, 0.05, 0], [2, 0.12, height], "equipment"),
      ...Array.from({ length: 11 }, (_, i) =>
        model.shapes.box([0, -0.08, 0.15 + i * 0.29], [2, 0.05, 0.24 + i * 0.29], "metalWhite"),
      ),
    ),
  );
  const side = (from: Vec2, turnDeg: number, count: number) => {
    for (let i = 0; i < count; i++) {
      const along = i * 2;
      const at: Vec3 =
        turnDeg === 0
          ? [from[0] + along, from[1], 0]
          : turnDeg === 180
            ? [from[0] - along, from[1], 0]
            : [from[0], from[1] + along * (turnDeg === 90 ? 1 : -1), 0];
      model.element({
        class: "IFCWALL",
        name: "设备间百叶墙",
        in: place,
        at,
        turnDeg,
        shape: louvre,
        material: "metalWhite",
      });
    }
  };
  side([-12, 12], 0, 12);
  side([12, 23], 180, 12);
  model.element({
    class: "IFCSLAB",
    name: "设备间屋面板",
    in: place,
    at: [0, 0, height],
    shape: model.shapes.solids(model.shapes.box([-20.3, 11.7, 0], [20.3, 24.2, 0.25], "metalWhite")),
    predefined: "ROOF",
    material: "concrete",
  });
}

/** A thin ring with louvre beams, on posts over the pylons. */
function addFloatingRoof(model: BuildingModel): void {
  const place = model.storey(ROOF);
  const level = 5.4;
  const ring = (
    name: string,
    outer: readonly Vec2[],
    z: number,
    thickness: number,
    finish: "metalWhite" | "wood",
  ) =>
    model.element({
      class: "IFCSLAB",
      name,
      in: place,
      at: [0, 0, level],
      shape: model.shapes.solids(model.shapes.slab(outer, [rectangle(-16, 4, 16, 20)], z, thickness, finish)),
      predefined: "ROOF",
      material: finish,
    });
  ring("飘浮屋盖", rectangle(-24.5, -3.6, 24.5, 27.6), 0, 0.5, "metalWhite");
  ring("飘浮屋盖木纹底板", rectangle(-24, -3.1, 24, 27.1), -0.08, 0.08, "wood");
  const louvre = model.shapes.mapped("roof-louvre", () =>
    model.shapes.solids(model.shapes.box([-0.08, 0, 0], [0.08, 16, 0.4], "champagne")),
  );
  for (let i = 0; i < 31; i++)
    model.element({
      class: "IFCMEMBER",
      name: "屋盖遮阳格栅",
      in: place,
      at: [-15 + i, 4, level + 0.05],
      shape: louvre,
      predefined: "PURLIN",
      material: "champagne",
    });
  const post = model.shapes.mapped("roof-post", () =>
    model.shapes.solids(model.shapes.cylinder([0, 0, 0], 0.14, level, "steel")),
  );
  for (const x of [-20, -12, -4, 4, 12, 20])
    for (const y of [1.6, 25.2]) {
      if (Math.abs(x) > 11 && y > 20) continue;
      addPost(model, place, post, [x, y > 20 ? 23.4 : y, 0]);
    }
  const stub = model.shapes.mapped("roof-stub", () =>
    model.shapes.solids(model.shapes.box([-0.5, -0.4, 0], [0.5, 0.4, 0.8], "granite")),
  );
  for (const x of [-20, 20]) for (const y of [-0.2, 24.5]) addPost(model, place, stub, [x, y, 4.6]);
}

function addPost(model: BuildingModel, place: Container, shape: MappedShape, at: Vec3): void {
  model.element({
    class: "IFCCOLUMN",
    name: "屋盖钢柱",
    in: place,
    at,
    shape,
    material: "steel",
  });
}

function addRoofEdge(model: BuildingModel): void {
  const place = model.storey(ROOF);
  const pieces: [Vec3, Vec3][] = [
    [
      [-18, -0.12, 0],
      [18, 0.3, 1.1],
    ],
    [
      [-12, 23.7, 0],
      [12, 24.12, 1.1],
    ],
    [
      [19.7, 0.75, 0],
      [20.15, 23.9, 1.1],
    ],
    [
      [-20.15, 0.75, 0],
      [-19.7, 23.9, 1.1],
    ],
  ];
  for (const [from, to] of pieces)
    model.element({
      class: "IFCWALL",
      name: "塔楼女儿墙",
      in: place,
      at: [0, 0, 0],
      shape: model.shapes.solids(
        model.shapes.box(from, to, "champagne"),
        model.shapes.box([from[0], from[1], to[2]], [to[0], to[1], to[2] + 0.1], "metalWhite"),
      ),
      predefined: "PARAPET",
      material: "champagne",
    });
}
