import { expect, it } from "vitest";
import type { ModelEntry } from "../domain/model.ts";
import { createStores } from "../state/stores.ts";
import { createCommandDesk } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";

function desk() {
  const stores = createStores();
  const model = { id: "m", rows: 10, isSample: false } as unknown as ModelEntry;
  stores.models.set({ models: [model] });
  const { run } = createCommandDesk(stores, {} as CommandPorts);
  return { stores, run, reading: () => stores.reading.get().models.m! };
}

it("hides and isolates what is selected, and takes it back", async () => {
  const { run, reading } = desk();
  await run({ type: "select-elements", id: "m", rows: [4, 2, 99] });
  await run({ type: "hide-elements", id: "m" });
  expect([...reading().hidden]).toEqual([2, 4]);
  expect(reading().selected.length).toBe(0);
  await run({ type: "undo-visibility", id: "m" });
  await run({ type: "isolate-elements", id: "m", rows: [7] });
  expect([...reading().isolated!]).toEqual([7]);
  await expect(run({ type: "hide-elements", id: "other" })).rejects.toMatchObject({ code: "model.unknown" });
});

it("measures a distance after two points, an area when it is closed", async () => {
  const { stores, run } = desk();
  const add = (x: number, y: number) => run({ type: "add-measure-point", point: [x, y, 0] });
  await run({ type: "set-measuring", kind: "distance" });
  await add(0, 0);
  await add(3, 4);
  expect(stores.reading.get().measures).toHaveLength(1);
  expect(stores.reading.get().measuring).toEqual({ kind: "distance", points: [] });
  await run({ type: "set-measuring", kind: "area" });
  await add(0, 0);
  await add(1, 0);
  await run({ type: "finish-measure" });
  expect(stores.reading.get().measures, "two points are no area").toHaveLength(1);
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const)
    await add(x, y);
  await run({ type: "finish-measure" });
  expect(stores.reading.get().measures.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    "1 distance",
    "2 area",
  ]);
  await run({ type: "remove-measure", measure: 1 });
  expect(stores.reading.get().measures).toHaveLength(1);
});

it("planes get a normal of length 1; one without direction is refused", async () => {
  const { stores, run } = desk();
  await run({ type: "set-planes", planes: [{ normal: [0, 0, 4], offset: 2 }] });
  expect(stores.reading.get().planes).toEqual([{ normal: [0, 0, 1], offset: 2 }]);
  await expect(run({ type: "set-planes", planes: [{ normal: [0, 0, 0], offset: 2 }] })).rejects.toMatchObject(
    { code: "reading.flat_plane" },
  );
});
