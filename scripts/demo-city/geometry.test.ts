import { describe, expect, it } from "vitest";
import { type Barrier, facesBetween } from "./arrangement.ts";
import { type BlockRing, insetBlock, splitBlock } from "./block-ring.ts";
import { chineseNumber } from "./blocks.ts";
import { createMask, PARK, ROAD } from "./mask.ts";
import { createPlane, type Point } from "./plane.ts";
import { bandRing, pointInRing, signedArea, smoothLine, triangulateRing } from "./polygon.ts";
import { createRandom, seedOf } from "./random.ts";

const block = (points: Point[], setback = 5): BlockRing => ({
  points,
  setbacks: points.map(() => setback),
  streets: points.map((_, i) => i),
});

/** A comb with four teeth pointing up. */
const COMB: Point[] = [
  [0, 0],
  [70, 0],
  [70, 40],
  [60, 40],
  [60, 10],
  [50, 10],
  [50, 40],
  [40, 40],
  [40, 10],
  [30, 10],
  [30, 40],
  [20, 40],
  [20, 10],
  [10, 10],
  [10, 40],
  [0, 40],
];

/** A star-shaped ring with uneven corners. */
function starRing(seed: number): Point[] {
  const random = createRandom(seed);
  const count = random.int(5, 14);
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / count;
    const radius = random.range(20, 100);
    return [Math.cos(angle) * radius, Math.sin(angle) * radius];
  });
}

describe("splitting a block", () => {
  it("keeps the area and names the new street, also across a comb", () => {
    const { below, above, chords } = splitBlock(block(COMB), 1, 25, 77, 4);
    expect(below.length).toBe(1);
    expect(above.length).toBe(4);
    expect(chords.length).toBe(4);
    const total = [...below, ...above].reduce((sum, piece) => sum + signedArea(piece.points), 0);
    expect(total).toBeCloseTo(signedArea(COMB), 6);
    for (const piece of above) expect(piece.streets.filter((street) => street === 77).length).toBe(1);
    expect(below[0]!.streets.filter((street) => street === 77).length).toBe(4);
  });

  it("keeps the area of many rings", () => {
    for (let seed = 1; seed < 200; seed++) {
      const ring = starRing(seed);
      const at = createRandom(seed + 1000).range(-80, 80);
      const { below, above } = splitBlock(block(ring), (seed % 2) as 0 | 1, at, 1, 1);
      const total = [...below, ...above].reduce((sum, piece) => sum + signedArea(piece.points), 0);
      expect(Math.abs(total - signedArea(ring))).toBeLessThan(5);
    }
  });

  it("gives the whole block to one side when the line misses it", () => {
    const { below, above, chords } = splitBlock(block(COMB), 0, 500, 1, 1);
    expect([below.length, above.length, chords.length]).toEqual([1, 0, 0]);
  });
});

describe("setting a block back", () => {
  const square: Point[] = [
    [0, 0],
    [100, 0],
    [100, 60],
    [0, 60],
  ];

  it("moves every edge by its own setback", () => {
    const inset = insetBlock({ points: square, setbacks: [10, 5, 20, 1], streets: [0, 1, 2, 3] })!;
    expect(signedArea(inset.points)).toBeCloseTo((100 - 5 - 1) * (60 - 10 - 20), 6);
  });

  it("drops edges that vanish, and blocks that are too thin", () => {
    const cut: Point[] = [...square.slice(0, 2), [100, 58], [98, 60], [0, 60]];
    const inset = insetBlock(block(cut, 10))!;
    expect(signedArea(inset.points)).toBeCloseTo(80 * 40, 0);
    expect(insetBlock(block(square, 31))).toBeNull();
  });
});

