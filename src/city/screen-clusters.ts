/** Marks on the screen that may be gathered. Arrays of equal length; `levels` 1 (worst) to 4, pixels from the top left corner. */
export interface ScreenMarks {
  readonly rows: Uint32Array;
  readonly levels: Uint8Array;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly count: number;
}

/** Index k of every array belongs to the k-th cluster; `memberOf[i]` is the cluster of mark i, -1 outside the window. */
export interface Clusters {
  readonly count: number;
  /** Mark that stands for the cluster: its worst, of those the first. */
  readonly anchors: Uint32Array;
  readonly sizes: Uint32Array;
  /** Four numbers a cluster: members of level 1 to 4. */
  readonly splits: Uint32Array;
  readonly memberOf: Int32Array;
}

export interface ClusterWindow {
  readonly width: number;
  readonly height: number;
  /** Marks this far outside still count: they come in with the next pan. */
  readonly margin: number;
  /** Marks nearer than this to a worse one are gathered into it. */
  readonly radius: number;
}

/**
 * Gathers marks that would lie on one another. Worst first, each takes the nearest standing cluster within `radius`, or
 * stands for itself: so a cluster stands at the true place of its worst member and does not wander when the camera pans.
 * A grid of `radius` cells finds neighbours; linear in the number of marks. The mark `alone` (an index, or -1) is never
 * gathered.
 */
export function clusterMarks(marks: ScreenMarks, window: ClusterWindow, alone = -1): Clusters {
  const grid = new AnchorGrid(marks, window);
  const { count, levels } = marks;
  const memberOf = new Int32Array(count).fill(-1);
  const anchors = new Uint32Array(count);
  const sizes = new Uint32Array(count);
  const splits = new Uint32Array(count * 4);
  let clusters = 0;
  const stand = (mark: number): number => {
    anchors[clusters] = mark;
    return clusters++;
  };
  for (let level = 1; level <= 4; level++)
    for (let mark = 0; mark < count; mark++) {
      if (levels[mark] !== level || !grid.holds(mark)) continue;
      let cluster = mark === alone ? -1 : grid.nearest(mark, anchors);
      if (cluster < 0) {
        cluster = stand(mark);
        if (mark !== alone) grid.put(mark, cluster);
      }
      memberOf[mark] = cluster;
      sizes[cluster] = sizes[cluster]! + 1;
      splits[cluster * 4 + level - 1] = splits[cluster * 4 + level - 1]! + 1;
    }
  return {
    count: clusters,
    anchors: anchors.subarray(0, clusters),
    sizes: sizes.subarray(0, clusters),
    splits: splits.subarray(0, clusters * 4),
    memberOf,
  };
}

/** Standing clusters by the cell of their anchor: lists in two arrays. */
class AnchorGrid {
  readonly #marks: ScreenMarks;
  readonly #window: ClusterWindow;
  readonly #columns: number;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  constructor(marks: ScreenMarks, window: ClusterWindow) {
    this.#marks = marks;
    this.#window = window;
    this.#columns = Math.ceil((window.width + 2 * window.margin) / window.radius) + 1;
    const rows = Math.ceil((window.height + 2 * window.margin) / window.radius) + 1;
    this.#heads = new Int32Array(this.#columns * rows).fill(-1);
    this.#next = new Int32Array(marks.count).fill(-1);
  }

  holds(mark: number): boolean {
    const { width, height, margin } = this.#window;
    const x = this.#marks.xs[mark]!;
    const y = this.#marks.ys[mark]!;
    return x >= -margin && y >= -margin && x <= width + margin && y <= height + margin;
  }

  put(mark: number, cluster: number): void {
    const cell = this.#row(mark) * this.#columns + this.#column(mark);
    this.#next[cluster] = this.#heads[cell]!;
    this.#heads[cell] = cluster;
  }

  /** The cluster whose anchor is nearest and within the radius; -1 when none is. */
  nearest(mark: number, anchors: Uint32Array): number {
    const { xs, ys } = this.#marks;
    const column = this.#column(mark);
    const row = this.#row(mark);
    const rows = this.#heads.length / this.#columns;
    let best = -1;
    let bestDistance = this.#window.radius * this.#window.radius;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
      for (let c = Math.max(0, column - 1); c <= Math.min(this.#columns - 1, column + 1); c++)
        for (let k = this.#heads[r * this.#columns + c]!; k >= 0; k = this.#next[k]!) {
          const dx = xs[anchors[k]!]! - xs[mark]!;
          const dy = ys[anchors[k]!]! - ys[mark]!;
          const distance = dx * dx + dy * dy;
          if (distance >= bestDistance) continue;
          best = k;
          bestDistance = distance;
        }
    return best;
  }

  #column(mark: number): number {
    return Math.floor((this.#marks.xs[mark]! + this.#window.margin) / this.#window.radius);
  }

  #row(mark: number): number {
    return Math.floor((this.#marks.ys[mark]! + this.#window.margin) / this.#window.radius);
  }
}
