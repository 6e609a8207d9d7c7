import type { ReadSpill, RecordPage, RecordSpill, SharedRecords } from "./contract.ts";
import type { RawValue } from "./raw-feature.ts";

/** Pages kept in memory (768 MiB) when there is somewhere to put the others. */
const MEMORY_PAGES = 48;
/** Bytes fetched of a record that was put aside, before its length is known. */
const FIRST_FETCH = 4096;
/** Bytes of a page; a record never crosses two. */
const PAGE_BYTES = 16 * 1024 * 1024;
/** Degrees of one step of stored corners: 0.1 mm. */
export const STEP_DEG = 1e-9;

const TEXT = new TextEncoder();
const TAGS = { none: 0, number: 1, text: 2, code: 3, yes: 4, no: 5 } as const;

/** What heights were made of. The position is the code in the records and the `heightSource` column. */
export const HEIGHT_SOURCES = ["given", "floors", "assumed", "geometry"] as const;

export interface RecordHead {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Ellipsoidal height of the ground, metres. */
  readonly base: number;
  readonly height: number;
  readonly floors: number;
  readonly year: number;
  readonly use: number;
  /** Code of HEIGHT_SOURCES. */
  readonly heightSource: number;
  readonly id: string;
  readonly name: string;
}

/** One attribute: a text goes by its code when it has one (-1: by its letters). */
export interface RecordAttribute {
  source: number;
  value: RawValue;
  code: number;
}

/** Footprints: polygons of rings of x, y steps. Surfaces: polygons of rings of x, y, z metres. */
export type RecordGeometry =
  | { readonly kind: "footprint"; readonly polygons: readonly (readonly Int32Array[])[] }
  | {
      readonly kind: "surfaces";
      readonly polygons: readonly (readonly Float32Array[])[];
      readonly surfaceKinds: readonly number[];
    };

export interface CityRecord {
  readonly head: RecordHead;
  readonly geometry: RecordGeometry;
  /** Values by attribute index: texts by code are numbers in `codes`. */
  readonly attributes: readonly RecordAttribute[];
}

/** Writes records one after another into shared pages. An address is a byte offset over all pages. */
export class RecordWriter {
  readonly #pages: (RecordPage | null)[] = [];
  #view = new DataView(new ArrayBuffer(1 << 16));
  #bytes = new Uint8Array(this.#view.buffer);
  #at = 0;
  #used = PAGE_BYTES;
  #spilled = 0;

  constructor(
    private readonly spill: RecordSpill | null = null,
    private readonly memoryPages = MEMORY_PAGES,
  ) {}

