/** Scene frame: x east, y up, z south; metres. */
export type Three = readonly [number, number, number];

/** Metres to the nearest solid surface on a ray (direction of length 1) that is nearer than `limit`; null when free. */
export type Probe = (origin: Three, direction: Three, limit: number) => number | null;

/** Somebody on foot. */
export interface WalkBody {
  /** Where the soles are. */
  readonly feet: Three;
  /** Downward speed while falling, m/s. */
  readonly fall: number;
}

/** Eyes of a standing adult over the soles. */
export const EYE_M = 1.6;
/** What a foot is lifted over or set down to without falling: two risers. */
const STEP_M = 0.42;
const RADIUS_M = 0.28;
/** Heights at which the body meets walls: above a step, at the hip, at the head. */
const FEELERS_M = [STEP_M + 0.04, 0.95, EYE_M + 0.08] as const;
const GRAVITY = 9.81;
const TERMINAL = 40;
/** Longest stretch that is moved at once: a slow frame must not carry anybody through a wall. */
const STRIDE_M = 0.2;
/** Turned aside by so much, in radians, the way along a wall is looked for. */
const ASIDE = [0, 0.45, -0.45, 0.9, -0.9, 1.35, -1.35] as const;
const DOWN: Three = [0, -1, 0];

/**
 * One step of a walk: along the ground, over steps, along walls, down where there is nothing underfoot.
 *
 * @param velocity east and south, m/s
 * @param groundY what carries where no surface does
 */
export function walkOn(
  body: WalkBody,
  velocity: readonly [number, number],
  dtS: number,
  probe: Probe,
  groundY: number,
): WalkBody {
  const length = Math.hypot(...velocity) * dtS;
  let { feet } = body;
  for (let left = length; left > 1e-6; left -= STRIDE_M) {
    const share = Math.min(left, STRIDE_M) / length;
    feet = moved(feet, velocity[0] * dtS * share, velocity[1] * dtS * share, probe);
    feet = onFloor(feet, probe, groundY) ?? feet;
  }
  return settled({ feet, fall: body.fall }, dtS, probe, groundY);
}

/** As far as there is room: straight on, else along what is in the way, slower the more it turns aside. */
function moved(feet: Three, dx: number, dz: number, probe: Probe): Three {
  const length = Math.hypot(dx, dz);
  for (const angle of ASIDE) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [x, z] = [dx * cos - dz * sin, dx * sin + dz * cos];
    if (isFree(feet, [x / length, 0, z / length], length * cos + RADIUS_M, probe))
      return [feet[0] + x * cos, feet[1], feet[2] + z * cos];
  }
  return feet;
}

function isFree([x, y, z]: Three, direction: Three, reach: number, probe: Probe): boolean {
  // shoulders as well as the middle: a corner is met before the nose is past it
  const [sideX, sideZ] = [-direction[2] * RADIUS_M * 0.8, direction[0] * RADIUS_M * 0.8];
  return FEELERS_M.every((up) =>
    [-1, 0, 1].every(
      (side) => probe([x + sideX * side, y + up, z + sideZ * side], direction, reach) === null,
    ),
  );
}

/** The surface within a step up or down of the soles; null when there is none. */
function onFloor([x, y, z]: Three, probe: Probe, groundY: number): Three | null {
  const from = y + STEP_M;
  const hit = probe([x, from, z], DOWN, 2 * STEP_M);
  const floors = hit === null ? [] : [from - hit];
  if (Math.abs(y - groundY) <= STEP_M) floors.push(groundY);
  return floors.length === 0 ? null : [x, Math.max(...floors), z];
}

/** Stands on what is underfoot, or falls towards it. */
function settled({ feet, fall }: WalkBody, dtS: number, probe: Probe, groundY: number): WalkBody {
  const floor = onFloor(feet, probe, groundY);
  if (floor) return { feet: floor, fall: 0 };
  const speed = Math.min(TERMINAL, fall + GRAVITY * dtS);
  const drop = speed * dtS;
  const [x, y, z] = feet;
  const hit = probe([x, y + STEP_M, z], DOWN, STEP_M + drop);
  const landing = Math.max(groundY, hit === null ? Number.NEGATIVE_INFINITY : y + STEP_M - hit);
  return y - drop <= landing ? { feet: [x, landing, z], fall: 0 } : { feet: [x, y - drop, z], fall: speed };
}
