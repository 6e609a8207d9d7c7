import {
  Cesium3DTileColorBlendMode,
  type Cesium3DTileContent,
  type Cesium3DTileStyle,
  type Cesium3DTileset,
  type ClippingPolygonCollection,
  type CustomShader,
} from "cesium";
import { throwIfAborted } from "../base/abort.ts";
import type { ElementPaint } from "../domain/reading/model-reading.ts";
import { NO_ROWS, type Rows } from "../domain/reading/row-set.ts";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import { DEFAULT_TILE_MEMORY_MIB } from "../domain/tile-memory.ts";
import type { TilesetFacts, TilesetRequest } from "./contract.ts";
import { showFeatures } from "./element-paint.ts";
import { placeFromEcef } from "./geodesy.ts";
import { folderOf, localPath } from "./local-path.ts";
import { cutTileset } from "./section-planes.ts";
import type { Stage, StagePart } from "./stage.ts";
import { applyMemoryCeiling, isStarved } from "./tile-memory.ts";
import { followContents, type LoadedContents } from "./tileset-features.ts";
import { type EngineTileset, loadEngineTileset, placeEngineTileset } from "./tileset-loading.ts";
import { probeLocalTileset, probeTileset, type TilesetHeader } from "./tileset-probe.ts";

/** What is remembered of a tileset, and its engine object while a stage is there. */
export interface TilesetEntry {
  request: TilesetRequest;
  header: TilesetHeader;
  visible: boolean;
  opacity: number;
  hiddenStoreys: ReadonlySet<number>;
  /** How a model's elements are hidden, faint and coloured. */
  paint: ElementPaint | null;
  /** Elements of a model that are chosen together. */
  selected: Rows;
  /** What cuts a model. */
  sections: readonly SectionPlane[];
  facts: TilesetFacts | null;
  tileset: Cesium3DTileset | null;
  loaded: LoadedContents | null;
  /** Could not be shown again after a context loss: nothing more to wait for. */
  hasFailed: boolean;
}

/** Drawn with windows, looks and themes: the sample cities, and what `npm run city` built. */
export function isDressed({ request, header }: TilesetEntry): boolean {
  return request.role === "city" || (request.role === "foreign" && header.hasFacade);
}

/** Rows of its meshes are rows of the city's own index. */
export function hasCityRows({ request, header }: TilesetEntry): boolean {
  return request.role === "city" && header.hasRows;
}

/** How tilesets are dressed: by the look, the theme, the cuts. Asked again for every new engine object. */
export interface TilesetDress {
  readonly shaderFor: (entry: TilesetEntry) => CustomShader | undefined;
  readonly styleFor: (entry: TilesetEntry) => Cesium3DTileStyle | undefined;
  readonly clippingFor: (entry: TilesetEntry) => ClippingPolygonCollection | undefined;
  readonly onContent: (entry: TilesetEntry, content: Cesium3DTileContent) => void;
  /** Colours of a model's elements have changed. */
  readonly onPaint: (entry: TilesetEntry, content: Cesium3DTileContent) => void;
}

export interface Tilesets extends StagePart {
  add(request: TilesetRequest, signal?: AbortSignal): Promise<TilesetFacts>;
  remove(id: string): void;
  /** Resolves when what the view wants of it has been drawn, or nothing is to be waited for. */
  whenDrawn(id: string): Promise<void>;
  place(id: string, placement: Pick<TilesetRequest, "lift" | "place">): void;
  get(id: string): TilesetEntry | undefined;
  readonly entries: ReadonlyMap<string, TilesetEntry>;
  idOf(tileset: unknown): string | null;
  setVisible(id: string, visible: boolean): void;
  setOpacity(id: string, opacity: number): void;
  hideStoreys(id: string, storeys: readonly number[]): void;
  setElements(id: string, paint: ElementPaint | null, selected: Rows): void;
  setSections(id: string, planes: readonly SectionPlane[]): void;
  restyle(): void;
  /** Bytes that the tiles of all tilesets together may hold. */
  setMemoryCeiling(bytes: number): void;
  isLoading(): boolean;
  pendingTiles(): number;
}

const NO_FACTS: TilesetFacts = {
  center: { longitudeDeg: 0, latitudeDeg: 0, height: 0 },
  radius: 0,
  attributions: [],
  isAdrift: false,
};

const DEFAULT_CEILING = DEFAULT_TILE_MEMORY_MIB * 1024 * 1024;

