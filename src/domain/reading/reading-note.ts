import * as v from "valibot";
import { type ModelReading, newReading } from "./model-reading.ts";
import { NO_ROWS, type Rows, toRows } from "./row-set.ts";

const text = v.pipe(v.string(), v.maxLength(60_000));
const finite = v.pipe(v.number(), v.finite());
const point = v.tuple([finite, finite, finite]);
const ids = v.array(v.pipe(v.string(), v.maxLength(200)));

/** How one model was being read, small enough for a browser's notes. Rows are written as ranges: `0-4,9`. */
const modelNote = v.object({
  /** Rows of the model: a note of another count is of another conversion. */
  count: v.number(),
  hidden: text,
  isolated: v.nullable(text),
  isXray: v.boolean(),
  colouredBy: v.nullable(v.string()),
  voids: v.array(v.picklist(["spaces", "openings"])),
  hiddenStoreys: ids,
});

const toolsNote = v.object({
  modelId: v.string(),
  section: v.nullable(
    v.object({ axis: v.picklist(["east", "north", "up"]), offset: finite, flipped: v.boolean() }),
  ),
  planes: v.pipe(v.array(v.object({ normal: point, offset: finite })), v.maxLength(12)),
  box: v.nullable(v.object({ min: point, max: point })),
  plan: v.nullable(v.string()),
  explodeM: finite,
  measures: v.array(
    v.object({
      id: v.number(),
      kind: v.picklist(["point", "distance", "angle", "area"]),
      points: v.array(point),
    }),
  ),
  panel: v.picklist(["structure", "search", "section", "measure", "views", "check"]),
  query: v.pipe(v.string(), v.maxLength(2000)),
});

const readingNotes = v.object({
  models: v.record(v.string(), modelNote),
  tools: v.nullable(toolsNote),
});

export type ModelNoteOfReading = v.InferOutput<typeof modelNote>;
export type ToolsNote = v.InferOutput<typeof toolsNote>;
export type ReadingNotes = v.InferOutput<typeof readingNotes>;

/** Null for anything else than what was written. */
export function parseReadingNotes(value: unknown): ReadingNotes | null {
  const parsed = v.safeParse(readingNotes, value);
  return parsed.success ? parsed.output : null;
}

/** Null while the model is read as it is, and for a set of rows that no note would hold. */
export function noteOfReading(
  reading: ModelReading | undefined,
  hiddenStoreys: readonly string[],
): ModelNoteOfReading | null {
  const { count, hidden, isolated, isXray, colouring, voids } = reading ?? newReading(0);
  const isPlain =
    hidden.length === 0 && isolated === null && !isXray && colouring === null && voids.length === 0;
  if (isPlain && hiddenStoreys.length === 0) return null;
  const note = {
    count,
    hidden: rangesOf(hidden),
    isolated: isolated && rangesOf(isolated),
    isXray,
    colouredBy: colouring?.property ?? null,
    voids: [...voids],
    hiddenStoreys: [...hiddenStoreys],
  };
  return v.is(modelNote, note) ? note : null;
}

/** The colouring is asked for again: it is not in the note. Null where the note is of another conversion. */
export function readingOfNote(note: ModelNoteOfReading, count: number): ModelReading | null {
  if (note.count !== count) return null;
  return {
    ...newReading(count),
    hidden: rowsOfRanges(note.hidden, count),
    isolated: note.isolated === null ? null : rowsOfRanges(note.isolated, count),
    isXray: note.isXray,
    voids: note.voids,
  };
}

export function rangesOf(rows: Rows): string {
  const parts: string[] = [];
  for (let i = 0; i < rows.length; ) {
    const first = rows[i]!;
    let last = first;
    while (rows[++i] === last + 1) last++;
    parts.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return parts.join(",");
}

export function rowsOfRanges(ranges: string, count: number): Rows {
  if (ranges === "") return NO_ROWS;
  const rows: number[] = [];
  for (const range of ranges.split(",")) {
    if (!/^\d{1,9}(-\d{1,9})?$/.test(range)) continue;
    const [first = 0, last = first] = range.split("-").map(Number);
    for (let row = first; row <= Math.min(last, count - 1); row++) rows.push(row);
  }
  return toRows(rows, count);
}
