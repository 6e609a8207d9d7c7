import type { PropertySet } from "../model.ts";
import { readAssociations } from "./associations.ts";
import {
  type IfcLine,
  type LineSource,
  measureOf,
  plainValueOf,
  refOf,
  refsOf,
  textOf,
} from "./ifc-values.ts";
import { readUnit, symbolOf } from "./units.ts";

type Property = PropertySet["properties"][number];
type Value = Property["value"];

/** Name of the set that carries the element's own attributes and material. */
export const ATTRIBUTE_SET = "Attributes";

const ATTRIBUTES = [
  "Description",
  "ObjectType",
  "PredefinedType",
  "LongName",
  "Tag",
  "OverallHeight",
  "OverallWidth",
];
const MEASURE_OF_ATTRIBUTE: Readonly<Record<string, string>> = {
  OverallHeight: "IFCLENGTHMEASURE",
  OverallWidth: "IFCLENGTHMEASURE",
};
const NOT_PROPERTIES = new Set(["expressID", "entity", "GlobalId", "OwnerHistory", "Name", "Description"]);
const QUANTITY_MEASURES: Readonly<Record<string, string>> = {
  LengthValue: "IFCLENGTHMEASURE",
  AreaValue: "IFCAREAMEASURE",
  VolumeValue: "IFCVOLUMEMEASURE",
  WeightValue: "IFCMASSMEASURE",
  TimeValue: "IFCTIMEMEASURE",
  CountValue: "",
  NumberValue: "",
};

/** What relationships say of one element; express ids. */
export interface ElementLinks {
  readonly definitions: readonly number[];
  readonly types: readonly number[];
  readonly materials: readonly number[];
  /** Classification references, documents, and the groups, systems and zones that the element belongs to. */
  readonly associations: readonly number[];
}

/** What is the same for all elements of a model. */
export interface ModelLinks {
  /** Symbol by kind of unit: LENGTHUNIT. */
  readonly units: Readonly<Record<string, string>>;
  /** Materials by express id of a type object. */
  readonly materialsOfType: Readonly<Record<number, readonly number[]>>;
  /** IFCWALL to IfcWall. */
  nameOf(entity: string): string;
}

/** Reads property sets, quantities, attributes and materials of elements; sets shared by a type are read once. */
export class PropertyReader {
  readonly #file: LineSource;
  readonly #model: ModelLinks;
  readonly #sets = new Map<number, PropertySet | null>();

  constructor(file: LineSource, model: ModelLinks) {
    this.#file = file;
    this.#model = model;
  }

