import { isAbort } from "../base/abort.ts";
import type { IfcModel } from "../domain/model.ts";
import type { PreviewPart } from "../jobs/ifc-job.ts";
import type { RunningJob } from "./job-log.ts";
import { readModelNotes } from "./model-memory.ts";
import { footprintRing, placeOfModel, tilesetPlacement } from "./model-placement.ts";
import type { WireParts } from "./parts.ts";

type Box = IfcModel["box"];

const PREFIX = "preview-";
/** A model that is larger than what was shown of it by this factor is flown to once more. */
const MUCH_LARGER = 1.5;
let count = 0;

/** Whether a tileset of the city view is what can be seen of a model that is still being made. */
export function isPreviewTileset(tilesetId: string): boolean {
  return tilesetId.startsWith(PREFIX);
}

function union(a: Box | null, b: Box): Box {
  if (!a) return b;
  const each = (of: (x: number, y: number) => number, p: Box["min"], q: Box["min"]) =>
    [of(p[0], q[0]), of(p[1], q[1]), of(p[2], q[2])] as const;
  return { min: each(Math.min, a.min, b.min), max: each(Math.max, a.max, b.max) };
}

function diagonal({ min, max }: Box): number {
  return Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
}

/**
 * Parts of one model in the city while the rest of it is converted. A model without a place is not shown. Whoever makes it
 * calls `replaceBy` or `remove` in the end.
 */
export class ModelPreview {
  readonly #name = `${PREFIX}${++count}`;
  #tilesets: string[] = [];
  #box: Box | null = null;
  #flight: Promise<void> | null = null;
  #isOver = false;

  constructor(
    private readonly parts: Pick<WireParts, "view" | "stores" | "onError">,
    private readonly job: Pick<RunningJob, "shows">,
  ) {}

  /** Shows one more part; part 0 takes the place of all that was shown before. */
  show(part: PreviewPart, modelId: string): void {
    const isThere = this.parts.stores.models.get().models.some(({ id }) => id === modelId);
    if (this.#isOver || isThere) return;
    if (part.part === 0) this.#clear();
    this.#add(part, modelId).catch(this.parts.onError);
  }

  /** Whether the camera stands where a model of this size is seen as a whole. */
  async isFramed(box: Box): Promise<boolean> {
    await this.#flight;
    return this.#box !== null && diagonal(box) <= diagonal(this.#box) * MUCH_LARGER;
  }

  /** Takes the parts away when the model's own tiles have been drawn: nothing flickers. */
  async replaceBy(tilesetId: string): Promise<void> {
    this.#isOver = true;
    this.parts.view.setFootprintCut(this.#name, null);
    if (this.#tilesets.length > 0) await this.parts.view.whenTilesetDrawn(tilesetId);
    this.#clear();
  }

  remove(): void {
    this.#isOver = true;
    this.#clear();
  }

  #clear(): void {
    const { view } = this.parts;
    for (const id of this.#tilesets) view.removeTileset(id);
    if (this.#box) view.setFootprintCut(this.#name, null);
    this.#tilesets = [];
    this.#box = null;
  }

  async #add({ part, georeference, box, tilesetJson, glb }: PreviewPart, modelId: string): Promise<void> {
    const { view } = this.parts;
    const userPlace = readModelNotes()[modelId]?.place ?? null;
    const place = placeOfModel(georeference, userPlace);
    if (!place) return;
    const id = `${this.#name}-${part}`;
    const startMs = performance.now();
    this.#tilesets.push(id);
    this.job.shows(this.#tilesets.length);
    this.#box = union(this.#box, box);
    view.setFootprintCut(this.#name, footprintRing(this.#box, place));
    await view.addTileset({
      id,
      role: "model",
      url: `${location.origin}/local/${id}/tileset.json`,
      readTile: async (path) => (path.endsWith(".json") ? tilesetJson : glb).slice().buffer,
      ...tilesetPlacement(georeference, userPlace),
    });
    if (!this.#tilesets.includes(id)) return view.removeTileset(id);
    if (part === 0) this.#flight = this.#flyTo(id);
    await view.whenTilesetDrawn(id);
    performance.measure("model-part-shown", { start: startMs, detail: id });
  }

  #flyTo(id: string): Promise<void> {
    return this.parts.view.zoomToTileset(id, null).catch((error) => {
      if (!isAbort(error)) this.parts.onError(error);
    });
  }
}
