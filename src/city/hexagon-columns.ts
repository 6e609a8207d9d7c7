import {
  Appearance,
  BillboardCollection,
  BlendingState,
  BoundingSphere,
  Cartesian3,
  Color,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryAttributes,
  GeometryInstance,
  Material,
  NearFarScalar,
  Primitive,
  PrimitiveType,
  VerticalOrigin,
} from "cesium";
import { NO_DATA_LEVEL, type WarningLevel } from "../domain/risk.ts";
import { ecefFromGeodetic } from "../geo/ellipsoid.ts";
import type { HexagonBins } from "./hexagon-bins.ts";
import type { LivePick } from "./live-contract.ts";
import { WARNING_HEX } from "./marks.ts";
import type { OverlayMark } from "./picking.ts";
import { isWarned } from "./sensor-field.ts";
import type { SensorInk } from "./sensor-ink.ts";
import type { Stage } from "./stage.ts";

const METERS_PER_DEG = 111_320;
/** Columns keep this share of their cell, so that neighbours stay apart. */
const FILL = 0.86;
const CALM = { night: "#8fa0b1", day: "#70808f" } as const;
const SILENT = { night: "#5b6875", day: "#9aa6b1" } as const;
/** Brightness of the six sides, lit from the south-west as the city is. */
const SIDES = [0.62, 0.78, 0.9, 0.84, 0.68, 0.56] as const;
const CORNERS = 6;
const VERTICES = CORNERS * 4 + CORNERS;
const INDICES = CORNERS * 6 + (CORNERS - 2) * 3;

const VERTEX = `
in vec3 position3DHigh;
in vec3 position3DLow;
in vec4 paint;
in vec2 part;
in float batchId;
out vec4 v_paint;
out vec2 v_part;
void main() {
  v_paint = paint;
  v_part = part;
  gl_Position = czm_modelViewProjectionRelativeToEye * czm_computePosition();
}`;

/** Sides fade towards the ground; silent hexagons (part.y < 0) are hatched. */
const FRAGMENT = `
in vec4 v_paint;
in vec2 v_part;
void main() {
  float rise = v_part.x;
  float alpha = v_paint.a * mix(0.9, 1.0, rise);
  if (v_part.y < 0.0) {
    vec2 at = gl_FragCoord.xy / czm_pixelRatio;
    float stripe = fract((at.x + at.y) / 8.0);
    if (stripe > 0.3) discard;
  }
  out_FragColor = vec4(v_paint.rgb, alpha);
}`;

/** Height of each column, metres. */
export function columnHeights(bins: HexagonBins, measure: "count" | "level"): Float32Array {
  const heights = new Float32Array(bins.count);
  let most = 1;
  for (let k = 0; k < bins.count; k++) most = Math.max(most, bins.sizes[k]!);
  for (let k = 0; k < bins.count; k++) {
    const share = measure === "count" ? bins.sizes[k]! / most : bins.meanWeight[k]! / 4;
    const isSilent = bins.worst[k] === NO_DATA_LEVEL;
    heights[k] = isSilent ? 4 : bins.size * ((bins.worst[k] === 0 ? 0.03 : 0.12) + 2.1 * share);
  }
  return heights;
}

/** All hexagons as one geometry: columns in the colour of their worst level, flat hatched plates where nothing is known. */
export function createColumns(bins: HexagonBins, heights: Float32Array, theme: "night" | "day"): Primitive {
  const arrays = {
    positions: new Float64Array(bins.count * VERTICES * 3),
    paints: new Uint8Array(bins.count * VERTICES * 4),
    parts: new Float32Array(bins.count * VERTICES * 2),
    indices: new Uint32Array(bins.count * INDICES),
  };
  drawOrder(bins).forEach((k, slot) => {
    writeColumn(arrays, bins, { k, slot, height: heights[k]!, theme });
  });
  const id: OverlayMark = {
    overlay: "live",
    row: -1,
    id: "",
    pick: (at) => (at ? pickAt(bins, at.longitudeDeg, at.latitudeDeg) : null),
  };
  return new Primitive({
    geometryInstances: new GeometryInstance({ id, geometry: geometryOf(arrays) }),
    appearance: new Appearance({
      translucent: true,
      closed: false,
      material: Material.fromType("Color"),
      vertexShaderSource: VERTEX,
      fragmentShaderSource: FRAGMENT,
      renderState: { depthTest: { enabled: true }, depthMask: true, blending: BlendingState.ALPHA_BLEND },
    }),
    asynchronous: false,
    compressVertices: false,
  });
}

/** Warned ones first: they are nearly solid and hide what is behind; what is seen through comes after. */
export function drawOrder(bins: HexagonBins): number[] {
  const rank = (k: number) => (bins.worst[k] === 0 ? 5 : bins.worst[k] === NO_DATA_LEVEL ? 6 : 0);
  return Array.from({ length: bins.count }, (_, k) => k).sort((a, b) => rank(a) - rank(b));
}

