import type { CityLook } from "../domain/city.ts";

/** CSS hex colours of the flat ground, as displayed. */
export interface GroundPalette {
  readonly land: string;
  readonly block: string;
  readonly park: string;
  readonly water: string;
  readonly waterDeep: string;
  readonly shore: string;
  readonly motorway: string;
  readonly primary: string;
  readonly secondary: string;
  readonly residential: string;
  readonly casing: string;
  readonly rail: string;
  readonly border: string;
  /** Lights along roads: 0 none, 1 full night. */
  readonly glow: number;
  readonly glowColor: string;
  /** How strongly a metro line's own colour shows, 0..1. */
  readonly metro: number;
}

/** Light, air and ground of one look under one interface theme. Colours are as displayed (sRGB hex). */
export interface LookPalette {
  readonly zenith: string;
  readonly horizon: string;
  /** Sky and haze towards the sun. */
  readonly sunward: string;
  readonly sun: string;
  readonly sunPower: number;
  readonly skyLight: string;
  readonly skyPower: number;
  readonly bounce: string;
  readonly bouncePower: number;
  /** Haze lying on the ground, 1/m at height 0, and its scale height in metres. */
  readonly mist: number;
  readonly mistHeight: number;
  /** Thin haze of the whole air, 1/m. */
  readonly air: number;
  readonly airHeight: number;
  /** Share of windows that are lit, 0..1. */
  readonly lit: number;
  /** How much of the street shade of a low sun lies on lower floors, 0..1. */
  readonly streetShade: number;
  readonly ground: GroundPalette;
}

const NATURAL_DAY: LookPalette = {
  zenith: "#5f8fc4",
  horizon: "#e3ddd2",
  sunward: "#f7e2bf",
  sun: "#ffd7a1",
  sunPower: 1.75,
  skyLight: "#a9c3e2",
  skyPower: 0.74,
  bounce: "#c9b79c",
  bouncePower: 0.3,
  mist: 0.00011,
  mistHeight: 110,
  air: 0.000028,
  airHeight: 1600,
  lit: 0.04,
  streetShade: 0.6,
  ground: {
    land: "#bdb9ae",
    block: "#c6c2b7",
    park: "#98a383",
    water: "#86a7b8",
    waterDeep: "#6d93a8",
    shore: "#a8bcc4",
    motorway: "#f2e6c8",
    primary: "#ece7dc",
    secondary: "#e2ded4",
    residential: "#d5d1c7",
    casing: "#a9a69c",
    rail: "#8d8a84",
    border: "#8b8f96",
    glow: 0,
    glowColor: "#ffcf8a",
    metro: 0.75,
  },
};

const NATURAL_NIGHT: LookPalette = {
  zenith: "#101c2e",
  horizon: "#3b4c5f",
  sunward: "#a8745a",
  sun: "#ffb27a",
  sunPower: 1.05,
  skyLight: "#6f8fb8",
  skyPower: 0.4,
  bounce: "#3a4656",
  bouncePower: 0.35,
  mist: 0.00012,
  mistHeight: 110,
  air: 0.00003,
  airHeight: 1600,
  lit: 0.14,
  streetShade: 0.75,
  ground: {
    land: "#1a232d",
    block: "#1f2933",
    park: "#1b2b28",
    water: "#13283a",
    waterDeep: "#0f2233",
    shore: "#27445a",
    motorway: "#7d6f58",
    primary: "#5b6572",
    secondary: "#424d5a",
    residential: "#313b47",
    casing: "#141b23",
    rail: "#49535f",
    border: "#5b6b7c",
    glow: 0.25,
    glowColor: "#ffb46b",
    metro: 0.7,
  },
};

const NIGHT_NIGHT: LookPalette = {
  zenith: "#05090f",
  horizon: "#18222f",
  sunward: "#1d2733",
  sun: "#8fb0e0",
  sunPower: 0.16,
  skyLight: "#4a6690",
  skyPower: 0.2,
  bounce: "#ff9d4d",
  bouncePower: 0.2,
  mist: 0.00012,
  mistHeight: 130,
  air: 0.00003,
  airHeight: 1500,
  lit: 0.34,
  streetShade: 0,
  ground: {
    land: "#0b1118",
    block: "#0e151d",
    park: "#0c1716",
    water: "#081a29",
    waterDeep: "#061421",
    shore: "#16354a",
    motorway: "#e0a45c",
    primary: "#b98549",
    secondary: "#7a5c3b",
    residential: "#3a332b",
    casing: "#070b10",
    rail: "#39424d",
    border: "#3d4b5b",
    glow: 1,
    glowColor: "#ff9a3d",
    metro: 0.8,
  },
};

const NIGHT_DAY: LookPalette = {
  ...NIGHT_NIGHT,
  zenith: "#0b1524",
  horizon: "#2b3b50",
  sunward: "#34465c",
  skyPower: 0.32,
  ground: {
    ...NIGHT_NIGHT.ground,
    land: "#131b25",
    block: "#17202b",
    park: "#14221f",
    water: "#0d2438",
    waterDeep: "#0a1d2e",
  },
};

