import { clipFromFrame } from "./screen-projection.ts";
import type { SensorField } from "./sensor-field.ts";
import type { Stage } from "./stage.ts";

/** A hit counts so many pixels beside a point as well: the picture that is picked from is looked at in a small square. */
const BESIDE_PX = 2;

/**
 * The row whose point is drawn at a pixel (CSS, from the canvas's upper left corner) at a moment, the foremost of several; null when
 * there is none. `radiusOf` says how big a row's point is, pixels, 0 for one that is not drawn. Looks at all rows: 100 000 take
 * about a millisecond, paid when points have been hit and not in every frame.
 */
export function sensorAtPixel(
  stage: Stage,
  field: SensorField,
  nowMs: number,
  pixel: { readonly x: number; readonly y: number },
  radiusOf: (row: number) => number,
): number | null {
  const { clientWidth: width, clientHeight: height } = stage.scene.canvas;
  const m = clipFromFrame(stage, field.frame);
  const place = new Float64Array(3);
  let found: number | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < field.count; row++) {
    const radius = radiusOf(row);
    if (radius === 0) continue;
    field.write(row, nowMs, place);
    const [x, y, z] = [place[0]!, place[1]!, place[2]!];
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (w <= 0 || w >= nearest) continue;
    const dx = (0.5 + (0.5 * (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!)) / w) * width - pixel.x;
    const dy = (0.5 - (0.5 * (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!)) / w) * height - pixel.y;
    if (dx * dx + dy * dy > (radius + BESIDE_PX) ** 2) continue;
    found = row;
    nearest = w;
  }
  return found;
}
