import { describe, expect, it } from "vitest";
import { ecefFromGeodetic } from "../geo/ellipsoid.ts";
import { Glide } from "./glide.ts";
import { farthestOffset, LocalFrame } from "./local-frame.ts";

function stepTo(glide: Glide, offsets: Float64Array, nowMs: number): number[] {
  const rows: number[] = [];
  glide.step(nowMs, offsets, (row) => rows.push(row));
  return rows;
}

describe("Glide", () => {
  it("puts the first report in its place and takes the time between reports for the next way", () => {
    const glide = new Glide(2);
    const offsets = new Float64Array(6);
    glide.go(1, [10, 0, 0], offsets, 1000);
    expect(stepTo(glide, offsets, 1000)).toEqual([1]);
    expect(offsets[3]).toBe(10);
    expect(glide.count).toBe(0);

    glide.go(1, [30, 0, 0], offsets, 3000);
    stepTo(glide, offsets, 4000);
    expect(offsets[3]).toBe(20);
    expect(glide.count).toBe(1);
    stepTo(glide, offsets, 5000);
    expect(offsets[3]).toBe(30);
    expect(glide.count).toBe(0);
    expect(stepTo(glide, offsets, 6000)).toEqual([]);
  });

  it("turns from where it is when a report comes on the way, and is under way once", () => {
    const glide = new Glide(1);
    const offsets = new Float64Array(3);
    glide.go(0, [0, 0, 0], offsets, 1000);
    stepTo(glide, offsets, 1000);
    glide.go(0, [100, 0, 0], offsets, 2000);
    stepTo(glide, offsets, 2500);
    glide.go(0, [50, 80, 0], offsets, 2500);
    expect(glide.count).toBe(1);
    stepTo(glide, offsets, 2750);
    expect([...offsets]).toEqual([50, 40, 0]);
  });

  it("does not crawl after a long silence, and jumps when it was lost or is asked to", () => {
    const glide = new Glide(1);
    const offsets = new Float64Array(3);
    const arrive = (x: number, nowMs: number, afterMs: number, isJump = false) => {
      glide.go(0, [x, 0, 0], offsets, nowMs, isJump);
      stepTo(glide, offsets, nowMs + afterMs);
      return offsets[0];
    };
    arrive(0, 1000, 0);
    expect(arrive(10, 61_000, 5000)).toBe(10);
    expect(arrive(20, 400_000, 0)).toBe(20);
    expect(arrive(30, 401_000, 0, true)).toBe(30);
  });
});

describe("LocalFrame", () => {
  it("gives offsets that add up to the place", () => {
    const positions = Float64Array.of(123.3, 41.7, 12, 123.5, 41.9, 80);
    const frame = LocalFrame.around(positions);
    const offsets = frame.offsetsOf(positions);
    const place = ecefFromGeodetic({ longitudeDeg: 123.5, latitudeDeg: 41.9, height: 80 });
    for (let axis = 0; axis < 3; axis++)
      expect(frame.origin[axis]! + offsets[3 + axis]!).toBeCloseTo(place[axis]!, 6);
    expect(farthestOffset(offsets)).toBeGreaterThan(13_000);
    expect(farthestOffset(offsets)).toBeLessThan(15_000);
    const [x, y, z] = frame.up;
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 12);
  });
});
