/** Every sample IFC through the whole conversion, judged by public validators and by web-ifc's own numbers. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PropertyStore } from "../../src/domain/ifc/property-store.ts";
import type { IfcModel } from "../../src/domain/model.ts";
import { ecefFromEnu } from "../../src/geo/ellipsoid.ts";
import { createProjection } from "../../src/geo/projection.ts";
import { type DecodedGlb, decodeGlb, validateGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import {
  checkInside,
  checkTree,
  createSchemaCheck,
  listTiles,
  type SchemaCheck,
  type TilesetJson,
} from "../tiles/tileset-checks.ts";
import { convertIfc } from "./convert.ts";
import { readIfcSource } from "./ifc-source.ts";
import { type RawElement, readRawElements } from "./raw-meshes.fixture.ts";
import { expectSample, finishSamples } from "./sample-expectations.fixture.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
const IFC = join(DATA, "ifc");
const SAMPLE = join(import.meta.dirname, "../../public/samples/liaotwin-municipal.ifc");
const MAX_BYTES = 20e6;

/** Files that must be refused, and how. */
const REFUSED: Readonly<Record<string, string>> = {
  "Badly_formed_Ifc_file.ifc": "ifc.nothing",
  "CompoundBooleanUnionTest_zh.ifc": "ifc.nothing",
  "EmptyTest.ifc": "ifc.nothing",
  "empty_file.ifc": "ifc.empty",
  "errorfile.ifc": "ifc.open_failed",
  "invalid_file.ifc": "ifc.not_ifc",
  "invalid_utf8_with_bom.ifc": "ifc.nothing",
  "invalid_version.ifc": "ifc.schema_unknown",
  "valid_file.ifc": "ifc.nothing",
};
/** web-ifc misreads the length unit of these: factor by which its own lengths must be multiplied; 0 = it gives none. */
const UNIT_REPAIR: Readonly<Record<string, number>> = {
  "foum_zh_revit2013.ifc": 0.001,
  "PR-Twin-Branch-PavementElements.ifc": 0,
  // places along a way, which web-ifc 0.0.78 puts elsewhere
  "LinearPlacement-1.ifc": 0,
};
/** Of these web-ifc makes nothing. */
const DRAWN = new Set(["IfcAlignment", "IfcSolidStratum"]);

function ifcFiles(): string[] {
  const names = readdirSync(IFC, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.ifc(zip)?$/i.test(name),
  );
  const paths = names.map((name) => join(IFC, name)).filter((path) => statSync(path).size <= MAX_BYTES);
  return [...paths, SAMPLE].filter(existsSync).sort();
}

interface Converted {
  readonly sink: MemorySink;
  readonly model: IfcModel;
  readonly tileset: TilesetJson;
  readonly glbs: ReadonlyMap<string, DecodedGlb>;
}

async function convert(bytes: Uint8Array, fileName: string): Promise<Converted> {
  const sink = new MemorySink();
  const { model } = await convertIfc(bytes, null, sink, { fileName });
  const glbs = new Map<string, DecodedGlb>();
  for (const [path, glb] of sink.files) if (path.endsWith(".glb")) glbs.set(path, await decodeGlb(glb));
  return { sink, model, tileset: sink.json("tileset.json") as TilesetJson, glbs };
}

/** What is built alone: spaces and openings come behind it, in tilesets of their own. */
function builtPart(converted: Converted): Converted {
  const { model, glbs } = converted;
  const { elements, counts } = model;
  const cut = <T>(column: readonly T[], width = 1) => column.slice(0, counts.elements * width);
  const built = {
    globalId: cut(elements.globalId),
    expressId: cut(elements.expressId),
    class: cut(elements.class),
    name: cut(elements.name),
    storey: cut(elements.storey),
    box: cut(elements.box, 6),
  };
  return {
    ...converted,
    model: { ...model, elements: built },
    glbs: new Map([...glbs].filter(([path]) => !path.includes("/"))),
  };
}

/** Every row behind the elements is a space or an opening, in the tiles of its kind and nowhere else. */
function expectVoids({ model, glbs, sink }: Converted): void {
  const { elements, counts } = model;
  const { spaces, openings } = model.voids!;
  expect(elements.globalId.length).toBe(counts.elements + spaces + openings);
  expect(new Set(elements.globalId).size).toBe(elements.globalId.length);
  expect(elements.box.length).toBe(elements.globalId.length * 6);
  let first = counts.elements;
  for (const [kind, count] of [
    ["spaces", spaces],
    ["openings", openings],
  ] as const) {
    const own = [...glbs].filter(([path]) => path.startsWith(`${kind}/`));
    const rows = own.flatMap(([, { columns }]) => columns.row as number[]).sort((a, b) => a - b);
    expect(rows).toEqual(Array.from({ length: count }, (_, i) => first + i));
    for (const [, { columns }] of own)
      for (const [feature, row] of (columns.row as number[]).entries())
        expect(columns.GlobalId![feature]).toBe(elements.globalId[row]);
    for (const row of rows)
      expect(elements.class[row]).toMatch(
        kind === "spaces" ? /^IfcSpace$/ : /Opening|Voiding|Cut|Excav|Earthworks/,
      );
    expect(sink.files.has(`${kind}/tileset.json`)).toBe(count > 0);
    first += count;
  }
}

