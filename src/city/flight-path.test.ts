import { describe, expect, it } from "vitest";
import { easeInOut, flightSeconds, liftFor, poseBetween, zoomedView } from "./flight-path.ts";
import { poseFromTargetView } from "./view-geometry.ts";

const view = (longitudeDeg: number, range: number, headingDeg = 0) => ({
  target: { longitudeDeg, latitudeDeg: 41.8, height: 0 },
  range,
  headingDeg,
  pitchDeg: -30,
});
const pose = (longitudeDeg: number, range: number, headingDeg = 0) =>
  poseFromTargetView(view(longitudeDeg, range, headingDeg));

describe("flight path", () => {
  it("begins and ends where it should, eased", () => {
    const start = poseBetween(view(123, 500), view(124, 900, 90), 300, 0);
    expect(start.latitudeDeg).toBeCloseTo(pose(123, 500).latitudeDeg, 9);
    expect(start.height).toBeCloseTo(250, 6);
    const end = poseBetween(view(123, 500), view(124, 900, 90), 300, 1);
    expect(end.longitudeDeg).toBeCloseTo(pose(124, 900, 90).longitudeDeg, 9);
    expect(end.height).toBeCloseTo(450, 6);
    expect([0, 0.5, 1].map(easeInOut)).toEqual([0, 0.5, 1]);
    expect(easeInOut(0.1)).toBeLessThan(0.1);
  });

  it("turns the short way round", () => {
    expect(poseBetween(view(123, 500, 350), view(123, 500, 10), 0, 0.5).headingDeg).toBeCloseTo(360, 9);
  });

  it("takes 0.6 to 2.5 seconds by distance", () => {
    expect(flightSeconds(pose(123.4, 500), pose(123.4, 500))).toBeCloseTo(0.6, 6);
    expect(flightSeconds(pose(123.4, 500), pose(121.6, 500))).toBe(2.5);
    const near = flightSeconds(pose(123.4, 500), pose(123.401, 500));
    expect(near).toBeGreaterThan(0.6);
    expect(near).toBeLessThan(flightSeconds(pose(123.4, 500), pose(123.42, 500)));
  });

  it("rises over the roofs across blocks and stays low on short hops", () => {
    const [from, to] = [view(123.4, 300), view(123.42, 300)];
    const lift = liftFor(pose(123.4, 300), pose(123.42, 300));
    expect(poseBetween(from, to, lift, 0.5).height).toBeCloseTo(420, 6);
    expect(liftFor(pose(123.4, 300), pose(123.401, 300))).toBe(0);
  });

  it("zooms about what the view shows, within limits", () => {
    expect(zoomedView(pose(123.4, 500), 0.5).range).toBeCloseTo(250, 3);
    expect(zoomedView(pose(123.4, 10), 0.01).range).toBe(8);
  });
});
