import { expect, it } from "vitest";
import { Ways } from "./ways.ts";

/** Things on a line, with places as a table of them keeps them. */
function line(count = 1, startMs = 1000) {
  const ways = new Ways(count, startMs);
  const places = new Float64Array(3 * count);
  const report = (x: number, nowMs: number, { row = 0, isJump = false } = {}) => {
    const hasWay = ways.report(row, places, nowMs, isJump);
    places[3 * row] = x;
    return hasWay;
  };
  const at = (nowMs: number, row = 0) => {
    const out = new Float64Array(3);
    ways.write(row, places, nowMs, out);
    return out[0]!;
  };
  return { ways, report, at };
}

it("puts the first report in its place and takes the time between reports for the next way", () => {
  const { ways, report, at } = line(2);
  expect(report(10, 1000, { row: 1 })).toBe(false);
  expect([at(1000, 1), ways.isUnderWay(1000)]).toEqual([10, false]);
  expect(report(30, 3000, { row: 1 })).toBe(true);
  expect([3000, 4000, 5000, 9000].map((ms) => at(ms, 1))).toEqual([10, 20, 30, 30]);
  expect([ways.isUnderWay(4999), ways.isUnderWay(5000)]).toEqual([true, false]);
  expect(at(4000, 0)).toBe(0);
});

it("turns from where it is when a report comes on the way", () => {
  const { report, at } = line();
  report(0, 1000);
  report(100, 2000);
  expect(at(2500)).toBe(50);
  report(0, 2500);
  expect([at(2500), at(2750), at(3000)]).toEqual([50, 25, 0]);
});

it("does not crawl after a long silence, and jumps when it was lost or is asked to", () => {
  const { report, at } = line();
  report(0, 1000);
  report(10, 61_000);
  expect(at(63_500)).toBeCloseTo(5, 5);
  expect(at(66_000)).toBe(10);
  expect([report(20, 400_000), at(400_000)]).toEqual([false, 20]);
  expect([report(30, 401_000, { isJump: true }), at(401_000)]).toEqual([false, 30]);
});

it("keeps its places and its pace when the seconds are counted anew, and stays exact for days", () => {
  const { ways, report, at } = line(2);
  report(0, 1000, { row: 1 });
  report(70, 2000, { row: 1 });
  for (let day = 0, nowMs = 1000; day < 3; day++)
    for (let hour = 0; hour < 24; hour++) {
      nowMs += 3_600_000;
      report(0, nowMs - 3000, { isJump: true });
      report(200, nowMs - 1000);
      expect(ways.renewEpoch(nowMs)).toBe(true);
      expect(ways.renewEpoch(nowMs + 1)).toBe(false);
      expect(at(nowMs)).toBeCloseTo(100, 1);
      expect(at(nowMs + 500)).toBeCloseTo(150, 1);
      expect([at(nowMs + 1000), at(nowMs, 1)]).toEqual([200, 70]);
    }
});
