import { Group } from "three";
import { EdgeQueue } from "./edge-queue.ts";
import type { ModelMaterials } from "./materials.ts";
import { pickInLayer, type Ray } from "./pick.ts";
import { ShownLayer } from "./shown-tile.ts";
import { buildTileLayer, type TileLayer } from "./tile-layer.ts";
import type { LoadedTile } from "./tile-source.ts";

interface ShownTile {
  readonly globalIds: readonly string[];
  readonly storeys: Uint16Array;
  readonly layers: readonly ShownLayer[];
}

/** Where an element's triangles are: an element may be in several layers. */
export interface ElementPart {
  readonly layer: TileLayer;
  readonly feature: number;
}

export interface ElementHit {
  readonly globalId: string;
  readonly distance: number;
}

/** All loaded tiles of the open model: what is drawn, hidden, picked and found by GlobalId. */
export class ModelView {
  readonly group = new Group();
  readonly #materials: ModelMaterials;
  readonly #tiles = new Map<object, ShownTile>();
  readonly #edges: EdgeQueue;
  #hidden: ReadonlySet<number> = new Set();

  /** @param onChange something looks different and wants a frame */
  constructor(
    materials: ModelMaterials,
    private readonly onChange: () => void,
  ) {
    this.#materials = materials;
    this.#edges = new EdgeQueue(onChange);
  }

  get layers(): ShownLayer[] {
    return [...this.#tiles.values()].flatMap(({ layers }) => layers);
  }

  get isBusy(): boolean {
    return this.#edges.isBusy;
  }

  /** Boxes of all loaded elements, hidden or not: six numbers each, scene frame. */
  get boxes(): Float32Array[] {
    return this.layers.map(({ layer }) => layer.boxes);
  }

  addTile(tile: LoadedTile): void {
    const layers: ShownLayer[] = [];
    for (const kind of ["opaque", "glass"] as const) {
      const built = buildTileLayer(tile[kind], tile.globalIds.length);
      if (built) layers.push(new ShownLayer(built, kind, this.#materials));
    }
    const shown: ShownTile = { globalIds: tile.globalIds, storeys: tile.storeys, layers };
    this.#tiles.set(tile.key, shown);
    for (const layer of layers) {
      this.group.add(layer.mesh);
      if (this.#hidden.size > 0) layer.filter(this.#visibleIn(shown));
      this.#edges.add(layer.layer, (positions, first) => {
        if (positions.length === 0) return;
        this.group.add(layer.addEdges(positions, first, this.#materials, this.#visibleIn(shown)));
      });
    }
    this.onChange();
  }

  removeTile(key: object): void {
    const tile = this.#tiles.get(key);
    if (!tile) return;
    this.#tiles.delete(key);
    for (const layer of tile.layers) {
      this.#edges.remove(layer.layer);
      layer.dispose();
    }
    this.onChange();
  }

  hideStoreys(indexes: readonly number[]): void {
    this.#hidden = new Set(indexes);
    for (const tile of this.#tiles.values())
      for (const layer of tile.layers) layer.filter(this.#visibleIn(tile));
    this.onChange();
  }

  partsOf(globalId: string): ElementPart[] {
    const parts: ElementPart[] = [];
    for (const { globalIds, layers } of this.#tiles.values()) {
      const feature = globalIds.indexOf(globalId);
      if (feature < 0) continue;
      for (const { layer } of layers)
        if (layer.first[feature] !== layer.first[feature + 1]) parts.push({ layer, feature });
    }
    return parts;
  }

  /** The nearest visible element on the ray; `accepts` says whether the section leaves that point. */
  pick(ray: Ray, accepts: (distance: number) => boolean): ElementHit | null {
    let best: ElementHit | null = null;
    for (const tile of this.#tiles.values())
      for (const { layer } of tile.layers) {
        const nearest: number = best?.distance ?? Number.POSITIVE_INFINITY;
        const hit = pickInLayer(ray, layer, this.#visibleIn(tile), accepts, nearest);
        if (hit) best = { globalId: tile.globalIds[hit.feature] ?? "", distance: hit.distance };
      }
    return best;
  }

  stats(): Record<string, number> {
    const layers = this.layers;
    return {
      tiles: this.#tiles.size,
      elements: new Set([...this.#tiles.values()].flatMap(({ globalIds }) => globalIds)).size,
      triangles: layers.reduce((sum, { triangles }) => sum + triangles, 0),
      edgeLayers: layers.filter(({ edges }) => edges).length,
    };
  }

  clear(): void {
    this.#edges.clear();
    for (const tile of this.#tiles.values()) for (const layer of tile.layers) layer.dispose();
    this.#tiles.clear();
    this.#hidden = new Set();
  }

  #visibleIn({ storeys }: ShownTile): (feature: number) => boolean {
    const hidden = this.#hidden;
    if (hidden.size === 0) return () => true;
    return (feature) => !hidden.has(storeys[feature] ?? 65535);
  }
}
