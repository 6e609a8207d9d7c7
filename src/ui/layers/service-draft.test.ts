import { describe, expect, it } from "vitest";
import { parseCommand } from "../../commands/desk.ts";
import type { Layer } from "../../domain/layer.ts";
import { MAP_SERVICE_KINDS } from "../../domain/map-service.ts";
import { listedLayers } from "./layer-order.ts";
import { canAsk, EMPTY_DRAFT, serviceOf, withLayer } from "./service-draft.ts";

describe("service draft", () => {
  it("is complete with an address, and with a layer where one is needed", () => {
    for (const kind of MAP_SERVICE_KINDS) {
      const isFree = kind === "tianditu";
      expect([kind, serviceOf({ ...EMPTY_DRAFT, kind }) !== null]).toEqual([kind, isFree]);
      const filled = {
        ...EMPTY_DRAFT,
        kind,
        url: " https://x.example/{z}/{x}/{y} ",
        layer: "a",
        matrixSet: "w",
      };
      const service = serviceOf(filled);
      expect(() => parseCommand({ type: "add-map", service })).not.toThrow();
    }
    expect(serviceOf({ ...EMPTY_DRAFT, kind: "wms", url: "https://x.example" })).toBeNull();
  });

  it("never holds the key", () => {
    expect(JSON.stringify(serviceOf({ ...EMPTY_DRAFT, kind: "tianditu", key: "geheim" }))).not.toContain(
      "geheim",
    );
  });

  it("takes what the server offers", () => {
    const offered = {
      name: "img",
      title: "影像",
      matrixSets: ["w", "c"],
      styles: ["default"],
      formats: ["text/html", "image/jpeg"],
    };
    expect(withLayer(EMPTY_DRAFT, offered)).toMatchObject({
      layer: "img",
      name: "影像",
      matrixSet: "w",
      format: "image/jpeg",
    });
  });

  it("asks only servers that can answer", () => {
    expect(canAsk({ ...EMPTY_DRAFT, kind: "wms", url: "https://x.example/wms" })).toBe(true);
    expect(canAsk({ ...EMPTY_DRAFT, kind: "xyz", url: "https://x.example/wms" })).toBe(false);
    expect(canAsk({ ...EMPTY_DRAFT, kind: "wms", url: "" })).toBe(false);
  });
});

describe("listed layers", () => {
  it("what stands comes first, then the ground, the topmost first", () => {
    const layer = (id: string, kind: Layer["kind"]) => ({ id, kind }) as Layer;
    const listed = listedLayers([layer("low", "map"), layer("city", "city"), layer("high", "data")]);
    expect(listed.map((one) => [one.layer.id, one.place])).toEqual([
      ["city", null],
      ["high", 0],
      ["low", 1],
    ]);
  });
});
