import { AIR_GLSL } from "./air-glsl.ts";

/** Texels a line of the texture of rows; four rows a texel. */
export const ROW_TEXELS = 512;

/** What a filter says of the building: one that is left out goes pale, or shrinks to a point, which nothing draws or picks. */
const READ_ROW = `
  float row = vsInput.attributes.row.x + 65536.0 * vsInput.attributes.row.y;
  float texel = floor(row / 4.0);
  float line = floor(texel / ${ROW_TEXELS}.0);
  vec2 at = vec2(texel - line * ${ROW_TEXELS}.0 + 0.5, line + 0.5) / vec2(${ROW_TEXELS}.0, u_rowLines);
  vec4 four = textureLod(u_rows, at, 0.0);
  float k = row - 4.0 * texel;
  float code = k < 0.5 ? four.x : (k < 1.5 ? four.y : (k < 2.5 ? four.z : four.w));
  v_out = u_filtered * step(0.4, code);
  if (u_leftOut > 0.5 && v_out > 0.5) vsOutput.positionMC = vec3(0.0);
`;

/** Carries what is constant on a wall, so that its hash cannot flicker with the camera. */
export function facadeVertex(hasRows: boolean): string {
  return `
void vertexMain(VertexInput vsInput, inout czm_modelVertexOutput vsOutput) {
  v_bld = floor(vsInput.attributes.facade + 0.5);
  vec3 n = vsInput.attributes.normalMC;
  v_wall = vec2(floor(n.x * 7.0 + 0.5) + 13.0 * floor(n.z * 7.0 + 0.5), n.y);
${hasRows ? READ_ROW : ""}}
`;
}

/** A pale mass of the ground's colour: there, but not what was asked for. */
const PALE = `
  float mass = dot(base, vec3(0.3, 0.5, 0.2)) * dot(light, vec3(0.3, 0.5, 0.2));
  color = mix(color, mix(u_groundColor * dot(u_skyColor + 0.4 * u_sunColor, vec3(0.34)), vec3(mass), 0.35), 0.86 * step(0.5, v_out));
`;

const FACADE_PARTS = `
float twinHash(vec3 p) {
  p = fract(p * vec3(0.1031, 0.1130, 0.0973));
  p += dot(p, p.yzx + 33.33);
  return fract((p.x + p.y) * p.z);
}
float twinPulseSum(float x, float a, float b) {
  return floor(x) * (b - a) + clamp(fract(x) - a, 0.0, b - a);
}
float twinPulse(float x, float w, float a, float b) {
  return clamp((twinPulseSum(x + 0.5 * w, a, b) - twinPulseSum(x - 0.5 * w, a, b)) / w, 0.0, 1.0);
}
// Lit windows at any distance: clusters of windows as large as the pixel, each as bright as its own luck.
float twinCluster(vec2 uv, float level, float salt) {
  float size = exp2(level);
  return twinHash(vec3(floor(uv / size) + 0.5 + level * 17.0, salt));
}
float twinIs(float use, float code) { return step(abs(use - code), 0.5); }
float twinNoise(vec2 p) {
  vec2 i = floor(p);
  vec2 f = p - i;
  f = f * f * (3.0 - 2.0 * f);
  float a = twinHash(vec3(i, 1.0));
  float b = twinHash(vec3(i + vec2(1.0, 0.0), 1.0));
  float c = twinHash(vec3(i + vec2(0.0, 1.0), 1.0));
  float d = twinHash(vec3(i + vec2(1.0, 1.0), 1.0));
  return mix(mix(a, b, f.x), mix(c, d, f.x), f.y);
}
vec3 twinSky(vec3 dir, vec3 up, vec3 sun) {
  float e = dot(dir, up);
  vec3 flatDir = normalize(dir - up * e + 1e-5);
  vec3 flatSun = normalize(sun - up * dot(sun, up) + 1e-5);
  float toSun = pow(clamp(0.5 + 0.5 * dot(flatDir, flatSun), 0.0, 1.0), 6.0);
  vec3 rim = mix(u_airColor, u_airSunward, toSun);
  vec3 sky = mix(rim, u_zenith, smoothstep(0.0, 0.8, e));
  return mix(u_groundColor, sky, smoothstep(-0.06, 0.03, e));
}
vec3 twinThemeColor(float code, float height, float year) {
  float value = u_themeBy < 0.5 ? code : (u_themeBy < 1.5 ? height : year);
  float k = 0.0;
  if (u_themeBy < 0.5) k = value;
  else k = dot(step(u_breaksA, vec4(value)), vec4(1.0)) + dot(step(u_breaksB, vec4(value)), vec4(1.0));
  vec3 srgb = texture(u_themeColors, vec2((k + 0.5) / 16.0, 0.5)).rgb;
  return pow(srgb, vec3(2.2));
}
vec3 twinPlaster(float use, float seed, float year) {
  float t = fract(seed * 0.0390625 + 0.13);
  float s = fract(seed * 0.1171875);
  vec3 warm = mix(vec3(0.53, 0.49, 0.435), vec3(0.70, 0.67, 0.615), t);
  vec3 cool = mix(vec3(0.50, 0.51, 0.515), vec3(0.68, 0.69, 0.69), s);
  vec3 brick = mix(vec3(0.45, 0.345, 0.285), vec3(0.56, 0.44, 0.365), s);
  float old = 1.0 - smoothstep(70.0, 95.0, year);
  float isBrick = twinIs(use, 0.0) * step(0.84, t) * (0.35 + 0.65 * old) + twinIs(use, 4.0) * step(0.7, s) * 0.7;
  float isCool = max(twinIs(use, 2.0), max(twinIs(use, 7.0), twinIs(use, 5.0))) * 0.75 + twinIs(use, 3.0) * 0.9;
  vec3 c = mix(mix(warm, cool, isCool), brick, clamp(isBrick, 0.0, 1.0));
  return c * mix(0.92, 1.05, s) * mix(0.90, 1.0, smoothstep(60.0, 115.0, year));
}
`;

