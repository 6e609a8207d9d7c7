import type { CameraPose, TargetView } from "../domain/pose.ts";
import { groundDistance, poseFromTargetView, targetViewFromPose } from "./view-geometry.ts";

/** Above the tallest tower of either city, metres: a flight across blocks keeps above it. */
const ROOFTOPS = 420;
/** Shorter moves stay among the streets they start in. */
const SHORT_HOP = 250;

export function easeInOut(t: number): number {
  return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

function mixAngleDeg(a: number, b: number, t: number): number {
  return a + (((((b - a) % 360) + 540) % 360) - 180) * t;
}

/** 0.6-2.5 s by distance, as far as a flight is long for the eye: in units of what the camera sees. */
export function flightSeconds(from: CameraPose, to: CameraPose): number {
  const travel = groundDistance(from, to) + Math.abs(to.height - from.height);
  const scale = Math.max(80, Math.min(from.height, to.height));
  const turn = Math.abs(mixAngleDeg(0, to.headingDeg - from.headingDeg, 1)) / 180;
  return Math.min(2.5, 0.6 + 0.55 * Math.log2(1 + travel / scale) + 0.5 * turn);
}

/** The camera between two views at progress `t` in 0..1: the target glides, the range changes by ratio, the middle is lifted. */
export function poseBetween(from: TargetView, to: TargetView, lift: number, t: number): CameraPose {
  const range = Math.exp(mix(Math.log(Math.max(from.range, 1)), Math.log(Math.max(to.range, 1)), t));
  const pose = poseFromTargetView({
    target: {
      longitudeDeg: mix(from.target.longitudeDeg, to.target.longitudeDeg, t),
      latitudeDeg: mix(from.target.latitudeDeg, to.target.latitudeDeg, t),
      height: mix(from.target.height, to.target.height, t),
    },
    range,
    headingDeg: mixAngleDeg(from.headingDeg, to.headingDeg, t),
    pitchDeg: mix(from.pitchDeg, to.pitchDeg, t),
  });
  return { ...pose, height: pose.height + lift * Math.sin(Math.PI * t) ** 2 };
}

/** How far the middle of a flight is raised, so that it passes over roofs and not through them. */
export function liftFor(from: CameraPose, to: CameraPose): number {
  const travel = groundDistance(from, to);
  if (travel < SHORT_HOP) return 0;
  return Math.max(0, ROOFTOPS - (from.height + to.height) / 2, travel * 0.05);
}

/** The same look from `factor` times the distance to what the centre of the view shows. */
export function zoomedView(pose: CameraPose, factor: number): TargetView {
  const view = targetViewFromPose(pose);
  return { ...view, range: Math.min(2.5e7, Math.max(8, view.range * factor)) };
}
