import type { ByteSource } from "./contract.ts";
import type { ReaderSink } from "./raw-feature.ts";
import { readGeoJson } from "./read-geojson.ts";

/** Reads one input of any known format into the sink. */
export async function readInput(
  source: ByteSource,
  sink: ReaderSink,
  onBytes: (count: number) => void,
): Promise<void> {
  await readGeoJson(source, sink, onBytes);
}
