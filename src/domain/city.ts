import type { TargetView } from "./pose.ts";
import type { LocalText } from "./provenance.ts";

export type CityId = "shenyang" | "dalian";

export interface City {
  readonly id: CityId;
  readonly name: LocalText;
  /** GB/T 2260 code. */
  readonly code: string;
  readonly home: TargetView;
  /** EPSG code of the CGCS2000 3-degree zone in local use. */
  readonly epsg: number;
  /** EGM96 geoid undulation in metres at the centre; DOMAIN facts, source EGM96. */
  readonly geoidUndulation: number;
}

export const CITIES: Readonly<Record<CityId, City>> = {
  shenyang: {
    id: "shenyang",
    name: { zh: "沈阳", en: "Shenyang" },
    code: "210100",
    home: {
      target: { longitudeDeg: 123.4325, latitudeDeg: 41.799, height: 60 },
      range: 4200,
      headingDeg: 332,
      pitchDeg: -24,
    },
    epsg: 4550,
    geoidUndulation: 10.18,
  },
  dalian: {
    id: "dalian",
    name: { zh: "大连", en: "Dalian" },
    code: "210200",
    home: {
      target: { longitudeDeg: 121.6405, latitudeDeg: 38.9165, height: 60 },
      range: 4200,
      headingDeg: 20,
      pitchDeg: -26,
    },
    epsg: 4549,
    geoidUndulation: 9.01,
  },
};

/** The four looks of the city: natural, white model, night, thematic (grey but for the theme). */
export type CityLook = "natural" | "white" | "night" | "thematic";
export const CITY_LOOKS: readonly CityLook[] = ["natural", "white", "night", "thematic"];

/** Attribute by which the city can be coloured. */
export type ThemeProperty = "height" | "use" | "year";
export const THEME_PROPERTIES: readonly ThemeProperty[] = ["height", "use", "year"];

/** Building uses; the position is the code stored in tiles (`_FACADE.x`) and in the building index. */
export const BUILDING_USES = [
  "residential",
  "commercial",
  "office",
  "industrial",
  "education",
  "medical",
  "public",
  "transport",
] as const;
export type BuildingUse = (typeof BUILDING_USES)[number];
