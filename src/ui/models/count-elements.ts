import type { SpatialNode } from "../../domain/model.ts";

/** Elements at and below the node. */
export function countElements(node: SpatialNode): number {
  return node.children.reduce((sum, child) => sum + countElements(child), node.elements.length);
}
