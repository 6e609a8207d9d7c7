import { wgs84FromGcj02 } from "../../src/geo/gcj02.ts";
import { createProjection } from "../../src/geo/projection.ts";

/** Turns x, y, z triples into longitude, latitude (WGS 84 degrees), z in place; NaN where a point is off the map. */
export type ToGeodetic = (xyz: Float64Array, vertices: number) => void;

/** @throws TwinError `crs.unknown` */
export function createToGeodetic(crs: string | null, gcj02: boolean): ToGeodetic {
  const projection = createProjection(crs ?? "EPSG:4326");
  const isGeographic = projection.kind === "geographic";
  if (isGeographic && !gcj02) return () => {};
  return (xyz, vertices) => {
    for (let at = 0; at < vertices * 3; at += 3) {
      if (!isGeographic) project(projection, xyz, at);
      if (!gcj02) continue;
      const { longitudeDeg, latitudeDeg } = wgs84FromGcj02(xyz[at]!, xyz[at + 1]!);
      xyz[at] = longitudeDeg;
      xyz[at + 1] = latitudeDeg;
    }
  };
}

function project(projection: ReturnType<typeof createProjection>, xyz: Float64Array, at: number): void {
  try {
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(xyz[at]!, xyz[at + 1]!);
    xyz[at] = longitudeDeg;
    xyz[at + 1] = latitudeDeg;
  } catch {
    xyz[at] = Number.NaN;
  }
}
