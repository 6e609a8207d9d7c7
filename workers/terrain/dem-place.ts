import { createProjection } from "../../src/geo/projection.ts";
import type { DemFrame } from "./contract.ts";

/** Between the posts of a height model (column, row; whole numbers are posts) and places in WGS 84 degrees. */
export interface DemPlace {
  /** NaN where the place is off the map or far from the model. */
  toPost(longitudeDeg: number, latitudeDeg: number): readonly [column: number, row: number];
  /** NaN where the post is off the map. */
  toDegrees(column: number, row: number): readonly [longitudeDeg: number, latitudeDeg: number];
}

/** Map projections turn wild far from home: further than this from the model nothing is asked of them. */
const FAR_DEG = 6;

/** @throws TwinError `crs.unknown` */
export function createDemPlace(frame: DemFrame): DemPlace {
  const { crs, affine } = frame;
  const projection = createProjection(crs);
  const [x0, y0, xColumn, yColumn, xRow, yRow] = affine;
  const determinant = xColumn * yRow - xRow * yColumn;
  const isGeographic = projection.kind === "geographic";
  const place: DemPlace = {
    toPost(longitudeDeg, latitudeDeg) {
      if (isFar(longitudeDeg, latitudeDeg)) return [Number.NaN, Number.NaN];
      let x = longitudeDeg;
      let y = latitudeDeg;
      if (!isGeographic)
        try {
          const map = projection.fromGeodetic(longitudeDeg, latitudeDeg);
          x = map.eastings;
          y = map.northings;
        } catch {
          return [Number.NaN, Number.NaN];
        }
      const dx = x - x0;
      const dy = y - y0;
      return [(dx * yRow - dy * xRow) / determinant, (dy * xColumn - dx * yColumn) / determinant];
    },
    toDegrees(column, row) {
      const x = x0 + xColumn * column + xRow * row;
      const y = y0 + yColumn * column + yRow * row;
      if (isGeographic) return [x, y];
      try {
        const { longitudeDeg, latitudeDeg } = projection.toGeodetic(x, y);
        return [longitudeDeg, latitudeDeg];
      } catch {
        return [Number.NaN, Number.NaN];
      }
    },
  };
  const [west, south, east, north] = demBounds(frame, place);
  function isFar(longitudeDeg: number, latitudeDeg: number): boolean {
    return (
      longitudeDeg < west - FAR_DEG ||
      longitudeDeg > east + FAR_DEG ||
      latitudeDeg < south - FAR_DEG ||
      latitudeDeg > north + FAR_DEG
    );
  }
  return place;
}

/** West, south, east, north of all posts in degrees, found along the border. */
export function demBounds(frame: DemFrame, place: DemPlace): [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  const steps = 64;
  const take = (column: number, row: number) => {
    const [lon, lat] = place.toDegrees(column, row);
    if (Number.isNaN(lon)) return;
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  };
  for (let k = 0; k <= steps; k++) {
    const column = ((frame.columns - 1) * k) / steps;
    const row = ((frame.rows - 1) * k) / steps;
    take(column, 0);
    take(column, frame.rows - 1);
    take(0, row);
    take(frame.columns - 1, row);
  }
  return bounds;
}
