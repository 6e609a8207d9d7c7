import { describe, expect, it } from "vitest";
import { createProjection } from "../../src/geo/projection.ts";
import type { DemFrame } from "./contract.ts";
import { readQuantizedMesh } from "./read-quantized-mesh.ts";
import {
  buildInMemory,
  parsePath,
  roughCells,
  roughHeight,
  surfaceHeight,
  tilesOf,
} from "./terrain.fixture.ts";
import { QUANTA, tileDeg } from "./tile-grid.ts";

const COLUMNS = 150;
const ROWS = 120;
/** Gauss-Krueger by Shenyang, 30 m posts: columns and rows run askew to the tiles. */
const FRAME: DemFrame = {
  columns: COLUMNS,
  rows: ROWS,
  crs: "EPSG:4550",
  affine: [535_000, 4_632_000, 30, 0, 0, -30],
};

/** Where a post lies, by the projection alone. */
function placeOf(column: number, row: number) {
  return createProjection(FRAME.crs).toGeodetic(535_000 + 30 * column, 4_632_000 - 30 * row);
}

function tileOver(longitudeDeg: number, latitudeDeg: number, level: number): string {
  const deg = tileDeg(level);
  return `${level}/${Math.floor((longitudeDeg + 180) / deg)}/${Math.floor((latitudeDeg + 90) / deg)}.terrain`;
}

