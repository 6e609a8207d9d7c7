import type { TileMaterial } from "../tiles/contract.ts";

function linear(byte: number): number {
  const value = byte / 255;
  const out = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return Math.round(out * 1e5) / 1e5;
}

const known = new Map<number, TileMaterial>();

/** The material of an authored colour: sRGB red, green, blue, alpha as bytes, red highest. */
export function materialOf(color: number): TileMaterial {
  const found = known.get(color) ?? createMaterial(color);
  known.set(color, found);
  return found;
}

function createMaterial(color: number): TileMaterial {
  const [r, g, b, a] = [color >>> 24, (color >>> 16) & 255, (color >>> 8) & 255, color & 255];
  const isGlass = a < 255;
  return {
    name: `#${color.toString(16).padStart(8, "0")}`,
    color: [linear(r), linear(g), linear(b), Math.round((a / 255) * 1e4) / 1e4],
    // authored shells are often open or turned inside out
    doubleSided: true,
    metallic: 0,
    roughness: isGlass ? 0.15 : 0.85,
  };
}
