import type { Stability, Terrain } from "../../src/domain/substance.ts";

/** Briggs (1973) gives both spreads at a distance downwind, metres; urban A, B with the positive root (Griffiths 1994). */
export function briggsSigmas(
  x: number,
  stability: Stability,
  terrain: Terrain,
): { readonly sigmaY: number; readonly sigmaZ: number } {
  if (terrain === "urban") {
    const across = { A: 0.32, B: 0.32, C: 0.22, D: 0.16, E: 0.11, F: 0.11 }[stability];
    return { sigmaY: (across * x) / Math.sqrt(1 + 0.0004 * x), sigmaZ: urbanSigmaZ(x, stability) };
  }
  const across = { A: 0.22, B: 0.16, C: 0.11, D: 0.08, E: 0.06, F: 0.04 }[stability];
  return { sigmaY: (across * x) / Math.sqrt(1 + 0.0001 * x), sigmaZ: ruralSigmaZ(x, stability) };
}

function urbanSigmaZ(x: number, stability: Stability): number {
  if (stability === "A" || stability === "B") return 0.24 * x * Math.sqrt(1 + 0.001 * x);
  if (stability === "C") return 0.2 * x;
  if (stability === "D") return (0.14 * x) / Math.sqrt(1 + 0.0003 * x);
  return (0.08 * x) / Math.sqrt(1 + 0.0015 * x);
}

function ruralSigmaZ(x: number, stability: Stability): number {
  switch (stability) {
    case "A":
      return 0.2 * x;
    case "B":
      return 0.12 * x;
    case "C":
      return (0.08 * x) / Math.sqrt(1 + 0.0002 * x);
    case "D":
      return (0.06 * x) / Math.sqrt(1 + 0.0015 * x);
    case "E":
      return (0.03 * x) / (1 + 0.0003 * x);
    case "F":
      return (0.016 * x) / (1 + 0.0003 * x);
  }
}

export interface PlumeSource {
  /** Mass a second; the concentration comes in the same mass a cubic metre. */
  readonly rate: number;
  /** Wind at the height of release, m/s. */
  readonly wind: number;
  /** Effective height of release, metres. */
  readonly height: number;
  readonly stability: Stability;
  readonly terrain: Terrain;
}

/**
 * Steady Gaussian plume with full reflection at the ground, at `x` metres downwind, `y` across and `z` up:
 * Q/(2π u σy σz) · exp(−y²/2σy²) · [exp(−(z−H)²/2σz²) + exp(−(z+H)²/2σz²)].
 */
export function plumeConcentration(source: PlumeSource, x: number, y: number, z: number): number {
  if (x <= 0) return 0;
  const { sigmaY, sigmaZ } = briggsSigmas(x, source.stability, source.terrain);
  return plumeAt(source, sigmaY, sigmaZ, y, z);
}

export function plumeAt(
  { rate, wind, height }: Pick<PlumeSource, "rate" | "wind" | "height">,
  sigmaY: number,
  sigmaZ: number,
  y: number,
  z: number,
): number {
  const vertical =
    Math.exp(-((z - height) ** 2) / (2 * sigmaZ ** 2)) + Math.exp(-((z + height) ** 2) / (2 * sigmaZ ** 2));
  return (rate / (2 * Math.PI * wind * sigmaY * sigmaZ)) * Math.exp(-(y ** 2) / (2 * sigmaY ** 2)) * vertical;
}

/** Farthest the formula is used: beyond it sigmas and a steady wind mean nothing. */
export const FARTHEST_M = 10_000;

/** Distance downwind, metres, at which the centre line at the ground falls to a concentration; at most FARTHEST_M, 0 when it is never reached. */
export function reachOf(source: PlumeSource, threshold: number): number {
  const at = (x: number): number => plumeConcentration(source, x, 0, 0);
  let farthest = 0;
  for (let x = 5; x <= FARTHEST_M; x *= 1.05) if (at(x) >= threshold) farthest = x;
  if (farthest === 0) return 0;
  let [low, high] = [farthest, Math.min(FARTHEST_M, farthest * 1.05)];
  if (at(high) >= threshold) return high;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (at(middle) >= threshold) low = middle;
    else high = middle;
  }
  return low;
}

/** Outline of what is at or above a concentration at the ground: x downwind and y to the left of the wind, metres. Empty when nowhere. */
export function plumeOutline(
  source: PlumeSource,
  threshold: number,
  steps = 24,
): readonly (readonly [number, number])[] {
  const reach = reachOf(source, threshold);
  if (reach === 0) return [];
  const left: [number, number][] = [];
  for (let i = 1; i < steps; i++) {
    const x = reach * (0.5 - 0.5 * Math.cos((Math.PI * i) / steps));
    const centre = plumeConcentration(source, x, 0, 0);
    if (centre < threshold) continue;
    const { sigmaY } = briggsSigmas(x, source.stability, source.terrain);
    left.push([x, sigmaY * Math.sqrt(2 * Math.log(centre / threshold))]);
  }
  return [[0, 0], ...left, [reach, 0], ...left.map(([x, y]): [number, number] => [x, -y]).reverse()];
}
