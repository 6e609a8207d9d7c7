import type { Layer } from "../../domain/layer.ts";

/** A layer in the list, and where it stands among those that lie on each other. */
export interface ListedLayer {
  readonly layer: Layer;
  /** From the top, 0; null for one whose order does not count. */
  readonly place: number | null;
}

/** Layers as they are listed: things that stand first, then what lies on the ground, the topmost first. */
export function listedLayers(layers: readonly Layer[]): readonly ListedLayer[] {
  const isGround = ({ kind }: Layer) => kind === "map" || kind === "data";
  const ground = layers.filter(isGround).reverse();
  return [
    ...layers.filter((layer) => !isGround(layer)).map((layer) => ({ layer, place: null })),
    ...ground.map((layer, place) => ({ layer, place })),
  ];
}
