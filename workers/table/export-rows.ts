import { csvField } from "../../src/domain/affected-export.ts";
import type { ColumnValue } from "../../src/domain/reading/query.ts";
import type { TableColumn } from "../../src/domain/table.ts";
import type { ExportWords } from "./contract.ts";
import type { TableSource } from "./table-source.ts";

const ROWS_A_PART = 2000;

/** UTF-8 with a byte order mark, CRLF, no field that a spreadsheet runs; lines of provenance first. In parts for a Blob. */
export function csvParts(source: TableSource, rows: Uint32Array, words: ExportWords): string[] {
  const { language, about } = words;
  const line = (fields: readonly (string | number | null)[]) => `${fields.map(csvField).join(",")}\r\n`;
  const head = source.columns.map((column) => headOf(column, language));
  const parts = [`\uFEFF${about.map(line).join("")}\r\n${line(head)}`];
  for (let from = 0; from < rows.length; from += ROWS_A_PART) {
    let text = "";
    for (const row of rows.subarray(from, from + ROWS_A_PART))
      text += line(source.columns.map((column, at) => wordOf(column, source.value(row, at), language)));
    parts.push(text);
  }
  return parts;
}

function headOf({ name, title, unit }: TableColumn, language: "zh" | "en"): string {
  const word = title?.[language] ?? name;
  if (!unit) return word;
  return language === "zh" ? `${word}（${unit}）` : `${word} (${unit})`;
}

function wordOf({ words }: TableColumn, value: ColumnValue, language: "zh" | "en"): string | number | null {
  const word = words?.[String(value)]?.[language];
  if (word !== undefined) return word;
  return typeof value === "boolean" ? String(value) : value;
}

/** RFC 7946; each feature keeps its attributes as the data names them. In parts for a Blob. */
export function geoJsonParts(source: TableSource, rows: Uint32Array, words: ExportWords): string[] {
  const about = JSON.stringify(words.about);
  const parts = [
    `{"type":"FeatureCollection","provenance":${JSON.stringify(words.provenance)},"about":${about},"features":[`,
  ];
  for (let from = 0; from < rows.length; from += ROWS_A_PART) {
    const features = Array.from(rows.subarray(from, from + ROWS_A_PART), (row) => {
      const properties = Object.fromEntries(
        source.columns.flatMap(({ name }, at) => {
          const value = source.value(row, at);
          return value === null ? [] : [[name, value]];
        }),
      );
      return JSON.stringify({
        type: "Feature",
        id: source.idOf(row),
        geometry: source.geometryOf(row),
        properties,
      });
    });
    parts.push(`${from === 0 ? "" : ","}\n${features.join(",\n")}`);
  }
  parts.push("\n]}\n");
  return parts;
}
