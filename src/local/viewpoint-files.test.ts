import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import type { Viewpoint } from "../domain/reading/viewpoint.ts";
import { listViewpoints, readSnapshot, removeViewpoints, writeViewpoint } from "./viewpoint-files.ts";

function viewpoint(id: string, createdMs: number): Viewpoint {
  return {
    id,
    modelId: "m",
    title: `视点 ${id}`,
    author: "",
    createdMs,
    comments: [],
    type: "Issue",
    status: "Open",
    camera: null,
    planes: [],
    selected: ["0KkZ20so9BsO1d1hFcfLOl"],
    visibility: { shows: "all-but", globalIds: [] },
    hiddenStoreys: [],
    isXray: false,
    colouredBy: null,
    colours: [],
  };
}

it("keeps viewpoints and snapshots, oldest first, and lets them go", async () => {
  await writeViewpoint(viewpoint("b", 20), Uint8Array.of(1, 2));
  await writeViewpoint(viewpoint("a", 10));
  expect((await listViewpoints()).map(({ id }) => id)).toEqual(["a", "b"]);
  await writeViewpoint({ ...viewpoint("b", 20), title: "新" });
  expect(await readSnapshot("b"), "a change of words keeps the picture").toEqual(Uint8Array.of(1, 2));
  await removeViewpoints(["b"]);
  expect(await readSnapshot("b")).toBe(null);
  expect(await listViewpoints()).toEqual([viewpoint("a", 10)]);
});
