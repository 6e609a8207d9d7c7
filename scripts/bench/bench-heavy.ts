import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { BARE_CITY, launchTwin } from "../e2e/launch.ts";
import { run, state, waitForState, whenIdle } from "../e2e/twin-page.ts";
import { heavyIfc } from "./heavy-ifc.ts";
import { print } from "./measure.ts";

const SHAPE_TRIANGLES = 50_000;
const COPIES = 10;
const CONVERSION_MS = 300_000;

/**
 * A building of statues, ten million triangles unless the first argument says otherwise (millions): converted in the built product in
 * Chromium, then looked at in the city, close up from afar and from near. Triangles are those that are drawn; memory is the page's heap.
 * Frames on software GL say nothing of a graphics card.
 */
export async function benchHeavy([millions = "10"]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "heavy-"));
  const path = join(folder, "heavy.ifc");
  const shapes = Math.max(1, Math.round((Number(millions) * 1e6) / SHAPE_TRIANGLES / COPIES));
  const pieces = [...heavyIfc({ shapes, copies: COPIES, triangles: SHAPE_TRIANGLES })];
  writeFileSync(path, pieces.join(""));
  const twin = await launchTwin({ address: BARE_CITY, feed: false, pixelRatio: 0.5 });
  try {
    await lookAt(twin.page, path);
  } finally {
    await twin.close();
    rmSync(folder, { recursive: true });
  }
}

async function lookAt(page: Page, path: string): Promise<void> {
  await whenIdle(page);
  const chooser = page.waitForEvent("filechooser");
  await run(page, { type: "choose-ifc-file" });
  await (await chooser).setFiles(path);
  const startMs = performance.now();
  const opened = await waitForState(
    page,
    "it is converted",
    (s) => s.models.models.length === 1,
    CONVERSION_MS,
  );
  const ms = Math.round(performance.now() - startMs);
  const { id, counts, bytes } = opened.models.models[0]!;
  print({ bench: "heavy", subject: "conversion", by: "liaotwin", ms, ...counts, byClass: null, bytes });
  await whenIdle(page);
  await report(page, "city");
  await run(page, { type: "open-building", id });
  await whenIdle(page);
  await report(page, "close-up, far");
  await run(page, { type: "select-elements", id, rows: [counts.elements >> 1] });
  await run(page, { type: "zoom-to-elements", id });
  await whenIdle(page);
  await report(page, "close-up, near");
}

async function report(page: Page, subject: string): Promise<void> {
  const { counters } = await state(page);
  const heapMb = await page.evaluate(() => {
    const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
    return Math.round((memory?.usedJSHeapSize ?? 0) / 1e6);
  });
  const isCity = subject === "city";
  print({
    bench: "heavy",
    subject,
    by: "liaotwin",
    heapMb,
    triangles: counters[isCity ? "tileTriangles" : "closeUp.triangles"],
    tiles: counters[isCity ? "tilesShown" : "closeUp.tiles"],
    refused: counters["closeUp.refusedTiles"] ?? 0,
  });
}
