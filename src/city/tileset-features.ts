import type { Cesium3DTile, Cesium3DTileContent, Cesium3DTileFeature, Cesium3DTileset } from "cesium";
import type { AttributeValue } from "../domain/selection.ts";

/** Contents of the tiles that are loaded now, composites taken apart. */
export interface LoadedContents {
  readonly contents: ReadonlySet<Cesium3DTileContent>;
  dispose(): void;
}

function collectContents(content: Cesium3DTileContent | undefined, into: Cesium3DTileContent[]): void {
  if (!content) return;
  const inner = content.innerContents as Cesium3DTileContent[] | undefined;
  if (inner && inner.length > 0) for (const one of inner) collectContents(one, into);
  else if (content.featuresLength > 0) into.push(content);
}

export function contentsOfTile(tile: Cesium3DTile): Cesium3DTileContent[] {
  const found: Cesium3DTileContent[] = [];
  collectContents(tile.content, found);
  return found;
}

/** Follows a tileset's loaded contents; `onLoad` sees each one once, before it is first drawn. */
export function followContents(
  tileset: Cesium3DTileset,
  onLoad: (content: Cesium3DTileContent) => void,
): LoadedContents {
  const contents = new Set<Cesium3DTileContent>();
  const ofTile = new Map<Cesium3DTile, Cesium3DTileContent[]>();
  const offLoad = tileset.tileLoad.addEventListener((tile: Cesium3DTile) => {
    const found = contentsOfTile(tile);
    ofTile.set(tile, found);
    for (const content of found) {
      contents.add(content);
      onLoad(content);
    }
  });
  const offUnload = tileset.tileUnload.addEventListener((tile: Cesium3DTile) => {
    for (const content of ofTile.get(tile) ?? []) contents.delete(content);
    ofTile.delete(tile);
  });
  return {
    contents,
    dispose() {
      offLoad();
      offUnload();
      contents.clear();
      ofTile.clear();
    },
  };
}

export function forEachFeature(
  content: Cesium3DTileContent,
  visit: (feature: Cesium3DTileFeature, featureId: number) => void,
): void {
  for (let id = 0; id < content.featuresLength; id++) visit(content.getFeature(id), id);
}

/** Feature id of the one whose `property` reads `value`, -1 when the content has none. */
export function findFeature(content: Cesium3DTileContent, property: string, value: string): number {
  for (let id = 0; id < content.featuresLength; id++)
    if (String(content.getFeature(id).getProperty(property)) === value) return id;
  return -1;
}

/** Plain data out of whatever a property or batch table holds. */
export function plainAttribute(value: unknown): AttributeValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint")
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value))
    return Array.from(value as unknown as ArrayLike<unknown>, (one) => String(plainAttribute(one))).join(
      ", ",
    );
  const { x, y, z, w } = value as { x?: unknown; y?: unknown; z?: unknown; w?: unknown };
  if (typeof x === "number") return [x, y, z, w].filter((one) => typeof one === "number").join(", ");
  return JSON.stringify(value) ?? null;
}

export function readAttributes(feature: Cesium3DTileFeature): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of feature.getPropertyIds()) attributes[name] = plainAttribute(feature.getProperty(name));
  return attributes;
}