/** What is told of a hexagon when it is pointed at; null where there is none. */
export function pickAt(bins: HexagonBins, longitudeDeg: number, latitudeDeg: number): LivePick | null {
  const k = bins.indexAt(longitudeDeg, latitudeDeg);
  if (k < 0) return null;
  const [red = 0, orange = 0, yellow = 0, blue = 0] = bins.splits.subarray(4 * k, 4 * k + 4);
  return {
    kind: "hexagon",
    count: bins.sizes[k]!,
    split: [red, orange, yellow, blue],
    silent: bins.silent[k]!,
    center: { longitudeDeg: bins.centers[2 * k]!, latitudeDeg: bins.centers[2 * k + 1]!, height: 0 },
    radius: bins.size,
  };
}

interface ColumnArrays {
  readonly positions: Float64Array;
  readonly paints: Uint8Array;
  readonly parts: Float32Array;
  readonly indices: Uint32Array;
}

function paintOf(worst: number, theme: "night" | "day"): Color {
  if (worst === NO_DATA_LEVEL) return Color.fromCssColorString(SILENT[theme]).withAlpha(0.9);
  if (worst === 0) return Color.fromCssColorString(CALM[theme]).withAlpha(0.26);
  return Color.fromCssColorString(WARNING_HEX[theme][worst as WarningLevel]).withAlpha(0.94);
}

function writeColumn(
  arrays: ColumnArrays,
  bins: HexagonBins,
  {
    k,
    slot,
    height,
    theme,
  }: { readonly k: number; readonly slot: number; readonly height: number; readonly theme: "night" | "day" },
): void {
  const lon = bins.centers[2 * k]!;
  const lat = bins.centers[2 * k + 1]!;
  const north = (bins.size * FILL) / METERS_PER_DEG;
  const east = north / Math.cos((lat * Math.PI) / 180);
  const paint = paintOf(bins.worst[k]!, theme);
  const isSilent = bins.worst[k] === NO_DATA_LEVEL;
  let vertex = slot * VERTICES;
  let index = slot * INDICES;
  const put = (corner: number, at: number, shade: number): void => {
    const angle = (corner * Math.PI) / 3;
    const place = ecefFromGeodetic({
      longitudeDeg: lon + east * Math.sin(angle),
      latitudeDeg: lat + north * Math.cos(angle),
      height: at,
    });
    arrays.positions.set(place, 3 * vertex);
    arrays.paints.set(
      [paint.red * shade * 255, paint.green * shade * 255, paint.blue * shade * 255, paint.alpha * 255],
      4 * vertex,
    );
    arrays.parts.set([at > 2 ? 1 : 0, isSilent ? -1 : 1], 2 * vertex);
    vertex++;
  };
  for (let side = 0; side < CORNERS; side++) {
    const first = vertex;
    const shade = SIDES[side]!;
    put(side, 1, shade);
    put(side + 1, 1, shade);
    put(side, height, shade);
    put(side + 1, height, shade);
    arrays.indices.set([first, first + 1, first + 2, first + 2, first + 1, first + 3], index);
    index += 6;
  }
  const top = vertex;
  for (let corner = 0; corner < CORNERS; corner++) put(corner, height, 1);
  for (let corner = 1; corner < CORNERS - 1; corner++) {
    arrays.indices.set([top, top + corner + 1, top + corner], index);
    index += 3;
  }
}

function geometryOf({ positions, paints, parts, indices }: ColumnArrays): Geometry {
  const attributes = new GeometryAttributes();
  attributes.position = new GeometryAttribute({
    componentDatatype: ComponentDatatype.DOUBLE,
    componentsPerAttribute: 3,
    values: positions,
  });
  Object.assign(attributes, {
    paint: new GeometryAttribute({
      componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
      componentsPerAttribute: 4,
      normalize: true,
      values: paints,
    }),
    part: new GeometryAttribute({
      componentDatatype: ComponentDatatype.FLOAT,
      componentsPerAttribute: 2,
      values: parts,
    }),
  });
  return new Geometry({
    attributes,
    indices,
    primitiveType: PrimitiveType.TRIANGLES,
    boundingSphere: BoundingSphere.fromVertices(positions as unknown as number[]),
  });
}

/** The mark of its worst level on each warned column: level is told by shape, not by colour alone. */
export function createCaps(
  bins: HexagonBins,
  heights: Float32Array,
  ink: SensorInk,
  stage: Stage,
): BillboardCollection {
  const caps = new BillboardCollection({ scene: stage.scene });
  for (let k = 0; k < bins.count; k++) {
    const level = bins.worst[k]!;
    if (!isWarned(level)) continue;
    const [longitudeDeg, latitudeDeg] = [bins.centers[2 * k]!, bins.centers[2 * k + 1]!];
    const id: OverlayMark = {
      overlay: "live",
      row: -1,
      id: "",
      pick: () => pickAt(bins, longitudeDeg, latitudeDeg),
    };
    const { key, canvas, scale } = ink.mark(level, false, false);
    const cap = caps.add({
      id,
      position: Cartesian3.fromDegrees(longitudeDeg, latitudeDeg, heights[k]! + 0.08 * bins.size),
      verticalOrigin: VerticalOrigin.CENTER,
      scaleByDistance: new NearFarScalar(12 * bins.size, 0.9, 60 * bins.size, 0.5),
    });
    cap.setImage(key, canvas);
    cap.scale = scale;
  }
  return caps;
}
