/** A point of an element that the pointer is drawn to. Scene frame. */
export interface SnappedPoint {
  readonly point: readonly [number, number, number];
  readonly kind: "vertex" | "edge" | "face";
}

type Vec3 = readonly [number, number, number];

/** Pixels within which a vertex, or else an edge, takes the pointer. A vertex wins over the edges that meet in it. */
const VERTEX_PX = 13;
const EDGE_PX = 9;

/**
 * The vertex or point of an edge nearest to the pointer, where one is near; else the point that was hit.
 *
 * @param edges six numbers an edge
 * @param project pixels from the top left; null behind the eye
 * @param accepts false for points that sections have cut away
 */
export function snapToEdges(
  hit: Vec3,
  pointer: readonly [number, number],
  edges: ArrayLike<number>,
  project: (point: Vec3) => readonly [number, number] | null,
  accepts: (point: Vec3) => boolean,
): SnappedPoint {
  let vertex: Vec3 | null = null;
  let vertexPx = VERTEX_PX;
  let onEdge: Vec3 | null = null;
  let edgePx = EDGE_PX;
  for (let i = 0; i + 5 < edges.length; i += 6) {
    const a: Vec3 = [edges[i]!, edges[i + 1]!, edges[i + 2]!];
    const b: Vec3 = [edges[i + 3]!, edges[i + 4]!, edges[i + 5]!];
    const [pa, pb] = [project(a), project(b)];
    if (!pa || !pb) continue;
    for (const [end, at] of [
      [a, pa],
      [b, pb],
    ] as const) {
      const away = Math.hypot(at[0] - pointer[0], at[1] - pointer[1]);
      if (away >= vertexPx || !accepts(end)) continue;
      vertexPx = away;
      vertex = end;
    }
    if (awayFromSegment(pointer, pa, pb) >= edgePx) continue;
    const foot = footOn(hit, a, b);
    const at = project(foot);
    const away = at ? Math.hypot(at[0] - pointer[0], at[1] - pointer[1]) : edgePx;
    if (away >= edgePx || !accepts(foot)) continue;
    edgePx = away;
    onEdge = foot;
  }
  if (vertex) return { point: vertex, kind: "vertex" };
  return onEdge ? { point: onEdge, kind: "edge" } : { point: hit, kind: "face" };
}

function awayFromSegment(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(ax + dx * t - x, ay + dy * t - y);
}

/** The point of a segment nearest to `p`. */
function footOn(p: Vec3, a: Vec3, b: Vec3): Vec3 {
  const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const length = d[0] ** 2 + d[1] ** 2 + d[2] ** 2;
  const along = (p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1] + (p[2] - a[2]) * d[2];
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, along / length));
  return [a[0] + d[0] * t, a[1] + d[1] * t, a[2] + d[2] * t];
}
