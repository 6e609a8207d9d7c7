import { IFC2X3, IFC4, IFC4X3 } from "web-ifc";
import type { EntitySchema } from "../../src/domain/ifc/step-line.ts";

type Classes = Readonly<Record<string, new () => object>>;

/** Classes of drafts of IFC4X3 that the schema no longer has, under their old and their present name. */
export const DRAFT_CLASSES: Readonly<Record<string, readonly [name: string, now: string]>> = {
  IFCSOLIDSTRATUM: ["IfcSolidStratum", "IfcGeotechnicalStratum"],
  IFCVOIDSTRATUM: ["IfcVoidStratum", "IfcGeotechnicalStratum"],
  IFCWATERSTRATUM: ["IfcWaterStratum", "IfcGeotechnicalStratum"],
};

const NOT_ATTRIBUTES = new Set(["expressID", "type"]);

/** Attribute names and inheritance of one IFC schema, by the upper-case names that stand in files. */
export class IfcSchema {
  readonly #classes: Classes;
  readonly #nameOfEntity: ReadonlyMap<string, string>;
  readonly #entities = new Map<string, EntitySchema | null>();

  /** @param schema as in FILE_SCHEMA; what is neither 2X nor 4 is read as 4X3, as web-ifc does */
  constructor(schema: string) {
    const is2x = /^IFC2X/i.test(schema);
    this.#classes = (is2x ? IFC2X3 : /^IFC4$/i.test(schema) ? IFC4 : IFC4X3) as unknown as Classes;
    this.#nameOfEntity = new Map(Object.keys(this.#classes).map((name) => [name.toUpperCase(), name]));
  }

  /** IFCWALL to IfcWall and its attributes; null for what the schema does not know. */
  entity(entity: string): EntitySchema | null {
    let known = this.#entities.get(entity);
    if (known === undefined) {
      known = this.#describe(entity);
      this.#entities.set(entity, known);
    }
    return known;
  }

  #describe(entity: string): EntitySchema | null {
    const [draft, now] = DRAFT_CLASSES[entity] ?? [];
    const name = draft ?? this.#nameOfEntity.get(entity);
    const Class = name === undefined ? undefined : this.#classes[now ?? name];
    if (!name || !Class) return null;
    return { name, attributes: Object.keys(new Class()).filter((key) => !NOT_ATTRIBUTES.has(key)) };
  }

  /** Whether an entity is `ancestor` (IfcElement) or inherits from it. */
  isA(entity: string, ancestor: string): boolean {
    const Class = this.#classes[DRAFT_CLASSES[entity]?.[1] ?? this.#nameOfEntity.get(entity) ?? ""];
    const Ancestor = this.#classes[ancestor];
    if (!Class || !Ancestor) return false;
    return Class === Ancestor || Class.prototype instanceof Ancestor;
  }
}
