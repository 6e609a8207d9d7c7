import type { ConvertMemory } from "./contract.ts";
import type { ElementMesh } from "./element-mesh.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { WeldedGeometry } from "./weld.ts";

/** What a conversion holds when all shapes are made, bytes. */
export function measureMemory(file: IfcFile, elements: readonly ElementMesh[]): ConvertMemory {
  const { bytes, ids, starts, kinds } = file.index;
  const seen = new Set<WeldedGeometry>();
  let shapes = 0;
  for (const { parts } of elements)
    for (const { geometry } of parts) {
      if (seen.has(geometry)) continue;
      seen.add(geometry);
      shapes += geometry.positions.byteLength + geometry.normals.byteLength + geometry.indices.byteLength;
    }
  return {
    text: bytes.byteLength,
    tables: ids.byteLength + starts.byteLength + kinds.byteLength,
    kernel: file.kernelBytes,
    shapes,
  };
}