/** Colours of a class replace those of the material, whose light and shade remain. */
const CLASS_BLEND = 0.82;

function blend({ tileset, paint }: TilesetEntry): void {
  if (!tileset) return;
  tileset.colorBlendMode = paint?.codes
    ? Cesium3DTileColorBlendMode.MIX
    : Cesium3DTileColorBlendMode.HIGHLIGHT;
  tileset.colorBlendAmount = CLASS_BLEND;
}

function factsOf(entry: TilesetEntry, { tileset, isAdrift }: EngineTileset): TilesetFacts {
  const { center, radius } = tileset.boundingSphere;
  return {
    center: placeFromEcef(center) ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 },
    radius,
    attributions: entry.header.copyright ? [entry.header.copyright] : [],
    isAdrift,
  };
}

function probe(request: TilesetRequest, signal: AbortSignal | undefined): Promise<TilesetHeader> {
  if (!request.readTile) return probeTileset(request.url, signal);
  return probeLocalTileset(request.url, localPath(request.url, folderOf(request.url)), request.readTile);
}

/** Tiles on their way; one for a tileset that is itself not there yet. */
function pendingOf(tileset: Cesium3DTileset | null): number {
  const counts = (
    tileset as unknown as {
      statistics?: { numberOfPendingRequests: number; numberOfTilesProcessing: number };
    } | null
  )?.statistics;
  return counts ? counts.numberOfPendingRequests + counts.numberOfTilesProcessing : 1;
}

export function createTilesets(dress: TilesetDress): Tilesets {
  return new DressedTilesets(dress);
}

class DressedTilesets implements Tilesets {
  readonly entries = new Map<string, TilesetEntry>();
  readonly #dress: TilesetDress;
  #stage: Stage | null = null;
  #ceiling = DEFAULT_CEILING;
  /** Ends the waiting for what is being drawn. */
  readonly #waits = new Set<() => void>();

  constructor(dress: TilesetDress) {
    this.#dress = dress;
  }

  get(id: string): TilesetEntry | undefined {
    return this.entries.get(id);
  }

  async add(request: TilesetRequest, signal?: AbortSignal): Promise<TilesetFacts> {
    throwIfAborted(signal);
    const header = await probe(request, signal);
    throwIfAborted(signal);
    const before = this.entries.get(request.id);
    if (before) this.#drop(before);
    const entry: TilesetEntry = {
      request,
      header,
      visible: before?.visible ?? true,
      opacity: before?.opacity ?? 1,
      hiddenStoreys: before?.hiddenStoreys ?? new Set(),
      paint: before?.paint ?? null,
      selected: before?.selected ?? NO_ROWS,
      sections: before?.sections ?? [],
      facts: null,
      tileset: null,
      loaded: null,
      hasFailed: false,
    };
    this.entries.set(request.id, entry);
    try {
      await this.#mount(entry);
      throwIfAborted(signal);
    } catch (error) {
      this.#drop(entry);
      if (this.entries.get(request.id) === entry) this.entries.delete(request.id);
      throw error;
    }
    return entry.facts ?? NO_FACTS;
  }

  remove(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    this.#drop(entry);
    this.#stage?.requestRender();
  }

  whenDrawn(id: string): Promise<void> {
    const stage = this.#stage;
    if (!stage) return Promise.resolve();
    return new Promise((resolve) => {
      let quietFrames = 0;
      const end = () => {
        stopListening();
        this.#waits.delete(end);
        resolve();
      };
      const stopListening = stage.scene.postRender.addEventListener(() => {
        const entry = this.entries.get(id);
        quietFrames = entry && this.#isOnItsWay(entry) ? 0 : quietFrames + 1;
        // what has just come is in the next frame
        if (quietFrames < 2) stage.requestRender();
        else end();
      });
      this.#waits.add(end);
      stage.requestRender();
    });
  }

