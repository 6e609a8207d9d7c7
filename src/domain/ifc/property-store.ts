import type { PropertySet } from "../model.ts";
import type { IfcLine, LineSource } from "./ifc-values.ts";
import { type ElementLinks, PropertyReader } from "./property-sets.ts";
import { type EntitySchema, readStepLine } from "./step-line.ts";
import { scanStatements } from "./step-scan.ts";

/** Name of the file that describes the shards; beside it `<n>.step`. */
export const PROPERTY_INDEX = "properties/index.json";

/** `properties/index.json`: where the statements that describe elements are, and what relationships say of each row. */
export interface PropertyIndex {
  /** Symbol by kind of unit: LENGTHUNIT. */
  readonly units: Readonly<Record<string, string>>;
  /** Attribute names of the entities that occur, by upper-case name. */
  readonly entities: Readonly<Record<string, EntitySchema>>;
  /** Least and greatest express id of each `properties/<n>.step`: statements of the IFC file as they were. */
  readonly shards: readonly (readonly [number, number])[];
  /** By row of the model's elements; express ids. */
  readonly definitions: readonly (readonly number[])[];
  readonly types: readonly (readonly number[])[];
  readonly materials: readonly (readonly number[])[];
  /** Classification references, documents, groups. */
  readonly associations: readonly (readonly number[])[];
  /** By express id of the type object. */
  readonly materialsOfType: Readonly<Record<string, readonly number[]>>;
}

interface Shard {
  readonly bytes: Uint8Array;
  /** Position of the statement by express id. */
  readonly startOf: ReadonlyMap<number, number>;
}

/** One read of an element asks for so many shards at most; more means statements that refer in a circle. */
const MAX_ROUNDS = 12;

export function shardPath(shard: number): string {
  return `properties/${shard}.step`;
}

function readShard(bytes: Uint8Array): Shard {
  const { count, ids, starts } = scanStatements(bytes);
  const startOf = new Map<number, number>();
  for (let i = 0; i < count; i++) startOf.set(ids[i]!, starts[i]!);
  return { bytes, startOf };
}

/**
 * Property sets of a converted model, read element by element: the conversion keeps the statements as text, which costs
 * it nothing, and each is understood when somebody asks for it.
 */
export class PropertyStore {
  readonly #index: PropertyIndex;
  readonly #readFile: (path: string) => Promise<ArrayBuffer>;
  readonly #shards = new Map<number, Promise<Shard>>();
  readonly #loaded = new Map<number, Shard>();

  private constructor(index: PropertyIndex, readFile: (path: string) => Promise<ArrayBuffer>) {
    this.#index = index;
    this.#readFile = readFile;
  }

  /** @param readFile gives a file of the model's folder; its errors pass through */
  static async open(readFile: (path: string) => Promise<ArrayBuffer>): Promise<PropertyStore> {
    const text = new TextDecoder().decode(await readFile(PROPERTY_INDEX));
    return new PropertyStore(JSON.parse(text) as PropertyIndex, readFile);
  }

  /** Sets of the element of a row: its attributes, its own sets, those of its type. */
  async setsOf(row: number, expressId: number): Promise<PropertySet[]> {
    for (let round = 0; ; round++) {
      const missing = new Set<number>();
      const sets = this.#reader((id) => this.#line(id, missing)).setsOf(expressId, this.#linksOf(row));
      if (missing.size === 0 || round === MAX_ROUNDS) return sets;
      await Promise.all([...missing].map((shard) => this.#load(shard)));
    }
  }

  /** Loads everything, for those who ask about all elements: sets that elements share are then read once. */
  async loadAll(): Promise<(row: number, expressId: number) => PropertySet[]> {
    const shards = await Promise.all(this.#index.shards.map((_, shard) => this.#load(shard)));
    const shardOf = new Map<number, Shard>();
    for (const shard of shards) for (const id of shard.startOf.keys()) shardOf.set(id, shard);
    const schemaOf = (entity: string) => this.#index.entities[entity] ?? null;
    const reader = this.#reader((id) => {
      const shard = id === null || id === undefined ? undefined : shardOf.get(id);
      return shard ? readStepLine(shard.bytes, shard.startOf.get(id!)!, schemaOf) : null;
    });
    return (row, expressId) => reader.setsOf(expressId, this.#linksOf(row));
  }

  #linksOf(row: number): ElementLinks {
    const { definitions, types, materials, associations } = this.#index;
    return {
      definitions: definitions[row] ?? [],
      types: types[row] ?? [],
      materials: materials[row] ?? [],
      associations: associations[row] ?? [],
    };
  }

  #reader(line: LineSource["line"]): PropertyReader {
    const { materialsOfType, units, entities } = this.#index;
    const nameOf = (entity: string) => entities[entity]?.name ?? entity;
    return new PropertyReader({ line }, { units, materialsOfType, nameOf });
  }

  #line(id: number | null | undefined, missing: Set<number>): IfcLine | null {
    if (id === null || id === undefined) return null;
    for (const [shard, [least, greatest]] of this.#index.shards.entries()) {
      if (id < least || id > greatest) continue;
      const loaded = this.#loaded.get(shard);
      if (!loaded) {
        missing.add(shard);
        continue;
      }
      const start = loaded.startOf.get(id);
      if (start !== undefined)
        return readStepLine(loaded.bytes, start, (entity) => this.#index.entities[entity] ?? null);
    }
    return null;
  }

  #load(shard: number): Promise<Shard> {
    const known = this.#shards.get(shard);
    if (known) return known;
    const loading = this.#readFile(shardPath(shard)).then((buffer) => {
      const read = readShard(new Uint8Array(buffer));
      this.#loaded.set(shard, read);
      return read;
    });
    loading.catch(() => this.#shards.delete(shard));
    this.#shards.set(shard, loading);
    return loading;
  }
}
