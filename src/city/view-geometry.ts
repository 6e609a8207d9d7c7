import type { CameraPose, PlaceDeg, TargetView } from "../domain/pose.ts";

const DEG = Math.PI / 180;
const METERS_PER_DEG = 111_320;

/** Where a camera stands that sees `view`: flat-earth offset at the target, right to a centimetre below 10 km. */
export function poseFromTargetView(view: TargetView): CameraPose {
  const level = view.range * Math.cos(view.pitchDeg * DEG);
  const { target } = view;
  return {
    longitudeDeg:
      target.longitudeDeg -
      (level * Math.sin(view.headingDeg * DEG)) / (METERS_PER_DEG * Math.cos(target.latitudeDeg * DEG)),
    latitudeDeg: target.latitudeDeg - (level * Math.cos(view.headingDeg * DEG)) / METERS_PER_DEG,
    height: target.height - view.range * Math.sin(view.pitchDeg * DEG),
    headingDeg: view.headingDeg,
    pitchDeg: view.pitchDeg,
  };
}

/** The view that a pose has of the ground plane below it; a level or upward gaze looks at a point ahead. */
export function targetViewFromPose(pose: CameraPose): TargetView {
  const drop = Math.sin(-pose.pitchDeg * DEG);
  const range = drop > 0.05 ? Math.min(pose.height / drop, 40_000) : Math.max(pose.height * 4, 400);
  const level = range * Math.cos(pose.pitchDeg * DEG);
  return {
    target: {
      longitudeDeg:
        pose.longitudeDeg +
        (level * Math.sin(pose.headingDeg * DEG)) / (METERS_PER_DEG * Math.cos(pose.latitudeDeg * DEG)),
      latitudeDeg: pose.latitudeDeg + (level * Math.cos(pose.headingDeg * DEG)) / METERS_PER_DEG,
      height: pose.height - range * drop,
    },
    range,
    headingDeg: pose.headingDeg,
    pitchDeg: pose.pitchDeg,
  };
}

/** Rounded for stores and links: 1e-6 deg, 0.1 m, 0.1 deg; heading in [0, 360). */
export function roundPose(pose: CameraPose): CameraPose {
  const round = (value: number, step: number) => Math.round(value * step) / step;
  const heading = round(((pose.headingDeg % 360) + 360) % 360, 10);
  return {
    longitudeDeg: round(pose.longitudeDeg, 1e6),
    latitudeDeg: round(pose.latitudeDeg, 1e6),
    height: round(pose.height, 10),
    headingDeg: heading === 360 ? 0 : heading,
    pitchDeg: round(pose.pitchDeg, 10),
  };
}

/** Metres on the ground between two places, for durations and clearances. */
export function groundDistance(a: PlaceDeg, b: PlaceDeg): number {
  const east = (a.longitudeDeg - b.longitudeDeg) * Math.cos(((a.latitudeDeg + b.latitudeDeg) / 2) * DEG);
  return Math.hypot(east, a.latitudeDeg - b.latitudeDeg) * METERS_PER_DEG;
}

const M_PER_DEG = 111_320;

/** A view of everything in west, south, east, north (degrees): from above where it is wide, oblique where it is a street. */
export function viewOfBounds([west, south, east, north]: readonly [
  number,
  number,
  number,
  number,
]): TargetView {
  const latitudeDeg = (south + north) / 2;
  const wide = (east - west) * Math.cos((latitudeDeg * Math.PI) / 180) * M_PER_DEG;
  const size = Math.hypot(wide, (north - south) * M_PER_DEG);
  return {
    target: { longitudeDeg: (west + east) / 2, latitudeDeg, height: 0 },
    range: Math.min(1.6e7, Math.max(400, size * 1.15)),
    headingDeg: 0,
    pitchDeg: size > 2e5 ? -89 : -60,
  };
}
