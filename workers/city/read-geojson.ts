import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "./contract.ts";
import { driveCursor, type JsonCursor } from "./json-cursor.ts";
import { RawFeature, type ReaderSink, SHAPE } from "./raw-feature.ts";

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

const POLYGONAL: ReadonlyMap<string, number> = new Map([
  ["Polygon", 2],
  ["MultiPolygon", 3],
]);

/** Geometries without an area: how deep their coordinates are nested, and what they become. */
const SHAPES: ReadonlyMap<string, { readonly depth: number; readonly kind: number }> = new Map([
  ["Point", { depth: 0, kind: SHAPE.points }],
  ["MultiPoint", { depth: 1, kind: SHAPE.points }],
  ["LineString", { depth: 1, kind: SHAPE.line }],
  ["MultiLineString", { depth: 2, kind: SHAPE.line }],
]);

/**
 * GeoJSON in all its shapes: a FeatureCollection, one Feature or bare geometry, and any number of these one after another
 * (newline-delimited, RFC 8142). Memory does not grow with the file. Throws TwinError `geojson.invalid`.
 */
export async function readGeoJson(
  source: ByteSource,
  sink: ReaderSink,
  onBytes?: (count: number) => void,
): Promise<void> {
  const reader = new GeoJsonReader(sink);
  try {
    await driveCursor(source.chunks(), (cursor, mark) => reader.step(cursor, mark), onBytes);
  } catch (cause) {
    if (!(cause instanceof TwinError) || cause.code !== "geojson.invalid") throw cause;
    throw new TwinError(
      "geojson.invalid",
      `${source.name} is not whole GeoJSON. ${cause.message} Check the file or export it again.`,
      { file: source.name, ...cause.params },
      cause,
    );
  }
  if (!reader.sawFeatures)
    throw new TwinError(
      "geojson.empty",
      `${source.name} holds no GeoJSON features. Give a FeatureCollection, features or one feature a line.`,
      { file: source.name },
    );
}

type Place = "top" | "members" | "features";

class GeoJsonReader {
  sawFeatures = false;
  readonly #raw = new RawFeature();
  #place: Place = "top";
  #count = 0;
  #start = 0;
  #isFirst = true;

  constructor(private readonly sink: ReaderSink) {
    this.#raw.takesAll = sink.takesAll ?? false;
  }

  /** Reads until the bytes end; every finished piece is marked, so that nothing is told twice. */
  step(cursor: JsonCursor, mark: () => void): void {
    for (;;) {
      if (this.#place === "top") {
        cursor.accept(COMMA);
        if (cursor.peek() === 0) return;
        this.#enter(cursor);
      } else if (this.#place === "members") this.#member(cursor);
      else this.#element(cursor);
      mark();
    }
  }

  /** A collection is entered; anything else is read as a whole. */
  #enter(cursor: JsonCursor): void {
    const start = cursor.at;
    cursor.expect(OPEN_OBJECT);
    if (cursor.peek() === CLOSE_OBJECT) cursor.fail("an object is empty");
    while (cursor.peek() === QUOTE) {
      const keyAt = cursor.at;
      const key = cursor.string();
      cursor.expect(COLON);
      if (key === "features") {
        cursor.at = keyAt;
        this.#place = "members";
        return;
      }
      if (key === "type" && cursor.peek() === QUOTE) {
        const type = cursor.string();
        if (type === "FeatureCollection") {
          cursor.accept(COMMA);
          this.#place = "members";
          return;
        }
        break;
      }
      if (key === "geometry" || key === "coordinates" || key === "properties") break;
      if (key === "crs") this.#crs(cursor);
      else cursor.skip();
      cursor.accept(COMMA);
    }
    cursor.at = start;
    this.#feature(cursor);
  }

  #member(cursor: JsonCursor): void {
    if (cursor.accept(CLOSE_OBJECT)) {
      this.#place = "top";
      return;
    }
    const key = cursor.string();
    cursor.expect(COLON);
    if (key === "features") {
      cursor.expect(OPEN_ARRAY);
      this.sawFeatures = true;
      this.#isFirst = true;
      this.#place = "features";
      return;
    }
    if (key === "crs") this.#crs(cursor);
    else cursor.skip();
    cursor.accept(COMMA);
  }

  #element(cursor: JsonCursor): void {
    if (cursor.accept(CLOSE_ARRAY)) {
      cursor.accept(COMMA);
      this.#place = "members";
      return;
    }
    if (!this.#isFirst) cursor.expect(COMMA);
    this.#feature(cursor);
    this.#isFirst = false;
  }

  #crs(cursor: JsonCursor): void {
    const name = /"name"\s*:\s*"([^"]+)"[^"]*\}\s*\}?$/.exec(cursor.rawText())?.[1];
    if (name) this.sink.crs(name);
  }

  #feature(cursor: JsonCursor): void {
    const raw = this.#raw;
    raw.clear(this.#count);
    this.#start = cursor.at;
    const isFeature = this.#readObject(cursor, raw);
    this.#count++;
    this.sawFeatures = true;
    if (isFeature && raw.kind === "none" && !raw.problem) raw.problem = "it has no geometry";
    this.sink.feature(raw);
  }

  #readObject(cursor: JsonCursor, raw: RawFeature): boolean {
    let isFeature = false;
    cursor.expect(OPEN_OBJECT);
    while (!cursor.accept(CLOSE_OBJECT)) {
      const key = cursor.string();
      cursor.expect(COLON);
      if (key === "geometry") {
        isFeature = true;
        if (cursor.peek() === OPEN_OBJECT) readGeometry(cursor, raw);
        else cursor.skip();
      } else if (key === "properties") {
        isFeature = true;
        if (cursor.peek() === OPEN_OBJECT) readProperties(cursor, raw);
        else cursor.skip();
      } else if (key === "id") {
        const id = cursor.peek() === QUOTE ? cursor.string() : cursor.literal();
        if (id !== null) raw.id = String(id);
      } else if (key === "type" && cursor.peek() === QUOTE) {
        const type = cursor.string();
        if (type === "Feature") isFeature = true;
        else if (type !== "FeatureCollection") {
          cursor.at = this.#start;
          readGeometry(cursor, raw);
          return true;
        }
      } else cursor.skip();
      cursor.accept(COMMA);
    }
    return isFeature;
  }
}

