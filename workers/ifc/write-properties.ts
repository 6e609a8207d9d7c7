import { throwIfAborted } from "../../src/base/abort.ts";
import type { PropertySet } from "../../src/domain/model.ts";
import type { TileSink } from "../tiles/contract.ts";
import { encodeJson } from "../tiles/tileset.ts";
import type { ElementRow } from "./element-rows.ts";
import type { IfcFile } from "./ifc-file.ts";
import type { ProgressReporter } from "./progress.ts";
import { PropertyReader } from "./properties.ts";
import type { ProjectUnits } from "./units.ts";

/** Rows in one `properties/<n>.json`. */
export const CHUNK_ROWS = 400;

/** Writes the property chunks of all rows. */
export async function writeProperties(
  file: IfcFile,
  step: Uint8Array,
  units: ProjectUnits,
  rows: readonly ElementRow[],
  sink: TileSink,
  progress: ProgressReporter,
  signal?: AbortSignal,
): Promise<{ count: number; bytes: number }> {
  progress.at("properties", 0, rows.length);
  const reader = new PropertyReader(
    file,
    step,
    units,
    rows.map(({ expressId }) => expressId),
  );
  let bytes = 0;
  let count = 0;
  for (let first = 0; first < rows.length; first += CHUNK_ROWS) {
    throwIfAborted(signal);
    const chunk: Record<string, PropertySet[]> = {};
    for (const [i, row] of rows.slice(first, first + CHUNK_ROWS).entries()) {
      const sets = reader.setsOf(row.expressId, row.line);
      if (sets.length) chunk[row.globalId] = sets;
      progress.at("properties", first + i + 1, rows.length);
    }
    const json = encodeJson(chunk);
    bytes += json.byteLength;
    await sink.write(`properties/${count++}.json`, json);
  }
  return { count, bytes };
}
