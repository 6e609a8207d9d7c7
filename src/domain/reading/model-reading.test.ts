import { describe, expect, it } from "vitest";
import {
  FAINT,
  HIDDEN,
  hideRows,
  isInSight,
  isolateRows,
  newReading,
  paintOf,
  SHOWN,
  selectRows,
  showAll,
  showRows,
  undoVisibility,
} from "./model-reading.ts";
import { equalRows, hasRow, maskOf, type Rows, toRows, unionOf, without } from "./row-set.ts";

const COUNT = 12;
const rows = (...values: number[]): Rows => toRows(values, COUNT);

describe("sets of rows", () => {
  it("are ascending, unique and inside the model", () => {
    expect([...toRows([7, 3, 3, -1, 99, 1.5, 0], COUNT)]).toEqual([0, 3, 7]);
  });

  it("join, subtract and find", () => {
    expect([...unionOf(rows(1, 4, 9), rows(0, 4, 11))]).toEqual([0, 1, 4, 9, 11]);
    expect([...without(rows(1, 4, 9), rows(4))]).toEqual([1, 9]);
    expect([0, 4, 9, 10].filter((row) => hasRow(rows(4, 9), row))).toEqual([4, 9]);
    expect([...maskOf(rows(1), 3)]).toEqual([0, 1, 0]);
  });
});

describe("a reading", () => {
  it("hides, isolates, and goes back step by step", () => {
    const hidden = hideRows(selectRows(newReading(COUNT), rows(1, 2), "replace"), rows(2, 3));
    expect([...hidden.hidden]).toEqual([2, 3]);
    expect([...hidden.selected], "what is hidden is not selected").toEqual([1]);
    const isolated = isolateRows(hidden, rows(3, 4));
    expect(isInSight(isolated, 3), "isolating shows what was hidden").toBe(true);
    expect(isInSight(isolated, 1)).toBe(false);
    const back = undoVisibility(isolated);
    expect([...back.hidden]).toEqual([2, 3]);
    expect(back.isolated).toBe(null);
    const start = undoVisibility(back);
    expect(start.hidden.length).toBe(0);
    expect(undoVisibility(start)).toBe(start);
  });

  it("shows single elements again, also beside isolated ones", () => {
    const isolated = isolateRows(newReading(COUNT), rows(5));
    expect([...showRows(isolated, rows(6)).isolated!]).toEqual([5, 6]);
    expect(showAll(isolated).isolated).toBe(null);
  });

  it("an empty set changes nothing and leaves nothing to undo", () => {
    const reading = newReading(COUNT);
    expect(hideRows(reading, rows())).toBe(reading);
    expect(isolateRows(reading, rows())).toBe(reading);
    expect(showAll(reading)).toBe(reading);
  });

  it("toggles what is chosen", () => {
    const one = selectRows(newReading(COUNT), rows(1, 2), "replace");
    expect([...selectRows(one, rows(2, 3), "toggle").selected]).toEqual([1, 2, 3]);
    expect([...selectRows(one, rows(2), "toggle").selected]).toEqual([1]);
    expect(equalRows(selectRows(one, rows(5), "add").selected, rows(1, 2, 5))).toBe(true);
  });
});

describe("what is drawn", () => {
  it("is nothing special for a reading that changes nothing", () => {
    expect(paintOf(undefined)).toBe(null);
    expect(paintOf(selectRows(newReading(COUNT), rows(1), "replace"))).toBe(null);
  });

  it("X-ray keeps the chosen solid, isolated before selected, and never shows what is hidden", () => {
    const base = selectRows({ ...newReading(4), isXray: true }, toRows([1], 4), "replace");
    expect([...paintOf(base)!.show]).toEqual([FAINT, SHOWN, FAINT, FAINT]);
    const isolated = isolateRows(base, toRows([2], 4));
    expect([...paintOf(isolated)!.show]).toEqual([FAINT, FAINT, SHOWN, FAINT]);
    expect([...paintOf(hideRows(isolated, toRows([0], 4)))!.show]).toEqual([HIDDEN, FAINT, SHOWN, FAINT]);
    expect([...paintOf({ ...isolated, isXray: false })!.show]).toEqual([HIDDEN, HIDDEN, SHOWN, HIDDEN]);
  });
});
