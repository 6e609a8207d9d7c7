import { numberOf, textOf } from "../../src/domain/ifc/ifc-values.ts";
import type { IfcStorey, SpatialNode } from "../../src/domain/model.ts";
import type { IfcFile } from "./ifc-file.ts";

/** Longer chains of parents are circles. */
const MAX_HOPS = 200;

/** Who is part of what, by express ids. */
export interface SpatialStructure {
  readonly project: number | null;
  readonly spatialIds: ReadonlySet<number>;
  /** Spatial children in file order. */
  readonly childrenOf: ReadonlyMap<number, readonly number[]>;
  /** Storeys from the lowest to the highest. */
  readonly storeyIds: readonly number[];
  /** The spatial element that holds an element, through aggregates, nests and openings; null for strays. */
  containerOf(id: number): number | null;
  /** Position in `storeyIds`, -1 when in none. */
  storeyOf(id: number): number;
}

function readParents(file: IfcFile): { parentOf: Map<number, number>; childrenOf: Map<number, number[]> } {
  const parentOf = new Map<number, number>();
  const childrenOf = new Map<number, number[]>();
  for (const entity of ["IFCRELAGGREGATES", "IFCRELNESTS"]) {
    file.forRelations(entity, ([parent], children) => {
      if (parent === undefined) return;
      for (const child of children) {
        if (child === parent || parentOf.has(child)) continue;
        parentOf.set(child, parent);
        const siblings = childrenOf.get(parent);
        if (siblings) siblings.push(child);
        else childrenOf.set(parent, [child]);
      }
    });
  }
  const hostOfOpening = new Map<number, number>();
  file.forRelations("IFCRELVOIDSELEMENT", ([host], [opening]) => {
    if (host !== undefined && opening !== undefined) hostOfOpening.set(opening, host);
  });
  file.forRelations("IFCRELFILLSELEMENT", ([opening], [filling]) => {
    const host = hostOfOpening.get(opening ?? -1);
    if (filling !== undefined && host !== undefined && host !== filling && !parentOf.has(filling))
      parentOf.set(filling, host);
  });
  return { parentOf, childrenOf };
}

function readContainment(file: IfcFile): Map<number, number> {
  const containerOf = new Map<number, number>();
  file.forRelations("IFCRELCONTAINEDINSPATIALSTRUCTURE", (elements, [structure]) => {
    if (structure === undefined) return;
    for (const id of elements) if (!containerOf.has(id)) containerOf.set(id, structure);
  });
  return containerOf;
}

export function readSpatialStructure(file: IfcFile): SpatialStructure {
  const spatialIds = new Set([
    ...file.idsOfFamily("IfcSpatialStructureElement"),
    ...file.idsOfFamily("IfcSpatialElement"),
  ]);
  const { parentOf, childrenOf } = readParents(file);
  const contained = readContainment(file);
  const elevation = (id: number) => numberOf(file.line(id)?.Elevation) ?? Infinity;
  const storeyIds = file
    .idsOf("IFCBUILDINGSTOREY")
    .map((id) => ({ id, elevation: elevation(id) }))
    .sort((a, b) => a.elevation - b.elevation || a.id - b.id)
    .map(({ id }) => id);
  const rankOfStorey = new Map(storeyIds.map((id, rank) => [id, rank]));

  function containerOf(id: number): number | null {
    let at: number | undefined = id;
    for (let hops = 0; at !== undefined && hops < MAX_HOPS; hops++) {
      if (spatialIds.has(at)) return at;
      const container = contained.get(at);
      if (container !== undefined) return container;
      at = parentOf.get(at);
    }
    return null;
  }

  const storeyOfContainer = new Map<number, number>();
  function storeyOf(id: number): number {
    const container = containerOf(id);
    if (container === null) return -1;
    let storey = storeyOfContainer.get(container);
    if (storey === undefined) {
      storey = storeyAbove(container);
      storeyOfContainer.set(container, storey);
    }
    return storey;
  }

  function storeyAbove(container: number): number {
    let at: number | undefined = container;
    for (let hops = 0; at !== undefined && hops < MAX_HOPS; hops++) {
      const rank = rankOfStorey.get(at);
      if (rank !== undefined) return rank;
      at = parentOf.get(at) ?? contained.get(at);
    }
    return -1;
  }

  const spatialChildren = new Map<number, number[]>();
  for (const [parent, children] of childrenOf) {
    const spatial = children.filter((child) => spatialIds.has(child));
    if (spatial.length) spatialChildren.set(parent, spatial);
  }
  const project = file.idsOf("IFCPROJECT")[0] ?? null;
  return { project, spatialIds, childrenOf: spatialChildren, storeyIds, containerOf, storeyOf };
}

/** `LongName` tells more than `Name` for projects and spaces; a storey's own name comes first. */
function nameOf(file: IfcFile, id: number): string {
  const line = file.line(id);
  const [name, longName] = [textOf(line?.Name), textOf(line?.LongName)];
  if (!longName || longName === name) return name;
  return name ? `${name} ${longName}` : longName;
}

export function describeStoreys(
  file: IfcFile,
  { storeyIds }: SpatialStructure,
  storeyOfRow: readonly number[],
  lengthM: number,
): IfcStorey[] {
  const counts = new Int32Array(storeyIds.length);
  for (const storey of storeyOfRow) if (storey >= 0) counts[storey]!++;
  return storeyIds.map((id, rank) => {
    const line = file.line(id);
    return {
      globalId: textOf(line?.GlobalId) || `#${id}`,
      name: textOf(line?.Name) || textOf(line?.LongName),
      elevation: (numberOf(line?.Elevation) ?? 0) * lengthM,
      elements: counts[rank]!,
    };
  });
}

/** The tree from the project down, each node with the rows of what it holds directly; strays hang on the project. */
export function buildSpatialTree(
  file: IfcFile,
  structure: SpatialStructure,
  expressIds: readonly number[],
  fallbackName: string,
): SpatialNode {
  const rowsOf = new Map<number, number[]>();
  const strays: number[] = [];
  for (const [row, id] of expressIds.entries()) {
    const container = structure.containerOf(id);
    if (container === null) strays.push(row);
    else if (rowsOf.has(container)) rowsOf.get(container)!.push(row);
    else rowsOf.set(container, [row]);
  }
  const placed = new Set<number>();
  function node(id: number): SpatialNode {
    placed.add(id);
    const children = (structure.childrenOf.get(id) ?? []).filter((child) => !placed.has(child));
    return {
      globalId: file.textAt(id, 0) || `#${id}`,
      class: file.classOf(id),
      name: nameOf(file, id),
      elements: rowsOf.get(id) ?? [],
      children: children.map(node),
    };
  }
  const root = structure.project === null ? null : node(structure.project);
  const orphans = [...structure.spatialIds].filter((id) => !placed.has(id) && rowsOf.has(id)).map(node);
  return {
    globalId: root?.globalId ?? "",
    class: root?.class ?? "IfcProject",
    name: root?.name || fallbackName,
    elements: [...(root?.elements ?? []), ...strays],
    children: [...(root?.children ?? []), ...orphans],
  };
}
