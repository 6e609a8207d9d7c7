import { inflateSync } from "node:zlib";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB, three bytes a pixel, row by row from the top. */
  readonly rgb: Uint8Array;
}

/** Decodes the PNGs that Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced. Throws on others. */
export function decodePng(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      width = view.getUint32(at + 8);
      height = view.getUint32(at + 12);
      channels = body[9] === 6 ? 4 : body[9] === 2 ? 3 : 0;
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error("unsupported PNG");
    } else if (type === "IDAT") parts.push(body);
    at += 12 + length;
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) };
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** PNG specification, section 9: filters 0 to 4, then the alpha channel is dropped. */
function unfilter(raw: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const rgb = new Uint8Array(width * height * 3);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const line = raw.slice(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let i = 0; i < stride; i++) {
      const a = i >= channels ? line[i - channels]! : 0;
      const b = above[i]!;
      const c = i >= channels ? above[i - channels]! : 0;
      const guess =
        filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : filter === 4 ? paeth(a, b, c) : 0;
      line[i] = line[i]! + guess;
    }
    for (let x = 0; x < width; x++)
      for (let k = 0; k < 3; k++) rgb[(y * width + x) * 3 + k] = line[x * channels + k]!;
    above = line;
  }
  return rgb;
}

export interface PictureFacts {
  /** Distinct colours at 5 bits a channel. */
  readonly colors: number;
  /** Share of the most frequent one. */
  readonly largestShare: number;
  /** Mean of the channels, 0-255. */
  readonly brightness: number;
  /** Mean red, green, blue, 0-255. */
  readonly mean: readonly [number, number, number];
}

export function pictureFacts({ width, height, rgb }: Picture): PictureFacts {
  const counts = new Map<number, number>();
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i]!, rgb[i + 1]!, rgb[i + 2]!];
    const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    sums[0] += r;
    sums[1] += g;
    sums[2] += b;
  }
  const pixels = Math.max(1, width * height);
  const mean: [number, number, number] = [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
  return {
    colors: counts.size,
    largestShare: Math.max(0, ...counts.values()) / pixels,
    brightness: (mean[0] + mean[1] + mean[2]) / 3,
    mean,
  };
}

/** Mean absolute difference of two pictures of the same size, 0-255. */
export function pictureDistance(a: Picture, b: Picture): number {
  if (a.rgb.length !== b.rgb.length) return 255;
  let sum = 0;
  for (let i = 0; i < a.rgb.length; i++) sum += Math.abs(a.rgb[i]! - b.rgb[i]!);
  return sum / Math.max(1, a.rgb.length);
}
