/** Test support: validates and decodes the GLBs that we write. Not part of the product's bundles. */
import { createRequire } from "node:module";
import { MeshoptDecoder } from "meshoptimizer/decoder";

interface ValidatorMessage {
  readonly code: string;
  readonly severity: number;
  readonly message: string;
  readonly pointer?: string;
}

interface Validator {
  validateBytes(
    bytes: Uint8Array,
    options: { maxIssues: number; ignoredIssues: string[] },
  ): Promise<{ issues: { numErrors: number; numWarnings: number; messages: ValidatorMessage[] } }>;
}

/** Errors and warnings of the Khronos validator as lines; empty when the file is clean. */
export async function validateGlb(bytes: Uint8Array): Promise<string[]> {
  const validator = createRequire(import.meta.url)("gltf-validator") as Validator;
  const { issues } = await validator.validateBytes(bytes, {
    maxIssues: 50,
    ignoredIssues: ["UNSUPPORTED_EXTENSION", "UNUSED_OBJECT", "ACCESSOR_INDEX_TRIANGLE_DEGENERATE"],
  });
  return issues.messages
    .filter(({ severity }) => severity <= 1)
    .map(({ code, pointer, message }) => `${code} ${pointer ?? ""}: ${message}`);
}

interface GltfView {
  readonly buffer: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly extensions?: {
    readonly EXT_meshopt_compression?: {
      readonly byteOffset: number;
      readonly byteLength: number;
      readonly byteStride: number;
      readonly count: number;
      readonly mode: string;
      readonly filter?: string;
    };
  };
  readonly byteStride?: number;
}

interface GltfAccessor {
  readonly bufferView: number;
  readonly byteOffset?: number;
  readonly componentType: number;
  readonly normalized?: boolean;
  readonly count: number;
  readonly type: "SCALAR" | "VEC2" | "VEC3" | "VEC4";
}

interface GltfPrimitive {
  readonly attributes: Readonly<Record<string, number>>;
  readonly indices: number;
  readonly material: number;
  readonly extensions?: {
    readonly EXT_mesh_features: { readonly featureIds: readonly { readonly featureCount: number }[] };
    readonly CESIUM_primitive_outline?: { readonly indices: number };
  };
}

interface GltfNode {
  readonly mesh: number;
  readonly translation: number[];
  readonly scale?: number[];
  readonly extensions?: {
    readonly EXT_mesh_gpu_instancing: { readonly attributes: Readonly<Record<string, number>> };
    readonly EXT_instance_features: { readonly featureIds: readonly { readonly featureCount: number }[] };
  };
}

export interface GltfDocument {
  readonly asset: { readonly copyright?: string };
  readonly nodes: readonly GltfNode[];
  readonly meshes: readonly { readonly primitives: readonly GltfPrimitive[] }[];
  readonly materials: readonly {
    readonly name: string;
    readonly alphaMode?: string;
    readonly pbrMetallicRoughness: { readonly baseColorFactor: number[] };
  }[];
  readonly accessors: readonly GltfAccessor[];
  readonly bufferViews: readonly GltfView[];
  readonly extensionsUsed: readonly string[];
  readonly extensions: {
    readonly EXT_structural_metadata: {
      readonly schema: {
        readonly classes: Readonly<
          Record<string, { readonly properties: Readonly<Record<string, SchemaProperty>> }>
        >;
        readonly enums?: Readonly<Record<string, SchemaEnum>>;
      };
      readonly propertyTables: readonly {
        readonly class: string;
        readonly count: number;
        readonly properties: Readonly<
          Record<string, { readonly values: number; readonly stringOffsets?: number }>
        >;
      }[];
    };
  };
}

interface SchemaEnum {
  readonly valueType: keyof typeof SCALARS;
  readonly values: readonly { readonly name: string; readonly value: number }[];
}

interface SchemaProperty {
  readonly type: string;
  readonly componentType?: keyof typeof SCALARS;
  readonly enumType?: string;
}

/** A primitive back in tile coordinates: ENU metres, z up; one that stands in many places is written out. */
export interface DecodedPrimitive {
  readonly positions: Float64Array;
  readonly normals: Float64Array;
  readonly indices: Uint32Array;
  readonly featureIds: Uint16Array;
  readonly texcoords?: Float64Array;
  readonly facade?: Float64Array;
  readonly rows?: Float64Array;
  readonly outline?: Uint32Array;
  readonly featureCount: number;
  readonly material: number;
}

