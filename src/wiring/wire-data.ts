import { isAbort } from "../base/abort.ts";
import type { DataRequest } from "../city/contract.ts";
import type { Layer, LayerData } from "../domain/layer.ts";
import { isPlaceFileName } from "../domain/place-file.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import {
  createGeodataClient,
  type OpenedData,
  type OpenedFeatures,
  type OpenedRaster,
  type OpenedTiles,
  type OpenOptions,
  type PassedOn,
  proxyCallback,
} from "../jobs/geodata-client.ts";
import { type DropNote, keepDrop, listDrops, noteDrop, removeDrop } from "../local/dropped-files.ts";
import { putNotice } from "../state/put-notice.ts";
import { askForCrs } from "./crs-question.ts";
import type { FileDesk } from "./file-desk.ts";
import { groupFiles } from "./file-groups.ts";
import type { JobLog, RunningJob } from "./job-log.ts";
import type { WireParts } from "./parts.ts";
import { type TableHolder, tableOf } from "./table-holder.ts";
import type { LayerWire } from "./wire-layers.ts";
import type { DataSource } from "./wire-selection.ts";

type Client = ReturnType<typeof createGeodataClient>;

/** What this part of the product shows. */
type Shown = OpenedFeatures | OpenedTiles | OpenedRaster;

interface Reading {
  readonly crs: string | null;
  readonly gcj02: boolean;
}

/** Told apart at night and by day, on land and water; the first is for the first file. */
const COLORS = ["#6fa8ff", "#ffb454", "#c58bff", "#8fd14f", "#ff8fa3", "#4fd0e0"] as const;

interface Held {
  readonly id: string;
  readonly files: readonly File[];
  readonly client: Client;
  readonly opened: Shown;
  readonly reading: Reading;
  readonly layer: Layer;
}

export interface DataWire extends DataSource {
  openFiles(sources: readonly string[], reading: Reading): Promise<void>;
  readLayerAs(id: string, reading: Reading): Promise<void>;
  restoreLayer(id: string): Promise<void>;
  /** Brings back what was kept when the page was left; what cannot be read any more is let go. */
  restore(): Promise<void>;
  /** True when the layer was one of ours. */
  remove(id: string): boolean;
  zoomTo(id: string): Promise<void> | null;
  /** The attributes of a layer's features; null for tiles, and for a layer that is not one of ours. */
  table(id: string): TableHolder | null;
}

interface Tools {
  readonly files: FileDesk;
  readonly jobs: JobLog;
  readonly layers: Pick<LayerWire, "putLayer" | "dropLayer">;
}

/** Files of the user's own: opened in workers, shown as layers, taken away and brought back. */
export function wireData(parts: WireParts, tools: Tools): DataWire {
  const layers = new DataLayerDesk(parts, tools);
  parts.scope.add(
    parts.stores.layers.watch(
      (s) => s.layers,
      (now, before) => layers.follow(now, before),
    ),
  );
  parts.scope.add(() => layers.dispose());
  return layers;
}

