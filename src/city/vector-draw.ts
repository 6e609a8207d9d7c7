import type { BaseMapData, BaseShape } from "./base-map-data.ts";
import { drawParkTrees } from "./greenery.ts";
import type { GroundShade, ShadeSlope } from "./ground-shade.ts";
import { type GroundPalette, mixHex } from "./look-palette.ts";
import type { TileContext as Context, TileWindow } from "./tile-window.ts";

/** Real width in metres by class, when the data gives none. */
const ROAD_WIDTHS: Readonly<Record<string, number>> = {
  motorway: 30,
  trunk: 30,
  primary: 24,
  secondary: 16,
  residential: 9,
};

/** Never thinner than this many pixels, so that the net stays readable from afar. */
const ROAD_PIXELS: Readonly<Record<string, number>> = {
  motorway: 2.2,
  trunk: 1.9,
  primary: 1.4,
  secondary: 0.9,
  residential: 0.55,
};

/** Metres a pixel above which a class is left out. */
const ROAD_LIMIT: Readonly<Record<string, number>> = { secondary: 60, residential: 14 };

function pathOf(shape: BaseShape): Path2D {
  if (shape.path) return shape.path;
  const path = new Path2D();
  for (const part of shape.parts) {
    for (let k = 0; k < part.length; k += 2) {
      if (k === 0) path.moveTo(part[0]!, part[1]!);
      else path.lineTo(part[k]!, part[k + 1]!);
    }
    if (shape.isArea) path.closePath();
  }
  shape.path = path;
  return path;
}

function classOf(shape: BaseShape): string {
  return shape.roadClass || (shape.kind === "ring-road" ? "trunk" : "secondary");
}

function roadColor(palette: GroundPalette, roadClass: string): string {
  if (roadClass === "motorway" || roadClass === "trunk") return palette.motorway;
  if (roadClass === "primary") return palette.primary;
  return roadClass === "residential" ? palette.residential : palette.secondary;
}

function roadWidth(shape: BaseShape, metersPerPixel: number): number {
  const roadClass = classOf(shape);
  return Math.max(
    shape.width || ROAD_WIDTHS[roadClass] || 12,
    (ROAD_PIXELS[roadClass] ?? 0.8) * metersPerPixel,
  );
}

function fillAreas(
  context: Context,
  shapes: readonly BaseShape[],
  palette: GroundPalette,
  metersPerPixel: number,
): void {
  const colors: Readonly<Record<string, string>> = {
    land: palette.land,
    sea: palette.waterDeep,
    water: palette.water,
    river: palette.water,
    park: palette.park,
  };
  const colorOf = (shape: BaseShape) => (shape.roadClass === "plaza" ? palette.block : colors[shape.kind]);
  for (const shape of shapes) {
    const color = colorOf(shape);
    if (!color) continue;
    const path = pathOf(shape);
    context.fillStyle = color;
    if (shape.isArea) {
      context.fill(path, "evenodd");
      if (shape.kind !== "park" && shape.kind !== "land") {
        context.strokeStyle = palette.shore;
        context.lineWidth = Math.max(3, 1.1 * metersPerPixel);
        context.stroke(path);
      }
      continue;
    }
    context.strokeStyle = color;
    context.lineWidth = Math.max(shape.width || 20, 1.2 * metersPerPixel);
    context.stroke(path);
  }
}

function drawRoads(
  context: Context,
  roads: readonly BaseShape[],
  palette: GroundPalette,
  metersPerPixel: number,
): void {
  const shown = roads.filter((road) => metersPerPixel <= (ROAD_LIMIT[classOf(road)] ?? Infinity));
  if (palette.glow > 0)
    for (const road of shown) {
      const strength = classOf(road) === "residential" ? 0.035 : 0.075;
      context.globalAlpha = palette.glow * strength;
      context.strokeStyle = palette.glowColor;
      for (const spread of [6, 4.6, 3.4, 2.4, 1.6]) {
        context.lineWidth = roadWidth(road, metersPerPixel) * spread;
        context.stroke(pathOf(road));
      }
    }
  context.globalAlpha = 1;
  if (metersPerPixel < 6)
    for (const road of shown) {
      context.strokeStyle = palette.casing;
      context.lineWidth = roadWidth(road, metersPerPixel) + 2 * Math.max(0.8, 0.7 * metersPerPixel);
      context.stroke(pathOf(road));
    }
  for (const road of shown) {
    const fade = classOf(road) === "residential" ? Math.min(1, Math.max(0, (14 - metersPerPixel) / 8)) : 1;
    context.globalAlpha = fade;
    context.strokeStyle = roadColor(palette, classOf(road));
    context.lineWidth = roadWidth(road, metersPerPixel);
    context.stroke(pathOf(road));
  }
  context.globalAlpha = 1;
}

