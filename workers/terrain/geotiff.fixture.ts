import { zlibSync } from "fflate";

/** A GeoTIFF written by hand for tests: the layouts that height models come in. */
export interface TiffRecipe {
  readonly columns: number;
  readonly rows: number;
  /** Row-major from the north; bands interleaved. */
  readonly cells: ArrayLike<number>;
  readonly sample: "int16" | "float32" | "uint8";
  readonly bands?: number;
  readonly compression?: "none" | "deflate" | "lzw";
  readonly predictor?: 1 | 2 | 3;
  /** Side of square tiles; strips of 7 rows where absent. */
  readonly tile?: number;
  readonly nodata?: number;
  /** EPSG code; absent names none. */
  readonly epsg?: number;
  readonly isGeographic?: boolean;
  /** Map coordinates of the north-west corner of the first cell, and the size of a cell. */
  readonly origin?: readonly [number, number];
  readonly cell?: readonly [number, number];
  /** Six numbers in place of origin and cell: x = a c + b r + d, y = e c + f r + h. */
  readonly matrix?: readonly [a: number, b: number, d: number, e: number, f: number, h: number];
  readonly isPoint?: boolean;
}

const BYTES = { int16: 2, float32: 4, uint8: 1 } as const;
const CODES = { none: 1, lzw: 5, deflate: 8 } as const;
const STRIP_ROWS = 7;

export function writeTiff(recipe: TiffRecipe): Uint8Array {
  const { compression = "none", predictor = 1, bands = 1 } = recipe;
  const blocks = blocksOf(recipe).map((block) => compress(block, compression));
  const size = BYTES[recipe.sample];
  const offsets: number[] = [];
  let at = 8;
  for (const block of blocks) {
    offsets.push(at);
    at += block.length + (block.length % 2);
  }
  const same = (value: number) => Array.from({ length: bands }, () => value);
  const lengths = blocks.map((block) => block.length);
  const tags: [number, Kind, readonly number[] | string][] = [
    [256, "long", [recipe.columns]],
    [257, "long", [recipe.rows]],
    [258, "short", same(size * 8)],
    [259, "short", [CODES[compression]]],
    [262, "short", [bands >= 3 ? 2 : 1]],
    ...(recipe.tile ? [] : ([[273, "long", offsets]] as [number, Kind, number[]][])),
    [277, "short", [bands]],
    ...(recipe.tile
      ? []
      : ([
          [278, "long", [STRIP_ROWS]],
          [279, "long", lengths],
        ] as [number, Kind, number[]][])),
    [284, "short", [1]],
    [317, "short", [predictor]],
    ...(recipe.tile
      ? ([
          [322, "long", [recipe.tile]],
          [323, "long", [recipe.tile]],
          [324, "long", offsets],
          [325, "long", lengths],
        ] as [number, Kind, number[]][])
      : []),
    [339, "short", same(recipe.sample === "float32" ? 3 : recipe.sample === "int16" ? 2 : 1)],
    ...placeTags(recipe),
    ...(recipe.nodata === undefined
      ? []
      : ([[42113, "ascii", `${recipe.nodata}\0`]] as [number, Kind, string][])),
  ];
  return assemble(blocks, offsets, at, tags);
}

type Kind = "ascii" | "short" | "long" | "double";
const KINDS: Record<Kind, readonly [code: number, bytes: number]> = {
  ascii: [2, 1],
  short: [3, 2],
  long: [4, 4],
  double: [12, 8],
};

function placeTags(recipe: TiffRecipe): [number, Kind, readonly number[]][] {
  const tags: [number, Kind, readonly number[]][] = [];
  const { origin, cell, matrix, epsg } = recipe;
  if (origin && cell)
    tags.push(
      [33550, "double", [cell[0], cell[1], 0]],
      [33922, "double", [0, 0, 0, origin[0], origin[1], 0]],
    );
  if (matrix) {
    const [a, b, d, e, f, h] = matrix;
    tags.push([34264, "double", [a, b, 0, d, e, f, 0, h, 0, 0, 0, 0, 0, 0, 0, 1]]);
  }
  if (epsg !== undefined) {
    const model = recipe.isGeographic ? 2 : 1;
    const key = recipe.isGeographic ? 2048 : 3072;
    const raster = recipe.isPoint ? 2 : 1;
    tags.push([34735, "short", [1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, raster, key, 0, 1, epsg]]);
  }
  return tags;
}

