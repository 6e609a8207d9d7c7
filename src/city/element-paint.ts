import { type Cesium3DTileContent, Color } from "cesium";
import { type ElementPaint, FAINT, HIDDEN, SHOWN, UNCOLOURED } from "../domain/reading/model-reading.ts";
import { forEachFeature } from "./tileset-features.ts";

const FAINT_ALPHA = 0.1;
const NO_STOREY = 65_535;

interface FeatureRows {
  readonly rows: Uint32Array;
  readonly storeys: Uint16Array;
}

const known = new WeakMap<Cesium3DTileContent, FeatureRows>();

/** Row and storey of every feature of a model's tile, read once. */
function rowsOf(content: Cesium3DTileContent): FeatureRows {
  const found = known.get(content);
  if (found) return found;
  const rows = new Uint32Array(content.featuresLength);
  const storeys = new Uint16Array(content.featuresLength);
  forEachFeature(content, (feature, id) => {
    rows[id] = Number(feature.getProperty("row") ?? 0xffffffff);
    storeys[id] = Number(feature.getProperty("storey") ?? NO_STOREY);
  });
  const read = { rows, storeys };
  known.set(content, read);
  return read;
}

/** Shows and hides the features of a model's tile. */
export function showFeatures(
  content: Cesium3DTileContent,
  hiddenStoreys: ReadonlySet<number>,
  paint: ElementPaint | null,
): void {
  const { rows, storeys } = rowsOf(content);
  forEachFeature(content, (feature, id) => {
    feature.show = !hiddenStoreys.has(storeys[id]!) && (paint?.show[rows[id]!] ?? SHOWN) !== HIDDEN;
  });
}

/** Own colour of each feature under a paint, before anything is emphasised: white leaves it as authored. */
export function colorReader(
  content: Cesium3DTileContent,
  paint: ElementPaint | null,
): (featureId: number) => Color {
  if (!paint) return () => Color.WHITE;
  const { rows } = rowsOf(content);
  const colors = [...paint.colors, UNCOLOURED].map((css) => Color.fromCssColorString(css));
  const faint = [...colors, Color.WHITE].map((color) => color.withAlpha(FAINT_ALPHA));
  return (id) => {
    const row = rows[id]!;
    const at = paint.codes ? Math.min(paint.codes[row] ?? 255, colors.length - 1) : colors.length;
    if (paint.show[row] === FAINT) return faint[at]!;
    return colors[at] ?? Color.WHITE;
  };
}

/** Whether a feature is among rows given as a mask. */
export function rowTester(content: Cesium3DTileContent, isWanted: (row: number) => boolean) {
  const { rows } = rowsOf(content);
  return (featureId: number) => isWanted(rows[featureId]!);
}
