import { GROUP_SET } from "../../src/domain/ifc/associations.ts";
import type { SpatialNode } from "../../src/domain/model.ts";
import {
  buildElementTree,
  type ElementTree,
  type TreeBranch,
  type TreeOrder,
} from "../../src/domain/reading/element-tree.ts";
import type { Column, PropertyTable } from "./property-table.ts";

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

function byName<T extends { readonly label: string }>(branches: T[]): T[] {
  return branches.sort((a, b) => collator.compare(a.label, b.label));
}

/** Groups of rows by the text that stands for each; rows without one are left out. */
function grouped(rows: Iterable<number>, labelOf: (row: number) => string | null): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const label = labelOf(row);
    if (label === null) continue;
    const group = groups.get(label);
    if (group) group.push(row);
    else groups.set(label, [row]);
  }
  return groups;
}

function branch(label: string, rows: readonly number[], branches: readonly TreeBranch[] = []): TreeBranch {
  return { label, note: "", rows, branches };
}

function valuesOf({ rows, codes, distinct }: Column): Map<number, string> {
  return new Map(Array.from(rows, (row, i) => [row, String(distinct[codes[i]!] ?? "")]));
}

function spatialBranch(node: SpatialNode): TreeBranch {
  return {
    label: node.name || node.class,
    note: node.class,
    rows: node.elements,
    branches: node.children.map(spatialBranch),
  };
}

function typeBranches({ model, count, fields }: PropertyTable): TreeBranch[] {
  const types = valuesOf(fields.get("type")!);
  const rows = Array.from({ length: count }, (_, row) => row);
  const classes = grouped(rows, (row) => model.elements.class[row] ?? "");
  return byName(
    [...classes].map(([name, members]) => {
      const typed = grouped(members, (row) => types.get(row) ?? null);
      const untyped = members.filter((row) => !types.has(row));
      return branch(name, untyped, byName([...typed].map(([type, rows]) => branch(type, rows))));
    }),
  );
}

/** IfcSystem, IfcZone and the like, each with its groups. */
function systemBranches({ columns }: PropertyTable): TreeBranch[] {
  return byName(
    columns
      .filter(({ set }) => set === GROUP_SET)
      .map((column) => {
        const names = grouped(column.rows.keys(), (i) => String(column.distinct[column.codes[i]!] ?? ""));
        const groups = [...names].map(([name, at]) =>
          branch(name || column.name, [...new Set(at.map((i) => column.rows[i]!))]),
        );
        return branch(column.name, [], byName(groups));
      }),
  );
}

/** Elements in order; of those with a name the name, of others the class. */
export function buildTree(table: PropertyTable, order: TreeOrder): ElementTree {
  const { elements, spatialTree } = table.model;
  const labelOf = (row: number): [string, string] => {
    const [name, kind] = [elements.name[row] ?? "", elements.class[row] ?? ""];
    return name ? [name, kind] : [kind, ""];
  };
  const roots = {
    spatial: () => [spatialBranch(spatialTree)],
    class: () =>
      byName(
        [...grouped(elements.class.keys(), (row) => elements.class[row] ?? null)].map(([name, rows]) =>
          branch(name, rows),
        ),
      ),
    type: () => typeBranches(table),
    system: () => systemBranches(table),
  }[order]();
  return buildElementTree(roots, labelOf);
}
