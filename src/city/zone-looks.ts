import {
  Cartesian2,
  Color,
  EllipsoidSurfaceAppearance,
  GeometryInstance,
  Material,
  PolygonGeometry,
  PolygonHierarchy,
  Primitive,
} from "cesium";
import type { ZoneKind } from "../domain/response.ts";
import type { OverlayMark } from "./picking.ts";
import type { Ring } from "./warning-rings.ts";
import { extentOf, positionsOf } from "./warning-shapes.ts";

const FILL_HEIGHT = 2;
const FINEST_STEP_M = 500;
const STEPS_ACROSS = 64;
const EARTH_RADIUS_M = 6_371_000;

/** Zones are no warnings and have none of their colours: kinds differ by outline and hatch. */
const INKS = { night: "#f2f6fa", day: "#16222d" } as const;
const HATCH: Readonly<Record<ZoneKind, number>> = {
  affected: 0,
  isolation: 1,
  evacuation: 2,
  protective: 3,
  inspection: 4,
};
const LINES: Readonly<
  Record<ZoneKind, { readonly width: number; readonly dash: number; readonly pattern: number }>
> = {
  affected: { width: 2, dash: 0, pattern: 0 },
  isolation: { width: 5, dash: 0, pattern: 0 },
  evacuation: { width: 4, dash: 24, pattern: 0b1111111111000000 },
  protective: { width: 4, dash: 12, pattern: 0b1111000011110000 },
  inspection: { width: 3, dash: 36, pattern: 0b1111111100011000 },
};

const SOURCE = `
float zoneLine(float x, float share) {
  float w = clamp(fwidth(x), 0.001, 8.0);
  float line = 1.0 - smoothstep(share - 0.5 * w, share + 0.5 * w, abs(fract(x) - 0.5));
  return mix(line, 2.0 * share, smoothstep(0.35, 1.0, w));
}
float zoneDot(vec2 x) {
  float w = clamp(length(fwidth(x)), 0.001, 8.0);
  float dotted = 1.0 - smoothstep(0.12 - 0.5 * w, 0.12 + 0.5 * w, length(fract(x) - 0.5));
  return mix(dotted, 0.045, smoothstep(0.35, 1.0, w));
}
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec2 at = materialInput.st * u_extent / u_pitch;
  float hatch = 0.0;
  if (u_hatch < 0.5) hatch = 0.6 * zoneDot(at);
  else if (u_hatch < 1.5) hatch = max(zoneLine(at.x + at.y, 0.07), zoneLine(at.x - at.y, 0.07));
  else if (u_hatch < 2.5) hatch = zoneLine(at.x + at.y, 0.1);
  else if (u_hatch < 3.5) hatch = zoneLine(at.y, 0.1);
  material.diffuse = color.rgb;
  material.alpha = color.a * (0.32 + 1.9 * hatch);
  return material;
}`;

export function zoneInk(theme: "night" | "day"): Color {
  return Color.fromCssColorString(INKS[theme]);
}

export function createZoneFill(ring: Ring, kind: ZoneKind, color: Color, id: OverlayMark): Primitive {
  const { size } = extentOf(ring);
  const metres = Math.max(size.x, size.y);
  const uniforms = {
    color,
    u_extent: new Cartesian2(size.x, size.y),
    // an affected area is quiet: the buildings in it are what is looked at
    u_pitch:
      kind === "affected"
        ? Math.min(140, Math.max(16, metres / 50))
        : Math.min(240, Math.max(30, metres / 22)),
    u_hatch: HATCH[kind],
  };
  return new Primitive({
    geometryInstances: new GeometryInstance({
      id,
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
      material: new Material({ translucent: true, fabric: { uniforms, source: SOURCE } }),
    }),
    asynchronous: false,
  });
}

export function zoneLine(
  kind: ZoneKind,
  color: Color,
): { readonly width: number; readonly material: Material } {
  const { width, dash, pattern } = LINES[kind];
  const material =
    dash === 0
      ? Material.fromType("Color", { color })
      : Material.fromType("PolylineDash", { color, dashLength: dash, dashPattern: pattern });
  return { width, material };
}
