import { TwinError } from "../../src/base/errors.ts";
import type { Progress } from "../../src/domain/job.ts";
import { wgs84FromGcj02 } from "../../src/geo/gcj02.ts";
import { createDemPlace, demBounds } from "../terrain/dem-place.ts";
import { openGeotiff, rangesOfBlob } from "../terrain/open-geotiff.ts";
import type { OpenedRaster, OpenOptions } from "./contract.ts";
import { RasterLayer } from "./raster-layer.ts";

/** Its decoder comes as a data address, which the page's content security policy does not load. */
const ZSTANDARD = 50_000;

/** @throws TwinError `geotiff.*`, `crs.unknown`; nothing is open then */
export async function openRaster(
  file: Blob,
  fileName: string,
  name: string,
  options: OpenOptions,
  report: (progress: Progress) => void,
): Promise<{ opened: OpenedRaster; layer: RasterLayer }> {
  const raster = await openGeotiff(rangesOfBlob(file), fileName, options.crs ?? null);
  try {
    if (raster.compression === ZSTANDARD)
      throw new TwinError(
        "geotiff.compression",
        `${fileName} is compressed in a way that cannot be read here (Zstandard). Save it with deflate, LZW or no compression.`,
        { file: fileName, detail: "Zstandard" },
      );
    const isGcj02 = options.gcj02 === true;
    const layer = await RasterLayer.open(raster, isGcj02, report);
    const bounds = demBounds(raster.frame, createDemPlace(raster.frame));
    const opened: OpenedRaster = {
      kind: "raster",
      format: "GeoTIFF",
      name,
      crs: raster.frame.crs,
      issues: [],
      issueCount: 0,
      bounds: isGcj02 ? shifted(bounds) : bounds,
      features: 0,
      refused: 0,
      size: [raster.frame.columns, raster.frame.rows],
      range: layer.range,
    };
    return { opened, layer };
  } catch (cause) {
    await raster.close();
    throw cause;
  }
}

function shifted([west, south, east, north]: readonly [number, number, number, number]): [
  number,
  number,
  number,
  number,
] {
  const low = wgs84FromGcj02(west, south);
  const high = wgs84FromGcj02(east, north);
  return [low.longitudeDeg, low.latitudeDeg, high.longitudeDeg, high.latitudeDeg];
}
