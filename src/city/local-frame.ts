import { ecefFromGeodetic, RAD_PER_DEG, WGS84_A, WGS84_E2, writeEcef } from "../geo/ellipsoid.ts";

/** Within so many radians of the origin, 320 km, sines and cosines come from short series: good to a micrometre. */
const NEAR_RAD = 0.05;

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
  readonly #longitudeDeg: number;
  readonly #latitudeDeg: number;
  /** Sine and cosine of the origin's longitude and latitude. */
  readonly #sinLon: number;
  readonly #cosLon: number;
  readonly #sinLat: number;
  readonly #cosLat: number;

  constructor(longitudeDeg: number, latitudeDeg: number) {
    this.origin = ecefFromGeodetic({ longitudeDeg, latitudeDeg, height: 0 });
    [this.#x, this.#y, this.#z] = this.origin;
    const lon = longitudeDeg * RAD_PER_DEG;
    const lat = latitudeDeg * RAD_PER_DEG;
    this.#longitudeDeg = longitudeDeg;
    this.#latitudeDeg = latitudeDeg;
    this.#sinLon = Math.sin(lon);
    this.#cosLon = Math.cos(lon);
    this.#sinLat = Math.sin(lat);
    this.#cosLat = Math.cos(lat);
    this.up = [this.#cosLat * this.#cosLon, this.#cosLat * this.#sinLon, this.#sinLat];
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

  /**
   * Writes the offset of a place to `out[at]` and the two after it. As `writeEcef`, with the origin's own sines and the addition
   * theorems in place of four trigonometric functions: ten thousand moves a frame are paid for here.
   */
  write(longitudeDeg: number, latitudeDeg: number, height: number, out: Float64Array, at: number): void {
    const lon = (longitudeDeg - this.#longitudeDeg) * RAD_PER_DEG;
    const lat = (latitudeDeg - this.#latitudeDeg) * RAD_PER_DEG;
    if (Math.abs(lon) > NEAR_RAD || Math.abs(lat) > NEAR_RAD) {
      writeEcef(longitudeDeg, latitudeDeg, height, out, at);
      out[at] = out[at]! - this.#x;
      out[at + 1] = out[at + 1]! - this.#y;
      out[at + 2] = out[at + 2]! - this.#z;
      return;
    }
    const sx = smallSin(lon);
    const cx = smallCos(lon);
    const sy = smallSin(lat);
    const cy = smallCos(lat);
    const sinLat = this.#sinLat * cy + this.#cosLat * sy;
    const cosLat = this.#cosLat * cy - this.#sinLat * sy;
    const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * sinLat * sinLat);
    const r = (n + height) * cosLat;
    out[at] = r * (this.#cosLon * cx - this.#sinLon * sx) - this.#x;
    out[at + 1] = r * (this.#sinLon * cx + this.#cosLon * sx) - this.#y;
    out[at + 2] = (n * (1 - WGS84_E2) + height) * sinLat - this.#z;
  }

  /** Offsets of interleaved lon, lat, height. */
  offsetsOf(positions: Float64Array): Float64Array {
    const offsets = new Float64Array(positions.length);
    for (let at = 0; at < positions.length; at += 3)
      this.write(positions[at]!, positions[at + 1]!, positions[at + 2]!, offsets, at);
    return offsets;
  }
}

/** Taylor series about 0 for angles up to NEAR_RAD, the first term left out below 1e-15. */
function smallSin(x: number): number {
  const q = x * x;
  return x * (1 - (q / 6) * (1 - (q / 20) * (1 - q / 42)));
}

function smallCos(x: number): number {
  const q = x * x;
  return 1 - (q / 2) * (1 - (q / 12) * (1 - (q / 30) * (1 - q / 56)));
}

/** Length of the longest of interleaved offsets, metres. */
export function farthestOffset(offsets: Float64Array): number {
  let most = 0;
  for (let at = 0; at < offsets.length; at += 3)
    most = Math.max(most, Math.hypot(offsets[at]!, offsets[at + 1]!, offsets[at + 2]!));
  return most;
}
