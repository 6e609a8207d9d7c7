import { Cartesian3, type Cesium3DTileset, ClippingPlane, ClippingPlaneCollection, Color } from "cesium";
import type { SectionPlane } from "../domain/reading/section-plane.ts";

/** The same neutral as the outlines of cut faces close up. */
const EDGE = Color.fromCssColorString("#5d6873");
const EDGE_PX = 1;

/**
 * Cuts a model's tileset by planes of the frame that its root transform leads from. A collection that was once there is
 * emptied, never unset: shaders would be built again for nothing.
 */
export function cutTileset(tileset: Cesium3DTileset, planes: readonly SectionPlane[]): void {
  let { clippingPlanes } = tileset;
  if (!clippingPlanes) {
    if (planes.length === 0) return;
    clippingPlanes = new ClippingPlaneCollection({
      unionClippingRegions: true,
      edgeColor: EDGE,
      edgeWidth: EDGE_PX,
    });
    tileset.clippingPlanes = clippingPlanes;
  }
  clippingPlanes.removeAll();
  // ours point to what is cut away, the engine's to what is kept
  for (const { normal, offset } of planes)
    clippingPlanes.add(new ClippingPlane(new Cartesian3(-normal[0], -normal[1], -normal[2]), offset));
  clippingPlanes.enabled = planes.length > 0;
}
