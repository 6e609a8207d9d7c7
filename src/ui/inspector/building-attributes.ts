import { BUILDING_USES } from "../../domain/city.ts";
import type { AttributeValue } from "../../domain/selection.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translator } from "../../i18n/translator.ts";

export type Attributes = Readonly<Record<string, AttributeValue>>;
export type FactRow = readonly [name: string, value: string];

/** Attributes of the demo city that have words of their own, in reading order. */
const KNOWN = ["id", "address", "district", "use", "structure", "year"] as const;
/** Shown as figures above the rows, or as the title. */
const ABOVE = new Set(["name", "height", "floors", "residentsDay", "residentsNight"]);

/** The word of a use, from its code or its name; the value itself when it is neither. */
export function wordOfUse(value: AttributeValue, t: Translator): string {
  const use = typeof value === "number" ? BUILDING_USES[value] : value;
  return t.maybe(`use.${use}`, String(value ?? "—"));
}

/** A value as people read it: known uses by their word, years without separators. */
export function valueText(key: string, value: AttributeValue, t: Translator, format: Format): string {
  if (value === null || value === "") return t("value.none");
  if (typeof value === "boolean") return value ? t("value.yes") : t("value.no");
  if (key === "use") return wordOfUse(value, t);
  if (key === "year" || typeof value === "string") return String(value);
  return format.number(value, Number.isInteger(value) ? 0 : 2);
}

/** The rows below a building's figures: known ones first, then whatever a foreign tileset carries, as it names it. */
export function attributeRows(attributes: Attributes, t: Translator, format: Format): readonly FactRow[] {
  const known = KNOWN.filter((key) => attributes[key] !== undefined && attributes[key] !== "");
  const rest = Object.keys(attributes).filter((key) => !ABOVE.has(key) && !KNOWN.includes(key as never));
  return [
    ...known.map(
      (key): FactRow => [t(`building.${key}`), valueText(key, attributes[key] ?? null, t, format)],
    ),
    ...rest.map((key): FactRow => [key, valueText(key, attributes[key] ?? null, t, format)]),
  ];
}
