import { MeshoptEncoder } from "meshoptimizer/encoder";

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
const EXTENSION = "EXT_meshopt_compression";

export interface CompressedView {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly stride: number;
  readonly mode: "ATTRIBUTES" | "TRIANGLES" | "INDICES";
  readonly filter?: "NONE" | "EXPONENTIAL";
}

/** Collects buffer views: buffer 0 is the GLB's own chunk, buffer 1 the fallback that decoders fill. */
export class GlbBuffer {
  readonly #views: Record<string, unknown>[] = [];
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #fallbackLength = 0;

  #append(bytes: Uint8Array, alignment: number): number {
    const padding = (alignment - (this.#length % alignment)) % alignment;
    if (padding) this.#chunks.push(new Uint8Array(padding));
    this.#chunks.push(bytes);
    const offset = this.#length + padding;
    this.#length = offset + bytes.byteLength;
    return offset;
  }

  /** Adds bytes as they are, at a multiple of 8, as property tables ask. Returns the buffer view's index. */
  addPlain(bytes: Uint8Array): number {
    const byteOffset = this.#append(bytes, 8);
    return this.#views.push({ buffer: 0, byteOffset, byteLength: bytes.byteLength }) - 1;
  }

  /** Adds a meshopt-compressed view (codec v0). Returns its index. `MeshoptEncoder.ready` must have settled. */
  addCompressed(view: CompressedView): number {
    const { bytes, count, stride, mode, filter } = view;
    const packed = MeshoptEncoder.encodeGltfBuffer(bytes, count, stride, mode, 0);
    const fallbackOffset = this.#fallbackLength;
    this.#fallbackLength += Math.ceil((count * stride) / 4) * 4;
    const json: Record<string, unknown> = {
      buffer: 1,
      byteOffset: fallbackOffset,
      byteLength: count * stride,
      ...(mode === "ATTRIBUTES" ? { byteStride: stride } : {}),
      target: mode === "ATTRIBUTES" ? 34962 : 34963,
      extensions: {
        [EXTENSION]: {
          buffer: 0,
          byteOffset: this.#append(packed, 4),
          byteLength: packed.byteLength,
          byteStride: stride,
          count,
          mode,
          ...(filter && filter !== "NONE" ? { filter } : {}),
        },
      },
    };
    return this.#views.push(json) - 1;
  }

  /** The finished GLB with `json` as its document, which must not have buffers of its own. */
  finish(json: Record<string, unknown>): Uint8Array {
    const binLength = Math.ceil(this.#length / 4) * 4;
    const buffers: Record<string, unknown>[] = [{ byteLength: binLength }];
    if (this.#fallbackLength > 0)
      buffers.push({ byteLength: this.#fallbackLength, extensions: { [EXTENSION]: { fallback: true } } });
    const text = new TextEncoder().encode(JSON.stringify({ ...json, buffers, bufferViews: this.#views }));
    // the binary chunk then starts at a multiple of 8 in the file too
    const jsonLength = Math.ceil((text.byteLength + 4) / 8) * 8 - 4;
    const glb = new Uint8Array(12 + 8 + jsonLength + 8 + binLength);
    const header = new DataView(glb.buffer);
    const words = [GLB_MAGIC, 2, glb.byteLength, jsonLength, JSON_CHUNK];
    for (const [i, word] of words.entries()) header.setUint32(i * 4, word, true);
    glb.fill(0x20, 20, 20 + jsonLength);
    glb.set(text, 20);
    header.setUint32(20 + jsonLength, binLength, true);
    header.setUint32(24 + jsonLength, BIN_CHUNK, true);
    let at = 28 + jsonLength;
    for (const chunk of this.#chunks) {
      glb.set(chunk, at);
      at += chunk.byteLength;
    }
    return glb;
  }
}
