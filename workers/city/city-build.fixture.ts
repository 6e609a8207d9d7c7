import { geodeticFromEcef } from "../../src/geo/ellipsoid.ts";
import { mul, transformPoint } from "../../src/geo/matrix.ts";
import { type DecodedGlb, decodeGlb, validateGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { checkInside, checkTree, type TileJson, type TilesetJson } from "../tiles/tileset-checks.ts";
import { buildCity } from "./build-city.ts";
import { type ByteSource, type CityOptions, type CitySummary, DEFAULT_OPTIONS } from "./contract.ts";
import { createInlineEncoder } from "./inline-encoder.ts";

/** Bytes in memory as an input, in chunks of the given size. */
export function memorySource(
  name: string,
  content: string | Uint8Array,
  chunkBytes = 1 << 20,
  siblings: Readonly<Record<string, Uint8Array>> = {},
): ByteSource {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
    },
    async sibling(extension) {
      const found = siblings[extension];
      return found ? memorySource(name.replace(/\w+$/, extension), found) : null;
    },
  };
}

export interface BuiltTile {
  readonly tile: TileJson;
  readonly glb: DecodedGlb;
  readonly ecefFromTile: Float64Array;
}

export interface BuiltCity {
  readonly summary: CitySummary;
  readonly sink: MemorySink;
  readonly tiles: readonly BuiltTile[];
  readonly issues: readonly { readonly code: string; readonly outcome: string; readonly id: string }[];
  /** Everything that the validators and the structure checks complain of. */
  readonly complaints: readonly string[];
}

/** Builds in memory, decodes every tile and runs all checks. */
export async function buildInMemory(
  inputs: readonly ByteSource[],
  options: Partial<CityOptions> = {},
): Promise<BuiltCity> {
  const sink = new MemorySink();
  const summary = await buildCity({
    inputs,
    options: { ...DEFAULT_OPTIONS, ...options },
    sink,
    encoder: createInlineEncoder(sink),
  });
  const tileset = sink.json("tileset.json") as TilesetJson;
  const tiles: BuiltTile[] = [];
  const complaints = checkTree(tileset);
  const visit = async (tile: TileJson, ecefFromParent: Float64Array | null): Promise<void> => {
    const own = Float64Array.from(tile.transform!);
    const ecefFromTile = ecefFromParent ? mul(ecefFromParent, own) : own;
    if (tile.content) {
      const bytes = sink.files.get(tile.content.uri)!;
      complaints.push(...(await validateGlb(bytes)));
      const glb = await decodeGlb(bytes);
      for (const { positions } of glb.primitives) complaints.push(...checkInside(tile, positions));
      tiles.push({ tile, glb, ecefFromTile });
    }
    for (const child of tile.children ?? []) await visit(child, ecefFromTile);
  };
  await visit(tileset.root, null);
  const { issues } = sink.json("issues.json") as Pick<BuiltCity, "issues">;
  return { summary, sink, tiles, issues, complaints };
}

/** A feature's row over all tiles. */
export interface FoundFeature {
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Longitude, latitude, height of each vertex. */
  readonly vertices: readonly (readonly [number, number, number])[];
}

/** The features by id. Fails when an id stands twice. */
export function featuresOf({ tiles }: BuiltCity): Map<string, FoundFeature> {
  const found = new Map<string, FoundFeature>();
  for (const { glb, ecefFromTile } of tiles) {
    const ids = glb.columns.id as readonly string[];
    const vertices = ids.map((): [number, number, number][] => []);
    for (const { positions, featureIds } of glb.primitives)
      featureIds.forEach((feature, vertex) => {
        const at = vertex * 3;
        const ecef = transformPoint(ecefFromTile, [positions[at]!, positions[at + 1]!, positions[at + 2]!]);
        const { longitudeDeg, latitudeDeg, height } = geodeticFromEcef(...ecef);
        vertices[feature]!.push([longitudeDeg, latitudeDeg, height]);
      });
    ids.forEach((id, row) => {
      if (found.has(id)) throw new RangeError(`${id} stands twice`);
      const attributes = Object.fromEntries(
        Object.entries(glb.columns).map(([column, values]) => [column, values[row]!]),
      );
      found.set(id, { attributes, vertices: vertices[row]! });
    });
  }
  return found;
}

/** A GeoJSON feature with one outer ring and holes. */
export function polygonFeature(
  rings: readonly (readonly (readonly number[])[])[],
  properties: Readonly<Record<string, unknown>> = {},
  id?: string | number,
): Record<string, unknown> {
  return {
    type: "Feature",
    ...(id === undefined ? {} : { id }),
    properties,
    geometry: { type: "Polygon", coordinates: rings },
  };
}

export function collectionText(
  features: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ type: "FeatureCollection", ...more, features });
}

/** A closed rectangle, counter-clockwise. */
export function box(x: number, y: number, w: number, d: number): [number, number][] {
  return [
    [x, y],
    [x + w, y],
    [x + w, y + d],
    [x, y + d],
    [x, y],
  ];
}
