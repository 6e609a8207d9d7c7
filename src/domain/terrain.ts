/** What colours the ground by its shape. */
export const RELIEF_SHADINGS = ["none", "elevation", "slope", "aspect"] as const;
export type ReliefShading = (typeof RELIEF_SHADINGS)[number];

/** How terrain is drawn. */
export interface ReliefDisplay {
  /** Heights are drawn so many times; 1 is as they are. */
  readonly exaggeration: number;
  readonly shading: ReliefShading;
  /** Metres between contour lines; null draws none. Every fifth is stronger. */
  readonly contours: number | null;
}

export const PLAIN_RELIEF: ReliefDisplay = { exaggeration: 1, shading: "none", contours: null };
export const CONTOUR_STEPS = [5, 10, 20, 50] as const;
export const MAX_EXAGGERATION = 5;

/** Lowest and highest ground of a terrain, metres above the ellipsoid; null where its maker does not say. */
export interface TerrainRange {
  readonly min: number;
  readonly max: number;
}

/** Colours of heights from the lowest to the highest, `#rrggbb`, evenly apart. */
export const ELEVATION_RAMP = ["#4f8a67", "#9bb472", "#dccf8f", "#b98a5e", "#8a5f4d", "#e9e4e0"] as const;

/** Degrees up to which a class of slopes reaches, as the national land survey grades them (TD/T 1055-2019), and its colour. */
export const SLOPE_CLASSES = [
  { upToDeg: 2, color: "#5f8f78" },
  { upToDeg: 6, color: "#a9bf6f" },
  { upToDeg: 15, color: "#e6c35c" },
  { upToDeg: 25, color: "#d9823f" },
  { upToDeg: 90, color: "#a8443f" },
] as const;

/** Colours of the eight directions that ground may face, clockwise from north. */
export const ASPECT_COLORS = [
  "#5b7fc7",
  "#5fb0c9",
  "#63b88a",
  "#b6c25a",
  "#e0a44d",
  "#d4744f",
  "#b5608f",
  "#7f68bd",
] as const;

/** Ground along a line. */
export interface TerrainProfile {
  /** Corners as drawn, longitude and latitude degrees. */
  readonly line: readonly (readonly [number, number])[];
  readonly longitudeDeg: readonly number[];
  readonly latitudeDeg: readonly number[];
  /** Metres from the start, along the ground's map. */
  readonly distance: readonly number[];
  /** Metres above the ellipsoid. */
  readonly height: readonly number[];
}

/** Figures that one asks of a profile, metres and degrees. */
export interface ProfileFacts {
  readonly length: number;
  readonly lowest: number;
  readonly highest: number;
  /** Sums of all that goes up and all that goes down. */
  readonly up: number;
  readonly down: number;
  readonly steepestDeg: number;
}

export function profileFacts({ distance, height }: TerrainProfile): ProfileFacts {
  let [up, down, steepest] = [0, 0, 0];
  for (let k = 1; k < height.length; k++) {
    const rise = height[k]! - height[k - 1]!;
    if (rise > 0) up += rise;
    else down -= rise;
    const run = distance[k]! - distance[k - 1]!;
    if (run > 0) steepest = Math.max(steepest, Math.abs(rise) / run);
  }
  return {
    length: distance.at(-1) ?? 0,
    lowest: height.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    highest: height.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    up,
    down,
    steepestDeg: (Math.atan(steepest) * 180) / Math.PI,
  };
}

/** One row a place: nothing in it is text from outside. */
export function profileCsv({ distance, height, longitudeDeg, latitudeDeg }: TerrainProfile): string {
  const rows = distance.map((metres, k) =>
    [metres.toFixed(1), height[k]!.toFixed(2), longitudeDeg[k]!.toFixed(7), latitudeDeg[k]!.toFixed(7)].join(
      ",",
    ),
  );
  return `${["distance_m,height_m,longitude_deg,latitude_deg", ...rows].join("\r\n")}\r\n`;
}
