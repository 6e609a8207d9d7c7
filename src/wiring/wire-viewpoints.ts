import { TwinError } from "../base/errors.ts";
import type { ReadingPorts } from "../commands/ports.ts";
import type { ModelReading } from "../domain/reading/model-reading.ts";
import { newReading } from "../domain/reading/model-reading.ts";
import { type Rows, toRows } from "../domain/reading/row-set.ts";
import type { Viewpoint } from "../domain/reading/viewpoint.ts";
import { listViewpoints, readSnapshot, removeViewpoints, writeViewpoint } from "../local/viewpoint-files.ts";
import type { Stores } from "../state/stores.ts";
import type { ModelLibrary } from "./model-library.ts";
import type { WireParts } from "./parts.ts";
import type { ReadingDesk } from "./reading-desk.ts";
import type { CloseUpWire } from "./wire-close-up.ts";

export type ViewpointWire = Pick<
  ReadingPorts,
  "saveViewpoint" | "showViewpoint" | "changeViewpoint" | "removeViewpoint" | "exportBcf" | "importBcf"
> & {
  /** Brings back what is kept of models that are still here. */
  restore(): Promise<void>;
  snapshotOf(id: string): Promise<Blob | null>;
};

interface Sources {
  readonly library: ModelLibrary;
  readonly desk: ReadingDesk;
  readonly closeUp: CloseUpWire;
  readonly blobOf: (source: string) => Promise<Blob>;
  readonly saveFile: (blob: Blob, name: string) => void;
}

const SNAPSHOT_PX = 960;
const PNG = { type: "image/png" };

/** Viewpoints: kept in the browser, shown again, written and read as BCF. */
export function wireViewpoints(parts: WireParts, sources: Sources): ViewpointWire {
  const { stores } = parts;
  const put = (viewpoint: Viewpoint) => {
    const { viewpoints } = stores.reading.get();
    const others = viewpoints.filter(({ id }) => id !== viewpoint.id);
    const all = [...others, viewpoint].sort((a, b) => a.createdMs - b.createdMs);
    stores.reading.set({ viewpoints: all });
  };
  const find = (id: string) => {
    const found = stores.reading.get().viewpoints.find((one) => one.id === id);
    if (!found) throw new TwinError("reading.no_viewpoint", `There is no viewpoint ${id}.`, { id });
    return found;
  };
  return {
    async restore() {
      const known = new Set(stores.models.get().models.map(({ id }) => id));
      const all = await listViewpoints();
      stores.reading.set({ viewpoints: all.filter(({ modelId }) => known.has(modelId)) });
    },
    async snapshotOf(id) {
      const bytes = await readSnapshot(id);
      return bytes && new Blob([bytes as Uint8Array<ArrayBuffer>], PNG);
    },
    async saveViewpoint(id, title) {
      const viewpoint = await describeView(stores, sources, id, title);
      const picture = await sources.closeUp.snapshot(SNAPSHOT_PX);
      await writeViewpoint(viewpoint, picture ? new Uint8Array(await picture.arrayBuffer()) : undefined);
      put(viewpoint);
    },
    showViewpoint: (id) => showViewpoint(parts, sources, find(id)),
    async changeViewpoint(id, title, comment) {
      const found = find(id);
      const author = stores.incidents.get().actor;
      const added = comment ? [{ author, text: comment, atMs: Date.now() }] : [];
      const changed = { ...found, title: title ?? found.title, comments: [...found.comments, ...added] };
      await writeViewpoint(changed);
      put(changed);
    },
    async removeViewpoint(id) {
      await removeViewpoints([find(id).id]);
      stores.reading.set({ viewpoints: stores.reading.get().viewpoints.filter((one) => one.id !== id) });
    },
    exportBcf: (id, version) => exportBcf(stores, sources, id, version),
    async importBcf(id, source) {
      const file = await sources.blobOf(source);
      const { viewpoints, snapshots, notes } = await sources.desk.ask(id, (remote) =>
        remote.readBcf(id, file),
      );
      for (const viewpoint of viewpoints) {
        await writeViewpoint(viewpoint, snapshots[viewpoint.id]);
        put(viewpoint);
      }
      stores.reading.set({ panel: "views" });
      for (const note of notes) parts.onError(new TwinError("bcf.topic_unreadable", note, { detail: note }));
    },
  };
}

