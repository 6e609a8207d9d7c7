import { TilesRenderer } from "3d-tiles-renderer/three";
import { GLTFExtensionsPlugin } from "3d-tiles-renderer/three/plugins";
import { MeshoptDecoder } from "meshoptimizer/decoder";
import type { InstancedMesh, Matrix4, Mesh, MeshStandardMaterial, Object3D, PerspectiveCamera } from "three";
import { TwinError } from "../base/errors.ts";
import type { SceneBox } from "./camera-fit.ts";
import { sceneBoxFromVolume, sceneFromEcef } from "./frames.ts";
import type { PrimitiveCopies, SourcePrimitive } from "./tile-layer.ts";

/** What a tile brings: its primitives, and the property table of its elements. */
export interface LoadedTile {
  readonly key: object;
  readonly opaque: readonly SourcePrimitive[];
  readonly glass: readonly SourcePrimitive[];
  readonly globalIds: readonly string[];
  /** The `storey` property; 65535 for none. */
  readonly storeys: Uint16Array;
  /** The `row` property: the element's place in the model's columns. */
  readonly rows: Uint32Array;
  /** One of a coarse tile and those that replace it: it is there only while it is told so. */
  readonly isPaired: boolean;
}

export interface TileSourceHooks {
  /** The root tileset is here; the box of the whole model in the scene frame, null when it does not say. */
  onRoot(box: SceneBox | null): void;
  /** Gives what the tile holds on the graphics card, in bytes. */
  onTile(tile: LoadedTile): number;
  /** A tile of a pair takes the place of the other, or gives way. */
  onThere(key: object, isThere: boolean): void;
  onTileGone(key: object): void;
  /** Another number of tiles than before finds no room in memory. */
  onStarved(tiles: number): void;
  /** There is something to do in `update`. */
  onNeedsUpdate(): void;
  onError(error: TwinError): void;
}

export interface TileSource {
  /** Call once a frame while anything is loading, and after the camera moved. */
  update(): void;
  setResolution(width: number, height: number): void;
  /** Bytes that the tiles of all sources together may hold: they share one cache. */
  setCeiling(bytes: number): void;
  /** Tiles that memory has no room for: the view is at rest without them. */
  readonly refused: number;
  readonly isBusy: boolean;
  dispose(): void;
}

/** Never fetched: 3d-tiles-renderer wants real-looking addresses and the plugin answers them all. */
const BASE_URL = "https://model.invalid/";

/** Everything of a building that is in view is wanted: rooms behind facades show as soon as a section opens them. */
const ERROR_TARGET_PX = 1;

/** Shares of the ceiling at which nothing more is asked for, and down to which what is out of sight is let go. */
const FULL_SHARE = 0.9;
const TRIM_SHARE = 0.6;

interface TableAccessor {
  readonly count: number;
  getPropertyValue(name: string, id: number): unknown;
}

/** Streams the tiles of one model; geometry is handed over in the scene frame and never drawn by the library itself. */
export function createTileSource(
  camera: PerspectiveCamera,
  readTile: (path: string) => Promise<ArrayBuffer>,
  hooks: TileSourceHooks,
): TileSource {
  const tiles = new TilesRenderer(`${BASE_URL}tileset.json`);
  tiles.errorTarget = ERROR_TARGET_PX;
  tiles.displayActiveTiles = true;
  const bytes = new WeakMap<object, number>();
  tiles.registerPlugin(createLocalPlugin(readTile));
  tiles.registerPlugin({ name: "OWN_BYTES", calculateBytesUsed: (tile: object) => bytes.get(tile) ?? 0 });
  tiles.registerPlugin(new GLTFExtensionsPlugin({ meshoptDecoder: MeshoptDecoder, rtc: false }));
  tiles.setCamera(camera);
  const group = tiles.group;
  group.matrixAutoUpdate = false;
  let isDisposed = false;
  const { stats } = tiles as unknown as { stats: { refused: number } };
  let refused = 0;
  let isRootDue = true;
  let isLoading = false;

  tiles.addEventListener("load-root-tileset", () => {
    isRootDue = false;
    const transform = tiles.root?.transform;
    if (transform) group.matrix.fromArray([...sceneFromEcef(transform)]);
    else group.matrix.makeRotationX(-Math.PI / 2);
    group.matrixWorldNeedsUpdate = true;
    group.updateMatrixWorld(true);
    if (!isDisposed) hooks.onRoot(sceneBoxFromVolume(tiles.root?.boundingVolume.box));
  });
  tiles.addEventListener("tiles-load-start", () => {
    isLoading = true;
  });
  tiles.addEventListener("tiles-load-end", () => {
    isLoading = false;
  });
  tiles.addEventListener("load-model", ({ scene, tile }) => {
    if (isDisposed) return;
    bytes.set(tile, hooks.onTile(readLoadedTile(scene, tile, group.matrix)));
    (tiles as unknown as { recalculateBytesUsed(tile: object): void }).recalculateBytesUsed(tile);
  });
  tiles.addEventListener("tile-visibility-change", ({ tile, visible }) => {
    if (!isDisposed && isPaired(tile)) hooks.onThere(tile, visible);
  });
  tiles.addEventListener("dispose-model", ({ tile }) => hooks.onTileGone(tile));
  tiles.addEventListener("needs-update", () => {
    if (!isDisposed) hooks.onNeedsUpdate();
  });
  tiles.addEventListener("load-error", ({ error, url }) => {
    isRootDue = false;
    if (!isDisposed) hooks.onError(toTwinError(error, String(url)));
  });

  return {
    update: () => {
      tiles.update();
      if (stats.refused === refused) return;
      refused = stats.refused;
      hooks.onStarved(refused);
    },
    setResolution: (width, height) => tiles.setResolution(camera, width, height),
    setCeiling: (ceiling) => {
      tiles.lruCache.maxBytesSize = ceiling * FULL_SHARE;
      tiles.lruCache.minBytesSize = ceiling * TRIM_SHARE;
    },
    get refused() {
      return refused;
    },
    get isBusy() {
      return isRootDue || isLoading;
    },
    dispose: () => {
      isDisposed = true;
      tiles.dispose();
    },
  };
}