/** Turn from the engineering frame to east, from what `model.json` says, by another way than the converter's. */
function turnOf({ georeference }: IfcModel): number {
  const { rotationDeg = 0, epsg, origin, method } = georeference;
  const isMap = method !== "IfcSite" && method !== "user" && origin;
  const convergenceDeg = isMap
    ? createProjection(`EPSG:${epsg}`).gridConvergenceDeg(origin.longitudeDeg, origin.latitudeDeg)
    : 0;
  return method === "none" ? 0 : (-(rotationDeg + convergenceDeg) * Math.PI) / 180;
}

function toModelFrame(points: Float64Array, model: IfcModel, factor: number): Float64Array {
  const turn = turnOf(model);
  const [ox, oy, oz] = model.georeference.offset ?? [0, 0, 0];
  const out = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i]! * factor - ox, points[i + 1]! * factor - oy, points[i + 2]! * factor - oz];
    out.set([Math.cos(turn) * x - Math.sin(turn) * y, Math.sin(turn) * x + Math.cos(turn) * y, z], i);
  }
  return out;
}

function boxOf(points: Float64Array): number[] {
  const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  points.forEach((value, i) => {
    box[i % 3] = Math.min(box[i % 3]!, value);
    box[(i % 3) + 3] = Math.max(box[(i % 3) + 3]!, value);
  });
  return box;
}

/** Largest distance along an axis from some of `points` to the nearest of `others`. */
function worstDistance(points: ArrayLike<number>, others: ArrayLike<number>, samples: number): number {
  const step = Math.max(1, Math.floor(points.length / 3 / samples)) * 3;
  let worst = 0;
  for (let i = 0; i < points.length; i += step) {
    let nearest = Infinity;
    for (let k = 0; k < others.length && nearest > 1e-4; k += 3)
      nearest = Math.min(
        nearest,
        Math.max(
          Math.abs(points[i]! - others[k]!),
          Math.abs(points[i + 1]! - others[k + 1]!),
          Math.abs(points[i + 2]! - others[k + 2]!),
        ),
      );
    worst = Math.max(worst, nearest);
  }
  return worst;
}

function decodedPointsByRow(glbs: Iterable<DecodedGlb>): Map<number, number[]> {
  const points = new Map<number, number[]>();
  for (const { primitives, columns } of glbs)
    for (const { positions, featureIds } of primitives)
      featureIds.forEach((feature, vertex) => {
        const row = columns.row![feature] as number;
        const list = points.get(row) ?? [];
        list.push(positions[vertex * 3]!, positions[vertex * 3 + 1]!, positions[vertex * 3 + 2]!);
        points.set(row, list);
      });
  return points;
}

function expectPositions(
  { model, glbs }: Converted,
  raw: ReadonlyMap<number, RawElement>,
  factor: number,
): void {
  const decoded = decodedPointsByRow(glbs.values());
  for (const [row, expressId] of model.elements.expressId.entries()) {
    if (!raw.has(expressId)) continue;
    const expected = toModelFrame(raw.get(expressId)!.points, model, factor);
    const box = model.elements.box.slice(row * 6, row * 6 + 6);
    for (const [k, value] of boxOf(expected).entries()) expect(Math.abs(box[k]! - value)).toBeLessThan(0.01);
    const points = decoded.get(row)!;
    expect(worstDistance(points, expected, 12)).toBeLessThan(0.01);
    expect(worstDistance(expected, points, 12)).toBeLessThan(0.01);
  }
}

function expectTables({ model, glbs }: Converted): void {
  const rows: number[] = [];
  for (const { json, columns, primitives } of glbs.values()) {
    const table = json.extensions.EXT_structural_metadata.propertyTables[0]!;
    const used = new Set(primitives.flatMap(({ featureIds }) => [...featureIds]));
    expect(used.size).toBe(table.count);
    expect(Math.max(...used)).toBe(table.count - 1);
    for (const [feature, row] of (columns.row as number[]).entries()) {
      rows.push(row);
      expect(columns.GlobalId![feature]).toBe(model.elements.globalId[row]);
      expect(columns.class![feature]).toBe(model.elements.class[row]);
      expect(columns.name![feature]).toBe(model.elements.name[row]);
      expect(columns.storey![feature]).toBe(
        model.elements.storey[row]! < 0 ? 65535 : model.elements.storey[row],
      );
    }
  }
  expect(rows.sort((a, b) => a - b)).toEqual(model.elements.expressId.map((_, row) => row));
}

