import { SHAPE } from "../city/raw-feature.ts";
import type { DataWindow } from "./contract.ts";
import type { FeatureSet } from "./feature-set.ts";

/** What drawing needs of a canvas; tests give their own. */
export type TileCanvas = Pick<
  OffscreenCanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "closePath" | "fill" | "stroke" | "fillRect" | "setLineDash"
> & {
  fillStyle: string | CanvasGradient | CanvasPattern;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  lineCap: CanvasLineCap;
  globalAlpha: number;
};

interface Ink {
  readonly stroke: string;
  readonly fill: string;
  readonly width: number;
  readonly dash: readonly number[];
}

const SOLID: readonly number[] = [];
const FILL_ALPHA = 0.34;
const LINE_PIXELS = 2.2;
const EDGE_PIXELS = 1.3;
const CHOSEN_PIXELS = 3.4;
/** Smaller shapes are a dot. */
const DOT_PIXELS = 1.6;

/** Draws the given shapes of a set onto a tile. @param color the layer's own, `#rrggbb` */
export function drawShapes(
  canvas: TileCanvas,
  set: FeatureSet,
  shapes: readonly number[],
  window: DataWindow,
  color: string,
  isChosen: boolean,
): void {
  const scaleX = window.pixels / (window.east - window.west);
  const scaleY = window.pixels / (window.north - window.south);
  canvas.lineJoin = "round";
  canvas.lineCap = "round";
  for (const shape of shapes) {
    const ink = inkOf(set, shape, color, isChosen);
    const box = shape * 4;
    const [west, south, east, north] = [0, 1, 2, 3].map((k) => set.shapeBoxes[box + k]!) as [
      number,
      number,
      number,
      number,
    ];
    const size = Math.max((east - west) * scaleX, (north - south) * scaleY);
    if (size < DOT_PIXELS && !isChosen) {
      canvas.fillStyle = ink.stroke;
      canvas.fillRect((west - window.west) * scaleX, (window.north - north) * scaleY, DOT_PIXELS, DOT_PIXELS);
      continue;
    }
    const isArea = set.shapeKinds[shape] === SHAPE.area;
    canvas.beginPath();
    trace(canvas, set, shape, window, scaleX, scaleY, isArea);
    if (isArea) {
      canvas.fillStyle = ink.fill;
      canvas.fill("evenodd");
    }
    canvas.strokeStyle = ink.stroke;
    canvas.lineWidth = ink.width;
    canvas.setLineDash(ink.dash as number[]);
    if (ink.width > 0) canvas.stroke();
  }
}

function inkOf(set: FeatureSet, shape: number, color: string, isChosen: boolean): Ink {
  const isArea = set.shapeKinds[shape] === SHAPE.area;
  if (isChosen) return { stroke: color, fill: withAlpha(color, 0.3), width: CHOSEN_PIXELS, dash: SOLID };
  const style = set.styles[set.styleOf[set.shapeFeatures[shape]!]!]!;
  return {
    stroke: style.stroke ? css(style.stroke) : color,
    fill: style.fill
      ? css(style.fill)
      : withAlpha(style.stroke ? css(style.stroke | 0xff) : color, FILL_ALPHA),
    width: style.width || (isArea ? EDGE_PIXELS : LINE_PIXELS),
    dash: style.dash ?? SOLID,
  };
}

/** Rings as one path; corners nearer than half a pixel to the last are passed over, all but the last. */
function trace(
  canvas: TileCanvas,
  set: FeatureSet,
  shape: number,
  window: DataWindow,
  scaleX: number,
  scaleY: number,
  isArea: boolean,
): void {
  const { xyz, ringEnds, shapeEnds } = set;
  for (let ring = shape === 0 ? 0 : shapeEnds[shape - 1]!; ring < shapeEnds[shape]!; ring++) {
    const start = ring === 0 ? 0 : ringEnds[ring - 1]!;
    const end = ringEnds[ring]!;
    let [lastX, lastY] = [Number.NaN, Number.NaN];
    for (let vertex = start; vertex < end; vertex++) {
      const x = (xyz[vertex * 3]! - window.west) * scaleX;
      const y = (window.north - xyz[vertex * 3 + 1]!) * scaleY;
      if (vertex === start) canvas.moveTo(x, y);
      else if (vertex < end - 1 && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
      else canvas.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    if (isArea) canvas.closePath();
  }
}

/** 0xRRGGBBAA as CSS. */
export function css(color: number): string {
  return `#${(color >>> 0).toString(16).padStart(8, "0")}`;
}

function withAlpha(color: string, alpha: number): string {
  const byte = Math.round(alpha * 255);
  return `${color.slice(0, 7)}${byte.toString(16).padStart(2, "0")}`;
}
