import { Cartesian3, Material } from "cesium";
import {
  ASPECT_COLORS,
  ELEVATION_RAMP,
  type ReliefDisplay,
  SLOPE_CLASSES,
  type TerrainRange,
} from "../domain/terrain.ts";
import { AIR_GLSL } from "./air-glsl.ts";
import { airUniforms, type SceneLight } from "./scene-look.ts";

const MODES = { none: 0, elevation: 1, slope: 2, aspect: 3 } as const;
/** Where a terrain does not say how high it is. */
const UNKNOWN_RANGE: TerrainRange = { min: 0, max: 1000 };

function glsl(hex: string): string {
  const channel = (at: number) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(4);
  return `vec3(${channel(1)}, ${channel(3)}, ${channel(5)})`;
}

const RAMP = `vec3 twinRamp(float share) {
  vec3 colors[${ELEVATION_RAMP.length}];
${ELEVATION_RAMP.map((hex, k) => `  colors[${k}] = ${glsl(hex)};`).join("\n")}
  float at = clamp(share, 0.0, 1.0) * ${(ELEVATION_RAMP.length - 1).toFixed(1)};
  int low = int(min(floor(at), ${(ELEVATION_RAMP.length - 2).toFixed(1)}));
  return mix(colors[low], colors[low + 1], at - float(low));
}
vec3 twinSlope(float deg) {
${SLOPE_CLASSES.slice(0, -1)
  .map(({ upToDeg, color }) => `  if (deg < ${upToDeg.toFixed(1)}) return ${glsl(color)};`)
  .join("\n")}
  return ${glsl(SLOPE_CLASSES.at(-1)!.color)};
}
vec3 twinAspect(float azimuth) {
  vec3 colors[8];
${ASPECT_COLORS.map((hex, k) => `  colors[${k}] = ${glsl(hex)};`).join("\n")}
  return colors[int(mod(floor(azimuth / ${(Math.PI / 4).toFixed(6)} + 0.5), 8.0))];
}`;

/**
 * Ground with relief: hill shade from the scene's own light, colours by height, slope or aspect, contour lines, and the same
 * air as everywhere on top. The frame of the slope is worked out from the place itself: Cesium's own aspect is interpolated
 * between vertices and breaks where it turns past north.
 */
const SOURCE = `${AIR_GLSL}
${RAMP}
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec3 world = (czm_inverseView * vec4(-materialInput.positionToEyeEC, 1.0)).xyz;
  vec3 up = normalize(world * vec3(1.0, 1.0, 1.0067395));
  vec3 east = normalize(vec3(-up.y, up.x, 0.0));
  vec3 north = cross(up, east);
  vec3 normal = normalize(czm_inverseViewRotation * materialInput.normalEC);
  vec3 enu = vec3(dot(normal, east), dot(normal, north), max(dot(normal, up), 0.02));
  float tilt = length(enu.xy) / enu.z;
  float light = dot(normal, u_airSun);
  float level = max(dot(up, u_airSun), 0.2);
  float shade = clamp(light / level, 0.0, 1.7) - 1.0;
  float near = u_airShare;
  vec3 color = vec3(0.0);
  float cover = 0.0;
  if (u_relief > 0.5) {
    float slopeDeg = degrees(atan(tilt / u_exaggeration));
    color = u_relief < 1.5
      ? twinRamp((materialInput.height - u_range.x) / max(u_range.y - u_range.x, 1.0))
      : u_relief < 2.5
        ? twinSlope(slopeDeg)
        : slopeDeg < 1.0 ? vec3(0.55) : twinAspect(atan(enu.x, enu.y));
    // the lowest of all, in the demo terrain the sea and the built-up plain, keeps the look of the map
    cover = 0.78 * (u_relief < 1.5 ? smoothstep(0.3, 2.0, materialInput.height - u_range.x) : 1.0);
  }
  float dark = clamp(-shade, 0.0, 1.0) * 0.62;
  float bright = clamp(shade, 0.0, 0.7) * 0.22;
  color = mix(color * cover, vec3(0.0), dark);
  cover = 1.0 - (1.0 - cover) * (1.0 - dark);
  color = mix(color, vec3(1.0), bright);
  cover = 1.0 - (1.0 - cover) * (1.0 - bright);
  if (u_contour > 0.0) {
    float at = materialInput.height / u_contour;
    float width = max(fwidth(at), 1e-5);
    float line = 1.0 - smoothstep(0.5, 1.3, abs(fract(at - 0.5) - 0.5) / width);
    float fifth = 1.0 - smoothstep(0.9, 1.9, abs(fract(at / 5.0 - 0.5) - 0.5) * 5.0 / width);
    float ink = max(line * 0.5, fifth * 0.85);
    // the plain at the foot of it all is no line, and rounding would draw its edge as one
    ink *= step(u_range.x + 0.25 * u_contour, materialInput.height);
    ink *= smoothstep(0.002, 0.012, tilt) * (1.0 - smoothstep(0.25, 0.6, width));
    color = mix(color, u_ink, ink);
    cover = 1.0 - (1.0 - cover) * (1.0 - ink);
  }
  color *= near;
  cover *= near;
  vec4 air = twinAir(-materialInput.positionToEyeEC);
  float airAlpha = air.a * near;
  vec3 over = pow(air.rgb, vec3(1.0 / 2.2));
  float alpha = 1.0 - (1.0 - cover) * (1.0 - airAlpha);
  material.diffuse = (color * (1.0 - airAlpha) + over * airAlpha) / max(alpha, 1e-4);
  material.alpha = alpha;
  return material;
}
`;

export interface ReliefMaterial {
  readonly material: Material;
  setLight(light: SceneLight): void;
  setShare(share: number): void;
  setDisplay(display: ReliefDisplay, range: TerrainRange | null): void;
}

export function createReliefMaterial(light: SceneLight): ReliefMaterial {
  const material = new Material({
    translucent: false,
    fabric: {
      uniforms: {
        ...airUniforms(light),
        u_airShare: 1,
        u_relief: 0,
        u_contour: 0,
        u_exaggeration: 1,
        u_range: new Cartesian3(0, 1000, 0),
        u_ink: inkOf(light),
      },
      source: SOURCE,
    },
  });
  const uniforms = material.uniforms as Record<string, unknown>;
  return {
    material,
    setLight(next) {
      Object.assign(uniforms, airUniforms(next), { u_ink: inkOf(next) });
    },
    setShare(share) {
      uniforms.u_airShare = share;
    },
    setDisplay({ exaggeration, shading, contours }, range) {
      const { min, max } = range ?? UNKNOWN_RANGE;
      Object.assign(uniforms, {
        u_relief: MODES[shading],
        u_contour: contours ?? 0,
        u_exaggeration: exaggeration,
        u_range: new Cartesian3(min, max, 0),
      });
    },
  };
}

function inkOf({ choice }: SceneLight): Cartesian3 {
  const isNight = choice.uiTheme === "night" || choice.look === "night";
  return isNight ? new Cartesian3(0.93, 0.86, 0.72) : new Cartesian3(0.3, 0.2, 0.12);
}
