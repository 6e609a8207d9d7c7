import { Color, Material } from "cesium";
import { NO_DATA_LEVEL, type WarningLevel } from "../domain/risk.ts";
import { drawCluster, drawMark, ringParts, WARNING_HEX } from "./marks.ts";
import type { PointLook } from "./point-cloud.ts";

const NORMAL_COLORS = { night: "#a9b6c3", day: "#5a6876" } as const;
const NO_DATA_COLORS = { night: "#7d8b99", day: "#8492a0" } as const;
const RIMS = { night: "#0b1016", day: "#ffffff" } as const;

export interface Picture {
  readonly key: string;
  readonly canvas: HTMLCanvasElement;
  readonly scale: number;
}

/** Colours, sizes and pictures of sensors for the theme of the moment. */
export class SensorInk {
  theme: "night" | "day" = "night";
  accent = "#3dd6c3";
  readonly #pictures = new Map<string, HTMLCanvasElement>();

  /** The next pictures are drawn anew. */
  forgetPictures(): void {
    this.#pictures.clear();
  }

  get pictureCount(): number {
    return this.#pictures.size;
  }

  /** Number of a quiet sensor's look. Calm ones are filled; stale ones and those without data are hollow: they say nothing of the risk. */
  lookOf(level: number, isStale: boolean, isChosen: boolean): number {
    const state = level === NO_DATA_LEVEL ? 0 : isStale ? 1 : 2;
    return 1 + state + (isChosen ? 3 : 0);
  }

  /** All looks of quiet sensors in the order of their numbers. */
  looks(): readonly PointLook[] {
    const rim = Color.fromCssColorString(RIMS[this.theme]);
    return [false, true].flatMap((isChosen) => {
      const ink = Color.fromCssColorString(isChosen ? this.accent : NORMAL_COLORS[this.theme]);
      const faint = Color.fromCssColorString(isChosen ? this.accent : NO_DATA_COLORS[this.theme]);
      const hollow = { size: isChosen ? 11 : 4, rimWidth: 1.5 };
      return [
        { fill: rim.withAlpha(0.12), rim: faint.withAlpha(0.75), ...hollow },
        { fill: rim.withAlpha(0.5), rim: faint.withAlpha(0.95), ...hollow },
        { fill: ink, rim, size: isChosen ? 11 : 6, rimWidth: isChosen ? 2 : 1 },
      ];
    });
  }

  /** A polyline destroys its material; lines of equal colour still share a draw call. */
  stemMaterial(level: WarningLevel, isChosen: boolean): Material {
    const hex = isChosen ? this.accent : WARNING_HEX[this.theme][level];
    return Material.fromType("Color", { color: Color.fromCssColorString(hex).withAlpha(0.75) });
  }

  /** Drawn once a level: hundreds of marks share a few pictures. */
  mark(level: WarningLevel, isChosen: boolean, isStale: boolean): Picture {
    const key = `mark-${this.theme}-${level}-${isChosen ? 1 : 0}-${isStale ? 1 : 0}`;
    const hex = WARNING_HEX[this.theme][level];
    const canvas = this.#picture(key, () =>
      drawMark(level, hex, RIMS[this.theme], isChosen ? this.accent : null, isStale),
    );
    const scale = (level === 1 ? 0.46 : level === 2 ? 0.42 : 0.36) * (isChosen ? 1.25 : 1);
    return { key, canvas, scale };
  }

  cluster(level: WarningLevel, count: number, split: ArrayLike<number>): Picture {
    const text = count > 9999 ? `${Math.floor(count / 1000)}k` : String(count);
    const parts = ringParts(split);
    const key = `cluster-${this.theme}-${level}-${text}-${parts.join(".")}`;
    const canvas = this.#picture(key, () =>
      drawCluster(level, text, parts, WARNING_HEX[this.theme], RIMS[this.theme]),
    );
    return { key, canvas, scale: level === 1 ? 0.52 : level === 2 ? 0.48 : 0.44 };
  }

  #picture(key: string, draw: () => HTMLCanvasElement): HTMLCanvasElement {
    const known = this.#pictures.get(key);
    if (known) return known;
    const drawn = draw();
    this.#pictures.set(key, drawn);
    return drawn;
  }
}
