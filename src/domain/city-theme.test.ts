import { describe, expect, it } from "vitest";
import { BUILDING_USES, THEME_PROPERTIES } from "./city.ts";
import { attributeTheme, buildingUseName } from "./city-theme.ts";

const WARNING_COLORS = ["#ff4d4f", "#ff8a1f", "#ffd60a", "#3b9eff"];

describe("attributeTheme", () => {
  it.each(THEME_PROPERTIES)("%s has one colour more than breaks, all different", (property) => {
    const { breaks, legend } = attributeTheme(property);
    const colors = legend.entries.map((entry) => entry.color);
    expect(colors).toHaveLength(breaks ? breaks.length + 1 : BUILDING_USES.length);
    expect(new Set(colors).size).toBe(colors.length);
    for (const color of colors) expect(WARNING_COLORS).not.toContain(color);
  });
  it("names its classes", () => {
    expect(attributeTheme("height").legend.entries.map((entry) => entry.label.en)).toEqual([
      "< 10",
      "10 – 24",
      "24 – 50",
      "50 – 100",
      "100 – 200",
      "≥ 200",
    ]);
  });
  it("reads an unknown use as unknown", () => {
    expect(buildingUseName(99).en).toBe("Unknown");
  });
});
