import { BufferAttribute, BufferGeometry, Group, LineSegments, Mesh } from "three";
import { hasRow, NO_ROWS, type Rows, toRows } from "../domain/reading/row-set.ts";
import { addFeatureEdges, EdgeBuffer } from "./feature-edges.ts";
import type { ModelMaterials } from "./materials.ts";
import type { ElementPart, ModelView } from "./model-view.ts";

/** Corners whose edges are drawn too: about 40 ms of work. Beyond it the tint alone says what is chosen. */
const MAX_EDGE_CORNERS = 120_000;

/** Tints the chosen elements over their own material, faintly through walls, with their edges in the accent colour. */
export class Highlight {
  readonly group = new Group();
  readonly #materials: ModelMaterials;
  readonly #partsOf: ModelView["partsOf"];
  #rows: Rows = NO_ROWS;

  constructor(materials: ModelMaterials, { partsOf }: Pick<ModelView, "partsOf">) {
    this.#materials = materials;
    this.#partsOf = partsOf;
  }

  select(rows: ArrayLike<number>): void {
    const most = Array.from(rows).reduce((last, row) => Math.max(last, row + 1), 0);
    this.#rows = toRows(rows, most);
    this.refresh();
  }

  isAmong(rows: Uint32Array): boolean {
    return this.#rows.length > 0 && rows.some((row) => hasRow(this.#rows, row));
  }

  /** The chosen elements have moved, or stand in other tiles. */
  refresh(): void {
    if (this.#rows.length > 0) this.#show(this.#partsOf((row) => hasRow(this.#rows, row)));
    else this.clear();
  }

  #show(parts: readonly ElementPart[]): void {
    this.clear();
    if (parts.length === 0) return;
    const soup = new BufferGeometry();
    soup.setAttribute("position", new BufferAttribute(cornersOf(parts), 3));
    const tint = new Mesh(soup, this.#materials.highlight);
    const ghost = new Mesh(soup, this.#materials.highlightGhost);
    tint.renderOrder = 5;
    ghost.renderOrder = 6;
    this.group.add(ghost, tint);
    const edges = edgesOf(parts);
    if (edges.length === 0) return;
    const outline = new BufferGeometry();
    outline.setAttribute("position", new BufferAttribute(edges, 3));
    const lines = new LineSegments(outline, this.#materials.highlightEdges);
    lines.renderOrder = 7;
    this.group.add(lines);
  }

  clear(): void {
    for (const child of this.group.children) (child as Mesh).geometry.dispose();
    this.group.clear();
  }
}

function cornerCount(parts: readonly ElementPart[]): number {
  return parts.reduce(
    (sum, { layer, feature }) => sum + layer.first[feature + 1]! - layer.first[feature]!,
    0,
  );
}

function cornersOf(parts: readonly ElementPart[]): Float32Array {
  const corners = new Float32Array(cornerCount(parts) * 3);
  let to = 0;
  for (const { layer, feature } of parts) {
    const { positions, index, first } = layer;
    for (let i = first[feature]!; i < first[feature + 1]!; i++) {
      const vertex = index[i]! * 3;
      corners[to++] = positions[vertex]!;
      corners[to++] = positions[vertex + 1]!;
      corners[to++] = positions[vertex + 2]!;
    }
  }
  return corners;
}

function edgesOf(parts: readonly ElementPart[]): Float32Array {
  const edges = new EdgeBuffer();
  let left = MAX_EDGE_CORNERS;
  for (const { layer, feature } of parts) {
    const [from, to] = [layer.first[feature]!, layer.first[feature + 1]!];
    left -= to - from;
    if (left < 0) break;
    addFeatureEdges(layer.positions, layer.index, from, to, edges);
  }
  return edges.toArray();
}
