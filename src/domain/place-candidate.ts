export type GeoreferenceMethod =
  | "IfcMapConversion"
  | "IfcRigidOperation"
  | "ePSet_MapConversion"
  | "IfcSite"
  | "user"
  | "none";

/** Why a statement about a model's place is doubtful: `issue.<code>` of the catalogue, filled with `params`. */
export interface PlaceDoubt {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One answer of a file to where it stands. */
export interface PlaceCandidate {
  /** Stable for the same file: the statement and how it was read. */
  readonly id: string;
  /** `coordinates`: the numbers of the geometry itself are map coordinates. */
  readonly method: GeoreferenceMethod | "coordinates";
  /** `#12`, the statement; empty for coordinates. */
  readonly statement: string;
  /** Where the model frame's origin lands, WGS 84 degrees; height in metres as authored. */
  readonly origin: { readonly longitudeDeg: number; readonly latitudeDeg: number; readonly height: number };
  /** Counter-clockwise turn from the engineering X axis to true east, degrees. */
  readonly turnDeg: number;
  /** `EPSG:4550`, when it goes by a map. */
  readonly crs: string | null;
  /** What the statement says: attribute and value as authored. */
  readonly says: readonly (readonly [name: string, value: string])[];
  readonly doubts: readonly PlaceDoubt[];
  /** The conversion took this one. */
  readonly isTaken: boolean;
}

/** What a model's place is judged by, in `model.json`. */
export interface PlaceEvidence {
  /** Turn that the tiles have inside: engineering X axis to the model frame's east, counter-clockwise, degrees. */
  readonly turnDeg: number;
  /** Engineering coordinates of the model frame's origin, metres. */
  readonly offset: readonly [number, number, number];
  /** Metres in a length unit of the file. */
  readonly lengthM: number;
  /** The model seen from above: corners of its hull in the model frame, metres. */
  readonly outline: readonly (readonly [number, number])[];
  readonly candidates: readonly PlaceCandidate[];
}