  get shared(): SharedRecords {
    return { pages: this.#pages, pageBytes: PAGE_BYTES };
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const bigger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + bytes));
    bigger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = bigger;
    this.#view = new DataView(bigger.buffer);
  }

  #text(text: string): void {
    this.#reserve(4 + text.length * 3);
    const { written } = TEXT.encodeInto(text, this.#bytes.subarray(this.#at + 4));
    this.#view.setUint32(this.#at, written, true);
    this.#at += 4 + written;
  }

  #head(head: RecordHead): void {
    const view = this.#view;
    view.setFloat64(4, head.longitudeDeg, true);
    view.setFloat64(12, head.latitudeDeg, true);
    view.setFloat64(20, head.base, true);
    view.setFloat32(28, head.height, true);
    view.setUint16(32, head.floors, true);
    view.setUint16(34, head.year, true);
    view.setUint8(36, head.use);
    view.setUint8(37, head.heightSource);
    this.#at = 38;
    this.#text(head.id);
    this.#text(head.name);
  }

  #attribute({ source, value, code }: RecordAttribute): void {
    this.#reserve(16);
    const view = this.#view;
    view.setUint16(this.#at, source, true);
    const tagAt = this.#at + 2;
    this.#at += 3;
    if (typeof value === "number") {
      view.setUint8(tagAt, TAGS.number);
      view.setFloat64(this.#at, value, true);
      this.#at += 8;
    } else if (typeof value === "string") {
      view.setUint8(tagAt, code < 0 ? TAGS.text : TAGS.code);
      if (code < 0) this.#text(value);
      else {
        view.setUint16(this.#at, code, true);
        this.#at += 2;
      }
    } else view.setUint8(tagAt, value === null ? TAGS.none : value ? TAGS.yes : TAGS.no);
  }

  #geometry(geometry: RecordGeometry): void {
    const isFootprint = geometry.kind === "footprint";
    this.#reserve(5);
    this.#view.setUint8(this.#at, isFootprint ? 0 : 1);
    this.#view.setUint32(this.#at + 1, geometry.polygons.length, true);
    this.#at += 5;
    geometry.polygons.forEach((rings, polygon) => {
      this.#reserve(3);
      this.#view.setUint8(this.#at, isFootprint ? 0 : geometry.surfaceKinds[polygon]!);
      this.#view.setUint16(this.#at + 1, rings.length, true);
      this.#at += 3;
      for (const ring of rings) {
        this.#reserve(4 + ring.length * 4);
        this.#view.setUint32(this.#at, ring.length, true);
        this.#at += 4;
        for (let k = 0; k < ring.length; k++, this.#at += 4)
          if (isFootprint) this.#view.setInt32(this.#at, ring[k]!, true);
          else this.#view.setFloat32(this.#at, ring[k]!, true);
      }
    });
  }

  /** Stores a record; returns its address. A record larger than a page gets pages of its own size. */
  add(
    head: RecordHead,
    attributes: readonly RecordAttribute[],
    count: number,
    geometry: RecordGeometry,
  ): number {
    this.#head(head);
    this.#reserve(2);
    this.#view.setUint16(this.#at, count, true);
    this.#at += 2;
    for (let k = 0; k < count; k++) this.#attribute(attributes[k]!);
    this.#geometry(geometry);
    const length = this.#at;
    this.#view.setUint32(0, length, true);
    if (this.#used + length > PAGE_BYTES) this.#turnPage(length);
    new Uint8Array(this.#pages.at(-1)!).set(this.#bytes.subarray(0, length), this.#used);
    const address = (this.#pages.length - 1) * PAGE_BYTES + this.#used;
    this.#used += length;
    return address;
  }

  /** A new page; the oldest one goes out when memory holds enough. */
  #turnPage(length: number): void {
    const bytes = Math.max(PAGE_BYTES, length);
    this.#pages.push(
      typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
    );
    this.#used = 0;
    if (!this.spill || this.#pages.length - this.#spilled <= this.memoryPages) return;
    const page = this.#spilled++;
    const oldest = new Uint8Array(this.#pages[page]!);
    if (oldest.length > PAGE_BYTES) return;
    this.spill.write(oldest, page * PAGE_BYTES);
    this.#pages[page] = null;
  }
}

/** Reads records from any thread. `readSpill` is needed where pages were put aside. */
export class RecordReader {
  readonly #views: (DataView | null)[];
  readonly #decoder = new TextDecoder();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  constructor(
    private readonly records: SharedRecords,
    private readonly readSpill: ReadSpill | null = null,
  ) {
    this.#views = records.pages.map((page) => (page ? new DataView(page) : null));
  }

  read(address: number): CityRecord {
    const page = Math.floor(address / this.records.pageBytes);
    const view = this.#views[page];
    this.#view = view ?? this.#fetch(address);
    this.#at = (view ? address - page * this.records.pageBytes : 0) + 4;
    const head = this.#head();
    const count = this.#u16();
    const attributes: RecordAttribute[] = [];
    for (let k = 0; k < count; k++) attributes.push(this.#attribute());
    return { head, attributes, geometry: this.#geometry() };
  }

  #fetch(address: number): DataView {
    if (!this.readSpill) throw new RangeError("records were put aside where this reader cannot look");
    let bytes = this.readSpill(address, FIRST_FETCH);
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    if (length > bytes.length) bytes = this.readSpill(address, length);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #u16(): number {
    const value = this.#view.getUint16(this.#at, true);
    this.#at += 2;
    return value;
  }

  #u32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  /** Copied out first: decoders refuse shared memory. */
  #text(): string {
    const length = this.#u32();
    if (length === 0) return "";
    const bytes = new Uint8Array(this.#view.buffer, this.#at, length);
    this.#at += length;
    if (length <= 24) {
      let text = "";
      for (let k = 0; k < length; k++) {
        if (bytes[k]! > 127) return this.#decoder.decode(bytes.slice());
        text += String.fromCharCode(bytes[k]!);
      }
      return text;
    }
    return this.#decoder.decode(bytes.slice());
  }

  #head(): RecordHead {
    const [view, at] = [this.#view, this.#at];
    this.#at += 34;
    const [id, name] = [this.#text(), this.#text()];
    return {
      longitudeDeg: view.getFloat64(at, true),
      latitudeDeg: view.getFloat64(at + 8, true),
      base: view.getFloat64(at + 16, true),
      height: view.getFloat32(at + 24, true),
      floors: view.getUint16(at + 28, true),
      year: view.getUint16(at + 30, true),
      use: view.getUint8(at + 32),
      heightSource: view.getUint8(at + 33),
      id,
      name,
    };
  }

  #attribute(): RecordAttribute {
    const source = this.#u16();
    const tag = this.#view.getUint8(this.#at++);
    if (tag === TAGS.number) {
      this.#at += 8;
      return { source, value: this.#view.getFloat64(this.#at - 8, true), code: -1 };
    }
    if (tag === TAGS.code) return { source, value: "", code: this.#u16() };
    if (tag === TAGS.text) return { source, value: this.#text(), code: -1 };
    return { source, value: tag === TAGS.none ? null : tag === TAGS.yes, code: -1 };
  }

  #geometry(): RecordGeometry {
    const isFootprint = this.#view.getUint8(this.#at++) === 0;
    const count = this.#u32();
    const polygons: (Int32Array | Float32Array)[][] = [];
    const surfaceKinds: number[] = [];
    for (let polygon = 0; polygon < count; polygon++) {
      surfaceKinds.push(this.#view.getUint8(this.#at++));
      const rings = this.#u16();
      const list: (Int32Array | Float32Array)[] = [];
      for (let ring = 0; ring < rings; ring++) list.push(this.#ring(isFootprint));
      polygons.push(list);
    }
    return isFootprint
      ? { kind: "footprint", polygons: polygons as Int32Array[][] }
      : { kind: "surfaces", polygons: polygons as Float32Array[][], surfaceKinds };
  }

  #ring(isFootprint: boolean): Int32Array | Float32Array {
    const length = this.#u32();
    const ring = isFootprint ? new Int32Array(length) : new Float32Array(length);
    for (let k = 0; k < length; k++, this.#at += 4)
      ring[k] = isFootprint ? this.#view.getInt32(this.#at, true) : this.#view.getFloat32(this.#at, true);
    return ring;
  }
}
