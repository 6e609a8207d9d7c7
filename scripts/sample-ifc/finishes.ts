import { enumeration, type Ref, type StepWriter, typed } from "./step-writer.ts";

/** Chinese name, red, green, blue (0-1, as IFC colours are read: sRGB), transparency 0-1. */
const FINISHES = {
  travertine: ["米黄洞石", 0.86, 0.82, 0.74, 0],
  travertineDark: ["洞石（勒脚）", 0.7, 0.66, 0.59, 0],
  granite: ["深灰花岗岩", 0.4, 0.4, 0.41, 0],
  paving: ["浅灰花岗岩铺装", 0.74, 0.73, 0.7, 0],
  pavingDark: ["芝麻灰铺装", 0.6, 0.59, 0.57, 0],
  concrete: ["C40 混凝土", 0.76, 0.76, 0.74, 0],
  screed: ["水磨石地面", 0.82, 0.81, 0.78, 0],
  plaster: ["白色乳胶漆墙", 0.93, 0.92, 0.89, 0],
  metalWhite: ["氟碳白铝板", 0.92, 0.92, 0.9, 0],
  champagne: ["香槟色铝型材", 0.74, 0.66, 0.53, 0],
  bronze: ["古铜色铝板", 0.36, 0.31, 0.26, 0],
  steel: ["不锈钢", 0.72, 0.74, 0.76, 0],
  galvanised: ["镀锌钢板", 0.68, 0.71, 0.73, 0],
  wood: ["木纹转印铝板", 0.8, 0.67, 0.51, 0],
  glass: ["Low-E 中空玻璃", 0.42, 0.56, 0.62, 0.55],
  glassClear: ["超白玻璃", 0.72, 0.82, 0.84, 0.68],
  glassDark: ["彩釉玻璃", 0.3, 0.39, 0.44, 0],
  leaf: ["乔木", 0.45, 0.54, 0.35, 0],
  leafLight: ["灌木", 0.54, 0.6, 0.4, 0],
  bark: ["树干", 0.42, 0.34, 0.27, 0],
  lawn: ["草坪", 0.5, 0.58, 0.37, 0],
  water: ["静水面", 0.3, 0.44, 0.5, 0],
  fireRed: ["消防红", 0.74, 0.16, 0.13, 0],
  gasYellow: ["燃气黄", 0.9, 0.72, 0.12, 0],
  chilledBlue: ["冷冻水蓝", 0.24, 0.47, 0.66, 0],
  heatingOrange: ["供热橙", 0.8, 0.42, 0.2, 0],
  equipment: ["设备灰", 0.55, 0.6, 0.62, 0],
  light: ["灯具", 0.98, 0.96, 0.88, 0],
  fabric: ["织物", 0.3, 0.42, 0.46, 0],
  doorWood: ["木门", 0.6, 0.45, 0.31, 0],
  fireDoor: ["钢质防火门", 0.62, 0.6, 0.56, 0],
} as const;

export type Finish = keyof typeof FINISHES;

/** Surface styles and materials, each written when first asked for. */
export class Finishes {
  readonly #step: StepWriter;
  readonly #styles = new Map<Finish, Ref>();
  readonly #materials = new Map<Finish, Ref>();

  constructor(step: StepWriter) {
    this.#step = step;
  }

  style(finish: Finish): Ref {
    const known = this.#styles.get(finish);
    if (known) return known;
    const [name, red, green, blue, transparency] = FINISHES[finish];
    const colour = this.#step.share("IFCCOLOURRGB", null, red, green, blue);
    const specular = typed("IFCNORMALISEDRATIOMEASURE", transparency > 0 ? 0.8 : 0.1);
    const rendering = this.#step.add(
      "IFCSURFACESTYLERENDERING",
      colour,
      transparency,
      null,
      null,
      null,
      null,
      specular,
      null,
      enumeration("NOTDEFINED"),
    );
    const style = this.#step.add("IFCSURFACESTYLE", name, enumeration("BOTH"), [rendering]);
    this.#styles.set(finish, style);
    return style;
  }

  material(finish: Finish): Ref {
    const known = this.#materials.get(finish);
    if (known) return known;
    const material = this.#step.add("IFCMATERIAL", FINISHES[finish][0], null, null);
    this.#materials.set(finish, material);
    return material;
  }
}
