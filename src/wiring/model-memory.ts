import type { UserPlace } from "./model-placement.ts";

/** What the browser remembers of a model beside its tiles. */
export interface ModelNote {
  /** Undefined: where the file has it. */
  readonly place?: UserPlace | undefined;
  readonly visible?: boolean;
  /** Where it was fetched from, when it came by URL. */
  readonly source?: string;
  /** `stampOf` the file that it was made of. */
  readonly stamp?: string;
}

/** What tells a file of this computer from others without reading it: name, size and when it was changed last. */
export function stampOf({ name, size, lastModified }: File): string {
  return `${name}|${size}|${lastModified}`;
}

const KEY = "liaotwin.models";

/** Notes by model id in localStorage; a blocked or damaged storage reads as empty. */
export function readModelNotes(): Readonly<Record<string, ModelNote>> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, ModelNote>) : {};
  } catch {
    return {};
  }
}

/** Merges into a model's note; null forgets the model. */
export function writeModelNote(id: string, change: ModelNote | null): void {
  const notes = { ...readModelNotes() };
  if (change === null) delete notes[id];
  else notes[id] = { ...notes[id], ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(notes));
  } catch {
    // A full or blocked storage costs only the note; the model itself is in OPFS.
  }
}
