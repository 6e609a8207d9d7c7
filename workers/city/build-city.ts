import { throwIfAborted } from "../../src/base/abort.ts";
import { TwinError } from "../../src/base/errors.ts";
import { ecefFromEnu } from "../../src/geo/ellipsoid.ts";
import { invertAffine, mul } from "../../src/geo/matrix.ts";
import {
  type Box,
  createTileset,
  encodeJson,
  movedBox,
  type TileNode,
  unionBoxes,
} from "../tiles/tileset.ts";
import { FeatureCollector } from "./collect.ts";
import type { CityOptions, CitySummary, CityTask, TileEncoder, TileJob, TileResult } from "./contract.ts";
import { type PlannedTile, planTiles } from "./plan-tiles.ts";
import { readInput } from "./read-input.ts";

/**
 * Builds the city: reads all inputs, plans the tiles, encodes them and writes `tileset.json` last, after the GLBs,
 * `issues.json` and `source.json`. The same inputs and options give the same bytes.
 * @throws TwinError of the readers, `crs.unknown`, `city.nothing_built`; AbortError
 */
export async function buildCity(task: CityTask): Promise<CitySummary> {
  const startedMs = performance.now();
  const collector = await readAll(task);
  const readMs = performance.now();
  const { index, issues, read } = collector;
  const built = index.count;
  if (built === 0) throw nothingBuilt(collector);
  const plan = planTiles(index);
  const planMs = performance.now();
  const copyright = task.options.title ?? "";
  const columns = collector.attributes.columns(built);
  await task.encoder.start({
    records: collector.records.shared,
    columns,
    present: collector.present,
    copyright,
  });
  const results = await encodeAll(task, plan.jobs, built);
  const bytes = await writeDocuments(task, collector, plan.root, plan.geometricError, results);
  const doneMs = performance.now();
  const tiles = [...results.values()];
  return {
    read,
    built,
    refused: issues.refused,
    tiles: tiles.length,
    bytes: bytes + tiles.reduce((sum, tile) => sum + tile.bytes, 0),
    triangles: tiles.reduce((sum, tile) => sum + tile.triangles, 0),
    crs: [...collector.systems],
    bounds: collector.bounds,
    issues: issues.counts,
    ms: {
      read: Math.round(readMs - startedMs),
      plan: Math.round(planMs - readMs),
      encode: Math.round(doneMs - planMs),
      total: Math.round(doneMs - startedMs),
    },
  };
}

async function readAll({ inputs, options, spill, onProgress, signal }: CityTask): Promise<FeatureCollector> {
  const collector = new FeatureCollector(options, spill);
  const total = inputs.every(({ size }) => size !== null)
    ? inputs.reduce((sum, { size }) => sum + size!, 0)
    : null;
  let done = 0;
  for (const input of inputs) {
    collector.begin(input.name);
    await readInput(input, collector, (count) => {
      throwIfAborted(signal);
      done += count;
      onProgress?.({ phase: "read", done, total, features: collector.read });
    });
  }
  return collector;
}

function nothingBuilt({ read, issues }: FeatureCollector): TwinError {
  const first = issues.listed.find(({ outcome }) => outcome === "refused");
  const reason = first ? ` The first (${first.input}, number ${first.index}): ${first.what}.` : "";
  return new TwinError("city.nothing_built", `None of ${read} features could be built.${reason}`, {
    count: read,
    reason: first?.what ?? "",
  });
}

/** As many at once as the encoder wants; the order of finishing does not matter. */
async function encodeAll(
  { encoder, onProgress, signal }: CityTask,
  jobs: readonly TileJob[],
  features: number,
): Promise<Map<string, TileResult>> {
  const results = new Map<string, TileResult>();
  let next = 0;
  let failed = false;
  const run = async (worker: TileEncoder): Promise<void> => {
    while (next < jobs.length && !failed) {
      throwIfAborted(signal);
      const job = jobs[next++]!;
      results.set(job.uri, await worker.encode(job));
      onProgress?.({ phase: "encode", done: results.size, total: jobs.length, features });
    }
  };
  const lanes = Array.from({ length: Math.max(1, Math.min(encoder.parallel, jobs.length)) }, () =>
    run(encoder).catch((cause: unknown) => {
      failed = true;
      throw cause;
    }),
  );
  await Promise.all(lanes);
  return results;
}

async function writeDocuments(
  { sink, options, inputs }: CityTask,
  collector: FeatureCollector,
  root: PlannedTile,
  geometricError: number,
  results: ReadonlyMap<string, TileResult>,
): Promise<number> {
  const copyright = options.title;
  const tree = { ...nodeOf(root, null, results).node, refine: "ADD" as const };
  const tileset = createTileset({
    root: tree,
    geometricError,
    facade: true,
    ...(copyright ? { copyright } : {}),
  });
  const { issues, read, index } = collector;
  const names = inputs.map(({ name }) => name);
  const documents: readonly (readonly [string, unknown])[] = [
    ["issues.json", issues.report(read, index.count)],
    ["source.json", sourceDocument(options, names, collector)],
    ["tileset.json", tileset],
  ];
  let bytes = 0;
  for (const [path, value] of documents) {
    const encoded = encodeJson(value);
    bytes += encoded.length;
    await sink.write(path, encoded);
  }
  return bytes;
}

interface PlacedNode {
  readonly node: TileNode;
  readonly boxInParent: Box;
}

function nodeOf(
  tile: PlannedTile,
  ecefFromParent: Float64Array | null,
  results: ReadonlyMap<string, TileResult>,
): PlacedNode {
  const ecefFromTile = ecefFromEnu(tile);
  const transform = ecefFromParent ? mul(invertAffine(ecefFromParent), ecefFromTile) : ecefFromTile;
  const placed = tile.children.map((child) => nodeOf(child, ecefFromTile, results));
  const boxes = placed.map(({ boxInParent }) => boxInParent);
  const content = tile.job ? results.get(tile.job.uri)! : null;
  if (content) boxes.push(content);
  const box = unionBoxes(boxes);
  const node: TileNode = {
    box,
    transform,
    geometricError: tile.geometricError,
    ...(content ? { uri: content.uri } : {}),
    ...(placed.length ? { children: placed.map(({ node: child }) => child) } : {}),
  };
  return { node, boxInParent: movedBox(box, transform) };
}

function sourceDocument(options: CityOptions, names: readonly string[], collector: FeatureCollector) {
  const { systems, read, index, bounds, issues } = collector;
  const title = options.title ?? names.join(", ");
  const heights =
    options.heightDatum === "orthometric"
      ? `metres above the ellipsoid: orthometric heights of the input plus a geoid undulation of ${options.geoid} m`
      : "metres above the ellipsoid, as in the input; features without heights stand at 0";
  return {
    title: { zh: title, en: title },
    provenance: "RECORDED",
    build: "npm run city",
    generator: "scripts/city.ts",
    formats: [
      "3D Tiles 1.1",
      "glTF 2.0 with EXT_mesh_features, EXT_structural_metadata, EXT_meshopt_compression",
    ],
    crs: "EPSG:4979 (WGS 84; CGCS2000 taken as equal)",
    inputCrs: [...systems],
    heightDatum: heights,
    licence: "not stated in the inputs",
    bounds,
    features: { read, built: index.count, refused: issues.refused },
    sources: names.map((from) => ({ what: "buildings", from })),
  };
}
