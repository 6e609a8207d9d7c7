import { CLASSIFICATION_SET, GROUP_SET } from "../../src/domain/ifc/associations.ts";
import { ATTRIBUTE_SET } from "../../src/domain/ifc/property-sets.ts";
import type { SpatialNode } from "../../src/domain/model.ts";
import { type ColumnValue, isPresent } from "../../src/domain/reading/query.ts";
import { type IdsValue, readIdsValue } from "./ids-value.ts";
import type { Column, PropertyTable } from "./property-table.ts";
import type { XmlElement } from "./xml.ts";

export const FACETS = ["entity", "partOf", "classification", "attribute", "property", "material"] as const;
type FacetKind = (typeof FACETS)[number];

/** How elements stand to a facet. */
export interface FacetMasks {
  /** 1 where there is something of the kind. */
  readonly has: Uint8Array;
  /** 1 where something of the kind is not as asked. */
  readonly isBad: Uint8Array;
}

export interface Facet {
  readonly text: string;
  readonly cardinality: "required" | "optional" | "prohibited";
  /** Null when this index cannot tell. */
  readonly masks: ((table: PropertyTable) => FacetMasks) | null;
}

const ANY: IdsValue = { text: "*", matches: () => true };

export function readFacets(parent: XmlElement): Facet[] {
  return FACETS.flatMap((kind) => parent.all(kind).map((element) => readFacet(kind, element)));
}

function readFacet(kind: FacetKind, element: XmlElement): Facet {
  const given = element.attribute("cardinality");
  const cardinality = given === "optional" || given === "prohibited" ? given : "required";
  return { cardinality, ...READERS[kind](element) };
}

type Reading = Pick<Facet, "text" | "masks">;

const READERS: Readonly<Record<FacetKind, (element: XmlElement) => Reading>> = {
  entity: readEntity,
  partOf: readPartOf,
  classification: (element) => {
    const system = readIdsValue(element.at("system")) ?? ANY;
    const value = readIdsValue(element.at("value")) ?? ANY;
    // our index keeps code and name as one text
    const isCode = (own: ColumnValue) => value.matches(own) || value.matches(String(own).split(" ")[0] ?? "");
    return {
      text: `Classification ${system.text}: ${value.text}`,
      masks: (table) => {
        const inSet = table.columns.filter(({ set }) => set === CLASSIFICATION_SET);
        return anyOf(
          table.count,
          inSet.filter(({ name }) => system.matches(name)),
          isCode,
        );
      },
    };
  },
  attribute: (element) => {
    const name = readIdsValue(element.at("name")) ?? ANY;
    const value = readIdsValue(element.at("value")) ?? ANY;
    return {
      text: `${name.text} = ${value.text}`,
      masks: (table) =>
        allOf(
          table.count,
          attributeColumns(table).filter((column) => name.matches(column.name)),
          value.matches,
        ),
    };
  },
  property: (element) => {
    const set = readIdsValue(element.at("propertySet")) ?? ANY;
    const name = readIdsValue(element.at("baseName")) ?? ANY;
    const value = readIdsValue(element.at("value")) ?? ANY;
    return {
      text: `${set.text}.${name.text} = ${value.text}`,
      masks: (table) =>
        allOf(
          table.count,
          table.columns.filter((column) => set.matches(column.set) && name.matches(column.name)),
          value.matches,
        ),
    };
  },
  material: (element) => {
    const value = readIdsValue(element.at("value")) ?? ANY;
    return {
      text: `Material = ${value.text}`,
      masks: (table) =>
        anyOf(table.count, [table.fields.get("material")!], (own) =>
          String(own).split("; ").some(value.matches),
        ),
    };
  },
};

/** Attributes that the index keeps, under the names of the schema. */
function attributeColumns(table: PropertyTable): Column[] {
  const own = table.columns.filter(
    ({ set, name }) => set === ATTRIBUTE_SET && name !== "Type" && name !== "Material",
  );
  const renamed = (field: string, name: string) => ({ ...table.fields.get(field)!, name });
  return [...own, renamed("name", "Name"), renamed("globalid", "GlobalId")];
}

