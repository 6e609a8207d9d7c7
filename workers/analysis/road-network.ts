import { OFF_ROAD_SPEED_KMH, ROAD_CLASSES, ROAD_SPEEDS_KMH } from "../../src/domain/road.ts";
import { createLocalPlane, type LocalPlane } from "../../src/geo/local-plane.ts";
import type { LonLatPlace } from "./contract.ts";
import { type PlanarGraph, type PlaneLine, planarGraph } from "./planar-graph.ts";
import { type Adjacency, adjacencyOf, componentsOf, search } from "./shortest-path.ts";

/** Sample streets stop at the edge of the main road's right of way, and some a block before it. */
const JOIN = { joinWithin: 16, reach: 260 } as const;
/** A place farther than this from every road cannot be driven to, metres. */
const MAX_SNAP = 1500;
const CELL = 250;
const METRES_PER_SECOND = 1 / 3.6;
const FASTEST = Math.max(...Object.values(ROAD_SPEEDS_KMH)) * METRES_PER_SECOND;
const OFF_ROAD = OFF_ROAD_SPEED_KMH * METRES_PER_SECOND;

/** A way along roads; lon, lat pairs in degrees from start to end. */
export interface RoadWay {
  readonly length: number;
  readonly durationS: number;
  readonly path: readonly (readonly [number, number])[];
}

/** A place on the nearest edge. */
interface Snap {
  readonly edge: number;
  /** Share of the edge from its `from` node. */
  readonly share: number;
  readonly x: number;
  readonly y: number;
  readonly placeX: number;
  readonly placeY: number;
  /** Metres from the place to the edge. */
  readonly gap: number;
}

/**
 * The roads of a city as an undirected graph. Crossings join at any level and no road is one-way: the base map knows neither.
 * Travel times are lengths over the speeds of the classes.
 */
export class RoadNetwork {
  readonly graph: PlanarGraph;
  readonly adjacency: Adjacency;
  /** Component of each node; 0 is the largest. */
  readonly components: Uint32Array;
  readonly #plane: LocalPlane;
  readonly #secondsOfEdge: Float64Array;
  readonly #edgeCells = new Map<number, number[]>();