export interface DecodedGlb {
  readonly json: GltfDocument;
  readonly primitives: readonly DecodedPrimitive[];
  /** Property table columns by id. */
  readonly columns: Readonly<Record<string, readonly (string | number)[]>>;
}

const COMPONENTS = {
  5120: { size: 1, read: "getInt8", max: 127 },
  5121: { size: 1, read: "getUint8", max: 255 },
  5122: { size: 2, read: "getInt16", max: 32767 },
  5124: { size: 4, read: "getInt32", max: 1 },
  5130: { size: 8, read: "getFloat64", max: 1 },
  5123: { size: 2, read: "getUint16", max: 65535 },
  5125: { size: 4, read: "getUint32", max: 1 },
  5126: { size: 4, read: "getFloat32", max: 1 },
} as const;
const WIDTHS = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };
const SCALARS = {
  FLOAT32: 5126,
  FLOAT64: 5130,
  INT8: 5120,
  INT16: 5122,
  INT32: 5124,
  UINT16: 5123,
  UINT32: 5125,
  UINT8: 5121,
} as const;

class Reader {
  readonly #decoded = new Map<number, Uint8Array>();
  constructor(
    readonly json: GltfDocument,
    readonly bin: Uint8Array,
  ) {}

  view(index: number): Uint8Array {
    const known = this.#decoded.get(index);
    if (known) return known;
    const view = this.json.bufferViews[index]!;
    const packed = view.extensions?.EXT_meshopt_compression;
    const at = packed ?? view;
    let bytes: Uint8Array = this.bin.subarray(at.byteOffset, at.byteOffset + at.byteLength);
    if (packed) {
      const target = new Uint8Array(packed.count * packed.byteStride);
      MeshoptDecoder.decodeGltfBuffer(
        target,
        packed.count,
        packed.byteStride,
        bytes,
        packed.mode,
        packed.filter,
      );
      bytes = target;
    }
    this.#decoded.set(index, bytes);
    return bytes;
  }

  values(bytes: Uint8Array, type: keyof typeof COMPONENTS, count: number, width = 1, stride = 0, offset = 0) {
    const { size, read } = COMPONENTS[type];
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const out = new Float64Array(count * width);
    const step = stride || size * width;
    for (let i = 0; i < count; i++)
      for (let k = 0; k < width; k++) out[i * width + k] = data[read](offset + i * step + k * size, true);
    return out;
  }

  accessor(index: number): Float64Array {
    const {
      bufferView,
      byteOffset = 0,
      componentType,
      normalized,
      count,
      type,
    } = this.json.accessors[index]!;
    const component = componentType as keyof typeof COMPONENTS;
    const stride = this.json.bufferViews[bufferView]!.byteStride ?? 0;
    const out = this.values(this.view(bufferView), component, count, WIDTHS[type], stride, byteOffset);
    return normalized ? out.map((value) => value / COMPONENTS[component].max) : out;
  }
}

function decodePrimitive(reader: Reader, node: GltfNode, primitive: GltfPrimitive): DecodedPrimitive {
  const { translation, scale = [1, 1, 1] } = node;
  const raw = reader.accessor(primitive.attributes.POSITION!);
  const positions = new Float64Array(raw.length);
  const rawNormals = reader.accessor(primitive.attributes.NORMAL!);
  const normals = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) => raw[i + axis]! * scale[axis]! + translation[axis]!);
    positions.set([x!, -z!, y!], i);
    normals.set([rawNormals[i]!, -rawNormals[i + 2]!, rawNormals[i + 1]!], i);
  }
  const {
    TEXCOORD_0: texcoord,
    _FACADE: facade,
    _ROW: rows,
    _FEATURE_ID_0: featureId,
  } = primitive.attributes;
  const outline = primitive.extensions!.CESIUM_primitive_outline;
  return {
    positions,
    normals,
    indices: Uint32Array.from(reader.accessor(primitive.indices)),
    featureIds: Uint16Array.from(reader.accessor(featureId!)),
    featureCount: primitive.extensions!.EXT_mesh_features.featureIds[0]!.featureCount,
    material: primitive.material,
    ...(texcoord === undefined ? {} : { texcoords: reader.accessor(texcoord) }),
    ...(facade === undefined ? {} : { facade: reader.accessor(facade) }),
    ...(rows === undefined ? {} : { rows: reader.accessor(rows) }),
    ...(outline ? { outline: Uint32Array.from(reader.accessor(outline.indices)) } : {}),
  };
}