class DataLayerDesk implements DataWire {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  readonly #held = new Map<string, Held>();
  /** The layer that was removed last: it can come back. */
  #removed: Held | null = null;
  #count = 0;

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  async openFiles(sources: readonly string[], reading: Reading): Promise<void> {
    const groups = groupFiles(sources.map((source) => this.#tools.files.take(source)));
    const ticketOf = new Map(sources.map((source) => [this.#tools.files.take(source), source]));
    // what says where a model stands needs the model
    const isPlace = ([file]: readonly File[]) => file !== undefined && isPlaceFileName(file.name);
    const open = (some: readonly File[][]) =>
      Promise.allSettled(
        some.map((group) =>
          this.#openGroup(group, reading).catch((error: unknown) => {
            const asked = {
              sources: group.flatMap((file) => ticketOf.get(file) ?? []),
              subject: group[0]!.name,
            };
            if (!askForCrs(this.#parts.stores, asked, reading, error)) throw error;
          }),
        ),
      );
    const first = await open(groups.filter((group) => !isPlace(group)));
    const results = [...first, ...(await open(groups.filter(isPlace)))];
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  async readLayerAs(id: string, reading: Reading): Promise<void> {
    const before = this.#held.get(id);
    if (!before) return;
    const layer = this.#layer(id) ?? before.layer;
    const held = await this.#read(before.files, reading, id, noteOf(layer, reading));
    if ("to" in held) return;
    await this.#show(held);
    await this.#keep(held);
    before.client.terminate();
  }

  async restoreLayer(id: string): Promise<void> {
    const held = this.#removed;
    if (held?.id !== id) return;
    this.#removed = null;
    await this.#show(held);
    await this.#keep(held);
  }

  async restore(): Promise<void> {
    for (const { id, files, note } of await listDrops()) {
      try {
        const held = await this.#read(files, note, id, note);
        if ("to" in held) continue;
        await this.#show(held);
        this.#patchData(id, { isKept: true });
      } catch (error) {
        await removeDrop(id);
        throw error;
      }
    }
  }

  /** What the user changes of a kept layer is there the next time. */
  follow(now: readonly Layer[], before: readonly Layer[]): void {
    for (const layer of now) {
      const was = before.find(({ id }) => id === layer.id);
      if (!layer.data?.isKept || !was || (was.visible === layer.visible && was.opacity === layer.opacity))
        continue;
      const held = this.#held.get(layer.id);
      if (held) void noteDrop(layer.id, noteOf(layer, held.reading));
    }
  }

  remove(id: string): boolean {
    const held = this.#held.get(id);
    if (!held) return false;
    const { stores, view } = this.#parts;
    this.#held.delete(id);
    const { selection } = stores.selection.get();
    if (selection.kind === "feature" && selection.layerId === id)
      stores.selection.set({ selection: { kind: "none" } });
    const layer = this.#layer(id) ?? held.layer;
    void removeDrop(id);
    view.removeData(id);
    view.removeTileset(id);
    this.#tools.layers.dropLayer(id);
    this.#removed?.client.terminate();
    this.#removed = { ...held, layer };
    putNotice(stores, {
      tone: "info",
      key: "data.removed",
      params: { name: held.opened.name },
      action: { key: "data.undo", commands: [{ type: "restore-layer", id }] },
    });
    return true;
  }

  zoomTo(id: string): Promise<void> | null {
    return this.#held.has(id) ? this.#zoom(id) : null;
  }

  table(id: string): TableHolder | null {
    const held = this.#held.get(id);
    return held?.opened.kind === "features" ? tableOf(held.client) : null;
  }

  async pick(place: PlaceDeg) {
    const { stores } = this.#parts;
    const shown = stores.layers.get().layers.filter(({ kind, visible }) => kind === "data" && visible);
    for (const { id } of shown.reverse()) {
      const held = this.#held.get(id);
      if (held?.opened.kind !== "features" || !held.opened.isDraped) continue;
      const pixel = this.#metersPerPixel;
      const found = await held.client.call((remote) =>
        remote.pick(place.longitudeDeg, place.latitudeDeg, pixel),
      );
      if (found) return { kind: "feature", layerId: id, feature: found.feature } as const;
    }
    return null;
  }

  async describe(layerId: string, feature: number) {
    const held = this.#held.get(layerId);
    return held ? await held.client.call((remote) => remote.describe(feature)) : null;
  }

  dispose(): void {
    for (const { client } of this.#held.values()) client.terminate();
    this.#removed?.client.terminate();
  }

  /** Ground metres under a pixel, from how far the camera is. */
  get #metersPerPixel(): number {
    return (this.#parts.view.cameraPose().height * 1.15) / Math.max(1, this.#parts.view.canvas.clientHeight);
  }

  async #openGroup(files: readonly File[], reading: Reading): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (/\.ifc(zip)?$/i.test(file.name)) return this.#passToIfc(file);
    if (isPlaceFileName(file.name))
      return this.#parts.run({ type: "open-place-file", source: this.#tools.files.leave(file) });
    const id = `data-${++this.#count}-${Date.now().toString(36)}`;
    const held = await this.#read(files, reading, id, null);
    if ("to" in held) return held.to === "ifc" ? this.#passToIfc(file) : this.#passToTimeline(file);
    await this.#show(held);
    await Promise.all([this.#zoom(id), this.#keep(held)]);
  }

  #layer(id: string): Layer | undefined {
    return this.#parts.stores.layers.get().layers.find((layer) => layer.id === id);
  }

  #patchData(id: string, change: Partial<LayerData>): void {
    const layer = this.#layer(id);
    if (layer?.data) this.#tools.layers.putLayer({ ...layer, data: { ...layer.data, ...change } });
  }

  async #keep({ id, files, layer, reading }: Held): Promise<void> {
    this.#patchData(id, { isKept: await keepDrop(id, files, noteOf(layer, reading)) });
  }

  async #passToTimeline(file: File): Promise<void> {
    await this.#parts.run({ type: "import-package", source: this.#tools.files.leave(file) });
  }

  async #passToIfc(file: File): Promise<void> {
    await this.#parts.run({ type: "open-ifc", source: this.#tools.files.leave(file), name: file.name });
  }

  /** Says which part of the product it is for when it is not for this one. */
  async #read(
    files: readonly File[],
    reading: Reading,
    id: string,
    before: DropNote | null,
  ): Promise<Held | PassedOn> {
    const client = createGeodataClient();
    try {
      const opened = await this.#tools.jobs.run("data", files[0]!.name, (job) =>
        this.#open(client, files, reading, job),
      );
      if (opened.kind === "passed") {
        client.terminate();
        return opened;
      }
      const note: DropNote = before ?? {
        ...reading,
        color: this.#nextColor(),
        loadedAtMs: Date.now(),
        visible: true,
        opacity: 1,
      };
      return { id, files, client, opened, reading, layer: layerOf(id, files[0]!.name, opened, note) };
    } catch (error) {
      client.terminate();
      throw error;
    }
  }

  async #open(
    client: Client,
    files: readonly File[],
    reading: Reading,
    job: RunningJob,
  ): Promise<OpenedData> {
    const { longitudeDeg, latitudeDeg } = this.#parts.view.cameraPose();
    const options: OpenOptions = {
      near: [longitudeDeg, latitudeDeg],
      ...(reading.crs ? { crs: reading.crs } : {}),
      gcj02: reading.gcj02,
    };
    const report = proxyCallback((progress: Parameters<RunningJob["report"]>[0]) => job.report(progress));
    return await client.call<OpenedData>((remote) => remote.open([...files], options, report), job.signal);
  }

