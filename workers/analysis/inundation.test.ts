import { describe, expect, it } from "vitest";
import { cityOf, gridOf } from "./city.fixture.ts";
import type { WaterMesh } from "./contract.ts";
import { depthAt, floodField } from "./flood-field.ts";
import { InundationDesk, inundate } from "./inundation.ts";
import { waterMesh } from "./water-mesh.ts";

/** Area of the mesh in square degrees, and of its triangles' shadows: equal when none overlap. */
function areaDeg(mesh: WaterMesh): number {
  let area = 0;
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const [a, b, c] = [mesh.indices[i]!, mesh.indices[i + 1]!, mesh.indices[i + 2]!].map((vertex) => [
      mesh.vertices[vertex * 3]!,
      mesh.vertices[vertex * 3 + 1]!,
    ]);
    const twice = (b![0]! - a![0]!) * (c![1]! - a![1]!) - (c![0]! - a![0]!) * (b![1]! - a![1]!);
    expect(twice).toBeGreaterThan(0);
    area += twice / 2;
  }
  return area;
}

describe("flood field", () => {
  it("does not fill a hollow behind a ridge", () => {
    const grid = gridOf("~1#11", "~1#11", "~1#11");
    const field = floodField(grid, 2);
    expect(depthAt(field, 1, 1)).toBeCloseTo(1);
    expect(depthAt(field, 3, 1)).toBeLessThan(0);
    expect(depthAt(field, 4, 1)).toBeLessThan(0);
  });

  it("goes round a ridge that ends, but not through a corner", () => {
    const around = floodField(gridOf("~1#11", "~1#11", "~1111"), 2);
    expect(depthAt(around, 4, 2)).toBeCloseTo(1);
    const corner = floodField(gridOf("##1", "~#1", "1##"), 2);
    expect(depthAt(corner, 0, 0)).toBeCloseTo(1);
    expect(depthAt(floodField(gridOf("#1", "~#"), 2), 1, 1)).toBeLessThan(0);
  });

  it("rises above the ridge", () => {
    const grid = gridOf("~3111", "~3111");
    expect(depthAt(floodField(grid, 2.9), 3, 0)).toBeLessThan(0);
    expect(depthAt(floodField(grid, 3.1), 3, 0)).toBeCloseTo(2.1);
  });

  it("is dry outside the grid and below the normal level", () => {
    const grid = gridOf("~11", "~11");
    expect(depthAt(floodField(grid, 5), 7, 0.5)).toBe(0);
    expect(depthAt(floodField(grid, 5), -0.001, 0.5)).toBe(0);
    expect(depthAt(floodField(grid, -1), 0, 0)).toBeLessThan(0);
  });
});

