import type { BuildingModel } from "./building-model.ts";
import type { Container } from "./container.ts";
import {
  ALL_STOREYS,
  ATRIUM,
  BASEMENT,
  CORE,
  GRID_X,
  GRID_Y,
  isPodium,
  PODIUM,
  ROOF,
  SLAB,
  STOREYS,
  type StoreyPlan,
  storeyNumber,
  TOWER,
  towerHalfWidth,
  type Vec2,
} from "./plan.ts";
import { rectangle } from "./shapes.ts";
import { enumeration } from "./step-writer.ts";

/** Slabs, columns and basement walls of every storey. */
export function addStructure(model: BuildingModel): void {
  for (const plan of ALL_STOREYS) addSlabs(model, plan);
  for (const plan of [BASEMENT, ...STOREYS]) addColumns(model, plan);
  addBasementWalls(model);
}

/** Stair and lift shafts of one core, the stair alone at the roof; side 1 is east, -1 west. */
function coreHoles(side: 1 | -1, isRoof: boolean): Vec2[][] {
  const hole = (area: { x0: number; x1: number; y0: number; y1: number }) =>
    side === 1
      ? rectangle(area.x0, area.y0, area.x1, area.y1)
      : rectangle(-area.x1, area.y0, -area.x0, area.y1);
  return isRoof ? [hole(CORE.stair)] : [hole(CORE.lifts), hole(CORE.stair)];
}

function addSlabs(model: BuildingModel, plan: StoreyPlan): void {
  const place = model.storey(plan);
  const number = storeyNumber(plan);
  const isRoof = number === 13;
  const isBase = number === -1;
  const mirror = (ring: readonly Vec2[]): Vec2[] => ring.map(([x, y]) => [-x, y] as const).reverse();
  const east = eastOutline(plan);
  const eastHoles = isBase ? [] : coreHoles(1, isRoof);
  const westHoles = isBase ? [] : coreHoles(-1, isRoof);
  const open =
    number >= 2 && number <= 4 ? [rectangle(ATRIUM.x0 + 0.01, ATRIUM.y0, ATRIUM.x1 - 0.01, ATRIUM.y1)] : [];
  addSlab(model, place, plan, "东区", east, eastHoles);
  addSlab(model, place, plan, "西区", mirror(east), westHoles);
  const [south, north] = middleSpan(plan);
  if (open.length === 0) addSlab(model, place, plan, "中区", rectangle(-12, south, 12, north), []);
  else {
    addSlab(model, place, plan, "中区南", rectangle(-12, south, 12, ATRIUM.y0), []);
    addSlab(model, place, plan, "中区北", rectangle(-12, ATRIUM.y1, 12, north), []);
  }
}

function middleSpan(plan: StoreyPlan): [number, number] {
  const number = storeyNumber(plan);
  if (number === -1 || number === 1) return [PODIUM.south + 0.2, PODIUM.north - 0.2];
  if (number <= 3) return [PODIUM.glassSouth + 0.2, PODIUM.north - 0.2];
  if (number === 4) return [PODIUM.south, PODIUM.north];
  return [TOWER.south + 0.2, TOWER.north - 0.2];
}

/** Outline of the slab east of x = 12. */
function eastOutline(plan: StoreyPlan): Vec2[] {
  const number = storeyNumber(plan);
  const [south, north] = middleSpan(plan);
  if (number === 2 || number === 3)
    return [
      [12, south],
      [36, south],
      [36, PODIUM.south + 0.2],
      [PODIUM.x - 0.2, PODIUM.south + 0.2],
      [PODIUM.x - 0.2, north],
      [12, north],
    ];
  if (number <= 4) return rectangle(12, south, PODIUM.x - (number === 4 ? 0 : 0.2), north);
  const half = number === 9 ? TOWER.wingX : towerHalfWidth(plan);
  return rectangle(12, south, half - 0.2, north);
}

