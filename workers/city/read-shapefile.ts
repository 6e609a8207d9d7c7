import { TwinError } from "../../src/base/errors.ts";
import { ByteStream, readAllBytes } from "./byte-stream.ts";
import type { ByteSource } from "./contract.ts";
import { RawFeature, type ReaderSink, SHAPE } from "./raw-feature.ts";
import { openDbf } from "./read-dbf.ts";

const POLYGONS = [5, 15, 25];
const LINES = [3, 13, 23];
const POINTS = [1, 11, 21];
const MULTI_POINTS = [8, 18, 28];
const HAS_Z = [11, 13, 15, 18];
const MULTIPATCH = 31;
const SHAPE_NAMES: Readonly<Record<number, string>> = {
  0: "empty shape",
  1: "point",
  3: "line",
  8: "set of points",
  11: "point",
  13: "line",
  18: "set of points",
  21: "point",
  23: "line",
  28: "set of points",
};

/**
 * A shapefile: `.shp` with its `.dbf`, `.prj` and `.cpg` beside it. Memory does not grow with the file.
 * @throws TwinError `shapefile.invalid`, `dbf.invalid`
 */
export async function readShapefile(
  source: ByteSource,
  sink: ReaderSink,
  onBytes?: (count: number) => void,
): Promise<void> {
  const stream = new ByteStream(source.chunks(), onBytes);
  const head = (await stream.take(100))?.slice();
  if (!head || new DataView(head.buffer).getInt32(0) !== 9994)
    throw invalid(source, "its head is missing", 0);
  const prj = await source.sibling("prj");
  if (prj) sink.crs(new TextDecoder().decode(await readAllBytes(prj.chunks())).trim());
  const dbf = await source.sibling("dbf");
  const rows = dbf ? await openDbf(dbf, await source.sibling("cpg")) : null;
  const raw = new RawFeature();
  raw.takesAll = sink.takesAll ?? false;
  for (let index = 0; ; index++) {
    const start = stream.tryTake(8) ?? (await stream.take(8));
    if (!start) break;
    const length = new DataView(start.buffer, start.byteOffset, 8).getInt32(4) * 2;
    const content = length >= 4 ? (stream.tryTake(length) ?? (await stream.take(length))) : null;
    if (!content) throw invalid(source, `shape ${index + 1} is cut short`, stream.taken);
    raw.clear(index);
    raw.anyWinding = true;
    readShape(new DataView(content.buffer, content.byteOffset, content.byteLength), raw);
    const isKept = rows ? await rows.next(raw) : true;
    if (!isKept) raw.problem ??= "its row of the table is deleted or missing";
    sink.feature(raw);
  }
}

function invalid({ name }: ByteSource, reason: string, at: number): TwinError {
  return new TwinError(
    "shapefile.invalid",
    `${name} is not a whole shapefile: ${reason} (byte ${at}). Copy or export it again, with its .dbf and .prj.`,
    { file: name, reason, at },
  );
}

function readShape(view: DataView, raw: RawFeature): void {
  const type = view.getInt32(0, true);
  const isPolygon = POLYGONS.includes(type);
  if (raw.takesAll && (POINTS.includes(type) || MULTI_POINTS.includes(type))) {
    readPoints(view, raw, type);
    return;
  }
  const isLine = raw.takesAll && LINES.includes(type);
  if (!isPolygon && !isLine && type !== MULTIPATCH) {
    raw.problem = `its geometry is a ${SHAPE_NAMES[type] ?? `shape of type ${type}`}, not a polygon`;
    return;
  }
  const parts = view.byteLength >= 44 ? view.getInt32(36, true) : -1;
  const points = view.byteLength >= 44 ? view.getInt32(40, true) : -1;
  const typesAt = 44 + parts * 4;
  const pointsAt = typesAt + (type === MULTIPATCH ? parts * 4 : 0);
  const heightsAt = pointsAt + points * 16 + 16;
  const hasHeights = HAS_Z.includes(type) || type === MULTIPATCH;
  const needed = hasHeights ? heightsAt + points * 8 : pointsAt + points * 16;
  if (parts < 1 || points < (isLine ? 2 : 3) || needed > view.byteLength) {
    raw.problem = "its shape is empty or damaged";
    return;
  }
  raw.hasZ = hasHeights;
  for (let k = 0; k < points; k++) {
    const at = pointsAt + k * 16;
    const z = hasHeights ? view.getFloat64(heightsAt + k * 8, true) : 0;
    raw.vertex(view.getFloat64(at, true), view.getFloat64(at + 8, true), z < -1e38 ? 0 : z);
  }
  const ends = Array.from({ length: parts }, (_, k) =>
    k + 1 < parts ? view.getInt32(48 + k * 4, true) : points,
  );
  if (isLine) endLines(raw, ends);
  else if (isPolygon) groupRings(raw, ends);
  else patchSurfaces(raw, ends, (part) => view.getInt32(typesAt + part * 4, true));
}

