import {
  buildModuleUrl,
  type ImageryLayer,
  type ImageryProvider,
  ImageryLayer as Layer,
  TileMapServiceImageryProvider,
} from "cesium";
import type { Basemap } from "../domain/layer.ts";
import type { BaseMapData } from "./base-map-data.ts";
import { createProviders } from "./basemap-providers.ts";
import type { BasemapSecrets } from "./contract.ts";
import { creditEngine } from "./credits.ts";
import type { GroundShade } from "./ground-shade.ts";
import { type SceneLight, shadeSlope } from "./scene-look.ts";
import type { Stage, StagePart } from "./stage.ts";
import { VectorBaseProvider } from "./vector-base.ts";

export interface BasemapLayers extends StagePart {
  /** The city's vectors, and the shade of its buildings where they are known. */
  setData(data: BaseMapData | null, shade: GroundShade | null): void;
  setLight(light: SceneLight): void;
  set(basemap: Basemap, secrets: BasemapSecrets): Promise<void>;
}

/** Coarser terrain tiles show the world map, finer ones the city's vectors: never both, a layer costs a texture read a pixel. */
const FIRST_VECTOR_LEVEL = 8;

function dressWorld(layer: ImageryLayer, light: SceneLight): void {
  const isNight = light.choice.uiTheme === "night" || light.choice.look === "night";
  layer.brightness = isNight ? 0.32 : 1.05;
  layer.saturation = isNight ? 0.45 : 0.55;
  layer.contrast = isNight ? 1.1 : 0.9;
}

function groundKey(light: SceneLight): string {
  return JSON.stringify([light.palette.ground, shadeSlope(light)]);
}

/** World map below, the city's vectors or the user's map above. */
export function createBasemapLayers(light: SceneLight): BasemapLayers {
  return new GroundPictures(light);
}

class GroundPictures implements BasemapLayers {
  #stage: Stage | null = null;
  #light: SceneLight;
  #data: BaseMapData | null = null;
  #shade: GroundShade | null = null;
  #chosen: Basemap = { kind: "offline" };
  #secrets: BasemapSecrets = {};
  #world: ImageryLayer | null = null;
  #shown: readonly ImageryLayer[] = [];
  #timer = 0;

  constructor(light: SceneLight) {
    this.#light = light;
  }

  setData(data: BaseMapData | null, shade: GroundShade | null): void {
    this.#data = data;
    this.#shade = shade;
    if (this.#chosen.kind === "offline") this.#showOffline();
  }

  setLight(light: SceneLight): void {
    const isSameGround = groundKey(light) === groundKey(this.#light);
    this.#light = light;
    if (this.#world) dressWorld(this.#world, light);
    if (!isSameGround && this.#chosen.kind === "offline") this.#showOffline();
  }

  async set(basemap: Basemap, secrets: BasemapSecrets): Promise<void> {
    const providers = await createProviders(basemap, secrets);
    this.#chosen = basemap;
    creditEngine(basemap.kind === "ion");
    this.#secrets = secrets;
    this.#showProviders(providers);
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#shown = [];
    creditEngine(this.#chosen.kind === "ion");
    void this.#addWorld(stage).catch(() => undefined);
    if (this.#chosen.kind === "offline") this.#showOffline();
    else
      createProviders(this.#chosen, this.#secrets).then(
        (providers) => this.#showProviders(providers),
        () => this.#showOffline(),
      );
  }

  detach(): void {
    clearTimeout(this.#timer);
    this.#stage = null;
    this.#world = null;
    this.#shown = [];
  }

  #showProviders(providers: readonly ImageryProvider[]): void {
    if (providers.length === 0) this.#showOffline();
    else this.#replace(providers.map((provider) => new Layer(provider)));
  }

  #showOffline(): void {
    const provider = new VectorBaseProvider(this.#data, {
      palette: this.#light.palette.ground,
      slope: shadeSlope(this.#light),
      shade: this.#shade,
    });
    this.#replace([
      new Layer(provider.asProvider(), {
        minimumTerrainLevel: FIRST_VECTOR_LEVEL,
        maximumAnisotropy: this.#stage?.quality === "light" ? 2 : 8,
      }),
    ]);
  }

  async #addWorld(stage: Stage): Promise<void> {
    const provider = await TileMapServiceImageryProvider.fromUrl(
      buildModuleUrl("Assets/Textures/NaturalEarthII"),
    );
    if (this.#stage !== stage) return;
    const world = new Layer(provider as unknown as ImageryProvider, {
      maximumTerrainLevel: FIRST_VECTOR_LEVEL - 1,
    });
    this.#world = world;
    dressWorld(world, this.#light);
    stage.scene.imageryLayers.add(world, 0);
    stage.requestRender();
  }

  /** The old picture stays until the new one has had time to cover it. */
  #replace(next: readonly ImageryLayer[]): void {
    const stage = this.#stage;
    if (!stage) return;
    const old = this.#shown;
    this.#shown = next;
    const layers = stage.scene.imageryLayers;
    const top = old.at(-1) ?? this.#world;
    const at = top && layers.contains(top) ? layers.indexOf(top) + 1 : 0;
    next.forEach((layer, k) => {
      layers.add(layer, at + k);
    });
    const retire = () => {
      for (const layer of old) if (this.#stage === stage) stage.scene.imageryLayers.remove(layer, true);
      stage.requestRender();
    };
    clearTimeout(this.#timer);
    if (old.length === 0) retire();
    else {
      const off = stage.scene.postRender.addEventListener(() => {
        if (!stage.scene.globe.tilesLoaded) return;
        off();
        this.#timer = window.setTimeout(retire, 0);
      });
    }
    stage.requestRender();
  }
}
