import { wgs84FromGcj02 } from "../../src/geo/gcj02.ts";
import { createProjection, type Projection } from "../../src/geo/projection.ts";

export interface ToGeodetic {
  /** What it is called in `source.json`. */
  readonly label: string;
  /** Degrees in, the same degrees out. */
  readonly isIdentity: boolean;
  /** Turns x, y, z triples into longitude, latitude (WGS 84 degrees), z in place; NaN where a point is off the map. */
  readonly convert: (xyz: Float64Array, vertices: number) => void;
}

/** @throws TwinError `crs.unknown` */
export function createToGeodetic(crs: string, gcj02: boolean): ToGeodetic {
  const projection = createProjection(crs);
  const isGeographic = projection.kind === "geographic";
  const label = gcj02 ? `${projection.epsg}, GCJ-02` : projection.epsg;
  if (isGeographic && !gcj02) return { label, isIdentity: true, convert: () => {} };
  const convert = (xyz: Float64Array, vertices: number): void => {
    for (let at = 0; at < vertices * 3; at += 3) {
      if (!isGeographic) project(projection, xyz, at);
      if (!gcj02) continue;
      const { longitudeDeg, latitudeDeg } = wgs84FromGcj02(xyz[at]!, xyz[at + 1]!);
      xyz[at] = longitudeDeg;
      xyz[at + 1] = latitudeDeg;
    }
  };
  return { label, isIdentity: false, convert };
}

function project(projection: Projection, xyz: Float64Array, at: number): void {
  try {
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(xyz[at]!, xyz[at + 1]!);
    xyz[at] = longitudeDeg;
    xyz[at + 1] = latitudeDeg;
  } catch {
    xyz[at] = Number.NaN;
  }
}
