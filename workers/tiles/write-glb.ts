/**
 * GLB writer for tiles: KHR_mesh_quantization + EXT_meshopt_compression (v0 codec, what both engines decode) +
 * EXT_mesh_features + EXT_structural_metadata. One node for what stands in one place, a primitive a material, and one for
 * each shape that stands in many. Streams are shared: few GPU buffers, and the codec sees long streams.
 */
import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { TileContent } from "./contract.ts";
import { GlbBuffer } from "./glb-buffer.ts";
import { GltfParts, type Json } from "./gltf-parts.ts";
import { createStructuralMetadata } from "./property-table.ts";
import { type OrderedMesh, orderMesh } from "./vertex-order.ts";
import {
  type PositionStream,
  packFeatureIds,
  packNormals,
  packPositions,
  packWords,
} from "./vertex-streams.ts";
import { addInstances } from "./write-instances.ts";

export const MAX_TILE_FEATURES = 4096;

interface StreamViews {
  readonly position: number;
  readonly normal: number;
  readonly featureId: number;
  readonly texcoord: number;
  readonly facade: number;
  readonly row: number;
}

function addStreams(
  meshes: readonly OrderedMesh[],
  positions: PositionStream,
  buffer: GlbBuffer,
): StreamViews {
  const add = (stream: { bytes: Uint8Array; count: number }) =>
    stream.count === 0 ? -1 : buffer.addCompressed({ ...stream, stride: 4, mode: "ATTRIBUTES" });
  return {
    position: buffer.addCompressed({ ...positions, mode: "ATTRIBUTES" }),
    normal: add(packNormals(meshes)),
    featureId: add(packFeatureIds(meshes)),
    texcoord: add(packWords(meshes, (mesh) => mesh.texcoords)),
    facade: add(packWords(meshes, (mesh) => mesh.facade)),
    row: add(packWords(meshes, (mesh) => mesh.rows)),
  };
}

/** Neighbours mostly belong to one feature. */
function countDistinct(ids: Uint16Array): number {
  const seen = new Set<number>();
  let last = -1;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id === last) continue;
    last = id;
    seen.add(id);
  }
  return seen.size;
}

/** Turns ordered meshes into primitives. */
class PrimitiveBuilder {
  #first = 0;
  #firstTexcoord = 0;
  #firstFacade = 0;
  #firstRow = 0;

  constructor(
    private readonly views: StreamViews,
    private readonly positions: PositionStream,
    private readonly parts: GltfParts,
  ) {}

