import type { SpaceBox, SpatialNode } from "../../src/domain/model.ts";
import { type Mat4, transformPoint } from "../../src/geo/matrix.ts";
import type { ElementMesh, Part } from "./element-mesh.ts";
import type { IfcFile } from "./ifc-file.ts";
import { readMeshesOf } from "./meshes.ts";

/** More than this are a district's, and take longer than all the rest. */
const MOST_SPACES = 6000;
const MOST_OPENINGS = 12_000;
/** sRGB and alpha as bytes: pale and cool for rooms, brick for what is cut out. */
const SPACE_COLOR = 0x9db4c94d;
const OPENING_COLOR = 0xc2604f66;

type Extent = [minX: number, minY: number, minZ: number, maxX: number, maxY: number, maxZ: number];

/** What is in the model without being built: rooms, and what openings take out of walls. Engines draw it when asked. */
export interface Voids {
  readonly spaces: readonly ElementMesh[];
  readonly openings: readonly ElementMesh[];
}

/**
 * The kernel leaves spaces and openings out when it streams, so their shapes are asked for one by one. Ask for nothing else of it
 * afterwards: a broken shape may stop it, and what was read until then counts.
 */
export function readVoids(file: IfcFile, lengthM: number): Voids {
  const spaces = file.idsOf("IFCSPACE");
  const openings = file.idsOfFamily("IfcFeatureElementSubtraction");
  return {
    spaces: spaces.length > MOST_SPACES ? [] : coloured(readMeshesOf(file, lengthM, spaces), SPACE_COLOR),
    openings:
      openings.length > MOST_OPENINGS ? [] : coloured(readMeshesOf(file, lengthM, openings), OPENING_COLOR),
  };
}

function coloured(elements: readonly ElementMesh[], color: number): ElementMesh[] {
  return elements.map((element) => ({
    ...element,
    parts: element.parts.map((part) => ({ ...part, color })),
  }));
}

/**
 * The tree with the box of every IfcSpace that has a shape: upright, along the file's own axes, so that a room of a turned house is not
 * larger than it is.
 */
export function withSpaceBoxes(
  tree: SpatialNode,
  file: IfcFile,
  spaces: readonly ElementMesh[],
  modelFromEngineering: Mat4,
): SpatialNode {
  if (spaces.length === 0) return tree;
  const boxes = new Map<string, SpaceBox>();
  for (const { expressId, parts } of spaces) {
    const extent = extentOf(parts);
    if (extent.every(Number.isFinite))
      boxes.set(file.textAt(expressId, 0), boxOf(extent, modelFromEngineering));
  }
  const put = (node: SpatialNode): SpatialNode => {
    const space = boxes.get(node.globalId);
    return { ...node, ...(space && { space }), children: node.children.map(put) };
  };
  return put(tree);
}

/** In the engineering frame, metres. */
function extentOf(parts: readonly Part[]): Extent {
  const extent: Extent = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (const { geometry, engineeringFromGeometry } of parts) {
    const { positions } = geometry;
    for (let v = 0; v + 2 < positions.length; v += 3) {
      const corner = [positions[v]!, positions[v + 1]!, positions[v + 2]!] as const;
      widen(extent, transformPoint(engineeringFromGeometry, corner));
    }
  }
  return extent;
}

function widen(extent: Extent, point: readonly number[]): void {
  for (let axis = 0; axis < 3; axis++) {
    extent[axis] = Math.min(extent[axis]!, point[axis]!);
    extent[axis + 3] = Math.max(extent[axis + 3]!, point[axis]!);
  }
}

function boxOf([minX, minY, minZ, maxX, maxY, maxZ]: Extent, modelFromEngineering: Mat4): SpaceBox {
  const corners = [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
  ] as const;
  const round = (metres: number) => Math.round(metres * 1000) / 1000;
  const ring = corners.map(([x, y]) => {
    const [east, north] = transformPoint(modelFromEngineering, [x, y, minZ]);
    return [round(east), round(north)] as const;
  });
  const height = (z: number) => round(transformPoint(modelFromEngineering, [minX, minY, z])[2]);
  return { ring, bottom: height(minZ), top: height(maxZ) };
}
