import { expect, it } from "vitest";
import { buildElementTree, hasChildren, pathToRow, type TreeBranch, visibleNodes } from "./element-tree.ts";

const storey = (label: string, rows: number[], branches: TreeBranch[] = []): TreeBranch => ({
  label,
  note: "IfcBuildingStorey",
  rows,
  branches,
});

function tree() {
  const roots = [
    storey("Building", [], [storey("一层", [4, 0], [storey("Room", [7])]), storey("二层", [2])]),
  ];
  return buildElementTree(roots, (row) => [`element ${row}`, "IfcWall"]);
}

it("keeps what lies below a node together", () => {
  const built = tree();
  expect(built.labels).toEqual([
    "Building",
    "一层",
    "Room",
    "element 7",
    "element 4",
    "element 0",
    "二层",
    "element 2",
  ]);
  const below = (node: number) => [...built.rows.subarray(built.from[node], built.to[node])];
  expect(below(0)).toEqual([7, 4, 0, 2]);
  expect(below(1)).toEqual([7, 4, 0]);
  expect(below(5)).toEqual([0]);
  expect([0, 2, 5].map((node) => hasChildren(built, node))).toEqual([true, true, false]);
});

it("shows the children of what is open", () => {
  const built = tree();
  expect([...visibleNodes(built, new Set())]).toEqual([0]);
  expect([...visibleNodes(built, new Set([0, 1]))]).toEqual([0, 1, 2, 4, 5, 6]);
  expect([...visibleNodes(built, new Set([1]))], "inside a closed node nothing shows").toEqual([0]);
});

it("finds the way to an element", () => {
  expect(pathToRow(tree(), 7)).toEqual([0, 1, 2, 3]);
  expect(pathToRow(tree(), 99)).toEqual([]);
});