  #attributes(ordered: OrderedMesh, row: number): Json {
    const count = ordered.vertices;
    const { views, positions } = this;
    const { componentType, normalized } = positions;
    const attributes: Json = {
      POSITION: this.parts.stretch(views.position, this.#first, positions.stride, {
        componentType,
        ...(normalized ? { normalized } : {}),
        count,
        type: "VEC3",
        ...positions.ranges[row]!,
      }),
      NORMAL: this.parts.stretch(views.normal, this.#first, 4, {
        componentType: 5120,
        normalized: true,
        count,
        type: "VEC3",
      }),
      _FEATURE_ID_0: this.parts.stretch(views.featureId, this.#first, 4, {
        componentType: 5123,
        count,
        type: "SCALAR",
      }),
    };
    this.#first += count;
    if (ordered.mesh.texcoords) {
      const json = { componentType: 5123, count, type: "VEC2" };
      attributes.TEXCOORD_0 = this.parts.stretch(views.texcoord, this.#firstTexcoord, 4, json);
      this.#firstTexcoord += count;
    }
    if (ordered.mesh.facade) {
      const json = { componentType: 5121, count, type: "VEC4" };
      attributes._FACADE = this.parts.stretch(views.facade, this.#firstFacade, 4, json);
      this.#firstFacade += count;
    }
    if (ordered.mesh.rows) {
      const json = { componentType: 5123, count, type: "VEC2" };
      attributes._ROW = this.parts.stretch(views.row, this.#firstRow, 4, json);
      this.#firstRow += count;
    }
    return attributes;
  }

  build(ordered: OrderedMesh, row: number): Json {
    const { vertices } = ordered;
    const attributes = this.#attributes(ordered, row);
    const indices = this.parts.indices(ordered.indices, vertices, "TRIANGLES");
    const featureCount = countDistinct(ordered.mesh.featureIds);
    const extensions: Json = {
      EXT_mesh_features: { featureIds: [{ featureCount, attribute: 0, propertyTable: 0 }] },
    };
    if (ordered.outline) {
      const outline = this.parts.indices(ordered.outline, vertices, "INDICES");
      extensions.CESIUM_primitive_outline = { indices: outline };
    }
    return { attributes, indices, material: this.parts.material(ordered.mesh.material), extensions };
  }
}

/** The node of what stands in one place; streams are shared by its primitives. */
function addMeshes(meshes: readonly OrderedMesh[], content: TileContent, parts: GltfParts) {
  const positions = packPositions(meshes, content);
  const builder = new PrimitiveBuilder(addStreams(meshes, positions, parts.buffer), positions, parts);
  const primitives = meshes.map((mesh, row) => builder.build(mesh, row));
  const { scale, centre } = positions;
  const [east, north, up] = content.origin ?? [0, 0, 0];
  const node: Json = { mesh: 0, translation: [centre[0] + east, centre[1] + up, centre[2] - north] };
  if (scale.some((factor) => factor !== 1)) node.scale = scale;
  return { nodes: [node], meshes: [{ primitives } as Json] };
}

const NOTHING: { nodes: Json[]; meshes: Json[] } = { nodes: [], meshes: [] };

function extensionsOf(meshes: readonly OrderedMesh[], instances: number): string[] {
  return [
    ...(meshes.length ? ["EXT_mesh_features"] : []),
    "EXT_structural_metadata",
    "EXT_meshopt_compression",
    "KHR_mesh_quantization",
    ...(meshes.some(({ outline }) => outline) ? ["CESIUM_primitive_outline"] : []),
    ...(instances ? ["EXT_mesh_gpu_instancing", "EXT_instance_features"] : []),
  ];
}

/**
 * Writes one tile. The same content gives the same bytes. Positions come back right to 1 mm: int16 where the tile is
 * at most 131 m long, floats around its centre beyond. Positions must be finite and at least one triangle present.
 */
export async function writeGlb(content: TileContent): Promise<Uint8Array> {
  await MeshoptEncoder.ready;
  return writeGlbNow(content);
}

/** The same where waiting is not possible: not before `writeGlb` has been used, or `MeshoptEncoder.ready` waited for. */
export function writeGlbNow(content: TileContent): Uint8Array {
  if (content.featureCount > MAX_TILE_FEATURES || content.featureCount < 1)
    throw new RangeError(`a tile holds 1 to ${MAX_TILE_FEATURES} features, not ${content.featureCount}`);
  const ordered = content.meshes.filter((mesh) => mesh.indices.length > 0).map(orderMesh);
  const instances = content.instances ?? [];
  if (ordered.length + instances.length === 0) throw new RangeError("a tile needs at least one triangle");
  const parts = new GltfParts(new GlbBuffer());
  const single = ordered.length ? addMeshes(ordered, content, parts) : NOTHING;
  const many = instances.length
    ? addInstances(instances, content.origin, single.meshes.length, parts)
    : NOTHING;
  const metadata = createStructuralMetadata(content, parts.buffer);
  const nodes = [...single.nodes, ...many.nodes];
  return parts.buffer.finish({
    asset: {
      version: "2.0",
      generator: "LiaoTwin",
      ...(content.copyright ? { copyright: content.copyright } : {}),
    },
    extensionsUsed: extensionsOf(ordered, instances.length),
    extensionsRequired: [
      "EXT_meshopt_compression",
      "KHR_mesh_quantization",
      ...(instances.length ? ["EXT_mesh_gpu_instancing"] : []),
    ],
    extensions: { EXT_structural_metadata: metadata },
    scene: 0,
    scenes: [{ nodes: nodes.map((_, i) => i) }],
    nodes,
    meshes: [...single.meshes, ...many.meshes],
    materials: parts.materials,
    accessors: parts.accessors,
  });
}
