import { Cesium3DTileStyle, HeightReference, MVTDataProvider, type Scene } from "cesium";
import type { MapService } from "../domain/map-service.ts";
import { fetchDescription } from "./map-probe.ts";
import { requireTemplate } from "./map-providers.ts";

/** What of Cesium's provider (experimental in 1.145) is used. */
export interface VectorTiles {
  show: boolean;
  setOpacity(opacity: number): void;
  /** What goes into the scene's primitives, which then own it. */
  readonly primitive: unknown;
}

const COLOR = "#7d9cc9";

function styleOf(opacity: number): Cesium3DTileStyle {
  return new Cesium3DTileStyle({ color: `color("${COLOR}", ${(0.55 * opacity).toFixed(2)})` });
}

/** Vector tiles draped on the ground and on 3D tiles. Rejects with TwinError `map.*` when the server has none. */
export async function createVectorTiles(
  { url, maxLevel, idProperty }: Extract<MapService, { kind: "mvt" }>,
  scene: Scene,
  opacity: number,
): Promise<VectorTiles> {
  requireTemplate(url);
  await fetchDescription(url.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0"));
  const provider = await MVTDataProvider.fromUrl(url, {
    maxZoom: maxLevel ?? 14,
    heightReference: HeightReference.CLAMP_TO_GROUND,
    scene,
    ...(idProperty && { featureIdProperty: idProperty }),
  });
  const { tileset } = provider as unknown as { tileset: { style: Cesium3DTileStyle } };
  tileset.style = styleOf(opacity);
  return {
    get show() {
      return provider.show;
    },
    set show(visible: boolean) {
      provider.show = visible;
    },
    setOpacity: (share) => {
      tileset.style = styleOf(share);
    },
    primitive: provider,
  };
}