/** v turned by a unit quaternion. */
function turned([x, y, z, w]: readonly number[], v: readonly number[]): number[] {
  const [a, b, c] = [y! * v[2]! - z! * v[1]!, z! * v[0]! - x! * v[2]!, x! * v[1]! - y! * v[0]!];
  return [
    v[0]! + 2 * (w! * a + y! * c - z! * b),
    v[1]! + 2 * (w! * b + z! * a - x! * c),
    v[2]! + 2 * (w! * c + x! * b - y! * a),
  ];
}

/** All places of a shape, one behind the other. */
function decodeInstances(reader: Reader, node: GltfNode, primitive: GltfPrimitive): DecodedPrimitive {
  const { EXT_mesh_gpu_instancing: places, EXT_instance_features: features } = node.extensions!;
  const { TRANSLATION, ROTATION, _FEATURE_ID_0 } = places.attributes;
  const [moves, turns] = [reader.accessor(TRANSLATION!), reader.accessor(ROTATION!)];
  const ids = reader.accessor(_FEATURE_ID_0!);
  const [raw, rawNormals] = [
    reader.accessor(primitive.attributes.POSITION!),
    reader.accessor(primitive.attributes.NORMAL!),
  ];
  const corners = reader.accessor(primitive.indices);
  const count = raw.length / 3;
  const positions = new Float64Array(raw.length * ids.length);
  const normals = new Float64Array(raw.length * ids.length);
  const indices = new Uint32Array(corners.length * ids.length);
  const featureIds = new Uint16Array(count * ids.length);
  for (let place = 0; place < ids.length; place++) {
    const turn = turns.subarray(place * 4, place * 4 + 4);
    for (let vertex = 0; vertex < count; vertex++) {
      const at = (source: Float64Array) => [...source.subarray(vertex * 3, vertex * 3 + 3)];
      const [x, y, z] = turned([...turn], at(raw)).map(
        (value, k) => (value + moves[place * 3 + k]!) * node.scale![k]! + node.translation[k]!,
      );
      const [u, v, w] = turned([...turn], at(rawNormals));
      const to = place * count + vertex;
      positions.set([x!, -z!, y!], to * 3);
      normals.set([u!, -w!, v!], to * 3);
      featureIds[to] = ids[place]!;
    }
    corners.forEach((corner, i) => {
      indices[place * corners.length + i] = place * count + corner;
    });
  }
  const { featureCount } = features.featureIds[0]!;
  return { positions, normals, indices, featureIds, featureCount, material: primitive.material };
}

function decodeColumns(reader: Reader): DecodedGlb["columns"] {
  const { schema, propertyTables } = reader.json.extensions.EXT_structural_metadata;
  const table = propertyTables[0]!;
  const columns: Record<string, (string | number)[]> = {};
  for (const [id, { type, componentType, enumType }] of Object.entries(
    schema.classes[table.class]!.properties,
  )) {
    const property = table.properties[id];
    if (!property) {
      columns[id] = new Array<string>(table.count).fill("");
      continue;
    }
    const bytes = reader.view(property.values);
    if (type === "BOOLEAN") {
      columns[id] = Array.from({ length: table.count }, (_, row) => (bytes[row >> 3]! >> (row & 7)) & 1);
      continue;
    }
    if (property.stringOffsets === undefined) {
      const component = SCALARS[type === "ENUM" ? schema.enums![enumType!]!.valueType : componentType!];
      columns[id] = [...reader.values(bytes, component, table.count)];
      continue;
    }
    const offsets = reader.values(reader.view(property.stringOffsets), 5125, table.count + 1);
    columns[id] = Array.from({ length: table.count }, (_, row) =>
      new TextDecoder().decode(bytes.subarray(offsets[row], offsets[row + 1])),
    );
  }
  return columns;
}

/** Decodes a GLB written by `writeGlb`. */
export async function decodeGlb(glb: Uint8Array): Promise<DecodedGlb> {
  await MeshoptDecoder.ready;
  const header = new DataView(glb.buffer, glb.byteOffset, glb.byteLength);
  const jsonLength = header.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + jsonLength))) as GltfDocument;
  const reader = new Reader(json, glb.subarray(28 + jsonLength));
  return {
    json,
    primitives: json.nodes.flatMap((node) =>
      json.meshes[node.mesh]!.primitives.map((one) =>
        node.extensions ? decodeInstances(reader, node, one) : decodePrimitive(reader, node, one),
      ),
    ),
    columns: decodeColumns(reader),
  };
}
