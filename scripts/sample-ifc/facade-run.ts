import type { Vec2, Vec3 } from "./plan.ts";

/** A straight piece of facade: local x runs along it, local -y looks outwards, z up. */
export interface FacadeRun {
  readonly origin: Vec2;
  /** Outwards: south 0, east 90, north 180, west 270. */
  readonly turnDeg: number;
  readonly length: number;
}

const RADIANS = Math.PI / 180;

/** The run between two points, its outside on the right-hand side of the way from `from` to `to`. */
export function facadeRun(from: Vec2, to: Vec2): FacadeRun {
  const turnDeg = Math.round(Math.atan2(to[1] - from[1], to[0] - from[0]) / RADIANS);
  return { origin: from, turnDeg, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
}

/** A point of the run: metres along it, outwards from it, and up. */
export function onRun(run: FacadeRun, along: number, outwards: number, z: number): Vec3 {
  const cos = Math.cos(run.turnDeg * RADIANS);
  const sin = Math.sin(run.turnDeg * RADIANS);
  return [
    round(run.origin[0] + cos * along + sin * outwards),
    round(run.origin[1] + sin * along - cos * outwards),
    z,
  ];
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
