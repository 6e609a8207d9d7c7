import { describe, expect, it } from "vitest";
import type { Box } from "../tiles/tileset.ts";
import { findOuter } from "./outer.ts";
import { type PlannedTile, planTiles, type TileItem } from "./plan-tiles.ts";

function box(x: number, y: number, z: number, size: number | readonly [number, number, number]): Box {
  const [dx, dy, dz] = typeof size === "number" ? [size, size, size] : size;
  return { min: [x, y, z], max: [x + dx, y + dy, z + dz] };
}

/** A ten-storey house: walls around, many small things inside. */
function house(): TileItem[] {
  const items: TileItem[] = [];
  for (let storey = 0; storey < 10; storey++) {
    for (let wall = 0; wall < 40; wall++)
      items.push({
        row: items.length,
        storey,
        triangles: 40,
        isOuter: true,
        isFitting: false,
        box: box(wall, 0, storey * 4, 4),
      });
    for (let thing = 0; thing < 500; thing++)
      items.push({
        row: items.length,
        storey,
        triangles: 60,
        isOuter: false,
        isFitting: false,
        box: box(thing % 40, Math.floor(thing / 40), storey * 4, 0.5),
      });
  }
  return items;
}

function flatten(tile: PlannedTile): PlannedTile[] {
  return [tile, ...tile.children.flatMap(flatten)];
}

describe("planTiles", () => {
  it("puts a small model into one tile", () => {
    const items = house().slice(0, 100);
    expect(planTiles(items)).toEqual({ rows: items.map(({ row }) => row), geometricError: 0, children: [] });
  });

  it("keeps fittings out of the root and in the leaves, however large or far out they are", () => {
    const items = house().map((item) => (item.row % 7 ? item : { ...item, isFitting: true }));
    const root = planTiles(items);
    const fittings = new Set(items.filter(({ isFitting }) => isFitting).map(({ row }) => row));
    expect(root.rows.filter((row) => fittings.has(row))).toEqual([]);
    const inner = flatten(root).filter(({ children }) => children.length > 0);
    expect(inner.flatMap(({ rows }) => rows).filter((row) => fittings.has(row))).toEqual([]);
  });

  it("places every row once, within the limits, errors falling", () => {
    const items = house();
    const root = planTiles(items);
    const tiles = flatten(root);
    expect(tiles.flatMap(({ rows }) => rows).sort((a, b) => a - b)).toEqual(items.map(({ row }) => row));
    for (const tile of tiles) {
      expect(tile.rows.length).toBeLessThanOrEqual(4096);
      const triangles = tile.rows.reduce((sum, row) => sum + items[row]!.triangles, 0);
      expect(triangles).toBeLessThanOrEqual(100_000);
      for (const child of tile.children) expect(child.geometricError).toBeLessThan(tile.geometricError);
    }
  });

  it("shows the outer walls first", () => {
    const items = house();
    const rows = new Set(planTiles(items).rows);
    expect(items.filter(({ isOuter, row }) => isOuter && !rows.has(row))).toEqual([]);
  });

  it("splits one storey with more elements than a table may have", () => {
    const items = Array.from({ length: 20_000 }, (_, row) => ({
      row,
      storey: -1,
      triangles: 12,
      isOuter: false,
      isFitting: false,
      box: box(row % 200, Math.floor(row / 200), 0, 2),
    }));
    const tiles = flatten(planTiles(items));
    expect(Math.max(...tiles.map(({ rows }) => rows.length))).toBeLessThanOrEqual(4096);
    expect(tiles.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(20_000);
  });
});

describe("findOuter", () => {
  it("tells walls from what stands in the closed room", () => {
    const walls = [
      box(0, 0, 0, [20, 0.3, 10]),
      box(0, 19.7, 0, [20, 0.3, 10]),
      box(0, 0, 0, [0.3, 20, 10]),
      box(19.7, 0, 0, [0.3, 20, 10]),
      box(0, 0, -0.3, [20, 20, 0.3]),
      box(0, 0, 10, [20, 20, 0.3]),
    ];
    const room = [box(9, 9, 4, 1), box(4, 12, 3, 2)];
    const model: Box = { min: [0, 0, -0.3], max: [20, 20, 10.3] };
    expect([...findOuter([...walls, ...room], model)]).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    expect([...findOuter([...walls.slice(1), ...room], model)].slice(-2)).toEqual([1, 1]);
  });

  it("does not let a site solid hide the building in it", () => {
    const model = box(0, 0, 0, 100);
    expect([...findOuter([model, box(40, 40, 40, 10)], model)]).toEqual([1, 1]);
  });
});
