import { ImageryLayer, Matrix4 } from "cesium";
import type { CityPick, DataRequest } from "./contract.ts";
import {
  areaChunks,
  type DataChunk,
  type DataCollection,
  type DataInk,
  lineChunks,
  pointChunks,
} from "./data-chunks.ts";
import { DrapedProvider } from "./draped-provider.ts";
import type { Stage, StagePart } from "./stage.ts";

const EARTH_RADIUS = 6_371_000;
/** Share of the camera's height by which flat points keep above the ground, so that it never cuts their discs. */
const LIFT_SHARE = 0.012;
const LEAST_LIFT = 3;
/** A page in the background draws no frames: work goes on without them. */
const FRAME_WAIT_MS = 200;

interface ShownChunk {
  readonly chunk: DataChunk;
  collection: DataCollection | null;
}

interface Entry {
  readonly request: DataRequest;
  readonly chunks: readonly ShownChunk[];
  visible: boolean;
  opacity: number;
  draped: ImageryLayer | null;
  /** A newer run of work on the chunks ends an older one. */
  turn: number;
}

/** Layers of somebody's data. Chunks go into the scene one a frame; what lies on the ground comes as map tiles. */
export class DataLayers implements StagePart {
  readonly #entries = new Map<string, Entry>();
  readonly #owners = new Map<unknown, { readonly id: string; readonly chunk: DataChunk }>();
  #stage: Stage | null = null;
  #theme: "night" | "day" = "night";
  #accent = "#3dd6c3";
  #chosen: { readonly layerId: string; readonly feature: number } | null = null;
  #chosenDraped: ImageryLayer | null = null;
  #lift = LEAST_LIFT;

  add(request: DataRequest): Promise<void> {
    this.remove(request.id);
    const chunks = [
      ...(request.areas ? areaChunks(request.areas) : []),
      ...(request.lines ? lineChunks(request.lines) : []),
      ...request.points.flatMap(pointChunks),
    ];
    const entry: Entry = {
      request,
      chunks: chunks.map((chunk) => ({ chunk, collection: null })),
      visible: true,
      opacity: 1,
      draped: null,
      turn: 0,
    };
    this.#entries.set(request.id, entry);
    this.#drape(entry);
    return this.#build(entry);
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    if (this.#chosen?.layerId === id) this.choose(null);
    entry.turn++;
    for (const shown of entry.chunks) this.#drop(shown);
    if (entry.draped) this.#stage?.scene.imageryLayers.remove(entry.draped, true);
    this.#stage?.requestRender();
  }

  show(id: string, visible: boolean): void {
    const entry = this.#entries.get(id);
    if (!entry || entry.visible === visible) return;
    entry.visible = visible;
    if (entry.draped) entry.draped.show = visible;
    for (const { collection } of entry.chunks) if (collection) collection.show = visible;
    if (visible) void this.#build(entry);
    this.#stage?.requestRender();
  }

  setOpacity(id: string, opacity: number): void {
    const entry = this.#entries.get(id);
    if (!entry || entry.opacity === opacity) return;
    entry.opacity = opacity;
    if (entry.draped) entry.draped.alpha = opacity;
    void this.#repaint(entry);
    this.#stage?.requestRender();
  }

  /** What of it lies on the ground comes above all other pictures. */
  raise(id: string): void {
    const draped = this.#entries.get(id)?.draped;
    if (draped) this.#stage?.scene.imageryLayers.raiseToTop(draped);
    if (this.#chosenDraped) this.#stage?.scene.imageryLayers.raiseToTop(this.#chosenDraped);
  }

  choose(target: { readonly layerId: string; readonly feature: number } | null): void {
    const before = this.#chosen;
    if (before?.layerId === target?.layerId && before?.feature === target?.feature) return;
    this.#chosen = target;
    for (const one of [before, target]) if (one) this.#repaintFeature(one.layerId, one.feature);
    this.#drapeChosen();
    this.#stage?.requestRender();
  }

  setTheme(theme: "night" | "day", accent: string): void {
    if (this.#theme === theme && this.#accent === accent) return;
    this.#theme = theme;
    this.#accent = accent;
    for (const entry of this.#entries.values()) void this.#repaint(entry);
    this.#drapeChosen();
  }

  /** Before each frame. @param cameraHeight metres */
  follow(cameraHeight: number): void {
    this.#lift = Math.max(LEAST_LIFT, cameraHeight * LIFT_SHARE);
    for (const { chunks } of this.#entries.values())
      for (const { chunk, collection } of chunks) if (chunk.isFlat && collection) this.#raise(collection);
  }

  boundsOf(id: string): DataRequest["bounds"] | null {
    return this.#entries.get(id)?.request.bounds ?? null;
  }

  pickOf(picked: unknown): CityPick | null {
    const { collection, index } = picked as { collection?: unknown; index?: unknown };
    const owner = this.#owners.get(collection);
    if (!owner || typeof index !== "number") return null;
    return { kind: "data", layerId: owner.id, feature: owner.chunk.featureAt(index) };
  }

  get count(): number {
    return this.#entries.size;
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    for (const entry of this.#entries.values()) {
      this.#drape(entry);
      void this.#build(entry);
    }
    this.#drapeChosen();
  }

  detach(): void {
    this.#stage = null;
    this.#owners.clear();
    this.#chosenDraped = null;
    for (const entry of this.#entries.values()) {
      entry.turn++;
      entry.draped = null;
      for (const shown of entry.chunks) shown.collection = null;
    }
  }

  #inkOf({ request, opacity }: Entry): DataInk {
    const chosen = this.#chosen?.layerId === request.id ? this.#chosen.feature : null;
    const rim = this.#theme === "night" ? "#0b1016" : "#ffffff";
    return { color: request.color, accent: this.#accent, rim, opacity, chosen };
  }

  /** Chunks that are not in the scene yet go into it, one a frame, while the layer is shown. */
  #build(entry: Entry): Promise<void> {
    return this.#eachFrame(entry, (shown, stage) => {
      if (shown.collection || !entry.visible) return false;
      const collection = shown.chunk.create(this.#inkOf(entry));
      if (shown.chunk.isFlat) this.#raise(collection);
      shown.collection = collection;
      this.#owners.set(collection, { id: entry.request.id, chunk: shown.chunk });
      stage.scene.primitives.add(collection);
      return true;
    });
  }

  async #repaint(entry: Entry): Promise<void> {
    await this.#eachFrame(entry, ({ chunk, collection }) => {
      if (!collection) return false;
      chunk.paint(collection, this.#inkOf(entry));
      return true;
    });
    await this.#build(entry);
  }

  #repaintFeature(layerId: string, feature: number): void {
    const entry = this.#entries.get(layerId);
    if (!entry) return;
    for (const { chunk, collection } of entry.chunks)
      if (collection && chunk.has(feature)) chunk.paint(collection, this.#inkOf(entry));
  }

  async #eachFrame(entry: Entry, step: (shown: ShownChunk, stage: Stage) => boolean): Promise<void> {
    const turn = ++entry.turn;
    for (const shown of entry.chunks) {
      const stage = this.#stage;
      if (!stage || entry.turn !== turn) return;
      if (step(shown, stage)) await nextFrame(stage);
    }
  }

