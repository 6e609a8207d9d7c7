import { hasRow, isSubset, maskOf, NO_ROWS, type Rows, unionOf, without } from "./row-set.ts";

/** Which elements are out of sight. */
export interface Visibility {
  readonly hidden: Rows;
  /** Only these are shown; null shows all that is not hidden. */
  readonly isolated: Rows | null;
}

/** Elements by the values of one property. */
export interface ElementColouring {
  /** As in a search: `Pset_DoorCommon.FireRating`, or `class`, `type`, `storey`, `material`. */
  readonly property: string;
  readonly classes: readonly { readonly label: string; readonly color: string; readonly count: number }[];
  /** Class by row; 255 where the element has no value. */
  readonly codes: Uint8Array;
}

/** How one model is being read: the same in the close-up and in the city. */
export interface ModelReading extends Visibility {
  /** Elements of the model. */
  readonly count: number;
  /** What undo goes back to, oldest first. */
  readonly past: readonly Visibility[];
  readonly selected: Rows;
  /** Everything but what matters (isolated, else selected) is drawn faintly. */
  readonly isXray: boolean;
  readonly colouring: ElementColouring | null;
  /** What is not built but can be shown; in no order. */
  readonly voids: readonly VoidKind[];
}

/** Rooms (IfcSpace), and holes for doors, windows and pipes (IfcOpeningElement and the like). */
export const VOID_KINDS = ["spaces", "openings"] as const;
export type VoidKind = (typeof VOID_KINDS)[number];

/** What engines draw of a reading. Absent rows are shown in their own colours. */
export interface ElementPaint {
  /** By row: `HIDDEN`, `SHOWN` or `FAINT`. */
  readonly show: Uint8Array;
  /** Colour class by row, 255 for none; null leaves all in their own colours. */
  readonly codes: Uint8Array | null;
  /** CSS colours by class. */
  readonly colors: readonly string[];
}

export const HIDDEN = 0;
export const SHOWN = 1;
export const FAINT = 2;
/** Class of an element without a value. */
export const NO_CLASS = 255;
/** Drawn with while others are coloured. */
export const UNCOLOURED = "#7f8a95";

const MAX_PAST = 50;

export function newReading(count: number): ModelReading {
  return {
    count,
    hidden: NO_ROWS,
    isolated: null,
    past: [],
    selected: NO_ROWS,
    isXray: false,
    colouring: null,
    voids: [],
  };
}

function changeVisibility(reading: ModelReading, next: Visibility): ModelReading {
  const { hidden, isolated } = reading;
  return { ...reading, ...next, past: [...reading.past, { hidden, isolated }].slice(-MAX_PAST) };
}

/** What is hidden is no longer selected: a key pressed next must not act on what nobody sees. */
export function hideRows(reading: ModelReading, rows: Rows): ModelReading {
  if (rows.length === 0) return reading;
  const { hidden, isolated, selected } = reading;
  return {
    ...changeVisibility(reading, { hidden: unionOf(hidden, rows), isolated }),
    selected: without(selected, rows),
  };
}

export function showRows(reading: ModelReading, rows: Rows): ModelReading {
  if (rows.length === 0) return reading;
  const { hidden, isolated } = reading;
  return changeVisibility(reading, {
    hidden: without(hidden, rows),
    isolated: isolated && unionOf(isolated, rows),
  });
}

export function isolateRows(reading: ModelReading, rows: Rows): ModelReading {
  if (rows.length === 0) return reading;
  return changeVisibility(reading, { hidden: without(reading.hidden, rows), isolated: rows });
}

export function showAll(reading: ModelReading): ModelReading {
  if (reading.hidden.length === 0 && reading.isolated === null) return reading;
  return changeVisibility(reading, { hidden: NO_ROWS, isolated: null });
}

export function undoVisibility(reading: ModelReading): ModelReading {
  const last = reading.past.at(-1);
  return last ? { ...reading, ...last, past: reading.past.slice(0, -1) } : reading;
}

export type SelectMode = "replace" | "add" | "toggle";

export function selectRows(reading: ModelReading, rows: Rows, mode: SelectMode): ModelReading {
  const { selected } = reading;
  if (mode === "replace") return { ...reading, selected: rows };
  const isIn = mode === "toggle" && isSubset(rows, selected);
  return { ...reading, selected: isIn ? without(selected, rows) : unionOf(selected, rows) };
}

/** Whether the reading alone (storeys apart) shows the row solidly or faintly. */
export function isInSight(reading: Visibility, row: number): boolean {
  return !hasRow(reading.hidden, row) && (reading.isolated === null || hasRow(reading.isolated, row));
}

/** Null when the model is drawn as it is. */
export function paintOf(reading: ModelReading | undefined): ElementPaint | null {
  if (!reading) return null;
  const { count, hidden, isolated, isXray, selected, colouring } = reading;
  if (hidden.length === 0 && isolated === null && !isXray && !colouring) return null;
  const show = new Uint8Array(count).fill(SHOWN);
  const focus = isolated ?? (isXray ? selected : null);
  if (focus) {
    const isFocus = maskOf(focus, count);
    for (let row = 0; row < count; row++) if (!isFocus[row]) show[row] = isXray ? FAINT : HIDDEN;
  }
  for (const row of hidden) show[row] = HIDDEN;
  return {
    show,
    codes: colouring?.codes ?? null,
    colors: colouring?.classes.map(({ color }) => color) ?? [],
  };
}
