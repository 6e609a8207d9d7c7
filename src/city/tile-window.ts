/** What a tile covers, in metres of the base map, and how many pixels it has. */
export interface TileWindow {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly pixels: number;
}

export type TileContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
