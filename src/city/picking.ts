import { Cartesian2, Cesium3DTileFeature, defined } from "cesium";
import type { PlaceDeg } from "../domain/pose.ts";
import type { CityPick } from "./contract.ts";
import { placeFromEcef } from "./geodesy.ts";
import type { LivePick } from "./live-contract.ts";
import type { Stage } from "./stage.ts";
import { readAttributes } from "./tileset-features.ts";

/** What overlays give as pick object or id. */
export interface OverlayMark {
  readonly overlay: "sensor" | "warning" | "live";
  readonly row: number;
  readonly id: string;
  /** Of many that are picked as one: the row at a pixel, CSS pixels of the canvas; null when none of them is there after all. */
  readonly rowAt?: (x: number, y: number) => number | null;
  /** Of live things: what was hit, looked up when it is asked for. `at` is where, null when that is not known. */
  readonly pick?: (at: PlaceDeg | null) => LivePick | null;
}

export interface Picker {
  pickAt(stage: Stage, x: number, y: number): CityPick | null;
  /** Never blocks the frame where the machine can read back later; falls back to the blocking pick. */
  pickSoon(stage: Stage, x: number, y: number): Promise<CityPick | null>;
  placeAt(stage: Stage, x: number, y: number): PlaceDeg | null;
  groundAt(stage: Stage, x: number, y: number): PlaceDeg | null;
}

function isOverlayMark(value: unknown): value is OverlayMark {
  return typeof value === "object" && value !== null && "overlay" in value;
}

function markOf(picked: unknown): OverlayMark | null {
  if (isOverlayMark(picked)) return picked;
  const id = (picked as { id?: unknown } | undefined)?.id;
  return isOverlayMark(id) ? id : null;
}

export function createPicker(
  tilesetIdOf: (tileset: unknown) => string | null,
  dataOf: (picked: unknown) => CityPick | null,
): Picker {
  const toPick = (picked: unknown, pixel: Cartesian2, at: () => PlaceDeg | null): CityPick | null => {
    if (!defined(picked)) return { kind: "ground" };
    const mark = markOf(picked);
    if (mark?.rowAt) {
      const row = mark.rowAt(pixel.x, pixel.y);
      return row === null ? { kind: "ground" } : { kind: "sensor", row };
    }
    if (mark?.pick) return mark.pick(at()) ?? { kind: "ground" };
    if (mark?.overlay === "sensor") return { kind: "sensor", row: mark.row };
    if (mark?.overlay === "warning") return { kind: "warning", warningId: mark.id };
    if (picked instanceof Cesium3DTileFeature) {
      const tilesetId = tilesetIdOf(picked.tileset);
      if (tilesetId) return { kind: "feature", tilesetId, attributes: readAttributes(picked) };
    }
    const data = dataOf(picked);
    if (data) return data;
    const owner = (picked as { primitive?: unknown }).primitive;
    const tilesetId = tilesetIdOf(owner);
    return tilesetId ? { kind: "feature", tilesetId, attributes: {} } : { kind: "ground" };
  };

  const groundAt = (stage: Stage, x: number, y: number): PlaceDeg | null => {
    const { camera, globe } = stage.scene;
    const at = new Cartesian2(x, y);
    const ray = globe.terrainProvider.hasVertexNormals ? camera.getPickRay(at) : undefined;
    const hit = (ray && globe.pick(ray, stage.scene)) ?? camera.pickEllipsoid(at);
    return hit ? placeFromEcef(hit) : null;
  };

  const placeAt = (stage: Stage, x: number, y: number): PlaceDeg | null => {
    const { scene } = stage;
    const hit = scene.pickPositionSupported ? scene.pickPosition(new Cartesian2(x, y)) : undefined;
    return (hit && placeFromEcef(hit)) ?? groundAt(stage, x, y);
  };

  return {
    groundAt,
    placeAt,
    pickAt: (stage, x, y) => {
      const at = new Cartesian2(x, y);
      return toPick(stage.scene.pick(at), at, () => placeAt(stage, x, y));
    },
    async pickSoon(stage, x, y) {
      const at = new Cartesian2(x, y);
      const where = () => placeAt(stage, x, y);
      if (stage.quality === "light") return toPick(stage.scene.pick(at), at, where);
      try {
        return toPick(await stage.scene.pickAsync(at), at, where);
      } catch {
        return stage.widget.isDestroyed() ? null : toPick(stage.scene.pick(at), at, where);
      }
    },
  };
}
