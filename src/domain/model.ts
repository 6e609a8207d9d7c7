import type { Issue } from "../base/errors.ts";
import type { ModelPlace } from "./model-place.ts";
import type { GeoreferenceMethod, PlaceEvidence } from "./place-candidate.ts";

/** Raised whenever the output for the same input changes: caches go by it. */
export const CONVERTER_VERSION = "5";

/**
 * What a converted IFC model says of itself: the content of `model.json` beside its `tileset.json`. Property sets are in
 * `properties/`, read through `PropertyStore`.
 */
export interface IfcModel {
  /** Hex SHA-256 of the IFC file. */
  readonly contentHash: string;
  readonly converterVersion: string;
  readonly fileName: string;
  readonly fileBytes: number;
  /** As written in FILE_SCHEMA: IFC2X3, IFC4, IFC4X3_ADD2 ... */
  readonly schema: string;
  /** IfcProject.LongName or Name; else the file name. */
  readonly name: string;
  readonly georeference: Georeference;
  /** All that the file says of its place. */
  readonly evidence: PlaceEvidence;
  readonly storeys: readonly IfcStorey[];
  readonly spatialTree: SpatialNode;
  readonly counts: {
    readonly elements: number;
    readonly triangles: number;
    /** Elements that have a representation but gave no geometry. */
    readonly withoutGeometry: number;
    readonly byClass: Readonly<Record<string, number>>;
  };
  /** Elements whose shape could not be built, at most 2000. */
  /** Spaces and openings with a shape, each with a tileset of its own in `spaces/` and `openings/`; earlier versions do not say. */
  readonly voids?: VoidCounts;
  readonly failures: readonly ElementFailure[];
  /** In the model frame (ENU-aligned, metres, origin at the georeference): east, north, up. */
  readonly box: {
    readonly min: readonly [number, number, number];
    readonly max: readonly [number, number, number];
  };
  readonly issues: readonly Issue[];
  readonly tiles: number;
  readonly bytes: number;
  /** Elements, then spaces, then openings; column-wise to stay small. Row = position in every array. */
  readonly elements: ElementColumns;
}

export interface VoidCounts {
  readonly spaces: number;
  readonly openings: number;
}

/** An element that says it has a shape but gave none. */
export interface ElementFailure {
  readonly globalId: string;
  readonly expressId: number;
  readonly class: string;
  readonly name: string;
  /** `cycle`: its shape refers to itself; `fault`: the kernel stopped at it; `empty`: the kernel made nothing of it. */
  readonly reason: "cycle" | "fault" | "empty";
  /** The kernel's words, or the kinds of shape that gave nothing. */
  readonly detail: string;
}

export interface ElementColumns {
  readonly globalId: readonly string[];
  readonly expressId: readonly number[];
  /** IFC class as in the schema, e.g. IfcWallStandardCase. */
  readonly class: readonly string[];
  readonly name: readonly string[];
  /** Index into `storeys`, -1 when in none. */
  readonly storey: readonly number[];
  /** Model-frame boxes, six numbers an element: minE, minN, minU, maxE, maxN, maxU. */
  readonly box: readonly number[];
}

export interface IfcStorey {
  readonly globalId: string;
  readonly name: string;
  /** Metres above the building's datum, as authored. */
  readonly elevation: number;
  readonly elements: number;
}

export interface SpatialNode {
  readonly globalId: string;
  readonly class: string;
  readonly name: string;
  /** Rows of the elements contained directly here. */
  readonly elements: readonly number[];
  readonly children: readonly SpatialNode[];
  /** Of an IfcSpace that has a shape. */
  readonly space?: SpaceBox;
}

/** Where a room is, in the model frame, metres: an upright box on a rectangle of east, north pairs, from `bottom` to `top`. */
export interface SpaceBox {
  readonly ring: readonly (readonly [number, number])[];
  readonly bottom: number;
  readonly top: number;
}

export type { GeoreferenceMethod } from "./place-candidate.ts";

/** How the model stands on the Earth. */
export interface Georeference {
  readonly method: GeoreferenceMethod;
  /** Name as authored (`EPSG:4550`), when there is one. */
  readonly crs?: string;
  readonly epsg?: number;
  /** Map coordinates of the engineering origin, metres. */
  readonly eastings?: number;
  readonly northings?: number;
  /** As authored: usually above a vertical datum, not above the ellipsoid. */
  readonly orthogonalHeight?: number;
  readonly scale?: number;
  /** Clockwise angle from grid (or true) north to the model's +Y axis, degrees. */
  readonly rotationDeg?: number;
  readonly verticalDatum?: string;
  /** Where the model origin landed; absent when `method` is none. Height as authored, taken as ellipsoidal. */
  readonly origin?: { readonly longitudeDeg: number; readonly latitudeDeg: number; readonly height: number };
  /** Engineering coordinates of the model frame's origin, metres, when the model lies far from its own origin. */
  readonly offset?: readonly [number, number, number];
  /** Evidence and doubts in words for the log. */
  readonly notes: readonly string[];
}

/** One property or quantity set of an element (or of its type, `fromType`). */
export interface PropertySet {
  readonly name: string;
  readonly fromType?: boolean;
  readonly properties: readonly {
    readonly name: string;
    readonly value: string | number | boolean | null;
    readonly unit?: string;
  }[];
}

/** One row of the model list that the application keeps. */
export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  readonly schema: string;
  readonly georeference: Georeference;
  readonly storeys: readonly IfcStorey[];
  readonly counts: IfcModel["counts"];
  /** Of the columns: elements, then spaces, then openings. */
  readonly rows: number;
  readonly voids: VoidCounts;
  readonly issues: readonly Issue[];
  readonly failures: readonly ElementFailure[];
  readonly box: IfcModel["box"];
  /** What its tiles and properties take of this computer. */
  readonly bytes: number;
  readonly visible: boolean;
  /** Storey GlobalIds that are hidden. */
  readonly hiddenStoreys: readonly string[];
  /** `placed` shows in the city; `unplaced` waits for the user to click its place. */
  readonly placement: "placed" | "unplaced";
  /** Where somebody put it, when not where the file says. */
  readonly userPlace: ModelPlace | null;
  readonly isSample: boolean;
  /** URL it was fetched from, when it came by URL: what a link can carry. */
  readonly source?: string;
}

/** One element as the inspector shows it. */
export interface ElementDetail {
  readonly class: string;
  readonly name: string;
  readonly globalId: string;
  readonly storeyName: string | null;
  readonly propertySets: readonly PropertySet[];
}
