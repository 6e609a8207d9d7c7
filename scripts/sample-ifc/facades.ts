import type { BuildingModel, Product } from "./building-model.ts";
import type { Container } from "./container.ts";
import { type FacadeRun, onRun } from "./facade-run.ts";
import type { Finish } from "./finishes.ts";
import { windowTail } from "./product-classes.ts";
import type { MappedShape } from "./shapes.ts";
import { enumeration, typed } from "./step-writer.ts";

export interface CurtainOptions {
  readonly name: string;
  readonly modules: number;
  readonly height: number;
  /** Height of the opaque band at the floor, which hides the slab edge. */
  readonly spandrel: number;
  /** How far the vertical fins stand out of the glass. */
  readonly fin: number;
  readonly glass?: Finish;
  /** Bottom of the run above the storey. */
  readonly z?: number;
}

/** A curtain wall of glass plates, spandrels, vertical fins and transoms along a run. */
export function addCurtainWall(
  model: BuildingModel,
  place: Container,
  run: FacadeRun,
  options: CurtainOptions,
): Product {
  const wall = model.assembly("IFCCURTAINWALL", options.name, place);
  const width = run.length / options.modules;
  const z = options.z ?? 0;
  const glassFrom = options.spandrel + 0.06;
  const panel = (name: string, finish: Finish, height: number) =>
    plateShape(model, name, width, height, finish);
  const vision = panel("vision", options.glass ?? "glass", options.height - glassFrom - 0.06);
  for (let i = 0; i < options.modules; i++) {
    const along = (i + 0.5) * width;
    addPlate(model, place, wall, "中空玻璃板块", vision, onRun(run, along, 0, z + glassFrom), run);
    if (options.spandrel > 0)
      addPlate(
        model,
        place,
        wall,
        "层间彩釉玻璃板块",
        panel("spandrel", "glassDark", options.spandrel - 0.06),
        onRun(run, along, 0, z + 0.03),
        run,
      );
  }
  addFins(model, place, wall, run, options, width);
  addTransoms(model, place, wall, run, options);
  return wall;
}

function plateShape(
  model: BuildingModel,
  kind: string,
  width: number,
  height: number,
  finish: Finish,
): MappedShape {
  const half = width / 2 - 0.03;
  return model.shapes.mapped(`plate/${kind}/${finish}/${width}/${height.toFixed(3)}`, () =>
    model.shapes.solids(model.shapes.box([-half, -0.016, 0], [half, 0.016, height], finish)),
  );
}

function addPlate(
  model: BuildingModel,
  place: Container,
  wall: Product,
  name: string,
  shape: MappedShape,
  at: readonly [number, number, number],
  run: FacadeRun,
): void {
  const type = model.type("IFCPLATETYPE", name, [enumeration("CURTAIN_PANEL")], {
    Pset_PlateCommon: {
      Reference: name,
      IsExternal: true,
      ThermalTransmittance: typed("IFCTHERMALTRANSMITTANCEMEASURE", name.includes("中空") ? 1.5 : 0.6),
    },
  });
  model.element({ class: "IFCPLATE", name, in: place, at, turnDeg: run.turnDeg, shape, partOf: wall, type });
}

function addFins(
  model: BuildingModel,
  place: Container,
  wall: Product,
  run: FacadeRun,
  options: CurtainOptions,
  width: number,
): void {
  const { height, fin } = options;
  const shape = model.shapes.mapped(`fin/${height}/${fin}`, () =>
    model.shapes.solids(
      model.shapes.box([-0.035, -fin, 0], [0.035, 0.02, height], "champagne"),
      model.shapes.box([-0.03, 0.02, 0], [0.03, 0.16, height], "metalWhite"),
    ),
  );
  for (let i = 0; i <= options.modules; i++)
    model.element({
      class: "IFCMEMBER",
      name: "竖向装饰肋",
      in: place,
      at: onRun(run, i * width, 0, options.z ?? 0),
      turnDeg: run.turnDeg,
      shape,
      partOf: wall,
      material: "champagne",
    });
}

function addTransoms(
  model: BuildingModel,
  place: Container,
  wall: Product,
  run: FacadeRun,
  options: CurtainOptions,
): void {
  const levels = options.spandrel > 0 ? [0, options.spandrel] : [0];
  const pieces = Math.max(1, Math.round(run.length / 6));
  const length = run.length / pieces;
  const shape = model.shapes.mapped(`transom/${length}`, () =>
    model.shapes.solids(model.shapes.box([0, -0.1, -0.03], [length, 0.1, 0.06], "champagne")),
  );
  for (const level of levels)
    for (let i = 0; i < pieces; i++)
      model.element({
        class: "IFCMEMBER",
        name: "横梁",
        in: place,
        at: onRun(run, i * length, 0, (options.z ?? 0) + level),
        turnDeg: run.turnDeg,
        shape,
        partOf: wall,
        material: "champagne",
      });
}

