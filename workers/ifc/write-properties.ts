import { throwIfAborted } from "../../src/base/abort.ts";
import { PROPERTY_INDEX, type PropertyIndex, shardPath } from "../../src/domain/ifc/property-store.ts";
import type { EntitySchema } from "../../src/domain/ifc/step-line.ts";
import type { ProjectUnits } from "../../src/domain/ifc/units.ts";
import type { TileSink } from "../tiles/contract.ts";
import { encodeJson } from "../tiles/tileset.ts";
import type { ElementRow } from "./element-rows.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { ProgressReporter } from "./progress.ts";

/** Bytes of text in a shard, about: read at one go when an element is asked for. */
const SHARD_BYTES = 192 * 1024;
/** Share of a shard that may be statements that nobody asked for: one in one piece is written without a copy. */
const MAX_WASTE = 1 / 64;
/** What property sets, quantities, types, materials, classifications and units are written with. */
const DESCRIBING =
  /^IFC(PROPERTY.*|COMPLEXPROPERTY|QUANTITY.*|PHYSICALCOMPLEXQUANTITY|ELEMENTQUANTITY|.*PROPERTIES|.*TYPE|.*STYLE|MATERIAL.*|.*UNIT|MEASUREWITHUNIT|CLASSIFICATION.*|DOCUMENT.*)$/;
const NOT_DESCRIBING = /^IFC(SURFACE|CURVE|PRESENTATION|FILLAREA|TEXT).*STYLE.*$/;

/** Collects what relationships say of the rows. */
function readLinks(file: IfcFile, rows: readonly ElementRow[]) {
  const rowOf = new Map(rows.map(({ expressId }, row) => [expressId, row]));
  const emptyLists = () => rows.map((): number[] => []);
  const [definitions, types, materials] = [emptyLists(), emptyLists(), emptyLists()];
  const materialsOfType: Record<number, number[]> = {};
  const add = (lists: number[][]) => (objects: number[], relating: number[]) => {
    for (const id of objects) {
      const row = rowOf.get(id);
      if (row !== undefined) lists[row]!.push(...relating);
    }
  };
  file.forRelations("IFCRELDEFINESBYPROPERTIES", add(definitions));
  file.forRelations("IFCRELDEFINESBYTYPE", add(types));
  const usedTypes = new Set(types.flat());
  const addMaterials = add(materials);
  file.forRelations("IFCRELASSOCIATESMATERIAL", (objects, relating) => {
    addMaterials(objects, relating);
    for (const id of objects)
      if (usedTypes.has(id)) materialsOfType[id] = [...(materialsOfType[id] ?? []), ...relating];
  });
  return { definitions, types, materials, materialsOfType };
}

interface Chosen {
  /** 1 for every statement that describes an element or is one. */
  readonly statements: Uint8Array;
  /** 1 for every kind of entity among them. */
  readonly kinds: Uint8Array;
}

function chooseStatements({ index }: IfcFile, rows: readonly ElementRow[]): Chosen {
  const { count, kinds: kindOf, entities } = index;
  const isDescribing = Uint8Array.from(entities, (entity) =>
    Number(DESCRIBING.test(entity) && !NOT_DESCRIBING.test(entity)),
  );
  const statements = new Uint8Array(count);
  const kinds = isDescribing.slice();
  for (let i = 0; i < count; i++) statements[i] = isDescribing[kindOf[i]!]!;
  for (const { expressId } of rows) {
    const statement = index.find(expressId);
    if (statement < 0) continue;
    statements[statement] = 1;
    kinds[kindOf[statement]!] = 1;
  }
  return { statements, kinds };
}

interface ShardText {
  readonly bytes: Uint8Array;
  readonly ids: readonly [number, number];
}

/** A view where the runs are one. */
function join(bytes: Uint8Array, runs: readonly (readonly [number, number])[]): Uint8Array {
  if (runs.length === 1) return bytes.subarray(...runs[0]!);
  const joined = new Uint8Array(runs.reduce((sum, [start, end]) => sum + end - start, 0));
  let at = 0;
  for (const [start, end] of runs) {
    joined.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return joined;
}

/** Chosen statements in file order, in shards; small gaps are filled with what is there. */
function* cutShards({ index }: IfcFile, chosen: Uint8Array): Generator<ShardText> {
  const { bytes, starts, ids, count } = index;
  let runs: [number, number][] = [];
  let [size, waste, least, greatest] = [0, 0, Infinity, 0];
  for (let i = 0; i < count; i++) {
    if (!chosen[i]) continue;
    const [start, end, id] = [starts[i]!, starts[i + 1]!, ids[i]!];
    if (size > 0 && size + end - start > SHARD_BYTES) {
      yield { bytes: join(bytes, runs), ids: [least, greatest] };
      runs = [];
      [size, waste, least, greatest] = [0, 0, Infinity, 0];
    }
    const last = runs.at(-1);
    const gap = last ? start - last[1] : 0;
    if (last && waste + gap <= size * MAX_WASTE) {
      last[1] = end;
      waste += gap;
      size += gap + end - start;
    } else {
      runs.push([start, end]);
      size += end - start;
    }
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  if (size > 0) yield { bytes: join(bytes, runs), ids: [least, greatest] };
}

/** Names of the attributes of what is stored; measures where the definition itself carries values. */
function describeEntities(file: IfcFile, kinds: Uint8Array): Record<string, EntitySchema> {
  const { index, schema } = file;
  const described: Record<string, EntitySchema> = {};
  for (const [kind, entity] of index.entities.entries()) {
    const known = kinds[kind] ? schema.entity(entity) : null;
    if (known) described[entity] = entity.endsWith("PROPERTIES") ? withMeasures(file, entity, known) : known;
  }
  return described;
}

const MEASURE_SAMPLES = 8;

/** IFC2X3's door linings and window panels give their measures by the schema only, which web-ifc knows. */
function withMeasures(file: IfcFile, entity: string, known: EntitySchema): EntitySchema {
  const measures: Record<string, string> = {};
  for (const id of file.idsOf(entity).slice(0, MEASURE_SAMPLES)) Object.assign(measures, file.measuresOf(id));
  return { ...known, measures };
}

/** Writes the statements that describe the rows as they are, and an index to them. */
export async function writeProperties(
  file: IfcFile,
  units: ProjectUnits,
  rows: readonly ElementRow[],
  sink: TileSink,
  progress: ProgressReporter,
  signal?: AbortSignal,
): Promise<{ bytes: number }> {
  progress.at("properties", 0, rows.length);
  const chosen = chooseStatements(file, rows);
  const shards: (readonly [number, number])[] = [];
  let bytes = 0;
  for (const shard of cutShards(file, chosen.statements)) {
    throwIfAborted(signal);
    await sink.write(shardPath(shards.length), shard.bytes);
    shards.push(shard.ids);
    bytes += shard.bytes.byteLength;
  }
  const index: PropertyIndex = {
    units: units.symbols,
    entities: describeEntities(file, chosen.kinds),
    shards,
    ...readLinks(file, rows),
  };
  const json = encodeJson(index);
  await sink.write(PROPERTY_INDEX, json);
  progress.at("properties", rows.length, rows.length);
  return { bytes: bytes + json.byteLength };
}
