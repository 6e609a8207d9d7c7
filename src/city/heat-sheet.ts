import {
  Color,
  EllipsoidSurfaceAppearance,
  GeometryInstance,
  Material,
  Primitive,
  Rectangle,
  RectangleGeometry,
} from "cesium";
import type { HeatScale } from "../domain/sensor-display.ts";
import type { HeatGrid } from "./heat-grid.ts";
import { WARNING_HEX } from "./marks.ts";

/** Over the ground and the warnings' fills, under everything that stands. */
const SHEET_HEIGHT = 1.6;
const EARTH_RADIUS_M = 6_371_000;
/** A flat triangle dips under the round earth by step² / 8R. */
const STEP_M = 500;

/**
 * Value by lightness and hue from violet to pale rose: none of the four warning colours, which are lines here: where the
 * value passes a threshold. Where no live sensor reaches, the ground shows through a hatch.
 */
const SOURCE = `
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec4 cell = texture(image, materialInput.st);
  float value = cell.r;
  float known = smoothstep(0.35, 0.65, cell.a);
  vec3 low = mix(u_low, u_middle, clamp(value * 2.0, 0.0, 1.0));
  vec3 ramp = mix(low, u_high, clamp(value * 2.0 - 1.0, 0.0, 1.0));
  float alpha = mix(0.3, 0.78, smoothstep(0.0, 0.6, value)) * known;
  float w = max(fwidth(value), 1e-4);
  for (int k = 0; k < 4; k++) {
    float line = 1.0 - smoothstep(0.8, 1.8, abs(value - u_bounds[k]) / w);
    vec3 ink = k == 0 ? u_level1.rgb : k == 1 ? u_level2.rgb : k == 2 ? u_level3.rgb : u_level4.rgb;
    float on = line * known * step(0.0, u_bounds[k]);
    ramp = mix(ramp, ink, on);
    alpha = max(alpha, on);
  }
  vec2 at = materialInput.st * u_extent;
  float stripe = (at.x + at.y) / u_pitch;
  float sw = clamp(fwidth(stripe), 0.001, 8.0);
  float hatch = 1.0 - smoothstep(0.06, 0.06 + sw, abs(fract(stripe) - 0.5));
  hatch = mix(hatch, 0.12, smoothstep(0.3, 0.9, sw));
  float edge = (1.0 - smoothstep(0.8, 2.2, abs(cell.a - 0.5) / max(fwidth(cell.a), 1e-4))) * 0.8;
  vec2 margin = min(materialInput.st, 1.0 - materialInput.st) * u_extent;
  float fade = smoothstep(0.0, u_fade, min(margin.x, margin.y));
  float nothing = max(hatch * 0.42, edge) * (1.0 - known) * fade;
  material.diffuse = mix(u_hatch, ramp, known);
  material.alpha = max(alpha * fade, nothing);
  return material;
}`;

export const HEAT_RAMP = {
  night: ["#3b2a6b", "#a8489c", "#ffd9e6"],
  day: ["#d9cdf0", "#a8489c", "#3c0f4d"],
} as const;

function canvasOf({ columns, rows, cells }: HeatGrid): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const picture = new ImageData(columns, rows);
  for (let line = 0; line < rows; line++)
    for (let column = 0; column < columns; column++) {
      const from = 2 * (line * columns + column);
      const to = 4 * ((rows - 1 - line) * columns + column);
      picture.data[to] = cells[from]!;
      picture.data[to + 3] = cells[from + 1]!;
    }
  canvas.getContext("2d")!.putImageData(picture, 0, 0);
  return canvas;
}

/** The map of values as one rectangle on the ground. */
export function createHeatSheet(grid: HeatGrid, scale: HeatScale, theme: "night" | "day"): Primitive {
  const [low, middle, high] = HEAT_RAMP[theme].map((hex) => Color.fromCssColorString(hex));
  const at = (level: 1 | 2 | 3 | 4): number => {
    const bound = scale.thresholds.find((threshold) => threshold.level === level)?.value;
    return bound === undefined ? -1 : (bound - scale.min) / (scale.max - scale.min);
  };
  const vector = (color: Color | undefined) => ({ x: color!.red, y: color!.green, z: color!.blue });
  const uniforms = {
    image: canvasOf(grid),
    u_low: vector(low),
    u_middle: vector(middle),
    u_high: vector(high),
    u_bounds: { x: at(1), y: at(2), z: at(3), w: at(4) },
    ...Object.fromEntries(
      ([1, 2, 3, 4] as const).map((level) => [
        `u_level${level}`,
        Color.fromCssColorString(WARNING_HEX[theme][level]),
      ]),
    ),
    u_hatch: vector(Color.fromCssColorString(theme === "night" ? "#a9b6c3" : "#45525f")),
    u_extent: { x: grid.width, y: grid.height },
    u_pitch: Math.max(120, scale.reach * 0.22),
    u_fade: scale.reach * 0.8,
  };
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new RectangleGeometry({
        rectangle: Rectangle.fromDegrees(grid.west, grid.south, grid.east, grid.north),
        height: SHEET_HEIGHT,
        granularity: STEP_M / EARTH_RADIUS_M,
        vertexFormat: EllipsoidSurfaceAppearance.VERTEX_FORMAT,
      }),
    }),
    appearance: new EllipsoidSurfaceAppearance({
      aboveGround: true,
      flat: true,
      translucent: true,
      material: new Material({ translucent: true, fabric: { uniforms, source: SOURCE } }),
    }),
    asynchronous: false,
    allowPicking: false,
  });
}
