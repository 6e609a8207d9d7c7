/** Widest scale bar, CSS pixels. */
export const SCALE_MAX_PX = 120;

/** The largest round length (1, 2, 5 times a power of ten metres) that fits, and its width in pixels. */
export function scaleBar(
  metersPerPixel: number,
): { readonly metres: number; readonly widthPx: number } | null {
  if (!(metersPerPixel > 0) || !Number.isFinite(metersPerPixel)) return null;
  const longest = metersPerPixel * SCALE_MAX_PX;
  const power = 10 ** Math.floor(Math.log10(longest));
  const metres = ([5, 2, 1].find((factor) => factor * power <= longest) ?? 1) * power;
  return { metres, widthPx: metres / metersPerPixel };
}
