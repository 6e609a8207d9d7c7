import {
  BillboardCollection,
  Cartesian2,
  Cartesian3,
  Color,
  EllipsoidSurfaceAppearance,
  GeometryInstance,
  HorizontalOrigin,
  LabelCollection,
  LabelStyle,
  Material,
  MaterialAppearance,
  NearFarScalar,
  PolygonGeometry,
  PolygonHierarchy,
  PolylineCollection,
  Primitive,
  VerticalOrigin,
  WallGeometry,
} from "cesium";
import type { Warning } from "../domain/risk.ts";
import { CJK_FONT, currentText } from "./label-text.ts";
import { drawMark, WARNING_HEX } from "./marks.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { type Ring, ringsOfWarning } from "./warning-rings.ts";

type Removable = Primitive | PolylineCollection | BillboardCollection | LabelCollection;

const FILL_HEIGHT = 1.2;
/**
 * A flat triangle dips under the round earth by step² / 8R: 2 m for 10 km, and the fill would drown in the ground. With steps
 * this short it stays above; a province's area gets no more than some ten thousand of them.
 */
const FINEST_STEP_M = 500;
const STEPS_ACROSS = 64;
const EARTH_RADIUS_M = 6_371_000;
/** Over most roofs, so that blocks do not break the line into dashes. */
const LINE_HEIGHT = 40;
const CURTAIN_HEIGHT = 110;
const ICON_HEIGHT = 260;
const METERS_PER_DEG = 111_320;

export interface WarningOverlay extends StagePart {
  set(warnings: readonly Warning[]): void;
  setVisible(visible: boolean): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(warningId: string | null): void;
  /** After the page's language has changed. */
  relabel(): void;
}

/** Hatch of stripes in metres, so that neighbouring areas of two levels differ by more than colour. */
const HATCH_SOURCE = `
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec2 at = materialInput.st * u_extent;
  float stripe = (at.x + at.y * u_lean) / u_pitch;
  float w = clamp(fwidth(stripe), 0.001, 8.0);
  float a = fract(stripe);
  float line = smoothstep(0.5 - 0.5 * w - 0.001, 0.5 + 0.5 * w, abs(a - 0.5) + 0.22);
  line = mix(line, 0.44, smoothstep(0.35, 1.0, w));
  material.diffuse = color.rgb;
  material.alpha = color.a * (0.5 + 0.9 * line);
  return material;
}`;

const CURTAIN_SOURCE = `
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  float fade = 1.0 - materialInput.st.t;
  material.diffuse = color.rgb;
  material.alpha = color.a * fade * fade;
  return material;
}`;

function extentOf(ring: Ring): { center: [number, number]; size: Cartesian2 } {
  const lons = ring.map((p) => p[0]);
  const lats = ring.map((p) => p[1]);
  const [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ];
  const east2m = METERS_PER_DEG * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  return {
    center: [mean(lons), mean(lats)],
    size: new Cartesian2((east - west) * east2m, (north - south) * METERS_PER_DEG),
  };
}

function positionsOf(ring: Ring, height: number, isClosed: boolean): Cartesian3[] {
  const corners = isClosed ? [...ring, ring[0]!] : ring;
  return Cartesian3.fromDegreesArrayHeights(corners.flatMap(([lon, lat]) => [lon, lat, height]));
}

function createFill(ring: Ring, color: Color, level: number): Primitive {
  const { size } = extentOf(ring);
  const metres = Math.max(size.x, size.y);
  const uniforms = { color, u_extent: size, u_pitch: 70 + 25 * level, u_lean: level % 2 === 0 ? 1 : -1 };
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new PolygonGeometry({
        polygonHierarchy: new PolygonHierarchy(positionsOf(ring, 0, false)),
        height: FILL_HEIGHT,
        granularity: Math.max(FINEST_STEP_M, metres / STEPS_ACROSS) / EARTH_RADIUS_M,
        vertexFormat: EllipsoidSurfaceAppearance.VERTEX_FORMAT,
      }),
    }),
    appearance: new EllipsoidSurfaceAppearance({
      aboveGround: true,
      flat: true,
      translucent: true,
      material: new Material({ translucent: true, fabric: { uniforms, source: HATCH_SOURCE } }),
    }),
    asynchronous: false,
    allowPicking: false,
  });
}