  #isOnItsWay({ tileset, visible, hasFailed }: TilesetEntry): boolean {
    return visible && !hasFailed && !tileset?.tilesLoaded && !(tileset && isStarved(tileset));
  }

  place(id: string, { lift, place }: Pick<TilesetRequest, "lift" | "place">): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { lift: _lift, place: _place, ...rest } = entry.request;
    entry.request = { ...rest, ...(lift === undefined ? {} : { lift }), ...(place && { place }) };
    if (entry.tileset) placeEngineTileset(entry.tileset, entry.request);
    this.#stage?.requestRender();
  }

  idOf(tileset: unknown): string | null {
    for (const [id, entry] of this.entries)
      if (entry.tileset !== null && entry.tileset === tileset) return id;
    return null;
  }

  setVisible(id: string, visible: boolean): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.visible = visible;
    if (entry.tileset) entry.tileset.show = visible;
    this.#shareMemory();
    this.#stage?.requestRender();
  }

  setOpacity(id: string, opacity: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.opacity = Math.min(1, Math.max(0, opacity));
    this.#style(entry);
    this.#stage?.requestRender();
  }

  hideStoreys(id: string, storeys: readonly number[]): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.hiddenStoreys = new Set(storeys);
    for (const content of entry.loaded?.contents ?? [])
      showFeatures(content, entry.hiddenStoreys, entry.paint);
    this.#stage?.requestRender();
  }

  setElements(id: string, paint: ElementPaint | null, selected: Rows): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const isShowChanged = entry.paint !== paint;
    Object.assign(entry, { paint, selected });
    blend(entry);
    for (const content of entry.loaded?.contents ?? []) {
      if (isShowChanged) showFeatures(content, entry.hiddenStoreys, paint);
      this.#dress.onPaint(entry, content);
    }
    this.#stage?.requestRender();
  }

  setSections(id: string, planes: readonly SectionPlane[]): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.sections = planes;
    if (entry.tileset) cutTileset(entry.tileset, planes);
    this.#stage?.requestRender();
  }

  setMemoryCeiling(bytes: number): void {
    this.#ceiling = bytes;
    this.#shareMemory();
    this.#stage?.requestRender();
  }

  restyle(): void {
    for (const entry of this.entries.values()) this.#style(entry);
    this.#stage?.requestRender();
  }

  isLoading(): boolean {
    for (const entry of this.entries.values()) if (this.#isOnItsWay(entry)) return true;
    return false;
  }

  pendingTiles(): number {
    let pending = 0;
    for (const { tileset, visible, hasFailed } of this.entries.values())
      if (visible && !hasFailed) pending += pendingOf(tileset);
    return pending;
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    for (const entry of this.entries.values()) {
      entry.hasFailed = false;
      this.#mount(entry).catch(() => {
        entry.hasFailed = true;
        stage.requestRender();
      });
    }
  }

  detach(): void {
    for (const entry of this.entries.values()) {
      entry.loaded?.dispose();
      entry.loaded = null;
      entry.tileset = null;
    }
    for (const end of [...this.#waits]) end();
    this.#stage = null;
  }

  async #mount(entry: TilesetEntry): Promise<void> {
    const stage = this.#stage;
    if (!stage) return;
    const loaded = await loadEngineTileset(stage, entry.request);
    const { tileset } = loaded;
    if (this.#stage !== stage || this.entries.get(entry.request.id) !== entry || entry.tileset) {
      tileset.destroy();
      return;
    }
    const shader = this.#dress.shaderFor(entry);
    if (shader) tileset.customShader = shader;
    const clipping = this.#dress.clippingFor(entry);
    if (clipping) tileset.clippingPolygons = clipping;
    cutTileset(tileset, entry.sections);
    tileset.show = entry.visible;
    entry.tileset = tileset;
    this.#shareMemory();
    blend(entry);
    entry.loaded = followContents(tileset, (content) => {
      if (entry.hiddenStoreys.size > 0 || entry.paint)
        showFeatures(content, entry.hiddenStoreys, entry.paint);
      if (entry.paint) this.#dress.onPaint(entry, content);
      this.#dress.onContent(entry, content);
    });
    entry.facts = factsOf(entry, loaded);
    this.#style(entry);
    stage.scene.primitives.add(tileset);
    stage.requestRender();
  }

  #drop(entry: TilesetEntry): void {
    entry.loaded?.dispose();
    entry.loaded = null;
    const { tileset } = entry;
    entry.tileset = null;
    this.#shareMemory();
    if (tileset && this.#stage && !tileset.isDestroyed()) this.#stage.scene.primitives.remove(tileset);
  }

  #shareMemory(): void {
    applyMemoryCeiling(this.#ceiling, this.entries.values());
  }

  #style(entry: TilesetEntry): void {
    if (entry.tileset) entry.tileset.style = this.#dress.styleFor(entry);
  }
}
