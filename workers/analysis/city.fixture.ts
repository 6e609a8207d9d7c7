import type { BuildingIndex, GroundGrid } from "../../src/domain/building-index.ts";

/** Buildings at the given places, ten metres tall and with ten people each unless told otherwise. */
export function cityOf(
  places: readonly (readonly [number, number])[],
  part: Partial<BuildingIndex> = {},
): BuildingIndex {
  const count = places.length;
  return {
    count,
    idPrefix: "T",
    longitudeDeg: Float64Array.from(places, ([lon]) => lon),
    latitudeDeg: Float64Array.from(places, ([, lat]) => lat),
    height: new Float32Array(count).fill(10),
    floors: new Uint16Array(count).fill(3),
    year: new Uint16Array(count).fill(2000),
    use: new Uint8Array(count),
    residentsDay: new Uint32Array(count).fill(10),
    residentsNight: new Uint32Array(count).fill(20),
    footprintArea: new Float32Array(count).fill(100),
    district: new Uint8Array(count),
    districts: ["和平区"],
    names: {},
    ...part,
  };
}

/**
 * A grid drawn as text, north row first: `~` is open water at 0 m, a digit is ground of that many metres, `#` is 9 m.
 * One degree a cell, the middle of the south-western one at (0, 0).
 */
export function gridOf(...picture: readonly string[]): GroundGrid {
  const rows = picture.length;
  const columns = picture[0]!.length;
  const signs = [...picture].reverse().join("");
  return {
    west: -0.5,
    south: -0.5,
    east: columns - 0.5,
    north: rows - 0.5,
    columns,
    rows,
    elevation: Float32Array.from(signs, (sign) => (sign === "~" ? 0 : sign === "#" ? 9 : Number(sign))),
    water: Uint8Array.from(signs, (sign) => (sign === "~" ? 1 : 0)),
  };
}
