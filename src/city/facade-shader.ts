import {
  Cartesian3,
  Cartesian4,
  CustomShader,
  LightingModel,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  TextureUniform,
  UniformType,
  VaryingType,
} from "cesium";
import type { BuildingFilter, CityTheme } from "./contract.ts";
import { facadeFragment, facadeVertex, ROW_TEXELS } from "./facade-glsl.ts";
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

/** A byte a row, four rows a texel: 255 where the filter leaves a building out. */
function rowTexture(filter: BuildingFilter | null): { texture: TextureUniform; lines: number } {
  const rows = filter?.leftOut ?? new Uint8Array(4);
  const lines = Math.max(1, Math.ceil(rows.length / 4 / ROW_TEXELS));
  const typedArray = new Uint8Array(lines * ROW_TEXELS * 4);
  for (let row = 0; row < rows.length; row++) if (rows[row]) typedArray[row] = 255;
  const texture = new TextureUniform({
    typedArray,
    width: ROW_TEXELS,
    height: lines,
    repeat: false,
    minificationFilter: TextureMinificationFilter.NEAREST,
    magnificationFilter: TextureMagnificationFilter.NEAREST,
  });
  return { texture, lines };
}

export interface FacadeShader {
  /** For meshes with _ROW, which a filter can take out, and for those without. */
  shaderFor(hasRows: boolean): CustomShader;
  setLight(light: SceneLight): void;
  setTheme(theme: CityTheme | null): void;
  /** Dims everything but the chosen feature; `featureId` -1 dims all, null nothing. */
  setChosen(chosen: { featureId: number; tileCenter: Cartesian3; within: number } | null): void;
  setAccent(hex: string): void;
  setFilter(filter: BuildingFilter | null): void;
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

function makeShader(hasRows: boolean): CustomShader {
  const { texture, lines } = rowTexture(null);
  return new CustomShader({
    lightingModel: LightingModel.UNLIT,
    uniforms: {
      ...declareUniforms(),
      ...(hasRows && {
        u_rows: { type: UniformType.SAMPLER_2D, value: texture },
        u_rowLines: { type: UniformType.FLOAT, value: lines },
        u_filtered: { type: UniformType.FLOAT, value: 0 },
        u_leftOut: { type: UniformType.FLOAT, value: 0 },
      }),
    },
    varyings: {
      v_bld: VaryingType.VEC4,
      v_wall: VaryingType.VEC2,
      ...(hasRows && { v_out: VaryingType.FLOAT }),
    },
    vertexShaderText: facadeVertex(hasRows),
    fragmentShaderText: facadeFragment(hasRows),
  });
}

/** The shader of generated buildings, in two kinds; looks, themes, filters and the chosen building are uniforms. */
export function createFacadeShader(): FacadeShader {
  const plain = makeShader(false);
  const withRows = makeShader(true);
  const set = (name: string, value: Parameters<CustomShader["setUniform"]>[1]): void => {
    plain.setUniform(name, value);
    withRows.setUniform(name, value);
  };
  return {
    shaderFor: (hasRows) => (hasRows ? withRows : plain),
    setLight(light) {
      const { palette, choice } = light;
      for (const [name, value] of Object.entries(airUniforms(light))) set(name, value);
      set("u_zenith", linearColor(palette.zenith));
      set("u_groundColor", linearColor(palette.ground.land, 0.8));
      set("u_sunColor", linearColor(palette.sun, palette.sunPower));
      set("u_skyColor", linearColor(palette.skyLight, palette.skyPower));
      set("u_bounceColor", linearColor(palette.bounce, palette.bouncePower));
      set("u_streetShade", palette.streetShade);
      set("u_lit", palette.lit);
      set("u_night", palette.ground.glow);
      set("u_white", choice.look === "white" ? 1 : 0);
      set("u_thematic", choice.look === "thematic" ? 1 : 0);
    },
    setTheme(theme) {
      const source = theme ? THEME_SOURCES.indexOf(theme.property) : -1;
      const [low, high] = themeBreaks(theme);
      set("u_theme", source >= 0 ? 1 : 0);
      set("u_themeBy", Math.max(0, source));
      set("u_breaksA", low);
      set("u_breaksB", high);
      for (const shader of [plain, withRows]) shader.setUniform("u_themeColors", themeTexture(theme));
    },
    setChosen(chosen) {
      set("u_dim", chosen ? 0.8 : 1);
      set("u_selected", chosen?.featureId ?? -1);
      const c = chosen?.tileCenter ?? Cartesian3.ZERO;
      set("u_selectedTile", new Cartesian4(c.x, c.y, c.z, chosen?.within ?? 0));
    },
    setAccent(hex) {
      set("u_accent", linearColor(hex));
    },
    setFilter(filter) {
      withRows.setUniform("u_filtered", filter ? 1 : 0);
      withRows.setUniform("u_leftOut", filter?.others === "hidden" ? 1 : 0);
      if (!filter) return;
      const { texture, lines } = rowTexture(filter);
      withRows.setUniform("u_rows", texture);
      withRows.setUniform("u_rowLines", lines);
    },
  };
}
