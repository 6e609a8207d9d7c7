import { expect, it } from "vitest";
import { outlineOfCircles } from "./circle-union.ts";
import { pointInRing } from "./polygon.ts";
import { seededNumbers } from "./seeded.fixture.ts";

const areaOf = (ring: readonly (readonly [number, number])[]) =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);
const total = (rings: ReturnType<typeof outlineOfCircles>) =>
  rings.reduce((sum, ring) => sum + areaOf(ring), 0);

it("goes round one circle within the tolerance, counter-clockwise, with few corners", () => {
  const [ring, ...others] = outlineOfCircles([{ x: 1000, y: -500, radius: 300 }], 5);
  expect(others).toEqual([]);
  for (const [x, y] of ring!) expect(Math.abs(Math.hypot(x - 1000, y + 500) - 300)).toBeLessThan(6);
  expect(ring!.length).toBeGreaterThan(8);
  expect(ring!.length).toBeLessThan(40);
  expect(areaOf(ring!) / (Math.PI * 300 ** 2)).toBeCloseTo(1, 1);
});

it("counts what two circles share once, and keeps what lies apart apart", () => {
  const two = [
    { x: 0, y: 0, radius: 300 },
    { x: 300, y: 0, radius: 300 },
  ];
  const lens = 2 * 300 ** 2 * Math.acos(0.5) - (300 / 2) * Math.sqrt(4 * 300 ** 2 - 300 ** 2);
  const joined = outlineOfCircles(two, 3);
  expect(joined).toHaveLength(1);
  expect(total(joined) / (2 * Math.PI * 300 ** 2 - lens)).toBeCloseTo(1, 1);
  expect(outlineOfCircles([...two, { x: 2000, y: 0, radius: 300 }], 3)).toHaveLength(2);
});

it("fills a gap that is closed in", () => {
  const wreath = Array.from({ length: 12 }, (_, i) => ({
    x: 1000 * Math.cos((i / 12) * 2 * Math.PI),
    y: 1000 * Math.sin((i / 12) * 2 * Math.PI),
    radius: 400,
  }));
  const rings = outlineOfCircles(wreath, 5);
  expect(rings).toHaveLength(1);
  expect(pointInRing(0, 0, rings[0]!)).toBe(true);
});

it("holds every centre, and agrees with the circles wherever one asks, over a whole city", () => {
  const random = seededNumbers(3);
  const circles = Array.from({ length: 100 }, () => ({
    x: random() * 25_000,
    y: random() * 17_000,
    radius: 300 + random() * 400,
  }));
  const rings = outlineOfCircles(circles, 10);
  const isIn = (x: number, y: number) => rings.some((ring) => pointInRing(x, y, ring));
  for (const { x, y } of circles) expect(isIn(x, y)).toBe(true);
  let [outside, filled] = [0, 0];
  for (let i = 0; i < 3000; i++) {
    const [x, y] = [random() * 25_000, random() * 17_000];
    const depth = Math.max(
      ...circles.map((circle) => circle.radius - Math.hypot(circle.x - x, circle.y - y)),
    );
    if (depth > 40) expect(isIn(x, y)).toBe(true);
    if (depth < -40) {
      outside++;
      if (isIn(x, y)) filled++;
    }
  }
  expect(outside).toBeGreaterThan(1500);
  expect(filled / outside).toBeLessThan(0.03);
  expect(outlineOfCircles([], 10)).toEqual([]);
});
