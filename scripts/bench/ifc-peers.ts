import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { ROOT } from "../root.ts";
import type { IfcReader } from "./ifc-readers.ts";

/** Where the peers are looked for: they are no dependencies of the product. */
const FOLDER = process.env.IFC_PEERS ?? join(ROOT, ".cache/ifc-peers");
const PACKAGES = ["@thatopen/fragments@3.4.7", "@ifc-lite/geometry@7.4.0", "web-ifc@0.0.78", "three@0.187.0"];

interface Fragments {
  readonly IfcImporter: new () => {
    wasm: { path: string; absolute: boolean };
    process(input: { bytes: Uint8Array }): Promise<Uint8Array>;
  };
}

interface IfcLite {
  readonly GeometryProcessor: new () => {
    init(): Promise<void>;
    process(bytes: Uint8Array): Promise<{ meshes: readonly unknown[]; totalTriangles: number }>;
  };
}

async function load<T>(name: string, file: string): Promise<T> {
  return (await import(pathToFileURL(join(FOLDER, "node_modules", name, file)).href)) as T;
}

function versionOf(name: string): string {
  const text = readFileSync(join(FOLDER, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** They tell what they do, at length. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log, info, warn } = console;
  const nothing = () => {};
  Object.assign(console, { log: nothing, info: nothing, warn: nothing });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info, warn });
  }
}

async function fragments(): Promise<IfcReader> {
  const { IfcImporter } = await load<Fragments>("@thatopen/fragments", "dist/index.mjs");
  const path = join(FOLDER, "node_modules/web-ifc/");
  return ({ step }) =>
    quietly(async () => {
      const importer = new IfcImporter();
      importer.wasm = { path, absolute: true };
      const file = await importer.process({ bytes: step });
      return { bytes: file.length, gzip: gzipSync(file).length, version: versionOf("@thatopen/fragments") };
    });
}

async function ifcLite(): Promise<IfcReader> {
  const { GeometryProcessor } = await load<IfcLite>("@ifc-lite/geometry", "dist/index.js");
  return ({ step }) =>
    quietly(async () => {
      const processor = new GeometryProcessor();
      await processor.init();
      const { meshes, totalTriangles } = await processor.process(step);
      return { meshes: meshes.length, triangles: totalTriangles, version: versionOf("@ifc-lite/geometry") };
    });
}

/** The other converters, where they are installed; says on the error stream how to install those that are not. */
export async function findPeers(): Promise<Readonly<Record<string, IfcReader>>> {
  const peers: Record<string, IfcReader> = {};
  for (const [name, create] of [
    ["@thatopen/fragments", fragments],
    ["@ifc-lite/geometry", ifcLite],
  ] as const)
    if (existsSync(join(FOLDER, "node_modules", name))) peers[name] = await create();
  if (Object.keys(peers).length < 2)
    process.stderr.write(
      `Peers are looked for in ${FOLDER} (or IFC_PEERS). To measure against them: npm install --prefix ${FOLDER} ${PACKAGES.join(" ")}\n`,
    );
  return peers;
}