/** Lane marks when the camera is near: a dashed centre line on the wider roads. */
function drawMarks(
  context: Context,
  roads: readonly BaseShape[],
  palette: GroundPalette,
  metersPerPixel: number,
): void {
  if (metersPerPixel > 0.9) return;
  context.strokeStyle = mixHex(palette.secondary, palette.casing, 0.55);
  context.globalAlpha = Math.min(1, (0.9 - metersPerPixel) * 2.5);
  context.lineWidth = 0.35;
  context.setLineDash([6, 9]);
  for (const road of roads) if (classOf(road) !== "residential") context.stroke(pathOf(road));
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawTracks(
  context: Context,
  shapes: readonly BaseShape[],
  palette: GroundPalette,
  metersPerPixel: number,
): void {
  for (const shape of shapes) {
    if (shape.kind === "rail") {
      if (metersPerPixel > 80) continue;
      context.strokeStyle = palette.rail;
      context.lineWidth = Math.max(3, 1.1 * metersPerPixel);
      context.setLineDash([12 * Math.max(1, metersPerPixel), 8 * Math.max(1, metersPerPixel)]);
      context.stroke(pathOf(shape));
    } else if (shape.kind === "metro") {
      if (metersPerPixel > 60) continue;
      context.strokeStyle = shape.color ?? palette.rail;
      context.globalAlpha = palette.metro * 0.6;
      context.lineWidth = Math.max(4, 1.1 * metersPerPixel);
      context.setLineDash([10 * Math.max(1, metersPerPixel), 6 * Math.max(1, metersPerPixel)]);
      context.stroke(pathOf(shape));
      context.globalAlpha = 1;
    } else if (shape.kind === "district") {
      if (metersPerPixel < 7) continue;
      context.strokeStyle = palette.border;
      context.globalAlpha = 0.55;
      context.lineWidth = 1.1 * metersPerPixel;
      context.setLineDash([9 * metersPerPixel, 4 * metersPerPixel, 2 * metersPerPixel, 4 * metersPerPixel]);
      context.stroke(pathOf(shape));
      context.globalAlpha = 1;
    }
    context.setLineDash([]);
  }
}

/** What the ground looks like: colours, and the shade of buildings where the city is known. */
export interface GroundStyle {
  readonly palette: GroundPalette;
  readonly slope: ShadeSlope;
  readonly shade: GroundShade | null;
}

/** Draws one tile of the base map: areas, roads by class with casing and night glow, tracks, borders, shade. */
export function drawBaseTile(
  context: Context,
  data: BaseMapData,
  window: TileWindow,
  { palette, slope, shade }: GroundStyle,
): void {
  const { pixels } = window;
  const scaleX = pixels / (window.east - window.west);
  const scaleY = pixels / (window.north - window.south);
  const metersPerPixel = 1 / Math.sqrt(scaleX * scaleY);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = palette.land;
  context.fillRect(0, 0, pixels, pixels);
  context.setTransform(scaleX, 0, 0, -scaleY, -window.west * scaleX, window.north * scaleY);
  context.lineCap = "round";
  context.lineJoin = "round";
  const margin = 60 + 8 * metersPerPixel;
  const shapes = data.shapesIn(
    window.west - margin,
    window.south - margin,
    window.east + margin,
    window.north + margin,
  );
  const roads = shapes.filter((shape) => shape.kind === "road" || shape.kind === "ring-road");
  fillAreas(context, shapes, palette, metersPerPixel);
  const parks = shapes.filter((shape) => shape.kind === "park" && shape.roadClass !== "plaza");
  drawParkTrees(context, parks, window, metersPerPixel, palette.park, pathOf);
  drawRoads(context, roads, palette, metersPerPixel);
  drawMarks(context, roads, palette, metersPerPixel);
  drawTracks(context, shapes, palette, metersPerPixel);
  shade?.draw(context, window, metersPerPixel, slope, palette.shade);
}
