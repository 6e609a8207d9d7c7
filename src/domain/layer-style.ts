import * as v from "valibot";
import type { Legend } from "./layer.ts";
import type { LocalText } from "./provenance.ts";
import { localTextSchema } from "./schema-parts.ts";

const color = v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, "#rrggbb"));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const dash = v.pipe(v.array(v.pipe(v.number(), v.minValue(0.5), v.maxValue(64))), v.minLength(2));

/** Looks of features by an attribute: classes of a text, or of a number with ascending breaks. */
export const layerStyleSchema = v.strictObject({
  /** Attribute that decides; its values begin with a class's `value`, so that a code stands for its subclasses. */
  property: v.exactOptional(v.string()),
  /** With n-1 breaks for n classes, a number takes the class between them. */
  breaks: v.exactOptional(v.array(v.number())),
  /** Attribute that holds the colour itself, `#rrggbb`. */
  colorProperty: v.exactOptional(v.string()),
  fillOpacity: v.optional(share, 0.4),
  strokeOpacity: v.optional(share, 0.9),
  /** Pixels. */
  width: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(12)), 1.2),
  /** Areas stand as sheets at the height that this attribute gives, metres above ground. */
  heightProperty: v.exactOptional(v.string()),
  classes: v.optional(
    v.array(
      v.strictObject({
        value: v.exactOptional(v.string()),
        color,
        label: localTextSchema,
        dash: v.exactOptional(dash),
        width: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(12))),
        fillOpacity: v.exactOptional(share),
      }),
    ),
    [],
  ),
});

export type LayerStyle = Readonly<v.InferOutput<typeof layerStyleSchema>>;
export type StyleClass = LayerStyle["classes"][number];

/** The class of a value: between breaks, or the one with the longest code that the value begins with; -1 for none. */
export function classOf(style: LayerStyle, value: unknown): number {
  const { breaks, classes } = style;
  if (breaks) {
    const number = typeof value === "number" ? value : Number(value ?? Number.NaN);
    if (!Number.isFinite(number)) return -1;
    const at = breaks.findIndex((edge) => number < edge);
    return at < 0 ? breaks.length : at;
  }
  const text = String(value ?? "");
  let best = -1;
  classes.forEach((one, i) => {
    const code = one.value ?? "";
    if (text.startsWith(code) && (best < 0 || code.length > (classes[best]!.value ?? "").length)) best = i;
  });
  return text === "" ? -1 : best;
}

/** 0xRRGGBBAA. */
export function colorWithOpacity(hex: string, opacity: number): number {
  return ((Number.parseInt(hex.slice(1, 7), 16) << 8) | Math.round(opacity * 255)) >>> 0;
}

/** What the classes of a style mean; null for a style without any. */
export function legendOf(style: LayerStyle, title: LocalText, unit?: string): Legend | null {
  if (style.classes.length === 0) return null;
  return {
    title,
    ...(unit && { unit }),
    entries: style.classes.map((one) => ({
      color: one.color,
      label: one.label,
      ...((one.dash || one.fillOpacity === 0) && { isLine: true }),
    })),
  };
}