function readProperties(cursor: JsonCursor, raw: RawFeature): void {
  cursor.expect(OPEN_OBJECT);
  while (!cursor.accept(CLOSE_OBJECT)) {
    const key = cursor.string();
    cursor.expect(COLON);
    const next = cursor.peek();
    if (next === QUOTE) raw.attribute(key, cursor.string());
    else if (next === OPEN_OBJECT || next === OPEN_ARRAY) raw.attribute(key, cursor.rawText());
    else raw.attribute(key, cursor.literal());
    cursor.accept(COMMA);
  }
}

/** Adds the geometry's polygons; everything else is counted as skipped or told as the feature's problem. */
function readGeometry(cursor: JsonCursor, raw: RawFeature): void {
  let type = "";
  let depth = -1;
  cursor.expect(OPEN_OBJECT);
  const [vertices, rings, polygons] = [raw.vertices, raw.ringEnds.length, raw.polygonEnds.length];
  while (!cursor.accept(CLOSE_OBJECT)) {
    const key = cursor.string();
    cursor.expect(COLON);
    if (key === "type") type = cursor.string();
    else if (key === "coordinates" && cursor.peek() === OPEN_ARRAY) depth = readCoordinates(cursor, raw);
    else if (key === "geometries" && cursor.peek() === OPEN_ARRAY) {
      cursor.expect(OPEN_ARRAY);
      while (!cursor.accept(CLOSE_ARRAY)) {
        readGeometry(cursor, raw);
        cursor.accept(COMMA);
      }
    } else cursor.skip();
    cursor.accept(COMMA);
  }
  if (type === "GeometryCollection") return;
  if (POLYGONAL.get(type) === depth) {
    raw.kind = raw.takesAll ? "shapes" : "footprint";
    return;
  }
  if (raw.takesAll && SHAPES.get(type)?.depth === depth) {
    closeShape(raw, SHAPES.get(type)!);
    return;
  }
  raw.vertices = vertices;
  raw.ringEnds.length = rings;
  raw.polygonEnds.length = polygons;
  raw.surfaceKinds.length = polygons;
  raw.skippedParts++;
  if (raw.kind === "none")
    raw.problem = POLYGONAL.has(type)
      ? `its ${type} has no proper coordinates`
      : `its geometry is a ${type || "thing without a type"}, not a polygon`;
}

function closeShape(raw: RawFeature, { depth, kind }: { depth: number; kind: number }): void {
  raw.kind = "shapes";
  if (depth === 0) raw.endRing();
  if (depth < 2) raw.endPolygon(kind);
  else raw.surfaceKinds[raw.surfaceKinds.length - 1] = kind;
}

/** Nested arrays of positions: 0 for a position, 1 for a line or ring, 2 for a polygon, 3 for several; -1 when empty. */
function readCoordinates(cursor: JsonCursor, raw: RawFeature): number {
  cursor.expect(OPEN_ARRAY);
  if (cursor.accept(CLOSE_ARRAY)) return -1;
  if (cursor.peek() !== OPEN_ARRAY) {
    readPosition(cursor, raw);
    return 0;
  }
  let depth = -1;
  do {
    const inner = readCoordinates(cursor, raw);
    if (inner >= 0) depth = inner + 1;
  } while (cursor.accept(COMMA));
  cursor.expect(CLOSE_ARRAY);
  if (depth === 1) raw.endRing();
  else if (depth === 2) raw.endPolygon();
  return depth;
}

function readPosition(cursor: JsonCursor, raw: RawFeature): void {
  const x = coordinate(cursor);
  const y = cursor.accept(COMMA) ? coordinate(cursor) : Number.NaN;
  let z = 0;
  if (cursor.accept(COMMA)) {
    z = coordinate(cursor);
    raw.hasZ = true;
    while (cursor.accept(COMMA)) cursor.skip();
  }
  cursor.expect(CLOSE_ARRAY);
  raw.vertex(x, y, z);
}

/** null and texts appear in real files: not a number, which the repair step sees. */
function coordinate(cursor: JsonCursor): number {
  const next = cursor.peek();
  if ((next >= 0x30 && next <= 0x39) || next === 0x2d) return cursor.number();
  cursor.skip();
  return Number.NaN;
}
