import { textEncoding } from "../../src/domain/file-kind.ts";
import type { ByteSource } from "../city/contract.ts";

const CHUNK_BYTES = 1 << 20;
/** What is looked at to tell the encoding of a text. */
const SAMPLE_BYTES = 1 << 20;

export function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, "");
}

export function extensionOf(name: string): string {
  return /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** A file, read piece by piece; its siblings are those of `beside` with the same stem. */
export function blobSource(name: string, blob: Blob, beside: readonly File[] = []): ByteSource {
  return {
    name,
    size: blob.size,
    chunks: () => chunksOf(blob),
    sibling: async (extension) => {
      const file = beside.find((other) => isSibling(name, other.name, extension));
      return file ? blobSource(file.name, file) : null;
    },
  };
}

export function isSibling(name: string, other: string, extension: string): boolean {
  return stemOf(other).toLowerCase() === stemOf(name).toLowerCase() && extensionOf(other) === extension;
}

async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += CHUNK_BYTES)
    yield new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer());
}

/** The same text in UTF-8, whatever it was in: UTF-16 with its mark, or GBK where UTF-8 does not fit. */
export async function asUtf8(source: ByteSource): Promise<ByteSource> {
  const encoding = textEncoding(await headOf(source, SAMPLE_BYTES));
  if (encoding === "utf-8") return source;
  return { ...source, chunks: () => transcoded(source.chunks(), encoding) };
}

async function* transcoded(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** The first bytes, `most` at most. */
export async function headOf(source: ByteSource, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return head.subarray(0, most);
}

/** Passes chunks on and tells how many bytes have gone by. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    onBytes(chunk.length);
  }
}
