import {
  Cartesian3,
  Cartographic,
  Cesium3DTileset,
  Math as CesiumMath,
  HeadingPitchRoll,
  Matrix4,
  Transforms,
} from "cesium";
import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import type { TilesetRequest } from "./contract.ts";
import { ecefFromPlace } from "./geodesy.ts";
import { folderOf } from "./local-path.ts";
import { LocalResource } from "./local-resource.ts";
import type { Stage } from "./stage.ts";

/** Deeper than any mine: what lies here has coordinates of its own, most often around nought. */
const UNDER_THE_EARTH_M = 6_300_000;

function isAdrift(request: TilesetRequest, center: Cartesian3): boolean {
  return (
    request.place === undefined &&
    request.fallback !== undefined &&
    Cartesian3.magnitude(center) < UNDER_THE_EARTH_M
  );
}

/** The middle of its sphere over the place, its lowest point on the ground at worst; z up, as tiles have it. */
function adriftMatrix(place: PlaceDeg, center: Cartesian3, radius: number): Matrix4 {
  const frame = Transforms.eastNorthUpToFixedFrame(ecefFromPlace(place));
  const shift = new Cartesian3(-center.x, -center.y, radius - center.z);
  return Matrix4.multiplyByTranslation(frame, shift, new Matrix4());
}

/** Lift along the local vertical, and the user's place for a model that brings none. */
function modelMatrixFor(request: TilesetRequest, rootTransform: Matrix4, center: Cartesian3): Matrix4 {
  const lift = request.lift ?? 0;
  if (request.place) {
    const placed = Transforms.headingPitchRollToFixedFrame(
      ecefFromPlace({ ...request.place, height: request.place.height + lift }),
      new HeadingPitchRoll(CesiumMath.toRadians(request.place.headingDeg), 0, 0),
    );
    const fromRoot = Matrix4.inverseTransformation(rootTransform, new Matrix4());
    return Matrix4.multiplyTransformation(placed, fromRoot, new Matrix4());
  }
  const up = Cartographic.fromCartesian(center);
  if (!lift || !up) return Matrix4.clone(Matrix4.IDENTITY);
  const normal = Cartesian3.normalize(center, new Cartesian3());
  return Matrix4.fromTranslation(Cartesian3.multiplyByScalar(normal, lift, normal));
}

/** Stands the tileset where the request has it; its centre is taken as the file has it, before any placement. */
export function placeEngineTileset(tileset: Cesium3DTileset, request: TilesetRequest): void {
  const { center } = tileset.boundingSphere;
  const fromPlaced = Matrix4.inverseTransformation(tileset.modelMatrix, new Matrix4());
  const authored = Matrix4.multiplyByPoint(fromPlaced, center, new Cartesian3());
  tileset.modelMatrix = modelMatrixFor(request, tileset.root.transform, authored);
}

export interface EngineTileset {
  readonly tileset: Cesium3DTileset;
  /** Stands at the request's `fallback`. */
  readonly isAdrift: boolean;
}

/** Rejects with TwinError `tileset.not-a-tileset`, or as aborted. */
export async function loadEngineTileset(stage: Stage, request: TilesetRequest): Promise<EngineTileset> {
  const isCity = request.role === "city";
  const root = folderOf(request.url);
  const source = request.readTile ? new LocalResource(request.url, root, request.readTile) : request.url;
  try {
    const tileset = await Cesium3DTileset.fromUrl(source, {
      scene: stage.scene,
      maximumScreenSpaceError: isCity ? 12 : 14,
      dynamicScreenSpaceError: !isCity,
      skipLevelOfDetail: false,
      preloadFlightDestinations: false,
      showCreditsOnScreen: true,
      showOutline: true,
      enableCollision: false,
    });
    tileset.environmentMapManager.enabled = false;
    const { center, radius } = tileset.boundingSphere;
    const drifts = isAdrift(request, center);
    tileset.modelMatrix =
      drifts && request.fallback
        ? adriftMatrix(request.fallback, center, radius)
        : modelMatrixFor(request, tileset.root.transform, center);
    return { tileset, isAdrift: drifts };
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TwinError(
      "tileset.not-a-tileset",
      `${request.url} could not be read as a 3D Tiles tileset: ${detail}`,
      { url: request.url, detail },
      cause,
    );
  }
}
