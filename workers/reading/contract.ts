import type { ElementTree, TreeOrder } from "../../src/domain/reading/element-tree.ts";
import type { IdsReport } from "../../src/domain/reading/ids-report.ts";
import type { ElementColouring } from "../../src/domain/reading/model-reading.ts";
import type { PropertyName } from "../../src/domain/reading/property-name.ts";
import type { Rows } from "../../src/domain/reading/row-set.ts";
import type { Viewpoint } from "../../src/domain/reading/viewpoint.ts";

export type OnIndexing = (done: number, total: number) => void;

/**
 * Questions about one converted model. The first one reads all its properties, with progress; the answer to later ones is
 * there at once. Throws plain errors with codes `reading.*`, `bcf.*`, `ids.*`, `storage.*`.
 */
export interface ReadingWorker {
  search(modelId: string, query: string, onIndexing: OnIndexing): Promise<{ rows: Rows; ms: number }>;
  tree(modelId: string, order: TreeOrder, onIndexing: OnIndexing): Promise<ElementTree>;
  /** Properties with few enough values to be worth colouring by, the commonest first, at most 400. */
  properties(modelId: string, onIndexing: OnIndexing): Promise<PropertyName[]>;
  colour(modelId: string, property: string, onIndexing: OnIndexing): Promise<ElementColouring>;
  checkIds(modelId: string, file: Blob, fileName: string, onIndexing: OnIndexing): Promise<IdsReport>;
  writeBcf(
    modelId: string,
    viewpoints: readonly Viewpoint[],
    snapshots: Readonly<Record<string, Uint8Array>>,
    version: "2.1" | "3.0",
    aspect: number,
  ): Promise<Uint8Array>;
  readBcf(
    modelId: string,
    file: Blob,
  ): Promise<{
    viewpoints: readonly Viewpoint[];
    snapshots: Readonly<Record<string, Uint8Array>>;
    notes: readonly string[];
  }>;
  /** The model is gone, or has been converted anew. */
  forget(modelId: string): Promise<void>;
}
