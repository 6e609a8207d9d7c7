/**
 * GLSL of the air, shared by facades, ground, water and models so that nothing stands out of the haze. Two exponential
 * layers (mist on the ground, thin air above), integrated along the view ray in closed form; the colour leans to the sun.
 * Needs the uniforms of `AIR_UNIFORMS`. `rayEC` is the eye-space position, metres.
 */
export const AIR_GLSL = `
float twinLayer(float d, float h0, float h1, float density, float scale) {
  float a = exp(-max(h0, 0.0) / scale);
  float b = exp(-max(h1, 0.0) / scale);
  float dh = (h1 - h0) / scale;
  float mean = abs(dh) < 0.01 ? 0.5 * (a + b) : (a - b) / dh;
  return density * d * mean;
}
vec3 twinUpEC() { return czm_viewRotation * u_airUp; }
vec3 twinSunEC() { return czm_viewRotation * u_airSun; }
vec4 twinAir(vec3 rayEC) {
  float d = length(rayEC);
  vec3 dir = rayEC / max(d, 0.001);
  vec3 up = twinUpEC();
  float h0 = czm_eyeHeight;
  float h1 = h0 + dot(rayEC, up) + d * d * 7.85e-8;
  float near = smoothstep(0.0, 900.0, d);
  float tau = near * (twinLayer(d, h0, h1, u_airDensity.x, u_airDensity.y) + twinLayer(d, h0, h1, u_airDensity.z, u_airDensity.w));
  vec3 sun = twinSunEC();
  vec3 flatDir = normalize(dir - up * dot(dir, up) + 1e-5);
  vec3 flatSun = normalize(sun - up * dot(sun, up) + 1e-5);
  float toSun = pow(clamp(0.5 + 0.5 * dot(flatDir, flatSun), 0.0, 1.0), 6.0);
  return vec4(mix(u_airColor, u_airSunward, toSun), 1.0 - exp(-tau));
}
`;
