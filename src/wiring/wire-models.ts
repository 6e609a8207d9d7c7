import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { ModelEntry } from "../domain/model.ts";
import { nameFromUrl } from "../domain/url-name.ts";
import { convertInWorker } from "../jobs/ifc-job.ts";
import { listModels, readModelFile, removeModel } from "../local/model-files.ts";
import { fetchBlob } from "./fetch-blob.ts";
import type { FileDesk } from "./file-desk.ts";
import type { JobLog } from "./job-log.ts";
import type { ModelLibrary } from "./model-library.ts";
import { type ModelNote, readModelNotes, writeModelNote } from "./model-memory.ts";
import { footprintRing, placeOfModel, tilesetPlacement, type UserPlace } from "./model-placement.ts";
import type { WireParts } from "./parts.ts";

export interface ModelWire {
  /** Rejects with AbortError on cancel, TwinError `ifc.*`, `fetch.*`. */
  openIfc(source: string, name: string | null): Promise<string>;
  placeModel(id: string, place: UserPlace): Promise<void>;
  removeModel(id: string): Promise<void>;
  zoomToModel(id: string): Promise<void>;
  /** Brings back what was open when the page was left. */
  restore(): Promise<void>;
}

interface Tools {
  readonly files: FileDesk;
  readonly jobs: JobLog;
  readonly library: ModelLibrary;
}

function isSampleSource(source: string): boolean {
  return new URL(source, document.baseURI).href.startsWith(new URL("samples/", document.baseURI).href);
}

/** The tileset id of a model in the city view. */
export function modelTilesetId(modelId: string): string {
  return `model-${modelId}`;
}

/** IFC models: conversion jobs, the model list, their tilesets in the city. */
export function wireModels(parts: WireParts, tools: Tools): ModelWire {
  const { stores, view, scope } = parts;
  const { library } = tools;
  const entries = () => stores.models.get().models;
  const places = new Map<string, UserPlace>();

  const attach = async (entry: ModelEntry) => {
    const userPlace = places.get(entry.id) ?? null;
    const place = placeOfModel(entry.georeference, userPlace);
    if (!place) return;
    await view.addTileset({
      id: modelTilesetId(entry.id),
      role: "model",
      url: `${location.origin}/local/${entry.id}/tileset.json`,
      readTile: (path) => readModelFile(entry.id, path),
      ...tilesetPlacement(entry.georeference, userPlace),
    });
    view.setFootprintCut(entry.id, entry.visible ? footprintRing(entry.box, place) : null);
  };
  const detach = (id: string) => {
    view.removeTileset(modelTilesetId(id));
    view.setFootprintCut(id, null);
  };
  const put = (entry: ModelEntry) =>
    stores.models.set({ models: [...entries().filter((other) => other.id !== entry.id), entry] });

  const add = async (id: string, note: ModelNote): Promise<ModelEntry> => {
    if (note.place) places.set(id, note.place);
    const model = await library.model(id);
    const entry: ModelEntry = {
      id,
      name: model.name,
      fileName: model.fileName,
      schema: model.schema,
      georeference: model.georeference,
      storeys: model.storeys,
      counts: model.counts,
      issues: model.issues,
      box: model.box,
      visible: note.visible ?? true,
      hiddenStoreys: entries().find((other) => other.id === id)?.hiddenStoreys ?? [],
      placement: placeOfModel(model.georeference, note.place ?? null) ? "placed" : "unplaced",
      isSample: note.source !== undefined && isSampleSource(note.source),
      ...(note.source && { source: note.source }),
    };
    detach(id);
    await attach(entry);
    put(entry);
    return entry;
  };

  scope.add(
    stores.models.watch(
      (s) => s.models,
      (now, before) => {
        const old = new Map(before.map((entry) => [entry.id, entry]));
        for (const entry of now)
          if (old.get(entry.id) !== entry) showEntry(parts, entry, places.get(entry.id) ?? null);
      },
    ),
  );

  const zoomToModel = (id: string) =>
    view.zoomToTileset(modelTilesetId(id), null).catch((error) => {
      if (!isAbort(error)) throw error;
    });

  return {
    zoomToModel,
    openIfc: async (source, name) => {
      const fileName =
        name ?? (source.startsWith("file:") ? tools.files.take(source).name : `${nameFromUrl(source)}.ifc`);
      const { modelId } = await tools.jobs.run("ifc", fileName, async (job) => {
        const blob = source.startsWith("file:")
          ? tools.files.take(source)
          : await fetchBlob(new URL(source, document.baseURI).href, job);
        return convertInWorker(blob, { fileName }, (progress) => job.report(progress), job.signal);
      });
      const fromUrl = source.startsWith("file:") ? {} : { source };
      library.forget(modelId);
      writeModelNote(modelId, { visible: true, ...fromUrl });
      const entry = await add(modelId, { ...readModelNotes()[modelId], ...fromUrl, visible: true });
      if (entry.placement === "unplaced") stores.models.set({ placing: modelId });
      else await zoomToModel(modelId);
      return modelId;
    },
    placeModel: async (id, place) => {
      places.set(id, place);
      writeModelNote(id, { place });
      await add(id, { ...readModelNotes()[id] });
    },
    removeModel: async (id) => {
      const { open, placing } = stores.models.get();
      const selection = stores.selection.get().selection;
      if (selection.kind === "element" && selection.modelId === id)
        stores.selection.set({ selection: { kind: "none" } });
      stores.models.set({
        models: entries().filter((entry) => entry.id !== id),
        open: open === id ? null : open,
        placing: placing === id ? null : placing,
      });
      detach(id);
      library.forget(id);
      places.delete(id);
      writeModelNote(id, null);
      await removeModel(id);
    },
    restore: async () => {
      const notes = readModelNotes();
      for (const id of await listModels()) {
        try {
          await add(id, notes[id] ?? {});
        } catch (error) {
          if (!(error instanceof TwinError)) throw error;
          await removeModel(id);
        }
      }
    },
  };
}

function showEntry({ view }: WireParts, entry: ModelEntry, userPlace: UserPlace | null): void {
  const id = modelTilesetId(entry.id);
  view.showTileset(id, entry.visible);
  const hidden = new Set(entry.hiddenStoreys);
  view.hideStoreys(
    id,
    entry.storeys.flatMap((storey, index) => (hidden.has(storey.globalId) ? [index] : [])),
  );
  const place = placeOfModel(entry.georeference, userPlace);
  view.setFootprintCut(entry.id, entry.visible && place ? footprintRing(entry.box, place) : null);
  writeModelNote(entry.id, { visible: entry.visible });
}