function createLocalPlugin(readTile: (path: string) => Promise<ArrayBuffer>) {
  return {
    name: "LOCAL_TILES",
    fetchData: async (url: string | URL) => {
      const path = pathInModel(String(url));
      const bytes = await readTile(path);
      return path.endsWith(".json") ? JSON.parse(new TextDecoder().decode(bytes)) : bytes;
    },
  };
}

/** The renderer joins the root's folder and a content's uri with a slash of its own: there may be two. */
function pathInModel(url: string): string {
  return decodeURIComponent(url.slice(BASE_URL.length)).replace(/^\/+/, "");
}

function toTwinError(error: unknown, url: string): TwinError {
  const file = pathInModel(url);
  const detail = error instanceof Error ? error.message : String(error);
  return new TwinError(
    "bim.tile_unreadable",
    `A part of the model (${file}) cannot be shown: ${detail}. Import the IFC file again.`,
    { file, detail },
    error,
  );
}

/** Tiles inherit their parent's way of refining. */
function isPaired(tile: object): boolean {
  return (tile as { refine?: string }).refine === "REPLACE";
}

/** Takes the meshes out of the library's scene: it keeps the tile's place in the tree and nothing that costs memory. */
function readLoadedTile(scene: Object3D, tile: object, sceneFromTiles: Matrix4): LoadedTile {
  scene.updateMatrix();
  const opaque: SourcePrimitive[] = [];
  const glass: SourcePrimitive[] = [];
  const walk = (object: Object3D, sceneFromParent: Matrix4) => {
    object.updateMatrix();
    const sceneFromObject = sceneFromParent.clone().multiply(object.matrix);
    const mesh = object as Mesh;
    if (mesh.isMesh) {
      const primitive = readPrimitive(mesh, sceneFromObject);
      if (primitive) (primitive.color[3] < 1 ? glass : opaque).push(primitive);
    }
    for (const child of object.children) walk(child, sceneFromObject);
  };
  walk(scene, sceneFromTiles);
  const table = (scene.userData.structuralMetadata as { tableAccessors?: TableAccessor[] } | undefined)
    ?.tableAccessors?.[0];
  const count = table?.count ?? 0;
  const rows = Array.from({ length: count }, (_, id) => id);
  const loaded: LoadedTile = {
    key: tile,
    opaque,
    glass,
    globalIds: rows.map((id) => String(table?.getPropertyValue("GlobalId", id) ?? "")),
    storeys: Uint16Array.from(rows, (id) => Number(table?.getPropertyValue("storey", id) ?? 65535)),
    isPaired: isPaired(tile),
    rows: Uint32Array.from(rows, (id) => Number(table?.getPropertyValue("row", id) ?? 0xffffffff)),
  };
  scene.clear();
  return loaded;
}

/**
 * Null for a mesh that carries no feature ids: it belongs to no element. three names the ids of vertices in small letters,
 * those of copies as they are in the file.
 */
function readPrimitive(mesh: Mesh, sceneFromMesh: Matrix4): SourcePrimitive | null {
  const { geometry } = mesh;
  const copies = copiesOf(mesh);
  const featureId = geometry.getAttribute(copies ? "_FEATURE_ID_0" : "_feature_id_0");
  const position = geometry.getAttribute("position");
  if (!featureId || !position) return null;
  const material = mesh.material as MeshStandardMaterial;
  const { r, g, b } = material.color;
  return {
    position,
    normal: geometry.getAttribute("normal") ?? null,
    featureId,
    copies,
    index: geometry.index,
    color: [r, g, b, material.transparent ? material.opacity : 1],
    sceneFromMesh: sceneFromMesh.elements,
  };
}

function copiesOf(mesh: Mesh): PrimitiveCopies | null {
  const { isInstancedMesh, count, instanceMatrix } = mesh as InstancedMesh;
  return isInstancedMesh ? { count, meshFromPrimitive: instanceMatrix.array } : null;
}
