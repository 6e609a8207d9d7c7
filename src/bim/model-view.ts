import { Color, Group } from "three";
import {
  type ElementPaint,
  FAINT,
  HIDDEN,
  NO_CLASS,
  SHOWN,
  UNCOLOURED,
  type VoidKind,
} from "../domain/reading/model-reading.ts";
import { EdgeQueue } from "./edge-queue.ts";
import { liftLayer } from "./explode.ts";
import type { ModelMaterials } from "./materials.ts";
import { pickInLayer, type Ray } from "./pick.ts";
import { ShownLayer } from "./shown-tile.ts";
import { buildTileLayer, type TileLayer } from "./tile-layer.ts";
import type { LoadedTile } from "./tile-source.ts";

interface ShownTile {
  readonly globalIds: readonly string[];
  readonly storeys: Uint16Array;
  readonly rows: Uint32Array;
  readonly layers: readonly ShownLayer[];
  /** What its features are, where nothing of it is built. */
  readonly voids: VoidKind | null;
  /** Another tile stands for it, or it for none yet: it is loaded, and not there. */
  isOut: boolean;
  /** Metres that each storey is lifted by in the layers now. */
  lifts: ArrayLike<number>;
}

/** Where an element's triangles are: an element may be in several layers. */
export interface ElementPart {
  readonly layer: TileLayer;
  readonly feature: number;
}

export interface ElementHit extends ElementPart {
  readonly globalId: string;
  readonly row: number;
  readonly distance: number;
}

type Rgb = readonly [number, number, number];
const NO_LIFTS: ArrayLike<number> = [];

/** All loaded tiles of the open model: what is drawn, hidden, picked and found by row. */
export class ModelView {
  readonly group = new Group();
  readonly #materials: ModelMaterials;
  readonly #tiles = new Map<object, ShownTile>();
  readonly #edges: EdgeQueue;
  #hidden: ReadonlySet<number> = new Set();
  #paint: ElementPaint | null = null;
  #colors: readonly Rgb[] = [];
  #lifts: ArrayLike<number> = NO_LIFTS;

  /** @param onChange something looks different and wants a frame */
  constructor(
    materials: ModelMaterials,
    private readonly onChange: () => void,
  ) {
    this.#materials = materials;
    this.#edges = new EdgeQueue(onChange);
  }

  get layers(): ShownLayer[] {
    return this.#there.flatMap(({ layers }) => layers);
  }

  /** Those of what is built: what sections cut through. */
  get solidLayers(): ShownLayer[] {
    return this.#there.flatMap(({ layers, voids }) => (voids ? [] : layers));
  }

  get isBusy(): boolean {
    return this.#edges.isBusy;
  }

