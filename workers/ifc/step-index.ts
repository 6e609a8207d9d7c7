import type { IfcLine } from "../../src/domain/ifc/ifc-values.ts";
import { OPEN, StepCursor } from "../../src/domain/ifc/step-cursor.ts";
import { type EntitySchema, readStepLine } from "../../src/domain/ifc/step-line.ts";
import { scanStatements } from "../../src/domain/ifc/step-scan.ts";

/** Ids beyond this multiple of their number are looked up in a map instead of a table. */
const MAX_TABLE_SHARE = 16;
const MAX_NAME = 80;
/** Names looked up without a map; a power of two. */
const RECENT = 1024;

/** Where every statement of a file begins and of which entity it is. Statements are numbered in file order. */
export class StepIndex {
  readonly count: number;
  /** Instance number by statement; 0 for what is no instance. */
  readonly ids: Uint32Array;
  /** Byte positions; `starts[count]` is the end of the last one. */
  readonly starts: Uint32Array;
  /** Position in `entities` by statement. */
  readonly kinds: Uint16Array;
  /** Entity names in upper case, by kind. */
  readonly entities: string[] = [];
  readonly #kindOfEntity = new Map<string, number>();
  #positionOfId: Uint32Array | Map<number, number> | null = null;
  #byKind: { readonly first: Uint32Array; readonly statements: Uint32Array } | null = null;

  /** @param bytes kept, not copied */
  constructor(readonly bytes: Uint8Array) {
    const scanned = scanStatements(bytes);
    const { count, ids, starts, names, nameHashes } = scanned;
    this.count = count;
    this.ids = ids;
    this.starts = starts;
    const kinds = new Uint16Array(count);
    this.kinds = kinds;
    const kindOfHash = new Map<number, number>();
    const recentHashes = new Int32Array(RECENT);
    const recentKinds = new Int32Array(RECENT).fill(-1);
    for (let i = 0; i < count; i++) {
      const hash = nameHashes[i]!;
      const slot = (hash ^ (hash >>> 10)) & (RECENT - 1);
      if (recentHashes[slot] !== hash || recentKinds[slot]! < 0) {
        recentHashes[slot] = hash;
        recentKinds[slot] = kindOfHash.get(hash) ?? this.#addKind(kindOfHash, hash, names[i]!);
      }
      kinds[i] = recentKinds[slot]!;
    }
  }

  #addKind(kindOfHash: Map<number, number>, hash: number, nameStart: number): number {
    const entity = new StepCursor(this.bytes.subarray(0, nameStart + MAX_NAME), nameStart)
      .word()
      .toUpperCase();
    // garbage may have endless names
    const kind = this.#kindOfEntity.get(entity) ?? Math.min(this.entities.length, 0xffff);
    this.entities[kind] = entity;
    this.#kindOfEntity.set(entity, kind);
    kindOfHash.set(hash, kind);
    return kind;
  }

  /** Number of the statement of that instance (the last, when several claim the id); -1 for none. */
  find(id: number): number {
    this.#positionOfId ??= this.#indexIds();
    const found = this.#positionOfId instanceof Map ? this.#positionOfId.get(id) : this.#positionOfId[id];
    return (found ?? 0) - 1;
  }

  #indexIds(): Uint32Array | Map<number, number> {
    const { count, ids } = this;
    let greatest = 0;
    for (let i = 0; i < count; i++) if (ids[i]! > greatest) greatest = ids[i]!;
    if (greatest > count * MAX_TABLE_SHARE + 1024) {
      const map = new Map<number, number>();
      for (let i = 0; i < count; i++) if (ids[i]) map.set(ids[i]!, i + 1);
      return map;
    }
    const table = new Uint32Array(greatest + 1);
    for (let i = 0; i < count; i++) table[ids[i]!] = i + 1;
    table[0] = 0;
    return table;
  }

  /** Numbers of the statements of an entity, in file order. */
  statementsOf(entity: string): Uint32Array {
    const kind = this.#kindOfEntity.get(entity);
    if (kind === undefined) return new Uint32Array();
    this.#byKind ??= this.#sortByKind();
    const { first, statements } = this.#byKind;
    return statements.subarray(first[kind], first[kind + 1]);
  }

  /** Counting sort: file order within a kind. */
  #sortByKind(): { first: Uint32Array; statements: Uint32Array } {
    const first = new Uint32Array(this.entities.length + 1);
    const { count, kinds, ids } = this;
    for (let i = 0; i < count; i++) if (ids[i]) first[kinds[i]! + 1]!++;
    for (let kind = 0; kind < this.entities.length; kind++) first[kind + 1]! += first[kind]!;
    const next = first.slice();
    const statements = new Uint32Array(first[this.entities.length]!);
    for (let i = 0; i < count; i++) if (ids[i]) statements[next[kinds[i]!]!++] = i;
    return { first, statements };
  }

  entityOf(id: number): string {
    const at = this.find(id);
    return at < 0 ? "" : this.entities[this.kinds[at]!]!;
  }

  line(id: number, schemaOf: (entity: string) => EntitySchema | null): IfcLine | null {
    const at = this.find(id);
    return at < 0 ? null : readStepLine(this.bytes, this.starts[at]!, schemaOf);
  }

  /** A cursor at an attribute (from 0) of a statement. */
  attribute(statement: number, position: number): StepCursor {
    const cursor = new StepCursor(this.bytes, this.starts[statement]!);
    const end = this.starts[statement + 1]!;
    while (cursor.at < end && this.bytes[cursor.at] !== OPEN) cursor.at++;
    cursor.at++;
    for (let i = 0; i < position; i++) {
      cursor.skipAttribute();
      cursor.at++;
    }
    cursor.skipBlank();
    return cursor;
  }
}
