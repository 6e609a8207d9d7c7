import type { BaseMapData } from "./base-map-data.ts";

/** What a label stands for: names in both languages, height of its roof in metres. */
export interface NamedPlace {
  readonly name: string;
  readonly nameEn: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}

/** Middle of a district's largest ring by area; good enough for a name. */
export function districtPlaces(data: BaseMapData): NamedPlace[] {
  return data.shapes
    .filter((shape) => shape.kind === "district" && shape.isArea && shape.name !== "")
    .map((shape) => {
      let best = { area: 0, x: 0, y: 0 };
      for (const part of shape.parts) {
        let [area, x, y] = [0, 0, 0];
        for (let k = 0; k < part.length; k += 2) {
          const [x0, y0] = [part[k]!, part[k + 1]!];
          const [x1, y1] = [part[(k + 2) % part.length]!, part[(k + 3) % part.length]!];
          const cross = x0 * y1 - x1 * y0;
          area += cross;
          x += (x0 + x1) * cross;
          y += (y0 + y1) * cross;
        }
        if (Math.abs(area) > Math.abs(best.area)) best = { area, x: x / (3 * area), y: y / (3 * area) };
      }
      return {
        name: shape.name,
        nameEn: shape.nameEn || shape.name,
        longitudeDeg: data.originLongitudeDeg + best.x / data.metersPerDegEast,
        latitudeDeg: data.originLatitudeDeg + best.y / data.metersPerDegNorth,
        height: 0,
      };
    });
}
