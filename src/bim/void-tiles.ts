import type { PerspectiveCamera } from "three";
import type { TwinError } from "../base/errors.ts";
import type { VoidKind } from "../domain/reading/model-reading.ts";
import type { ModelView } from "./model-view.ts";
import { createTileSource, type TileSource } from "./tile-source.ts";

type ReadTile = (path: string) => Promise<ArrayBuffer>;

interface Hooks {
  onNeedsUpdate(): void;
  onError(error: TwinError): void;
}

/** Spaces and openings of the open model: tilesets of their own, loaded while they are shown. */
export class VoidTiles {
  readonly #camera: PerspectiveCamera;
  readonly #model: ModelView;
  readonly #hooks: Hooks;
  readonly #sources = new Map<VoidKind, TileSource>();
  #size: readonly [number, number] = [1, 1];

  constructor(camera: PerspectiveCamera, model: ModelView, hooks: Hooks) {
    this.#camera = camera;
    this.#model = model;
    this.#hooks = hooks;
  }

  get isBusy(): boolean {
    return [...this.#sources.values()].some(({ isBusy }) => isBusy);
  }

  show(kinds: readonly VoidKind[], readTile: ReadTile): void {
    for (const [kind, source] of this.#sources)
      if (!kinds.includes(kind)) {
        this.#sources.delete(kind);
        this.#model.removeVoids(kind);
        source.dispose();
      }
    for (const kind of kinds)
      if (!this.#sources.has(kind)) this.#sources.set(kind, this.#open(kind, readTile));
    this.#hooks.onNeedsUpdate();
  }

  clear(): void {
    for (const source of this.#sources.values()) source.dispose();
    this.#sources.clear();
  }

  update(): void {
    for (const source of this.#sources.values()) source.update();
  }

  setResolution(width: number, height: number): void {
    this.#size = [width, height];
    for (const source of this.#sources.values()) source.setResolution(width, height);
  }

  #open(kind: VoidKind, readTile: ReadTile): TileSource {
    const source = createTileSource(this.#camera, (path) => readTile(`${kind}/${path}`), {
      onRoot: () => {},
      onTile: (tile) => this.#model.addTile(tile, kind),
      onThere: (key, isThere) => this.#model.setTileThere(key, isThere),
      onStarved: () => {},
      onTileGone: (key) => this.#model.removeTile(key),
      onNeedsUpdate: () => this.#hooks.onNeedsUpdate(),
      onError: (error) => this.#hooks.onError(error),
    });
    source.setResolution(...this.#size);
    return source;
  }
}
