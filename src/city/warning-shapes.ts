import {
  type BillboardCollection,
  Cartesian2,
  Cartesian3,
  Color,
  EllipsoidSurfaceAppearance,
  GeometryInstance,
  HorizontalOrigin,
  type LabelCollection,
  LabelStyle,
  Material,
  MaterialAppearance,
  NearFarScalar,
  PolygonGeometry,
  PolygonHierarchy,
  type PolylineCollection,
  Primitive,
  VerticalOrigin,
  WallGeometry,
} from "cesium";
import { CJK_FONT } from "./label-text.ts";
import type { OverlayMark } from "./picking.ts";
import type { Ring } from "./warning-rings.ts";

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

export function extentOf(ring: Ring): { center: [number, number]; size: Cartesian2 } {
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

export function positionsOf(ring: Ring, height: number, isClosed: boolean): Cartesian3[] {
  const corners = isClosed ? [...ring, ring[0]!] : ring;
  return Cartesian3.fromDegreesArrayHeights(corners.flatMap(([lon, lat]) => [lon, lat, height]));
}

export function createFill(ring: Ring, color: Color, level: number): Primitive {
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

export function createCurtain(ring: Ring, color: Color, id: OverlayMark): Primitive {
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

export function addLine(
  lines: PolylineCollection,
  ring: Ring,
  color: Color,
  width: number,
  id: OverlayMark,
): void {
  lines.add({
    positions: positionsOf(ring, LINE_HEIGHT, true),
    width,
    id,
    material: Material.fromType("Color", { color }),
  });
}

export interface WarningSign {
  readonly id: OverlayMark;
  readonly image: HTMLCanvasElement;
  readonly text: string;
  readonly theme: "night" | "day";
}

/** The mark of a warning's level over the middle of its area, its name beside it. */
export function addSign(
  icons: BillboardCollection,
  labels: LabelCollection,
  ring: Ring,
  { id, image, text, theme }: WarningSign,
): void {
  const { center } = extentOf(ring);
  const position = Cartesian3.fromDegrees(center[0], center[1], ICON_HEIGHT);
  const scaleByDistance = new NearFarScalar(2_000, 1, 60_000, 0.6);
  icons.add({
    position,
    id,
    image,
    scale: 0.62,
    horizontalOrigin: HorizontalOrigin.CENTER,
    verticalOrigin: VerticalOrigin.CENTER,
    disableDepthTestDistance: Number.POSITIVE_INFINITY,
    scaleByDistance,
  });
  labels.add({
    position,
    id,
    text,
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
}
