import { BUILDING_USES, type ThemeProperty } from "./city.ts";
import type { Legend } from "./layer.ts";
import type { LocalText } from "./provenance.ts";

/** Colours of the city by an attribute. Without breaks, colour n belongs to code n of the enum. */
export interface AttributeTheme {
  readonly property: ThemeProperty;
  /** Ascending; value < breaks[0] takes colour 0, value >= breaks[n-1] takes colour n. */
  readonly breaks?: readonly number[];
  readonly legend: Legend;
}

/** One hue from dark to light: none of the four warning colours may appear here. */
const SEQUENTIAL = ["#34506b", "#2f6f8f", "#2f93a0", "#4fb8a4", "#93d6b4", "#dff2d8"];
const AGES = ["#8a5a44", "#a97f63", "#c4a98c", "#b9bec2", "#8fb0c4", "#5b93bd"];
const USES = ["#c8b68a", "#b5728c", "#6f8fc7", "#8d8377", "#7ea873", "#c98fb5", "#8f86c9", "#6fa9ad"];

const USE_NAMES: readonly LocalText[] = [
  { zh: "居住", en: "Residential" },
  { zh: "商业", en: "Commercial" },
  { zh: "办公", en: "Office" },
  { zh: "工业", en: "Industrial" },
  { zh: "教育", en: "Education" },
  { zh: "医疗", en: "Medical" },
  { zh: "公共", en: "Public" },
  { zh: "交通", en: "Transport" },
];

const HEIGHT_BREAKS = [10, 24, 50, 100, 200];
const YEAR_BREAKS = [1950, 1980, 1995, 2005, 2015];

/** Name of a building use by its code; out-of-range codes read as unknown. */
export function buildingUseName(code: number): LocalText {
  return USE_NAMES[code] ?? { zh: "未知", en: "Unknown" };
}

export function attributeTheme(property: ThemeProperty): AttributeTheme {
  switch (property) {
    case "height":
      return {
        property,
        breaks: HEIGHT_BREAKS,
        legend: {
          title: { zh: "建筑高度", en: "Building height" },
          unit: "m",
          entries: SEQUENTIAL.map((color, i) => ({ color, label: classLabel(HEIGHT_BREAKS, i) })),
        },
      };
    case "year":
      return {
        property,
        breaks: YEAR_BREAKS,
        legend: {
          title: { zh: "建成年份", en: "Year built" },
          entries: AGES.map((color, i) => ({ color, label: classLabel(YEAR_BREAKS, i) })),
        },
      };
    case "use":
      return {
        property,
        legend: {
          title: { zh: "建筑用途", en: "Building use" },
          entries: BUILDING_USES.map((_, i) => ({ color: USES[i] ?? "#888888", label: buildingUseName(i) })),
        },
      };
  }
}

function classLabel(breaks: readonly number[], index: number): LocalText {
  const from = breaks[index - 1];
  const to = breaks[index];
  const text = from === undefined ? `< ${to}` : to === undefined ? `≥ ${from}` : `${from} – ${to}`;
  return { zh: text, en: text };
}
