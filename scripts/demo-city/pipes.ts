import { type PlanarGraph, type PlaneLine, planarGraph } from "../../workers/analysis/planar-graph.ts";
import type { RoadClass } from "./plan.ts";
import { createRandom, seedOf } from "./random.ts";
import type { Skeleton } from "./skeleton.ts";

type PipeKind = "gas" | "water" | "heat" | "drainage";

interface MainPlan {
  readonly kind: PipeKind;
  /** Streets that carry such a main. */
  readonly classes: readonly RoadClass[];
  /** Nominal millimetres, largest street first. */
  readonly diametersMm: Readonly<Partial<Record<RoadClass, number>>>;
  readonly materials: readonly string[];
  readonly valves: number;
  /** Metres from the origin within which the main is laid. */
  readonly within: number;
}

/** Sample mains: sizes and materials as they are common in a large northern city, from memory. */
const MAINS: readonly MainPlan[] = [
  {
    kind: "gas",
    classes: ["trunk", "primary", "secondary"],
    diametersMm: { trunk: 500, primary: 300, secondary: 200 },
    materials: ["钢", "聚乙烯"],
    valves: 0.55,
    within: 12_000,
  },
  {
    kind: "water",
    classes: ["trunk", "primary", "secondary"],
    diametersMm: { trunk: 1000, primary: 600, secondary: 300 },
    materials: ["球墨铸铁", "灰口铸铁", "钢"],
    valves: 0.6,
    within: 14_000,
  },
  {
    kind: "heat",
    classes: ["primary", "secondary"],
    diametersMm: { primary: 800, secondary: 400 },
    materials: ["预制直埋保温钢管"],
    valves: 0.4,
    within: 9000,
  },
  {
    kind: "drainage",
    classes: ["trunk", "primary", "secondary"],
    diametersMm: { trunk: 1800, primary: 1200, secondary: 800 },
    materials: ["钢筋混凝土"],
    valves: 0,
    within: 14_000,
  },
];
const CLASSES: readonly RoadClass[] = ["motorway", "trunk", "primary", "secondary", "residential"];
/** How many places feed each kind. */
const SOURCES = 3;

/** `network.json`: SAMPLE mains under the drawn main streets, cut where the streets cross. */
export function createPipes(skeleton: Skeleton) {
  const lines = skeleton.streets
    .filter((street) => street.class !== "motorway" && street.class !== "residential")
    .map(
      ({ line, class: roadClass }): PlaneLine => ({
        points: Float64Array.from(line.flat()),
        tag: CLASSES.indexOf(roadClass),
      }),
    );
  const graph = planarGraph(lines, { joinWithin: 40, reach: 0 });
  const links = linksOf(graph);
  const nodes = new NodeList(skeleton, graph);
  const random = createRandom(seedOf(skeleton.plan.id, "pipes"));
  const pipes = MAINS.flatMap((main) => {
    const laid = links.filter(
      ({ tag, nodes: path }) =>
        main.classes.includes(CLASSES[tag]!) &&
        Math.hypot(graph.nodeX[path[0]!]!, graph.nodeY[path[0]!]!) < main.within,
    );
    return laid.map((link, i) => ({
      id: `${skeleton.plan.idPrefix}-${main.kind.toUpperCase()}-${String(i + 1).padStart(4, "0")}`,
      kind: main.kind,
      from: nodes.at(link.nodes[0]!),
      to: nodes.at(link.nodes.at(-1)!),
      diameterMm: main.diametersMm[CLASSES[link.tag]!]!,
      material: random.pick(main.materials),
      year: random.int(1978, 2022),
      valves: [random.chance(main.valves), random.chance(main.valves)] as [boolean, boolean],
      path: link.nodes.map((node) => nodes.degreesOf(node)),
    }));
  });
  const sources = Object.fromEntries(
    MAINS.map(({ kind }) => [
      kind,
      sourcesOf(
        pipes.filter((pipe) => pipe.kind === kind),
        nodes.places,
      ),
    ]),
  );
  return {
    version: 1,
    provenance: {
      kind: "SAMPLE",
      source: { zh: "示范管网（沿主干道生成）", en: "demonstration mains (generated along main roads)" },
    },
    nodes: nodes.places,
    sources,
    pipes,
  };
}

/** Positions of the graph's nodes that pipes begin and end at. */
class NodeList {
  readonly places: [number, number][] = [];
  readonly #skeleton: Skeleton;
  readonly #graph: PlanarGraph;
  readonly #positions = new Map<number, number>();

  constructor(skeleton: Skeleton, graph: PlanarGraph) {
    this.#skeleton = skeleton;
    this.#graph = graph;
  }

  at(node: number): number {
    const known = this.#positions.get(node);
    if (known !== undefined) return known;
    const position = this.places.push(this.degreesOf(node)) - 1;
    this.#positions.set(node, position);
    return position;
  }

  degreesOf(node: number): [number, number] {
    const [lon, lat] = this.#skeleton.plane.toDegrees([this.#graph.nodeX[node]!, this.#graph.nodeY[node]!]);
    return [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
  }
}

interface Link {
  readonly tag: number;
  readonly nodes: readonly number[];
}

/** Chains of edges of one tag between nodes where streets meet or end. */
function linksOf({ nodeX, edgeFrom, edgeTo, edgeTag }: PlanarGraph): Link[] {
  const edgesAt: number[][] = Array.from({ length: nodeX.length }, () => []);
  for (let e = 0; e < edgeFrom.length; e++) {
    edgesAt[edgeFrom[e]!]!.push(e);
    edgesAt[edgeTo[e]!]!.push(e);
  }
  const isThrough = (node: number): boolean => {
    const edges = edgesAt[node]!;
    return edges.length === 2 && edgeTag[edges[0]!] === edgeTag[edges[1]!];
  };
  const used = new Uint8Array(edgeFrom.length);
  const walk = (start: number, first: number): Link => {
    const nodes = [start];
    let [edge, node] = [first, start];
    for (;;) {
      used[edge] = 1;
      node = edgeFrom[edge] === node ? edgeTo[edge]! : edgeFrom[edge]!;
      nodes.push(node);
      const next = edgesAt[node]!.find((other) => used[other] === 0);
      if (!isThrough(node) || next === undefined) return { tag: edgeTag[first]!, nodes };
      edge = next;
    }
  };
  const links: Link[] = [];
  for (const isStart of [(node: number) => !isThrough(node), () => true])
    for (let node = 0; node < nodeX.length; node++)
      if (isStart(node))
        for (const edge of edgesAt[node]!) if (used[edge] === 0) links.push(walk(node, edge));
  return links;
}

/** The nodes of the widest pipes, far from one another. */
function sourcesOf(
  pipes: readonly { readonly from: number; readonly diameterMm: number }[],
  places: readonly (readonly [number, number])[],
): number[] {
  const widest = Math.max(0, ...pipes.map(({ diameterMm }) => diameterMm));
  const sites = pipes.filter(({ diameterMm }) => diameterMm === widest).map(({ from }) => from);
  const chosen: number[] = sites.slice(0, 1);
  const gap = (a: number, b: number): number =>
    Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1]);
  while (chosen.length < Math.min(SOURCES, new Set(sites).size))
    chosen.push(
      sites.reduce((best, one) =>
        Math.min(...chosen.map((c) => gap(c, one))) > Math.min(...chosen.map((c) => gap(c, best)))
          ? one
          : best,
      ),
    );
  return chosen;
}
