import {
  noteOfReading,
  parseReadingNotes,
  type ReadingNotes,
  readingOfNote,
  type ToolsNote,
} from "../domain/reading/reading-note.ts";
import type { WireParts } from "./parts.ts";

const KEY = "liaotwin.reading";
/** A dragged section changes many times a second. */
const REST_MS = 400;

export interface ReadingMemory {
  /** Brings back how the models that are here were read; ask once, when they are. */
  restore(): void;
}

/** How models are read outlives the page: visibility, colours, sections, measures, the question. Kept in localStorage. */
export function rememberReading({ stores, scope, run }: WireParts): ReadingMemory {
  const notes = readNotes();
  let isRestored = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writeNotes(notesOf(stores));
  };
  const changed = () => {
    if (isRestored) timer ??= setTimeout(write, REST_MS);
  };
  scope.add(stores.reading.api.subscribe(changed));
  scope.add(stores.models.api.subscribe(changed));
  const leave = () => {
    if (timer !== null) write();
  };
  addEventListener("pagehide", leave);
  scope.add(() => removeEventListener("pagehide", leave));
  return {
    restore() {
      if (notes) restoreModels(stores, notes, run);
      if (notes?.tools) restoreTools(stores, notes.tools, run);
      isRestored = true;
    },
  };
}

function restoreModels(stores: WireParts["stores"], notes: ReadingNotes, run: WireParts["run"]): void {
  const read = { ...stores.reading.get().models };
  const models = stores.models.get().models.map((model) => {
    const note = notes.models[model.id];
    if (!note) return model;
    const reading = readingOfNote(note, model.rows);
    if (reading) read[model.id] = reading;
    const known = new Set(model.storeys.map(({ globalId }) => globalId));
    return { ...model, hiddenStoreys: note.hiddenStoreys.filter((storey) => known.has(storey)) };
  });
  stores.models.set({ models });
  stores.reading.set({ models: read });
  for (const { id } of models) {
    const property = read[id] && notes.models[id]?.colouredBy;
    if (property) void run({ type: "colour-elements-by", id, property });
  }
}

/** The question is asked again when the model is opened: reading its properties takes a moment. */
function restoreTools(stores: WireParts["stores"], tools: ToolsNote, run: WireParts["run"]): void {
  const { modelId, section, query, ...rest } = tools;
  if (!stores.models.get().models.some(({ id }) => id === modelId)) return;
  stores.reading.set({ ...rest, toolsOf: modelId });
  stores.models.set({ section });
  if (query === "") return;
  const stop = stores.models.watch(
    (s) => s.open,
    (open) => {
      stop();
      if (open === modelId) void run({ type: "search-elements", id: modelId, query });
    },
  );
}

function notesOf(stores: WireParts["stores"]): ReadingNotes {
  const { models: entries, section } = stores.models.get();
  const { models, toolsOf, planes, box, plan, explodeM, measures, panel, search } = stores.reading.get();
  const notes = entries.flatMap(({ id, hiddenStoreys }) => {
    const note = noteOfReading(models[id], hiddenStoreys);
    return note ? [[id, note] as const] : [];
  });
  const plain = {
    planes: planes.map(({ normal: [x, y, z], offset }) => ({
      normal: [x, y, z] as [number, number, number],
      offset,
    })),
    box: box && {
      min: [...box.min] as [number, number, number],
      max: [...box.max] as [number, number, number],
    },
    measures: measures.map((measure) => ({
      ...measure,
      points: measure.points.map(([x, y, z]) => [x, y, z] as [number, number, number]),
    })),
  };
  return {
    models: Object.fromEntries(notes),
    tools: toolsOf
      ? {
          modelId: toolsOf,
          section,
          ...plain,
          plan,
          explodeM,
          panel,
          query: search?.modelId === toolsOf ? search.query : "",
        }
      : null,
  };
}

/** A blocked or damaged storage reads as empty. */
function readNotes(): ReadingNotes | null {
  try {
    return parseReadingNotes(JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    return null;
  }
}

function writeNotes(notes: ReadingNotes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(notes));
  } catch {
    // a full or blocked storage costs only how the models were read
  }
}
