/** The cell that the keyboard is on: row -1 is the head. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page key moves by. */
  readonly page: number;
}

type KeyLike = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean };

/** Where a key moves to in a grid, as ARIA's grid pattern says; null for a key that moves nothing. */
export function moveInGrid(
  cell: GridCell,
  event: KeyLike,
  { rows, columns, page }: GridSize,
): GridCell | null {
  const isFar = event.ctrlKey || event.metaKey;
  const to = (row: number, column: number): GridCell => ({
    row: Math.max(-1, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (event.key) {
    case "ArrowDown":
      return to(cell.row + 1, cell.column);
    case "ArrowUp":
      return to(cell.row - 1, cell.column);
    case "ArrowRight":
      return to(cell.row, cell.column + 1);
    case "ArrowLeft":
      return to(cell.row, cell.column - 1);
    case "PageDown":
      return to(cell.row + page, cell.column);
    case "PageUp":
      return to(Math.max(0, cell.row - page), cell.column);
    case "Home":
      return isFar ? to(0, 0) : to(cell.row, 0);
    case "End":
      return isFar ? to(rows - 1, columns - 1) : to(cell.row, columns - 1);
    default:
      return null;
  }
}