const WHITE_DAY: LookPalette = {
  zenith: "#c3d2e0",
  horizon: "#f0f2f4",
  sunward: "#faf6ef",
  sun: "#fff3e2",
  sunPower: 1.0,
  skyLight: "#dfe8f2",
  skyPower: 0.85,
  bounce: "#eceae6",
  bouncePower: 0.3,
  mist: 0.0001,
  mistHeight: 110,
  air: 0.000026,
  airHeight: 1600,
  lit: 0,
  streetShade: 0.35,
  ground: {
    land: "#e2e5e8",
    block: "#e8eaec",
    park: "#d9dfd9",
    water: "#c9d6de",
    waterDeep: "#bccdd8",
    shore: "#b4c4ce",
    motorway: "#fdfdfd",
    primary: "#f8f9fa",
    secondary: "#f3f4f6",
    residential: "#edeff1",
    casing: "#cfd4d9",
    rail: "#b7bdc4",
    border: "#a3acb5",
    glow: 0,
    glowColor: "#ffffff",
    metro: 0.45,
  },
};

const WHITE_NIGHT: LookPalette = {
  ...WHITE_DAY,
  zenith: "#0d141c",
  horizon: "#2a3541",
  sunward: "#4a5561",
  sun: "#fff0dd",
  sunPower: 0.72,
  skyLight: "#9fb6d2",
  skyPower: 0.42,
  bounce: "#5a6675",
  bouncePower: 0.3,
  ground: {
    land: "#19212a",
    block: "#1d2630",
    park: "#1b2729",
    water: "#14232f",
    waterDeep: "#101d28",
    shore: "#2c4150",
    motorway: "#4d5965",
    primary: "#414c58",
    secondary: "#35404b",
    residential: "#2a343f",
    casing: "#12181f",
    rail: "#47525e",
    border: "#5b6b7c",
    glow: 0,
    glowColor: "#ffffff",
    metro: 0.5,
  },
};

const THEMATIC_DAY: LookPalette = { ...WHITE_DAY, sunPower: 0.9, streetShade: 0.25 };
const THEMATIC_NIGHT: LookPalette = { ...WHITE_NIGHT, sunPower: 0.62, streetShade: 0.25 };

const PALETTES: Readonly<Record<CityLook, Readonly<Record<"night" | "day", LookPalette>>>> = {
  natural: { night: NATURAL_NIGHT, day: NATURAL_DAY },
  white: { night: WHITE_NIGHT, day: WHITE_DAY },
  night: { night: NIGHT_NIGHT, day: NIGHT_DAY },
  thematic: { night: THEMATIC_NIGHT, day: THEMATIC_DAY },
};

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Between two `#rrggbb`, t in 0..1. */
export function mixHex(a: string, b: string, t: number): string {
  const from = channels(a);
  const to = channels(b);
  const byte = (k: 0 | 1 | 2) =>
    Math.round(from[k] + (to[k] - from[k]) * t)
      .toString(16)
      .padStart(2, "0");
  return `#${byte(0)}${byte(1)}${byte(2)}`;
}

/** sRGB hex to linear 0..1. */
export function linearFromHex(hex: string): [number, number, number] {
  const [r, g, b] = channels(hex);
  const decode = (byte: number) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [decode(r), decode(g), decode(b)];
}

function mixRecords<T extends object>(a: T, b: T, t: number): T {
  const mixed: Record<string, unknown> = {};
  for (const [key, from] of Object.entries(a)) {
    const to = (b as Record<string, unknown>)[key];
    if (typeof from === "string") mixed[key] = mixHex(from, to as string, t);
    else if (typeof from === "number") mixed[key] = from + ((to as number) - from) * t;
    else mixed[key] = mixRecords(from as object, to as object, t);
  }
  return mixed as T;
}

function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/**
 * Palette of a look at a sun elevation (degrees): the natural look turns into the night look through dusk, and loses its
 * warmth towards noon.
 */
export function paletteFor(look: CityLook, theme: "night" | "day", sunElevationDeg: number): LookPalette {
  const base = PALETTES[look][theme];
  if (look !== "natural") return base;
  const noon = smoothstep(15, 40, sunElevationDeg);
  const high: LookPalette = {
    ...base,
    sun: mixHex(base.sun, "#fff6e8", noon),
    sunward: mixHex(base.sunward, base.horizon, noon * 0.8),
    sunPower: base.sunPower * (1 + 0.15 * noon),
    streetShade: base.streetShade * (1 - 0.75 * noon),
    lit: base.lit * (1 - 0.8 * noon),
  };
  return mixRecords(PALETTES.night[theme], high, smoothstep(-7, 5, sunElevationDeg));
}
