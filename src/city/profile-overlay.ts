import { Cartesian3, Color, Material, PointPrimitiveCollection, PolylineCollection } from "cesium";
import type { Stage, StagePart } from "./stage.ts";

/** A line over the ground: corners and heights; `marker` is the sample under the pointer of the chart. */
export interface ProfileDrawing {
  readonly longitudeDeg: readonly number[];
  readonly latitudeDeg: readonly number[];
  /** Metres above the ellipsoid; null where the ground as drawn is meant. */
  readonly heights: readonly number[] | null;
  readonly marker: number | null;
}

/** Above the ground, against the depth buffer's grain. */
const LIFT = 6;

export interface ProfileOverlay extends StagePart {
  set(drawing: ProfileDrawing | null): void;
  setTheme(accent: string): void;
}

/** Height as it is drawn: exaggeration moves the ground. */
type Drawn = (longitudeDeg: number, latitudeDeg: number, height: number | null) => number;

export function createProfileOverlay(drawnHeight: (stage: Stage) => Drawn): ProfileOverlay {
  let stage: Stage | null = null;
  let drawing: ProfileDrawing | null = null;
  let accent = "#3dd6c3";
  let shown: (PolylineCollection | PointPrimitiveCollection)[] = [];

  const build = (): void => {
    if (!stage) return;
    for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
    stage.requestRender();
    if (!drawing) return;
    const { longitudeDeg, latitudeDeg, heights, marker } = drawing;
    const height = drawnHeight(stage);
    const positions = longitudeDeg.map((lon, k) => {
      const lat = latitudeDeg[k]!;
      return Cartesian3.fromDegrees(lon, lat, height(lon, lat, heights?.[k] ?? null) + LIFT);
    });
    const color = Color.fromCssColorString(accent);
    const lines = new PolylineCollection();
    if (positions.length > 1)
      lines.add({ positions, width: 4, material: Material.fromType("Color", { color }) });
    const points = new PointPrimitiveCollection();
    const ends = heights ? [0, positions.length - 1] : [...positions.keys()];
    for (const k of [...ends, ...(marker === null ? [] : [marker])]) {
      const position = positions[k];
      if (!position) continue;
      const isMarker = k === marker;
      points.add({
        position,
        pixelSize: isMarker ? 14 : 8,
        color: isMarker ? color : Color.WHITE,
        outlineColor: isMarker ? Color.WHITE : color,
        outlineWidth: 2.5,
        disableDepthTestDistance: Number.POSITIVE_INFINITY,
      });
    }
    shown = [lines, points];
    for (const part of shown) stage.scene.primitives.add(part);
  };

  return {
    set(next) {
      drawing = next;
      build();
    },
    setTheme(hex) {
      if (accent === hex) return;
      accent = hex;
      build();
    },
    attach(next) {
      stage = next;
      build();
    },
    detach() {
      stage = null;
      shown = [];
    },
  };
}
