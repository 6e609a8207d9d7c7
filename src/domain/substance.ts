import type { Words } from "./provenance.ts";

export interface ToxicSubstance {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** g/mol. */
  readonly molarMass: number;
  /** Concentration in air that endangers life after an hour, and that has lasting effects, mg/m³. */
  readonly lethalMgM3: number;
  readonly injuringMgM3: number;
  readonly source: Words;
}

const SOURCE = {
  zh: "HJ 169-2018 附录 H 大气毒性终点浓度 1 级与 2 级，凭记忆，与 60 分钟 AEGL-3/-2 换算互证，使用前须核对原表",
  en: "end points 1 and 2 of HJ 169-2018 App. H, from memory, agreeing with 60-minute AEGL-3/-2 by conversion; check against the table before use",
} as const;

/** Substances for which zones can be computed: case A08 of the reference cases. */
export const SUBSTANCES: readonly ToxicSubstance[] = [
  {
    id: "ammonia",
    name: { zh: "氨", en: "Ammonia" },
    molarMass: 17.03,
    lethalMgM3: 770,
    injuringMgM3: 110,
    source: SOURCE,
  },
  {
    id: "chlorine",
    name: { zh: "氯", en: "Chlorine" },
    molarMass: 70.9,
    lethalMgM3: 58,
    injuringMgM3: 5.8,
    source: SOURCE,
  },
  {
    id: "hydrogen-sulfide",
    name: { zh: "硫化氢", en: "Hydrogen sulfide" },
    molarMass: 34.08,
    lethalMgM3: 70,
    injuringMgM3: 38,
    source: SOURCE,
  },
  {
    id: "hydrogen-chloride",
    name: { zh: "氯化氢", en: "Hydrogen chloride" },
    molarMass: 36.46,
    lethalMgM3: 150,
    injuringMgM3: 33,
    source: SOURCE,
  },
  {
    id: "carbon-monoxide",
    name: { zh: "一氧化碳", en: "Carbon monoxide" },
    molarMass: 28.01,
    lethalMgM3: 380,
    injuringMgM3: 95,
    source: SOURCE,
  },
  {
    id: "sulfur-dioxide",
    name: { zh: "二氧化硫", en: "Sulfur dioxide" },
    molarMass: 64.07,
    lethalMgM3: 79,
    injuringMgM3: 2,
    source: SOURCE,
  },
];

export const SUBSTANCE_IDS: readonly string[] = SUBSTANCES.map(({ id }) => id);

export const STABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export type Stability = (typeof STABILITIES)[number];
export type Terrain = "rural" | "urban";