describe("faces between lines", () => {
  const wall = (line: Point[]): Barrier => ({ line, setback: 3, street: 0 });

  it("finds the cells of crossing lines and forgets dead ends", () => {
    const lines = [0, 100, 200].flatMap((at) => [
      wall([
        [at, -10],
        [at, 210],
      ]),
      wall([
        [-10, at],
        [210, at],
      ]),
    ]);
    const deadEnd = wall([
      [50, 0],
      [50, 40],
    ]);
    const faces = facesBetween([...lines, deadEnd]);
    expect(faces.map(({ points }) => Math.round(signedArea(points)))).toEqual([1e4, 1e4, 1e4, 1e4]);
  });

  it("ties a ring that stands alone to its surroundings, so that nothing overlaps", () => {
    const ring = (low: number, high: number) =>
      wall([
        [low, low],
        [high, low],
        [high, high],
        [low, high],
        [low, low],
      ]);
    const faces = facesBetween([ring(0, 300), ring(100, 200)]);
    const inTheRing = faces.filter(({ points }) => pointInRing([150, 150], points));
    const total = faces.reduce((sum, { points }) => sum + signedArea(points), 0);
    expect(inTheRing.length).toBe(1);
    expect(Math.abs(total - 9e4)).toBeLessThan(400);
  });
});

describe("small geometry", () => {
  it("triangulates rings without losing area", () => {
    for (const ring of [COMB, ...Array.from({ length: 60 }, (_, i) => starRing(i + 1))]) {
      const triangles = triangulateRing(ring);
      let total = 0;
      for (let i = 0; i < triangles.length; i += 3)
        total += signedArea([ring[triangles[i]!]!, ring[triangles[i + 1]!]!, ring[triangles[i + 2]!]!]);
      expect(total).toBeCloseTo(signedArea(ring), 1);
    }
  });

  it("makes a band of the wanted width", () => {
    const ring = bandRing([
      [0, 0, 40],
      [1000, 0, 40],
    ]);
    expect(signedArea(ring)).toBeCloseTo(40_000, 6);
  });

  it("smooths through the drawn points", () => {
    const line = [
      [0, 0],
      [10, 5],
      [20, 0],
    ];
    const smooth = smoothLine(line, 4);
    for (const point of line) expect(smooth).toContainEqual(point);
    expect(smooth.length).toBe(9);
  });

  it("paints areas and lines into the mask", () => {
    const plane = createPlane(123, 41);
    const mask = createMask(plane, [122.99, 40.99, 123.01, 41.01], 5);
    mask.paintRing(
      [
        [0, 0],
        [100, 0],
        [100, 100],
        [0, 100],
      ],
      PARK,
    );
    mask.paintLine(
      [
        [-200, 50],
        [200, 50],
      ],
      20,
      ROAD,
    );
    expect(mask.at([50, 20])).toBe(PARK);
    expect(mask.at([50, 50])).toBe(PARK | ROAD);
    expect(mask.at([-100, 50])).toBe(ROAD);
    expect(mask.at([-100, 80])).toBe(0);
  });

  it("turns degrees into metres and back", () => {
    const plane = createPlane(123.428, 41.797);
    const [lon, lat] = plane.toDegrees(plane.toPlane([123.5, 41.7]));
    expect(lon).toBeCloseTo(123.5, 12);
    expect(lat).toBeCloseTo(41.7, 12);
    const [x, y] = plane.toPlane([123.438, 41.807]);
    expect(x).toBeCloseTo(831.4, 0);
    expect(y).toBeCloseTo(1110.7, 0);
  });
});

describe("chance", () => {
  it("is the same for the same seed", () => {
    const rolls = (seed: number) => Array.from({ length: 5 }, createRandom(seed).next);
    expect(rolls(7)).toEqual(rolls(7));
    expect(rolls(7)).not.toEqual(rolls(8));
    expect(seedOf("a", 1)).not.toBe(seedOf("a", 2));
  });

  it("never takes what has no weight", () => {
    const random = createRandom(3);
    const taken = new Set(Array.from({ length: 400 }, () => random.weighted({ a: 1, b: 0, c: 2 })));
    expect([...taken].sort()).toEqual(["a", "c"]);
  });

  it("counts in Chinese", () => {
    expect([1, 9, 10, 11, 20, 35, 40].map(chineseNumber)).toEqual([
      "一",
      "九",
      "十",
      "十一",
      "二十",
      "三十五",
      "四十",
    ]);
  });
});