/**
 * Windows, light and air of generated buildings. Unlit model: the light is computed here, so that all four looks are
 * uniforms and a change of look costs one frame. Windows are box-filtered in closed form: they fade to their mean in the
 * distance and never shimmer.
 */
export const facadeFragment = (hasRows: boolean): string => `${AIR_GLSL}${FACADE_PARTS}
void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
  vec3 posEC = fsInput.attributes.positionEC;
  vec3 n = normalize(fsInput.attributes.normalEC);
  vec3 up = twinUpEC();
  vec3 sun = twinSunEC();
  vec3 view = normalize(posEC);
  float use = floor(v_bld.x + 0.5);
  float seed = floor(v_bld.y + 0.5);
  float year = floor(v_bld.z + 0.5);
  float height = floor(v_bld.w + 0.5) * 2.0;
  float wallSalt = 37.0 * floor(v_wall.x + 0.5);
  float d = length(posEC);
  float above = max(0.0, czm_eyeHeight + dot(posEC, up) + d * d * 7.85e-8);
  vec2 uv = fsInput.attributes.texCoord_0 * 0.0625;
  vec2 fw = clamp(fwidth(uv), vec2(0.002), vec2(64.0));
  float isRoof = smoothstep(0.35, 0.6, dot(n, up));

  float bay = floor(uv.x);
  float level = floor(uv.y + 0.001);
  vec3 cell = vec3(bay + wallSalt, level, seed);
  float h1 = twinHash(cell + 0.5);
  float h2 = twinHash(cell.yxz + 17.5);
  float far = smoothstep(0.35, 1.1, max(fw.x, fw.y));
  h1 = mix(h1, 0.5, far);

  float isHome = twinIs(use, 0.0);
  float isShop = twinIs(use, 1.0);
  float isOffice = twinIs(use, 2.0);
  float isPlant = twinIs(use, 3.0);
  float isHall = max(twinIs(use, 6.0), twinIs(use, 7.0));
  float tall = smoothstep(50.0, 90.0, height);
  float curtain = max(isOffice * max(tall, step(0.55, fract(seed * 0.137))), isShop * tall);
  float ribbon = max(isOffice * (1.0 - curtain), isShop * (1.0 - curtain));
  float blank = 1.0 - step(0.0005, uv.x + uv.y);
  float ground = (1.0 - smoothstep(0.98, 1.02, uv.y)) * (1.0 - isRoof) * (1.0 - blank);
  float shopLevels = isShop * (1.0 - step(3.0, uv.y));
  float front = max(shopLevels, ground * max(max(isOffice, isShop), isHome * step(0.5, fract(seed * 0.31))));

  vec2 lo = vec2(0.20, 0.30);
  vec2 hi = vec2(0.80, 0.80);
  lo = mix(lo, vec2(0.0, 0.36), ribbon);
  hi = mix(hi, vec2(1.0, 0.84), ribbon);
  lo = mix(lo, vec2(0.035, 0.10), curtain);
  hi = mix(hi, vec2(0.965, 0.97), curtain);
  lo = mix(lo, vec2(0.06, 0.60), isPlant);
  hi = mix(hi, vec2(0.94, 0.82), isPlant);
  lo = mix(lo, vec2(0.10, 0.16), isHall);
  hi = mix(hi, vec2(0.90, 0.88), isHall);
  lo = mix(lo, vec2(0.05, 0.10), front);
  hi = mix(hi, vec2(0.95, 0.74), front);
  float balcony = isHome * step(0.5, fract((bay + seed) * 0.3333)) * (1.0 - far) * (1.0 - front);
  lo.x = mix(lo.x, 0.08, balcony);
  hi.x = mix(hi.x, 0.92, balcony);

  float window = twinPulse(uv.x, fw.x, lo.x, hi.x) * twinPulse(uv.y, fw.y, lo.y, hi.y);
  vec2 frame = mix(vec2(0.035, 0.03), vec2(0.012, 0.012), curtain);
  float glass = twinPulse(uv.x, fw.x, lo.x + frame.x, hi.x - frame.x) * twinPulse(uv.y, fw.y, lo.y + frame.y, hi.y - frame.y);
  float mullion = (1.0 - curtain) * twinPulse(uv.x, fw.x, 0.48, 0.52);
  glass *= 1.0 - mullion * 0.8;
  float lintel = twinPulse(uv.x, fw.x, lo.x, hi.x) * twinPulse(uv.y, fw.y, hi.y - 0.10, hi.y);
  float slab = twinPulse(uv.y, fw.y, 0.0, 0.07);
  float rail = balcony * twinPulse(uv.y, fw.y, 0.02, 0.34) * twinPulse(uv.x, fw.x, 0.06, 0.94);
  window *= 1.0 - isRoof;
  glass *= 1.0 - isRoof;

  vec3 wall = twinPlaster(use, seed, year);
  vec3 spandrel = mix(wall, mix(vec3(0.25, 0.29, 0.325), vec3(0.36, 0.37, 0.37), fract(seed * 0.37)), curtain * 0.85);
  wall = mix(spandrel, wall * 1.08, slab * (1.0 - curtain) * 0.6);
  wall *= 1.0 - 0.10 * isPlant * (1.0 - far) * twinPulse(uv.x * 12.0, fw.x * 12.0, 0.0, 0.4);
  wall = mix(wall, wall * 0.72, ground * 0.75);
  wall = mix(wall, wall * 0.86, rail);
  float cap = (1.0 - isRoof) * smoothstep(height - 1.3, height - 0.9, above);
  wall = mix(wall, wall * 1.16, cap * (1.0 - curtain));

  vec2 roofAt = fsInput.attributes.positionMC.xz;
  float roofFade = 1.0 - smoothstep(0.5, 3.0, fwidth(roofAt.x) + fwidth(roofAt.y));
  float gravel = mix(0.5, 0.65 * twinNoise(roofAt * 0.16) + 0.35 * twinNoise(roofAt * 1.3), roofFade);
  float tone = fract(seed * 0.2109375);
  vec3 roof = mix(vec3(0.30, 0.305, 0.31), vec3(0.45, 0.445, 0.43), tone) * mix(0.84, 1.14, gravel);
  roof = mix(roof, mix(vec3(0.35, 0.42, 0.47), vec3(0.47, 0.49, 0.50), tone), isPlant * 0.8);
  roof = mix(roof, vec3(0.38, 0.26, 0.215), isHome * step(0.82, tone) * step(height, 24.0) * 0.8);
  vec3 plain = mix(wall, roof, isRoof);

  vec3 themed = u_theme > 0.5 ? twinThemeColor(use, height, year + 1900.0) : vec3(0.52, 0.53, 0.54);
  vec3 clay = mix(vec3(0.80, 0.80, 0.79), themed, u_thematic);
  float model = max(u_white, u_thematic);
  vec3 modelColor = clay * (1.0 - 0.13 * window * (1.0 - u_thematic * 0.4)) * mix(1.0, 1.04, isRoof);
  vec3 base = mix(plain, modelColor, model);
  base = mix(base, themed, u_theme * (1.0 - model) * 0.55);

  float ndl = max(dot(n, sun), 0.0);
  float shadeLine = smoothstep(6.0, 24.0, above + (fract(seed * 0.73) - 0.5) * 10.0);
  float sunSeen = mix(1.0, shadeLine, u_streetShade * (1.0 - 0.4 * isRoof));
  float open = 0.55 + 0.45 * dot(n, up);
  float contact = mix(0.60, 1.0, smoothstep(0.0, 7.0, above)) * mix(0.86, 1.0, smoothstep(0.0, 34.0, above));
  contact = mix(contact, 1.0, isRoof * 0.5);
  vec3 light = u_sunColor * ndl * sunSeen + (u_skyColor * mix(0.62, 1.0, open) + u_bounceColor * (1.0 - open)) * contact;
  light += u_bounceColor * u_night * 2.2 * exp(-above / 6.0) * (1.0 - isRoof);
  vec3 color = base * light;

  float real = 1.0 - model;
  color *= 1.0 - real * 0.34 * (window - glass) * (1.0 - isRoof);
  color *= 1.0 - real * 0.30 * lintel * (1.0 - curtain) * (1.0 - far);

  vec3 bend = vec3(h1 - 0.5, h2 - 0.5, fract(h1 * 7.0) - 0.5) * 0.035 * (1.0 - far);
  vec3 mirror = reflect(view, normalize(n + bend));
  mirror -= up * min(dot(mirror, up), 0.0) * 1.75;
  float facing = clamp(-dot(view, n), 0.0, 1.0);
  float mirrorShare = mix(0.10, 0.46, curtain);
  float fresnel = mirrorShare + (1.0 - mirrorShare) * pow(1.0 - facing, 5.0);
  vec3 pane = mix(vec3(0.035, 0.045, 0.055), vec3(0.05, 0.075, 0.095), curtain) + 0.10 * step(0.78, h2) * (1.0 - curtain) * (1.0 - far);
  vec3 sky = twinSky(mirror, up, sun);
  float glint = pow(max(dot(mirror, sun), 0.0), 260.0) * sunSeen;
  vec3 glazing = pane * (light * 0.6 + 0.15 * u_skyColor) + sky * fresnel + u_sunColor * glint * 2.2;
  glazing = mix(glazing, glazing * 0.72, front);
  color = mix(color, glazing, glass * real);

  float floorBusy = 0.45 + 0.55 * twinHash(vec3(level * 3.0 + floor(bay / 4.0) * 7.0 + 5.0, seed, 2.5));
  floorBusy = mix(floorBusy, 0.72, far);
  float share = u_lit * mix(mix(1.0, 1.7 * floorBusy * floorBusy, max(isOffice, curtain)), 0.25, isPlant);
  share = mix(share, u_lit * 1.7, front);
  float reach = max(0.0, log2(max(fw.x, fw.y) * 1.6));
  float salt = seed + wallSalt;
  float luck = mix(twinCluster(uv, floor(reach), salt), twinCluster(uv, 1.0 + floor(reach), salt), fract(reach));
  float crowd = share * 2.9 * luck * luck * luck;
  float lamp = mix(step(1.0 - share, h1) * (0.55 + 0.75 * h2), crowd, far);
  vec3 lampColor = mix(vec3(1.0, 0.53, 0.18), vec3(1.0, 0.74, 0.40), mix(h2, luck, far));
  lampColor = mix(lampColor, vec3(1.0, 0.82, 0.56), max(isOffice, curtain) * 0.6);
  color += lampColor * lamp * glass * real * mix(0.7, 1.15, u_night) * mix(1.0, 0.8, front);
  float crown = u_night * real * step(120.0, height) * (1.0 - isRoof) * smoothstep(height - 5.0, height - 2.5, above);
  color += vec3(1.0, 0.78, 0.5) * crown * 0.55;

  float edge = max(fw.x, fw.y);
  color *= 1.0 - u_white * 0.16 * twinPulse(uv.y, fw.y, 0.0, 0.05) * (1.0 - smoothstep(0.2, 0.6, edge)) * (1.0 - isRoof);
${hasRows ? PALE : ""}
  float chosen = u_selected >= 0.0 && abs(float(fsInput.featureIds.featureId_0) - u_selected) < 0.5
    && distance(czm_model[3].xyz, u_selectedTile.xyz) < u_selectedTile.w ? 1.0 : 0.0;
  color = mix(color * u_dim, color, chosen);
  float rim = pow(1.0 - facing, 2.0);
  float baseLine = max(smoothstep(height - 2.2, height - 1.4, above), 1.0 - smoothstep(0.8, 1.8, above)) * (1.0 - isRoof);
  color = mix(color, u_accent, chosen * clamp(0.12 + 0.30 * rim + 0.8 * baseLine, 0.0, 0.9));

  color = color / (1.0 + max(color - 0.72, 0.0) * 0.85);
  vec4 air = twinAir(posEC);
  material.diffuse = mix(color, air.rgb, air.a);
}
`;
