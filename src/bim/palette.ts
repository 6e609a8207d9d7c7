export type Theme = "night" | "day";

/** Colours and lights of a theme. Colours are sRGB hexadecimal; intensities in three's units. */
export interface Palette {
  readonly skyTop: number;
  readonly skyHorizon: number;
  readonly skyFoot: number;
  readonly ground: number;
  readonly grid: number;
  readonly gridOpacity: number;
  readonly contact: number;
  readonly edge: number;
  readonly edgeOpacity: number;
  readonly cap: number;
  readonly capHatch: number;
  /** Outline of cut surfaces. */
  readonly cutEdge: number;
  readonly accent: number;
  readonly ghost: number;
  readonly ghostOpacity: number;
  readonly sun: number;
  readonly sunIntensity: number;
  readonly hemisphereSky: number;
  readonly hemisphereGround: number;
  readonly hemisphereIntensity: number;
  readonly environmentIntensity: number;
  readonly exposure: number;
  /** Light that comes out of glass. */
  readonly glassGlow: number;
  readonly glassGlowIntensity: number;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  night: {
    skyTop: 0x070b11,
    skyHorizon: 0x1b2836,
    skyFoot: 0x0d141c,
    ground: 0x1a2430,
    grid: 0x6f8aa3,
    gridOpacity: 0.2,
    contact: 0x04070a,
    edge: 0x0a1017,
    edgeOpacity: 0.5,
    cap: 0xa9bac9,
    capHatch: 0x8fa2b3,
    cutEdge: 0x0b1219,
    accent: 0x3dd6c3,
    ghost: 0x9db4c9,
    ghostOpacity: 0.055,
    sun: 0xfff0dc,
    sunIntensity: 2.1,
    hemisphereSky: 0x93aecb,
    hemisphereGround: 0x39424d,
    hemisphereIntensity: 0.5,
    environmentIntensity: 0.5,
    exposure: 1.18,
    glassGlow: 0xffb84a,
    glassGlowIntensity: 1.35,
  },
  day: {
    skyTop: 0xc9dbea,
    skyHorizon: 0xf1f4f6,
    skyFoot: 0xe3e8ec,
    ground: 0xdfe3e6,
    grid: 0x5a6a78,
    gridOpacity: 0.14,
    contact: 0x3a444e,
    edge: 0x2a333c,
    edgeOpacity: 0.5,
    cap: 0x39444f,
    capHatch: 0x56636f,
    cutEdge: 0x0f161c,
    accent: 0x0b8f80,
    ghost: 0x3c5266,
    ghostOpacity: 0.06,
    sun: 0xfff0da,
    sunIntensity: 4.6,
    hemisphereSky: 0xdfeaf6,
    hemisphereGround: 0xb9b2a6,
    hemisphereIntensity: 0.75,
    environmentIntensity: 0.45,
    exposure: 1.15,
    glassGlow: 0x000000,
    glassGlowIntensity: 0,
  },
};