function addSlab(
  model: BuildingModel,
  place: Container,
  plan: StoreyPlan,
  zone: string,
  outline: readonly Vec2[],
  holes: readonly (readonly Vec2[])[],
): void {
  const number = storeyNumber(plan);
  const thickness = number === -1 ? 0.6 : SLAB;
  const kind = number === -1 ? "BASESLAB" : number === 13 ? "ROOF" : "FLOOR";
  const title = number === -1 ? "筏板" : number === 13 ? "屋面板" : "楼板";
  const name = `${title} ${Math.round(thickness * 1000)}`;
  const finish = number === 13 ? "paving" : number === -1 ? "concrete" : "screed";
  model.element({
    class: "IFCSLAB",
    name: `${plan.name}${title} ${zone}`,
    in: place,
    at: [0, 0, 0],
    shape: model.shapes.solids(model.shapes.slab(outline, holes, -thickness, thickness, finish)),
    predefined: kind,
    material: "concrete",
    type: model.type("IFCSLABTYPE", name, [enumeration(kind)], {
      Pset_SlabCommon: {
        Reference: name,
        LoadBearing: true,
        IsExternal: number === 13,
        FireRating: "不燃性 1.50h",
      },
    }),
  });
}

function columnPlaces(plan: StoreyPlan): Vec2[] {
  const number = storeyNumber(plan);
  if (number === -1 || isPodium(plan)) {
    const places = GRID_X.flatMap((x) => GRID_Y.map((y): Vec2 => [clampTo(x, 43.3), clampTo(y, 31.3)]));
    return places.filter(([x, y]) => number === -1 || !(isBeforeGlass(x, y) || isInAtrium(x, y)));
  }
  const half = towerHalfWidth(plan);
  const xs = GRID_X.filter((x) => Math.abs(x) <= half);
  return xs.flatMap((x) => [0.9, 8, 16, 23.1].map((y): Vec2 => [clampTo(x, half - 0.9), y]));
}

function clampTo(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

function isBeforeGlass(x: number, y: number): boolean {
  return Math.abs(x) < 36 && y < PODIUM.glassSouth;
}

function isInAtrium(x: number, y: number): boolean {
  return Math.abs(x) < ATRIUM.x1 && y > ATRIUM.y0 && y < ATRIUM.y1;
}

function addColumns(model: BuildingModel, plan: StoreyPlan): void {
  const number = storeyNumber(plan);
  const size = number <= 3 ? 0.9 : number <= 8 ? 0.8 : 0.7;
  const height = plan.height - (number === -1 ? 0.6 : SLAB);
  const half = size / 2;
  const name = `框架柱 KZ ${Math.round(size * 1000)}×${Math.round(size * 1000)}`;
  const shape = model.shapes.mapped(`column/${size}/${height.toFixed(2)}`, () =>
    model.shapes.solids(model.shapes.box([-half, -half, 0], [half, half, height], "concrete")),
  );
  const type = model.type("IFCCOLUMNTYPE", name, [enumeration("COLUMN")], {
    Pset_ColumnCommon: { Reference: name, LoadBearing: true, IsExternal: false, FireRating: "不燃性 3.00h" },
  });
  for (const [x, y] of columnPlaces(plan))
    model.element({
      class: "IFCCOLUMN",
      name,
      in: model.storey(plan),
      at: [x, y, 0],
      shape,
      material: "concrete",
      type,
    });
}

function addBasementWalls(model: BuildingModel): void {
  const place = model.storey(BASEMENT);
  const x = PODIUM.x;
  const { south, north } = PODIUM;
  const height = BASEMENT.height - SLAB;
  const sides: [string, Vec2, Vec2][] = [
    ["南", [-x, south], [x, south]],
    ["东", [x, south], [x, north]],
    ["北", [x, north], [-x, north]],
    ["西", [-x, north], [-x, south]],
  ];
  for (const [side, from, to] of sides) {
    const along = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const turnDeg = Math.round((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI);
    model.element({
      class: "IFCWALL",
      name: `地下室外墙 ${side}`,
      in: place,
      at: [from[0], from[1], 0],
      turnDeg,
      shape: model.shapes.solids(model.shapes.upright(rectangle(0, 0, along, height), [], 0.4, "concrete")),
      predefined: "SHEAR",
      material: "concrete",
    });
  }
}

/** Storeys that have a core: from the basement to the head of the stairs on the roof. */
export const CORE_STOREYS: readonly StoreyPlan[] = [BASEMENT, ...STOREYS, ROOF];
