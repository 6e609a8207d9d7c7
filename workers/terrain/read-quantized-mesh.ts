import { QUANTA } from "./tile-grid.ts";

/** A quantized-mesh tile as numbers. */
export interface QuantizedMesh {
  readonly minHeight: number;
  readonly maxHeight: number;
  /** 0..QUANTA */
  readonly u: Int32Array;
  readonly v: Int32Array;
  /** Metres above the ellipsoid. */
  readonly heights: Float64Array;
  readonly indices: Uint32Array;
  /** West, south, east, north. */
  readonly sides: readonly Uint32Array[];
  readonly extensions: ReadonlyMap<number, Uint8Array>;
  readonly centre: readonly number[];
  readonly sphere: readonly number[];
  readonly horizon: readonly number[];
}

/** @throws RangeError when the bytes end early */
export function readQuantizedMesh(bytes: Uint8Array): QuantizedMesh {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const doubles = (from: number, count: number) =>
    Array.from({ length: count }, (_, k) => view.getFloat64(from + k * 8, true));
  const minHeight = view.getFloat32(24, true);
  const maxHeight = view.getFloat32(28, true);
  const count = view.getUint32(88, true);
  const [u, v, h] = [0, 1, 2].map((k) => readDeltas(view, 92 + k * count * 2, count)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const wide = count > 65_536;
  const indexBytes = wide ? 4 : 2;
  let at = 92 + count * 6;
  if (wide) at += (4 - (at % 4)) % 4;
  const readList = (length: number) => {
    const list = new Uint32Array(length);
    for (let k = 0; k < length; k++, at += indexBytes)
      list[k] = wide ? view.getUint32(at, true) : view.getUint16(at, true);
    return list;
  };
  const readLength = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const indices = readList(readLength() * 3);
  let highest = 0;
  for (let k = 0; k < indices.length; k++) {
    const code = indices[k]!;
    indices[k] = highest - code;
    if (code === 0) highest++;
  }
  const sides = [0, 1, 2, 3].map(() => readList(readLength()));
  const extensions = new Map<number, Uint8Array>();
  while (at < view.byteLength) {
    const id = view.getUint8(at);
    const length = view.getUint32(at + 1, true);
    extensions.set(id, bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const heights = Float64Array.from(h, (value) => minHeight + ((maxHeight - minHeight) * value) / QUANTA);
  return {
    minHeight,
    maxHeight,
    u,
    v,
    heights,
    indices,
    sides,
    extensions,
    centre: doubles(0, 3),
    sphere: doubles(32, 4),
    horizon: doubles(64, 3),
  };
}

function readDeltas(view: DataView, start: number, count: number): Int32Array {
  const out = new Int32Array(count);
  let value = 0;
  for (let k = 0; k < count; k++) {
    const code = view.getUint16(start + k * 2, true);
    value += (code >> 1) ^ -(code & 1);
    out[k] = value;
  }
  return out;
}
