import { TwinError } from "../../src/base/errors.ts";
import type { FileKind } from "../../src/domain/file-kind.ts";
import type { Progress } from "../../src/domain/job.ts";
import { readAllBytes } from "../city/byte-stream.ts";
import type { ByteSource } from "../city/contract.ts";
import { TableView } from "../table/table-view.ts";
import { stemOf } from "./blob-source.ts";
import { holdsBuildings } from "./building-probe.ts";
import type {
  DataFormat,
  DataWindow,
  FeatureDetail,
  OpenedData,
  OpenedFeatures,
  OpenedTiles,
  OpenOptions,
} from "./contract.ts";
import type { TileCanvas } from "./draw-tile.ts";
import { FeatureLayer } from "./feature-layer.ts";
import { FeatureTableSource } from "./feature-table-source.ts";
import { type LocatedFile, locateFile, unknownFile } from "./locate-file.ts";
import { openCity } from "./open-city.ts";
import { openGltf } from "./open-gltf.ts";
import { openRaster } from "./open-raster.ts";
import { createByteProgress } from "./progress.ts";
import type { RasterLayer } from "./raster-layer.ts";
import { holdsFeatures, type ReadFeatures, readFeatures } from "./read-features.ts";
import { areaBuffers, lineBuffers, pointBuffers } from "./space-buffers.ts";
import { archivedTiles, type TileFiles } from "./tile-files.ts";

/** What the city builder makes tiles of, always. */
const CITY_FORMATS: Partial<Readonly<Record<FileKind, DataFormat>>> = {
  cityjson: "CityJSON",
  citygml: "CityGML",
};

/** Where features are buildings, they go the same way. */
const FEATURE_FORMATS: Partial<Readonly<Record<FileKind, DataFormat>>> = {
  geojson: "GeoJSON",
  shapefile: "Shapefile",
  flatgeobuf: "FlatGeobuf",
};

type Report = (progress: Progress) => void;

/** One opened file: what the worker holds for as long as its layer is shown. */
export class GeodataSession {
  #layer: FeatureLayer | null = null;
  #tiles: TileFiles | null = null;
  #raster: RasterLayer | null = null;
  #table: TableView | null = null;

  /** @throws TwinError of the readers; nothing is open then */
  async open(files: readonly File[], options: OpenOptions, report: Report): Promise<OpenedData> {
    report({ stage: "read", done: 0, total: 0 });
    const located = await locateFile(files);
    if (located.kind === "passed") return located;
    if (located.kind === "archive") return this.#openArchive(located, files[0]!.name);
    return this.#openFile(located, files[0]!, options, report);
  }

  #openArchive({ archive, root }: Extract<LocatedFile, { kind: "archive" }>, fileName: string): OpenedTiles {
    this.#tiles = archivedTiles(archive, root);
    return {
      kind: "tiles",
      format: "3D Tiles",
      name: stemOf(fileName),
      crs: "",
      issues: [],
      issueCount: 0,
      bounds: [0, 0, 0, 0],
      features: archive.entries.length,
      refused: 0,
      root,
      isUnplaced: false,
    };
  }

  async #openFile(
    { fileKind, source }: Extract<LocatedFile, { kind: "file" }>,
    file: File,
    options: OpenOptions,
    report: Report,
  ): Promise<OpenedData> {
    const fileName = file.name;
    const name = stemOf(fileName);
    const format = CITY_FORMATS[fileKind];
    if (format || (!options.style && (await holdsBuildings(fileKind, source)))) {
      const shown = format ?? FEATURE_FORMATS[fileKind] ?? "GeoJSON";
      const { opened, files } = await openCity(source, shown, name, options, report);
      this.#tiles = files;
      return opened;
    }
    if (fileKind === "glb" || fileKind === "gltf") {
      const { opened, files } = await openGltf(await readAllBytes(source.chunks()), fileName, name);
      this.#tiles = files;
      return opened;
    }
    if (fileKind === "geotiff") {
      const { opened, layer } = await openRaster(await blobOf(source, file), fileName, name, options, report);
      this.#raster = layer;
      return opened;
    }
    if (!holdsFeatures(fileKind)) throw unknownFile(fileName);
    const onBytes = createByteProgress("read", source.size ?? 0, report);
    const found = await readFeatures(fileKind, source, options, onBytes);
    report({ stage: "geometry", done: 0, total: 0 });
    const layer = new FeatureLayer(found.set);
    this.#layer = layer;
    this.#table = new TableView(new FeatureTableSource(found.set, options.fields ?? {}));
    return describeFeatures(found, layer, fileName);
  }

  /** Draws onto the canvas that `canvasFor` makes; null, and no canvas, where nothing lies. */
  draw<C extends TileCanvas>(
    window: DataWindow,
    color: string,
    feature: number | null,
    canvasFor: (pixels: number) => C,
  ): C | null {
    const layer = this.#layer;
    const shapes = layer?.shapesIn(window, feature) ?? [];
    if (!layer || shapes.length === 0) return null;
    const canvas = canvasFor(window.pixels);
    layer.draw(canvas, window, shapes, color, feature !== null);
    return canvas;
  }

  /** Red, green, blue, alpha of a raster on a map tile, first row in the north; null where it does not lie, or there is none. */
  async drawRaster(window: DataWindow): Promise<Uint8ClampedArray<ArrayBuffer> | null> {
    return (await this.#raster?.draw(window)) ?? null;
  }

  pick(longitudeDeg: number, latitudeDeg: number, metersPerPixel: number): FeatureDetail | null {
    return this.#layer?.pick(longitudeDeg, latitudeDeg, metersPerPixel) ?? null;
  }

  /** A file of the opened tiles. @throws TwinError `tiles.missing` */
  async readTile(path: string): Promise<ArrayBuffer> {
    if (!this.#tiles) throw new TwinError("tiles.missing", `The tiles have no file ${path}.`, { path });
    return this.#tiles.read(path);
  }

  /** The features as a table. @throws TwinError `table.none` for tiles */
  get table(): TableView {
    if (this.#table) return this.#table;
    throw new TwinError("table.none", "This layer has no attribute table: it holds tiles, not features.");
  }

  describe(feature: number): FeatureDetail | null {
    return this.#layer?.describe(feature) ?? null;
  }
}

/** The file itself, so that only what is looked at is read; from an archive all of it. */
async function blobOf(source: ByteSource, file: File): Promise<Blob> {
  return source.name === file.name ? file : new Blob([new Uint8Array(await readAllBytes(source.chunks()))]);
}

function describeFeatures(found: ReadFeatures, layer: FeatureLayer, fileName: string): OpenedFeatures {
  const { set, issues } = found;
  return {
    kind: "features",
    format: found.format,
    name: stemOf(fileName),
    crs: found.crs,
    issues: issues.listed,
    issueCount: issues.count,
    bounds: set.bounds,
    features: set.count,
    refused: found.refused,
    points: pointBuffers(set),
    lines: lineBuffers(set),
    areas: areaBuffers(set),
    isDraped: layer.isDraped,
  };
}
