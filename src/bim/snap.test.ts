import { expect, it } from "vitest";
import { snapToEdges } from "./snap.ts";

/** Looking down: 100 pixels a metre. */
const project = ([x, , z]: readonly number[]) => [x! * 100, z! * 100] as const;
const edges = [0, 0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 2];
const all = () => true;

it("takes a vertex within reach, before the edges that meet in it", () => {
  const snapped = snapToEdges([1.95, 0, 0.05], [195, 5], edges, project, all);
  expect(snapped).toEqual({ point: [2, 0, 0], kind: "vertex" });
});

it("takes the nearest point of an edge", () => {
  const { point, kind } = snapToEdges([1, 0, 0.06], [100, 6], edges, project, all);
  expect(kind).toBe("edge");
  expect(point).toEqual([1, 0, 0]);
});

it("leaves the point where nothing is near, or is cut away", () => {
  expect(snapToEdges([1, 0, 1], [100, 100], edges, project, all).kind).toBe("face");
  expect(snapToEdges([2, 0, 0.01], [200, 1], edges, project, () => false).kind).toBe("face");
});
