import { TwinError } from "../base/errors.ts";
import type { DataRequest } from "../city/contract.ts";
import type { Layer, LayerData } from "../domain/layer.ts";
import type { LayerStyle } from "../domain/layer-style.ts";
import type { CatalogueEntry } from "../domain/map-catalogue.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import {
  createGeodataClient,
  type FeatureDetail,
  type OpenedData,
  type OpenedFeatures,
  proxyCallback,
} from "../jobs/geodata-client.ts";
import { fetchBlob } from "./fetch-blob.ts";
import type { JobLog, RunningJob } from "./job-log.ts";
import type { WireParts } from "./parts.ts";
import { type TableHolder, tableOf } from "./table-holder.ts";
import type { DataSource, DescribedFeature } from "./wire-selection.ts";

type Client = ReturnType<typeof createGeodataClient>;

/** A layer of features to read: its address, its look. */
export interface FeatureMap {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly style?: LayerStyle;
  readonly fields?: CatalogueEntry["fields"];
}

interface Held {
  readonly client: Client;
  readonly opened: OpenedFeatures;
}

const PLAIN: LayerStyle = { fillOpacity: 0.34, strokeOpacity: 0.9, width: 1.4, classes: [] };
const COLORS = ["#7d9cc9", "#b8906a", "#8a7fb8", "#7fa878"] as const;

/** Layers of features that come from an address: read by the workers that read dropped files, each for as long as it is shown. */
export class FeatureMaps implements DataSource {
  readonly #parts: WireParts;
  readonly #jobs: JobLog;
  readonly #held = new Map<string, Held>();
  readonly #loading = new Map<string, AbortController>();

  constructor(parts: WireParts, jobs: JobLog) {
    this.#parts = parts;
    this.#jobs = jobs;
    parts.scope.add(() => {
      for (const { client } of this.#held.values()) client.terminate();
    });
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** Into the city. Rejects with `fetch.*`, `data.*` or AbortError when it was taken away meanwhile. */
  async add(map: FeatureMap): Promise<LayerData> {
    this.remove(map.id);
    const stop = new AbortController();
    this.#loading.set(map.id, stop);
    const client = createGeodataClient();
    try {
      const opened = await this.#jobs.run("data", map.name, (job) => this.#open(client, map, stop, job));
      stop.signal.throwIfAborted();
      this.#held.set(map.id, { client, opened });
      await this.#parts.view.addData(requestOf(map.id, client, opened));
      return dataOf(map, opened);
    } catch (error) {
      client.terminate();
      if (this.#held.get(map.id)?.client === client) this.#held.delete(map.id);
      throw error;
    } finally {
      if (this.#loading.get(map.id) === stop) this.#loading.delete(map.id);
    }
  }

  remove(id: string): void {
    this.#loading.get(id)?.abort();
    const held = this.#held.get(id);
    this.#held.delete(id);
    held?.client.terminate();
    if (held) this.#parts.view.removeData(id);
  }

  /** The topmost feature that lies on the ground there. */
  async pick(place: PlaceDeg) {
    const found = await this.find(place);
    return found && ({ kind: "feature", layerId: found.layer.id, feature: found.detail.feature } as const);
  }

  async find(place: PlaceDeg): Promise<{ readonly layer: Layer; readonly detail: FeatureDetail } | null> {
    const { stores, view } = this.#parts;
    const pixel = (view.cameraPose().height * 1.15) / Math.max(1, view.canvas.clientHeight);
    const shown = stores.layers.get().layers.filter(({ id, visible }) => visible && this.#held.has(id));
    for (const layer of shown.reverse()) {
      const held = this.#held.get(layer.id);
      if (!held?.opened.isDraped) continue;
      const detail = await held.client.call((remote) =>
        remote.pick(place.longitudeDeg, place.latitudeDeg, pixel),
      );
      if (detail) return { layer, detail };
    }
    return null;
  }

  async describe(layerId: string, feature: number): Promise<DescribedFeature | null> {
    const held = this.#held.get(layerId);
    return held ? await held.client.call((remote) => remote.describe(feature)) : null;
  }

  table(id: string): TableHolder | null {
    const held = this.#held.get(id);
    return held ? tableOf(held.client) : null;
  }

  async #open(
    client: Client,
    map: FeatureMap,
    stop: AbortController,
    job: RunningJob,
  ): Promise<OpenedFeatures> {
    const signal = AbortSignal.any([job.signal, stop.signal]);
    const blob = await fetchBlob(map.url, { ...job, signal, report: (progress) => job.report(progress) });
    const name = new URL(map.url, location.href).pathname.split("/").at(-1) || map.id;
    const { longitudeDeg, latitudeDeg } = this.#parts.view.cameraPose();
    const report = proxyCallback((progress: Parameters<RunningJob["report"]>[0]) => job.report(progress));
    const options = {
      near: [longitudeDeg, latitudeDeg] as const,
      style: map.style ?? PLAIN,
      ...(map.fields && { fields: map.fields }),
    };
    const opened = await client.call<OpenedData>(
      (remote) => remote.open([new File([blob], decodeURIComponent(name))], options, report),
      signal,
    );
    if (opened.kind === "features") return opened;
    throw new TwinError("map.no-features", `${name} holds no features: open it as a file instead.`, {
      file: name,
    });
  }
}

function requestOf(id: string, client: Client, opened: OpenedFeatures): DataRequest {
  return {
    id,
    color: colorOf(id),
    bounds: opened.bounds,
    points: opened.points,
    lines: opened.lines,
    areas: opened.areas,
    drawTile: opened.isDraped
      ? (window, color, feature) =>
          client.call((remote) => remote.drawTile(window, color, feature)).catch(() => null)
      : null,
  };
}

function colorOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum += letter.charCodeAt(0);
  return COLORS[sum % COLORS.length]!;
}

function dataOf({ id, url }: FeatureMap, opened: OpenedFeatures): LayerData {
  return {
    format: opened.format,
    fileName:
      url
        .replace(/[?#].*$/, "")
        .split("/")
        .at(-1) ?? id,
    loadedAtMs: Date.now(),
    color: colorOf(id),
    crs: opened.crs,
    isGcj02: false,
    features: opened.features,
    refused: opened.refused,
    issues: opened.issues,
    issueCount: opened.issueCount,
    isKept: false,
  };
}
