import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { ReadSpill, RecordSpill } from "../../workers/city/contract.ts";

/** A file for what memory has no room for; it comes to be with the first page. */
export interface FileSpill extends RecordSpill {
  /** Null while there is none. */
  readonly path: string | null;
  remove(): Promise<void>;
}

export function createFileSpill(path: string): FileSpill {
  let file: number | null = null;
  return {
    get path() {
      return file === null ? null : path;
    },
    write(bytes, at) {
      file ??= openSync(path, "w");
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, at + done);
    },
    async remove() {
      if (file === null) return;
      closeSync(file);
      file = null;
      await rm(path, { force: true });
    },
  };
}

/** Reads the file from any thread; the view holds until the next call. */
export function openSpill(path: string): ReadSpill {
  const file = openSync(path, "r");
  let buffer = new Uint8Array(1 << 16);
  return (at, length) => {
    if (length > buffer.length) buffer = new Uint8Array(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, at));
  };
}
