import { addFeatureEdges, EdgeBuffer } from "./feature-edges.ts";
import type { TileLayer } from "./tile-layer.ts";

interface EdgeJob {
  readonly layer: TileLayer;
  readonly done: (positions: Float32Array, first: Uint32Array) => void;
  edges: EdgeBuffer;
  readonly first: Uint32Array;
  feature: number;
}

/** Work in one go; a frame at 60 Hz has 16 ms. */
const SLICE_MS = 6;
/** Beyond this many triangles in all a model is drawn without edges: about 3 s of slices and 300 MB of lines. */
const MAX_TRIANGLES = 3_000_000;
/** One element with more triangles than this is a statue or a terrain: its facets are not edges. */
const MAX_ELEMENT_TRIANGLES = 60_000;

/** Finds edges in small slices while the page is idle, layer after layer. */
export class EdgeQueue {
  readonly #jobs: EdgeJob[] = [];
  readonly #onIdle: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #triangles = 0;

  /** @param onIdle called when the last layer of those waiting is done */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  get isBusy(): boolean {
    return this.#jobs.length > 0;
  }

  add(layer: TileLayer, done: EdgeJob["done"]): void {
    this.#triangles += layer.index.length / 3;
    if (this.#triangles > MAX_TRIANGLES) return;
    const edges = new EdgeBuffer();
    this.#jobs.push({ layer, done, edges, first: new Uint32Array(layer.first.length), feature: 0 });
    this.#schedule();
  }

  remove(layer: TileLayer): void {
    this.#triangles -= layer.index.length / 3;
    const at = this.#jobs.findIndex((job) => job.layer === layer);
    if (at >= 0) this.#jobs.splice(at, 1);
  }

  /** Vertices of the layer have moved: what was found of it so far is out of place. */
  restart(layer: TileLayer): void {
    const job = this.#jobs.find((one) => one.layer === layer);
    if (!job) return;
    job.edges = new EdgeBuffer();
    job.feature = 0;
  }

  clear(): void {
    this.#jobs.length = 0;
    this.#triangles = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    if (this.#timer !== null || this.#jobs.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#runSlice();
    }, 0);
  }

  #runSlice(): void {
    const endMs = performance.now() + SLICE_MS;
    while (this.#jobs.length > 0 && performance.now() < endMs) {
      const job = this.#jobs[0] as EdgeJob;
      if (!advance(job, endMs)) break;
      this.#jobs.shift();
      job.done(job.edges.toArray(), job.first);
    }
    if (this.#jobs.length === 0) this.#onIdle();
    else this.#schedule();
  }
}

/** True when the layer is finished. */
function advance(job: EdgeJob, endMs: number): boolean {
  const { layer, edges, first } = job;
  const last = layer.first.length - 1;
  while (job.feature < last) {
    const from = layer.first[job.feature] as number;
    const to = layer.first[job.feature + 1] as number;
    if (to > from && (to - from) / 3 <= MAX_ELEMENT_TRIANGLES)
      addFeatureEdges(layer.positions, layer.index, from, to, edges);
    first[++job.feature] = edges.length / 3;
    if (performance.now() > endMs) break;
  }
  return job.feature === last;
}
