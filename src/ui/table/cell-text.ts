import type { ColumnValue } from "../../domain/reading/query.ts";
import type { TableColumn } from "../../domain/table.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translator } from "../../i18n/translator.ts";

/** A value as people read it: what a code means, years and codes without separators, nothing for nothing. */
export function cellText(
  value: ColumnValue,
  { name, kind, words }: Pick<TableColumn, "name" | "kind" | "words">,
  t: Translator,
  format: Format,
): string {
  if (value === null || value === "") return "";
  const word = words?.[String(value)];
  if (word) return t.text(word);
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "string" || kind !== "number" || /year|年|code|编码|代码/i.test(name))
    return String(value);
  return format.number(value, Number.isInteger(value) ? 0 : 2);
}