  /** Sets of one element: its attributes, then its own sets, then those of its type. */
  setsOf(id: number, links: ElementLinks): PropertySet[] {
    const sets: PropertySet[] = [];
    const types = links.types.map((type) => ({ id: type, line: this.#file.line(type) }));
    const attributes = this.#attributes(this.#file.line(id), links, types);
    if (attributes.length) sets.push({ name: ATTRIBUTE_SET, properties: attributes });
    for (const definition of links.definitions) {
      const set = this.#set(definition);
      if (set) sets.push(set);
    }
    for (const type of types)
      for (const definition of refsOf(type.line?.HasPropertySets)) {
        const set = this.#set(definition);
        if (set) sets.push({ ...set, fromType: true });
      }
    return [...sets, ...readAssociations(this.#file, links.associations, this.#model.nameOf)];
  }

  #attributes(
    line: IfcLine | null,
    links: ElementLinks,
    types: readonly { id: number; line: IfcLine | null }[],
  ): Property[] {
    const properties: Property[] = [];
    for (const name of ATTRIBUTES) {
      const value = plainValueOf(line?.[name]);
      if (value !== null && value !== "")
        properties.push(this.#property(name, value, MEASURE_OF_ATTRIBUTE[name] ?? ""));
    }
    const typeName = types.map((type) => textOf(type.line?.Name)).find((name) => name !== "");
    if (typeName) properties.push({ name: "Type", value: typeName });
    const materialIds = links.materials.length
      ? links.materials
      : types.flatMap((type) => this.#model.materialsOfType[type.id] ?? []);
    const materials = [...new Set(materialIds.flatMap((material) => this.#materialNames(material, 0)))];
    if (materials.length) properties.push({ name: "Material", value: materials.join("; ") });
    return properties;
  }

  #property(name: string, value: Value, measure: string, unitId: number | null = null): Property {
    const own = unitId === null ? undefined : readUnit(this.#file, unitId)?.symbol;
    const unit = own ?? (typeof value === "number" ? symbolOf(this.#model.units, measure) : undefined);
    return unit ? { name, value, unit } : { name, value };
  }

  #materialNames(id: number, depth: number): string[] {
    const line = depth > 4 ? null : this.#file.line(id);
    if (!line) return [];
    const below = ["ForLayerSet", "ForProfileSet", "Material"].map((key) => refOf(line[key]));
    const lists = ["Materials", "MaterialLayers", "MaterialProfiles", "MaterialConstituents"].flatMap((key) =>
      refsOf(line[key]),
    );
    const names = [...below, ...lists].flatMap((child) =>
      child === null ? [] : this.#materialNames(child, depth + 1),
    );
    if (names.length) return names;
    const name = textOf(line.Name) || textOf(line.LayerSetName);
    return name ? [name] : [];
  }

  #set(id: number): PropertySet | null {
    const known = this.#sets.get(id);
    if (known !== undefined) return known;
    const set = this.#readSet(id);
    this.#sets.set(id, set);
    return set;
  }

  #readSet(id: number): PropertySet | null {
    const line = this.#file.line(id);
    if (!line) return null;
    const members = [...refsOf(line.HasProperties), ...refsOf(line.Quantities)];
    const properties = members.length
      ? members.flatMap((member) => this.#members(member, "", 0))
      : this.#ownValues(line);
    if (properties.length === 0) return null;
    return { name: textOf(line.Name) || this.#model.nameOf(line.entity), properties };
  }

  /** IFC2X3 keeps door and window panels as attributes of the definition itself. */
  #ownValues(line: IfcLine): Property[] {
    return Object.entries(line).flatMap(([name, value]) => {
      const plain = NOT_PROPERTIES.has(name) ? null : plainValueOf(value);
      return plain === null || plain === "" || refOf(value) !== null
        ? []
        : [this.#property(name, plain, measureOf(value))];
    });
  }

  #members(id: number, prefix: string, depth: number): Property[] {
    const line = this.#file.line(id);
    if (!line || depth > 4) return [];
    const name = prefix + textOf(line.Name);
    const nested = [...refsOf(line.HasProperties), ...refsOf(line.HasQuantities)];
    if (nested.length) return nested.flatMap((child) => this.#members(child, `${name}.`, depth + 1));
    const unitId = refOf(line.Unit);
    for (const [key, measure] of Object.entries(QUANTITY_MEASURES))
      if (key in line) return [this.#property(name, plainValueOf(line[key]), measure, unitId)];
    if ("NominalValue" in line)
      return [this.#property(name, plainValueOf(line.NominalValue), measureOf(line.NominalValue), unitId)];
    const list = line.EnumerationValues ?? line.ListValues;
    if (Array.isArray(list))
      return [{ name, value: list.map((value) => String(plainValueOf(value) ?? "")).join("; ") }];
    if ("UpperBoundValue" in line || "LowerBoundValue" in line)
      return [this.#property(name, this.#range(line), measureOf(line.UpperBoundValue), unitId)];
    return [{ name, value: null }];
  }

  #range(line: IfcLine): string {
    const [low, high] = [plainValueOf(line.LowerBoundValue), plainValueOf(line.UpperBoundValue)];
    return `${low ?? ""} … ${high ?? ""}`;
  }
}
