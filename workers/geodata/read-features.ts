import { TwinError } from "../../src/base/errors.ts";
import type { FileKind } from "../../src/domain/file-kind.ts";
import type { ByteSource } from "../city/contract.ts";
import { readFlatGeobuf } from "../city/read-flatgeobuf.ts";
import { readGeoJson } from "../city/read-geojson.ts";
import { readShapefile } from "../city/read-shapefile.ts";
import { asUtf8 } from "./blob-source.ts";
import { FeatureCollector } from "./collect-features.ts";
import type { DataFormat, OpenOptions } from "./contract.ts";
import type { FeatureSet } from "./feature-set.ts";
import type { IssueList } from "./issue-list.ts";
import { readCsv } from "./read-csv.ts";
import { readCzml } from "./read-czml.ts";
import { readGpx } from "./read-gpx.ts";
import { readKml } from "./read-kml.ts";

type Reader = (source: ByteSource, sink: FeatureCollector, onBytes: (count: number) => void) => Promise<void>;

interface FeatureFormat {
  readonly format: DataFormat;
  readonly read: Reader;
}

/** GeoJSON without a `crs` member is WGS 84 by its standard, unless its numbers cannot be degrees: the collector looks. */
const FORMATS: Partial<Readonly<Record<FileKind, FeatureFormat>>> = {
  geojson: { format: "GeoJSON", read: async (source, ...rest) => readGeoJson(await asUtf8(source), ...rest) },
  kml: { format: "KML", read: readKml },
  gpx: { format: "GPX", read: readGpx },
  czml: { format: "CZML", read: async (source, ...rest) => readCzml(await asUtf8(source), ...rest) },
  csv: { format: "CSV", read: async (source, ...rest) => readCsv(await asUtf8(source), ...rest) },
  shapefile: { format: "Shapefile", read: readShapefile },
  flatgeobuf: { format: "FlatGeobuf", read: readFlatGeobuf },
};

export interface ReadFeatures {
  readonly format: DataFormat;
  readonly set: FeatureSet;
  readonly crs: string;
  readonly issues: IssueList;
  readonly read: number;
  readonly refused: number;
}

export function holdsFeatures(kind: FileKind): boolean {
  return FORMATS[kind] !== undefined;
}

/**
 * Reads a file of features as a whole: nothing is given when it breaks off.
 * @throws TwinError `data.nothing_shown` and those of the readers
 */
export async function readFeatures(
  kind: FileKind,
  source: ByteSource,
  options: OpenOptions,
  onBytes: (count: number) => void,
): Promise<ReadFeatures> {
  const found = FORMATS[kind];
  if (!found) throw new RangeError(`${kind} holds no features`);
  const collector = new FeatureCollector(options);
  await found.read(source, collector, onBytes);
  if (collector.shown === 0) {
    const reason = collector.issues.listed.find(({ severity }) => severity === "error");
    throw new TwinError(
      "data.nothing_shown",
      `None of the ${collector.read} features of ${source.name} can be shown. ${reason ? `${reason.place}: ${reason.message}` : "The file holds none."}`,
      { file: source.name, count: collector.read, reason: reason ? `${reason.place}` : "—" },
    );
  }
  return {
    format: found.format,
    set: collector.finish(),
    crs: collector.system,
    issues: collector.issues,
    read: collector.read,
    refused: collector.refused,
  };
}
