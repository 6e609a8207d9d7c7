import {
  Cartesian2,
  Cartesian3,
  Color,
  EllipsoidSurfaceAppearance,
  GeometryInstance,
  Material,
  PolygonGeometry,
  PolygonHierarchy,
  Primitive,
} from "cesium";
import type { BuildingIndex } from "../domain/building-index.ts";
import { rowOfBuildingId } from "../domain/building-index-codec.ts";
import type { CityHighlight } from "./contract.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface FootprintRing extends StagePart {
  setIndex(index: BuildingIndex | null): void;
  setAccent(hex: string): void;
  set(target: CityHighlight): void;
}

const METERS_PER_DEG = 111_320;

/** A soft disc that is clear inside the house and fades outwards from a thin bright line. */
const RING_SOURCE = `
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  float r = length(materialInput.st - vec2(0.5)) * 2.0;
  float w = max(fwidth(r), 0.002);
  float line = 1.0 - smoothstep(1.2 * w, 2.6 * w, abs(r - u_inner.x));
  float glow = smoothstep(1.0, u_inner.x, r) * step(u_inner.x, r);
  float foot = (1.0 - step(u_inner.x, r)) * 0.16;
  material.diffuse = color.rgb;
  material.alpha = clamp(line * 0.95 + glow * glow * 0.42 + foot, 0.0, 1.0);
  return material;
}`;

function circle(longitudeDeg: number, latitudeDeg: number, radius: number): Cartesian3[] {
  const north = radius / METERS_PER_DEG;
  const east = north / Math.cos((latitudeDeg * Math.PI) / 180);
  return Array.from({ length: 64 }, (_, k) => {
    const a = (k * Math.PI) / 32;
    return Cartesian3.fromDegrees(longitudeDeg + east * Math.cos(a), latitudeDeg + north * Math.sin(a), 0);
  });
}

/** The ring on the ground around the chosen building, from the index's centroid and footprint area. */
export function createFootprintRing(): FootprintRing {
  let stage: Stage | null = null;
  let index: BuildingIndex | null = null;
  let accent = "#3dd6c3";
  let target: CityHighlight = { kind: "none" };
  let shown: Primitive | null = null;

  const clear = (): void => {
    if (shown && stage) stage.scene.primitives.remove(shown);
    shown = null;
  };

  const build = (): void => {
    clear();
    if (!stage || !index || target.kind !== "feature" || target.property !== "id") return;
    const row = rowOfBuildingId(index, target.value);
    if (row === null || row < 0) return;
    const house = Math.sqrt(index.footprintArea[row]! / Math.PI) * 1.3 + 5;
    const radius = house + 14 + house * 0.35;
    const uniforms = { color: Color.fromCssColorString(accent), u_inner: new Cartesian2(house / radius, 0) };
    shown = new Primitive({
      geometryInstances: new GeometryInstance({
        geometry: new PolygonGeometry({
          polygonHierarchy: new PolygonHierarchy(
            circle(index.longitudeDeg[row]!, index.latitudeDeg[row]!, radius),
          ),
          height: 0.9,
          vertexFormat: EllipsoidSurfaceAppearance.VERTEX_FORMAT,
        }),
      }),
      appearance: new EllipsoidSurfaceAppearance({
        aboveGround: true,
        flat: true,
        translucent: true,
        material: new Material({ translucent: true, fabric: { uniforms, source: RING_SOURCE } }),
      }),
      asynchronous: false,
      allowPicking: false,
    });
    stage.scene.primitives.add(shown);
    stage.requestRender();
  };

  return {
    setIndex(next) {
      index = next;
      build();
    },
    setAccent(hex) {
      if (hex === accent) return;
      accent = hex;
      build();
    },
    set(next) {
      target = next;
      build();
    },
    attach(next) {
      stage = next;
      build();
    },
    detach() {
      stage = null;
      shown = null;
    },
  };
}
