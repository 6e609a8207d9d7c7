/**
 * GLB writer for tiles: KHR_mesh_quantization + EXT_meshopt_compression (v0 codec, what both engines decode) +
 * EXT_mesh_features + EXT_structural_metadata. One node, one mesh, a primitive a material; vertex streams are shared
 * by all primitives, so that a tile makes few GPU buffers and the codec sees long streams.
 */
import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { TileContent, TileMaterial } from "./contract.ts";
import { GlbBuffer } from "./glb-buffer.ts";
import { createStructuralMetadata } from "./property-table.ts";
import { type OrderedMesh, orderMesh } from "./vertex-order.ts";
import {
  type PositionStream,
  packFeatureIds,
  packNormals,
  packPositions,
  packWords,
} from "./vertex-streams.ts";

export const MAX_TILE_FEATURES = 4096;

type Json = Record<string, unknown>;

interface StreamViews {
  readonly position: number;
  readonly normal: number;
  readonly featureId: number;
  readonly texcoord: number;
  readonly facade: number;
}

function createMaterial(material: TileMaterial): Json {
  return {
    name: material.name,
    pbrMetallicRoughness: {
      baseColorFactor: material.color,
      metallicFactor: material.metallic,
      roughnessFactor: material.roughness,
    },
    ...(material.color[3] < 1 ? { alphaMode: "BLEND" } : {}),
    ...(material.doubleSided ? { doubleSided: true } : {}),
  };
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
  };
}

function addIndices(
  indices: Uint32Array,
  vertices: number,
  mode: "TRIANGLES" | "INDICES",
  buffer: GlbBuffer,
): Json {
  const narrow = vertices <= 0xffff;
  const array = narrow ? Uint16Array.from(indices) : indices;
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const view = buffer.addCompressed({ bytes, count: indices.length, stride: narrow ? 2 : 4, mode });
  return { bufferView: view, componentType: narrow ? 5123 : 5125, count: indices.length, type: "SCALAR" };
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

/** Turns ordered meshes into primitives, appending accessors and materials. */
class PrimitiveBuilder {
  readonly accessors: Json[] = [];
  readonly materials: Json[] = [];
  readonly #materialOfText = new Map<string, number>();
  #first = 0;
  #firstTexcoord = 0;
  #firstFacade = 0;

  constructor(
    private readonly views: StreamViews,
    private readonly positions: PositionStream,
    private readonly buffer: GlbBuffer,
  ) {}

  #accessor(json: Json): number {
    return this.accessors.push(json) - 1;
  }

  #attribute(bufferView: number, first: number, stride: number, json: Json): number {
    return this.#accessor({ bufferView, byteOffset: first * stride, ...json });
  }

  #material(material: TileMaterial): number {
    const json = createMaterial(material);
    const text = JSON.stringify(json);
    const known = this.#materialOfText.get(text);
    if (known !== undefined) return known;
    const index = this.materials.push(json) - 1;
    this.#materialOfText.set(text, index);
    return index;
  }

  #attributes(ordered: OrderedMesh, row: number): Json {
    const count = ordered.vertices;
    const { views, positions } = this;
    const { componentType, normalized } = positions;
    const attributes: Json = {
      POSITION: this.#attribute(views.position, this.#first, positions.stride, {
        componentType,
        ...(normalized ? { normalized } : {}),
        count,
        type: "VEC3",
        ...positions.ranges[row]!,
      }),
      NORMAL: this.#attribute(views.normal, this.#first, 4, {
        componentType: 5120,
        normalized: true,
        count,
        type: "VEC3",
      }),
      _FEATURE_ID_0: this.#attribute(views.featureId, this.#first, 4, {
        componentType: 5123,
        count,
        type: "SCALAR",
      }),
    };
    this.#first += count;
    if (ordered.mesh.texcoords) {
      const json = { componentType: 5123, count, type: "VEC2" };
      attributes.TEXCOORD_0 = this.#attribute(views.texcoord, this.#firstTexcoord, 4, json);
      this.#firstTexcoord += count;
    }
    if (ordered.mesh.facade) {
      const json = { componentType: 5121, count, type: "VEC4" };
      attributes._FACADE = this.#attribute(views.facade, this.#firstFacade, 4, json);
      this.#firstFacade += count;
    }
    return attributes;
  }

  build(ordered: OrderedMesh, row: number): Json {
    const { vertices } = ordered;
    const attributes = this.#attributes(ordered, row);
    const indices = this.#accessor(addIndices(ordered.indices, vertices, "TRIANGLES", this.buffer));
    const featureCount = countDistinct(ordered.mesh.featureIds);
    const extensions: Json = {
      EXT_mesh_features: { featureIds: [{ featureCount, attribute: 0, propertyTable: 0 }] },
    };
    if (ordered.outline) {
      const outline = addIndices(ordered.outline, vertices, "INDICES", this.buffer);
      extensions.CESIUM_primitive_outline = { indices: this.#accessor(outline) };
    }
    return { attributes, indices, material: this.#material(ordered.mesh.material), extensions };
  }
}

/**
 * Writes one tile. The same content gives the same bytes. Positions come back right to 1 mm: int16 where the tile is
 * at most 131 m long, floats around its centre beyond. Positions must be finite and at least one triangle present.
 */
export async function writeGlb(content: TileContent): Promise<Uint8Array> {
  await MeshoptEncoder.ready;
  if (content.featureCount > MAX_TILE_FEATURES || content.featureCount < 1)
    throw new RangeError(`a tile holds 1 to ${MAX_TILE_FEATURES} features, not ${content.featureCount}`);
  const meshes = content.meshes.filter((mesh) => mesh.indices.length > 0).map(orderMesh);
  if (meshes.length === 0) throw new RangeError("a tile needs at least one triangle");
  const buffer = new GlbBuffer();
  const positions = packPositions(meshes, content);
  const builder = new PrimitiveBuilder(addStreams(meshes, positions, buffer), positions, buffer);
  const primitives = meshes.map((mesh, row) => builder.build(mesh, row));
  const metadata = createStructuralMetadata(content, buffer);
  const { scale, centre } = positions;
  const [east, north, up] = content.origin ?? [0, 0, 0];
  const node: Json = { mesh: 0, translation: [centre[0] + east, centre[1] + up, centre[2] - north] };
  if (scale.some((factor) => factor !== 1)) node.scale = scale;
  const used = [
    "EXT_mesh_features",
    "EXT_structural_metadata",
    "EXT_meshopt_compression",
    "KHR_mesh_quantization",
  ];
  if (meshes.some(({ outline }) => outline)) used.push("CESIUM_primitive_outline");
  return buffer.finish({
    asset: {
      version: "2.0",
      generator: "LiaoTwin",
      ...(content.copyright ? { copyright: content.copyright } : {}),
    },
    extensionsUsed: used,
    extensionsRequired: ["EXT_meshopt_compression", "KHR_mesh_quantization"],
    extensions: { EXT_structural_metadata: metadata },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [node],
    meshes: [{ primitives }],
    materials: builder.materials,
    accessors: builder.accessors,
  });
}
