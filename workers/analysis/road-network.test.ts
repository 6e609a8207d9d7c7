import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROAD_CLASSES, ROAD_SPEEDS_KMH } from "../../src/domain/road.ts";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import { seededNumbers } from "../../src/geo/seeded.fixture.ts";
import { distanceM } from "./area-search.ts";
import { leastCpuMs } from "./cpu-time.fixture.ts";
import { planarGraph } from "./planar-graph.ts";
import { RoadNetwork, roadLinesOf } from "./road-network.ts";
import { adjacencyOf, search } from "./shortest-path.ts";

const plane = createLocalPlane(123.4, 41.8);
const code = (name: (typeof ROAD_CLASSES)[number]): number => ROAD_CLASSES.indexOf(name);

function road(name: (typeof ROAD_CLASSES)[number], ...points: readonly (readonly [number, number])[]) {
  return { line: points.map(([x, y]) => plane.toDegrees(x, y)), roadClass: code(name) };
}

function place(x: number, y: number) {
  const [longitudeDeg, latitudeDeg] = plane.toDegrees(x, y);
  return { longitudeDeg, latitudeDeg };
}

const seconds = (metres: number, name: (typeof ROAD_CLASSES)[number]): number =>
  metres / (ROAD_SPEEDS_KMH[name] / 3.6);

describe("planarGraph", () => {
  const line = (...points: number[]) => ({ points: Float64Array.from(points), tag: 0 });

  it("cuts two lines where they cross", () => {
    const graph = planarGraph([line(0, 0, 100, 0), line(50, -50, 50, 50)], { joinWithin: 0, reach: 0 });
    expect(graph.nodeX.length).toBe(5);
    expect([...graph.edgeLength]).toEqual([50, 50, 50, 50]);
  });

  it("makes one node where one line ends on another", () => {
    const graph = planarGraph([line(0, 0, 100, 0), line(40, 0.4, 40, 60)], { joinWithin: 0, reach: 0 });
    expect(graph.edgeFrom.length).toBe(3);
    expect(graph.nodeX.length).toBe(4);
  });

  it("joins an end that stops short, sideways within `joinWithin` and straight ahead within `reach`", () => {
    const lines = [line(0, 0, 100, 0), line(40, 60, 40, 20)];
    expect(planarGraph(lines, { joinWithin: 10, reach: 0 }).edgeFrom.length).toBe(2);
    expect(planarGraph(lines, { joinWithin: 25, reach: 0 }).edgeFrom.length).toBe(4);
    expect(planarGraph(lines, { joinWithin: 10, reach: 25 }).edgeFrom.length).toBe(4);
  });
});

describe("RoadNetwork on a drawn town", () => {
  // a slow way straight through and a fast way round, 1 km a side
  const town = new RoadNetwork([
    road("residential", [0, 0], [1000, 0]),
    road("trunk", [0, 0], [0, 200], [1000, 200], [1000, 0]),
    road("residential", [3000, 3000], [3400, 3000]),
  ]);

  it("takes the quicker way, not the shorter one", () => {
    const way = town.waysTo(place(1000, 0), [place(0, 0)])[0]!;
    expect(way.durationS).toBeCloseTo(seconds(1400, "trunk"), 3);
    expect(way.length).toBeCloseTo(1400, 1);
    expect(way.path.length).toBe(4);
  });

  it("goes along a single edge, with the way from the door to the road at walking pace", () => {
    const way = town.waysTo(place(700, 0), [place(600, -40)])[0]!;
    expect(way.length).toBeCloseTo(140, 1);
    expect(way.durationS).toBeCloseTo(40 / (8 / 3.6) + seconds(100, "residential"), 2);
  });

  it("says that no road leads from an island or from far beyond", () => {
    const small = new RoadNetwork([
      road("trunk", ...Array.from({ length: 30 }, (_, i) => [i * 50, 0] as const)),
      road("trunk", ...Array.from({ length: 25 }, (_, i) => [i * 50, 5000] as const)),
    ]);
    expect(small.waysTo(place(100, 0), [place(100, 5000), place(100, 20_000), place(900, 10)])).toEqual([
      null,
      null,
      expect.objectContaining({ length: expect.closeTo(810, 1) as number }),
    ]);
  });

  it("reads the roads of a base map and passes over everything else", () => {
    const base = {
      features: [
        { properties: { kind: "park" }, geometry: { type: "Polygon", coordinates: [] } },
        {
          properties: { kind: "ring-road", class: "trunk" },
          geometry: {
            type: "LineString",
            coordinates: [
              [1, 2],
              [3, 4],
            ],
          },
        },
        {
          properties: { kind: "road", class: "cart-track" },
          geometry: {
            type: "MultiLineString",
            coordinates: [
              [
                [1, 2],
                [3, 4],
              ],
              [[5, 6]],
            ],
          },
        },
      ],
    };
    expect(roadLinesOf(base)).toEqual([
      {
        line: [
          [1, 2],
          [3, 4],
        ],
        roadClass: code("trunk"),
      },
      {
        line: [
          [1, 2],
          [3, 4],
        ],
        roadClass: code("residential"),
      },
    ]);
    expect(roadLinesOf("nonsense")).toEqual([]);
  });
});

