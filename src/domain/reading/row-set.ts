/** Rows of a model's elements: ascending, each once. Never changed in place. */
export type Rows = Uint32Array;

export const NO_ROWS: Rows = new Uint32Array(0);

/** Rows in any order, repeated or not, as a set; what is no row of a model of `count` elements is left out. */
export function toRows(values: ArrayLike<number>, count: number): Rows {
  const isIn = new Uint8Array(count);
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const row = values[i]!;
    if (!Number.isInteger(row) || row < 0 || row >= count || isIn[row]) continue;
    isIn[row] = 1;
    size++;
  }
  return rowsOfMask(isIn, size);
}

function rowsOfMask(isIn: Uint8Array, size: number): Rows {
  const rows = new Uint32Array(size);
  for (let row = 0, to = 0; row < isIn.length; row++) if (isIn[row]) rows[to++] = row;
  return rows;
}

/** 1 for every row that is in the set. */
export function maskOf(rows: Rows, count: number): Uint8Array {
  const mask = new Uint8Array(count);
  for (const row of rows) if (row < count) mask[row] = 1;
  return mask;
}

export function hasRow(rows: Rows, row: number): boolean {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle]! < row) from = middle + 1;
    else to = middle;
  }
  return rows[from] === row;
}

export function unionOf(a: Rows, b: Rows): Rows {
  const merged = new Uint32Array(a.length + b.length);
  let [i, j, size] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const x = a[i] ?? Number.POSITIVE_INFINITY;
    const y = b[j] ?? Number.POSITIVE_INFINITY;
    merged[size++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return merged.slice(0, size);
}

/** What is in `a` and not in `b`. */
export function without(a: Rows, b: Rows): Rows {
  return a.filter((row) => !hasRow(b, row));
}

export function isSubset(part: Rows, whole: Rows): boolean {
  return part.length <= whole.length && part.every((row) => hasRow(whole, row));
}

export function equalRows(a: Rows, b: Rows): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
