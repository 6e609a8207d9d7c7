import { GeoTIFF, type GeoTIFFImage } from "geotiff";
import { TwinError } from "../../src/base/errors.ts";
import { createProjection } from "../../src/geo/projection.ts";
import type { DemFrame } from "./contract.ts";

/** A GeoTIFF or COG at full size: where its cells lie, and its samples by rows. */
export interface GeotiffRaster {
  readonly name: string;
  readonly frame: DemFrame;
  readonly bands: number;
  /** A picture has bytes in three or four bands, or a palette; anything else is one value a cell. */
  readonly isPicture: boolean;
  readonly nodata: number | null;
  /** TIFF's code: 1 none, 5 LZW, 8 deflate, 50000 Zstandard. */
  readonly compression: number;
  /** Rows that are decoded together: ask for no less, or they are decoded again. */
  readonly blockRows: number;
  /** Values of the first band, scaled as the file says, NaN where there is none; rows from the north of the file. */
  readRows(row: number, rows: number, signal?: AbortSignal): Promise<Float32Array>;
  /** Red, green, blue, interleaved bytes, of a window shrunk to the size given; smaller copies in the file are used. */
  readPicture(request: PictureRequest, signal?: AbortSignal): Promise<Uint8Array>;
  /** Values of the first band in a window shrunk to the size given. */
  readValues(request: PictureRequest, signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface PictureRequest {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
  readonly outColumns: number;
  readonly outRows: number;
}

/** Rows to read at once where the file's own blocks are thinner. */
const MIN_BLOCK_ROWS = 16;
/** Cells of one row at most: beyond it a block of rows no longer fits in memory. */
const MAX_COLUMNS = 400_000;

const USER_DEFINED = 32_767;

/**
 * @param source is closed with the raster, and when it cannot be opened
 * @param crs in place of the file's own
 * @throws TwinError `geotiff.unreadable`, `geotiff.compression`, `geotiff.no-place`, `geotiff.no-crs`, `crs.unknown`
 */
export async function openGeotiff(
  source: RangeSource,
  name: string,
  crs: string | null,
): Promise<GeotiffRaster> {
  const [tiff, image] = await openFirst(source, name);
  try {
    const frame = frameOf(image, crs ?? crsOf(image, name), name);
    createProjection(frame.crs);
    return new OpenGeotiff(name, tiff, image, frame, await scaleOf(image));
  } catch (cause) {
    await tiff.close();
    throw cause;
  }
}

async function openFirst(source: RangeSource, name: string): Promise<[GeoTIFF, GeoTIFFImage]> {
  try {
    const tiff = await GeoTIFF.fromSource(librarySource(source));
    const image = await tiff.getImage(0);
    await assertWhole(image, source.size);
    return [tiff, image];
  } catch (cause) {
    await source.close();
    throw unreadable(name, cause);
  }
}

/** Bytes of a file by range; fewer come where the file ends. */
export interface RangeSource {
  readonly size: number;
  read(offset: number, length: number): Promise<ArrayBuffer>;
  close(): Promise<void>;
}

/** A file of the browser's. */
export function rangesOfBlob(blob: Blob): RangeSource {
  return {
    size: blob.size,
    read: (offset, length) => blob.slice(offset, offset + length).arrayBuffer(),
    close: async () => {},
  };
}

/** As the library wants it; its own readers need a FileReader or answer zeros beyond the end. */
function librarySource(source: RangeSource): Parameters<typeof GeoTIFF.fromSource>[0] {
  const fetchSlice = async ({ offset, length }: { offset: number; length: number }) => ({
    offset,
    length,
    data: await source.read(offset, length),
  });
  return {
    fileSize: source.size,
    fetchSlice,
    fetch: async (slices) => (await Promise.all(slices.map(fetchSlice))).map(({ data }) => data),
    close: () => source.close(),
  };
}

/** A file that was cut off has blocks beyond its end. */
async function assertWhole(image: GeoTIFFImage, size: number): Promise<void> {
  const directory = image.getFileDirectory();
  const kind = image.isTiled ? "Tile" : "Strip";
  const offsets = (await directory.loadValue(`${kind}Offsets`)) as ArrayLike<number> | undefined;
  const counts = (await directory.loadValue(`${kind}ByteCounts`)) as ArrayLike<number> | undefined;
  if (
    !(image.getWidth() > 0 && image.getHeight() > 0) ||
    !offsets?.length ||
    counts?.length !== offsets.length
  )
    throw new Error("its directory is missing or incomplete");
  let end = 0;
  for (let k = 0; k < offsets.length; k++) end = Math.max(end, Number(offsets[k]) + Number(counts[k]));
  if (end > size) throw new Error(`it ends at byte ${size} of ${end}`);
}

function unreadable(name: string, cause: unknown): TwinError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  if (/compression/i.test(detail) && /unknown|not supported/i.test(detail))
    return new TwinError(
      "geotiff.compression",
      `${name} is compressed in a way that cannot be read here (${detail}). Save it with deflate, LZW or no compression.`,
      { file: name, detail },
      cause,
    );
  return new TwinError(
    "geotiff.unreadable",
    `${name} is not a whole TIFF file: ${detail}. Fetch or export it again.`,
    { file: name, detail },
    cause,
  );
}

/** @throws TwinError `geotiff.no-crs` */
function crsOf(image: GeoTIFFImage, name: string): string {
  const keys: Record<string, unknown> = image.getGeoKeys() ?? {};
  const code = [keys.ProjectedCSTypeGeoKey, keys.GeographicTypeGeoKey].find(
    (value) => typeof value === "number" && value > 0 && value !== USER_DEFINED,
  );
  const isUserDefined = keys.ProjectedCSTypeGeoKey === USER_DEFINED;
  if (code !== undefined && !isUserDefined) return `EPSG:${code}`;
  throw new TwinError(
    "geotiff.no-crs",
    `${name} does not name its coordinate system by an EPSG code. Name it with --crs, for example EPSG:4550.`,
    { file: name },
  );
}

/** @throws TwinError `geotiff.no-place` */
function frameOf(image: GeoTIFFImage, crs: string, name: string): DemFrame {
  const directory = image.getFileDirectory();
  const matrix = directory.getValue("ModelTransformation") as ArrayLike<number> | undefined;
  const tie = directory.getValue("ModelTiepoint") as ArrayLike<number> | undefined;
  const scale = directory.getValue("ModelPixelScale") as ArrayLike<number> | undefined;
  const isPoint = image.getGeoKeys()?.GTRasterTypeGeoKey === 2;
  const half = isPoint ? 0 : 0.5;
  const [columns, rows] = [image.getWidth(), image.getHeight()];
  if (scale && tie && tie.length >= 6) {
    const [sx, sy] = [scale[0]!, scale[1]!];
    const x0 = tie[3]! + (half - tie[0]!) * sx;
    const y0 = tie[4]! - (half - tie[1]!) * sy;
    if (sx > 0 && sy > 0) return { columns, rows, crs, affine: [x0, y0, sx, 0, 0, -sy] };
  }
  if (matrix && matrix.length >= 8) {
    const [a, b, d, e, f, h] = [0, 1, 3, 4, 5, 7].map((k) => matrix[k]!) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (a * f - b * e !== 0)
      return { columns, rows, crs, affine: [d + (a + b) * half, h + (e + f) * half, a, e, b, f] };
  }
  throw new TwinError(
    "geotiff.no-place",
    `${name} does not say where it lies: it has no tie point with a pixel size and no transformation. Export it as GeoTIFF with its world position.`,
    { file: name },
  );
}

interface Scale {
  readonly factor: number;
  readonly offset: number;
}

async function scaleOf(image: GeoTIFFImage): Promise<Scale> {
  const metadata = await image.getGDALMetadata(0).catch(() => null);
  const number = (key: string, other: number) => {
    const value = Number(metadata?.[key] ?? other);
    return Number.isFinite(value) ? value : other;
  };
  return { factor: number("SCALE", 1), offset: number("OFFSET", 0) };
}

class OpenGeotiff implements GeotiffRaster {
  readonly name: string;
  readonly frame: DemFrame;
  readonly bands: number;
  readonly isPicture: boolean;
  readonly nodata: number | null;
  readonly compression: number;
  readonly blockRows: number;
  readonly #tiff: GeoTIFF;
  readonly #image: GeoTIFFImage;
  readonly #scale: Scale;

