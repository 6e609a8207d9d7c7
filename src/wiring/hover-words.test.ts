import { describe, expect, it } from "vitest";
import { createStores } from "../state/stores.ts";
import { hoverWords, splitWords } from "./hover-words.ts";
import { SensorDesk } from "./sensor-desk.ts";

const center = { longitudeDeg: 123, latitudeDeg: 41, height: 0 };
const words = (pick: Parameters<typeof hoverWords>[0]) => hoverWords(pick, createStores(), new SensorDesk());

describe("hoverWords", () => {
  it("says how a gathered mark divides, worst first", () => {
    expect(splitWords([2, 0, 3, 0])).toEqual({ zh: "红 2 · 黄 3", en: "2 red · 3 yellow" });
    const cluster = words({ kind: "cluster", count: 5, split: [2, 0, 3, 0], worstRow: 0, center, radius: 9 });
    expect(cluster?.title.zh).toContain("5");
    expect(cluster?.subtitle.en).toBe("2 red · 3 yellow");
  });

  it("never calls silence calm", () => {
    const hexagon = (count: number, silent: number) =>
      words({ kind: "hexagon", count, silent, split: [0, 0, 0, 0], center, radius: 500 })?.subtitle.en;
    expect(hexagon(3, 0)).toBe("all normal");
    expect(hexagon(3, 1)).toBe("all normal · no data 1");
    expect(hexagon(3, 3)).toBe("no data");
  });

  it("says nothing of the ground, nor of a unit that is gone", () => {
    expect(words({ kind: "ground" })).toBeNull();
    expect(words({ kind: "unit", unitId: "gone" })).toBeNull();
  });
});
