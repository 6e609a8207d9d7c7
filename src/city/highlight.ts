import { Cartesian3, type Cesium3DTileContent, Color } from "cesium";
import { hasRow } from "../domain/reading/row-set.ts";
import type { CityHighlight } from "./contract.ts";
import { colorReader, rowTester } from "./element-paint.ts";
import type { FacadeShader } from "./facade-shader.ts";
import { findFeature, forEachFeature } from "./tileset-features.ts";
import { isDressed, type TilesetEntry, type Tilesets } from "./tilesets.ts";

const scratch = new Color();
/** Others dim by a fifth, never vanish. */
const DIMMED = new Color(0.8, 0.8, 0.8, 1);

/**
 * Metres between the centre of a tile's box and of its mesh: nothing for leaves, up to 30 for inner tiles, whose boxes hold
 * their children too. Centres of different tiles are a kilometre apart.
 */
const SAME_TILE = 120;

export interface Highlighter {
  set(target: CityHighlight): void;
  setAccent(hex: string): void;
  /** A tile has come: what is emphasised may be in it. */
  onContent(entry: TilesetEntry, content: Cesium3DTileContent): void;
  /** A model's elements are painted otherwise. */
  onPaint(entry: TilesetEntry, content: Cesium3DTileContent): void;
  reapply(): void;
}

/** `model-1/spaces` is of `model-1`. */
function belongsTo(tilesetId: string, owner: string): boolean {
  return tilesetId === owner || tilesetId.startsWith(`${owner}/`);
}

function tintOf(accent: Color): Color {
  return Color.lerp(Color.WHITE, accent, 0.75, new Color());
}

/** City buildings are emphasised in their shader; features of models and foreign tilesets by their own colour. */
export function createHighlighter(
  tilesets: () => Tilesets,
  facade: () => FacadeShader | null,
  onFound: (entry: TilesetEntry, content: Cesium3DTileContent, featureId: number) => void,
): Highlighter {
  let target: CityHighlight = { kind: "none" };
  let tint = tintOf(Color.fromCssColorString("#3dd6c3"));
  const painted = new WeakSet<Cesium3DTileContent>();

  const paint = (entry: TilesetEntry, content: Cesium3DTileContent): void => {
    const isFeature = target.kind === "feature";
    if (!isFeature && !painted.has(content) && !entry.paint) return;
    const colorOf = colorReader(content, entry.paint);
    const { selected } = entry;
    const isSelected = selected.length > 1 ? rowTester(content, (row) => hasRow(selected, row)) : () => false;
    const isHere = isFeature && target.kind === "feature" && belongsTo(entry.request.id, target.tilesetId);
    const chosen =
      isHere && target.kind === "feature" ? findFeature(content, target.property, target.value) : -1;
    forEachFeature(content, (feature, id) => {
      const own = colorOf(id);
      if (!isFeature) feature.color = own;
      else if (id === chosen || isSelected(id)) feature.color = tint;
      else feature.color = own === Color.WHITE ? DIMMED : Color.multiply(own, DIMMED, scratch);
    });
    if (isFeature || entry.paint) painted.add(content);
    else painted.delete(content);
    if (chosen >= 0) onFound(entry, content, chosen);
  };

  const searchCity = (entry: TilesetEntry, content: Cesium3DTileContent): boolean => {
    if (target.kind !== "feature" || target.tilesetId !== entry.request.id) return false;
    const featureId = findFeature(content, target.property, target.value);
    if (featureId < 0) return false;
    facade()?.setChosen({ featureId, tileCenter: content.tile.boundingSphere.center, within: SAME_TILE });
    onFound(entry, content, featureId);
    return true;
  };

  const applyTo = (entry: TilesetEntry, content: Cesium3DTileContent): void => {
    if (isDressed(entry)) searchCity(entry, content);
    else paint(entry, content);
  };

  const reapply = (): void => {
    facade()?.setChosen(
      target.kind === "feature" ? { featureId: -1, tileCenter: Cartesian3.ZERO, within: 0 } : null,
    );
    for (const entry of tilesets().entries.values())
      for (const content of entry.loaded?.contents ?? []) applyTo(entry, content);
  };

  return {
    set(next) {
      target = next;
      reapply();
    },
    setAccent(hex) {
      tint = tintOf(Color.fromCssColorString(hex));
      facade()?.setAccent(hex);
      if (target.kind === "feature") reapply();
    },
    onContent(entry, content) {
      if (target.kind === "feature") applyTo(entry, content);
    },
    onPaint: paint,
    reapply,
  };
}
