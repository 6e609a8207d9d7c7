import type { Issue } from "../../src/base/errors.ts";
import type { ProjectUnits } from "../../src/domain/ifc/units.ts";
import { CONVERTER_VERSION, type ElementFailure, type IfcModel } from "../../src/domain/model.ts";
import type { PlaceEvidence } from "../../src/domain/place-candidate.ts";
import type { Box } from "../tiles/tileset.ts";
import type { ElementRow } from "./element-rows.ts";
import type { SolvedGeoreference } from "./georeference.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { ReadMeshes } from "./meshes.ts";
import { buildSpatialTree, describeStoreys, type SpatialStructure } from "./spatial.ts";
import { type Voids, withSpaceBoxes } from "./voids.ts";
import type { WrittenTiles } from "./write-tiles.ts";

const MOST_FAILURES = 2000;

/** Everything read from the file while it is open. */
export interface ReadModel {
  readonly units: ProjectUnits;
  readonly structure: SpatialStructure;
  readonly meshes: ReadMeshes;
  readonly boxes: readonly Box[];
  readonly rows: readonly ElementRow[];
  readonly voids: Voids;
  /** Of the spaces, then of the openings. */
  readonly voidRows: readonly ElementRow[];
  readonly solved: SolvedGeoreference;
  readonly evidence: PlaceEvidence;
  readonly projectName: string;
  readonly failures: readonly ElementFailure[];
  readonly issues: readonly Issue[];
}

/** The content of `model.json`. */
export function describeModel(
  file: IfcFile,
  read: ReadModel,
  tiles: WrittenTiles,
  voidBoxes: readonly number[],
  fileName: string,
  known: Pick<IfcModel, "contentHash" | "fileBytes" | "schema" | "bytes" | "issues">,
): IfcModel {
  const { rows, structure, voids, voidRows } = read;
  const byClass: Record<string, number> = {};
  for (const name of [...new Set(rows.map((row) => row.class))].sort()) byClass[name] = 0;
  for (const row of rows) byClass[row.class]!++;
  const storeyOfRow = rows.map(({ storey }) => storey);
  const expressIds = rows.map(({ expressId }) => expressId);
  const name = read.projectName || fileName;
  const storeys = describeStoreys(file, structure, storeyOfRow, read.units.lengthM);
  const tree = buildSpatialTree(file, structure, expressIds, name);
  const spatialTree = withSpaceBoxes(tree, file, voids.spaces, read.solved.modelFromEngineering);
  return {
    ...known,
    converterVersion: CONVERTER_VERSION,
    fileName,
    name,
    georeference: read.solved.georeference,
    evidence: read.evidence,
    storeys,
    spatialTree,
    counts: {
      elements: rows.length,
      triangles: read.meshes.elements.reduce((sum, { triangles }) => sum + triangles, 0),
      withoutGeometry: read.failures.length,
      byClass,
    },
    voids: { spaces: voids.spaces.length, openings: voids.openings.length },
    failures: read.failures.slice(0, MOST_FAILURES),
    box: tiles.box,
    tiles: tiles.count,
    elements: columnsOf([...rows, ...voidRows], [...tiles.elementBoxes, ...voidBoxes]),
  };
}

function columnsOf(rows: readonly ElementRow[], box: readonly number[]): IfcModel["elements"] {
  return {
    globalId: rows.map(({ globalId }) => globalId),
    expressId: rows.map(({ expressId }) => expressId),
    class: rows.map((row) => row.class),
    name: rows.map((row) => row.name),
    storey: rows.map(({ storey }) => storey),
    box,
  };
}
