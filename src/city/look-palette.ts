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
  /** Colour of the shade that buildings throw. */
  readonly shade: string;
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
  /** Strength of buildings' shade on the ground, 0..1. */
  readonly groundShade: number;
  readonly ground: GroundPalette;
}

const NATURAL_DAY: LookPalette = {
  zenith: "#5c93cf",
  horizon: "#d8e2ea",
  sunward: "#f8e3bd",
  sun: "#ffdcae",
  sunPower: 2.5,
  skyLight: "#b9cde8",
  skyPower: 0.98,
  bounce: "#d2c4ad",
  bouncePower: 0.42,
  mist: 0.00009,
  mistHeight: 95,
  air: 0.000026,
  airHeight: 1600,
  lit: 0,
  streetShade: 0.5,
  groundShade: 0.4,
  ground: {
    land: "#d5d4cd",
    block: "#dedcd5",
    park: "#97ab7e",
    water: "#7fb0cc",
    waterDeep: "#649fc2",
    shore: "#a5c6d4",
    motorway: "#f7e6b8",
    primary: "#f6f3ea",
    secondary: "#eeebe3",
    residential: "#e3e0d8",
    casing: "#aeaca3",
    rail: "#85827c",
    border: "#7f848c",
    shade: "#232a3a",
    glow: 0,
    glowColor: "#ffcf8a",
    metro: 0.75,
  },
};

const NATURAL_NIGHT: LookPalette = {
  zenith: "#1a2f4e",
  horizon: "#4d6179",
  sunward: "#d19a72",
  sun: "#ffcfa0",
  sunPower: 1.55,
  skyLight: "#7fa3d6",
  skyPower: 0.36,
  bounce: "#3d4d63",
  bouncePower: 0.3,
  mist: 0.00013,
  mistHeight: 95,
  air: 0.000036,
  airHeight: 1600,
  lit: 0.2,
  streetShade: 0.62,
  groundShade: 0.5,
  ground: {
    land: "#252f3a",
    block: "#2e3945",
    park: "#22352e",
    water: "#1c4562",
    waterDeep: "#173a55",
    shore: "#2f5570",
    motorway: "#a08a64",
    primary: "#6c7682",
    secondary: "#535e6b",
    residential: "#3f4a56",
    casing: "#151b23",
    rail: "#4b5560",
    border: "#64748a",
    shade: "#05080d",
    glow: 0.35,
    glowColor: "#ffb46b",
    metro: 0.7,
  },
};

const NIGHT_NIGHT: LookPalette = {
  zenith: "#05090f",
  horizon: "#1d2a3a",
  sunward: "#222f3e",
  sun: "#8fb0e0",
  sunPower: 0.1,
  skyLight: "#4a6690",
  skyPower: 0.12,
  bounce: "#ff9d4d",
  bouncePower: 0.14,
  mist: 0.00014,
  mistHeight: 120,
  air: 0.00005,
  airHeight: 1500,
  lit: 0.32,
  streetShade: 0,
  groundShade: 0.35,
  ground: {
    land: "#0c121a",
    block: "#10171f",
    park: "#0d1917",
    water: "#081c2c",
    waterDeep: "#061623",
    shore: "#1a3d54",
    motorway: "#e6aa60",
    primary: "#b98549",
    secondary: "#7a5c3b",
    residential: "#443a30",
    casing: "#080c11",
    rail: "#39424d",
    border: "#47566a",
    shade: "#020407",
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
  skyPower: 0.26,
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
  sunPower: 0.95,
  skyLight: "#dfe8f2",
  skyPower: 0.78,
  bounce: "#eceae6",
  bouncePower: 0.3,
  mist: 0.00014,
  mistHeight: 95,
  air: 0.00004,
  airHeight: 1600,
  lit: 0,
  streetShade: 0.3,
  groundShade: 0.22,
  ground: {
    land: "#dde1e5",
    block: "#e4e7ea",
    park: "#d2dad3",
    water: "#c3d3dd",
    waterDeep: "#b7cad6",
    shore: "#aabecb",
    motorway: "#fdfdfd",
    primary: "#f8f9fa",
    secondary: "#f3f4f6",
    residential: "#ebedf0",
    casing: "#c8ced5",
    rail: "#b0b7bf",
    border: "#98a3ae",
    shade: "#3a4656",
    glow: 0,
    glowColor: "#ffffff",
    metro: 0.45,
  },
};

const WHITE_NIGHT: LookPalette = {
  ...WHITE_DAY,
  zenith: "#0e161f",
  horizon: "#303d4b",
  sunward: "#56616e",
  sun: "#fff0dd",
  sunPower: 0.8,
  skyLight: "#93aed2",
  skyPower: 0.36,
  bounce: "#4c5a6c",
  bouncePower: 0.3,
  groundShade: 0.5,
  ground: {
    land: "#19212a",
    block: "#1f2832",
    park: "#1a2728",
    water: "#142634",
    waterDeep: "#11202d",
    shore: "#30485a",
    motorway: "#4f5b68",
    primary: "#434e5a",
    secondary: "#37424d",
    residential: "#2c3640",
    casing: "#12181f",
    rail: "#47525e",
    border: "#5b6b7c",
    shade: "#04070b",
    glow: 0,
    glowColor: "#ffffff",
    metro: 0.5,
  },
};

const THEMATIC_DAY: LookPalette = { ...WHITE_DAY, sunPower: 0.9, streetShade: 0.25 };
const THEMATIC_NIGHT: LookPalette = { ...WHITE_NIGHT, sunPower: 0.7, streetShade: 0.25 };

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
    groundShade: base.groundShade * (1 - 0.25 * noon),
    lit: base.lit * (1 - 0.8 * noon),
  };
  return mixRecords(PALETTES.night[theme], high, smoothstep(-7, 5, sunElevationDeg));
}