function assemble(
  blocks: readonly Uint8Array[],
  offsets: readonly number[],
  directoryAt: number,
  tags: readonly (readonly [number, Kind, readonly number[] | string])[],
): Uint8Array {
  const extraAt = directoryAt + 2 + tags.length * 12 + 4;
  const sizes = tags.map(([, kind, values]) => values.length * KINDS[kind][1]);
  const total = extraAt + sizes.reduce((sum, size) => sum + (size > 4 ? size + (size % 2) : 0), 0);
  const out = new DataView(new ArrayBuffer(total));
  out.setUint16(0, 0x4949);
  out.setUint16(2, 42, true);
  out.setUint32(4, directoryAt, true);
  blocks.forEach((block, k) => {
    new Uint8Array(out.buffer).set(block, offsets[k]!);
  });
  out.setUint16(directoryAt, tags.length, true);
  let extra = extraAt;
  tags.forEach(([tag, kind, values], k) => {
    const at = directoryAt + 2 + k * 12;
    const [code, bytes] = KINDS[kind];
    out.setUint16(at, tag, true);
    out.setUint16(at + 2, code, true);
    out.setUint32(at + 4, values.length, true);
    const isFar = sizes[k]! > 4;
    const start = isFar ? extra : at + 8;
    if (isFar) {
      out.setUint32(at + 8, extra, true);
      extra += sizes[k]! + (sizes[k]! % 2);
    }
    for (let j = 0; j < values.length; j++) {
      const place = start + j * bytes;
      if (typeof values === "string") out.setUint8(place, values.charCodeAt(j));
      else if (kind === "short") out.setUint16(place, values[j]!, true);
      else if (kind === "long") out.setUint32(place, values[j]!, true);
      else out.setFloat64(place, values[j]!, true);
    }
  });
  return new Uint8Array(out.buffer);
}

/** Strips or tiles, filled up at the edges, with the predictor applied. */
function blocksOf(recipe: TiffRecipe): Uint8Array[] {
  const { columns, rows, tile } = recipe;
  const blocks: Uint8Array[] = [];
  const [width, height] = tile ? [tile, tile] : [columns, STRIP_ROWS];
  for (let row = 0; row < rows; row += height)
    for (let column = 0; column < columns; column += width) {
      const lines = tile ? height : Math.min(height, rows - row);
      blocks.push(blockOf(recipe, column, row, width, lines));
    }
  return blocks;
}

function blockOf(recipe: TiffRecipe, left: number, top: number, width: number, height: number): Uint8Array {
  const { columns, rows, cells, sample, bands = 1, predictor = 1 } = recipe;
  const size = BYTES[sample];
  const stride = width * bands * size;
  const view = new DataView(new ArrayBuffer(stride * height));
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width * bands; c++) {
      const column = Math.min(columns - 1, left + Math.floor(c / bands));
      const cell = cells[(Math.min(rows - 1, top + r) * columns + column) * bands + (c % bands)]!;
      const at = r * stride + c * size;
      if (sample === "int16") view.setInt16(at, cell, true);
      else if (sample === "uint8") view.setUint8(at, cell);
      else view.setFloat32(at, cell, true);
    }
  const bytes = new Uint8Array(view.buffer);
  for (let r = 0; r < height; r++) {
    const line = bytes.subarray(r * stride, (r + 1) * stride);
    if (predictor === 2) differ(line, bands, size);
    if (predictor === 3) splitFloats(line, bands, size);
  }
  return bytes;
}

/** TIFF 6.0, section 14: every sample less the one before it. */
function differ(line: Uint8Array, bands: number, size: number): void {
  const view = new DataView(line.buffer, line.byteOffset, line.byteLength);
  for (let at = line.length - size; at >= bands * size; at -= size) {
    const before = at - bands * size;
    if (size === 2) view.setInt16(at, view.getInt16(at, true) - view.getInt16(before, true), true);
    else view.setUint8(at, view.getUint8(at) - view.getUint8(before));
  }
}

/** Adobe's technical note 3: bytes of the same weight together, the heaviest first, then byte differences. */
function splitFloats(line: Uint8Array, bands: number, size: number): void {
  const count = line.length / size;
  const split = new Uint8Array(line.length);
  for (let k = 0; k < count; k++)
    for (let byte = 0; byte < size; byte++) split[byte * count + k] = line[k * size + (size - 1 - byte)]!;
  for (let at = split.length - 1; at >= bands; at--) split[at] = split[at]! - split[at - bands]!;
  line.set(split);
}

function compress(block: Uint8Array, how: "none" | "deflate" | "lzw"): Uint8Array {
  if (how === "deflate") return zlibSync(block);
  return how === "lzw" ? lzw(block) : block;
}

const CLEAR = 256;
const END = 257;

/** TIFF 6.0, section 13: codes of 9 to 12 bits, the heaviest bit first. */
function lzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  let width = 9;
  let table = new Map<string, number>();
  const put = (code: number) => {
    held = (held << width) | code;
    for (bits += width; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255);
    held &= (1 << bits) - 1;
  };
  const reset = () => {
    table = new Map();
    put(CLEAR);
    width = 9;
  };
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
  reset();
  let word = "";
  for (const byte of bytes) {
    const longer = word + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      word = longer;
      continue;
    }
    put(codeOf(word));
    table.set(longer, END + 1 + table.size);
    const next = END + 1 + table.size;
    if (next === 4094) reset();
    else if (next >= 1 << width) width++;
    word = String.fromCharCode(byte);
  }
  put(codeOf(word));
  // the reader counts an entry for this code as well
  if (END + 2 + table.size >= 1 << width && width < 12) width++;
  put(END);
  if (bits > 0) out.push((held << (8 - bits)) & 255);
  return Uint8Array.from(out);
}
