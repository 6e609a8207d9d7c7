import { TwinError } from "../../src/base/errors.ts";
import { ByteStream } from "./byte-stream.ts";
import type { ByteSource } from "./contract.ts";
import { FlatTable } from "./flatbuffer-view.ts";
import { RawFeature, type RawValue, type ReaderSink, SHAPE } from "./raw-feature.ts";

/** Field numbers of the FlatGeobuf 3 schema (header.fbs, feature.fbs). */
const HEADER = { geometryType: 2, columns: 7, count: 8, nodeSize: 9, crs: 10 } as const;
const CRS = { org: 0, code: 1, wkt: 4 } as const;
const COLUMN = { name: 0, type: 1 } as const;
const FEATURE = { geometry: 0, properties: 1, columns: 2 } as const;
const GEOMETRY = { ends: 0, xy: 1, z: 2, type: 6, parts: 7 } as const;

const POINT = 1;
const LINE = 2;
const POLYGON = 3;
const MULTI_POINT = 4;
const MULTI_LINE = 5;
const MULTI_POLYGON = 6;
const COLLECTION = 7;
const TYPE_NAMES = ["geometry of no type", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString"];
const NODE_BYTES = 40;
const LARGEST_MESSAGE = 1 << 30;

interface Column {
  readonly name: string;
  readonly type: number;
}

/**
 * FlatGeobuf 3, streamed; the spatial index is passed over.
 * @throws TwinError `flatgeobuf.invalid`
 */
export async function readFlatGeobuf(
  source: ByteSource,
  sink: ReaderSink,
  onBytes?: (count: number) => void,
): Promise<void> {
  const stream = new ByteStream(source.chunks(), onBytes);
  const invalid = (reason: string, cause?: unknown) =>
    new TwinError(
      "flatgeobuf.invalid",
      `${source.name} is not a whole FlatGeobuf file: ${reason} (byte ${stream.taken}). Copy or export it again.`,
      { file: source.name, reason, at: stream.taken },
      cause,
    );
  try {
    await stream.take(8);
    const head = await takeMessage(stream);
    if (!head) throw new RangeError("its header is missing");
    const header = FlatTable.root(head.slice());
    const type = header.uint8(HEADER.geometryType);
    const columns = columnsOf(header.tables(HEADER.columns));
    const system = systemOf(header.table(HEADER.crs));
    if (system) sink.crs(system);
    await skip(stream, indexBytes(header.uint64(HEADER.count), header.uint16(HEADER.nodeSize, 16)));
    await readFeatures(stream, sink, type, columns);
  } catch (cause) {
    if (cause instanceof TwinError) throw cause;
    throw invalid(cause instanceof Error ? cause.message : "it is damaged", cause);
  }
}

async function takeMessage(stream: ByteStream): Promise<Uint8Array | null> {
  const size = stream.tryTake(4) ?? (await stream.take(4));
  if (!size) return null;
  const length = new DataView(size.buffer, size.byteOffset, 4).getUint32(0, true);
  const message = length <= LARGEST_MESSAGE ? (stream.tryTake(length) ?? (await stream.take(length))) : null;
  if (!message) throw new RangeError("a feature or the header is cut short");
  return message;
}

/** A packed Hilbert R-tree: all levels from the features up to one root, 40 bytes a node. */
function indexBytes(features: number, nodeSize: number): number {
  if (features === 0 || nodeSize < 2) return 0;
  let nodes = features;
  for (let level = features; level > 1; ) {
    level = Math.ceil(level / nodeSize);
    nodes += level;
  }
  return (features === 1 ? nodes + 1 : nodes) * NODE_BYTES;
}

async function skip(stream: ByteStream, bytes: number): Promise<void> {
  const step = 1 << 20;
  for (let left = bytes; left > 0; left -= step)
    if (!(await stream.take(Math.min(step, left)))) throw new RangeError("its index is cut short");
}

function systemOf(crs: FlatTable | null): string | null {
  if (!crs) return null;
  const code = crs.int32(CRS.code);
  const org = crs.string(CRS.org) || "EPSG";
  if (code > 0 && org.toUpperCase() === "EPSG") return `EPSG:${code}`;
  return crs.string(CRS.wkt) || null;
}

function columnsOf(tables: readonly FlatTable[]): Column[] {
  return tables.map((table) => ({ name: table.string(COLUMN.name), type: table.uint8(COLUMN.type) }));
}

async function readFeatures(
  stream: ByteStream,
  sink: ReaderSink,
  headerType: number,
  headerColumns: readonly Column[],
): Promise<void> {
  const raw = new RawFeature();
  raw.takesAll = sink.takesAll ?? false;
  for (let index = 0; ; index++) {
    const message = await takeMessage(stream);
    if (!message) return;
    const feature = FlatTable.root(message);
    raw.clear(index);
    raw.kind = raw.takesAll ? "shapes" : "footprint";
    const geometry = feature.table(FEATURE.geometry);
    if (geometry) addGeometry(raw, geometry, headerType);
    if (raw.polygonEnds.length === 0) raw.problem ??= "it has no geometry";
    const own = feature.tables(FEATURE.columns);
    addProperties(raw, feature.bytes(FEATURE.properties), own.length ? columnsOf(own) : headerColumns);
    sink.feature(raw);
  }
}

function addGeometry(raw: RawFeature, geometry: FlatTable, typeAbove: number): void {
  const type = geometry.uint8(GEOMETRY.type) || typeAbove;
  if (type === MULTI_POLYGON || type === COLLECTION) {
    for (const part of geometry.tables(GEOMETRY.parts))
      addGeometry(raw, part, type === MULTI_POLYGON ? POLYGON : 0);
    return;
  }
  const isOther = raw.takesAll && [POINT, LINE, MULTI_POINT, MULTI_LINE].includes(type);
  if (type !== POLYGON && !isOther) {
    raw.skippedParts++;
    raw.problem = raw.polygonEnds.length
      ? null
      : `its geometry is a ${TYPE_NAMES[type] ?? "curve"}, not a polygon`;
    return;
  }
  raw.problem = null;
  const xy = geometry.doubles(GEOMETRY.xy);
  const z = geometry.doubles(GEOMETRY.z);
  const ends = geometry.uint32s(GEOMETRY.ends);
  raw.hasZ ||= z.length > 0;
  let vertex = 0;
  for (const end of ends.length ? ends : [xy.length / 2]) {
    for (; vertex < end; vertex++) raw.vertex(xy[vertex * 2]!, xy[vertex * 2 + 1]!, z[vertex] ?? 0);
    raw.endRing();
  }
  const shape = type === LINE || type === MULTI_LINE ? SHAPE.line : SHAPE.points;
  raw.endPolygon(isOther ? shape : SHAPE.area);
}

type Read = (view: DataView, at: number) => RawValue;

/** Fixed-size column types by number: byte, ubyte, bool, short, ushort, int, uint, long, ulong, float, double. */
const FIXED: readonly (readonly [number, Read])[] = [
  [1, (view, at) => view.getInt8(at)],
  [1, (view, at) => view.getUint8(at)],
  [1, (view, at) => view.getUint8(at) !== 0],
  [2, (view, at) => view.getInt16(at, true)],
  [2, (view, at) => view.getUint16(at, true)],
  [4, (view, at) => view.getInt32(at, true)],
  [4, (view, at) => view.getUint32(at, true)],
  [8, (view, at) => Number(view.getBigInt64(at, true))],
  [8, (view, at) => Number(view.getBigUint64(at, true))],
  [4, (view, at) => view.getFloat32(at, true)],
  [8, (view, at) => view.getFloat64(at, true)],
];
const BINARY = 14;

/** Pairs of a column number and a value: fixed sizes, or a length and text. */
function addProperties(raw: RawFeature, bytes: Uint8Array, columns: readonly Column[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 2 <= bytes.length; ) {
    const column = columns[view.getUint16(at, true)];
    if (!column) throw new RangeError("a value belongs to no column");
    at += 2;
    const fixed = FIXED[column.type];
    if (fixed) {
      raw.attribute(column.name, fixed[1](view, at));
      at += fixed[0];
      continue;
    }
    const length = view.getUint32(at, true);
    at += 4;
    if (at + length > bytes.length) throw new RangeError("a text is cut short");
    if (column.type !== BINARY)
      raw.attribute(column.name, new TextDecoder().decode(bytes.subarray(at, at + length)));
    at += length;
  }
}
