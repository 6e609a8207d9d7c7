import { type Billboard, BufferPointMaterial, Color, Material, type Polyline } from "cesium";
import { NO_DATA_LEVEL, type WarningLevel } from "../domain/risk.ts";
import { drawMark, WARNING_HEX } from "./marks.ts";

const NORMAL_COLORS = { night: "#a9b6c3", day: "#5a6876" } as const;
const NO_DATA_COLORS = { night: "#5b6875", day: "#a7b1bb" } as const;

/** Colours, sizes and pictures of sensors for the theme of the moment. */
export class SensorInk {
  theme: "night" | "day" = "night";
  accent = "#3dd6c3";
  readonly #pictures = new Map<string, HTMLCanvasElement>();

  /** The next pictures are drawn anew. */
  forgetPictures(): void {
    this.#pictures.clear();
  }

  pointMaterial(level: number, isChosen: boolean): BufferPointMaterial {
    const isSilent = level === NO_DATA_LEVEL;
    const fill = isSilent ? NO_DATA_COLORS[this.theme] : NORMAL_COLORS[this.theme];
    return new BufferPointMaterial({
      color: Color.fromCssColorString(isChosen ? this.accent : fill).withAlpha(isSilent ? 0.35 : 1),
      outlineColor: Color.fromCssColorString(this.theme === "night" ? "#0b1016" : "#ffffff"),
      outlineWidth: isChosen ? 2 : 1,
      size: isChosen ? 11 : isSilent ? 5 : 6,
    });
  }

  /** A polyline destroys its material; lines of equal colour still share a draw call. */
  stemMaterial(level: WarningLevel, isChosen: boolean): Material {
    const hex = isChosen ? this.accent : WARNING_HEX[this.theme][level];
    return Material.fromType("Color", { color: Color.fromCssColorString(hex).withAlpha(0.75) });
  }

  dressWarned(billboard: Billboard, stem: Polyline, level: WarningLevel, isChosen: boolean): void {
    const key = `mark-${this.theme}-${level}-${isChosen ? 1 : 0}`;
    billboard.setImage(key, this.#pictureFor(key, level, isChosen));
    billboard.scale = (level === 1 ? 0.46 : level === 2 ? 0.42 : 0.36) * (isChosen ? 1.25 : 1);
    stem.material = this.stemMaterial(level, isChosen);
    stem.width = isChosen ? 2.5 : 1.5;
  }

  /** Drawn once a level: hundreds of marks share five pictures. */
  #pictureFor(key: string, level: WarningLevel, isChosen: boolean): HTMLCanvasElement {
    const known = this.#pictures.get(key);
    if (known) return known;
    const rim = this.theme === "night" ? "#0b1016" : "#ffffff";
    const drawn = drawMark(level, WARNING_HEX[this.theme][level], rim, isChosen ? this.accent : null);
    this.#pictures.set(key, drawn);
    return drawn;
  }
}
