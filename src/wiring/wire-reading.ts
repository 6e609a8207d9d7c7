import { toPlainError } from "../base/errors.ts";
import type { ReadingPorts } from "../commands/ports.ts";
import { newReading, paintOf } from "../domain/reading/model-reading.ts";
import { hasRow, NO_ROWS, toRows } from "../domain/reading/row-set.ts";
import { NO_LOOKS, NO_TOOLS } from "../state/reading-store.ts";
import type { Stores } from "../state/stores.ts";
import type { FileDesk } from "./file-desk.ts";
import type { ModelLibrary } from "./model-library.ts";
import type { WireParts } from "./parts.ts";
import type { ReadingDesk } from "./reading-desk.ts";
import type { CloseUpWire } from "./wire-close-up.ts";
import { modelTilesetId } from "./wire-models.ts";

interface Sources {
  readonly library: ModelLibrary;
  readonly desk: ReadingDesk;
  readonly closeUp: CloseUpWire;
  readonly files: FileDesk;
  readonly blobOf: (source: string) => Promise<Blob>;
}

type ReadingWire = Pick<
  ReadingPorts,
  "colourElements" | "searchElements" | "zoomToElements" | "checkIds" | "chooseReadingFile"
>;

/** How models are read: the same elements hidden, faint and coloured in both views; search, colours and checks. */
export function wireReading(parts: WireParts, sources: Sources): ReadingWire {
  followCity(parts);
  followSelection(parts, sources.library);
  followModels(parts, sources.desk);
  const { stores, run } = parts;
  return {
    colourElements: (id, property) =>
      sources.desk.ask(id, (remote, onIndexing) => remote.colour(id, property, onIndexing)),
    searchElements: (id, query) => search(stores, sources.desk, id, query),
    async zoomToElements(id) {
      const selected = stores.reading.get().models[id]?.selected ?? NO_ROWS;
      if (stores.models.get().open === id) sources.closeUp.zoomToRows(selected);
      else await run({ type: "zoom-to-model", id });
    },
    checkIds: (id, source) => check(stores, sources, id, source),
    chooseReadingFile: (id, kind) =>
      pickFile(kind === "bcf" ? ".bcf,.bcfzip" : ".ids,.xml", (file) => {
        const source = sources.files.leave(file);
        void run({ type: kind === "bcf" ? "import-bcf" : "check-ids", id, source });
      }),
  };
}

/** Visibility and colours on the same models in the city. */
function followCity({ stores, scope, view }: WireParts): void {
  scope.add(
    stores.reading.watch(
      (s) => s.models,
      (now, before) => {
        for (const id of new Set([...Object.keys(now), ...Object.keys(before)])) {
          if (now[id] === before[id]) continue;
          view.setElements(modelTilesetId(id), paintOf(now[id]), now[id]?.selected ?? NO_ROWS);
        }
      },
    ),
  );
}