  /** `lines`: lon, lat pairs with a position in ROAD_CLASSES each. */
  constructor(
    lines: readonly { readonly line: readonly (readonly [number, number])[]; readonly roadClass: number }[],
  ) {
    const [lon, lat] = lines[0]?.line[0] ?? [0, 0];
    this.#plane = createLocalPlane(lon, lat);
    const planeLines = lines.map(
      ({ line, roadClass }): PlaneLine => ({ points: this.#toPlane(line), tag: roadClass }),
    );
    this.graph = planarGraph(planeLines, JOIN);
    const { nodeX, edgeFrom, edgeTo, edgeTag, edgeLength } = this.graph;
    this.#secondsOfEdge = edgeLength.map(
      (length, e) => length / (ROAD_SPEEDS_KMH[ROAD_CLASSES[edgeTag[e]!]!] * METRES_PER_SECOND),
    );
    this.adjacency = adjacencyOf(nodeX.length, edgeFrom, edgeTo, this.#secondsOfEdge);
    this.components = componentsOf(this.adjacency);
    this.#fillCells();
  }

  /** Ways from each place to `to`, in the order of `from`; null where no road leads. */
  waysTo(to: LonLatPlace, from: readonly LonLatPlace[]): readonly (RoadWay | null)[] {
    const goal = this.#snap(to);
    if (goal === null) return from.map(() => null);
    const snaps = from.map((place) => this.#snap(place));
    const wanted = new Set(snaps.flatMap((snap) => (snap === null ? [] : this.#endsOf(snap.edge))));
    const tree = search(this.adjacency, this.#anchors(goal), wanted);
    return snaps.map((snap) => (snap === null ? null : this.#wayAlong(snap, goal, tree)));
  }

  /** The way between two places by A*. */
  way(from: LonLatPlace, to: LonLatPlace): RoadWay | null {
    const [start, goal] = [this.#snap(from), this.#snap(to)];
    if (start === null || goal === null) return null;
    const { nodeX, nodeY } = this.graph;
    const leastRest = (node: number): number =>
      Math.hypot(nodeX[node]! - start.x, nodeY[node]! - start.y) / FASTEST;
    const tree = search(this.adjacency, this.#anchors(goal), new Set(this.#endsOf(start.edge)), leastRest);
    return this.#wayAlong(start, goal, tree);
  }

  /** Seconds from `from` to every node; for reach over an area. */
  secondsFrom(from: readonly LonLatPlace[]): Float64Array {
    const anchors = from.flatMap((place) => {
      const snap = this.#snap(place);
      return snap === null ? [] : this.#anchors(snap);
    });
    return search(this.adjacency, anchors, null).seconds;
  }

  /** Seconds to a place out of seconds to every node; Infinity where no road leads. */
  secondsAt(place: LonLatPlace, secondsOfNode: Float64Array): number {
    const snap = this.#snap(place);
    if (snap === null) return Number.POSITIVE_INFINITY;
    return Math.min(
      ...this.#anchors(snap).map(({ node, seconds }) => seconds + (secondsOfNode[node] ?? Infinity)),
    );
  }

  #toPlane(line: readonly (readonly [number, number])[]): Float64Array {
    const points = new Float64Array(line.length * 2);
    for (const [i, [lon, lat]] of line.entries()) {
      points[i * 2] = this.#plane.east(lon);
      points[i * 2 + 1] = this.#plane.north(lat);
    }
    return points;
  }

  /** Leftovers that touch nothing are passed over: a place next to one is led to the roads that lead somewhere. */
  #fillCells(): void {
    const { nodeX, nodeY, edgeFrom, edgeTo } = this.graph;
    const sizes = new Uint32Array(this.components.length + 1);
    for (const number of this.components) sizes[number]!++;
    const least = Math.max(SMALL_COMPONENT, nodeX.length * SMALL_SHARE);
    for (let e = 0; e < edgeFrom.length; e++) {
      const [a, b] = [edgeFrom[e]!, edgeTo[e]!];
      const component = this.components[a]!;
      if (component > 0 && sizes[component]! < least) continue;
      const [west, east] = [Math.min(nodeX[a]!, nodeX[b]!), Math.max(nodeX[a]!, nodeX[b]!)];
      const [south, north] = [Math.min(nodeY[a]!, nodeY[b]!), Math.max(nodeY[a]!, nodeY[b]!)];
      for (let row = Math.floor(south / CELL); row <= Math.floor(north / CELL); row++)
        for (let column = Math.floor(west / CELL); column <= Math.floor(east / CELL); column++) {
          const key = cellKey(column, row);
          const cell = this.#edgeCells.get(key);
          if (cell) cell.push(e);
          else this.#edgeCells.set(key, [e]);
        }
    }
  }

  #snap({ longitudeDeg, latitudeDeg }: LonLatPlace): Snap | null {
    const x = this.#plane.east(longitudeDeg);
    const y = this.#plane.north(latitudeDeg);
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    let best: Snap | null = null;
    for (let ring = 0; ring * CELL <= MAX_SNAP + CELL; ring++) {
      if (best !== null && best.gap <= (ring - 1) * CELL) break;
      for (let r = row - ring; r <= row + ring; r++)
        for (let c = column - ring; c <= column + ring; c++) {
          if (Math.max(Math.abs(r - row), Math.abs(c - column)) !== ring) continue;
          for (const edge of this.#edgeCells.get(cellKey(c, r)) ?? []) {
            const snap = this.#onEdge(edge, x, y);
            if (best === null || snap.gap < best.gap) best = snap;
          }
        }
    }
    return best !== null && best.gap <= MAX_SNAP ? best : null;
  }

  #onEdge(edge: number, placeX: number, placeY: number): Snap {
    const { nodeX, nodeY, edgeFrom, edgeTo } = this.graph;
    const [a, b] = [edgeFrom[edge]!, edgeTo[edge]!];
    const [dx, dy] = [nodeX[b]! - nodeX[a]!, nodeY[b]! - nodeY[a]!];
    const along = ((placeX - nodeX[a]!) * dx + (placeY - nodeY[a]!) * dy) / (dx * dx + dy * dy);
    const share = Math.max(0, Math.min(1, along));
    const [x, y] = [nodeX[a]! + dx * share, nodeY[a]! + dy * share];
    return { edge, share, x, y, placeX, placeY, gap: Math.hypot(placeX - x, placeY - y) };
  }

  #endsOf(edge: number): readonly [number, number] {
    return [this.graph.edgeFrom[edge]!, this.graph.edgeTo[edge]!];
  }

  #anchors({ edge, share, gap }: Snap): { node: number; seconds: number }[] {
    const [a, b] = this.#endsOf(edge);
    const whole = this.#secondsOfEdge[edge]!;
    return [
      { node: a, seconds: gap / OFF_ROAD + share * whole },
      { node: b, seconds: gap / OFF_ROAD + (1 - share) * whole },
    ];
  }

  #wayAlong(
    start: Snap,
    goal: Snap,
    tree: { readonly seconds: Float64Array; readonly before: Int32Array },
  ): RoadWay | null {
    const isSameEdge = start.edge === goal.edge;
    const ends = this.#anchors(start)
      .map(({ node, seconds }) => ({ node, seconds: seconds + tree.seconds[node]! }))
      .sort((p, q) => p.seconds - q.seconds || p.node - q.node);
    const best = ends[0]!;
    const direct = isSameEdge
      ? (start.gap + goal.gap) / OFF_ROAD +
        Math.abs(start.share - goal.share) * this.#secondsOfEdge[start.edge]!
      : Number.POSITIVE_INFINITY;
    if (!Number.isFinite(best.seconds) && !isSameEdge) return null;
    const points: [number, number][] = [[start.x, start.y]];
    if (direct > best.seconds)
      for (let node = best.node; node !== -1; node = tree.before[node]!)
        points.push([this.graph.nodeX[node]!, this.graph.nodeY[node]!]);
    points.push([goal.x, goal.y]);
    const whole: [number, number][] = [[start.placeX, start.placeY], ...points, [goal.placeX, goal.placeY]];
    return {
      length: whole.reduce(
        (sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - whole[i - 1]![0], y - whole[i - 1]![1])),
        0,
      ),
      durationS: Math.min(direct, best.seconds),
      path: whole
        .filter(([x, y], i) => i === 0 || Math.hypot(x - whole[i - 1]![0], y - whole[i - 1]![1]) > 0.05)
        .map(([x, y]) => this.#plane.toDegrees(x, y)),
    };
  }
}

/** Fewer nodes than this that touch nothing else are a drawing's leftovers, not a place to send anybody. */
const SMALL_COMPONENT = 20;
/** In a whole city so are streets with less than this share of its nodes (66 of 20 595 are the most in the demo cities). */
const SMALL_SHARE = 0.01;
const cellKey = (column: number, row: number): number => (row + 0x8000) * 0x10000 + column + 0x8000;

/** The lines of the roads and ring roads of a base map (`base.json`). What is no road is passed over. */
export function roadLinesOf(
  base: unknown,
): { line: readonly (readonly [number, number])[]; roadClass: number }[] {
  const features = (base as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) return [];
  return features.flatMap((feature: BaseFeature) => {
    const { properties, geometry } = feature;
    if (properties?.kind !== "road" && properties?.kind !== "ring-road") return [];
    const named = ROAD_CLASSES.indexOf(properties.class as (typeof ROAD_CLASSES)[number]);
    const roadClass = named >= 0 ? named : ROAD_CLASSES.indexOf("residential");
    const lines = geometry?.type === "MultiLineString" ? geometry.coordinates : [geometry?.coordinates];
    return (lines as unknown[]).flatMap((line) =>
      Array.isArray(line) && line.length >= 2 ? [{ line: line as [number, number][], roadClass }] : [],
    );
  });
}

interface BaseFeature {
  readonly properties?: { readonly kind?: string; readonly class?: string };
  readonly geometry?: { readonly type?: string; readonly coordinates?: readonly unknown[] };
}
