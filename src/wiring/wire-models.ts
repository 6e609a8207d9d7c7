import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { Progress } from "../domain/job.ts";
import { CONVERTER_VERSION, type ModelEntry } from "../domain/model.ts";
import { nameFromUrl } from "../domain/url-name.ts";
import { convertInWorker, type PreviewPart, warmUpIfcWorker } from "../jobs/ifc-job.ts";
import { listModels, readModelFile, removeModel, withModelLock } from "../local/model-files.ts";
import { fetchBlob } from "./fetch-blob.ts";
import type { FileDesk } from "./file-desk.ts";
import type { JobLog, RunningJob } from "./job-log.ts";
import type { ModelLibrary } from "./model-library.ts";
import { type ModelNote, readModelNotes, stampOf, writeModelNote } from "./model-memory.ts";
import { footprintRing, placeOfModel, tilesetPlacement, type UserPlace } from "./model-placement.ts";
import { ModelPreview } from "./model-preview.ts";
import type { WireParts } from "./parts.ts";
import { warnOfDoubts } from "./place-doubts.ts";

export interface ModelWire {
  /** Rejects with AbortError on cancel, TwinError `ifc.*`, `fetch.*`. */
  openIfc(source: string, name: string | null): Promise<string>;
  /** Null puts it back to where its file has it. */
  placeModel(id: string, place: UserPlace | null): Promise<void>;
  /** The IFC file of a model, when it is still at hand or can be fetched; else null. */
  ifcOf(id: string): Promise<Blob | null>;
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
  const models = new IfcModels(parts, tools);
  const { stores, scope } = parts;
  const warmForDrop = ({ dataTransfer }: DragEvent) => {
    if (dataTransfer?.types.includes("Files")) warmUpIfcWorker();
  };
  addEventListener("dragenter", warmForDrop);
  scope.add(() => removeEventListener("dragenter", warmForDrop));
  scope.add(
    stores.models.watch(
      (s) => s.models,
      (now, before) => models.showChanges(now, before),
    ),
  );
  return {
    zoomToModel: (id) => models.zoomTo(id),
    openIfc: (source, name) => models.openIfc(source, name),
    placeModel: (id, place) => models.place(id, place),
    removeModel: (id) => models.remove(id),
    ifcOf: (id) => models.ifcOf(id),
    restore: () => models.restore(),
  };
}

