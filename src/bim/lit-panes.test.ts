import { expect, test } from "vitest";
import { litPanes } from "./lit-panes.ts";
import { cubes } from "./tile-layer.fixture.ts";
import { buildTileLayer } from "./tile-layer.ts";

test("about a third of the panes are lit, the same ones every time", () => {
  const corners = Array.from({ length: 900 }, (_, i) => [(i % 30) * 8, Math.floor(i / 30) * 4, 0] as const);
  const layer = buildTileLayer([cubes(corners)], corners.length);
  if (!layer) throw new Error("no layer");
  const lit = litPanes(layer);
  const share = corners.filter((_, feature) => (lit[feature * 8] as number) > 0).length / corners.length;
  expect(share).toBeGreaterThan(0.28);
  expect(share).toBeLessThan(0.44);
  expect(litPanes(layer)).toEqual(lit);
});

test("lying glass stays dark", () => {
  const layer = buildTileLayer([cubes([[0, 0, 0]])], 1);
  if (!layer) throw new Error("no layer");
  const flat = { ...layer, boxes: Float32Array.from([0, 0, 0, 1, 0.1, 1]) };
  expect(Math.max(...litPanes(flat))).toBe(0);
});
