import { throwIfAborted } from "../../src/base/abort.ts";
import { refOf } from "../../src/domain/ifc/ifc-values.ts";
import { PROPERTY_INDEX, type PropertyIndex, shardPath } from "../../src/domain/ifc/property-store.ts";
import { OPEN, QUOTE } from "../../src/domain/ifc/step-cursor.ts";
import type { EntitySchema } from "../../src/domain/ifc/step-line.ts";
import type { ProjectUnits } from "../../src/domain/ifc/units.ts";
import type { TileSink } from "../tiles/contract.ts";
import { encodeJson } from "../tiles/tileset.ts";
import type { ElementRow } from "./element-rows.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { ProgressReporter } from "./progress.ts";

/** Bytes of text in a shard, about: read at one go when an element is asked for. */
const SHARD_BYTES = 192 * 1024;
const GLOBAL_ID_LENGTH = 22;
/** Between a bracket and the quotation mark behind it. */
const MAX_BLANKS = 4;
const ZERO = 0x30;
/** What property sets, quantities, types, materials, classifications and units are written with. */
const DESCRIBING =
  /^IFC(PROPERTY.*|COMPLEXPROPERTY|QUANTITY.*|PHYSICALCOMPLEXQUANTITY|ELEMENTQUANTITY|.*PROPERTIES|.*TYPE|.*STYLE|MATERIAL.*|.*UNIT|MEASUREWITHUNIT|CLASSIFICATION.*|DOCUMENT.*)$/;
const NOT_DESCRIBING = /^IFC(REL|(SURFACE|CURVE|PRESENTATION|FILLAREA|TEXT).*STYLE)/;

/** Collects what relationships say of the rows. */
function readLinks(file: IfcFile, rows: readonly ElementRow[]) {
  const rowOf = new Map(rows.map(({ expressId }, row) => [expressId, row]));
  const emptyLists = () => rows.map((): number[] => []);
  const [definitions, types, materials, associations] = [
    emptyLists(),
    emptyLists(),
    emptyLists(),
    emptyLists(),
  ];
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
  file.forRelations("IFCRELASSOCIATESCLASSIFICATION", add(associations));
  file.forRelations("IFCRELASSOCIATESDOCUMENT", add(associations));
  // the kind of what is grouped stands between
  file.forRelations("IFCRELASSIGNSTOGROUP", add(associations), 2);
  return { definitions, types, materials, associations, materialsOfType };
}

interface Chosen {
  /** 1 for every statement that describes an element or is one. */
  readonly statements: Uint8Array;
  /** 1 for every kind of entity among them. */
  readonly kinds: Uint8Array;
}

function chooseStatements({ index }: IfcFile, ids: Iterable<number>): Chosen {
  const { count, kinds: kindOf, entities } = index;
  const isDescribing = Uint8Array.from(entities, (entity) =>
    Number(DESCRIBING.test(entity) && !NOT_DESCRIBING.test(entity)),
  );
  const statements = new Uint8Array(count);
  const kinds = isDescribing.slice();
  for (let i = 0; i < count; i++) statements[i] = isDescribing[kindOf[i]!]!;
  for (const id of ids) {
    const statement = index.find(id);
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

/** Statements of one shard, one behind the other. */
function joinStatements({ index }: IfcFile, statements: readonly number[], isRooted: Uint8Array): Uint8Array {
  const { bytes, starts, kinds } = index;
  let size = 0;
  for (const i of statements) size += starts[i + 1]! - starts[i]!;
  const joined = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < statements.length; ) {
    const first = statements[at]!;
    let last = first;
    while (statements[++at] === last + 1) last++;
    joined.set(bytes.subarray(starts[first], starts[last + 1]), to);
    const shift = to - starts[first]!;
    for (let i = first; i <= last; i++)
      if (isRooted[kinds[i]!]) blankGlobalId(joined, starts[i]! + shift, starts[i + 1]! + shift);
    to += starts[last + 1]! - starts[first]!;
  }
  return joined;
}

/** GlobalIds of sets are noise that nobody asks for and nothing compresses: a quarter of the zipped size. */
function blankGlobalId(joined: Uint8Array, start: number, end: number): void {
  let first = start;
  while (first < end && joined[first] !== OPEN) first++;
  for (let blanks = 0; blanks < MAX_BLANKS && joined[first] !== QUOTE; blanks++) first++;
  const last = first + 1 + GLOBAL_ID_LENGTH;
  if (last < end && joined[first] === QUOTE && joined[last] === QUOTE) joined.fill(ZERO, first + 1, last);
}

/** Chosen statements in file order, in shards. */
function* cutShards(file: IfcFile, { statements }: Chosen): Generator<ShardText> {
  const { starts, ids, count, entities } = file.index;
  const isRooted = Uint8Array.from(entities, (entity) =>
    Number(file.schema.entity(entity)?.attributes[0] === "GlobalId"),
  );
  let shard: number[] = [];
  let [size, least, greatest] = [0, Infinity, 0];
  for (let i = 0; i < count; i++) {
    if (!statements[i]) continue;
    const length = starts[i + 1]! - starts[i]!;
    if (size > 0 && size + length > SHARD_BYTES) {
      yield { bytes: joinStatements(file, shard, isRooted), ids: [least, greatest] };
      shard = [];
      [size, least, greatest] = [0, Infinity, 0];
    }
    shard.push(i);
    size += length;
    if (ids[i]! < least) least = ids[i]!;
    if (ids[i]! > greatest) greatest = ids[i]!;
  }
  if (size > 0) yield { bytes: joinStatements(file, shard, isRooted), ids: [least, greatest] };
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

/** IFC2X3's door linings and window panels give their measures by the schema only, which web-ifc knows. */
function withMeasures(file: IfcFile, entity: string, known: EntitySchema): EntitySchema {
  const measures: Record<string, string> = {};
  const seen = new Set<string>();
  for (const line of file.linesOf(entity)) {
    const given = known.attributes.filter((name) => line[name] !== null && refOf(line[name]) === null);
    if (given.every((name) => seen.has(name))) continue;
    for (const name of given) seen.add(name);
    Object.assign(measures, file.measuresOf(line.expressID));
  }
  return { ...known, measures };
}

/** Writes the statements that describe the rows as they are (GlobalIds apart), and an index to them. */
export async function writeProperties(
  file: IfcFile,
  units: ProjectUnits,
  rows: readonly ElementRow[],
  sink: TileSink,
  progress: ProgressReporter,
  signal?: AbortSignal,
): Promise<{ bytes: number }> {
  progress.at("properties", 0, rows.length);
  const links = readLinks(file, rows);
  const groups = links.associations.flat();
  const chosen = chooseStatements(file, [...rows.map(({ expressId }) => expressId), ...groups]);
  const shards: (readonly [number, number])[] = [];
  let bytes = 0;
  for (const shard of cutShards(file, chosen)) {
    throwIfAborted(signal);
    await sink.write(shardPath(shards.length), shard.bytes);
    shards.push(shard.ids);
    bytes += shard.bytes.byteLength;
  }
  const index: PropertyIndex = {
    units: units.symbols,
    entities: describeEntities(file, chosen.kinds),
    shards,
    ...links,
  };
  const json = encodeJson(index);
  await sink.write(PROPERTY_INDEX, json);
  progress.at("properties", rows.length, rows.length);
  return { bytes: bytes + json.byteLength };
}
