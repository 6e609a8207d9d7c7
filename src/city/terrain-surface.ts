import {
  Cartographic,
  Math as CesiumMath,
  CesiumTerrainProvider,
  Resource,
  sampleTerrainMostDetailed,
  type TerrainProvider,
} from "cesium";
import { TwinError } from "../base/errors.ts";
import { PLAIN_RELIEF, type ReliefDisplay } from "../domain/terrain.ts";
import { FlatTerrain } from "./flat-terrain.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface TerrainSurface extends StagePart {
  /** Null is the bare ellipsoid. Rejects with TwinError `terrain.not-found`, `terrain.not-terrain`; the old ground stays. */
  set(url: string | null): Promise<void>;
  setDisplay(display: ReliefDisplay): void;
  readonly isOn: boolean;
  /** Metres above the ellipsoid at places, from the finest tiles; NaN where there are none. */
  heights(longitudeDeg: readonly number[], latitudeDeg: readonly number[]): Promise<number[]>;
}

/** The globe's own shape. */
export function createTerrainSurface(onChange: () => void): TerrainSurface {
  let stage: Stage | null = null;
  let provider: TerrainProvider | null = null;
  let display: ReliefDisplay = PLAIN_RELIEF;
  let asked = 0;

  const apply = (): void => {
    if (!stage) return;
    stage.scene.globe.terrainProvider = provider ?? (new FlatTerrain() as unknown as TerrainProvider);
    applyDisplay();
  };
  const applyDisplay = (): void => {
    if (!stage) return;
    stage.scene.verticalExaggeration = provider ? display.exaggeration : 1;
    stage.requestRender();
  };

  return {
    get isOn() {
      return provider !== null;
    },
    async set(url) {
      const turn = ++asked;
      const next = url === null ? null : await openTerrain(url);
      if (turn !== asked) return;
      provider = next;
      apply();
      onChange();
    },
    setDisplay(next) {
      display = next;
      applyDisplay();
    },
    async heights(longitudeDeg, latitudeDeg) {
      if (!provider) return longitudeDeg.map(() => 0);
      const places = longitudeDeg.map((lon, k) => Cartographic.fromDegrees(lon, latitudeDeg[k]!));
      const sampled = await sampleTerrainMostDetailed(provider, places);
      return sampled.map(({ height }) => height ?? Number.NaN);
    },
    attach(next) {
      stage = next;
      if (provider) apply();
    },
    detach() {
      stage = null;
    },
  };
}

/** Looks at `layer.json` first: what Cesium says of a wrong address helps nobody. */
async function openTerrain(url: string): Promise<TerrainProvider> {
  const folder = url.replace(/\/?(layer\.json)?$/, "/");
  const response = await fetch(`${folder}layer.json`).catch(() => null);
  if (!response?.ok)
    throw new TwinError(
      "terrain.not-found",
      `There is no terrain at ${folder}: layer.json does not answer. Check the address, and that the server allows this page.`,
      { url: folder },
    );
  const layer = (await response.json().catch(() => null)) as { format?: unknown; tiles?: unknown } | null;
  if (typeof layer?.format !== "string" || !Array.isArray(layer.tiles))
    throw new TwinError(
      "terrain.not-terrain",
      `What lies at ${folder} is not terrain for Cesium: layer.json names no format and no tiles.`,
      { url: folder },
    );
  try {
    return await CesiumTerrainProvider.fromUrl(new Resource({ url: folder }), { requestVertexNormals: true });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TwinError(
      "terrain.not-terrain",
      `What lies at ${folder} cannot be shown as terrain: ${detail}.`,
      { url: folder, detail },
      cause,
    );
  }
}

/** Height of the drawn ground at a place, metres; 0 where it has not loaded. */
export function groundHeight(stage: Stage, longitudeDeg: number, latitudeDeg: number): number {
  const place = Cartographic.fromRadians(
    CesiumMath.toRadians(longitudeDeg),
    CesiumMath.toRadians(latitudeDeg),
  );
  return stage.scene.globe.getHeight(place) ?? 0;
}
