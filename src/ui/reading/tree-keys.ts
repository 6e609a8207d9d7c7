import { type ElementTree, hasChildren } from "../../domain/reading/element-tree.ts";

/** What a key does in a tree: another row, open or close, choose. */
export type TreeMove =
  | { readonly kind: "go"; readonly at: number }
  | { readonly kind: "open" | "close" | "choose" | "toggle"; readonly node: number };

const PAGE = 12;

/**
 * Keys of the tree pattern of ARIA.
 *
 * @param nodes those that show, in order
 * @param at place among them
 */
export function treeMove(
  key: string,
  tree: ElementTree,
  nodes: Uint32Array,
  at: number,
  isOpen: (node: number) => boolean,
): TreeMove | null {
  const node = nodes[at];
  if (node === undefined) return null;
  const go = (to: number): TreeMove => ({ kind: "go", at: Math.min(nodes.length - 1, Math.max(0, to)) });
  switch (key) {
    case "ArrowDown":
      return go(at + 1);
    case "ArrowUp":
      return go(at - 1);
    case "PageDown":
      return go(at + PAGE);
    case "PageUp":
      return go(at - PAGE);
    case "Home":
      return go(0);
    case "End":
      return go(nodes.length - 1);
    case "ArrowRight":
      if (!hasChildren(tree, node)) return null;
      return isOpen(node) ? go(at + 1) : { kind: "open", node };
    case "ArrowLeft":
      if (hasChildren(tree, node) && isOpen(node)) return { kind: "close", node };
      return go(parentOf(tree, nodes, at));
    case "Enter":
      return { kind: "choose", node };
    case " ":
      return { kind: "toggle", node };
    default:
      return null;
  }
}

function parentOf(tree: ElementTree, nodes: Uint32Array, at: number): number {
  const depth = tree.depths[nodes[at]!]!;
  for (let i = at - 1; i >= 0; i--) if (tree.depths[nodes[i]!]! < depth) return i;
  return at;
}
