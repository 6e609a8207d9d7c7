import { BufferAttribute, BufferGeometry, Group, LineSegments, Mesh } from "three";
import { addFeatureEdges, EdgeBuffer } from "./feature-edges.ts";
import type { ModelMaterials } from "./materials.ts";
import type { ElementPart } from "./model-view.ts";

/** Tints the chosen element over its own material, faintly through walls, with its edges in the accent colour. */
export class Highlight {
  readonly group = new Group();
  readonly #materials: ModelMaterials;

  constructor(materials: ModelMaterials) {
    this.#materials = materials;
  }

  show(parts: readonly ElementPart[]): void {
    this.clear();
    for (const { layer, feature } of parts) {
      const from = layer.first[feature] as number;
      const to = layer.first[feature + 1] as number;
      const soup = new BufferGeometry();
      soup.setAttribute(
        "position",
        new BufferAttribute(cornersOf(layer.positions, layer.index, from, to), 3),
      );
      const tint = new Mesh(soup, this.#materials.highlight);
      const ghost = new Mesh(soup, this.#materials.highlightGhost);
      tint.renderOrder = 5;
      ghost.renderOrder = 6;
      const edges = new EdgeBuffer();
      addFeatureEdges(layer.positions, layer.index, from, to, edges);
      const outline = new BufferGeometry();
      outline.setAttribute("position", new BufferAttribute(edges.toArray(), 3));
      const lines = new LineSegments(outline, this.#materials.highlightEdges);
      lines.renderOrder = 7;
      this.group.add(ghost, tint, lines);
    }
  }

  clear(): void {
    for (const child of this.group.children) (child as Mesh).geometry.dispose();
    this.group.clear();
  }
}

function cornersOf(positions: Float32Array, index: Uint32Array, from: number, to: number): Float32Array {
  const corners = new Float32Array((to - from) * 3);
  for (let i = from; i < to; i++) {
    const vertex = (index[i] as number) * 3;
    corners.set(positions.subarray(vertex, vertex + 3), (i - from) * 3);
  }
  return corners;
}
