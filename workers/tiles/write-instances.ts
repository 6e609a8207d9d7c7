import type { InstancedMesh, TileContent } from "./contract.ts";
import type { GltfParts, Json } from "./gltf-parts.ts";
import { packInstances } from "./instance-streams.ts";

/** What shapes that stand in many places add to a document. */
export interface InstancedNodes {
  readonly nodes: readonly Json[];
  readonly meshes: readonly Json[];
}

/**
 * A node and a mesh for each shape. The node's scale turns stored values into metres, so that places need no scale of
 * their own. Feature ids are floats: three's loader misreads padded 16 bits.
 *
 * @param firstMesh index of the first of these meshes in the document
 */
export function addInstances(
  meshes: readonly InstancedMesh[],
  origin: TileContent["origin"],
  firstMesh: number,
  parts: GltfParts,
): InstancedNodes {
  const streams = packInstances(meshes);
  const { buffer } = parts;
  const shared = { count: streams.vertices, mode: "ATTRIBUTES" } as const;
  const placed = { count: streams.places, mode: "ATTRIBUTES", filter: "EXPONENTIAL" } as const;
  const views = {
    position: buffer.addCompressed({ ...shared, bytes: streams.positions, stride: 8 }),
    normal: buffer.addCompressed({ ...shared, bytes: streams.normals, stride: 4 }),
    translation: buffer.addCompressed({ ...placed, bytes: streams.translations, stride: 12 }),
    rotation: buffer.addCompressed({ ...placed, bytes: streams.rotations, stride: 16 }),
    featureId: buffer.addCompressed({ ...placed, bytes: streams.featureIds, stride: 4 }),
  };
  const [east, north, up] = origin ?? [0, 0, 0];
  const nodes: Json[] = [];
  const written: Json[] = [];
  let [vertex, place] = [0, 0];
  for (const [i, mesh] of meshes.entries()) {
    const { half, min, max } = streams.shapes[i]!;
    const [vertices, places] = [mesh.positions.length / 3, mesh.featureIds.length];
    const direction = { componentType: 5120, normalized: true, count: vertices, type: "VEC3" };
    const point = { componentType: 5122, normalized: true, count: vertices, type: "VEC3", min, max };
    const float = { componentType: 5126, count: places };
    const primitive = {
      attributes: {
        POSITION: parts.stretch(views.position, vertex, 8, point),
        NORMAL: parts.stretch(views.normal, vertex, 4, direction),
      },
      indices: parts.indices(mesh.indices, vertices, "TRIANGLES"),
      material: parts.material(mesh.material),
    };
    const attributes = {
      TRANSLATION: parts.stretch(views.translation, place, 12, { ...float, type: "VEC3" }),
      ROTATION: parts.stretch(views.rotation, place, 16, { ...float, type: "VEC4" }),
      _FEATURE_ID_0: parts.stretch(views.featureId, place, 4, { ...float, type: "SCALAR" }),
    };
    const featureCount = new Set(mesh.featureIds).size;
    nodes.push({
      mesh: firstMesh + written.length,
      translation: [east, up, -north],
      scale: [half, half, half],
      extensions: {
        EXT_mesh_gpu_instancing: { attributes },
        EXT_instance_features: { featureIds: [{ featureCount, attribute: 0, propertyTable: 0 }] },
      },
    });
    written.push({ primitives: [primitive] });
    vertex += vertices;
    place += places;
  }
  return { nodes, meshes: written };
}
