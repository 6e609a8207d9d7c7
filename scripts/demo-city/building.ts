import type { Point, Ring } from "./plane.ts";

/** Walls from z0 to z1 over a ring; v0 and v1 are floor numbers above ground, equal for walls without windows. */
export interface PrismPart {
  readonly kind: "prism";
  readonly ring: Ring;
  readonly z0: number;
  readonly z1: number;
  readonly v0: number;
  readonly v1: number;
  /** `parapet` sinks the roof by 0.9 m behind a 0.35 m wall. */
  readonly roof: "flat" | "parapet" | "none";
  /** Ring at the top, same count, when the walls lean. */
  readonly top?: Ring;
}

/** A roof over four points with the ridge along the direction from point 0 to point 1; `hip` > 0 leans the ends in. */
export interface RidgePart {
  readonly kind: "ridge";
  readonly ring: Ring;
  readonly z0: number;
  readonly z1: number;
  /** How far the ridge ends lie from the gables, metres. */
  readonly hip: number;
}

/** A profile of radius and height turned about a vertical axis; scaled into an ellipse. */
export interface LathePart {
  readonly kind: "lathe";
  readonly centre: Point;
  readonly profile: readonly (readonly [radius: number, z: number])[];
  readonly sides: number;
  /** East-west and north-south factors before the turn by `radians`. */
  readonly scale: readonly [number, number];
  readonly radians: number;
  /** Floors drawn over the whole profile; 0 for none. */
  readonly floors: number;
  /** Facets with hard edges instead of a smooth round. */
  readonly faceted?: boolean;
}

/** A bar of square section from one point to another: a cable, a strut. */
export interface BeamPart {
  readonly kind: "beam";
  readonly from: Point;
  readonly to: Point;
  readonly zFrom: number;
  readonly zTo: number;
  /** Metres across. */
  readonly thickness: number;
}

export type Part = PrismPart | RidgePart | LathePart | BeamPart;

/** A building of the demo city. Coordinates are metres of the plane, heights metres above ground. */
export interface Building {
  readonly ring: Ring;
  readonly parts: readonly Part[];
  readonly centre: Point;
  /** m² */
  readonly area: number;
  /** Position in BUILDING_USES. */
  readonly use: number;
  readonly floors: number;
  readonly height: number;
  readonly year: number;
  readonly structure: string;
  readonly name: string;
  readonly address: string;
  readonly district: number;
  readonly residentsDay: number;
  readonly residentsNight: number;
  /** 0..255: lets the facade differ from its neighbour. */
  readonly seed: number;
}