function empty(count: number): FacetMasks {
  return { has: new Uint8Array(count), isBad: new Uint8Array(count) };
}

/** Every value of the kind must be as asked. */
function allOf(
  count: number,
  columns: readonly Column[],
  matches: (value: ColumnValue) => boolean,
): FacetMasks {
  const { has, isBad } = empty(count);
  for (const { rows, codes, distinct } of columns) {
    const isThere = distinct.map(isPresent);
    const isGood = distinct.map((value, i) => isThere[i]! && matches(value));
    rows.forEach((row, i) => {
      const code = codes[i]!;
      if (!isThere[code]) return;
      has[row] = 1;
      if (!isGood[code]) isBad[row] = 1;
    });
  }
  return { has, isBad };
}

/** One value of the kind must be as asked: an element may have several materials or codes. */
function anyOf(
  count: number,
  columns: readonly Column[],
  matches: (value: ColumnValue) => boolean,
): FacetMasks {
  const { has, isBad } = allOf(count, columns, matches);
  const isGood = new Uint8Array(count);
  for (const { rows, codes, distinct } of columns)
    rows.forEach((row, i) => {
      const value = distinct[codes[i]!]!;
      if (isPresent(value) && matches(value)) isGood[row] = 1;
    });
  return { has, isBad: isBad.map((is, row) => (is && !isGood[row] ? 1 : 0)) };
}

/** Classes are compared as they are: the standard knows no inheritance here. */
function readEntity(element: XmlElement): Reading {
  const name = readIdsValue(element.at("name")) ?? ANY;
  const type = readIdsValue(element.at("predefinedType"));
  return {
    text: type ? `${name.text} (${type.text})` : name.text,
    masks: (table) => {
      const { has, isBad } = empty(table.count);
      const { class: classes } = table.model.elements;
      const types = type && predefinedTypes(table);
      for (let row = 0; row < table.count; row++) {
        has[row] = 1;
        const isType = !types || type.matches(types.get(row) ?? null);
        if (!name.matches(classes[row]!.toUpperCase()) || !isType) isBad[row] = 1;
      }
      return { has, isBad };
    },
  };
}

/** What users define themselves stands in ObjectType. */
function predefinedTypes({ columns }: PropertyTable): Map<number, string> {
  const types = new Map<number, string>();
  for (const name of ["PredefinedType", "ObjectType"]) {
    const column = columns.find((one) => one.set === ATTRIBUTE_SET && one.name === name);
    column?.rows.forEach((row, i) => {
      const value = String(column.distinct[column.codes[i]!] ?? "");
      if (name === "PredefinedType" || types.get(row) === "USERDEFINED") types.set(row, value);
    });
  }
  return types;
}

const SPATIAL = new Set(["", "IFCRELCONTAINEDINSPATIALSTRUCTURE", "IFCRELAGGREGATES"]);

function readPartOf(element: XmlElement): Reading {
  const relation = element.attribute("relation") ?? "";
  const name = readIdsValue(element.at("entity", "name")) ?? ANY;
  const text = `Part of ${name.text}${relation && ` (${relation})`}`;
  if (relation === "IFCRELASSIGNSTOGROUP")
    return {
      text,
      masks: (table) =>
        anyOf(
          table.count,
          table.columns.filter(
            ({ set, name: group }) => set === GROUP_SET && name.matches(group.toUpperCase()),
          ),
          () => true,
        ),
    };
  if (!SPATIAL.has(relation)) return { text, masks: null };
  return { text, masks: (table) => within(table, name) };
}

function within({ model, count }: PropertyTable, name: IdsValue): FacetMasks {
  const { has, isBad } = empty(count);
  const walk = (node: SpatialNode, isAbove: boolean) => {
    const isHere = isAbove || name.matches(node.class.toUpperCase());
    if (isHere) for (const row of node.elements) has[row] = 1;
    for (const child of node.children) walk(child, isHere);
  };
  walk(model.spatialTree, false);
  return { has, isBad };
}
