import { describe, expect, it } from "vitest";
import type { Layer } from "../domain/layer.ts";
import { createStores } from "../state/stores.ts";
import { createCommandDesk } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";

const layer = (id: string, kind: Layer["kind"]) => ({ id, kind }) as Layer;

describe("order-map", () => {
  const setUp = () => {
    const stores = createStores();
    stores.layers.set({
      layers: [
        layer("city", "city"),
        layer("a", "map"),
        layer("sensors", "sensors"),
        layer("b", "data"),
        layer("c", "map"),
      ],
    });
    const { run } = createCommandDesk(stores, {} as CommandPorts);
    return {
      run,
      ids: () =>
        stores.layers
          .get()
          .layers.map(({ id }) => id)
          .join(" "),
    };
  };
  it.each([
    ["c", 0, "city sensors c a b"],
    ["a", 1, "city sensors b a c"],
    ["a", 9, "city sensors b c a"],
  ])("moves %s to %i among what lies on the ground", async (id, to, wanted) => {
    const { run, ids } = setUp();
    await run({ type: "order-map", id, to });
    expect(ids()).toBe(wanted);
  });
  it("refuses what does not lie there", async () => {
    await expect(setUp().run({ type: "order-map", id: "city", to: 0 })).rejects.toMatchObject({
      code: "map.unknown",
    });
  });
});