  #raise(collection: DataCollection): void {
    Matrix4.fromUniformScale(1 + this.#lift / EARTH_RADIUS, collection.modelMatrix);
  }

  #drop(shown: ShownChunk): void {
    const { collection } = shown;
    shown.collection = null;
    if (!collection) return;
    this.#owners.delete(collection);
    this.#stage?.scene.primitives.remove(collection);
  }

  #drape(entry: Entry): void {
    const { bounds, color, drawTile } = entry.request;
    const stage = this.#stage;
    if (!stage || !drawTile) return;
    const provider = new DrapedProvider(bounds, (window) => drawTile(window, color, null));
    entry.draped = new ImageryLayer(provider.asProvider(), {
      alpha: entry.opacity,
      show: entry.visible,
      maximumAnisotropy: stage.quality === "light" ? 2 : 8,
    });
    stage.scene.imageryLayers.add(entry.draped);
    stage.requestRender();
  }

  /** The chosen feature lies over its layer as a picture of its own. */
  #drapeChosen(): void {
    const stage = this.#stage;
    if (this.#chosenDraped) stage?.scene.imageryLayers.remove(this.#chosenDraped, true);
    this.#chosenDraped = null;
    const chosen = this.#chosen;
    const entry = chosen ? this.#entries.get(chosen.layerId) : undefined;
    const drawTile = entry?.request.drawTile;
    if (!stage || !chosen || !entry || !drawTile) return;
    const provider = new DrapedProvider(entry.request.bounds, (window) =>
      drawTile(window, this.#accent, chosen.feature),
    );
    this.#chosenDraped = new ImageryLayer(provider.asProvider());
    stage.scene.imageryLayers.add(this.#chosenDraped);
  }
}

function nextFrame(stage: Stage): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      off();
      clearTimeout(timer);
      setTimeout(resolve, 0);
    };
    const off = stage.scene.postRender.addEventListener(done);
    const timer = setTimeout(done, FRAME_WAIT_MS);
    stage.requestRender();
  });
}
