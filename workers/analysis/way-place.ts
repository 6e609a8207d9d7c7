import type { LonLatPlace } from "./contract.ts";
import type { RoadWay } from "./road-network.ts";

interface Measured {
  /** Metres from the start to each point of the path. */
  readonly along: Float64Array;
}

const measured = new WeakMap<RoadWay, Measured>();

/** Where one is after a share 0-1 of a way at an even speed, and where one looks (degrees clockwise from north). */
export function placeAlong(
  way: RoadWay,
  share: number,
): LonLatPlace & { readonly headingDeg: number | null } {
  const { path } = way;
  const { along } = measure(way);
  const target = Math.max(0, Math.min(1, share)) * along.at(-1)!;
  let low = 0;
  let high = path.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (along[middle]! <= target) low = middle;
    else high = middle;
  }
  const [lonA, latA] = path[low]!;
  const [lonB, latB] = path[high]!;
  const span = along[high]! - along[low]!;
  const within = span > 0 ? (target - along[low]!) / span : 0;
  const east = (lonB - lonA) * Math.cos((latA * Math.PI) / 180);
  const headingDeg = span > 0 ? ((Math.atan2(east, latB - latA) * 180) / Math.PI + 360) % 360 : null;
  return {
    longitudeDeg: lonA + (lonB - lonA) * within,
    latitudeDeg: latA + (latB - latA) * within,
    headingDeg,
  };
}

function measure(way: RoadWay): Measured {
  const known = measured.get(way);
  if (known) return known;
  const along = new Float64Array(way.path.length);
  for (let i = 1; i < along.length; i++) {
    const [lonA, latA] = way.path[i - 1]!;
    const [lonB, latB] = way.path[i]!;
    const east = (lonB - lonA) * Math.cos((latA * Math.PI) / 180);
    along[i] = along[i - 1]! + Math.hypot(east, latB - latA) * 111_195;
  }
  measured.set(way, { along });
  return { along };
}
