import type { SpaceBox, SpatialNode } from "../../src/domain/model.ts";
import { type Mat4, transformPoint } from "../../src/geo/matrix.ts";
import type { IfcFile } from "./ifc-file.ts";

/** More spaces than this are a district's, and take longer than all the rest. */
const MAX_SPACES = 6000;
/** Floats of a vertex: position and normal. */
const STRIDE = 6;

type Extent = [minX: number, minY: number, minZ: number, maxX: number, maxY: number, maxZ: number];

/**
 * The tree with the box of every IfcSpace that has a shape: upright, along the file's own axes, so that a room of a turned house is not
 * larger than it is. Spaces are not drawn, so their shapes are asked for one by one. Ask for nothing else of the kernel afterwards:
 * a broken shape may stop it, and the rooms from there on have no box.
 */
export function withSpaceBoxes(
  tree: SpatialNode,
  file: IfcFile,
  lengthM: number,
  modelFromEngineering: Mat4,
): SpatialNode {
  const ids = file.idsOf("IFCSPACE");
  if (ids.length === 0 || ids.length > MAX_SPACES) return tree;
  const boxes = new Map<string, SpaceBox>();
  try {
    for (const id of ids) {
      const extent = extentOf(file, id, lengthM);
      if (extent) boxes.set(file.textAt(id, 0), boxOf(extent, modelFromEngineering));
    }
  } catch {
    // the kernel has stopped: what was read until then counts
  }
  const put = (node: SpatialNode): SpatialNode => {
    const space = boxes.get(node.globalId);
    return { ...node, ...(space && { space }), children: node.children.map(put) };
  };
  return put(tree);
}

/** In the engineering frame, metres; null where the space has no shape. */
function extentOf(file: IfcFile, id: number, lengthM: number): Extent | null {
  const extent: Extent = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  file.forPlacements(file.meshOf(id), (geometryId, numbers, at) => {
    const m = Array.from({ length: 16 }, (_, k) => numbers[at + k]!);
    file.withGeometry(geometryId, (vertices) => {
      for (let v = 0; v + 2 < vertices.length; v += STRIDE) {
        const [x, y, z] = transformPoint(m, [vertices[v]!, vertices[v + 1]!, vertices[v + 2]!]);
        // web-ifc's world is y up
        widen(extent, [x * lengthM, -z * lengthM, y * lengthM]);
      }
    });
  });
  return extent.every(Number.isFinite) ? extent : null;
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
