import { BufferAttribute, BufferGeometry, Group, LineSegments, type Material, Mesh } from "three";
import type { ModelMaterials } from "./materials.ts";

/**
 * One invisible object for each material of the model, with the attributes that decide about its shader: for compiling
 * ahead of the first tile.
 */
export function createSamples(
  materials: ModelMaterials,
  others: readonly Material[],
): { readonly group: Group; dispose(): void } {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(9), 3));
  geometry.setAttribute("normal", new BufferAttribute(new Int8Array(12), 4, true));
  geometry.setAttribute("color", new BufferAttribute(new Uint16Array(12), 4, true));
  const group = new Group();
  group.visible = false;
  for (const material of [
    materials.opaque,
    materials.glass,
    materials.ghost,
    materials.highlight,
    materials.highlightGhost,
    ...others,
  ]) {
    const mesh = new Mesh(geometry, material);
    mesh.receiveShadow = true;
    group.add(mesh);
  }
  group.add(
    new LineSegments(geometry, materials.edges),
    new LineSegments(geometry, materials.highlightEdges),
  );
  return {
    group,
    dispose: () => {
      group.removeFromParent();
      geometry.dispose();
    },
  };
}