describe("search", () => {
  it("agrees with the driving distances of the pgRouting sample graph (case F01)", () => {
    const edges: readonly (readonly [number, number, number, number])[] = [
      [5, 6, 1, 1],
      [6, 10, -1, 1],
      [10, 15, -1, 1],
      [6, 7, 1, 1],
      [10, 11, 1, -1],
      [1, 3, 1, 1],
      [3, 7, 1, 1],
      [7, 11, 1, 1],
      [11, 16, 1, 1],
      [7, 8, 1, 1],
      [11, 12, 1, -1],
      [8, 12, 1, -1],
      [12, 17, 1, -1],
      [8, 9, 1, 1],
      [16, 17, 1, 1],
      [15, 16, 1, 1],
      [2, 4, 1, 1],
      [13, 14, 1, 1],
    ];
    const oneWay = edges.flatMap(([a, b, there, back]) => [
      ...(there > 0 ? [[a, b, there] as const] : []),
      ...(back > 0 ? [[b, a, back] as const] : []),
    ]);
    const offset = new Uint32Array(19);
    const sorted = [...oneWay].sort((p, q) => p[0] - q[0]);
    for (const [from] of sorted) offset[from + 1]!++;
    for (let n = 0; n < 18; n++) offset[n + 1]! += offset[n]!;
    const graph = {
      nodes: 18,
      offset,
      target: Uint32Array.from(sorted, ([, to]) => to),
      seconds: Float64Array.from(sorted, ([, , cost]) => cost),
    };
    const { seconds: cost } = search(graph, [{ node: 11, seconds: 0 }], null);
    const within = Object.fromEntries(
      [...cost].flatMap((value, node) => (value <= 3 ? [[node, value]] : [])),
    );
    expect(within).toEqual({
      1: 3,
      3: 2,
      5: 3,
      6: 2,
      7: 1,
      8: 2,
      9: 3,
      10: 3,
      11: 0,
      12: 1,
      15: 2,
      16: 1,
      17: 2,
    });
  });

  it("gives up nothing for the guess: A* costs what Dijkstra costs", () => {
    const random = seededNumbers(11);
    const [nodes, edges] = [300, 900];
    const xs = Float64Array.from({ length: nodes }, () => random() * 1000);
    const ys = Float64Array.from({ length: nodes }, () => random() * 1000);
    const from = Uint32Array.from({ length: edges }, () => Math.floor(random() * nodes));
    const to = Uint32Array.from({ length: edges }, () => Math.floor(random() * nodes));
    const gap = (a: number, b: number) => Math.hypot(xs[a]! - xs[b]!, ys[a]! - ys[b]!);
    const cost = Float64Array.from(from, (a, e) => gap(a, to[e]!) * (1 + random()));
    const graph = adjacencyOf(nodes, from, to, cost);
    for (let goal = 1; goal < 40; goal++) {
      const start = [{ node: 0, seconds: 0 }];
      const plain = search(graph, start, new Set([goal])).seconds[goal];
      expect(search(graph, start, new Set([goal]), (node) => gap(node, goal)).seconds[goal]).toBe(plain);
    }
  });
});

const REAL = join(import.meta.dirname, "../../tilesets/shenyang/base.json");

describe.runIf(existsSync(REAL))("the demo city's roads", () => {
  // read in a hook: the body of a skipped suite runs all the same
  let network: RoadNetwork;
  beforeAll(() => {
    network = new RoadNetwork(roadLinesOf(JSON.parse(readFileSync(REAL, "utf8"))));
  });
  const random = seededNumbers(3);
  const places = Array.from({ length: 60 }, () => ({
    longitudeDeg: 123.38 + random() * 0.1,
    latitudeDeg: 41.76 + random() * 0.07,
  }));
  const centre = { longitudeDeg: 123.432, latitudeDeg: 41.799 };

  it("hang together", () => {
    const { edgeFrom, edgeLength } = network.graph;
    let [all, main] = [0, 0];
    for (let e = 0; e < edgeLength.length; e++) {
      all += edgeLength[e]!;
      if (network.components[edgeFrom[e]!] === 0) main += edgeLength[e]!;
    }
    expect(all / 1000).toBeGreaterThan(2500);
    expect(main / all).toBeGreaterThan(0.93);
  });

  it("lead everywhere in town, never shorter than the straight line, the same there and back, A* like Dijkstra", () => {
    const ways = network.waysTo(centre, places);
    for (const [i, way] of ways.entries()) {
      const from = places[i]!;
      expect(way).not.toBeNull();
      const straight = distanceM(
        from.longitudeDeg,
        from.latitudeDeg,
        centre.longitudeDeg,
        centre.latitudeDeg,
      );
      expect(way!.length).toBeGreaterThan(straight * 0.995);
      expect(network.way(from, centre)!.durationS).toBeCloseTo(way!.durationS, 6);
      expect(network.waysTo(from, [centre])[0]!.durationS).toBeCloseTo(way!.durationS, 6);
    }
  });

  it("lead from every station", () => {
    const { facilities } = JSON.parse(readFileSync(join(REAL, "../facilities.json"), "utf8")) as {
      facilities: { kind: string; at: [number, number] }[];
    };
    const homes = facilities.filter(({ kind }) => ["school", "hospital", "transit"].includes(kind));
    expect(homes.length).toBeGreaterThan(20);
    const stations = homes.map(({ at: [longitudeDeg, latitudeDeg] }) => ({ longitudeDeg, latitudeDeg }));
    expect(network.waysTo(centre, stations).filter((way) => way === null)).toHaveLength(0);
  });

  it("answer for a hundred units in a tenth of a second", async () => {
    const units = Array.from({ length: 100 }, (_, i) => places[i % places.length]!);
    network.waysTo(centre, units);
    expect(await leastCpuMs(5, () => network.waysTo(centre, units))).toBeLessThan(100);
  });
});