  /** Boxes of all loaded elements, hidden or not: six numbers each, scene frame. */
  get boxes(): Float32Array[] {
    return [...this.#tiles.values()].flatMap(({ layers }) => layers.map(({ layer }) => layer.boxes));
  }

  /** Gives what it holds on the graphics card, in bytes. */
  addTile(tile: LoadedTile, voids: VoidKind | null = null): number {
    const layers: ShownLayer[] = [];
    for (const kind of ["opaque", "glass"] as const) {
      const built = buildTileLayer(tile[kind], tile.globalIds.length);
      if (built) layers.push(new ShownLayer(built, voids ? "void" : kind, this.#materials));
    }
    const { globalIds, storeys, rows } = tile;
    const shown: ShownTile = {
      globalIds,
      storeys,
      rows,
      layers,
      voids,
      isOut: tile.isPaired,
      lifts: NO_LIFTS,
    };
    this.#tiles.set(tile.key, shown);
    for (const layer of layers) {
      layer.root.visible = !shown.isOut;
      this.group.add(layer.root);
      this.#edges.add(layer.layer, (positions, first) => {
        if (positions.length === 0) return;
        layer.addEdges(positions, first, this.#materials, this.#isIn(shown, SHOWN));
      });
    }
    this.#liftTile(shown);
    this.#dressTile(shown);
    this.onChange();
    return layers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** A coarse tile and the fine ones that replace it are never there together. */
  setTileThere(key: object, isThere: boolean): void {
    const tile = this.#tiles.get(key);
    if (!tile || tile.isOut === !isThere) return;
    tile.isOut = !isThere;
    for (const { root } of tile.layers) root.visible = isThere;
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

  removeVoids(kind: VoidKind): void {
    for (const [key, { voids }] of [...this.#tiles]) if (voids === kind) this.removeTile(key);
  }

  hideStoreys(indexes: readonly number[]): void {
    this.#hidden = new Set(indexes);
    this.#dressAll();
  }

  setPaint(paint: ElementPaint | null): void {
    this.#paint = paint;
    this.#colors = paint?.codes ? [...paint.colors, UNCOLOURED].map(linearRgb) : [];
    this.#dressAll();
  }

  /** @param lifts metres up by storey index; storeys without one, and elements in none, stay */
  explode(lifts: ArrayLike<number>): void {
    this.#lifts = lifts;
    for (const tile of this.#tiles.values()) this.#liftTile(tile);
    this.onChange();
  }

  /** @param isWanted by row */
  readonly partsOf = (isWanted: (row: number) => boolean): ElementPart[] => {
    const there = partsIn(this.#there, isWanted);
    return there.length > 0 ? there : partsIn(this.#tiles.values(), isWanted);
  };

  /** Shown built elements whose boxes reach into a box (six numbers, scene frame). @param isWanted by row */
  partsIn(box: ArrayLike<number>, isWanted: (row: number) => boolean): ElementPart[] {
    const parts: ElementPart[] = [];
    for (const tile of this.#there) {
      if (tile.voids) continue;
      const isShown = this.#isIn(tile, SHOWN);
      for (const { layer } of tile.layers) {
        const { boxes, first } = layer;
        for (let feature = 0; feature + 1 < first.length; feature++) {
          if (first[feature] === first[feature + 1] || !overlaps(boxes, feature * 6, box)) continue;
          if (isWanted(tile.rows[feature]!) && isShown(feature)) parts.push({ layer, feature });
        }
      }
    }
    return parts;
  }

  /**
   * The nearest element on the ray that is shown, else the nearest that is faint; `accepts` says whether the sections
   * leave that point.
   */
  pick(ray: Ray, accepts: (distance: number) => boolean): ElementHit | null {
    return this.#pickIn(ray, accepts, SHOWN) ?? (this.#paint ? this.#pickIn(ray, accepts, FAINT) : null);
  }

  stats(): Record<string, number> {
    const layers = this.layers;
    return {
      tiles: this.#tiles.size,
      elements: new Set(this.#there.flatMap(({ globalIds }) => globalIds)).size,
      triangles: layers.reduce((sum, { triangles }) => sum + triangles, 0),
      edgeLayers: layers.filter(({ edges }) => edges).length,
    };
  }

  clear(): void {
    this.#edges.clear();
    for (const tile of this.#tiles.values()) for (const layer of tile.layers) layer.dispose();
    this.#tiles.clear();
    this.#hidden = new Set();
    this.#paint = null;
    this.#lifts = NO_LIFTS;
  }

  /** Visible triangles of a layer, feature by feature: what sections draw outlines of. */
  isShown(layer: ShownLayer): (feature: number) => boolean {
    for (const tile of this.#tiles.values()) if (tile.layers.includes(layer)) return this.#isIn(tile, SHOWN);
    return () => false;
  }

  get #there(): ShownTile[] {
    return [...this.#tiles.values()].filter(({ isOut }) => !isOut);
  }

  #pickIn(ray: Ray, accepts: (distance: number) => boolean, state: number): ElementHit | null {
    let best: ElementHit | null = null;
    for (const tile of this.#there)
      for (const { layer } of tile.layers) {
        const nearest: number = best?.distance ?? Number.POSITIVE_INFINITY;
        const hit = pickInLayer(ray, layer, this.#isIn(tile, state), accepts, nearest);
        if (!hit) continue;
        const { feature, distance } = hit;
        best = {
          layer,
          feature,
          distance,
          globalId: tile.globalIds[feature] ?? "",
          row: tile.rows[feature]!,
        };
      }
    return best;
  }

  #dressAll(): void {
    for (const tile of this.#tiles.values()) this.#dressTile(tile);
    this.onChange();
  }

  #dressTile(tile: ShownTile): void {
    const isWhole = this.#hidden.size === 0 && this.#paint === null;
    const codes = this.#paint?.codes ?? null;
    const isFaint = this.#paint?.show.includes(FAINT) ? this.#isIn(tile, FAINT) : null;
    for (const layer of tile.layers) {
      layer.filter(isWhole ? () => true : this.#isIn(tile, SHOWN));
      layer.showFaintly(isFaint);
      layer.repaint(codes && ((feature) => this.#colorOf(codes[tile.rows[feature]!] ?? NO_CLASS)));
    }
  }

  #colorOf(code: number): Rgb | null {
    return this.#colors[Math.min(code, this.#colors.length - 1)] ?? null;
  }

  #liftTile(tile: ShownTile): void {
    const [before, now] = [tile.lifts, this.#lifts];
    if (before === now) return;
    tile.lifts = now;
    const liftOf = (feature: number) => {
      const storey = tile.storeys[feature]!;
      return (now[storey] ?? 0) - (before[storey] ?? 0);
    };
    for (const layer of tile.layers) {
      liftLayer(layer.layer, liftOf);
      this.#edges.restart(layer.layer);
      layer.liftEdges(liftOf);
      layer.moved();
    }
  }

  #isIn({ storeys, rows }: ShownTile, state: number): (feature: number) => boolean {
    const hidden = this.#hidden;
    const show = this.#paint?.show;
    return (feature) => {
      const is = hidden.has(storeys[feature] ?? 65535) ? HIDDEN : (show?.[rows[feature]!] ?? SHOWN);
      return is === state;
    };
  }
}

function partsIn(tiles: Iterable<ShownTile>, isWanted: (row: number) => boolean): ElementPart[] {
  const parts: ElementPart[] = [];
  for (const { rows, layers } of tiles)
    for (const { layer } of layers)
      for (let feature = 0; feature < rows.length; feature++)
        if (layer.first[feature] !== layer.first[feature + 1] && isWanted(rows[feature]!))
          parts.push({ layer, feature });
  return parts;
}

function overlaps(boxes: Float32Array, at: number, box: ArrayLike<number>): boolean {
  for (let axis = 0; axis < 3; axis++)
    if (boxes[at + axis]! > box[axis + 3]! || boxes[at + axis + 3]! < box[axis]!) return false;
  return true;
}

function linearRgb(css: string): Rgb {
  const { r, g, b } = new Color(css);
  return [r, g, b];
}
