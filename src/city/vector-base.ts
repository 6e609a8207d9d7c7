import { Event, GeographicTilingScheme, type ImageryProvider, Rectangle } from "cesium";
import type { BaseMapData } from "./base-map-data.ts";
import { drawBaseTile, type GroundStyle } from "./vector-draw.ts";

const TILE_PIXELS = 512;
/** 0.15 m a pixel at 42 degrees north. */
const MAX_LEVEL = 18;
/** Coarser tiles are left to the world map below. */
const MIN_DRAWN_LEVEL = 6;

type TileImage = HTMLCanvasElement | OffscreenCanvas;

function createTile(): {
  canvas: TileImage;
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
} {
  const settings = { alpha: true, willReadFrequently: true };
  if (typeof OffscreenCanvas !== "undefined") {
    const canvas = new OffscreenCanvas(TILE_PIXELS, TILE_PIXELS);
    const context = canvas.getContext("2d", settings);
    if (context instanceof OffscreenCanvasRenderingContext2D) return { canvas, context };
  }
  const canvas = document.createElement("canvas");
  canvas.width = TILE_PIXELS;
  canvas.height = TILE_PIXELS;
  return { canvas, context: canvas.getContext("2d", settings) as CanvasRenderingContext2D };
}

/** The offline base map: tiles drawn from vectors at any zoom, so that roads stay crisp and follow the look. */
export class VectorBaseProvider {
  readonly tilingScheme = new GeographicTilingScheme();
  readonly rectangle: Rectangle;
  readonly tileWidth = TILE_PIXELS;
  readonly tileHeight = TILE_PIXELS;
  readonly minimumLevel = 0;
  readonly maximumLevel = MAX_LEVEL;
  readonly hasAlphaChannel = true;
  readonly errorEvent = new Event();
  readonly tileDiscardPolicy = undefined;
  readonly credit = undefined;
  readonly proxy = undefined;
  readonly #data: BaseMapData | null;
  readonly #style: GroundStyle;
  #plain: TileImage | null = null;
  #empty: TileImage | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(data: BaseMapData | null, style: GroundStyle) {
    this.#data = data;
    this.#style = style;
    this.rectangle = Rectangle.clone(Rectangle.MAX_VALUE);
  }

  /** Typed as Cesium's abstract provider, whose declared fields are wider than what it reads. */
  asProvider(): ImageryProvider {
    return this as unknown as ImageryProvider;
  }

  getTileCredits(): undefined {
    return undefined;
  }

  pickFeatures(): undefined {
    return undefined;
  }

  requestImage(x: number, y: number, level: number): Promise<TileImage> {
    if (level < MIN_DRAWN_LEVEL) return Promise.resolve(this.#emptyTile());
    const drawn = this.#queue.then(() => this.#draw(x, y, level));
    this.#queue = drawn.then(
      () => new Promise((resolve) => setTimeout(resolve, 0)),
      () => undefined,
    );
    return drawn;
  }

  #emptyTile(): TileImage {
    this.#empty ??= createTile().canvas;
    return this.#empty;
  }

  #draw(x: number, y: number, level: number): TileImage {
    const data = this.#data;
    const rectangle = this.tilingScheme.tileXYToRectangle(x, y, level);
    const deg = 180 / Math.PI;
    const east = (lon: number) =>
      (lon * deg - (data?.originLongitudeDeg ?? 0)) * (data?.metersPerDegEast ?? 1);
    const north = (lat: number) =>
      (lat * deg - (data?.originLatitudeDeg ?? 0)) * (data?.metersPerDegNorth ?? 1);
    const window = {
      west: east(rectangle.west),
      east: east(rectangle.east),
      south: north(rectangle.south),
      north: north(rectangle.north),
      pixels: TILE_PIXELS,
    };
    if (!data || data.shapesIn(window.west, window.south, window.east, window.north).length === 0)
      return this.#plainTile();
    const { canvas, context } = createTile();
    drawBaseTile(context, data, window, this.#style);
    return canvas;
  }

  #plainTile(): TileImage {
    if (!this.#plain) {
      const { canvas, context } = createTile();
      context.fillStyle = this.#style.palette.land;
      context.fillRect(0, 0, TILE_PIXELS, TILE_PIXELS);
      this.#plain = canvas;
    }
    return this.#plain;
  }
}