describe("terrain tiles", () => {
  it.each([0.5, 2, 10])(
    "stay within %d m of the model at every post of the finest level",
    async (maxError) => {
      const { files, summary } = await buildInMemory(FRAME, roughCells(COLUMNS, ROWS), { maxError });
      const tiles = tilesOf(files, summary.maxLevel);
      let worst = 0;
      for (let row = 0; row < ROWS; row++)
        for (let column = 0; column < COLUMNS; column++) {
          const { longitudeDeg, latitudeDeg } = placeOf(column, row);
          const path = tileOver(longitudeDeg, latitudeDeg, summary.maxLevel);
          const height = surfaceHeight(path, tiles.get(path)!, longitudeDeg, latitudeDeg);
          worst = Math.max(worst, Math.abs(height! - roughHeight(column, row)));
        }
      expect(worst).toBeLessThanOrEqual(maxError);
      expect(worst).toBeGreaterThan(maxError / 3);
    },
  );

  it("need fewer triangles the more error is allowed", async () => {
    const cells = roughCells(COLUMNS, ROWS);
    const counts = await Promise.all(
      [0.5, 2, 10].map(
        async (maxError) => (await buildInMemory(FRAME, cells, { maxError })).summary.triangles,
      ),
    );
    expect(counts[1]!).toBeLessThan(counts[0]! * 0.7);
    expect(counts[2]!).toBeLessThan(counts[1]! * 0.5);
  });

  it("have no crack to their neighbours: sides agree in place, and in height to a tenth of a millimetre", async () => {
    const { files, summary } = await buildInMemory(FRAME, roughCells(COLUMNS, ROWS), { maxError: 0.5 });
    let sides = 0;
    for (let level = 1; level <= summary.maxLevel; level++) {
      const tiles = tilesOf(files, level);
      for (const [path, mesh] of tiles) {
        const { x, y } = parsePath(path);
        for (const [other, mine, theirs, along] of [
          [`${level}/${x + 1}/${y}.terrain`, 2, 0, "v"],
          [`${level}/${x}/${y + 1}.terrain`, 3, 1, "u"],
        ] as const) {
          const neighbour = tiles.get(other);
          if (!neighbour) continue;
          sides++;
          const [a, b] = [mesh.sides[mine]!, neighbour.sides[theirs]!];
          expect([...a].map((k) => mesh[along][k])).toEqual([...b].map((k) => neighbour[along][k]));
          for (let k = 0; k < a.length; k++)
            expect(Math.abs(mesh.heights[a[k]!]! - neighbour.heights[b[k]!]!)).toBeLessThan(1e-4);
        }
      }
    }
    expect(sides).toBeGreaterThan(10);
  });

  it("are whole meshes that cover their square once, within their header's bounds", async () => {
    const { files } = await buildInMemory(FRAME, roughCells(COLUMNS, ROWS));
    for (const [path, bytes] of files) {
      if (!path.endsWith(".terrain")) continue;
      const mesh = readQuantizedMesh(bytes);
      let area = 0;
      for (let t = 0; t < mesh.indices.length; t += 3) {
        const [a, b, c] = [mesh.indices[t]!, mesh.indices[t + 1]!, mesh.indices[t + 2]!];
        const twice =
          (mesh.u[b]! - mesh.u[a]!) * (mesh.v[c]! - mesh.v[a]!) -
          (mesh.v[b]! - mesh.v[a]!) * (mesh.u[c]! - mesh.u[a]!);
        expect(twice, path).toBeGreaterThan(0);
        area += twice;
      }
      expect(area, path).toBe(2 * QUANTA * QUANTA);
      expect(mesh.extensions.get(1)).toHaveLength(mesh.u.length * 2);
      for (const height of mesh.heights) {
        expect(height).toBeGreaterThanOrEqual(mesh.minHeight - 1e-4);
        expect(height).toBeLessThanOrEqual(mesh.maxHeight + 1e-4);
      }
    }
  });

  it("come out the same from run to run, and are listed where they are", async () => {
    const cells = roughCells(COLUMNS, ROWS);
    const [one, two] = [await buildInMemory(FRAME, cells), await buildInMemory(FRAME, cells)];
    expect([...one.files.keys()]).toEqual([...two.files.keys()]);
    for (const [path, bytes] of one.files) expect(two.files.get(path), path).toEqual(bytes);
    const layer = one.json("layer.json") as {
      available: { startX: number; startY: number; endX: number; endY: number }[][];
    };
    const listed = layer.available.flatMap((ranges, level) =>
      ranges.flatMap(({ startX, startY, endX, endY }) => {
        const paths: string[] = [];
        for (let y = startY; y <= endY; y++)
          for (let x = startX; x <= endX; x++) paths.push(`${level}/${x}/${y}.terrain`);
        return paths;
      }),
    );
    expect(listed.sort()).toEqual([...one.files.keys()].filter((path) => path.endsWith(".terrain")).sort());
    expect([...one.files.keys()].at(-1)).toBe("layer.json");
  });

  it("fill small voids from around, and put wide ones at the height outside", async () => {
    const cells = roughCells(COLUMNS, ROWS);
    const isSmall = (c: number, r: number) => Math.hypot(c - 100, r - 20) < 2;
    const isWide = (c: number, r: number) => Math.hypot(c - 50, r - 80) < 40;
    for (let k = 0; k < cells.length; k++)
      if (isSmall(k % COLUMNS, Math.floor(k / COLUMNS)) || isWide(k % COLUMNS, Math.floor(k / COLUMNS)))
        cells[k] = Number.NaN;
    const { files, summary } = await buildInMemory(FRAME, cells, { outside: -7 });
    const tiles = tilesOf(files, summary.maxLevel);
    const at = (column: number, row: number) => {
      const { longitudeDeg, latitudeDeg } = placeOf(column, row);
      const path = tileOver(longitudeDeg, latitudeDeg, summary.maxLevel);
      return surfaceHeight(path, tiles.get(path)!, longitudeDeg, latitudeDeg)!;
    };
    expect(summary.voids).toBeGreaterThan(5000);
    expect(Math.abs(at(100, 20) - roughHeight(100, 20))).toBeLessThan(20);
    expect(at(50, 80)).toBeCloseTo(-7, 0);
    expect(Math.abs(at(140, 110) - roughHeight(140, 110))).toBeLessThan(1);
  });

  it("add the geoid to orthometric heights", async () => {
    const flat = new Float32Array(COLUMNS * ROWS).fill(40);
    const { files, summary } = await buildInMemory(FRAME, flat, {
      heightDatum: "orthometric",
      geoid: 10.18,
      outside: 40,
    });
    const { longitudeDeg, latitudeDeg } = placeOf(75, 60);
    const path = tileOver(longitudeDeg, latitudeDeg, summary.maxLevel);
    const height = surfaceHeight(
      path,
      tilesOf(files, summary.maxLevel).get(path)!,
      longitudeDeg,
      latitudeDeg,
    );
    expect(height).toBeCloseTo(50.18, 1);
    expect(summary.heights.min).toBeCloseTo(50.18, 4);
  });

  it("show water where the model has it", async () => {
    const water = Float32Array.from({ length: COLUMNS * ROWS }, (_, k) => (k % COLUMNS < 75 ? 1 : 0));
    const { files, summary } = await buildInMemory(FRAME, roughCells(COLUMNS, ROWS), {}, water);
    const seen = (column: number, row: number) => {
      const { longitudeDeg, latitudeDeg } = placeOf(column, row);
      const path = tileOver(longitudeDeg, latitudeDeg, summary.maxLevel);
      const mask = tilesOf(files, summary.maxLevel).get(path)!.extensions.get(2)!;
      if (mask.length === 1) return mask[0];
      const deg = tileDeg(summary.maxLevel);
      const [fx, fy] = [((longitudeDeg + 180) / deg) % 1, ((latitudeDeg + 90) / deg) % 1];
      return mask[Math.floor((1 - fy) * 256) * 256 + Math.floor(fx * 256)];
    };
    expect([seen(70, 20), seen(80, 20), seen(20, 100), seen(140, 60)]).toEqual([255, 0, 255, 0]);
  });

  it("refuse a model without any height", async () => {
    const empty = new Float32Array(COLUMNS * ROWS).fill(Number.NaN);
    await expect(buildInMemory(FRAME, empty)).rejects.toMatchObject({ code: "terrain.no-heights" });
  });
});
