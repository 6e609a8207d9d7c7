import { BillboardCollection, Cartesian3, NearFarScalar } from "cesium";
import { NO_DATA_LEVEL } from "../domain/risk.ts";
import type { OverlayMark } from "./picking.ts";
import { clipFromFrame, projectOffset } from "./screen-projection.ts";
import type { SensorField } from "./sensor-field.ts";
import type { Stage } from "./stage.ts";

const PIXELS = 40;
/** With more of them on the screen the camera is so far that a dash would be less than a pixel: hollow points do. */
const MOST = 300;
const INKS = { night: "#a9b6c3", day: "#45525f" } as const;

function drawRing(theme: "night" | "day"): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = PIXELS;
  canvas.height = PIXELS;
  const context = canvas.getContext("2d")!;
  context.beginPath();
  context.arc(PIXELS / 2, PIXELS / 2, 14, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.setLineDash([6.2, 4.8]);
  context.strokeStyle = INKS[theme];
  context.stroke();
  return canvas;
}

/** Sensors without data on the screen, as dashed rings: the shape says that nothing is known. */
export class SilentRings {
  readonly #stage: Stage;
  readonly #field: SensorField;
  readonly #theme: "night" | "day";
  #rings: BillboardCollection | null = null;
  /** Rows that have a ring now, as text. */
  #drawn = "";

  constructor(stage: Stage, field: SensorField, theme: "night" | "day") {
    this.#stage = stage;
    this.#field = field;
    this.#theme = theme;
  }

  set visible(isVisible: boolean) {
    if (this.#rings) this.#rings.show = isVisible;
  }

  /** Draws those that are on the screen now; none when they are too many. */
  redraw(kind: number | null, nowMs: number): void {
    const found = this.#rowsOnScreen(kind, nowMs);
    const rows = found.length > MOST ? [] : found;
    const drawn = rows.join();
    if (drawn === this.#drawn) return;
    this.remove();
    this.#drawn = drawn;
    if (rows.length === 0) return;
    const { scene } = this.#stage;
    const rings = scene.primitives.add(new BillboardCollection({ scene })) as BillboardCollection;
    const { frame } = this.#field;
    const place = new Float64Array(3);
    const picture = drawRing(this.#theme);
    for (const row of rows) {
      this.#field.write(row, nowMs, place);
      const [x, y, z] = [0, 1, 2].map((axis) => frame.origin[axis]! + place[axis]!);
      const id: OverlayMark = { overlay: "sensor", row, id: "" };
      const ring = rings.add({
        id,
        position: new Cartesian3(x, y, z),
        scale: 0.4,
        scaleByDistance: new NearFarScalar(1_000, 1, 12_000, 0.6),
      });
      ring.setImage("silent", picture);
    }
    this.#rings = rings;
  }

  remove(): void {
    if (this.#rings) this.#stage.scene.primitives.remove(this.#rings);
    this.#rings = null;
    this.#drawn = "";
  }

  #rowsOnScreen(kind: number | null, nowMs: number): number[] {
    const { levels, frame, count } = this.#field;
    const { clientWidth: width, clientHeight: height } = this.#stage.scene.canvas;
    const clip = clipFromFrame(this.#stage, frame);
    const pixel = new Float64Array(2);
    const place = new Float64Array(3);
    const rows: number[] = [];
    for (let row = 0; row < count && rows.length <= MOST; row++) {
      if (levels[row] !== NO_DATA_LEVEL || !this.#field.isShown(row, kind)) continue;
      this.#field.write(row, nowMs, place);
      projectOffset(clip, place[0]!, place[1]!, place[2]!, width, height, pixel);
      if (pixel[0]! >= 0 && pixel[1]! >= 0 && pixel[0]! <= width && pixel[1]! <= height) rows.push(row);
    }
    return rows;
  }
}
