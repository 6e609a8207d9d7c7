import { ecefFromGeodetic, RAD_PER_DEG, writeEcef } from "../geo/ellipsoid.ts";

/**
 * Places near one another as offsets from a point on the ground between them, in metres along the earth-fixed axes: small
 * enough for 32-bit floats (2 mm at 30 km), so that moving them needs no splitting into high and low parts.
 */
export class LocalFrame {
  /** Earth-centred, earth-fixed, metres. */
  readonly origin: readonly [number, number, number];
  /** Unit vector away from the earth at the origin; within half a degree of it 50 km away. */
  readonly up: readonly [number, number, number];

  readonly #x: number;
  readonly #y: number;
  readonly #z: number;

  constructor(longitudeDeg: number, latitudeDeg: number) {
    this.origin = ecefFromGeodetic({ longitudeDeg, latitudeDeg, height: 0 });
    [this.#x, this.#y, this.#z] = this.origin;
    const lon = longitudeDeg * RAD_PER_DEG;
    const lat = latitudeDeg * RAD_PER_DEG;
    this.up = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  }

  /** The frame in the middle of interleaved lon, lat, height (deg, deg, m), at sea level. */
  static around(positions: Float64Array): LocalFrame {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (let at = 0; at < positions.length; at += 3) {
      west = Math.min(west, positions[at]!);
      east = Math.max(east, positions[at]!);
      south = Math.min(south, positions[at + 1]!);
      north = Math.max(north, positions[at + 1]!);
    }
    return west <= east ? new LocalFrame((west + east) / 2, (south + north) / 2) : new LocalFrame(0, 0);
  }

  /** Writes the offset of a place to `out[at]` and the two after it. */
  write(longitudeDeg: number, latitudeDeg: number, height: number, out: Float64Array, at: number): void {
    writeEcef(longitudeDeg, latitudeDeg, height, out, at);
    out[at] = out[at]! - this.#x;
    out[at + 1] = out[at + 1]! - this.#y;
    out[at + 2] = out[at + 2]! - this.#z;
  }

  /** Offsets of interleaved lon, lat, height. */
  offsetsOf(positions: Float64Array): Float64Array {
    const offsets = new Float64Array(positions.length);
    for (let at = 0; at < positions.length; at += 3)
      this.write(positions[at]!, positions[at + 1]!, positions[at + 2]!, offsets, at);
    return offsets;
  }
}

/** Length of the longest of interleaved offsets, metres. */
export function farthestOffset(offsets: Float64Array): number {
  let most = 0;
  for (let at = 0; at < offsets.length; at += 3)
    most = Math.max(most, Math.hypot(offsets[at]!, offsets[at + 1]!, offsets[at + 2]!));
  return most;
}
