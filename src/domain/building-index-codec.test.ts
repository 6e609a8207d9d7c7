import { describe, expect, it } from "vitest";
import type { BuildingIndex, GroundGrid } from "./building-index.ts";
import {
  buildingIdOfRow,
  decodeBuildingIndex,
  decodeGroundGrid,
  encodeBuildingIndex,
  encodeGroundGrid,
  rowOfBuildingId,
} from "./building-index-codec.ts";

const buildIndex = (count: number): BuildingIndex => ({
  count,
  idPrefix: "SY",
  longitudeDeg: Float64Array.from({ length: count }, (_, r) => Math.round(123.4e7 + r * 14) / 1e7),
  latitudeDeg: Float64Array.from({ length: count }, (_, r) => Math.round(41.8e7 - r * 11) / 1e7),
  height: Float32Array.from({ length: count }, (_, r) => r * 0.5),
  floors: Uint16Array.from({ length: count }, (_, r) => r % 90),
  year: Uint16Array.from({ length: count }, (_, r) => 1900 + r),
  use: Uint8Array.from({ length: count }, (_, r) => r % 8),
  residentsDay: Uint32Array.from({ length: count }, (_, r) => r * 70_000),
  residentsNight: Uint32Array.from({ length: count }, (_, r) => r * 3),
  footprintArea: Float32Array.from({ length: count }, (_, r) => r + 0.5),
  district: Uint8Array.from({ length: count }, (_, r) => r % 2),
  districts: ["和平区", "沈河区"],
  names: count > 1 ? { 1: "沈阳站" } : {},
});

const buildGround = (): GroundGrid => ({
  west: 123.3,
  south: 41.7,
  east: 123.5,
  north: 41.9,
  columns: 5,
  rows: 3,
  elevation: Float32Array.from({ length: 15 }, (_, k) => k / 4 - 1),
  water: Uint8Array.from({ length: 15 }, (_, k) => (k === 7 ? 1 : 0)),
});

const codeOf = (fn: () => unknown): string => {
  try {
    fn();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "no error";
};

describe("building index", () => {
  it.each([0, 1, 3, 1000])("comes back as written, %i rows", (count) => {
    const index = buildIndex(count);
    expect(decodeBuildingIndex(encodeBuildingIndex(index))).toEqual(index);
  });

  it("keeps any place on the earth within a centimetre and any area within a tenth", () => {
    const places = [-180, 179.99999996, -0.00000004, 12.3456789123, 180];
    const index = {
      ...buildIndex(5),
      longitudeDeg: Float64Array.from(places),
      latitudeDeg: Float64Array.from(places, (place) => place / 2),
      footprintArea: Float32Array.from([0, 0.04, 81.26, 64_000.04, 1e6]),
    };
    const back = decodeBuildingIndex(encodeBuildingIndex(index));
    places.forEach((place, row) => {
      expect(Math.abs(back.longitudeDeg[row]! - place)).toBeLessThan(5.1e-8);
      expect(Math.abs(back.latitudeDeg[row]! - place / 2)).toBeLessThan(5.1e-8);
      expect(Math.abs(back.footprintArea[row]! - index.footprintArea[row]!)).toBeLessThan(0.06);
    });
  });

  it("reads an ArrayBuffer without copying and an unaligned view by copying", () => {
    const index = buildIndex(9);
    const bytes = encodeBuildingIndex(index);
    const whole = decodeBuildingIndex(bytes.buffer as ArrayBuffer);
    expect(whole.height.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeBuildingIndex(shifted.subarray(3))).toEqual(index);
  });

  it("is little-endian at the documented places", () => {
    const bytes = encodeBuildingIndex(buildIndex(1));
    const view = new DataView(bytes.buffer);
    const headerBytes = view.getUint32(8, true);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("LTBI");
    expect(view.getInt32(16 + headerBytes, true)).toBe(123.4e7);
  });

  it("names what is wrong with the bytes", () => {
    const bytes = encodeBuildingIndex(buildIndex(40));
    const mutate = (change: (copy: Uint8Array) => Uint8Array | undefined): string => {
      const copy = bytes.slice();
      return codeOf(() => decodeBuildingIndex(change(copy) ?? copy));
    };
    expect(mutate((b) => b.subarray(0, 9))).toBe("tileset.index.length");
    expect(mutate((b) => b.subarray(0, b.length - 8))).toBe("tileset.index.length");
    expect(mutate((b) => void b.set([1], 0))).toBe("tileset.index.magic");
    expect(mutate((b) => void b.set([9], 4))).toBe("tileset.index.version");
    expect(mutate((b) => void b.set([0x7d], 16))).toBe("tileset.index.damaged");
    expect(mutate((b) => Uint8Array.of(...b, 0, 0, 0, 0, 0, 0, 0, 0))).toBe("tileset.index.damaged");
    expect(codeOf(() => decodeBuildingIndex(encodeGroundGrid(buildGround())))).toBe("tileset.index.magic");
  });

  it("refuses to write columns of different lengths", () => {
    const broken = { ...buildIndex(4), year: new Uint16Array(3) };
    expect(codeOf(() => encodeBuildingIndex(broken))).toBe("tileset.index.columns");
  });

  it("maps rows to ids and back", () => {
    const index = buildIndex(12);
    expect(buildingIdOfRow(index, 0)).toBe("SY-000001");
    for (let row = 0; row < 12; row++) expect(rowOfBuildingId(index, buildingIdOfRow(index, row))).toBe(row);
    for (const id of ["SY-000013", "SY-000000", "DL-000001", "SY-1", "SY-00000x", ""])
      expect(rowOfBuildingId(index, id)).toBe(-1);
  });
});

describe("ground grid", () => {
  it("comes back as written", () => {
    expect(decodeGroundGrid(encodeGroundGrid(buildGround()))).toEqual(buildGround());
  });

  it("names what is wrong with the bytes", () => {
    const bytes = encodeGroundGrid(buildGround());
    expect(codeOf(() => decodeGroundGrid(bytes.subarray(0, bytes.length - 1)))).toBe("tileset.index.length");
    expect(codeOf(() => decodeGroundGrid(encodeBuildingIndex(buildIndex(1))))).toBe("tileset.index.magic");
    expect(codeOf(() => encodeGroundGrid({ ...buildGround(), water: new Uint8Array(2) }))).toBe(
      "tileset.index.columns",
    );
  });
});
