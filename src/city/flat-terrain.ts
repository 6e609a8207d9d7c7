import { EllipsoidTerrainProvider, HeightmapTerrainData, type Request, type TerrainData } from "cesium";

/** Coarse tiles show the Earth's curve; fine ones are flat to a millimetre with four posts. */
const COARSE_POSTS = 16;
const FINE_POSTS = 4;
const FINE_FROM_LEVEL = 9;

interface MeshMaker {
  createMesh(options: Record<string, unknown>): unknown;
}

/**
 * The bare ellipsoid without Cesium's limit of five meshes in flight: on a slow machine that limit alone made the first
 * view take twenty frames longer.
 */
export class FlatTerrain extends EllipsoidTerrainProvider {
  override requestTileGeometry(
    _x: number,
    _y: number,
    level: number,
    _request?: Request,
  ): Promise<TerrainData> {
    const posts = level < FINE_FROM_LEVEL ? COARSE_POSTS : FINE_POSTS;
    const data = new HeightmapTerrainData({
      buffer: new Uint8Array(posts * posts),
      width: posts,
      height: posts,
    });
    const maker = data as unknown as MeshMaker;
    const create = maker.createMesh.bind(data);
    maker.createMesh = (options) => create({ ...options, throttle: false });
    return Promise.resolve(data as unknown as TerrainData);
  }
}
