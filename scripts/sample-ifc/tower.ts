import type { BuildingModel } from "./building-model.ts";
import type { Container } from "./container.ts";
import { facadeRun, onRun } from "./facade-run.ts";
import { addCurtainWall, addStoneFacade } from "./facades.ts";
import { PYLON, ROOF, STOREYS, type StoreyPlan, storeyNumber, TOWER, type Vec2 } from "./plan.ts";

const { south, north, wingX, centreX } = TOWER;
/** Inner edge of the pylons: the glass centre spans between them. */
const GLASS_X = centreX - PYLON.half;

/** Storeys four to twelve: glass centre, stone wings up to the eighth, pylons on both sides of the centre. */
export function addTower(model: BuildingModel): void {
  for (const plan of STOREYS.slice(3)) {
    const place = model.storey(plan);
    addGlassCentre(model, place, plan);
    addPylons(model, place, plan.height - 0.04);
    if (storeyNumber(plan) <= 8) addWings(model, place, plan);
    else addCentreSides(model, place, plan);
  }
  addPylons(model, model.storey(ROOF), 4.6);
  addWingParapets(model);
}

function addGlassCentre(model: BuildingModel, place: Container, plan: StoreyPlan): void {
  const options = { height: plan.height, spandrel: 0.95, fin: 0.42 };
  addCurtainWall(model, place, facadeRun([-GLASS_X, south], [GLASS_X, south]), {
    ...options,
    name: `${plan.name}南立面单元幕墙`,
    modules: 18,
  });
  addCurtainWall(model, place, facadeRun([12, north], [-12, north]), {
    ...options,
    name: `${plan.name}北立面单元幕墙`,
    modules: 12,
  });
}

/** South pylons are slender; the northern ones are the outer skin of the cores. */
function addPylons(model: BuildingModel, place: Container, height: number): void {
  const slender = model.shapes.mapped(`pylon/south/${height}`, () =>
    model.shapes.solids(
      model.shapes.box([-PYLON.half, -PYLON.before, 0], [-0.2, 0.75, height], "travertine"),
      model.shapes.box([0.2, -PYLON.before, 0], [PYLON.half, 0.75, height], "travertine"),
      model.shapes.box([-0.2, -PYLON.before + 0.35, 0], [0.2, 0.7, height + 0.04], "bronze"),
    ),
  );
  const broad = model.shapes.mapped(`pylon/north/${height}`, () =>
    model.shapes.solids(model.shapes.box([-5, -PYLON.before, 0], [5, 0.1, height], "travertine")),
  );
  const pylon = (x: number, y: number, turnDeg: number, shape: typeof slender) =>
    model.element({
      class: "IFCWALL",
      name: "石材塔柱",
      in: place,
      at: [x, y, 0],
      turnDeg,
      shape,
      material: "travertine",
    });
  for (const side of [-1, 1]) {
    pylon(side * centreX, south, 0, slender);
    pylon(side * 17, north, 180, broad);
  }
}

function addWings(model: BuildingModel, place: Container, plan: StoreyPlan): void {
  const options = { height: plan.height, pier: 1, spandrel: 0.95, modules: 4 };
  const inner = centreX + PYLON.half;
  addStoneFacade(model, place, facadeRun([-wingX, south], [-inner, south]), options);
  addStoneFacade(model, place, facadeRun([inner, south], [wingX, south]), options);
  addStoneFacade(model, place, facadeRun([wingX, north], [inner, north]), options);
  addStoneFacade(model, place, facadeRun([-inner, north], [-wingX, north]), options);
  addEndWall(model, place, plan, [wingX, south], [wingX, north]);
  addEndWall(model, place, plan, [-wingX, north], [-wingX, south]);
}

/** Solid stone on both sides of a tall glass slot at the corridor's end. */
function addEndWall(model: BuildingModel, place: Container, plan: StoreyPlan, from: Vec2, to: Vec2): void {
  const run = facadeRun(from, to);
  const shape = model.shapes.mapped(`end-wall/${plan.height}`, () =>
    model.shapes.solids(
      model.shapes.box([-4.75, -0.15, 0], [4.75, 0.35, plan.height - 0.04], "travertine"),
      model.shapes.box([-4.75, -0.1, plan.height - 0.04], [4.75, 0.35, plan.height], "travertineDark"),
    ),
  );
  for (const along of [4.75, run.length - 4.75])
    model.element({
      class: "IFCWALL",
      name: "石材山墙",
      in: place,
      at: onRun(run, along, 0, 0),
      turnDeg: run.turnDeg,
      shape,
      material: "travertine",
    });
  const slot = { ...run, origin: onRun(run, 9.5, 0, 0).slice(0, 2) as unknown as Vec2, length: 5 };
  addCurtainWall(model, place, slot, {
    name: `${plan.name}山墙竖向玻璃带`,
    modules: 2,
    height: plan.height,
    spandrel: 0.5,
    fin: 0.1,
  });
}

/** Above the wings the centre shows its flanks. */
function addCentreSides(model: BuildingModel, place: Container, plan: StoreyPlan): void {
  const options = { height: plan.height, pier: 1, spandrel: 0.95, modules: 3 };
  const coreFrom = 12.4;
  addStoneFacade(model, place, facadeRun([centreX, south + 0.75], [centreX, coreFrom]), options);
  addStoneFacade(model, place, facadeRun([-centreX, coreFrom], [-centreX, south + 0.75]), options);
  const length = north - 0.1 - coreFrom;
  const shape = model.shapes.mapped(`core-flank/${plan.height}`, () =>
    model.shapes.solids(model.shapes.box([0, -0.15, 0], [length, 0.1, plan.height - 0.04], "travertine")),
  );
  for (const run of [
    facadeRun([centreX, coreFrom], [centreX, north - 0.1]),
    facadeRun([-centreX, north - 0.1], [-centreX, coreFrom]),
  ])
    model.element({
      class: "IFCWALL",
      name: "核心筒石材外墙",
      in: place,
      at: onRun(run, 0, 0, 0),
      turnDeg: run.turnDeg,
      shape,
      material: "travertine",
    });
}

/** Stone frieze of the wing roofs. */
function addWingParapets(model: BuildingModel): void {
  const place = model.storey(STOREYS[8] as StoreyPlan);
  const inner = centreX + PYLON.half;
  const piece = (from: Vec2, to: Vec2) => {
    const run = facadeRun(from, to);
    const shape = model.shapes.mapped(`wing-parapet/${run.length}`, () =>
      model.shapes.solids(
        model.shapes.box([-0.15, -0.15, 0], [run.length + 0.15, 0.3, 1.1], "travertine"),
        model.shapes.box([-0.3, -0.3, 1.1], [run.length + 0.3, 0.38, 1.25], "metalWhite"),
      ),
    );
    model.element({
      class: "IFCWALL",
      name: "翼楼女儿墙",
      in: place,
      at: [from[0], from[1], 0],
      turnDeg: run.turnDeg,
      shape,
      predefined: "PARAPET",
      material: "travertine",
    });
  };
  piece([-wingX, south], [-inner, south]);
  piece([inner, south], [wingX, south]);
  piece([wingX, south + 0.5], [wingX, north - 0.5]);
  piece([wingX, north], [inner, north]);
  piece([-inner, north], [-wingX, north]);
  piece([-wingX, north - 0.5], [-wingX, south + 0.5]);
}
