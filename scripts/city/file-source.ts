import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "../../workers/city/contract.ts";

const CHUNK_BYTES = 1 << 20;

/**
 * A local file as input of the city builder.
 * @throws TwinError `file.missing`, `file.unreadable`
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new TwinError("file.missing", `There is no file ${path}. Check the path.`, { file: path }, cause);
  });
  if (!found.isFile())
    throw new TwinError("file.unreadable", `${path} cannot be read: it is a folder.`, {
      file: path,
      detail: "it is a folder",
    });
  return {
    name: basename(path),
    size: found.size,
    chunks: () => readChunks(path),
    sibling: async (extension) => {
      const stem = basename(path, extname(path)).toLowerCase();
      const wanted = `${stem}.${extension}`;
      const names = await readdir(dirname(path));
      const name = names.find((one) => one.toLowerCase() === wanted);
      return name ? await openFileSource(join(dirname(path), name)) : null;
    },
  };
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }))
      yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof TwinError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TwinError(
      "file.unreadable",
      `${path} cannot be read: ${detail}.`,
      { file: path, detail },
      cause,
    );
  }
}
