/** Test support: 3D Tiles 1.1 JSON schemas and structural checks. Not part of the product's bundles. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";

const BASE = "https://schemas.invalid/";

/** Checks JSON against a schema of the folder (`tileset.schema.json`); answers its complaints. */
export type SchemaCheck = (schema: string, value: unknown) => string[];

/** @param folder the 3D Tiles 1.1 schemas as published: `tileset.schema.json` and its subfolders */
export function createSchemaCheck(folder: string): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".schema.json")) continue;
    const path = join(entry.parentPath, entry.name);
    const schema = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    ajv.addSchema({ ...schema, $id: BASE + relative(folder, path) });
  }
  return (schema, value) => {
    const validate = ajv.getSchema(BASE + schema);
    if (!validate) throw new RangeError(`no schema ${schema}`);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
  };
}

export interface TileJson {
  readonly boundingVolume: { readonly box: readonly number[] };
  readonly geometricError: number;
  readonly refine?: string;
  readonly transform?: readonly number[];
  readonly content?: { readonly uri: string };
  readonly children?: readonly TileJson[];
}

export interface TilesetJson {
  readonly asset: { readonly version: string };
  readonly geometricError: number;
  readonly root: TileJson;
}

function rangeOf(box: readonly number[], axis: number): [number, number] {
  const half = Math.abs(box[3 + axis]!) + Math.abs(box[6 + axis]!) + Math.abs(box[9 + axis]!);
  return [box[axis]! - half, box[axis]! + half];
}

const TOLERANCE = 1e-6;

/** Complaints about volumes that stick out of their parents and errors that grow downwards. */
export function checkTree(tileset: TilesetJson): string[] {
  const complaints: string[] = [];
  const visit = (tile: TileJson, parent: TileJson | null, path: string) => {
    const limit = parent?.geometricError ?? tileset.geometricError;
    if (tile.geometricError > limit) complaints.push(`${path}: error ${tile.geometricError} above ${limit}`);
    if (tile.children?.length && !(tile.geometricError > 0)) complaints.push(`${path}: children but error 0`);
    for (let axis = 0; parent && !tile.transform && axis < 3; axis++) {
      const [low, high] = rangeOf(tile.boundingVolume.box, axis);
      const [parentLow, parentHigh] = rangeOf(parent.boundingVolume.box, axis);
      if (low < parentLow - TOLERANCE || high > parentHigh + TOLERANCE)
        complaints.push(`${path}: sticks out of its parent along axis ${axis}`);
    }
    for (const [i, child] of (tile.children ?? []).entries()) visit(child, tile, `${path}/${i}`);
  };
  visit(tileset.root, null, "root");
  return complaints;
}

/** All tiles, parents first. */
export function listTiles(tile: TileJson): TileJson[] {
  return [tile, ...(tile.children ?? []).flatMap(listTiles)];
}

/** Complaints about points (xyz, in the tile's frame) outside its volume. */
export function checkInside(tile: TileJson, positions: ArrayLike<number>): string[] {
  for (let axis = 0; axis < 3; axis++) {
    const [low, high] = rangeOf(tile.boundingVolume.box, axis);
    for (let i = axis; i < positions.length; i += 3)
      if (positions[i]! < low - TOLERANCE || positions[i]! > high + TOLERANCE)
        return [`${tile.content?.uri}: a vertex lies outside the volume along axis ${axis}: ${positions[i]}`];
  }
  return [];
}
