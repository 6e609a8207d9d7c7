import { describe, expect, it } from "vitest";
import { groundDistance, poseFromTargetView, roundPose, targetViewFromPose } from "./view-geometry.ts";

const TARGET = { longitudeDeg: 123.43, latitudeDeg: 41.8, height: 0 };

describe("view geometry", () => {
  it("stands south of a target that is looked at to the north", () => {
    const pose = poseFromTargetView({ target: TARGET, range: 1000, headingDeg: 0, pitchDeg: -30 });
    expect(pose.longitudeDeg).toBeCloseTo(123.43, 9);
    expect(pose.latitudeDeg).toBeLessThan(41.8);
    expect(pose.height).toBeCloseTo(500, 6);
    expect(groundDistance(pose, TARGET)).toBeCloseTo(866.03, 1);
  });

  it.each([0, 90, 200, 332])("comes back from pose to target at heading %i", (headingDeg) => {
    const view = { target: TARGET, range: 900, headingDeg, pitchDeg: -40 };
    const back = targetViewFromPose(poseFromTargetView(view));
    expect(back.range).toBeCloseTo(900, 3);
    expect(groundDistance(back.target, TARGET)).toBeLessThan(0.2);
  });

  it("finds a target ahead of a level gaze", () => {
    const view = targetViewFromPose({ ...TARGET, height: 100, headingDeg: 90, pitchDeg: 0 });
    expect(view.range).toBe(400);
    expect(view.target.longitudeDeg).toBeGreaterThan(TARGET.longitudeDeg);
  });

  it("rounds and wraps the heading", () => {
    const pose = roundPose({
      longitudeDeg: 1.23456789,
      latitudeDeg: 2,
      height: 3.14,
      headingDeg: 359.99,
      pitchDeg: -1.04,
    });
    expect(pose).toEqual({
      longitudeDeg: 1.234568,
      latitudeDeg: 2,
      height: 3.1,
      headingDeg: 0,
      pitchDeg: -1,
    });
  });
});
