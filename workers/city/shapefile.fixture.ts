/** Writes small shapefiles for tests: polygons (type 5 or 15) and a dBASE table. */
export function shpBytes(
  shapes: readonly (readonly (readonly (readonly number[])[])[] | null)[],
  type = 5,
): Uint8Array {
  const records = shapes.map((rings) => (rings ? shape(rings, type) : Uint8Array.of(0, 0, 0, 0)));
  const total = records.reduce((sum, record) => sum + 8 + record.length, 100);
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, total / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, type, true);
  let at = 100;
  records.forEach((record, k) => {
    view.setInt32(at, k + 1);
    view.setInt32(at + 4, record.length / 2);
    out.set(record, at + 8);
    at += 8 + record.length;
  });
  return out;
}

function shape(rings: readonly (readonly (readonly number[])[])[], type: number): Uint8Array {
  const points = rings.flat();
  const zBytes = type === 15 ? 16 + points.length * 8 : 0;
  const view = new DataView(new ArrayBuffer(44 + rings.length * 4 + points.length * 16 + zBytes));
  view.setInt32(0, type, true);
  view.setInt32(36, rings.length, true);
  view.setInt32(40, points.length, true);
  let start = 0;
  rings.forEach((ring, k) => {
    view.setInt32(44 + k * 4, start, true);
    start += ring.length;
  });
  const pointsAt = 44 + rings.length * 4;
  points.forEach(([x = 0, y = 0, z = 0], k) => {
    view.setFloat64(pointsAt + k * 16, x, true);
    view.setFloat64(pointsAt + k * 16 + 8, y, true);
    if (type === 15) view.setFloat64(pointsAt + points.length * 16 + 16 + k * 8, z, true);
  });
  return new Uint8Array(view.buffer);
}

export interface DbfField {
  readonly name: Uint8Array;
  readonly type: string;
  readonly length: number;
}

/** @param cells bytes of each cell, row by row; a row of null is marked as deleted */
export function dbfBytes(
  fields: readonly DbfField[],
  rows: readonly (readonly Uint8Array[] | null)[],
  driver = 0,
): Uint8Array {
  const rowLength = fields.reduce((sum, { length }) => sum + length, 1);
  const headLength = 32 + fields.length * 32 + 1;
  const out = new Uint8Array(headLength + rows.length * rowLength + 1).fill(0x20, headLength);
  const view = new DataView(out.buffer);
  out[0] = 3;
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headLength, true);
  view.setUint16(10, rowLength, true);
  out[29] = driver;
  fields.forEach(({ name, type, length }, k) => {
    out.set(name.subarray(0, 11), 32 + k * 32);
    out[32 + k * 32 + 11] = type.charCodeAt(0);
    out[32 + k * 32 + 16] = length;
  });
  out[headLength - 1] = 0x0d;
  rows.forEach((cells, row) => {
    let at = headLength + row * rowLength;
    out[at] = cells ? 0x20 : 0x2a;
    at += 1;
    fields.forEach(({ length }, k) => {
      if (cells) out.set(cells[k]!.subarray(0, length), at);
      at += length;
    });
  });
  return out;
}
