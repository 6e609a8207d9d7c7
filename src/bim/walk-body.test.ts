import { describe, expect, it } from "vitest";
import { type Probe, type Three, type WalkBody, walkOn } from "./walk-body.ts";

type Box = { readonly min: Three; readonly max: Three };

/** Solid boxes: where a ray enters them, or leaves the one that it starts in. */
function solid(boxes: readonly Box[]): Probe {
  return (origin, direction, limit) => {
    let best: number | null = null;
    for (const { min, max } of boxes) {
      let [near, far] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let axis = 0; axis < 3; axis++) {
        const [o, d] = [origin[axis]!, direction[axis]!];
        if (Math.abs(d) < 1e-12) {
          if (o < min[axis]! || o > max[axis]!) near = Number.POSITIVE_INFINITY;
          continue;
        }
        const [a, b] = [(min[axis]! - o) / d, (max[axis]! - o) / d];
        near = Math.max(near, Math.min(a, b));
        far = Math.min(far, Math.max(a, b));
      }
      const distance = near > 0 ? near : far;
      if (near <= far && distance > 0 && distance < Math.min(limit, best ?? limit)) best = distance;
    }
    return best;
  };
}

const FLOOR: Box = { min: [-20, -0.3, -20], max: [20, 0, 20] };
const AT_HOME: WalkBody = { feet: [0, 0, 0], fall: 0 };

/** Walks for so many seconds at thirty frames a second. */
function walk(body: WalkBody, velocity: readonly [number, number], seconds: number, boxes: readonly Box[]) {
  let now = body;
  for (let i = 0; i < seconds * 30; i++) now = walkOn(now, velocity, 1 / 30, solid(boxes), -50);
  return now;
}

describe("a walk", () => {
  it("goes where it is asked to, on the floor", () => {
    const { feet } = walk(AT_HOME, [1.4, 0], 2, [FLOOR]);
    expect(feet[0]).toBeCloseTo(2.8, 1);
    expect(feet[1]).toBeCloseTo(0, 9);
  });

  it("stops at a wall, however long the frame took", () => {
    const wall: Box = { min: [3, 0, -5], max: [3.2, 3, 5] };
    expect(walk(AT_HOME, [1.4, 0], 6, [FLOOR, wall]).feet[0]).toBeLessThan(2.85);
    const slow = walkOn(AT_HOME, [3, 0], 4, solid([FLOOR, wall]), -50);
    expect(slow.feet[0]).toBeGreaterThan(2);
    expect(slow.feet[0]).toBeLessThan(2.85);
  });

  it("slides along a wall that it meets at an angle", () => {
    const wall: Box = { min: [3, 0, -30], max: [3.2, 3, 30] };
    const { feet } = walk(AT_HOME, [1, 1], 8, [FLOOR, wall]);
    expect(feet[0]).toBeLessThan(2.85);
    expect(feet[2]).toBeGreaterThan(4);
  });

  it("climbs stairs and comes down again", () => {
    const stairs = Array.from(
      { length: 10 },
      (_, i): Box => ({
        min: [1 + i * 0.28, -1, -2],
        max: [1 + (i + 1) * 0.28, (i + 1) * 0.17, 2],
      }),
    );
    const landing: Box = { min: [3.8, -1, -2], max: [9, 1.7, 2] };
    const up = walk(AT_HOME, [1.2, 0], 5, [FLOOR, ...stairs, landing]);
    expect(up.feet[1]).toBeCloseTo(1.7, 6);
    const down = walk(up, [-1.2, 0], 6, [FLOOR, ...stairs, landing]);
    expect(down.feet[1]).toBeCloseTo(0, 6);
  });

  it("does not climb a table, and passes under a lintel that is higher than its head", () => {
    const table: Box = { min: [2, 0, -1], max: [3, 0.75, 1] };
    expect(walk(AT_HOME, [1.4, 0], 3, [FLOOR, table]).feet[0]).toBeLessThan(1.8);
    const lintel: Box = { min: [2, 2.1, -9], max: [2.3, 3, 9] };
    expect(walk(AT_HOME, [1.4, 0], 4, [FLOOR, lintel]).feet[0]).toBeGreaterThan(5);
  });

  it("falls from a ledge onto what lies below, and never under the ground", () => {
    const below: Box = { min: [-90, -6.3, -90], max: [90, -6, 90] };
    const fallen = walk(AT_HOME, [4, 0], 8, [FLOOR, below]);
    expect(fallen.feet[0]).toBeGreaterThan(20);
    expect(fallen.feet[1]).toBeCloseTo(-6, 6);
    expect(fallen.fall).toBe(0);
    expect(walk(AT_HOME, [4, 0], 20, [FLOOR]).feet[1]).toBeCloseTo(-50, 6);
  });
});
