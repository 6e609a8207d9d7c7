/** What a tree is ordered by. */
export const TREE_ORDERS = ["spatial", "class", "type", "system"] as const;
export type TreeOrder = (typeof TREE_ORDERS)[number];

/**
 * A tree of elements in columns, parents before children: fifty thousand elements are a few arrays, and what lies below
 * a node is a stretch of one of them.
 */
export interface ElementTree {
  readonly labels: readonly string[];
  /** Class of a node, empty where the label says all. */
  readonly notes: readonly string[];
  /** Depth, 0 for roots. */
  readonly depths: Uint8Array;
  /** One behind the last node of the subtree. */
  readonly ends: Uint32Array;
  /** Rows in the order of the leaves. */
  readonly rows: Uint32Array;
  /** Node n holds rows[from[n]] to rows[to[n] - 1]. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** 1 for a node that is one element. */
  readonly isElement: Uint8Array;
}

export interface TreeBranch {
  readonly label: string;
  readonly note: string;
  readonly rows: readonly number[];
  readonly branches: readonly TreeBranch[];
}

const MAX_DEPTH = 60;

/** @param labelOf name and note of an element */
export function buildElementTree(
  roots: readonly TreeBranch[],
  labelOf: (row: number) => readonly [label: string, note: string],
): ElementTree {
  const labels: string[] = [];
  const notes: string[] = [];
  const depths: number[] = [];
  const ends: number[] = [];
  const rows: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const isElement: number[] = [];
  const open = (label: string, note: string, depth: number): number => {
    notes.push(note);
    depths.push(depth);
    from.push(rows.length);
    isElement.push(0);
    ends.push(0);
    to.push(0);
    return labels.push(label) - 1;
  };
  const close = (node: number) => {
    ends[node] = labels.length;
    to[node] = rows.length;
  };
  const walk = (branch: TreeBranch, depth: number) => {
    const node = open(branch.label, branch.note, depth);
    if (depth < MAX_DEPTH) for (const child of branch.branches) walk(child, depth + 1);
    for (const row of branch.rows) {
      const leaf = open(...labelOf(row), depth + 1);
      isElement[leaf] = 1;
      rows.push(row);
      close(leaf);
    }
    close(node);
  };
  for (const root of roots) walk(root, 0);
  return {
    labels,
    notes,
    depths: Uint8Array.from(depths),
    ends: Uint32Array.from(ends),
    rows: Uint32Array.from(rows),
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    isElement: Uint8Array.from(isElement),
  };
}

/** Nodes that show, in order, when those of `expanded` are open. */
export function visibleNodes(tree: ElementTree, expanded: ReadonlySet<number>): Uint32Array {
  const nodes: number[] = [];
  for (let node = 0; node < tree.labels.length; ) {
    nodes.push(node);
    node = expanded.has(node) ? node + 1 : tree.ends[node]!;
  }
  return Uint32Array.from(nodes);
}

export function hasChildren(tree: ElementTree, node: number): boolean {
  return tree.ends[node]! > node + 1;
}

/** Nodes that hold the element's own node open: its ancestors; the element's node is last. Empty when it is not there. */
export function pathToRow(tree: ElementTree, row: number): number[] {
  const at = tree.rows.indexOf(row);
  if (at < 0) return [];
  const path: number[] = [];
  for (let node = 0; node < tree.labels.length; ) {
    const isInside = tree.from[node]! <= at && at < tree.to[node]!;
    if (isInside) path.push(node);
    if (isInside && tree.isElement[node]) return path;
    node = isInside ? node + 1 : tree.ends[node]!;
  }
  return path;
}