function readPoints(view: DataView, raw: RawFeature, type: number): void {
  const isOne = POINTS.includes(type);
  const first = isOne ? 4 : 40;
  const count = isOne ? 1 : view.byteLength >= 40 ? view.getInt32(36, true) : 0;
  const heightsAt = first + count * 16 + (isOne ? 0 : 16);
  const hasHeights = HAS_Z.includes(type);
  if (count < 1 || (hasHeights ? heightsAt + count * 8 : first + count * 16) > view.byteLength) {
    raw.problem = "its shape is empty or damaged";
    return;
  }
  raw.hasZ = hasHeights;
  for (let k = 0; k < count; k++) {
    const z = hasHeights ? view.getFloat64(heightsAt + k * 8, true) : 0;
    raw.vertex(view.getFloat64(first + k * 16, true), view.getFloat64(first + k * 16 + 8, true), z);
  }
  raw.endRing();
  raw.endPolygon(SHAPE.points);
  raw.kind = "shapes";
}

function endLines(raw: RawFeature, ends: readonly number[]): void {
  raw.ringEnds.push(...ends);
  raw.endPolygon(SHAPE.line);
  raw.kind = "shapes";
}

interface RingOfShape {
  readonly start: number;
  readonly end: number;
  readonly area: number;
}

/** Outer rings turn clockwise and holes the other way, in any order: each hole goes to the smallest ring around it. */
function groupRings(raw: RawFeature, ends: readonly number[]): void {
  raw.kind = raw.takesAll ? "shapes" : "footprint";
  const rings: RingOfShape[] = ends.map((end, k) => {
    const start = k === 0 ? 0 : ends[k - 1]!;
    return { start, end, area: areaOf(raw, start, end) };
  });
  const outers = rings.length === 1 ? rings : rings.filter(({ area }) => area < 0);
  const holesOf = new Map<RingOfShape, RingOfShape[]>(
    (outers.length ? outers : rings).map((ring) => [ring, []]),
  );
  for (const hole of rings) {
    if (holesOf.has(hole)) continue;
    const around = outers
      .filter((outer) => -outer.area > hole.area && contains(raw, outer, hole.start))
      .sort((a, b) => b.area - a.area)[0];
    if (around) holesOf.get(around)!.push(hole);
    else holesOf.set(hole, []);
  }
  const source = raw.xyz.slice(0, raw.vertices * 3);
  raw.clearGeometry();
  for (const [outer, holes] of holesOf) {
    for (const { start, end } of [outer, ...holes]) {
      for (let at = start * 3; at < end * 3; at += 3)
        raw.vertex(source[at]!, source[at + 1]!, source[at + 2]!);
      raw.endRing();
    }
    raw.endPolygon();
  }
}

function areaOf({ xyz }: RawFeature, start: number, end: number): number {
  const [x0, y0] = [xyz[start * 3]!, xyz[start * 3 + 1]!];
  let sum = 0;
  for (let i = start, j = end - 1; i < end; j = i++)
    sum += (xyz[j * 3]! - x0) * (xyz[i * 3 + 1]! - y0) - (xyz[i * 3]! - x0) * (xyz[j * 3 + 1]! - y0);
  return sum / 2;
}

function contains({ xyz }: RawFeature, { start, end }: RingOfShape, vertex: number): boolean {
  const [x, y] = [xyz[vertex * 3]!, xyz[vertex * 3 + 1]!];
  let inside = false;
  for (let i = start, j = end - 1; i < end; j = i++) {
    const [xi, yi, xj, yj] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[j * 3]!, xyz[j * 3 + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Multipatches: strips, fans and rings (types 0 to 5) become surfaces. */
function patchSurfaces(raw: RawFeature, ends: readonly number[], typeOf: (part: number) => number): void {
  raw.kind = "surfaces";
  const source = raw.xyz.slice(0, raw.vertices * 3);
  raw.clearGeometry();
  const put = (vertex: number) =>
    raw.vertex(source[vertex * 3]!, source[vertex * 3 + 1]!, source[vertex * 3 + 2]!);
  let isOpen = false;
  const close = () => {
    if (isOpen) raw.endPolygon();
    isOpen = false;
  };
  ends.forEach((end, part) => {
    const start = part === 0 ? 0 : ends[part - 1]!;
    const type = typeOf(part);
    if (type > 1) {
      if (type !== 3) close();
      for (let vertex = start; vertex < end; vertex++) put(vertex);
      raw.endRing();
      isOpen = true;
      return;
    }
    close();
    for (let vertex = start + 2; vertex < end; vertex++) {
      const isOdd = type === 0 && (vertex - start) % 2 === 1;
      const corners = type === 0 ? [vertex - 2, vertex - 1, vertex] : [start, vertex - 1, vertex];
      for (const corner of isOdd ? [corners[1]!, corners[0]!, corners[2]!] : corners) put(corner);
      raw.endRing();
      raw.endPolygon();
    }
  });
  close();
}
