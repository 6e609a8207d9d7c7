import { expect, it } from "vitest";
import { buildElementTree, visibleNodes } from "../../domain/reading/element-tree.ts";
import { treeMove } from "./tree-keys.ts";
import { rowsInView, scrollFor } from "./use-virtual-rows.ts";

const leaf = (label: string, rows: number[]) => ({ label, note: "", rows, branches: [] });
const tree = buildElementTree(
  [{ label: "root", note: "", rows: [], branches: [leaf("a", [0, 1]), leaf("b", [2])] }],
  (row) => [`e${row}`, ""],
);
const open = new Set([0, 1]);
const nodes = visibleNodes(tree, open);
const move = (key: string, at: number) => treeMove(key, tree, nodes, at, (node) => open.has(node));

it("arrows go up and down, open, close, and out to the parent", () => {
  expect(tree.labels).toEqual(["root", "a", "e0", "e1", "b", "e2"]);
  expect(move("ArrowDown", 0)).toEqual({ kind: "go", at: 1 });
  expect(move("ArrowUp", 0)).toEqual({ kind: "go", at: 0 });
  expect(move("End", 0)).toEqual({ kind: "go", at: 4 });
  expect(move("ArrowRight", 4)).toEqual({ kind: "open", node: 4 });
  expect(move("ArrowRight", 1)).toEqual({ kind: "go", at: 2 });
  expect(move("ArrowLeft", 1)).toEqual({ kind: "close", node: 1 });
  expect(move("ArrowLeft", 3)).toEqual({ kind: "go", at: 1 });
  expect(move(" ", 3)).toEqual({ kind: "toggle", node: 3 });
  expect(move("Enter", 3)).toEqual({ kind: "choose", node: 3 });
  expect(move("q", 3)).toBe(null);
});

it("makes only rows in view, and scrolls no further than needed", () => {
  const { first, last } = rowsInView(28_000, 280, 50_000, 28);
  expect(first).toBe(992);
  expect(last).toBe(1018);
  expect(rowsInView(0, 280, 3, 28)).toEqual({ first: 0, last: 3 });
  expect(scrollFor(2, 100, 280, 28)).toBe(56);
  expect(scrollFor(5, 100, 280, 28)).toBe(null);
  expect(scrollFor(20, 100, 280, 28)).toBe(308);
});