  constructor(name: string, tiff: GeoTIFF, image: GeoTIFFImage, frame: DemFrame, scale: Scale) {
    this.name = name;
    this.frame = frame;
    this.#tiff = tiff;
    this.#image = image;
    this.#scale = scale;
    this.bands = image.getSamplesPerPixel();
    const bits = image.getBitsPerSample(0);
    const photometric = image.getFileDirectory().getValue("PhotometricInterpretation");
    this.isPicture = bits <= 8 && (this.bands >= 3 || photometric === 3);
    this.nodata = image.getGDALNoData();
    this.compression = Number(image.getFileDirectory().getValue("Compression") ?? 1);
    const thick = image.isTiled ? image.getTileHeight() : Math.min(image.getBlockHeight(0), 1024);
    this.blockRows = Math.max(thick, Math.ceil(MIN_BLOCK_ROWS / thick) * thick);
    if (frame.columns > MAX_COLUMNS)
      throw new TwinError(
        "geotiff.too-wide",
        `${name} is ${frame.columns} cells wide; up to ${MAX_COLUMNS} can be read. Cut it into parts.`,
        { file: name, columns: frame.columns, limit: MAX_COLUMNS },
      );
  }

  async readRows(row: number, rows: number, signal?: AbortSignal): Promise<Float32Array> {
    const window = [0, row, this.frame.columns, row + rows];
    return this.#valid(await this.#rasters({ window, samples: [0], interleave: true }, signal));
  }

