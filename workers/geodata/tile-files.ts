import { TwinError } from "../../src/base/errors.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** Tiles of a layer, wherever they lie. */
export interface TileFiles {
  /** @throws TwinError `tiles.missing` */
  read(path: string): Promise<ArrayBuffer>;
}

function missing(path: string): TwinError {
  return new TwinError("tiles.missing", `The tiles have no file ${path}. Pack them again.`, { path });
}

/** Tiles that were built here and stay in memory. */
export class MemoryTiles implements TileFiles {
  readonly #files = new Map<string, Uint8Array>();

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(path, bytes);
  }

  text(path: string): string {
    return new TextDecoder().decode(this.#files.get(path));
  }

  async read(path: string): Promise<ArrayBuffer> {
    const bytes = this.#files.get(path);
    if (!bytes) throw missing(path);
    return bytes.slice().buffer as ArrayBuffer;
  }
}

/** Tiles in a zip or 3tz file, unpacked one at a time. @param root path of the tileset.json */
export function archivedTiles(archive: ZipArchive, root: string): TileFiles {
  const folder = root.slice(0, root.lastIndexOf("/") + 1);
  const entries = new Map(archive.entries.map((entry) => [entry.path, entry]));
  return {
    async read(path) {
      const wanted = path === "tileset.json" ? root : folder + path;
      const entry = entries.get(wanted) ?? entries.get(decodeURIComponent(wanted));
      if (!entry) throw missing(path);
      const bytes = await archive.bytes(entry);
      return isGzip(bytes) ? await unzipped(bytes) : bytes.buffer;
    },
  };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function unzipped(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