describe("water mesh", () => {
  it("covers exactly what is wet when all is", () => {
    const { mesh } = waterMesh(floodField(gridOf("~~~", "~~~", "~~~"), 1));
    expect(mesh.vertices.length / 3).toBe(9);
    expect(areaDeg(mesh)).toBeCloseTo(4);
  });

  it("puts the shore where the ground meets the level, not at the grid's corners", () => {
    const { mesh } = waterMesh(floodField(gridOf("~4", "~4"), 1));
    expect(areaDeg(mesh)).toBeCloseTo(0.25);
    const { mesh: higher } = waterMesh(floodField(gridOf("~4", "~4"), 3));
    expect(areaDeg(higher)).toBeCloseTo(0.75);
    const shore = [...mesh.vertices].filter((_, i) => i % 3 === 2).filter((depth) => depth === 0);
    expect(shore).toHaveLength(2);
  });

  it("draws a straight shore across a slope that lies askew", () => {
    const n = 21;
    const grid = gridOf(...Array.from({ length: n }, () => "1".repeat(n)));
    for (let i = 0; i < n * n; i++) {
      const away = (i % n) + Math.floor(i / n);
      grid.elevation[i] = away * 0.5;
      grid.water[i] = away === 0 ? 1 : 0;
    }
    const { mesh } = waterMesh(floodField(grid, 5.2));
    for (let v = 0; v < mesh.vertices.length; v += 3)
      if (mesh.vertices[v + 2] === 0) expect(mesh.vertices[v]! + mesh.vertices[v + 1]!).toBeCloseTo(10.4, 5);
    expect(areaDeg(mesh)).toBeCloseTo(10.4 ** 2 / 2, 1);
  });

  it("keeps two pools apart that touch at a corner only", () => {
    const field = floodField(gridOf("~#", "#~"), 1);
    const { mesh } = waterMesh(field);
    expect(mesh.indices.length).toBe(6);
    expect(areaDeg(mesh)).toBeLessThan(0.05);
  });

  it("shares points between squares", () => {
    const { mesh } = waterMesh(floodField(gridOf("~14", "~14", "~14"), 2));
    const points = new Set<string>();
    for (let v = 0; v < mesh.vertices.length; v += 3)
      points.add(`${mesh.vertices[v]} ${mesh.vertices[v + 1]}`);
    expect(points.size).toBe(mesh.vertices.length / 3);
  });

  it("counts only land as flooded, in km²", () => {
    const { landKm2: none } = waterMesh(floodField(gridOf("~~", "~~"), 3));
    expect(none).toBe(0);
    const grid = { ...gridOf("~111", "~111"), west: 123, east: 123.03, south: 41.8, north: 41.81 };
    const { landKm2, mesh } = waterMesh(floodField(grid, 3));
    const degreeKm = 111.195;
    const all = 0.0225 * degreeKm * Math.cos((41.805 * Math.PI) / 180) * 0.005 * degreeKm;
    expect(landKm2).toBeCloseTo(all * (2.5 / 3), 2);
    expect(mesh.maxDepth).toBeCloseTo(2);
  });

  it("is empty below the normal level", () => {
    const { mesh, landKm2 } = waterMesh(floodField(gridOf("~1", "~1"), -0.5));
    expect(mesh.indices.length).toBe(0);
    expect(landKm2).toBe(0);
  });
});

describe("inundate", () => {
  const grid = gridOf("~12#1", "~12#1", "~12#1");
  const city = cityOf([
    [0.5, 1],
    [1, 1],
    [2, 1],
    [4, 1],
  ]);

  it("lists buildings with their depth, the deepest first", () => {
    const { affected, floodedRows } = inundate(city, grid, 2.5);
    expect([...floodedRows]).toEqual([0, 1, 2]);
    expect(affected).toMatchObject({ buildings: 3, residentsDay: 30, residentsNight: 60 });
    expect(affected.rows.map((row) => [row.buildingId, row.depth])).toEqual([
      ["T-000001", 2],
      ["T-000002", 1.5],
      ["T-000003", 0.5],
    ]);
    expect(affected.provenance.kind).toBe("SAMPLE");
  });

  it("measures a building on a pier from the normal level, not from the bed", () => {
    const deep = gridOf("~~1", "~~1");
    deep.elevation.set(deep.elevation.map((ground, cell) => (deep.water[cell] === 1 ? -5 : ground)));
    const pier = cityOf([[0.2, 0.5]]);
    expect(inundate(pier, deep, 0).affected.buildings).toBe(0);
    expect(inundate(pier, deep, 0.5).affected.rows[0]?.depth).toBe(0.5);
  });

  it("never takes water away when the level rises", () => {
    let before = 0;
    for (let level = 0; level <= 8; level += 0.5) {
      const { affected } = inundate(city, grid, level);
      expect(affected.buildings).toBeGreaterThanOrEqual(before);
      before = affected.buildings;
    }
    expect(before).toBe(3);
  });

  it("hands out copies: a transferred answer leaves the kept one whole", () => {
    const desk = new InundationDesk(city, grid);
    const first = desk.at(2.5);
    const count = first.mesh.indices.length;
    structuredClone(first, { transfer: [first.mesh.indices.buffer, first.mesh.vertices.buffer] });
    expect(first.mesh.indices.length).toBe(0);
    const second = desk.at(2.4999999);
    expect(second.mesh.indices.length).toBe(count);
    expect(second.mesh.vertices.length).toBeGreaterThan(0);
    expect(second.affected).toBe(first.affected);
  });
});
