import { Cartesian3, ClippingPolygon, ClippingPolygonCollection } from "cesium";

type Ring = readonly (readonly [number, number])[];

export interface FootprintCuts {
  set(id: string, ring: Ring | null): void;
  /** A collection of its own for each tileset: an engine object belongs to one owner. */
  collectionFor(owner: string): ClippingPolygonCollection;
  forget(): void;
}

/**
 * Cuts the city's buildings out where models stand. Collections are emptied, never unset: Cesium keeps cutting after
 * `clippingPolygons = undefined`.
 */
export function createFootprintCuts(): FootprintCuts {
  const rings = new Map<string, Ring>();
  const collections = new Map<string, ClippingPolygonCollection>();

  const fill = (collection: ClippingPolygonCollection): void => {
    collection.removeAll();
    for (const ring of rings.values())
      collection.add(
        new ClippingPolygon({
          positions: Cartesian3.fromDegreesArray(ring.flat()),
        }),
      );
    collection.enabled = rings.size > 0;
  };

  return {
    set(id, ring) {
      if (ring && ring.length >= 3) rings.set(id, ring);
      else if (!rings.delete(id)) return;
      for (const collection of collections.values()) fill(collection);
    },
    collectionFor(owner) {
      const collection = new ClippingPolygonCollection();
      collections.set(owner, collection);
      fill(collection);
      return collection;
    },
    forget() {
      collections.clear();
    },
  };
}
