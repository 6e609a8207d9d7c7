import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type FlatMesh, IfcAPI, LogLevel } from "web-ifc";
import { convertIfc } from "../../workers/ifc/convert.ts";
import { readIfcSource } from "../../workers/ifc/ifc-source.ts";
import { ROOT } from "../root.ts";
import { inTurn, print } from "./measure.ts";

const ROUNDS = 3;

/** The peer: open, stream every mesh, read every geometry once. Nothing is kept. */
async function readWithWebIfc(step: Uint8Array): Promise<{ elements: number; triangles: number }> {
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

/** Our whole conversion: hash, geometry, properties, spatial tree, tiles; written to memory. */
async function convert(bytes: Uint8Array, fileName: string) {
  let written = 0;
  const sink = {
    write: async (_path: string, part: Uint8Array) => {
      written += part.byteLength;
    },
  };
  const { summary } = await convertIfc(bytes, null, sink, { fileName });
  const { elements, triangles, tiles, ms } = summary;
  return { elements, triangles, tiles, written, stages: ms };
}

function findInputs(paths: readonly string[]): string[] {
  const sample = join(ROOT, "public/samples/liaotwin-municipal.ifc");
  const shared = join(ROOT, "../shared/data/ifc");
  const given = paths.length > 0 ? paths : [sample, shared];
  return given.filter(existsSync).flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" })
          .filter(
            (name) => /^(building|infra|large|pcert-ifc4)\/.*\.ifc(\.gz)?$/.test(name) || !name.includes("/"),
          )
          .filter((name) => /\.ifc(\.gz)?$/.test(name))
          .map((name) => join(path, name))
      : [path],
  );
}

/** Raw web-ifc against our conversion, in the same run; `ratio` is ours over the peer's. */
export async function benchIfc(paths: readonly string[]): Promise<void> {
  for (const path of findInputs(paths)) {
    const bytes = new Uint8Array(readFileSync(path));
    const subject = basename(path);
    try {
      const { step } = readIfcSource(bytes, subject);
      const times = await inTurn<object>(ROUNDS, {
        "web-ifc": () => readWithWebIfc(step),
        liaotwin: () => convert(bytes, subject),
      });
      const peer = times["web-ifc"]!;
      const own = times.liaotwin!;
      print({
        bench: "ifc",
        subject,
        by: "web-ifc",
        mb: megabytes(bytes.length),
        ms: peer.ms,
        all: peer.all,
        ...peer.result,
      });
      const ratio = Math.round((own.ms / peer.ms) * 100) / 100;
      print({ bench: "ifc", subject, by: "liaotwin", ms: own.ms, ratio, all: own.all, ...own.result });
    } catch (error) {
      print({
        bench: "ifc",
        subject,
        by: "liaotwin",
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e4) / 100;
}
