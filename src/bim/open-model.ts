import type { SceneBox } from "./camera-fit.ts";
import type { TileSource } from "./tile-source.ts";

/** The model that is on screen, or on its way. */
export interface OpenModel {
  readonly id: string;
  readonly source: TileSource;
  readonly readTile: (path: string) => Promise<ArrayBuffer>;
  box: SceneBox | null;
  /** All tiles were there once and the camera has been sent to them, or was in the user's hand. */
  isFramed: boolean;
  failedTiles: number;
  /** Settles `open`: cleared when that has happened. */
  waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null;
}