function expectTree({ tileset, glbs, model }: Converted): void {
  expect(checkTree(tileset)).toEqual([]);
  const tiles = listTiles(tileset.root);
  expect(tiles.flatMap(({ content }) => content?.uri ?? []).sort()).toEqual([...glbs.keys()].sort());
  for (const tile of tiles)
    for (const { positions } of glbs.get(tile.content?.uri ?? "")?.primitives ?? [])
      expect(checkInside(tile, positions)).toEqual([]);
  const origin = model.georeference.origin ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 };
  const expected = ecefFromEnu(origin);
  tileset.root.transform!.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6);
  });
}

function expectDescription({ model }: Converted): void {
  const { elements, counts, storeys } = model;
  const perStorey = storeys.map((_, index) => elements.storey.filter((storey) => storey === index).length);
  expect(storeys.map((storey) => storey.elements)).toEqual(perStorey);
  expect(Object.values(counts.byClass).reduce((a, b) => a + b, 0)).toBe(counts.elements);
  expect(new Set(elements.globalId).size).toBe(counts.elements);
  const inTree: number[] = [];
  const visit = (node: IfcModel["spatialTree"]) => {
    inTree.push(...node.elements);
    node.children.forEach(visit);
  };
  visit(model.spatialTree);
  expect(inTree.sort((a, b) => a - b)).toEqual(elements.globalId.map((_, row) => row));
}

const SAMPLED_ROWS = 60;

/** Properties answer, and each set says something. */
async function expectProperties({ model, sink }: Converted): Promise<void> {
  const store = await PropertyStore.open(async (path) => sink.files.get(path)!.slice().buffer as ArrayBuffer);
  const stride = Math.max(1, Math.floor(model.counts.elements / SAMPLED_ROWS));
  for (let row = 0; row < model.counts.elements; row += stride)
    for (const set of await store.setsOf(row, model.elements.expressId[row]!)) {
      expect(set.name).not.toBe("");
      expect(set.properties.length).toBeGreaterThan(0);
    }
}

async function expectValid({ sink, tileset, glbs }: Converted, check: SchemaCheck): Promise<void> {
  expect(check("tileset.schema.json", tileset)).toEqual([]);
  for (const [path, bytes] of sink.files)
    if (path.endsWith(".glb")) expect(await validateGlb(bytes)).toEqual([]);
  for (const { json } of glbs.values()) {
    const { schema, propertyTables } = json.extensions.EXT_structural_metadata;
    expect(check("Schema/schema.schema.json", schema)).toEqual([]);
    for (const table of propertyTables)
      expect(check("PropertyTable/propertyTable.schema.json", table)).toEqual([]);
  }
}

describe.runIf(existsSync(IFC))("conversion of the sample files", () => {
  const files = existsSync(IFC) ? ifcFiles() : [];
  const check = existsSync(IFC) ? createSchemaCheck(join(DATA, "schemas/3dtiles-1.1")) : () => [];

  afterAll(finishSamples);

  it("finds them", () => {
    expect(files.length).toBeGreaterThan(80);
  });

  it.each(files.map((path) => [basename(path), path] as const))("%s", async (name, path) => {
    const bytes = new Uint8Array(readFileSync(path));
    const refused = REFUSED[name];
    if (refused) {
      await expect(convert(bytes, name)).rejects.toMatchObject({ code: refused });
      return;
    }
    const whole = await convert(bytes, name);
    const converted = builtPart(whole);
    const raw = await readRawElements(readIfcSource(bytes, name).step);
    // what is drawn from its own definition, web-ifc does not know
    const drawn = converted.model.elements.expressId.filter((id) => !raw.has(id));
    const drawnClasses = drawn.map(
      (id) => converted.model.elements.class[converted.model.elements.expressId.indexOf(id)]!,
    );
    expect(drawnClasses.filter((name) => !DRAWN.has(name))).toEqual([]);
    expect([...raw.keys()].filter((id) => !converted.model.elements.expressId.includes(id))).toEqual([]);
    const triangles = [...raw.values()].reduce((sum, element) => sum + element.triangles, 0);
    if (drawn.length === 0)
      expect(Math.abs(converted.model.counts.triangles - triangles)).toBeLessThanOrEqual(triangles * 0.02);
    expectSample(path === SAMPLE ? "sample" : relative(IFC, path), converted.model);
    const factor = UNIT_REPAIR[name] ?? 1;
    if (factor > 0) expectPositions(converted, raw, factor);
    expectTables(converted);
    expectTree(converted);
    expectDescription(converted);
    expectVoids(whole);
    await expectProperties(whole);
    await expectValid(whole, check);
  });

  it.each([
    ["cjk/ac16_sjis_ja.ifc", "プロジェクト", ["1階", "2階", "屋根"]],
    ["cjk/revit2013_unicode_ja.ifc", "プロジェクト名", ["1階", "2階", "屋根"]],
    ["cjk/foum_zh_revit2013.ifc", "项目名称", ["二层"]],
  ] as const)("names of %s", async (path, project, storeys) => {
    const { model } = await convert(new Uint8Array(readFileSync(join(IFC, path))), path);
    expect(model.storeys.map(({ name }) => name)).toEqual(storeys);
    expect(model.name).toBe(project);
  });
});
