import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "./contract.ts";
import type { ReaderSink } from "./raw-feature.ts";
import { readCityGml } from "./read-citygml.ts";
import { readCityJson } from "./read-cityjson.ts";
import { readFlatGeobuf } from "./read-flatgeobuf.ts";
import { readGeoJson } from "./read-geojson.ts";
import { readShapefile } from "./read-shapefile.ts";

type Reader = (source: ByteSource, sink: ReaderSink, onBytes: (count: number) => void) => Promise<void>;

const START_BYTES = 4096;
/** Begins each text of a GeoJSON text sequence. */
const RECORD_SEPARATOR = 0x1e;

/**
 * Reads one input of any known format into the sink. The content decides, not the name.
 * @throws TwinError `input.unknown` and those of the readers
 */
export async function readInput(
  source: ByteSource,
  sink: ReaderSink,
  onBytes: (count: number) => void,
): Promise<void> {
  const reader = readerOf(await startOf(source));
  if (!reader)
    throw new TwinError(
      "input.unknown",
      `${source.name} is in no format that can be read. Give GeoJSON, a .shp, CityJSON, CityGML or FlatGeobuf file.`,
      { file: source.name },
    );
  await reader(source, sink, onBytes);
}

async function startOf(source: ByteSource): Promise<Uint8Array> {
  let start = new Uint8Array(0);
  for await (const chunk of source.chunks()) {
    const joined = new Uint8Array(start.length + chunk.length);
    joined.set(start);
    joined.set(chunk, start.length);
    start = joined;
    if (start.length >= START_BYTES) break;
  }
  return start.subarray(0, START_BYTES);
}

function readerOf(start: Uint8Array): Reader | null {
  if (start.length >= 4 && start[0] === 0 && start[1] === 0 && start[2] === 0x27 && start[3] === 0x0a)
    return readShapefile;
  if (start[0] === 0x66 && start[1] === 0x67 && start[2] === 0x62 && start[3] === 3) return readFlatGeobuf;
  const text = new TextDecoder()
    .decode(start[0] === RECORD_SEPARATOR ? start.subarray(1) : start)
    .trimStart();
  if (text === "") return readGeoJson;
  if (text.startsWith("<")) return readCityGml;
  if (!/^[{[]/.test(text)) return null;
  return /"type"\s*:\s*"CityJSON/.test(text) || /"CityObjects"\s*:/.test(text) ? readCityJson : readGeoJson;
}
