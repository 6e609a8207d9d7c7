/** Undirected weighted graph: neighbours of node n are `target[offset[n]..offset[n + 1])`, seconds beside them. */
export interface Adjacency {
  readonly nodes: number;
  readonly offset: Uint32Array;
  readonly target: Uint32Array;
  readonly seconds: Float64Array;
}

/** Where a search begins or ends: nodes with what it costs to come there. */
export type Anchors = readonly { readonly node: number; readonly seconds: number }[];

export interface SearchTree {
  /** Seconds from the start, Infinity where it was not reached. */
  readonly seconds: Float64Array;
  /** The node before, -1 at the start. */
  readonly before: Int32Array;
}

export function adjacencyOf(
  nodes: number,
  from: Uint32Array,
  to: Uint32Array,
  secondsOfEdge: Float64Array,
): Adjacency {
  const offset = new Uint32Array(nodes + 1);
  for (let e = 0; e < from.length; e++) {
    offset[from[e]! + 1]!++;
    offset[to[e]! + 1]!++;
  }
  for (let n = 0; n < nodes; n++) offset[n + 1]! += offset[n]!;
  const place = offset.slice(0, nodes);
  const target = new Uint32Array(from.length * 2);
  const seconds = new Float64Array(from.length * 2);
  const put = (a: number, b: number, cost: number): void => {
    const at = place[a]!++;
    target[at] = b;
    seconds[at] = cost;
  };
  for (let e = 0; e < from.length; e++) {
    put(from[e]!, to[e]!, secondsOfEdge[e]!);
    put(to[e]!, from[e]!, secondsOfEdge[e]!);
  }
  return { nodes, offset, target, seconds };
}

/**
 * Dijkstra from the start until every wanted node is settled (all that can be reached when none is named).
 * `leastRest` makes it A*: seconds that a node needs at least to the goal, never too many.
 */
export function search(
  graph: Adjacency,
  start: Anchors,
  wanted: ReadonlySet<number> | null,
  leastRest: ((node: number) => number) | null = null,
): SearchTree {
  const seconds = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(graph.nodes).fill(-1);
  const settled = new Uint8Array(graph.nodes);
  const heap = new MinHeap();
  for (const { node, seconds: cost } of start) {
    if (cost >= seconds[node]!) continue;
    seconds[node] = cost;
    heap.push(node, cost + (leastRest?.(node) ?? 0));
  }
  let open = wanted?.size ?? -1;
  while (heap.size > 0 && open !== 0) {
    const node = heap.pop();
    if (settled[node] === 1) continue;
    settled[node] = 1;
    if (wanted?.has(node)) open--;
    for (let i = graph.offset[node]!; i < graph.offset[node + 1]!; i++) {
      const next = graph.target[i]!;
      const cost = seconds[node]! + graph.seconds[i]!;
      if (cost >= seconds[next]!) continue;
      seconds[next] = cost;
      before[next] = node;
      heap.push(next, cost + (leastRest?.(next) ?? 0));
    }
  }
  return { seconds, before };
}

/** Component number of each node; 0 is the one with the most nodes. */
export function componentsOf(graph: Adjacency): Uint32Array {
  const found = new Int32Array(graph.nodes).fill(-1);
  const sizes: number[] = [];
  for (let first = 0; first < graph.nodes; first++) {
    if (found[first] !== -1) continue;
    const number = sizes.length;
    const stack = [first];
    found[first] = number;
    let size = 0;
    while (stack.length > 0) {
      const node = stack.pop()!;
      size++;
      for (let i = graph.offset[node]!; i < graph.offset[node + 1]!; i++) {
        const next = graph.target[i]!;
        if (found[next] !== -1) continue;
        found[next] = number;
        stack.push(next);
      }
    }
    sizes.push(size);
  }
  const byRank = sizes.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const rank = new Uint32Array(sizes.length);
  for (const [place, number] of byRank.entries()) rank[number] = place;
  return Uint32Array.from(found, (number) => rank[number]!);
}

/** Binary heap of nodes by key; the same node may be in it more than once. */
class MinHeap {
  #nodes: number[] = [];
  #keys: number[] = [];

  get size(): number {
    return this.#nodes.length;
  }

  push(node: number, key: number): void {
    const nodes = this.#nodes;
    const keys = this.#keys;
    let at = nodes.push(node) - 1;
    keys.push(key);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      nodes[at] = nodes[parent]!;
      keys[at] = keys[parent]!;
      at = parent;
    }
    nodes[at] = node;
    keys[at] = key;
  }

  pop(): number {
    const nodes = this.#nodes;
    const keys = this.#keys;
    const top = nodes[0]!;
    const node = nodes.pop()!;
    const key = keys.pop()!;
    const size = nodes.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      nodes[at] = nodes[child]!;
      keys[at] = keys[child]!;
      at = child;
    }
    nodes[at] = node;
    keys[at] = key;
    return top;
  }
}
