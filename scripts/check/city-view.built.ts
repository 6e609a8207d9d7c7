import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import { invertAffine, mul, transformPoint } from "../../src/geo/matrix.ts";
import { ROOT } from "../root.ts";

interface TileJson {
  readonly transform?: readonly number[];
  readonly boundingVolume: { readonly box: readonly number[] };
  readonly geometricError: number;
  readonly content?: { readonly uri: string };
  readonly children?: readonly TileJson[];
}

/** Pixels of one metre at one metre: 900 rows, Cesium's 60 degrees over the 1440 columns. */
const PIXELS = 900 / (2 * Math.tan(Math.atan(Math.tan(Math.PI / 6) / 1.6)));
/** Of the city's own tiles, in tileset-loading.ts. */
const SCREEN_SPACE_ERROR = 12;
const MB = 1e6;

const VIEWS = [
  { view: "third ring of Shenyang", city: "shenyang", eye: [123.42, 41.63, 21_000], mb: 8, shown: 20_000 },
  { view: "street in Shenyang", city: "shenyang", eye: [123.4325, 41.799, 30], mb: 15, shown: 40_000 },
  { view: "street in Tiexi", city: "shenyang", eye: [123.365, 41.795, 30], mb: 15, shown: 40_000 },
  { view: "Dalian from the sea", city: "dalian", eye: [121.61, 38.75, 18_000], mb: 8, shown: 10_000 },
  { view: "street in Dalian", city: "dalian", eye: [121.6405, 38.9165, 30], mb: 15, shown: 30_000 },
] as const;

/** Tiles that the screen-space error asks for all round the eye: what stands behind it counts too, so this is an upper bound. */
function tilesFrom(root: TileJson, eye: readonly [number, number, number]): string[] {
  const uris: string[] = [];
  const visit = (tile: TileJson, ecefFromParent: ArrayLike<number> | null): void => {
    const own = tile.transform!;
    const ecefFromTile = ecefFromParent ? mul(ecefFromParent, own) : own;
    if (tile.content) uris.push(tile.content.uri);
    const [x, y, z] = transformPoint(invertAffine(ecefFromTile), eye);
    const { box } = tile.boundingVolume;
    const beyond = (value: number, centre: number, half: number) =>
      Math.max(0, Math.abs(value - centre) - half);
    const distance = Math.hypot(
      beyond(x, box[0]!, box[3]!),
      beyond(y, box[1]!, box[7]!),
      beyond(z, box[2]!, box[11]!),
    );
    if ((tile.geometricError * PIXELS) / Math.max(1, distance) > SCREEN_SPACE_ERROR)
      for (const child of tile.children ?? []) visit(child, ecefFromTile);
  };
  visit(root, null);
  return uris;
}

function countFeatures(glb: Buffer): number {
  const json = JSON.parse(glb.subarray(20, 20 + glb.readUInt32LE(12)).toString()) as {
    extensions: { EXT_structural_metadata: { propertyTables: { count: number }[] } };
  };
  return json.extensions.EXT_structural_metadata.propertyTables[0]!.count;
}

/** Compressing a hundred tiles on a busy machine. */
const PATIENCE_MS = 60_000;

describe("tiles of a view", { timeout: PATIENCE_MS }, () => {
  it.each(VIEWS)("$view: at most $mb MB on the wire and 250 draws", ({ city, eye, mb, shown }) => {
    const folder = join(ROOT, "dist/tilesets", city);
    const { root } = JSON.parse(readFileSync(join(folder, "tileset.json"), "utf8")) as { root: TileJson };
    const [longitudeDeg, latitudeDeg, height] = eye;
    const uris = tilesFrom(root, ecefFromGeodetic({ longitudeDeg, latitudeDeg, height }));
    const tiles = uris.map((uri) => readFileSync(join(folder, uri)));
    const bytes = tiles.reduce((sum, tile) => sum + gzipSync(tile).length, 0);
    console.info(
      `${city}: ${uris.length} tiles, ${(bytes / MB).toFixed(2)} MB, ${tiles.reduce((sum, tile) => sum + countFeatures(tile), 0)} buildings`,
    );
    expect(bytes / MB).toBeLessThan(mb);
    expect(uris.length).toBeLessThan(250);
    expect(tiles.reduce((sum, tile) => sum + countFeatures(tile), 0)).toBeGreaterThan(shown);
  });

  it.each(["shenyang", "dalian"])("%s is there with its first few hundred kilobytes", (city) => {
    const folder = join(ROOT, "dist/tilesets", city);
    const first = readFileSync(join(folder, "t.glb"));
    expect(gzipSync(first).length).toBeLessThan(0.7 * MB);
    expect(countFeatures(first)).toBeGreaterThan(1000);
  });
});
