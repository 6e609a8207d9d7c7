import { Material } from "cesium";
import { AIR_GLSL } from "./air-glsl.ts";
import { airUniforms, type SceneLight } from "./scene-look.ts";

/** Lays the same air over the globe that facades use. Fabric declares the uniforms from their values. */
const GROUND_SOURCE = `${AIR_GLSL}
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec4 air = twinAir(-materialInput.positionToEyeEC);
  material.diffuse = pow(air.rgb, vec3(1.0 / 2.2));
  material.alpha = air.a * u_airShare;
  return material;
}
`;

export interface GroundMaterial {
  readonly material: Material;
  setLight(light: SceneLight): void;
  /** 1 near the city, 0 when the globe is seen from space. */
  setShare(share: number): void;
}

export function createGroundMaterial(light: SceneLight): GroundMaterial {
  const material = new Material({
    translucent: false,
    fabric: { uniforms: { ...airUniforms(light), u_airShare: 1 }, source: GROUND_SOURCE },
  });
  return {
    material,
    setLight(next) {
      Object.assign(material.uniforms as Record<string, unknown>, airUniforms(next));
    },
    setShare(share) {
      (material.uniforms as Record<string, unknown>).u_airShare = share;
    },
  };
}
