import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CityView } from "../city/contract.ts";
import type { PreviewPart } from "../jobs/ifc-job.ts";
import type { Stores } from "../state/stores.ts";
import { isPreviewTileset, ModelPreview } from "./model-preview.ts";

const ORIGIN = { longitudeDeg: 123.4, latitudeDeg: 41.8, height: 40 };

function partOf(part: number, size = 20): PreviewPart {
  return {
    part,
    georeference: { method: "IfcSite", origin: ORIGIN, notes: [] },
    box: { min: [0, 0, 0], max: [size, size, size] },
    tilesetJson: Uint8Array.of(123, 125),
    glb: Uint8Array.of(1, 2, 3),
  };
}

/** What stands in the city, by what a preview asked of it. */
class City {
  readonly standing: string[] = [];
  readonly cuts = new Set<string>();
  flights = 0;
  finish: () => void = () => {};
  readonly view = {
    addTileset: async ({
      id,
      readTile,
    }: {
      id: string;
      readTile: (path: string) => Promise<ArrayBuffer>;
    }) => {
      expect(new Uint8Array(await readTile("0.glb"))).toEqual(Uint8Array.of(1, 2, 3));
      this.standing.push(id);
    },
    removeTileset: (id: string) => {
      if (this.standing.includes(id)) this.standing.splice(this.standing.indexOf(id), 1);
    },
    setFootprintCut: (id: string, ring: unknown) => (ring ? this.cuts.add(id) : this.cuts.delete(id)),
    zoomToTileset: async () => {
      this.flights++;
    },
    whenTilesetDrawn: (id: string) =>
      isPreviewTileset(id)
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            this.finish = resolve;
          }),
  } as unknown as CityView;
}

function begin(city: City, known: readonly string[] = []) {
  const shown: number[] = [];
  const stores = { models: { get: () => ({ models: known.map((id) => ({ id })) }) } } as unknown as Stores;
  const onError = (error: unknown) => {
    throw error;
  };
  const preview = new ModelPreview({ view: city.view, stores, onError }, { shows: (n) => shown.push(n) });
  return { preview, shown };
}

beforeEach(() => vi.stubGlobal("location", { origin: "http://here" }));

describe("a model on its way", () => {
  it("is shown part by part, flown to once, and replaced when the whole has been drawn", async () => {
    const city = new City();
    const { preview, shown } = begin(city);
    preview.show(partOf(0), "m");
    preview.show(partOf(1), "m");
    await vi.waitFor(() => expect([shown.length, city.standing.length, city.flights]).toEqual([2, 2, 1]));
    expect(city.standing.every(isPreviewTileset)).toBe(true);
    expect(city.cuts.size).toBe(1);
    expect(await preview.isFramed({ min: [0, 0, 0], max: [22, 20, 20] })).toBe(true);
    expect(await preview.isFramed({ min: [0, 0, 0], max: [90, 20, 20] })).toBe(false);
    const replaced = preview.replaceBy("model-m");
    expect(city.cuts.size).toBe(0);
    expect(city.standing).toHaveLength(2);
    city.finish();
    await replaced;
    expect(city.standing).toEqual([]);
  });

  it("is gone after a cancel, and what comes too late is not shown", async () => {
    const city = new City();
    const { preview, shown } = begin(city);
    preview.show(partOf(0), "m");
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    preview.show(partOf(1), "m");
    preview.remove();
    preview.show(partOf(2), "m");
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect([city.standing, city.cuts.size]).toEqual([[], 0]);
  });

  it("begins anew when the work is begun once more", async () => {
    const city = new City();
    const { preview, shown } = begin(city);
    preview.show(partOf(0), "m");
    preview.show(partOf(1), "m");
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    await vi.waitFor(() => expect(city.standing).toHaveLength(2));
    preview.show(partOf(0), "m");
    await vi.waitFor(() => expect(shown).toHaveLength(3));
    await vi.waitFor(() => expect(city.standing).toHaveLength(1));
  });

  it("is not shown without a place, nor over the same model", async () => {
    const city = new City();
    begin(city).preview.show({ ...partOf(0), georeference: { method: "none", notes: [] } }, "m");
    begin(city, ["m"]).preview.show(partOf(0), "m");
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect([city.standing, city.cuts.size, city.flights]).toEqual([[], 0, 0]);
  });
});
