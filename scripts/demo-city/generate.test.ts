import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  buildingIdOfRow,
  decodeBuildingIndex,
  decodeGroundGrid,
  rowOfBuildingId,
} from "../../src/domain/building-index-codec.ts";
import { BUILDING_USES } from "../../src/domain/city.ts";
import { parseFacilities } from "../../src/domain/facility-parser.ts";
import { parsePipeNetwork } from "../../src/domain/pipe-network.ts";
import { geodeticFromEcef } from "../../src/geo/ellipsoid.ts";
import { invertAffine, mul, transformPoint } from "../../src/geo/matrix.ts";
import { decodeGlb, validateGlb } from "../../workers/tiles/glb-checks.ts";
import { MemorySink } from "../../workers/tiles/tileset.ts";
import { generateCity } from "./generate.ts";
import { DISTRICT_CODES } from "./grid-code.ts";

interface TileJson {
  readonly transform?: number[];
  readonly boundingVolume: { readonly box: number[] };
  readonly geometricError: number;
  readonly content?: { readonly uri: string };
  readonly children?: readonly TileJson[];
}

interface PlacedTile {
  readonly tile: TileJson;
  readonly ecefFromTile: ArrayLike<number>;
  readonly parents: readonly PlacedTile[];
}

/** About 2 km of the middle of Shenyang. */
const CUT = { minX: -900, minY: -700, maxX: 1100, maxY: 900 };
const generate = async (): Promise<MemorySink> => {
  const sink = new MemorySink();
  await generateCity("shenyang", sink, () => {}, CUT);
  return sink;
};