/** One chosen element is what the inspector shows; several are known here, and the inspector shows one of them. */
function followSelection({ stores, scope }: WireParts, library: ModelLibrary): void {
  const toReading = async () => {
    const { selection } = stores.selection.get();
    const { models } = stores.reading.get();
    const chosen = selection.kind === "element" ? selection.modelId : null;
    const cleared = Object.entries(models).filter(
      ([id, { selected }]) => id !== chosen && selected.length > 0,
    );
    if (cleared.length > 0)
      stores.reading.set({
        models: {
          ...models,
          ...Object.fromEntries(cleared.map(([id, reading]) => [id, { ...reading, selected: NO_ROWS }])),
        },
      });
    if (selection.kind !== "element") return;
    const row = await library.rowOf(selection.modelId, selection.globalId);
    const { elements } = await library.model(selection.modelId);
    if (stores.selection.get().selection !== selection || row < 0) return;
    const now = stores.reading.get().models;
    const reading = now[selection.modelId] ?? newReading(elements.globalId.length);
    if (hasRow(reading.selected, row)) return;
    const selected = toRows([row], reading.count);
    stores.reading.set({ models: { ...now, [selection.modelId]: { ...reading, selected } } });
  };
  const toSelection = async (id: string) => {
    const { selected } = stores.reading.get().models[id]!;
    const { selection } = stores.selection.get();
    const isHere = selection.kind === "element" && selection.modelId === id;
    if (selected.length === 0) {
      if (isHere) stores.selection.set({ selection: { kind: "none" } });
      return;
    }
    const { elements } = await library.model(id);
    if (stores.reading.get().models[id]?.selected !== selected) return;
    const ids = elements.globalId;
    if (isHere && selected.some((row) => ids[row] === selection.globalId)) return;
    const globalId = ids[selected[0]!];
    if (globalId) stores.selection.set({ selection: { kind: "element", modelId: id, globalId } });
  };
  scope.add(
    stores.selection.watch(
      (s) => s.selection,
      () => void toReading(),
    ),
  );
  scope.add(
    stores.reading.watch(
      (s) => s.models,
      (now, before) => {
        for (const id of Object.keys(now))
          if (now[id]!.selected !== (before[id]?.selected ?? NO_ROWS)) void toSelection(id);
      },
    ),
  );
}

/** Ways of looking go with the close-up, tools when another model is opened; what was known of a model goes with the model. */
function followModels({ stores, scope }: WireParts, desk: ReadingDesk): void {
  scope.add(
    stores.models.watch(
      (s) => s.open,
      (open) => {
        const isOther = open !== null && open !== stores.reading.get().toolsOf;
        stores.reading.set(isOther ? { ...NO_TOOLS, toolsOf: open } : open === null ? NO_LOOKS : {});
      },
    ),
  );
  scope.add(
    stores.models.watch(
      (s) => s.models,
      (now, before) => {
        const gone = before.filter((model) => !now.some(({ id }) => id === model.id));
        if (gone.length === 0) return;
        const { toolsOf } = stores.reading.get();
        if (gone.some(({ id }) => id === toolsOf)) {
          stores.reading.set({ ...NO_TOOLS, toolsOf: null });
          stores.models.set({ section: null });
        }
        const models = { ...stores.reading.get().models };
        for (const { id } of gone) {
          delete models[id];
          desk.forget(id);
        }
        stores.reading.set({ models });
      },
    ),
  );
}

async function search(stores: Stores, desk: ReadingDesk, modelId: string, query: string): Promise<void> {
  if (query.trim() === "") {
    stores.reading.set({ search: null });
    return;
  }
  const asked = { modelId, query, rows: NO_ROWS, ms: 0, error: null };
  const running = { ...asked, state: "running" as const };
  stores.reading.set({ search: running });
  const isCurrent = () => stores.reading.get().search === running;
  try {
    const { rows, ms } = await desk.ask(modelId, (remote, onIndexing) =>
      remote.search(modelId, query, onIndexing),
    );
    if (isCurrent()) stores.reading.set({ search: { ...asked, state: "done", rows, ms } });
  } catch (error) {
    if (isCurrent())
      stores.reading.set({ search: { ...asked, state: "failed", error: toPlainError(error) } });
  }
}

async function check(
  stores: Stores,
  { desk, files, blobOf }: Sources,
  modelId: string,
  source: string,
): Promise<void> {
  const fileName = source.startsWith("file:") ? files.take(source).name : source;
  const asked = { modelId, fileName, report: null, error: null };
  stores.reading.set({ check: { ...asked, state: "running" }, panel: "check" });
  try {
    const file = await blobOf(source);
    const report = await desk.ask(modelId, (remote, onIndexing) =>
      remote.checkIds(modelId, file, fileName, onIndexing),
    );
    stores.reading.set({ check: { ...asked, state: "done", report } });
  } catch (error) {
    stores.reading.set({ check: { ...asked, state: "failed", error: toPlainError(error) } });
  }
}

function pickFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) onFile(file);
  });
  input.click();
}
