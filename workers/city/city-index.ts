/** What planning needs of each built feature, as columns: 44 bytes a feature. Row order is the order of the inputs. */
export class CityIndex {
  count = 0;
  /** Address of the record. */
  address = new Float64Array(1024);
  longitudeDeg = new Float64Array(1024);
  latitudeDeg = new Float64Array(1024);
  /** Apparent size in metres: what is missing from the view when the feature is. */
  size = new Float32Array(1024);
  /** Ground height above the ellipsoid. */
  base = new Float32Array(1024);
  /** Corners of the footprint; surfaces count as many. */
  corners = new Uint32Array(1024);

  add(row: {
    readonly address: number;
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly size: number;
    readonly base: number;
    readonly corners: number;
  }): void {
    const at = this.count++;
    if (at >= this.address.length) this.#grow();
    this.address[at] = row.address;
    this.longitudeDeg[at] = row.longitudeDeg;
    this.latitudeDeg[at] = row.latitudeDeg;
    this.size[at] = row.size;
    this.base[at] = row.base;
    this.corners[at] = row.corners;
  }

  #grow(): void {
    this.address = doubled(this.address);
    this.longitudeDeg = doubled(this.longitudeDeg);
    this.latitudeDeg = doubled(this.latitudeDeg);
    this.size = doubled(this.size);
    this.base = doubled(this.base);
    this.corners = doubled(this.corners);
  }
}

function doubled<T extends Float64Array | Float32Array | Uint32Array>(array: T): T {
  const bigger = new (array.constructor as new (length: number) => T)(array.length * 2);
  bigger.set(array);
  return bigger;
}