function createCurtain(ring: Ring, color: Color, id: OverlayMark): Primitive {
  return new Primitive({
    geometryInstances: new GeometryInstance({
      id,
      geometry: WallGeometry.fromConstantHeights({
        positions: positionsOf(ring, 0, true),
        maximumHeight: CURTAIN_HEIGHT,
        minimumHeight: 0,
        vertexFormat: MaterialAppearance.MaterialSupport.TEXTURED.vertexFormat,
      }),
    }),
    appearance: new MaterialAppearance({
      flat: true,
      translucent: true,
      closed: false,
      material: new Material({ translucent: true, fabric: { uniforms: { color }, source: CURTAIN_SOURCE } }),
    }),
    asynchronous: false,
  });
}

export function createWarningOverlay(): WarningOverlay {
  let stage: Stage | null = null;
  let warnings: readonly Warning[] = [];
  let visible = true;
  let theme: "night" | "day" = "night";
  let accent = "#3dd6c3";
  let chosen: string | null = null;
  let shown: Removable[] = [];

  const addRing = (warning: Warning, ring: Ring, lines: PolylineCollection): void => {
    const isChosen = warning.id === chosen;
    const base = Color.fromCssColorString(WARNING_HEX[theme][warning.level]);
    const id: OverlayMark = { overlay: "warning", row: -1, id: warning.id };
    const strength = isChosen ? 1.5 : 1;
    shown.push(createFill(ring, base.withAlpha((theme === "night" ? 0.14 : 0.17) * strength), warning.level));
    shown.push(createCurtain(ring, base.withAlpha(0.34 * strength), id));
    lines.add({
      positions: positionsOf(ring, LINE_HEIGHT, true),
      width: isChosen ? 4 : 2.5,
      id,
      material: Material.fromType("Color", { color: base.withAlpha(0.95) }),
    });
  };

  const addIcon = (
    warning: Warning,
    ring: Ring,
    icons: BillboardCollection,
    labels: LabelCollection,
  ): void => {
    const { center } = extentOf(ring);
    const id: OverlayMark = { overlay: "warning", row: -1, id: warning.id };
    const hex = WARNING_HEX[theme][warning.level];
    const position = Cartesian3.fromDegrees(center[0], center[1], ICON_HEIGHT);
    const scaleByDistance = new NearFarScalar(2_000, 1, 60_000, 0.6);
    icons.add({
      position,
      id,
      image: drawMark(
        warning.level,
        hex,
        theme === "night" ? "#0b1016" : "#ffffff",
        warning.id === chosen ? accent : null,
      ),
      scale: 0.62,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance,
    });
    labels.add({
      position,
      id,
      text: currentText(warning.event),
      font: `600 15px ${CJK_FONT}`,
      style: LabelStyle.FILL_AND_OUTLINE,
      fillColor: Color.fromCssColorString(theme === "night" ? "#ffffff" : "#111a22"),
      outlineColor: Color.fromCssColorString(theme === "night" ? "#0b1016" : "#ffffff").withAlpha(0.9),
      outlineWidth: 4,
      horizontalOrigin: HorizontalOrigin.LEFT,
      verticalOrigin: VerticalOrigin.CENTER,
      pixelOffset: new Cartesian2(24, 0),
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance,
    });
  };

  const clear = (): void => {
    if (stage) for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
  };

  const build = (): void => {
    clear();
    if (!stage || warnings.length === 0) return;
    const { primitives } = stage.scene;
    const lines = new PolylineCollection();
    const icons = new BillboardCollection({ scene: stage.scene });
    const labels = new LabelCollection({ scene: stage.scene });
    const worstLast = [...warnings].sort((a, b) => b.level - a.level);
    for (const warning of worstLast) {
      const rings = ringsOfWarning(warning);
      for (const ring of rings) addRing(warning, ring, lines);
      if (rings[0]) addIcon(warning, rings[0], icons, labels);
    }
    shown.push(lines, icons, labels);
    for (const part of shown) {
      part.show = visible;
      primitives.add(part);
    }
    stage.requestRender();
  };

  return {
    set(next) {
      warnings = next;
      build();
    },
    setVisible(next) {
      visible = next;
      for (const part of shown) part.show = next;
      stage?.requestRender();
    },
    setTheme(uiTheme, accentHex) {
      if (theme === uiTheme && accent === accentHex) return;
      theme = uiTheme;
      accent = accentHex;
      build();
    },
    choose(warningId) {
      if (warningId === chosen) return;
      chosen = warningId;
      build();
    },
    relabel: build,
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
