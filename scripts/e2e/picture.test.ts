import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodePng, pictureDistance, pictureFacts } from "./picture.ts";

/** A PNG of one filter per line; CRCs are left zero, the decoder does not read them. */
function encodePng(width: number, lines: readonly (readonly number[])[]): Uint8Array {
  const chunk = (type: string, body: Uint8Array) => {
    const out = Buffer.alloc(12 + body.length);
    out.writeUInt32BE(body.length, 0);
    out.write(type, 4, "latin1");
    out.set(body, 8);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Uint8Array.from(lines.flat()));
  return Buffer.concat([
    Buffer.alloc(8),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("reading screenshots", () => {
  it("undoes every filter", () => {
    const picture = decodePng(
      encodePng(2, [
        [0, 10, 20, 30, 40, 50, 60],
        [1, 10, 20, 30, 30, 30, 30],
        [2, 0, 0, 0, 0, 0, 0],
        [3, 5, 10, 15, 15, 15, 15],
        [4, 0, 0, 0, 0, 0, 0],
      ]),
    );
    expect([...picture.rgb]).toEqual([
      10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60, 10, 20,
      30, 40, 50, 60,
    ]);
  });

  it("tells a picture from a flat one", () => {
    const flat = { width: 4, height: 4, rgb: new Uint8Array(48).fill(9) };
    const lively = { width: 4, height: 4, rgb: Uint8Array.from({ length: 48 }, (_, i) => i * 5) };
    expect(pictureFacts(flat)).toMatchObject({ colors: 1, largestShare: 1, brightness: 9 });
    expect(pictureFacts(lively).colors).toBe(16);
    expect(pictureDistance(flat, flat)).toBe(0);
    expect(pictureDistance(flat, lively)).toBeGreaterThan(50);
  });
});
