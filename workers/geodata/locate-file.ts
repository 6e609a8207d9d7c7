import { TwinError } from "../../src/base/errors.ts";
import { type FileKind, HEAD_BYTES, recogniseFile } from "../../src/domain/file-kind.ts";
import type { ByteSource } from "../city/contract.ts";
import { blobSource, extensionOf, headOf, isSibling } from "./blob-source.ts";
import { ZipArchive, type ZipEntry } from "./zip-archive.ts";

/** What is to be read, after looking into archives. */
export type LocatedFile =
  | { readonly kind: "passed"; readonly to: "ifc" | "incident" }
  | { readonly kind: "archive"; readonly archive: ZipArchive; readonly root: string }
  | {
      readonly kind: "file";
      readonly fileKind: FileKind;
      readonly source: ByteSource;
      readonly blob: Blob | null;
    };

/** Sidecar files that say nothing alone. */
const BESIDE = [
  "dbf",
  "prj",
  "cpg",
  "shx",
  "sbn",
  "sbx",
  "qmd",
  "qix",
  "xml",
  "txt",
  "md",
  "pdf",
  "png",
  "jpg",
];
const MOST_MANIFEST_BYTES = 1 << 20;

/**
 * Recognises a dropped file by its content; a zip by what it holds.
 * @throws TwinError `data.empty`, `data.unknown`, `zip.*`
 */
export async function locateFile(files: readonly File[]): Promise<LocatedFile> {
  const [file, ...beside] = files;
  if (!file) throw new RangeError("no file was given");
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const kind = recogniseFile(head, file.name);
  if (kind === "empty") throw emptyFile(file.name);
  if (kind === "ifc") return { kind: "passed", to: "ifc" };
  if (kind === "zip") return locateInZip(await ZipArchive.open(file.name, file));
  if (kind === null || kind === "dbf") throw unknownFile(file.name);
  return { kind: "file", fileKind: kind, source: blobSource(file.name, file, beside), blob: file };
}

async function locateInZip(archive: ZipArchive): Promise<LocatedFile> {
  const entries = archive.entries.filter(({ path }) => !/(?:^|\/)(?:__MACOSX|\.)/.test(path));
  if (await isIncident(archive)) return { kind: "passed", to: "incident" };
  const root = shortest(entries.filter(({ path }) => /(?:^|\/)tileset\.json$/i.test(path)));
  if (root) return { kind: "archive", archive, root: root.path };
  if (entries.some(({ path }) => extensionOf(path) === "ifc")) return { kind: "passed", to: "ifc" };
  const main = shortest(entries.filter(({ path }) => /(?:^|\/)doc\.kml$/i.test(path))) ?? null;
  const candidates = main ? [main] : entries.filter(({ path }) => !BESIDE.includes(extensionOf(path)));
  for (const entry of candidates) {
    const source = entrySource(archive, entry, entries);
    const kind = recogniseFile(await headOf(source, HEAD_BYTES), entry.path);
    if (kind === null || kind === "empty" || kind === "zip" || kind === "dbf") continue;
    if (kind === "ifc") return { kind: "passed", to: "ifc" };
    const blob = kind === "geotiff" || kind === "glb" ? new Blob([await archive.bytes(entry)]) : null;
    return { kind: "file", fileKind: kind, source, blob };
  }
  throw new TwinError(
    "zip.nothing",
    `${archive.name} holds nothing that can be shown (${entries.length} files). Pack a shapefile with its .dbf and .prj, a tileset with its tileset.json, or one data file.`,
    { file: archive.name, count: entries.length },
  );
}

function shortest(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return [...entries].sort((a, b) => a.path.length - b.path.length)[0];
}

async function isIncident(archive: ZipArchive): Promise<boolean> {
  const manifest = archive.find("manifest.json");
  if (!manifest || manifest.size > MOST_MANIFEST_BYTES) return false;
  const text = new TextDecoder().decode(await archive.bytes(manifest));
  return /"format"\s*:\s*"liaotwin-incident/.test(text);
}

export function entrySource(archive: ZipArchive, entry: ZipEntry, entries: readonly ZipEntry[]): ByteSource {
  return {
    name: entry.path,
    size: entry.size,
    chunks: () => archive.chunks(entry),
    sibling: async (extension) => {
      const other = entries.find(({ path }) => isSibling(entry.path, path, extension));
      return other ? entrySource(archive, other, entries) : null;
    },
  };
}

export function emptyFile(file: string): TwinError {
  return new TwinError("data.empty", `${file} is empty (0 bytes). Copy or export it again.`, { file });
}

export function unknownFile(file: string): TwinError {
  return new TwinError(
    "data.unknown",
    `${file} is in no format that can be shown here. Give GeoJSON, KML, KMZ, CZML, a zipped shapefile, CSV with coordinates, FlatGeobuf, GPX, CityJSON, CityGML, glTF, a zipped tileset, 3tz or IFC.`,
    { file },
  );
}
