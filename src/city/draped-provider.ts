import { Event, GeographicTilingScheme, type ImageryProvider, Rectangle } from "cesium";
import type { DataTile, DataWindow } from "./contract.ts";

const TILE_PIXELS = 512;
/** 4 cm a pixel at 42 degrees north. */
const MAX_LEVEL = 20;
/** Wide lines reach beyond the box of their corners; a box without extent still needs a tile. */
const MARGIN_DEG = 0.002;

/** Map tiles that somebody else draws (a worker): the main thread only hands pictures to the GPU. */
export class DrapedProvider {
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
  #empty: HTMLCanvasElement | null = null;

  constructor(
    [west, south, east, north]: readonly [number, number, number, number],
    private readonly drawTile: (window: DataWindow) => Promise<DataTile | null>,
  ) {
    this.rectangle = Rectangle.fromDegrees(
      Math.max(-180, west - MARGIN_DEG),
      Math.max(-90, south - MARGIN_DEG),
      Math.min(180, east + MARGIN_DEG),
      Math.min(90, north + MARGIN_DEG),
    );
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

  async requestImage(x: number, y: number, level: number): Promise<DataTile | HTMLCanvasElement> {
    const tile = this.tilingScheme.tileXYToRectangle(x, y, level);
    const deg = 180 / Math.PI;
    const picture = await this.drawTile({
      west: tile.west * deg,
      south: tile.south * deg,
      east: tile.east * deg,
      north: tile.north * deg,
      pixels: TILE_PIXELS,
    });
    return picture ?? this.#emptyTile();
  }

  #emptyTile(): HTMLCanvasElement {
    if (!this.#empty) {
      this.#empty = document.createElement("canvas");
      this.#empty.width = 4;
      this.#empty.height = 4;
    }
    return this.#empty;
  }
}