const hashOf = (sink: MemorySink): string => {
  const hash = createHash("sha256");
  for (const [path, bytes] of [...sink.files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(path).update(bytes);
  return hash.digest("hex");
};

function placeTiles(tile: TileJson, parents: readonly PlacedTile[]): PlacedTile[] {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const parent = parents[parents.length - 1];
  const own = tile.transform ?? identity;
  const placed = { tile, ecefFromTile: parent ? mul(parent.ecefFromTile, own) : own, parents };
  return [placed, ...(tile.children ?? []).flatMap((child) => placeTiles(child, [...parents, placed]))];
}

function isInside(
  { tile, ecefFromTile }: PlacedTile,
  ecef: readonly [number, number, number],
  room: number,
): boolean {
  const [x, y, z] = transformPoint(invertAffine(ecefFromTile), ecef);
  const box = tile.boundingVolume.box;
  return (
    Math.abs(x - box[0]!) <= box[3]! + room &&
    Math.abs(y - box[1]!) <= box[7]! + room &&
    Math.abs(z - box[2]!) <= box[11]! + room
  );
}

describe("a cut of Shenyang", () => {
  let sink: MemorySink;
  let tiles: PlacedTile[];
  beforeAll(async () => {
    sink = await generate();
    tiles = placeTiles((sink.json("tileset.json") as { root: TileJson }).root, []);
  }, 120_000);

  it("comes out the same twice", async () => {
    expect(hashOf(await generate())).toBe(hashOf(sink));
  }, 120_000);

  it("lists facilities, depots and mains that their readers accept", () => {
    const { facilities, depots } = parseFacilities(sink.json("facilities.json"));
    expect(new Set(facilities.map(({ id }) => id)).size).toBe(facilities.length);
    expect(new Set(facilities.map(({ kind }) => kind))).toContain("transit");
    expect(new Set(depots.map(({ kind }) => kind))).toEqual(
      new Set(["fire", "medical", "police", "drainage", "gas", "power"]),
    );
    const network = parsePipeNetwork(sink.json("network.json"));
    expect(new Set(network.pipes.map(({ kind }) => kind)).size).toBe(4);
    for (const { from, to, path } of network.pipes)
      expect([path[0], path.at(-1)]).toEqual([network.nodes[from], network.nodes[to]]);
  });

  it("has every building in one tile, with the attributes of its index row", async () => {
    const index = decodeBuildingIndex(sink.files.get("index.bin")!);
    const seen = new Set<number>();
    for (const { tile } of tiles) {
      if (!tile.content) continue;
      const { columns } = await decodeGlb(sink.files.get(tile.content.uri)!);
      columns.id!.forEach((id, feature) => {
        const row = rowOfBuildingId(index, String(id));
        expect(seen.has(row)).toBe(false);
        seen.add(row);
        expect(buildingIdOfRow(index, row)).toBe(id);
        expect(columns.height![feature]).toBe(index.height[row]);
        expect(columns.floors![feature]).toBe(index.floors[row]);
        expect(columns.year![feature]).toBe(index.year[row]);
        expect(columns.use![feature]).toBe(index.use[row]);
        expect(columns.residentsDay![feature]).toBe(index.residentsDay[row]);
        expect(columns.residentsNight![feature]).toBe(index.residentsNight[row]);
        expect(columns.district![feature]).toBe(index.district[row]);
        const grid = String(columns.grid![feature]);
        expect(grid).toMatch(/^2101\d\d\d{6}$/);
        expect(grid.slice(0, 6)).toBe(DISTRICT_CODES[index.districts[index.district[row]!]!]);
        expect(columns.name![feature]).toBe(index.names[row] ?? "");
      });
    }
    expect(seen.size).toBe(index.count);
    expect(index.count).toBeGreaterThan(700);
  });

  it("keeps every building within the volumes of its tile and of all parents, near its index place", async () => {
    const wrong: string[] = [];
    const index = decodeBuildingIndex(sink.files.get("index.bin")!);
    for (const placed of tiles) {
      if (!placed.tile.content) continue;
      const { primitives, columns } = await decodeGlb(sink.files.get(placed.tile.content.uri)!);
      const { positions, featureIds } = primitives[0]!;
      for (let i = 0; i < featureIds.length; i += 3) {
        const at = [positions[i * 3]!, positions[i * 3 + 1]!, positions[i * 3 + 2]!] as const;
        const ecef = transformPoint(placed.ecefFromTile, at);
        const row = rowOfBuildingId(index, String(columns.id![featureIds[i]!]));
        const { longitudeDeg, latitudeDeg, height } = geodeticFromEcef(...ecef);
        const reach = index.names[row] ? 0.004 : 0.0016;
        const isRight =
          [placed, ...placed.parents].every((volume) => isInside(volume, ecef, 0.01)) &&
          height > -0.05 &&
          height < index.height[row]! + 12 &&
          Math.abs(longitudeDeg - index.longitudeDeg[row]!) < reach &&
          Math.abs(latitudeDeg - index.latitudeDeg[row]!) < reach;
        if (!isRight) wrong.push(`${buildingIdOfRow(index, row)} in ${placed.tile.content.uri}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("has walls of whole bays and floors, and facade words of the building", async () => {
    const index = decodeBuildingIndex(sink.files.get("index.bin")!);
    const content = tiles.findLast(({ tile }) => tile.content && !tile.children?.length)!.tile.content!;
    const { primitives, columns } = await decodeGlb(sink.files.get(content.uri)!);
    const { texcoords, facade, normals, featureIds } = primitives[0]!;
    let windows = 0;
    const wrong: string[] = [];
    for (let i = 0; i < featureIds.length; i++) {
      const [u, v] = [texcoords![i * 2]!, texcoords![i * 2 + 1]!];
      if (v > 0) windows++;
      const row = rowOfBuildingId(index, String(columns.id![featureIds[i]!]));
      const isRight =
        u % 16 === 0 &&
        v % 16 === 0 &&
        (normals[i * 3 + 2]! <= 0.99 || (u === 0 && v === 0)) &&
        facade![i * 4] === index.use[row] &&
        facade![i * 4 + 2] === Math.max(0, index.year[row]! - 1900);
      if (!isRight) wrong.push(buildingIdOfRow(index, row));
    }
    expect(wrong).toEqual([]);
    expect(windows).toBeGreaterThan(500);
    expect(BUILDING_USES.length).toBe(8);
  });

  it("faces its triangles outwards: geometry and vertex normals agree", async () => {
    for (const { tile } of tiles) {
      if (!tile.content) continue;
      const { positions, normals, indices } = (await decodeGlb(sink.files.get(tile.content.uri)!))
        .primitives[0]!;
      let wrong = 0;
      for (let i = 0; i < indices.length; i += 3) {
        const corner = (k: number, axis: number): number => positions[indices[i + k]! * 3 + axis]!;
        const edge = (k: number): number[] => [0, 1, 2].map((axis) => corner(k, axis) - corner(0, axis));
        const [a, b] = [edge(1), edge(2)];
        const n = [
          a[1]! * b[2]! - a[2]! * b[1]!,
          a[2]! * b[0]! - a[0]! * b[2]!,
          a[0]! * b[1]! - a[1]! * b[0]!,
        ];
        const dot = [0, 1, 2].reduce((sum, axis) => sum + n[axis]! * normals[indices[i]! * 3 + axis]!, 0);
        if (dot < -1e-3) wrong++;
      }
      expect(wrong, tile.content.uri).toBe(0);
    }
  });

  it("writes GLBs without a complaint of the Khronos validator", async () => {
    const contents = tiles.flatMap(({ tile }) => (tile.content ? [tile.content.uri] : []));
    for (const uri of contents.slice(0, 4)) expect(await validateGlb(sink.files.get(uri)!)).toEqual([]);
  });

  it("refines from far to near: errors fall, at most 4096 features", async () => {
    for (const { tile, parents } of tiles) {
      const parent = parents[parents.length - 1];
      if (parent) expect(tile.geometricError).toBeLessThan(parent.tile.geometricError);
      if (!tile.children?.length) expect(tile.geometricError).toBe(0);
    }
  });

  it("has a base map of every kind with rounded coordinates, under 3 MB", () => {
    const bytes = sink.files.get("base.json")!;
    expect(bytes.length).toBeLessThan(3e6);
    const { features } = sink.json("base.json") as {
      features: { properties: { kind: string; name: string }; geometry: { coordinates: unknown } }[];
    };
    const kinds = new Set(features.map(({ properties }) => properties.kind));
    expect([...kinds].sort()).toEqual(
      ["district", "label", "metro", "park", "rail", "ring-road", "river", "road", "station", "water"].sort(),
    );
    const names = features.map(({ properties }) => properties.name);
    for (const name of [
      "浑河",
      "青年大街",
      "三环路(绕城高速)",
      "和平区",
      "北陵公园",
      "地铁1号线",
      "辽宁广播电视塔",
    ])
      expect(names).toContain(name);
    const numbers =
      JSON.stringify(features.map(({ geometry }) => geometry.coordinates)).match(/\d+\.\d+/g) ?? [];
    expect(numbers.length).toBeGreaterThan(10_000);
    expect(numbers.every((number) => number.split(".")[1]!.length <= 6)).toBe(true);
  });

  it("has a ground that is low by the river and rises inland, with water where the river is", () => {
    const ground = decodeGroundGrid(sink.files.get("ground.bin")!);
    const cellAt = (lon: number, lat: number): number => {
      const column = Math.floor(((lon - ground.west) / (ground.east - ground.west)) * ground.columns);
      const row = Math.floor(((lat - ground.south) / (ground.north - ground.south)) * ground.rows);
      return row * ground.columns + column;
    };
    expect(ground.water[cellAt(123.4285, 41.7457)]).toBe(1);
    const bank = ground.elevation[cellAt(123.4285, 41.7485)]!;
    expect(bank).toBeGreaterThan(0);
    expect(bank).toBeLessThan(3);
    const inland = ground.elevation[cellAt(123.4325, 41.82)]!;
    expect(inland).toBeGreaterThan(bank + 1.5);
    expect(inland).toBeLessThan(16);
  });
});

describe("the coast of Dalian", () => {
  it("has a sea with the land cut out, and ground that rises to hills", async () => {
    const sink = new MemorySink();
    await generateCity("dalian", sink, () => {}, { minX: 1900, minY: 300, maxX: 2600, maxY: 900 });
    const ground = decodeGroundGrid(sink.files.get("ground.bin")!);
    const share = ground.water.reduce((sum, cell) => sum + cell, 0) / ground.water.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.6);
    expect(ground.elevation.reduce((high, z) => Math.max(high, z), 0)).toBeGreaterThan(100);
    const { features } = sink.json("base.json") as {
      features: { properties: { kind: string }; geometry: { coordinates: number[][][] } }[];
    };
    const sea = features.find(({ properties }) => properties.kind === "sea")!;
    expect(sea.geometry.coordinates.length).toBeGreaterThanOrEqual(3);
  }, 120_000);
});
