import { classOf, colorWithOpacity, type LayerStyle, type StyleClass } from "../../src/domain/layer-style.ts";
import type { RawFeature } from "../city/raw-feature.ts";
import { type FeatureStyle, NO_STYLE } from "./feature-set.ts";

export interface StyledRaw {
  readonly style: FeatureStyle;
  /** Metres at which its sheet stands; null when it lies on the ground. */
  readonly height: number | null;
}

const HEX = /^#[0-9a-fA-F]{6}$/;

/** Looks of features by their attributes; one object for each class or colour, so that equal ones are shared. */
export function classStyles(style: LayerStyle): (raw: RawFeature) => StyledRaw {
  const byClass = style.classes.map((one) => styleOf(style, one));
  const byColor = new Map<string, FeatureStyle>();
  const attribute = (raw: RawFeature, name: string | undefined) =>
    name === undefined ? undefined : raw.values[raw.keys.indexOf(name)];
  return (raw) => {
    const height = attribute(raw, style.heightProperty);
    const own = attribute(raw, style.colorProperty);
    const color = typeof own === "string" && HEX.test(own) ? own.toLowerCase() : null;
    if (color !== null && !byColor.has(color)) byColor.set(color, styleOf(style, { color }));
    const found =
      color === null ? byClass[classOf(style, attribute(raw, style.property))] : byColor.get(color);
    return {
      style: found ?? NO_STYLE,
      height: typeof height === "number" && Number.isFinite(height) ? height : null,
    };
  };
}

function styleOf(
  style: LayerStyle,
  { color, dash, width, fillOpacity }: Omit<StyleClass, "label">,
): FeatureStyle {
  return {
    stroke: colorWithOpacity(color, style.strokeOpacity),
    // an invisible fill is still one: 0 would stand for the layer's own
    fill: colorWithOpacity(color, Math.max(fillOpacity ?? style.fillOpacity, 0.004)),
    width: width ?? style.width,
    ...(dash && { dash }),
  };
}
