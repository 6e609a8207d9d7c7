import { type Arg, enumeration, Raw, type Ref, type StepWriter, typed } from "./step-writer.ts";

/** Name to value: a Raw is a typed IFC value with its own measure. */
export type PropertyValues = Readonly<Record<string, string | number | boolean | Raw>>;

/** Distribution systems: name to its predefined type. */
const SYSTEMS: Readonly<Record<string, string>> = {
  送排风系统: "VENTILATION",
  空调冷冻水系统: "CHILLEDWATER",
  供热系统: "HEATING",
  自动喷水灭火系统: "FIREPROTECTION",
  火灾自动报警系统: "FIREPROTECTION",
  燃气系统: "GAS",
  可燃气体探测系统: "GAS",
  照明系统: "LIGHTING",
  供配电系统: "ELECTRICAL",
  给排水系统: "DOMESTICCOLDWATER",
};

/** Gathers relations while the building is drawn and writes one objectified relationship for each relating thing. */
export class Relations {
  readonly #step: StepWriter;
  readonly #globalId: (name: string) => string;
  readonly #contained = new Map<number, { whole: Ref; parts: Ref[] }>();
  readonly #aggregated = new Map<number, { whole: Ref; parts: Ref[] }>();
  readonly #materials = new Map<number, { whole: Ref; parts: Ref[] }>();
  readonly #types = new Map<number, { whole: Ref; parts: Ref[] }>();
  readonly #systems = new Map<string, Ref[]>();
  readonly #sets = new Map<string, { set: Ref; objects: Ref[] }>();

  constructor(step: StepWriter, globalId: (name: string) => string) {
    this.#step = step;
    this.#globalId = globalId;
  }

  contain(place: Ref, element: Ref): void {
    gather(this.#contained, place, element);
  }

  aggregate(whole: Ref, part: Ref): void {
    gather(this.#aggregated, whole, part);
  }

  associateMaterial(material: Ref, element: Ref): void {
    gather(this.#materials, material, element);
  }

  defineByType(type: Ref, element: Ref): void {
    gather(this.#types, type, element);
  }

  assignToSystem(system: string, element: Ref): void {
    const members = this.#systems.get(system) ?? [];
    members.push(element);
    this.#systems.set(system, members);
  }

  /** Objects with the same values share one property set. */
  setProperties(object: Ref, name: string, values: PropertyValues): void {
    const key = `${name}|${Object.entries(values).map(([n, v]) => `${n}=${v instanceof Raw ? v.text : v}`)}`;
    const known = this.#sets.get(key);
    if (known) {
      known.objects.push(object);
      return;
    }
    this.#sets.set(key, { set: this.propertySet(`set/${key}`, name, values), objects: [object] });
  }

  propertySet(key: string, name: string, values: PropertyValues): Ref {
    const properties = Object.entries(values).map(([property, value]) =>
      this.#step.share("IFCPROPERTYSINGLEVALUE", property, null, nominal(value), null),
    );
    return this.#step.add("IFCPROPERTYSET", this.#globalId(key), null, name, null, properties);
  }

  /** Quantities of one object: name to [kind, SI value]. */
  setQuantities(
    object: Ref,
    key: string,
    name: string,
    quantities: Readonly<Record<string, readonly ["AREA" | "LENGTH" | "VOLUME", number]>>,
  ): void {
    const lines = Object.entries(quantities).map(([quantity, [kind, value]]) =>
      this.#step.add(`IFCQUANTITY${kind}`, quantity, null, null, Math.round(value * 1000) / 1000, null),
    );
    const set = this.#step.add(
      "IFCELEMENTQUANTITY",
      this.#globalId(`${key}/${name}`),
      null,
      name,
      null,
      null,
      lines,
    );
    this.#relate("IFCRELDEFINESBYPROPERTIES", `${key}/${name}/rel`, [object], set);
  }

  /** Writes everything gathered; call it once, last. */
  flush(building: Ref): void {
    for (const { whole, parts } of this.#contained.values())
      this.#relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", `contained/${whole.id}`, parts, whole);
    for (const { whole, parts } of this.#aggregated.values())
      this.#relate("IFCRELAGGREGATES", `aggregated/${whole.id}`, whole, parts);
    for (const { whole, parts } of this.#materials.values())
      this.#relate("IFCRELASSOCIATESMATERIAL", `material/${whole.id}`, parts, whole);
    for (const { whole, parts } of this.#types.values())
      this.#relate("IFCRELDEFINESBYTYPE", `type/${whole.id}`, parts, whole);
    for (const [key, { set, objects }] of this.#sets)
      this.#relate("IFCRELDEFINESBYPROPERTIES", `set-of/${key}`, objects, set);
    for (const [name, members] of this.#systems) this.#writeSystem(name, members, building);
  }

  #writeSystem(name: string, members: readonly Ref[], building: Ref): void {
    const system = this.#step.add(
      "IFCDISTRIBUTIONSYSTEM",
      this.#globalId(`system/${name}`),
      null,
      name,
      null,
      null,
      null,
      enumeration(SYSTEMS[name] ?? "NOTDEFINED"),
    );
    this.#step.add(
      "IFCRELASSIGNSTOGROUP",
      this.#globalId(`system/${name}/members`),
      null,
      null,
      null,
      members,
      null,
      system,
    );
    this.#relate("IFCRELSERVICESBUILDINGS", `system/${name}/building`, system, [building]);
  }

  #relate(type: string, key: string, first: Arg, second: Arg): Ref {
    return this.#step.add(type, this.#globalId(key), null, null, null, first, second);
  }
}

function gather(groups: Map<number, { whole: Ref; parts: Ref[] }>, whole: Ref, part: Ref): void {
  const group = groups.get(whole.id) ?? { whole, parts: [] };
  group.parts.push(part);
  groups.set(whole.id, group);
}

function nominal(value: string | number | boolean | Raw): Raw {
  if (value instanceof Raw) return value;
  if (typeof value === "boolean") return typed("IFCBOOLEAN", value);
  return typeof value === "number" ? typed("IFCREAL", value) : typed("IFCLABEL", value);
}
