import {
  Cartesian2,
  Cartesian3,
  Color,
  GeometryInstance,
  HorizontalOrigin,
  LabelCollection,
  LabelStyle,
  Material,
  PolylineGeometry,
  PolylineMaterialAppearance,
  Primitive,
  VerticalOrigin,
} from "cesium";
import { ringCentroid } from "../geo/polygon.ts";
import type { PlaceOutline } from "./contract.ts";
import { CJK_FONT } from "./label-text.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface PlaceOutlines extends StagePart {
  set(outlines: readonly PlaceOutline[]): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
}

/** Above the ground's own lines. */
const HEIGHT = 1.5;
const INK = { night: Color.fromCssColorString("#f4f8fb"), day: Color.fromCssColorString("#111a22") } as const;
const PAPER = {
  night: Color.fromCssColorString("#0b1016"),
  day: Color.fromCssColorString("#ffffff"),
} as const;

/** Outlines of a model where it stands and where it might stand; behind buildings they show through, fainter. */
export function createPlaceOutlines(): PlaceOutlines {
  let stage: Stage | null = null;
  let outlines: readonly PlaceOutline[] = [];
  let theme: "night" | "day" = "night";
  let accent = "#3dd6c3";
  let shown: (Primitive | LabelCollection)[] = [];

  const build = (): void => {
    if (!stage) return;
    for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
    stage.requestRender();
    if (outlines.length === 0) return;
    const labels = new LabelCollection({ scene: stage.scene });
    for (const outline of outlines) {
      const color = outline.kind === "standing" ? Color.fromCssColorString(accent) : INK[theme];
      shown.push(lineOf(outline, color));
      addLabel(labels, outline, color, PAPER[theme]);
    }
    shown.push(labels);
    for (const part of shown) stage.scene.primitives.add(part);
  };

  return {
    set(next) {
      outlines = next;
      build();
    },
    setTheme(uiTheme, hex) {
      if (theme === uiTheme && accent === hex) return;
      theme = uiTheme;
      accent = hex;
      build();
    },
    attach(next) {
      stage = next;
      shown = [];
      build();
    },
    detach() {
      stage = null;
      shown = [];
    },
  };
}

function lineOf({ ring, kind, isPointed }: PlaceOutline, color: Color): Primitive {
  const closed = [...ring, ring[0]!].flatMap(([lon, lat]) => [lon, lat, HEIGHT]);
  const material = (alpha: number) =>
    kind === "standing"
      ? Material.fromType("Color", { color: color.withAlpha(alpha) })
      : Material.fromType("PolylineDash", { color: color.withAlpha(alpha), dashLength: 12 });
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new PolylineGeometry({
        positions: Cartesian3.fromDegreesArrayHeights(closed),
        width: isPointed || kind === "standing" ? 4 : 2.5,
        vertexFormat: PolylineMaterialAppearance.VERTEX_FORMAT,
      }),
    }),
    appearance: new PolylineMaterialAppearance({
      material: material(isPointed ? 1 : 0.9),
      translucent: true,
    }),
    depthFailAppearance: new PolylineMaterialAppearance({ material: material(0.4), translucent: true }),
    asynchronous: false,
    allowPicking: false,
  });
}

function addLabel(
  labels: LabelCollection,
  { ring, label, isPointed }: PlaceOutline,
  color: Color,
  paper: Color,
): void {
  const { longitudeDeg, latitudeDeg } = ringCentroid(ring);
  labels.add({
    position: Cartesian3.fromDegrees(longitudeDeg, latitudeDeg, HEIGHT),
    text: label,
    font: `${isPointed ? 600 : 500} 15px ${CJK_FONT}`,
    style: LabelStyle.FILL_AND_OUTLINE,
    fillColor: color,
    outlineColor: paper,
    outlineWidth: 4,
    horizontalOrigin: HorizontalOrigin.CENTER,
    verticalOrigin: VerticalOrigin.BOTTOM,
    pixelOffset: new Cartesian2(0, -6),
    disableDepthTestDistance: Number.POSITIVE_INFINITY,
  });
}
