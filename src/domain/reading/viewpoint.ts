import type { SectionPlane } from "./section-plane.ts";

/** A camera in the model frame: east, north, up; metres. */
export interface ViewCamera {
  readonly eye: readonly [number, number, number];
  /** Any point ahead: what the camera turns about. */
  readonly target: readonly [number, number, number];
  /** `perspective` has a vertical field of view, `parallel` the height of what it sees. */
  readonly lens:
    | { readonly kind: "perspective"; readonly fovDeg: number }
    | { readonly kind: "parallel"; readonly height: number };
}

/** One remark of one person. */
export interface ViewpointComment {
  readonly author: string;
  readonly text: string;
  readonly atMs: number;
}

/** A place to look from, what is seen there, and what there is to say about it: a topic of BCF with one viewpoint. */
export interface Viewpoint {
  /** GUID of the topic, lower case with hyphens. */
  readonly id: string;
  readonly modelId: string;
  readonly title: string;
  readonly author: string;
  readonly createdMs: number;
  readonly comments: readonly ViewpointComment[];
  /** As other programs name them; ours are Issue and Open. */
  readonly type: string;
  readonly status: string;
  readonly camera: ViewCamera | null;
  readonly planes: readonly SectionPlane[];
  /** GlobalIds. */
  readonly selected: readonly string[];
  /** All elements are shown but these, or none but these. */
  readonly visibility: {
    readonly shows: "all-but" | "only";
    readonly globalIds: readonly string[];
  };
  readonly hiddenStoreys: readonly string[];
  readonly isXray: boolean;
  /** Property that elements are coloured by. */
  readonly colouredBy: string | null;
  /** Elements of other programs' colours: hexadecimal RRGGBB to GlobalIds. */
  readonly colours: readonly { readonly color: string; readonly globalIds: readonly string[] }[];
}
