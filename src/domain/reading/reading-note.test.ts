import { describe, expect, it } from "vitest";
import { newReading } from "./model-reading.ts";
import { noteOfReading, parseReadingNotes, rangesOf, readingOfNote, rowsOfRanges } from "./reading-note.ts";
import { NO_ROWS, toRows } from "./row-set.ts";

describe("a note of how a model is read", () => {
  const reading = {
    ...newReading(100),
    hidden: toRows([3, 4, 5, 9, 99], 100),
    isolated: toRows([0, 1], 100),
    isXray: true,
    voids: ["spaces" as const],
  };

  it("gives back what it was made of, through text", () => {
    const note = noteOfReading(reading, ["storey"])!;
    const stored = parseReadingNotes(JSON.parse(JSON.stringify({ models: { m: note }, tools: null })));
    const back = readingOfNote(stored!.models.m!, 100)!;
    expect(back).toEqual({ ...reading, colouring: null, past: [], selected: NO_ROWS });
    expect(stored!.models.m!.hiddenStoreys).toEqual(["storey"]);
  });

  it("is none for a model as it is, and is not read for another conversion", () => {
    expect(noteOfReading(newReading(100), [])).toBeNull();
    expect(noteOfReading(undefined, [])).toBeNull();
    expect(readingOfNote(noteOfReading(reading, [])!, 101)).toBeNull();
  });

  it("writes rows as ranges, and reads nothing out of nonsense", () => {
    expect(rangesOf(reading.hidden)).toBe("3-5,9,99");
    expect(Array.from(rowsOfRanges("3-5,9,99", 50))).toEqual([3, 4, 5, 9]);
    expect(Array.from(rowsOfRanges("x,2-y,-,1e9999,7", 50))).toEqual([7]);
    expect(parseReadingNotes({ models: { m: { hidden: 3 } }, tools: null })).toBeNull();
    expect(parseReadingNotes("")).toBeNull();
  });
});
