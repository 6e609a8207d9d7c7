import { expect, it } from "vitest";
import { SCALE_MAX_PX, scaleBar } from "./scale.ts";

it.each([
  [3.1, 200],
  [1, 100],
  [0.004, 0.2],
  [8700, 1_000_000],
])("%s m a pixel makes %s m", (metersPerPixel, metres) => {
  const bar = scaleBar(metersPerPixel);
  expect(bar?.metres).toBeCloseTo(metres, 9);
  expect(bar?.widthPx).toBeCloseTo(metres / metersPerPixel, 9);
});

it("never grows too wide nor too short", () => {
  for (let metersPerPixel = 0.01; metersPerPixel < 1e5; metersPerPixel *= 1.13) {
    const width = scaleBar(metersPerPixel)?.widthPx ?? 0;
    expect(width).toBeLessThanOrEqual(SCALE_MAX_PX * (1 + 1e-9));
    expect(width).toBeGreaterThan(SCALE_MAX_PX / 2.51);
  }
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("has nothing to show for %s", (metersPerPixel) => {
  expect(scaleBar(metersPerPixel)).toBeNull();
});
