import { createHash } from "node:crypto";
import { type FlatMesh, IfcAPI, LogLevel } from "web-ifc";
import { convertIfc } from "../../workers/ifc/convert.ts";
import { readIfcSource } from "../../workers/ifc/ifc-source.ts";
import type { ShapeThreads } from "../ifc/shape-threads.ts";

export interface ReaderInput {
  /** The file as it is on the disk. */
  readonly bytes: Uint8Array;
  /** Its text, unpacked. */
  readonly step: Uint8Array;
  readonly fileName: string;
}

/** Reads one file and answers what it found. */
export type IfcReader = (input: ReaderInput) => Promise<Record<string, unknown>>;

/** The floor and ourselves; each reads one file and answers what it found. */
export const READERS: Readonly<Record<string, IfcReader>> = {
  "web-ifc": readWithWebIfc,
  liaotwin: (input) => convert(input),
};

export function readInput(bytes: Uint8Array, fileName: string): ReaderInput {
  return { bytes, step: readIfcSource(bytes, fileName).step, fileName };
}

/** The peer: open, stream every mesh, read every geometry once. Nothing is kept. */
async function readWithWebIfc({ step }: ReaderInput): Promise<Record<string, unknown>> {
  const api = new IfcAPI();
  await api.Init(undefined, true);
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
  const model = api.OpenModel(step, { TAPE_SIZE: 4 << 20 });
  const trianglesOf = new Map<number, number>();
  let [elements, triangles] = [0, 0];
  api.StreamAllMeshes(model, (mesh: FlatMesh) => {
    elements++;
    for (let i = 0; i < mesh.geometries.size(); i++) {
      const { geometryExpressID: id } = mesh.geometries.get(i);
      if (!trianglesOf.has(id)) {
        const geometry = api.GetGeometry(model, id);
        api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
        const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize());
        trianglesOf.set(id, indices.length / 3);
        geometry.delete();
      }
      triangles += trianglesOf.get(id) ?? 0;
    }
  });
  api.CloseModel(model);
  return { elements, triangles };
}

/** Our whole conversion: hash, geometry, properties, spatial tree, tiles; counted and thrown away. */
async function convert(
  { bytes, fileName }: ReaderInput,
  threads: ShapeThreads | null = null,
): Promise<Record<string, unknown>> {
  let written = 0;
  const sink = {
    write: async (_path: string, part: Uint8Array) => {
      written += part.byteLength;
    },
  };
  const contentHash = createHash("sha256").update(bytes).digest("hex");
  const { summary } = await convertIfc(
    bytes,
    null,
    sink,
    { fileName },
    { contentHash, helpers: threads?.read(bytes, fileName) ?? [] },
  );
  const { elements, triangles, tiles, ms } = summary;
  return { elements, triangles, tiles, bytes: written, stages: ms };
}

/** Ours with threads that have started: in the page they are loaded while the file is read. */
export function convertWith(threads: ShapeThreads): IfcReader {
  return (input) => convert(input, threads);
}