  async readValues(request: PictureRequest, signal?: AbortSignal): Promise<Float32Array> {
    const found = await this.#shrunk(request, [0], signal);
    return this.#valid(found);
  }

  async readPicture(request: PictureRequest, signal?: AbortSignal): Promise<Uint8Array> {
    const options = this.#window(request);
    try {
      const image = await this.#imageFor(request);
      const rgb = await image.readRGB({ ...options(image), interleave: true, ...(signal && { signal }) });
      return Uint8Array.from(rgb as ArrayLike<number>);
    } catch (cause) {
      throw signal?.aborted ? cause : unreadable(this.name, cause);
    }
  }

  async close(): Promise<void> {
    await this.#tiff.close();
  }

  async #shrunk(
    request: PictureRequest,
    samples: number[],
    signal?: AbortSignal,
  ): Promise<ArrayLike<number>> {
    const image = await this.#imageFor(request);
    const options = this.#window(request)(image);
    return this.#rasters({ ...options, samples, interleave: true }, signal, image);
  }

  #window({ column, row, columns, rows, outColumns, outRows }: PictureRequest) {
    return (image: GeoTIFFImage) => {
      const across = image.getWidth() / this.frame.columns;
      const down = image.getHeight() / this.frame.rows;
      const left = Math.min(image.getWidth() - 1, Math.floor(column * across));
      const top = Math.min(image.getHeight() - 1, Math.floor(row * down));
      const right = Math.max(left + 1, Math.min(image.getWidth(), Math.round((column + columns) * across)));
      const bottom = Math.max(top + 1, Math.min(image.getHeight(), Math.round((row + rows) * down)));
      return { window: [left, top, right, bottom], width: outColumns, height: outRows };
    };
  }

  /** The smallest copy in the file that still has a cell for each one asked for. */
  async #imageFor({ columns, outColumns }: PictureRequest): Promise<GeoTIFFImage> {
    let best = this.#image;
    const count = await this.#tiff.getImageCount();
    for (let k = 1; k < count; k++) {
      const image = await this.#tiff.getImage(k);
      const isCopy = ((image.getFileDirectory().getValue("NewSubfileType") as number | undefined) ?? 0) & 1;
      const isMask = ((image.getFileDirectory().getValue("NewSubfileType") as number | undefined) ?? 0) & 4;
      const cells = (columns * image.getWidth()) / this.frame.columns;
      if (isCopy && !isMask && cells >= outColumns && image.getWidth() < best.getWidth()) best = image;
    }
    return best;
  }

  async #rasters(
    options: { window: number[]; samples: number[]; interleave: true; width?: number; height?: number },
    signal?: AbortSignal,
    image = this.#image,
  ): Promise<ArrayLike<number>> {
    try {
      return await image.readRasters({ ...options, ...(signal && { signal }) });
    } catch (cause) {
      throw signal?.aborted ? cause : unreadable(this.name, cause);
    }
  }

  #valid(cells: ArrayLike<number>): Float32Array {
    const { factor, offset } = this.#scale;
    const nodata = this.nodata === null ? Number.NaN : Math.fround(this.nodata);
    const out = new Float32Array(cells.length);
    for (let k = 0; k < out.length; k++) {
      const cell = cells[k]!;
      const isVoid = Math.fround(cell) === nodata || !(Math.abs(cell) < UNBELIEVABLE);
      out[k] = isVoid ? Number.NaN : cell * factor + offset;
    }
    return out;
  }
}

/** Metres; files that do not name their void often fill it with the largest float. */
const UNBELIEVABLE = 30_000;
