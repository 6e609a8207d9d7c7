import {
  Cartesian3,
  Cartesian4,
  CustomShader,
  LightingModel,
  TextureUniform,
  UniformType,
  VaryingType,
} from "cesium";
import type { CityTheme } from "./contract.ts";
import { FACADE_FRAGMENT, FACADE_VERTEX } from "./facade-glsl.ts";
import { airUniforms, linearColor, type SceneLight } from "./scene-look.ts";

const THEME_SOURCES = ["use", "height", "year"];
const PALETTE_SIZE = 16;

function themeTexture(theme: CityTheme | null): TextureUniform {
  const bytes = new Uint8Array(PALETTE_SIZE * 4).fill(255);
  theme?.legend.entries.slice(0, PALETTE_SIZE).forEach((entry, k) => {
    const value = Number.parseInt(entry.color.slice(1, 7), 16);
    bytes.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, 255], k * 4);
  });
  return new TextureUniform({ typedArray: bytes, width: PALETTE_SIZE, height: 1, repeat: false });
}

export interface FacadeShader {
  readonly shader: CustomShader;
  setLight(light: SceneLight): void;
  setTheme(theme: CityTheme | null): void;
  /** Dims everything but the chosen feature; `featureId` -1 dims all, null nothing. */
  setChosen(chosen: { featureId: number; tileCenter: Cartesian3; within: number } | null): void;
  setAccent(hex: string): void;
}

const FAR_BREAK = 1e9;

function themeBreaks(theme: CityTheme | null): [Cartesian4, Cartesian4] {
  const at = (k: number) => theme?.breaks?.[k] ?? FAR_BREAK;
  return [new Cartesian4(at(0), at(1), at(2), at(3)), new Cartesian4(at(4), at(5), at(6), at(7))];
}

function declareUniforms(): ConstructorParameters<typeof CustomShader>[0]["uniforms"] {
  const vec3 = () => ({ type: UniformType.VEC3, value: new Cartesian3() });
  const vec4 = () => ({ type: UniformType.VEC4, value: new Cartesian4() });
  const float = (value: number) => ({ type: UniformType.FLOAT, value });
  return {
    u_airUp: vec3(),
    u_airSun: vec3(),
    u_airColor: vec3(),
    u_airSunward: vec3(),
    u_airDensity: { type: UniformType.VEC4, value: new Cartesian4(0, 100, 0, 1000) },
    u_zenith: vec3(),
    u_groundColor: vec3(),
    u_sunColor: vec3(),
    u_skyColor: vec3(),
    u_bounceColor: vec3(),
    u_streetShade: float(0),
    u_lit: float(0),
    u_night: float(0),
    u_white: float(0),
    u_thematic: float(0),
    u_theme: float(0),
    u_themeBy: float(0),
    u_breaksA: vec4(),
    u_breaksB: vec4(),
    u_themeColors: { type: UniformType.SAMPLER_2D, value: themeTexture(null) },
    u_selected: float(-1),
    u_selectedTile: vec4(),
    u_dim: float(1),
    u_accent: vec3(),
  };
}

/** The one shader of generated buildings; looks, themes and the chosen building are uniforms. */
export function createFacadeShader(): FacadeShader {
  const shader = new CustomShader({
    lightingModel: LightingModel.UNLIT,
    uniforms: declareUniforms(),
    varyings: { v_bld: VaryingType.VEC4, v_wall: VaryingType.VEC2 },
    vertexShaderText: FACADE_VERTEX,
    fragmentShaderText: FACADE_FRAGMENT,
  });
  return {
    shader,
    setLight(light) {
      const { palette, choice } = light;
      for (const [name, value] of Object.entries(airUniforms(light))) shader.setUniform(name, value);
      shader.setUniform("u_zenith", linearColor(palette.zenith));
      shader.setUniform("u_groundColor", linearColor(palette.ground.land, 0.8));
      shader.setUniform("u_sunColor", linearColor(palette.sun, palette.sunPower));
      shader.setUniform("u_skyColor", linearColor(palette.skyLight, palette.skyPower));
      shader.setUniform("u_bounceColor", linearColor(palette.bounce, palette.bouncePower));
      shader.setUniform("u_streetShade", palette.streetShade);
      shader.setUniform("u_lit", palette.lit);
      shader.setUniform("u_night", palette.ground.glow);
      shader.setUniform("u_white", choice.look === "white" ? 1 : 0);
      shader.setUniform("u_thematic", choice.look === "thematic" ? 1 : 0);
    },
    setTheme(theme) {
      const source = theme ? THEME_SOURCES.indexOf(theme.property) : -1;
      const [low, high] = themeBreaks(theme);
      shader.setUniform("u_theme", source >= 0 ? 1 : 0);
      shader.setUniform("u_themeBy", Math.max(0, source));
      shader.setUniform("u_breaksA", low);
      shader.setUniform("u_breaksB", high);
      shader.setUniform("u_themeColors", themeTexture(theme));
    },
    setChosen(chosen) {
      shader.setUniform("u_dim", chosen ? 0.8 : 1);
      shader.setUniform("u_selected", chosen?.featureId ?? -1);
      const c = chosen?.tileCenter ?? Cartesian3.ZERO;
      shader.setUniform("u_selectedTile", new Cartesian4(c.x, c.y, c.z, chosen?.within ?? 0));
    },
    setAccent(hex) {
      shader.setUniform("u_accent", linearColor(hex));
    },
  };
}
