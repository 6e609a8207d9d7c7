import {
  Cartesian3,
  Cartographic,
  type Cesium3DTileStyle,
  Cesium3DTileset,
  Math as CesiumMath,
  type ClippingPolygonCollection,
  type CustomShader,
  HeadingPitchRoll,
  Matrix4,
  Transforms,
} from "cesium";
import { isAbort, throwIfAborted } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { TilesetFacts, TilesetRequest } from "./contract.ts";
import { ecefFromPlace, placeFromEcef } from "./geodesy.ts";
import { folderOf, localPath } from "./local-path.ts";
import { LocalResource } from "./local-resource.ts";
import type { Stage, StagePart } from "./stage.ts";
import { followContents, forEachFeature, type LoadedContents } from "./tileset-features.ts";
import { probeLocalTileset, probeTileset, type TilesetHeader } from "./tileset-probe.ts";

/** What is remembered of a tileset, and its engine object while a stage is there. */
export interface TilesetEntry {
  readonly request: TilesetRequest;
  header: TilesetHeader;
  visible: boolean;
  opacity: number;
  hiddenStoreys: ReadonlySet<number>;
  facts: TilesetFacts | null;
  tileset: Cesium3DTileset | null;
  loaded: LoadedContents | null;
  /** Could not be shown again after a context loss: nothing more to wait for. */
  hasFailed: boolean;
}

/** How tilesets are dressed: by the look, the theme, the cuts. Asked again for every new engine object. */
export interface TilesetDress {
  readonly shaderFor: (entry: TilesetEntry) => CustomShader | undefined;
  readonly styleFor: (entry: TilesetEntry) => Cesium3DTileStyle | undefined;
  readonly clippingFor: (entry: TilesetEntry) => ClippingPolygonCollection | undefined;
  readonly onContent: (entry: TilesetEntry, content: Parameters<typeof forEachFeature>[0]) => void;
}

export interface Tilesets extends StagePart {
  add(request: TilesetRequest, signal?: AbortSignal): Promise<TilesetFacts>;
  remove(id: string): void;
  get(id: string): TilesetEntry | undefined;
  readonly entries: ReadonlyMap<string, TilesetEntry>;
  idOf(tileset: unknown): string | null;
  setVisible(id: string, visible: boolean): void;
  setOpacity(id: string, opacity: number): void;
  hideStoreys(id: string, storeys: readonly number[]): void;
  restyle(): void;
  isLoading(): boolean;
  pendingTiles(): number;
}

const NO_STOREY = 65_535;

function applyStoreys(entry: TilesetEntry, content: Parameters<typeof forEachFeature>[0]): void {
  forEachFeature(content, (feature) => {
    const storey = Number(feature.getProperty("storey") ?? NO_STOREY);
    feature.show = !entry.hiddenStoreys.has(storey);
  });
}

/** Lift along the local vertical, and the user's place for a model that brings none. */
export function modelMatrixFor(request: TilesetRequest, rootTransform: Matrix4, center: Cartesian3): Matrix4 {
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

function factsOf(entry: TilesetEntry, tileset: Cesium3DTileset): TilesetFacts {
  const { center, radius } = tileset.boundingSphere;
  return {
    center: placeFromEcef(center) ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 },
    radius,
    attributions: entry.header.copyright ? [entry.header.copyright] : [],
  };
}