class IfcModels {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  readonly #places = new Map<string, UserPlace>();
  /** Tickets of files that were opened in this session, by model. */
  readonly #tickets = new Map<string, string>();

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  get #entries(): readonly ModelEntry[] {
    return this.#parts.stores.models.get().models;
  }

  async openIfc(source: string, name: string | null): Promise<string> {
    const { files, jobs, library } = this.#tools;
    const file = source.startsWith("file:") ? files.take(source) : null;
    const stored = file && (await this.#openStored(file, source));
    if (stored) return stored;
    const fileName = name ?? file?.name ?? `${nameFromUrl(source)}.ifc`;
    const { modelId, preview } = await jobs.run("ifc", fileName, async (job) => {
      warmUpIfcWorker();
      const blob = file ?? (await fetchBlob(new URL(source, document.baseURI).href, job));
      return await this.#convert(blob, fileName, job);
    });
    const fromUrl = file ? { stamp: stampOf(file) } : { source };
    library.forget(modelId);
    this.#tickets.set(modelId, source);
    writeModelNote(modelId, { visible: true, ...fromUrl });
    const entry = await this.#add(modelId, {
      ...readModelNotes()[modelId],
      ...fromUrl,
      visible: true,
    }).finally(() => void preview.replaceBy(modelTilesetId(modelId)));
    warnOfDoubts(this.#parts, entry, await library.model(modelId));
    if (entry.placement === "unplaced") this.#parts.stores.models.set({ placing: modelId });
    else if (!(await preview.isFramed(entry.box))) await this.zoomTo(modelId);
    return modelId;
  }

  /**
   * A file of this computer that was converted before, and has not been changed since, is not read again. Null when there
   * is none such, or it has to be made anew.
   */
  async #openStored(file: File, ticket: string): Promise<string | null> {
    const stamp = stampOf(file);
    const [id] = Object.entries(readModelNotes()).find(([, note]) => note.stamp === stamp) ?? [];
    if (!id) return null;
    const model = await this.#tools.library.model(id).catch(() => null);
    if (model?.converterVersion !== CONVERTER_VERSION) return null;
    this.#tickets.set(id, ticket);
    const entry = this.#entries.find((one) => one.id === id);
    if (entry) this.#put({ ...entry, visible: true });
    else await this.#add(id, { ...readModelNotes()[id], visible: true });
    if (this.#entries.some((one) => one.id === id && one.placement === "placed")) await this.zoomTo(id);
    else this.#parts.stores.models.set({ placing: id });
    return id;
  }

  /** Shows what there is of it on the way. */
  async #convert(blob: Blob, fileName: string, job: RunningJob) {
    const preview = new ModelPreview(this.#parts, job);
    try {
      const ears = {
        onProgress: (progress: Progress) => job.report(progress),
        onPreview: (part: PreviewPart, id: string) => preview.show(part, id),
      };
      const { modelId } = await convertInWorker(blob, { fileName }, ears, job.signal);
      return { modelId, preview };
    } catch (error) {
      preview.remove();
      throw error;
    }
  }

  /** A model that stands in the city already is moved; it is not loaded again. */
  async place(id: string, place: UserPlace | null): Promise<void> {
    writeModelNote(id, { place: place ?? undefined });
    if (place) this.#places.set(id, place);
    else this.#places.delete(id);
    const entry = this.#entries.find((one) => one.id === id);
    const stands = entry && placeOfModel(entry.georeference, place);
    if (!entry || !stands || entry.placement === "unplaced") {
      await this.#add(id, { ...readModelNotes()[id] });
      return;
    }
    this.#parts.view.placeTileset(modelTilesetId(id), tilesetPlacement(entry.georeference, place));
    this.#put({ ...entry, userPlace: place });
  }

  async ifcOf(id: string): Promise<Blob | null> {
    const source = this.#tickets.get(id) ?? readModelNotes()[id]?.source;
    if (!source) return null;
    if (source.startsWith("file:")) return this.#tools.files.take(source);
    const response = await fetch(new URL(source, document.baseURI).href);
    return response.ok ? response.blob() : null;
  }

  async remove(id: string): Promise<void> {
    const { stores } = this.#parts;
    const { open, placing } = stores.models.get();
    const selection = stores.selection.get().selection;
    if (selection.kind === "element" && selection.modelId === id)
      stores.selection.set({ selection: { kind: "none" } });
    stores.models.set({
      models: this.#entries.filter((entry) => entry.id !== id),
      open: open === id ? null : open,
      placing: placing === id ? null : placing,
    });
    this.#detach(id);
    this.#tools.library.forget(id);
    this.#places.delete(id);
    writeModelNote(id, null);
    await removeModel(id);
  }

  zoomTo(id: string): Promise<void> {
    return this.#parts.view.zoomToTileset(modelTilesetId(id), null).catch((error) => {
      if (!isAbort(error)) throw error;
    });
  }

  async restore(): Promise<void> {
    const notes = readModelNotes();
    for (const id of await listModels()) {
      const note = notes[id];
      if (!note) {
        // what a conversion that was cancelled at its very end left behind
        await withModelLock(id, () => removeModel(id));
        continue;
      }
      try {
        await this.#add(id, note);
      } catch (error) {
        if (!(error instanceof TwinError)) throw error;
        await removeModel(id);
      }
    }
  }

  showChanges(now: readonly ModelEntry[], before: readonly ModelEntry[]): void {
    const old = new Map(before.map((entry) => [entry.id, entry]));
    for (const entry of now)
      if (old.get(entry.id) !== entry) showEntry(this.#parts, entry, this.#places.get(entry.id) ?? null);
  }

  async #add(id: string, note: ModelNote): Promise<ModelEntry> {
    const startMs = performance.now();
    if (note.place) this.#places.set(id, note.place);
    const model = await this.#tools.library.model(id);
    const entry: ModelEntry = {
      id,
      name: model.name,
      fileName: model.fileName,
      schema: model.schema,
      georeference: model.georeference,
      storeys: model.storeys,
      counts: model.counts,
      rows: model.elements.globalId.length,
      voids: model.voids ?? { spaces: 0, openings: 0 },
      issues: model.issues,
      failures: model.failures ?? [],
      box: model.box,
      bytes: model.bytes,
      visible: note.visible ?? true,
      hiddenStoreys: this.#entries.find((other) => other.id === id)?.hiddenStoreys ?? [],
      placement: placeOfModel(model.georeference, note.place ?? null) ? "placed" : "unplaced",
      userPlace: note.place ?? null,
      isSample: note.source !== undefined && isSampleSource(note.source),
      ...(note.source && { source: note.source }),
    };
    this.#detach(id);
    await this.#attach(entry);
    this.#put(entry);
    void this.#parts.view.whenTilesetDrawn(modelTilesetId(id)).then(() => {
      performance.measure("model-shown", { start: startMs, detail: id });
    });
    return entry;
  }

  #put(entry: ModelEntry): void {
    const isKnown = this.#entries.some(({ id }) => id === entry.id);
    const models = isKnown
      ? this.#entries.map((other) => (other.id === entry.id ? entry : other))
      : [...this.#entries, entry];
    this.#parts.stores.models.set({ models });
  }

  async #attach(entry: ModelEntry): Promise<void> {
    const { view } = this.#parts;
    const userPlace = this.#places.get(entry.id) ?? null;
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
  }

  #detach(id: string): void {
    this.#parts.view.removeTileset(modelTilesetId(id));
    this.#parts.view.setFootprintCut(id, null);
  }
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
