import { ImageryLayer, type ImageryProvider } from "cesium";
import type { BasemapSecrets, MapRequest } from "./contract.ts";
import type { Stage, StagePart } from "./stage.ts";
import type { VectorTiles } from "./vector-tiles.ts";

interface Entry {
  readonly request: MapRequest;
  readonly secrets: BasemapSecrets;
  visible: boolean;
  opacity: number;
  picture: ImageryLayer | null;
  vectors: VectorTiles | null;
}

/** Maps of somebody's service: pictures on the ground over the base map, and vector tiles. */
export class MapLayers implements StagePart {
  readonly #entries = new Map<string, Entry>();
  #stage: Stage | null = null;

  /** Resolves when the service has answered. Rejects with TwinError `map.*` or `basemap.*`; nothing is shown then. */
  async add(request: MapRequest, secrets: BasemapSecrets): Promise<void> {
    const before = this.#entries.get(request.id);
    const entry: Entry = {
      request,
      secrets,
      visible: before?.visible ?? true,
      opacity: before?.opacity ?? 1,
      picture: null,
      vectors: null,
    };
    const draw = await this.#prepare(entry);
    if (before) this.#drop(before);
    this.#entries.set(request.id, entry);
    draw();
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.#drop(entry);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  show(id: string, visible: boolean): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.visible = visible;
    this.#apply(entry);
  }

  setOpacity(id: string, opacity: number): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.opacity = opacity;
    this.#apply(entry);
  }

  /** Above all other pictures. */
  raise(id: string): void {
    const picture = this.#entries.get(id)?.picture;
    if (picture) this.#stage?.scene.imageryLayers.raiseToTop(picture);
  }

  get count(): number {
    return this.#entries.size;
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    for (const entry of this.#entries.values())
      this.#prepare(entry).then(
        (draw) => {
          if (this.#stage === stage && this.#entries.get(entry.request.id) === entry) draw();
        },
        () => {},
      );
  }

  detach(): void {
    this.#stage = null;
    for (const entry of this.#entries.values()) {
      entry.picture = null;
      entry.vectors = null;
    }
  }

  /** Asks the service; what is given puts its answer into the scene. The providers are a chunk of their own. */
  async #prepare(entry: Entry): Promise<() => void> {
    const { request, secrets } = entry;
    const { service } = request;
    const stage = this.#stage;
    if (service.kind === "mvt") {
      if (!stage) return () => {};
      const { createVectorTiles } = await import("./vector-tiles.ts");
      const vectors = await createVectorTiles(service, stage.scene, entry.opacity);
      return () => {
        if (this.#stage !== stage) return;
        entry.vectors = vectors;
        stage.scene.primitives.add(vectors.primitive);
        this.#apply(entry);
      };
    }
    const { createMapProvider } = await import("./map-providers.ts");
    const provider = await createMapProvider(request, secrets);
    return () => this.#showPicture(entry, provider);
  }

  #showPicture(entry: Entry, provider: ImageryProvider): void {
    if (!this.#stage) return;
    entry.picture = new ImageryLayer(provider);
    this.#stage.scene.imageryLayers.add(entry.picture);
    this.#apply(entry);
  }

  #apply({ picture, vectors, visible, opacity }: Entry): void {
    if (picture) {
      picture.show = visible;
      picture.alpha = opacity;
    }
    if (vectors) {
      vectors.show = visible;
      vectors.setOpacity(opacity);
    }
    this.#stage?.requestRender();
  }

  #drop(entry: Entry): void {
    const { scene } = this.#stage ?? {};
    if (entry.picture) scene?.imageryLayers.remove(entry.picture, true);
    if (entry.vectors) scene?.primitives.remove(entry.vectors.primitive);
    entry.picture = null;
    entry.vectors = null;
    this.#stage?.requestRender();
  }
}
