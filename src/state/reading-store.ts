import type { PlainError } from "../base/errors.ts";
import type { IdsReport } from "../domain/reading/ids-report.ts";
import type { Measure, MeasureKind, ModelPoint } from "../domain/reading/measure.ts";
import type { ModelReading } from "../domain/reading/model-reading.ts";
import type { Rows } from "../domain/reading/row-set.ts";
import type { SectionBox, SectionPlane } from "../domain/reading/section-plane.ts";
import type { Viewpoint } from "../domain/reading/viewpoint.ts";
import { createTwinStore } from "./create-store.ts";

export const READING_PANELS = ["structure", "search", "section", "measure", "views", "check"] as const;
export type ReadingPanel = (typeof READING_PANELS)[number];

export interface ElementSearch {
  readonly modelId: string;
  readonly query: string;
  readonly state: "running" | "done" | "failed";
  readonly rows: Rows;
  readonly ms: number;
  readonly error: PlainError | null;
}

export interface IdsCheck {
  readonly modelId: string;
  readonly fileName: string;
  readonly state: "running" | "done" | "failed";
  readonly report: IdsReport | null;
  readonly error: PlainError | null;
}

/** How models are read: what is shown of each, and the tools of the one that is open close up. */
export interface ReadingState {
  readonly models: Readonly<Record<string, ModelReading>>;
  /** Model that the sections and measures are of: the one that is or was last open close up. */
  readonly toolsOf: string | null;
  readonly panel: ReadingPanel;
  /** Beside the one plane of the model store. */
  readonly planes: readonly SectionPlane[];
  readonly box: SectionBox | null;
  /** Storey that is looked at from above, cut at 1.2 m. */
  readonly plan: string | null;
  /** Metres between storeys that are pulled apart. */
  readonly explodeM: number;
  /** On foot. */
  readonly walking: boolean;
  /** Tiles of the close-up that memory has no room for. */
  readonly starvedTiles: number;
  readonly measuring: { readonly kind: MeasureKind; readonly points: readonly ModelPoint[] } | null;
  readonly measures: readonly Measure[];
  readonly search: ElementSearch | null;
  /** Properties are being read for the first search, colouring or check. */
  readonly indexing: { readonly modelId: string; readonly done: number; readonly total: number } | null;
  readonly viewpoints: readonly Viewpoint[];
  readonly check: IdsCheck | null;
}

/** Ways of looking that end with the close-up. */
export const NO_LOOKS = {
  plan: null,
  explodeM: 0,
  walking: false,
  measuring: null,
  starvedTiles: 0,
} as const satisfies Partial<ReadingState>;

/** What belongs to one model and goes when another is opened close up. */
export const NO_TOOLS = {
  ...NO_LOOKS,
  planes: [],
  box: null,
  measures: [],
} as const satisfies Partial<ReadingState>;

export function createReadingStore() {
  return createTwinStore<ReadingState>(
    "reading",
    {
      ...NO_TOOLS,
      models: {},
      toolsOf: null,
      panel: "structure",
      search: null,
      indexing: null,
      viewpoints: [],
      check: null,
    },
    {
      models: "local",
      toolsOf: "local",
      panel: "local",
      planes: "local",
      box: "local",
      plan: "local",
      explodeM: "local",
      walking: "none",
      starvedTiles: "none",
      measuring: "none",
      measures: "local",
      search: "local",
      indexing: "none",
      viewpoints: "local",
      check: "none",
    },
  );
}
