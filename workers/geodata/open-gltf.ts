import { TwinError } from "../../src/base/errors.ts";
import type { OpenedTiles } from "./contract.ts";
import { MemoryTiles } from "./tile-files.ts";

interface GltfDocument {
  readonly accessors?: readonly { readonly min?: readonly number[]; readonly max?: readonly number[] }[];
  readonly meshes?: readonly {
    readonly primitives?: readonly { readonly attributes?: { readonly POSITION?: number } }[];
  }[];
  readonly nodes?: readonly {
    readonly scale?: readonly number[];
    readonly translation?: readonly number[];
    readonly matrix?: readonly number[];
  }[];
  readonly buffers?: readonly { readonly uri?: string }[];
  readonly images?: readonly { readonly uri?: string }[];
}

const JSON_CHUNK = 0x4e4f534a;

/**
 * A glTF model as a tileset of one tile, without a place on earth.
 * @throws TwinError `gltf.invalid`, `gltf.outside`
 */
export async function openGltf(
  bytes: Uint8Array,
  fileName: string,
  name: string,
): Promise<{ opened: OpenedTiles; files: MemoryTiles }> {
  const isBinary = bytes[0] === 0x67;
  const document = readDocument(bytes, isBinary, fileName);
  const outside = [...(document.buffers ?? []), ...(document.images ?? [])].find(
    ({ uri }) => uri !== undefined && !uri.startsWith("data:"),
  );
  if (outside)
    throw new TwinError(
      "gltf.outside",
      `${fileName} needs the file ${outside.uri} beside it. Export it as GLB, which holds everything.`,
      { file: fileName, uri: outside.uri ?? "" },
    );
  const uri = isBinary ? "model.glb" : "model.gltf";
  const files = new MemoryTiles();
  await files.write(uri, bytes);
  const tileset = {
    asset: { version: "1.1" },
    geometricError: 1000,
    root: {
      boundingVolume: { sphere: [0, 0, 0, radiusOf(document)] },
      geometricError: 0,
      refine: "REPLACE",
      content: { uri },
    },
  };
  await files.write("tileset.json", new TextEncoder().encode(JSON.stringify(tileset)));
  const opened: OpenedTiles = {
    kind: "tiles",
    format: "glTF",
    name,
    crs: "",
    issues: [],
    issueCount: 0,
    bounds: [0, 0, 0, 0],
    features: document.meshes?.length ?? 0,
    refused: 0,
    root: "tileset.json",
    isUnplaced: true,
  };
  return { opened, files };
}

function readDocument(bytes: Uint8Array, isBinary: boolean, file: string): GltfDocument {
  const invalid = (reason: string) =>
    new TwinError("gltf.invalid", `${file} is not whole glTF: ${reason}. Export it again.`, { file, reason });
  let json = bytes;
  if (isBinary) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 20 || view.getUint32(8, true) > bytes.length) throw invalid("it is cut short");
    if (view.getUint32(4, true) !== 2) throw invalid(`its version is ${view.getUint32(4, true)}, not 2`);
    const length = view.getUint32(12, true);
    if (view.getUint32(16, true) !== JSON_CHUNK || 20 + length > bytes.length)
      throw invalid("its description is missing");
    json = bytes.subarray(20, 20 + length);
  }
  try {
    return JSON.parse(new TextDecoder().decode(json)) as GltfDocument;
  } catch {
    throw invalid("its description is damaged");
  }
}

/** A sphere around the origin that holds every mesh wherever nodes may put it: wide rather than tight. */
function radiusOf({ accessors = [], meshes = [], nodes = [] }: GltfDocument): number {
  let reach = 1;
  for (const { primitives = [] } of meshes)
    for (const { attributes } of primitives) {
      const { min = [], max = [] } = accessors[attributes?.POSITION ?? -1] ?? {};
      reach = Math.max(reach, Math.hypot(...min), Math.hypot(...max));
    }
  let shift = 0;
  let scale = 1;
  for (const { scale: own = [1], translation = [], matrix } of nodes) {
    scale *= Math.max(
      1,
      ...own.map(Math.abs),
      ...(matrix ? [matrix[0]!, matrix[5]!, matrix[10]!].map(Math.abs) : []),
    );
    shift += Math.hypot(...translation, ...(matrix ? matrix.slice(12, 15) : []));
  }
  return Math.min(1e6, reach * Math.min(scale, 1000) + Math.min(shift, 1e5));
}