export interface StoneOptions {
  readonly modules: number;
  readonly height: number;
  readonly pier: number;
  /** Height of the bronze panel under the window. */
  readonly spandrel: number;
  /** Stone band over the window, flush with the piers. */
  readonly lintel?: number;
}

/** Stone piers with windows and bronze spandrels set back between them: a vertical rhythm without openings to cut. */
export function addStoneFacade(
  model: BuildingModel,
  place: Container,
  run: FacadeRun,
  options: StoneOptions,
): void {
  const width = run.length / options.modules;
  const clear = width - options.pier;
  const { height, spandrel } = options;
  const lintel = options.lintel ?? 0;
  const pier = model.shapes.mapped(`pier/${options.pier}/${height}`, () => {
    const half = options.pier / 2;
    return model.shapes.solids(model.shapes.box([-half, -0.15, 0], [half, 0.55, height], "travertine"));
  });
  const band = model.shapes.mapped(`lintel/${clear}/${lintel}`, () =>
    model.shapes.solids(model.shapes.box([-clear / 2, -0.05, 0], [clear / 2, 0.45, lintel], "travertine")),
  );
  const panel = model.shapes.mapped(`spandrel/${clear}/${spandrel}`, () =>
    model.shapes.solids(
      model.shapes.box([-clear / 2, 0.26, 0], [clear / 2, 0.5, spandrel], "bronze"),
      model.shapes.box([-clear / 2, 0.1, spandrel - 0.08], [clear / 2, 0.5, spandrel], "champagne"),
    ),
  );
  const windowHeight = height - spandrel - lintel;
  for (let i = 0; i <= options.modules; i++)
    model.element({
      class: "IFCWALL",
      name: "石材壁柱",
      in: place,
      at: onRun(run, i * width, 0, 0),
      turnDeg: run.turnDeg,
      shape: pier,
      material: "travertine",
      type: stoneType(model),
    });
  for (let i = 0; i < options.modules; i++) {
    const along = (i + 0.5) * width;
    const common = { in: place, turnDeg: run.turnDeg };
    model.element({
      ...common,
      class: "IFCCOVERING",
      name: "窗间墙铝板",
      at: onRun(run, along, 0, 0),
      shape: panel,
      material: "bronze",
    });
    addWindow(model, place, run, along, spandrel, clear, windowHeight);
    if (lintel > 0)
      model.element({
        ...common,
        class: "IFCWALL",
        name: "石材横带",
        at: onRun(run, along, 0, height - lintel),
        shape: band,
        material: "travertine",
        type: stoneType(model),
      });
  }
}

function stoneType(model: BuildingModel) {
  return model.type("IFCWALLTYPE", "石材幕墙 600", [enumeration("SOLIDWALL")], {
    Pset_WallCommon: {
      Reference: "石材幕墙 600",
      IsExternal: true,
      LoadBearing: false,
      FireRating: "不燃性 1.00h",
      ThermalTransmittance: typed("IFCTHERMALTRANSMITTANCEMEASURE", 0.38),
    },
  });
}

function addWindow(
  model: BuildingModel,
  place: Container,
  run: FacadeRun,
  along: number,
  z: number,
  width: number,
  height: number,
): void {
  const name = `窗 C${Math.round(width * 10)}${Math.round(height * 10)}`;
  const half = width / 2;
  const shape = model.shapes.mapped(`window/${width}/${height}`, () => {
    const frame = (x0: number, z0: number, x1: number, z1: number) =>
      model.shapes.box([x0, 0.24, z0], [x1, 0.36, z1], "bronze");
    return model.shapes.solids(
      frame(-half, 0, half, 0.07),
      frame(-half, height - 0.07, half, height),
      frame(-half, 0.07, -half + 0.07, height - 0.07),
      frame(half - 0.07, 0.07, half, height - 0.07),
      frame(-0.03, 0.07, 0.03, height - 0.07),
      model.shapes.box([-half + 0.07, 0.29, 0.07], [half - 0.07, 0.32, height - 0.07], "glass"),
    );
  });
  const type = model.type(
    "IFCWINDOWTYPE",
    name,
    [enumeration("WINDOW"), enumeration("SINGLE_PANEL"), false, null],
    {
      Pset_WindowCommon: {
        Reference: name,
        IsExternal: true,
        ThermalTransmittance: typed("IFCTHERMALTRANSMITTANCEMEASURE", 1.6),
        GlazingAreaFraction: typed("IFCPOSITIVERATIOMEASURE", 0.86),
      },
    },
  );
  const tail = windowTail(width, height);
  const at = onRun(run, along, 0, z);
  model.element({ class: "IFCWINDOW", name, in: place, at, turnDeg: run.turnDeg, shape, tail, type });
}
