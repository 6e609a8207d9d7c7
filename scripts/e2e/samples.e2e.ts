import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { expectAlive, look, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

const IFC = join(ROOT, "../shared/data/ifc");
const EXPECTED = JSON.parse(
  readFileSync(join(ROOT, "workers/ifc/sample-expectations.json"), "utf8"),
) as Record<string, { readonly elements: number; readonly storeys: readonly unknown[] }>;
/** Of each folder the one with the fewest elements and the one with the most, small and large in turn. */
function chosen() {
  const folders = new Map<string, [string, (typeof EXPECTED)[string]][]>();
  for (const [path, facts] of Object.entries(EXPECTED)) {
    if (facts.elements === 0 || !existsSync(join(IFC, path))) continue;
    const folder = path.split("/")[0]!;
    folders.set(folder, [...(folders.get(folder) ?? []), [path, facts]]);
  }
  return [...folders.values()].flatMap((files) => {
    const sorted = files.sort(([, a], [, b]) => a.elements - b.elements);
    return [...new Set([sorted[0]!, sorted.at(-1)!])];
  });
}
const SAMPLES = chosen();
const HERE = { longitudeDeg: 123.4321, latitudeDeg: 41.7993, height: 0 };

/** Models that nobody here made: each lands in the city and is looked at close up, and is gone afterwards. */
describe.runIf(SAMPLES.length > 0)("other people's buildings", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({
      address: BARE_CITY,
      feed: false,
      viewport: { width: 1200, height: 800 },
      pixelRatio: 0.25,
    });
    await whenIdle(twin.page);
    await expectAlive(twin.page);
  });
  afterAll(() => twin?.close());

  it.each(SAMPLES)("%s is shown in both views", async (path, expected) => {
    const { page } = twin;
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: zh("models.open"), exact: true }).click();
    await (await chooser).setFiles(join(IFC, path));
    const opened = await waitForState(
      page,
      "the model is there, or why not",
      (s) => s.models.models.length === 1 || s.jobs.some((job) => job.state === "failed"),
      60_000,
    );
    expect(opened.jobs.filter((job) => job.state === "failed")).toEqual([]);
    const [model] = opened.models.models;
    expect(model!.counts.elements).toBe(expected.elements);
    expect(model!.storeys.length).toBe(expected.storeys.length);
    const { id, placement } = model!;
    if (placement === "unplaced") await run(page, { type: "place-model", id, ...HERE });
    await run(page, { type: "zoom-to-model", id });
    await whenIdle(page);
    expect((await state(page)).counters.tilesets).toBe(2);
    await run(page, { type: "open-building", id });
    await whenIdle(page);
    expect((await state(page)).models.open).toBe(id);
    const { colors, largestShare } = await look(page);
    expect(colors).toBeGreaterThan(4);
    expect(largestShare).toBeLessThan(0.97);
    await run(page, { type: "close-building" });
    await run(page, { type: "remove-model", id });
    await waitForState(page, "it is gone", (s) => s.models.models.length === 0);
  });
});
