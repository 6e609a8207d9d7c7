import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { type HeightPyramid, PyramidWriter, pyramidLevels } from "../../workers/terrain/height-pyramid.ts";

const BYTES = 4;

/** Where each level of a pyramid begins in its file, in cells. */
function startsOf(columns: number, rows: number): number[] {
  let at = 0;
  return pyramidLevels(columns, rows).map((level) => {
    const start = at;
    at += level.columns * level.rows;
    return start;
  });
}

/** A pyramid that is being written to a temporary file: a model of any size needs the memory of some rows. */
export class PyramidFile {
  readonly path: string;
  readonly writer: PyramidWriter;
  readonly #file: number;

  constructor(path: string, columns: number, rows: number) {
    this.path = path;
    this.#file = openSync(path, "w");
    const starts = startsOf(columns, rows);
    this.writer = new PyramidWriter(columns, rows, (level, row, cells) => {
      const at = (starts[level]! + row * cells.length) * BYTES;
      writeSync(this.#file, cells, 0, cells.byteLength, at);
    });
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Reads what `PyramidFile` wrote, from any thread; the file is there until `dispose`. */
export function openPyramidFile(path: string, columns: number, rows: number): HeightPyramid {
  const file = openSync(path, "r");
  const levels = pyramidLevels(columns, rows);
  const starts = startsOf(columns, rows);
  return {
    levels,
    read(level, column, row, width, height, out) {
      const stride = levels[level]!.columns;
      for (let r = 0; r < height; r++) {
        const line = out.subarray(r * width, (r + 1) * width);
        readSync(file, line, 0, line.byteLength, (starts[level]! + (row + r) * stride + column) * BYTES);
      }
    },
  };
}

export function removePyramidFile(path: string): void {
  rmSync(path, { force: true });
}
