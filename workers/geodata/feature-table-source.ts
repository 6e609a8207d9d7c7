import type { FieldTitle } from "../../src/domain/layer.ts";
import type { ColumnValue } from "../../src/domain/reading/query.ts";
import type { TableColumn } from "../../src/domain/table.ts";
import { SHAPE } from "../city/raw-feature.ts";
import type { TableSource } from "../table/table-source.ts";
import type { FeatureSet } from "./feature-set.ts";

type Position = readonly number[];

/** Features of a layer as rows of a table, with the geometry as it is shown (WGS 84). */
export class FeatureTableSource implements TableSource {
  readonly count: number;
  readonly columns: readonly TableColumn[];
  readonly #set: FeatureSet;
  readonly #values: readonly (readonly (ColumnValue | undefined)[])[];
  readonly #idColumn: number;
  #shapesOf: readonly number[][] | null = null;

  constructor(set: FeatureSet, fields: Readonly<Record<string, FieldTitle>>) {
    this.#set = set;
    this.count = set.count;
    const { names } = set.table;
    this.#values = names.map((name) => set.table.column(name));
    this.columns = names.map((name, at) => ({
      name,
      kind: kindOf(this.#values[at]!),
      ...(fields[name] ?? {}),
    }));
    this.#idColumn = names.indexOf("id");
  }

  value(row: number, column: number): ColumnValue {
    return this.#values[column]?.[row] ?? null;
  }

  idOf(row: number): string {
    const id = this.#idColumn < 0 ? null : this.value(row, this.#idColumn);
    return id === null || id === "" ? String(row + 1) : String(id);
  }

  geometryOf(row: number) {
    const { shapeKinds } = this.#set;
    const shapes = this.#shapes()[row] ?? [];
    const of = (kind: number) => shapes.filter((shape) => shapeKinds[shape] === kind);
    const parts = [
      ...grouped(
        "Polygon",
        of(SHAPE.area).map((shape) => this.#rings(shape).map(closed)),
      ),
      ...grouped(
        "LineString",
        of(SHAPE.line).flatMap((shape) => this.#rings(shape)),
      ),
      ...grouped(
        "Point",
        of(SHAPE.points).flatMap((shape) => this.#rings(shape).flat()),
      ),
    ];
    if (parts.length < 2) return parts[0] ?? null;
    return { type: "GeometryCollection", coordinates: undefined, geometries: parts };
  }

  #rings(shape: number): Position[][] {
    const { shapeEnds, ringEnds, xyz, shapeHasHeight } = this.#set;
    const rings: Position[][] = [];
    for (let ring = shape === 0 ? 0 : shapeEnds[shape - 1]!; ring < shapeEnds[shape]!; ring++) {
      const points: Position[] = [];
      for (let at = ring === 0 ? 0 : ringEnds[ring - 1]!; at < ringEnds[ring]!; at++) {
        const [lon, lat, height] = [xyz[at * 3]!, xyz[at * 3 + 1]!, xyz[at * 3 + 2]!];
        points.push(shapeHasHeight[shape] ? [round(lon), round(lat), height] : [round(lon), round(lat)]);
      }
      rings.push(points);
    }
    return rings;
  }

  #shapes(): readonly number[][] {
    if (!this.#shapesOf) {
      const shapes: number[][] = Array.from({ length: this.count }, () => []);
      this.#set.shapeFeatures.forEach((feature, shape) => {
        shapes[feature]!.push(shape);
      });
      this.#shapesOf = shapes;
    }
    return this.#shapesOf;
  }
}

/** One geometry, several of a kind as its multiple. */
function grouped(type: string, parts: readonly unknown[]) {
  if (parts.length === 0) return [];
  return [
    parts.length === 1 ? { type, coordinates: parts[0] } : { type: `Multi${type}`, coordinates: parts },
  ];
}

function closed(ring: readonly Position[]): readonly Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}

/** Seven decimals are a centimetre. */
function round(deg: number): number {
  return Math.round(deg * 1e7) / 1e7;
}

/** By the values that are there; mixed ones are text. */
function kindOf(values: readonly (ColumnValue | undefined)[]): TableColumn["kind"] {
  let kind: TableColumn["kind"] | null = null;
  for (const value of values) {
    if (value === undefined || value === null || value === "") continue;
    const own = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
    if (kind !== null && kind !== own) return "text";
    kind = own;
  }
  return kind ?? "text";
}
