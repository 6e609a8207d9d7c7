import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "../city/contract.ts";
import { RawFeature, SHAPE } from "../city/raw-feature.ts";
import { counted, headOf } from "./blob-source.ts";
import type { FeatureCollector } from "./collect-features.ts";
import { findColumns } from "./csv-columns.ts";
import { csvRows } from "./csv-rows.ts";

const HEAD_BYTES = 64 * 1024;

/**
 * A table with a place in each row. The delimiter is found, columns go by their names; a row that cannot be placed is
 * listed by its line. The source is UTF-8 (`asUtf8`).
 * @throws TwinError `csv.no_coordinates`, `csv.empty`
 */
export async function readCsv(
  source: ByteSource,
  sink: FeatureCollector,
  onBytes: (count: number) => void,
): Promise<void> {
  const head = new TextDecoder().decode(await headOf(source, HEAD_BYTES)).replace(/^\ufeff/, "");
  const firstRow = head.split(/\r\n|\n|\r/).find((line) => line.trim() !== "") ?? "";
  const columns = findColumns(firstRow);
  if (!columns)
    throw new TwinError(
      "csv.no_coordinates",
      `${source.name} has no columns of coordinates. Name them longitude and latitude, or easting and northing, in the first row.`,
      { file: source.name },
    );
  if (columns.isDegrees) sink.crs("EPSG:4326");
  const raw = new RawFeature();
  let index = 0;
  let isFirst = true;
  for await (const { cells, line } of csvRows(counted(source.chunks(), onBytes), columns.delimiter)) {
    const isHead = isFirst && !columns.isHeadless;
    isFirst = false;
    if (isHead) continue;
    raw.clear(index++);
    raw.kind = "shapes";
    const [x, y] = [numberIn(cells[columns.x]), numberIn(cells[columns.y])];
    if (Number.isNaN(x) || Number.isNaN(y))
      raw.problem = `line ${line} has no number where its place should be`;
    else {
      raw.vertex(x, y, 0);
      raw.endRing();
      raw.endPolygon(SHAPE.points);
    }
    columns.names.forEach((name, k) => {
      const cell = cells[k];
      if (cell !== undefined && cell !== "") raw.attribute(name || `column ${k + 1}`, cellValue(cell));
    });
    sink.feature(raw);
  }
  if (index === 0)
    throw new TwinError("csv.empty", `${source.name} has no rows below its names.`, { file: source.name });
}

/** Decimal commas are read where the cell holds one and no point. */
function numberIn(cell: string | undefined): number {
  if (cell === undefined || cell === "") return Number.NaN;
  return Number(/^-?\d+,\d+$/.test(cell) ? cell.replace(",", ".") : cell);
}

/** Codes with leading zeros and long numbers stay text. */
function cellValue(cell: string): string | number {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
}
