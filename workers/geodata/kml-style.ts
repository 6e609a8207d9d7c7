import { type FeatureStyle, NO_STYLE } from "./feature-set.ts";

/** What a KML Style says, as far as it is plain. Colours as 0xRRGGBBAA, 0 when not given. */
export interface KmlStyle {
  line: number;
  width: number;
  fill: number;
  icon: number;
  hasFill: boolean;
  hasOutline: boolean;
}

export function createKmlStyle(): KmlStyle {
  return { line: 0, width: 0, fill: 0, icon: 0, hasFill: true, hasOutline: true };
}

/** KML colours are aabbggrr; 0 when it is none. */
export function kmlColor(text: string): number {
  const found = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim());
  if (!found) return 0;
  const [a, b, g, r] = found.slice(1).map((part) => Number.parseInt(part, 16)) as [
    number,
    number,
    number,
    number,
  ];
  return rgba(r, g, b, a);
}

/** Red, green, blue, alpha 0..255 as 0xRRGGBBAA; never 0, which means none. */
export function rgba(r: number, g: number, b: number, a: number): number {
  return ((r << 24) | (g << 16) | (b << 8) | a) >>> 0 || 1;
}

export function featureStyle(style: KmlStyle | null): FeatureStyle {
  if (!style) return NO_STYLE;
  const stroke = style.line || style.icon;
  const fill = style.hasFill ? style.fill || style.icon : rgba(0, 0, 0, 0);
  if (stroke === 0 && style.fill === 0 && style.width === 0 && style.hasFill) return NO_STYLE;
  return { stroke: style.hasOutline ? stroke : rgba(0, 0, 0, 0), fill, width: style.width };
}
