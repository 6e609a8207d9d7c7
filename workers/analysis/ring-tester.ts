const MAX_BINS = 256;

/**
 * Tells whether points lie inside a ring (even-odd rule). Edges are sorted into latitude bands once, so that a warning
 * area of thousands of corners costs a point a handful of edges.
 */
export class RingTester {
  /** west, south, east, north of the ring, degrees. */
  readonly box: readonly [number, number, number, number];
  readonly #bands: readonly Float64Array[];
  readonly #bandHeight: number;

  /** `ring`: lon, lat pairs in degrees; closed or not, either winding. */
  constructor(ring: readonly (readonly [number, number])[]) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lon, lat] of ring) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
    this.box = [west, south, east, north];
    const bins = Math.max(1, Math.min(MAX_BINS, Math.ceil(ring.length / 4)));
    this.#bandHeight = Math.max((north - south) / bins, 1e-12);
    const bands: number[][] = Array.from({ length: bins }, () => []);
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi === yj) continue;
      const first = this.#bandOf(Math.min(yi, yj), bins);
      const last = this.#bandOf(Math.max(yi, yj), bins);
      for (let band = first; band <= last; band++) bands[band]!.push(xi, yi, xj, yj);
    }
    this.#bands = bands.map((band) => Float64Array.from(band));
  }

  contains(lon: number, lat: number): boolean {
    const [west, south, east, north] = this.box;
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false;
    const edges = this.#bands[this.#bandOf(lat, this.#bands.length)]!;
    let inside = false;
    for (let e = 0; e < edges.length; e += 4) {
      const yi = edges[e + 1]!;
      const yj = edges[e + 3]!;
      if (yi > lat === yj > lat) continue;
      const xi = edges[e]!;
      if (lon < ((edges[e + 2]! - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }

  #bandOf(lat: number, bins: number): number {
    return Math.max(0, Math.min(bins - 1, Math.floor((lat - this.box[1]) / this.#bandHeight)));
  }
}
