import { Cartesian3 } from "cesium";
import { createPicker } from "../../../src/city/picking.ts";
import { createSensorOverlay } from "../../../src/city/sensor-overlay.ts";
import type { Stage } from "../../../src/city/stage.ts";
import { closeStage, openStage, pause } from "./frames.ts";

const HEIGHT_M = 2_000;
const REPORT_MS = 1_000;
/** One of 5 000 is looked at; the others go the same way far from it. */
const COUNT = 5_000;

/** What was found, canvas pixels from the left; rows that a click there answers. */
export interface GlideFound {
  readonly beginPx: number;
  readonly middlePx: number;
  readonly endPx: number;
  readonly pickedInTheMiddle: number | null;
  readonly pickedAtBegin: number | null;
}

/** Whether a thing that is reported further east is drawn half-way after half the time, and picked where it is drawn. */
export async function glideIsDrawn(): Promise<GlideFound> {
  const stage = openStage("full");
  stage.scene.camera.setView({ destination: Cartesian3.fromDegrees(123.4, 41.8, HEIGHT_M) });
  const overlay = createSensorOverlay();
  overlay.attach(stage);
  const positions = new Float64Array(3 * COUNT);
  for (let row = 0; row < COUNT; row++)
    positions.set([row === 7 ? 123.394 : 123.8 + row / 1e5, 41.8, 20], 3 * row);
  overlay.set(positions, new Uint8Array(COUNT));
  const rows = Uint32Array.from({ length: COUNT }, (_, row) => row);
  const zeros = new Float64Array(COUNT);
  overlay.update({ rows, values: new Float32Array(COUNT), timesMs: zeros, levels: new Uint8Array(COUNT) });
  const report = (eastDeg: number) => {
    const moved = positions.map((value, at) => (at % 3 === 0 ? value + eastDeg : value));
    overlay.move({ rows, positions: moved, headingsDeg: new Float32Array(COUNT), timesMs: zeros });
    return performance.now();
  };
  report(0);
  await pause(REPORT_MS);
  const startMs = report(0.012);
  // the way takes as long as there was between the two reports, a little over a second
  const picker = createPicker(
    () => null,
    () => null,
  );
  const shownAt = (shareOfWay: number) => {
    overlay.step(startMs + shareOfWay * REPORT_MS);
    stage.scene.requestRender();
    stage.widget.render();
    return brightColumn(stage);
  };
  const [beginPx, middlePx] = [shownAt(0), shownAt(0.5)];
  const rowAt = (x: number) => {
    const picked = picker.pickAt(stage, x, stage.scene.canvas.clientHeight / 2);
    return picked?.kind === "sensor" ? picked.row : null;
  };
  const [pickedInTheMiddle, pickedAtBegin] = [rowAt(middlePx), rowAt(beginPx)];
  const endPx = shownAt(2);
  closeStage(stage);
  return { beginPx, middlePx, endPx, pickedInTheMiddle, pickedAtBegin };
}

/** Where the bright pixels are, from the left, on average. */
function brightColumn(stage: Stage): number {
  const gl = stage.widget.canvas.getContext("webgl2")!;
  const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
  const pixels = new Uint8Array(4 * width * height);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  let [sum, count] = [0, 0];
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at]! + pixels[at + 1]! + pixels[at + 2]! > 200) {
      sum += (at / 4) % width;
      count += 1;
    }
  return sum / count + 0.5;
}