async function loadEngineTileset(stage: Stage, entry: TilesetEntry): Promise<Cesium3DTileset> {
  const { request } = entry;
  const isCity = request.role === "city";
  const root = folderOf(request.url);
  const source = request.readTile ? new LocalResource(request.url, root, request.readTile) : request.url;
  try {
    const tileset = await Cesium3DTileset.fromUrl(source, {
      scene: stage.scene,
      maximumScreenSpaceError: isCity ? 12 : 14,
      cacheBytes: 384 * 1024 * 1024,
      maximumCacheOverflowBytes: 384 * 1024 * 1024,
      dynamicScreenSpaceError: !isCity,
      skipLevelOfDetail: false,
      preloadFlightDestinations: false,
      showCreditsOnScreen: true,
      showOutline: true,
      enableCollision: false,
    });
    tileset.environmentMapManager.enabled = false;
    tileset.modelMatrix = modelMatrixFor(request, tileset.root.transform, tileset.boundingSphere.center);
    return tileset;
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

export function createTilesets(dress: TilesetDress): Tilesets {
  const entries = new Map<string, TilesetEntry>();
  let stage: Stage | null = null;

  const drop = (entry: TilesetEntry): void => {
    entry.loaded?.dispose();
    entry.loaded = null;
    const { tileset } = entry;
    entry.tileset = null;
    if (tileset && stage && !tileset.isDestroyed()) stage.scene.primitives.remove(tileset);
  };

  const style = (entry: TilesetEntry): void => {
    if (entry.tileset) entry.tileset.style = dress.styleFor(entry);
  };

  const mount = async (entry: TilesetEntry): Promise<void> => {
    const target = stage;
    if (!target) return;
    const tileset = await loadEngineTileset(target, entry);
    if (stage !== target || entries.get(entry.request.id) !== entry || entry.tileset) {
      tileset.destroy();
      return;
    }
    const shader = dress.shaderFor(entry);
    if (shader) tileset.customShader = shader;
    const clipping = dress.clippingFor(entry);
    if (clipping) tileset.clippingPolygons = clipping;
    tileset.show = entry.visible;
    entry.tileset = tileset;
    entry.loaded = followContents(tileset, (content) => {
      if (entry.hiddenStoreys.size > 0) applyStoreys(entry, content);
      dress.onContent(entry, content);
    });
    entry.facts = factsOf(entry, tileset);
    style(entry);
    target.scene.primitives.add(tileset);
    target.requestRender();
  };

  return {
    entries,
    get: (id) => entries.get(id),
    async add(request, signal) {
      throwIfAborted(signal);
      const root = folderOf(request.url);
      const header = request.readTile
        ? await probeLocalTileset(request.url, localPath(request.url, root), request.readTile)
        : await probeTileset(request.url, signal);
      throwIfAborted(signal);
      const before = entries.get(request.id);
      if (before) drop(before);
      const entry: TilesetEntry = {
        request,
        header,
        visible: before?.visible ?? true,
        opacity: before?.opacity ?? 1,
        hiddenStoreys: before?.hiddenStoreys ?? new Set(),
        facts: null,
        tileset: null,
        loaded: null,
        hasFailed: false,
      };
      entries.set(request.id, entry);
      try {
        await mount(entry);
        throwIfAborted(signal);
      } catch (error) {
        drop(entry);
        if (entries.get(request.id) === entry) entries.delete(request.id);
        throw error;
      }
      return (
        entry.facts ?? { center: { longitudeDeg: 0, latitudeDeg: 0, height: 0 }, radius: 0, attributions: [] }
      );
    },
    remove(id) {
      const entry = entries.get(id);
      if (!entry) return;
      entries.delete(id);
      drop(entry);
      stage?.requestRender();
    },
    idOf(tileset) {
      for (const [id, entry] of entries) if (entry.tileset !== null && entry.tileset === tileset) return id;
      return null;
    },
    setVisible(id, visible) {
      const entry = entries.get(id);
      if (!entry) return;
      entry.visible = visible;
      if (entry.tileset) entry.tileset.show = visible;
      stage?.requestRender();
    },
    setOpacity(id, opacity) {
      const entry = entries.get(id);
      if (!entry) return;
      entry.opacity = Math.min(1, Math.max(0, opacity));
      style(entry);
      stage?.requestRender();
    },
    hideStoreys(id, storeys) {
      const entry = entries.get(id);
      if (!entry) return;
      entry.hiddenStoreys = new Set(storeys);
      for (const content of entry.loaded?.contents ?? []) applyStoreys(entry, content);
      stage?.requestRender();
    },
    restyle() {
      for (const entry of entries.values()) style(entry);
      stage?.requestRender();
    },
    isLoading() {
      for (const { tileset, visible, hasFailed } of entries.values())
        if (visible && !hasFailed && !tileset?.tilesLoaded) return true;
      return false;
    },
    pendingTiles() {
      let pending = 0;
      for (const { tileset, visible, hasFailed } of entries.values()) {
        if (!visible || hasFailed) continue;
        const counts = (
          tileset as unknown as {
            statistics?: { numberOfPendingRequests: number; numberOfTilesProcessing: number };
          } | null
        )?.statistics;
        pending += counts ? counts.numberOfPendingRequests + counts.numberOfTilesProcessing : 1;
      }
      return pending;
    },
    attach(next) {
      stage = next;
      for (const entry of entries.values()) {
        entry.hasFailed = false;
        mount(entry).catch(() => {
          entry.hasFailed = true;
          next.requestRender();
        });
      }
    },
    detach() {
      for (const entry of entries.values()) {
        entry.loaded?.dispose();
        entry.loaded = null;
        entry.tileset = null;
      }
      stage = null;
    },
  };
}
