import { expect, test } from "vitest";
import { blendPoses, type CameraPose, easeInOut, fitBoxes } from "./camera-fit.ts";

const OPTIONS = { fromDeg: 212, elevationDeg: 12, fovDeg: 38, aspect: 1.6 };
const BOXES = [
  Float32Array.from([-144, 0, -32, -56, 15, 32]),
  Float32Array.from([-120, 15, -24, -80, 57, 0]),
];

type Vec3 = readonly [number, number, number];
const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vec3): Vec3 => [a[0] / Math.hypot(...a), a[1] / Math.hypot(...a), a[2] / Math.hypot(...a)];

/** Picture coordinates of a point, -1 to 1. */
function project(pose: CameraPose, point: Vec3): [number, number] {
  const forward = unit(minus(pose.target, pose.eye));
  const right = unit(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const from = minus(point, pose.eye);
  const reach = Math.tan((OPTIONS.fovDeg * Math.PI) / 360) * dot(from, forward);
  return [dot(from, right) / reach / OPTIONS.aspect, dot(from, up) / reach];
}

function cornersOf(box: Float32Array): Vec3[] {
  return Array.from({ length: 8 }, (_, corner) =>
    [0, 1, 2].map((axis) => box[axis + ((corner >> axis) & 1) * 3] as number),
  ) as unknown as Vec3[];
}

test("all boxes are in the picture and fill it in one direction, centred", () => {
  const pose = fitBoxes(BOXES, OPTIONS);
  if (!pose) throw new Error("no pose");
  const places = BOXES.flatMap(cornersOf).map((corner) => project(pose, corner));
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const spread = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / 2;
  expect(spread).toBeCloseTo(0.86, 4);
  expect(Math.max(...xs.map(Math.abs), ...ys.map(Math.abs))).toBeLessThan(0.87);
  expect(Math.abs(Math.max(...xs) + Math.min(...xs))).toBeLessThan(0.2);
});

test("the eye is where it was asked for: to the south-south-west, above", () => {
  const pose = fitBoxes(BOXES, OPTIONS);
  if (!pose) throw new Error("no pose");
  const [x, y, z] = minus(pose.eye, pose.target);
  expect((Math.atan2(x, -z) * 180) / Math.PI).toBeCloseTo(212 - 360, 6);
  expect((Math.asin(y / Math.hypot(x, y, z)) * 180) / Math.PI).toBeCloseTo(12, 6);
});

test("features that are not in a layer do not count; nothing at all gives no pose", () => {
  const none = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  expect(fitBoxes([...BOXES, Float32Array.from(none)], OPTIONS)).toEqual(fitBoxes(BOXES, OPTIONS));
  expect(fitBoxes([none], OPTIONS)).toBeNull();
  expect(fitBoxes([], OPTIONS)).toBeNull();
});

test("a flight begins and ends at its poses, turns the short way and keeps its distance", () => {
  const from: CameraPose = { eye: [-1, 0, -10], target: [0, 0, 0] };
  const to: CameraPose = { eye: [1, 0, -10], target: [0, 0, 0] };
  for (const [t, pose] of [
    [0, from],
    [1, to],
  ] as const)
    blendPoses(from, to, t).eye.forEach((value, axis) => {
      expect(value).toBeCloseTo(pose.eye[axis] as number, 9);
    });
  const middle = blendPoses(from, to, 0.5);
  expect(middle.eye[2]).toBeCloseTo(-Math.hypot(1, 10), 6);
});

test("easing starts and stops still", () => {
  expect([easeInOut(0), easeInOut(0.5), easeInOut(1)]).toEqual([0, 0.5, 1]);
  expect(easeInOut(0.01)).toBeLessThan(0.001);
  expect(easeInOut(0.99)).toBeGreaterThan(0.999);
});
