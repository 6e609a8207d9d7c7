import { describe, expect, it } from "vitest";
import {
  type RecordAttribute,
  type RecordGeometry,
  type RecordHead,
  RecordReader,
  RecordWriter,
} from "./records.ts";

const head = (row: number): RecordHead => ({
  longitudeDeg: 123.4 + row / 1e6,
  latitudeDeg: 41.8,
  base: 40.25,
  height: row + 0.5,
  floors: row % 60,
  year: 1990,
  use: row % 8,
  heightSource: 1,
  id: `楼-${row}`,
  name: row % 2 ? "" : `a rather long name that is decoded at once ${row}`,
});
const ATTRIBUTES: readonly RecordAttribute[] = [
  { source: 0, value: -1.5e-7, code: -1 },
  { source: 1, value: "by its letters", code: -1 },
  { source: 7, value: "", code: 300 },
  { source: 65_000, value: true, code: -1 },
  { source: 3, value: false, code: -1 },
  { source: 4, value: null, code: -1 },
];
const FOOTPRINT: RecordGeometry = {
  kind: "footprint",
  polygons: [
    [Int32Array.of(0, 0, 5, 0, -2_000_000_000, 5), Int32Array.of(1, 1, 2, 2, 1, 2)],
    [Int32Array.of(9, 9, 8, 8, 7, 7)],
  ],
};
/** A thousand times three corners: forty such records fill a page. */
const SURFACES: RecordGeometry = {
  kind: "surfaces",
  polygons: Array.from({ length: 10_000 }, (_, k) => [Float32Array.from({ length: 9 }, (_, i) => k + i / 8)]),
  surfaceKinds: Array.from({ length: 10_000 }, (_, k) => k % 4),
};

describe("records", () => {
  it("come back as written", () => {
    const writer = new RecordWriter();
    const addresses = [
      writer.add(head(1), ATTRIBUTES, ATTRIBUTES.length, FOOTPRINT),
      writer.add(head(2), ATTRIBUTES, 1, SURFACES),
    ];
    const reader = new RecordReader(writer.shared);
    expect(reader.read(addresses[0]!)).toEqual({
      head: head(1),
      attributes: ATTRIBUTES,
      geometry: FOOTPRINT,
    });
    expect(reader.read(addresses[1]!)).toEqual({
      head: head(2),
      attributes: ATTRIBUTES.slice(0, 1),
      geometry: SURFACES,
    });
  });

  it("come back from pages that were put aside, small and large", () => {
    const aside: { at: number; bytes: Uint8Array }[] = [];
    const writer = new RecordWriter({ write: (bytes, at) => aside.push({ at, bytes: bytes.slice() }) }, 2);
    const addresses = Array.from({ length: 200 }, (_, row) =>
      writer.add(head(row), ATTRIBUTES, 6, row % 2 ? SURFACES : FOOTPRINT),
    );
    expect(aside.length).toBeGreaterThan(0);
    expect(writer.shared.pages.filter((page) => page === null)).toHaveLength(aside.length);
    expect(writer.shared.pages.filter((page) => page !== null)).toHaveLength(2);
    const reader = new RecordReader(writer.shared, (at, length) => {
      const page = aside.find((one) => one.at <= at && at < one.at + one.bytes.length)!;
      return page.bytes.slice(at - page.at, at - page.at + length);
    });
    addresses.forEach((address, row) => {
      expect(reader.read(address).head).toEqual(head(row));
    });
    expect(reader.read(addresses[1]!).geometry).toEqual(SURFACES);
    expect(() => new RecordReader(writer.shared).read(addresses[0]!)).toThrow(/put aside/);
  });
});