async function describeView(
  stores: Stores,
  { library, closeUp }: Sources,
  modelId: string,
  title: string,
): Promise<Viewpoint> {
  const { elements } = await library.model(modelId);
  const reading = stores.reading.get().models[modelId] ?? newReading(elements.globalId.length);
  const globalIds = (rows: Rows) => Array.from(rows, (row) => elements.globalId[row] ?? "");
  const model = stores.models.get().models.find(({ id }) => id === modelId);
  const isolated = reading.isolated?.filter((row) => !reading.hidden.includes(row));
  return {
    id: crypto.randomUUID(),
    modelId,
    title,
    author: stores.incidents.get().actor || "LiaoTwin",
    createdMs: Date.now(),
    comments: [],
    type: "Issue",
    status: "Open",
    camera: closeUp.camera(),
    planes: closeUp.planes(),
    selected: globalIds(reading.selected),
    visibility: isolated
      ? { shows: "only", globalIds: globalIds(isolated) }
      : { shows: "all-but", globalIds: globalIds(reading.hidden) },
    hiddenStoreys: model?.hiddenStoreys ?? [],
    isXray: reading.isXray,
    colouredBy: reading.colouring?.property ?? null,
    colours: coloursOf(reading, globalIds),
  };
}

/** BCF asks for few components: a colouring is written for what is coloured, class by class. */
function coloursOf({ colouring }: ModelReading, globalIds: (rows: Rows) => string[]): Viewpoint["colours"] {
  if (!colouring) return [];
  const { codes, classes } = colouring;
  return classes.map(({ color }, at) => {
    const rows = Array.from(codes.keys()).filter((row) => codes[row] === at);
    return { color: color.slice(1).toUpperCase(), globalIds: globalIds(toRows(rows, codes.length)) };
  });
}

async function showViewpoint({ stores, run }: WireParts, sources: Sources, view: Viewpoint): Promise<void> {
  const { modelId } = view;
  if (stores.models.get().open !== modelId) await run({ type: "open-building", id: modelId });
  const { elements } = await sources.library.model(modelId);
  const count = elements.globalId.length;
  const rowOf = new Map(elements.globalId.map((globalId, row) => [globalId, row]));
  const rows = (ids: readonly string[]) =>
    toRows(
      ids.flatMap((id) => rowOf.get(id) ?? []),
      count,
    );
  const { models } = stores.reading.get();
  const before = models[modelId] ?? newReading(count);
  const chosen = rows(view.visibility.globalIds);
  const isOnly = view.visibility.shows === "only";
  stores.models.set({
    section: null,
    models: stores.models
      .get()
      .models.map((model) =>
        model.id === modelId ? { ...model, hiddenStoreys: view.hiddenStoreys } : model,
      ),
  });
  stores.reading.set({
    planes: view.planes,
    box: null,
    plan: null,
    explodeM: 0,
    models: {
      ...models,
      [modelId]: {
        ...before,
        hidden: isOnly ? rows([]) : chosen,
        isolated: isOnly ? chosen : null,
        past: [...before.past, { hidden: before.hidden, isolated: before.isolated }],
        selected: rows(view.selected),
        isXray: view.isXray,
        colouring: view.colouredBy === before.colouring?.property ? before.colouring : null,
      },
    },
  });
  if (view.camera) sources.closeUp.setCamera(view.camera);
  if (view.colouredBy && view.colouredBy !== before.colouring?.property)
    await run({ type: "colour-elements-by", id: modelId, property: view.colouredBy });
}

async function exportBcf(
  stores: Stores,
  { desk, saveFile }: Sources,
  modelId: string,
  version: "2.1" | "3.0",
): Promise<void> {
  const viewpoints = stores.reading.get().viewpoints.filter((one) => one.modelId === modelId);
  if (viewpoints.length === 0)
    throw new TwinError("bcf.nothing", "There is no viewpoint to export: save one first.");
  const snapshots: Record<string, Uint8Array> = {};
  let aspect = 16 / 9;
  for (const { id } of viewpoints) {
    const bytes = await readSnapshot(id);
    if (!bytes) continue;
    snapshots[id] = bytes;
    aspect = aspectOf(bytes) ?? aspect;
  }
  const bytes = await desk.ask(modelId, (remote) =>
    remote.writeBcf(modelId, viewpoints, snapshots, version, aspect),
  );
  const name = stores.models.get().models.find(({ id }) => id === modelId)?.name ?? "model";
  saveFile(
    new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }),
    `${name.replace(/[\\/:*?"<>|]/g, "_")}.bcf`,
  );
}

/** Width over height, from the head of a PNG. */
function aspectOf(png: Uint8Array): number | null {
  if (png.length < 24 || png[1] !== 0x50) return null;
  const view = new DataView(png.buffer, png.byteOffset);
  return view.getUint32(16) / view.getUint32(20);
}