  async #show(held: Held): Promise<void> {
    const { view } = this.#parts;
    this.#held.set(held.id, held);
    this.#tools.layers.putLayer({ ...held.layer, status: "loading" });
    try {
      const isAdrift = await this.#put(held);
      const current = this.#layer(held.id);
      if (current) this.#tools.layers.putLayer({ ...current, status: "ready", isAdrift });
    } catch (error) {
      this.#held.delete(held.id);
      this.#tools.layers.dropLayer(held.id);
      view.removeTileset(held.id);
      held.client.terminate();
      throw error;
    }
  }

  /** Into the city; true when it has no place on earth and stands where the user was looking. */
  async #put({ id, client, opened, layer }: Held): Promise<boolean> {
    const { view } = this.#parts;
    if (opened.kind === "tiles") {
      const url = `${location.origin}/local/${id}/tileset.json`;
      const readTile = (path: string) => client.call((remote) => remote.readTile(path));
      const facts = await view.addTileset({ id, role: "foreign", url, readTile });
      view.showTileset(id, layer.visible);
      view.setTilesetOpacity(id, layer.opacity);
      return facts.isAdrift;
    }
    const shown = view.addData(requestOf(id, client, opened, layer));
    view.showData(id, layer.visible);
    view.setDataOpacity(id, layer.opacity);
    await shown;
    return false;
  }

  #zoom(id: string): Promise<void> {
    const { view } = this.#parts;
    const isTiles = this.#held.get(id)?.opened.kind === "tiles";
    return (isTiles ? view.zoomToTileset(id, null) : view.zoomToData(id, null)).catch((error) => {
      if (!isAbort(error)) throw error;
    });
  }

  #nextColor(): string {
    const used = new Set([...this.#held.values()].map(({ layer }) => layer.data?.color));
    return COLORS.find((color) => !used.has(color)) ?? COLORS[this.#held.size % COLORS.length]!;
  }
}

function requestOf(
  id: string,
  client: Client,
  opened: OpenedFeatures | OpenedRaster,
  layer: Layer,
): DataRequest {
  return {
    id,
    color: layer.data!.color,
    bounds: opened.bounds,
    ...(opened.kind === "raster"
      ? { points: [], lines: null, areas: null }
      : { points: opened.points, lines: opened.lines, areas: opened.areas }),
    drawTile:
      opened.kind === "raster" || opened.isDraped
        ? (window, color, feature) =>
            client.call((remote) => remote.drawTile(window, color, feature)).catch(() => null)
        : null,
  };
}

function noteOf({ data, visible, opacity }: Layer, reading: Reading): DropNote {
  const { color = COLORS[0], loadedAtMs = 0 } = data ?? {};
  return { crs: reading.crs, gcj02: reading.gcj02, color, loadedAtMs, visible, opacity };
}

function layerOf(id: string, fileName: string, opened: Shown, note: DropNote): Layer {
  const { color, loadedAtMs, visible, opacity, gcj02 } = note;
  return {
    id,
    kind: "data",
    title: { zh: opened.name, en: opened.name },
    visible,
    opacity,
    status: "loading",
    provenance: { kind: "RECORDED", source: fileName, observedAtMs: loadedAtMs },
    removable: true,
    data: {
      format: opened.format,
      fileName,
      loadedAtMs,
      color,
      crs: opened.crs,
      isGcj02: gcj02,
      features: opened.features,
      refused: opened.refused,
      issues: opened.issues,
      issueCount: opened.issueCount,
      isKept: false,
      ...(opened.kind === "raster" ? { raster: { size: opened.size, range: opened.range } } : {}),
    },
  };
}
