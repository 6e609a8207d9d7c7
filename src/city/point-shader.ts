/** How many looks a cloud of points may have; number 0 is the hidden one. */
export const MOST_LOOKS = 8;

/**
 * A point on its way is between where it began and its place by the share of the time that has passed; `wayPerS` of one at rest is 0.
 * A look a point, by its number: fill, rim, and in pixels the size of the fill and the width of the rim.
 */
export const POINT_VERTEX_SHADER = `
in vec3 position;
in vec3 wayFrom;
in vec2 wayTime;
in float look;
uniform float u_seconds;
uniform vec4 u_fills[${MOST_LOOKS}];
uniform vec4 u_rims[${MOST_LOOKS}];
uniform vec2 u_sizes[${MOST_LOOKS}];
out vec4 v_fill;
out vec4 v_rim;
out float v_fillShare;
void main() {
  int k = int(look + 0.5);
  float fillPx = u_sizes[k].x;
  float allPx = fillPx + 2.0 * u_sizes[k].y;
  v_fill = u_fills[k];
  v_rim = u_rims[k];
  v_fillShare = fillPx / max(allPx, 1.0);
  float share = wayTime.y == 0.0 ? 1.0 : clamp((u_seconds - wayTime.x) * wayTime.y, 0.0, 1.0);
  vec3 place = share == 1.0 ? position : mix(wayFrom, position, share);
  gl_Position = czm_projection * (czm_modelView * vec4(place, 1.0));
  czm_vertexLogDepth();
  gl_PointSize = allPx * czm_pixelRatio;
  if (k == 0) {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    gl_PointSize = 0.0;
  }
}`;

/** A disc with a rim, smooth at both edges. */
export const POINT_FRAGMENT_SHADER = `
in vec4 v_fill;
in vec4 v_rim;
in float v_fillShare;
uniform vec4 u_pickColor;
void main() {
  float r = 2.0 * length(gl_PointCoord - 0.5);
  float soft = 2.0 * fwidth(gl_PointCoord.x);
  float isInside = 1.0 - smoothstep(1.0 - soft, 1.0, r);
  float isFill = 1.0 - smoothstep(v_fillShare - soft, v_fillShare, r);
  vec4 color = mix(v_rim, v_fill, isFill);
  color.a *= isInside;
  if (color.a < 0.005) discard;
  out_FragColor = czm_gammaCorrect(color);
  czm_writeLogDepth();
}`;
