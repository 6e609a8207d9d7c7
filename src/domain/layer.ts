import type { Issue, PlainError } from "../base/errors.ts";
import type { LocalText, Provenance } from "./provenance.ts";

/** What an attribute is called, in what unit, and what its codes mean. */
export interface FieldTitle {
  readonly title: LocalText;
  readonly unit?: string;
  readonly words?: Readonly<Record<string, LocalText>>;
}

/** What a layer of the one map brings besides what every layer has. */
export interface LayerMap {
  /** In the catalogue by its id, or added by the user. */
  readonly origin: "catalogue" | "user";
  /** Kind of its service, as in `MapService`. */
  readonly service: string;
  /** CIM grade that it claims; absent for a user's own service. */
  readonly grade?: number;
  readonly legend?: Legend;
  readonly fields?: Readonly<Record<string, FieldTitle>>;
  readonly times?: readonly string[];
  /** The one of `times` that is shown. */
  readonly time?: string;
  /** The service as text, for links; absent where it holds a key. */
  readonly link?: string;
}

/** A thing shown over the globe that the user can hide, fade, remove or zoom to. */
export interface Layer {
  readonly id: string;
  readonly kind:
    | "city"
    | "tileset"
    | "model"
    | "sensors"
    | "warnings"
    | "water"
    | "base"
    | "data"
    | "terrain"
    | "map";
  readonly title: LocalText;
  readonly visible: boolean;
  /** 0..1 */
  readonly opacity: number;
  readonly status: "loading" | "ready" | "failed";
  readonly error?: PlainError;
  readonly provenance: Provenance;
  /** Credit line shown at the foot, plain text. */
  readonly attribution?: string;
  readonly url?: string;
  /** Its coordinates are not on the earth: it was put where the user was looking. */
  readonly isAdrift?: boolean;
  /** What was read from the user's file. */
  readonly data?: LayerData;
  /** Of a layer of the one map: from the catalogue, or a service that the user added. */
  readonly map?: LayerMap;
  /** Whether the user may remove it. */
  readonly removable: boolean;
}

/** A layer that came from a file on this computer. */
export interface LayerData {
  readonly format: string;
  readonly fileName: string;
  readonly loadedAtMs: number;
  /** `#rrggbb` */
  readonly color: string;
  /** What its coordinates were read as. */
  readonly crs: string;
  readonly isGcj02: boolean;
  readonly features: number;
  readonly refused: number;
  /** The first findings of every kind, and how many there are in all. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  /** It comes back when the page is opened again. */
  readonly isKept: boolean;
  /** Of a raster: columns and rows, and the metres that its colours span (null for a picture). */
  readonly raster?: {
    readonly size: readonly [number, number];
    readonly range: readonly [number, number] | null;
  };
}

/** Which base map lies on the globe. Keys and tokens live apart (never in the URL or in `state()`). */
export type Basemap =
  | { readonly kind: "offline" }
  | { readonly kind: "xyz"; readonly url: string; readonly datum: MapDatum }
  | {
      readonly kind: "wmts";
      readonly url: string;
      readonly layer: string;
      readonly tileMatrixSet: string;
      readonly style: string;
      readonly format: string;
      readonly datum: MapDatum;
    }
  | { readonly kind: "tianditu"; readonly theme: "vec" | "img" | "ter" }
  | { readonly kind: "ion"; readonly assetId: number };

/** Public Chinese web maps are drawn in GCJ-02: the user says so, nothing is guessed. */
export type MapDatum = "WGS84" | "GCJ02";

export interface LegendEntry {
  /** CSS colour. */
  readonly color: string;
  readonly label: LocalText;
  /** Drawn as a line. */
  readonly isLine?: boolean;
}

export interface Legend {
  readonly title: LocalText;
  readonly unit?: string;
  readonly entries: readonly LegendEntry[];
}
