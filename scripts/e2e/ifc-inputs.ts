import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../root.ts";

/** Where the built product serves the sample building. */
export const SAMPLE_URL = "samples/liaotwin-municipal.ifc";

export function sampleIfc(): string {
  return readFileSync(join(ROOT, "public", SAMPLE_URL), "utf8");
}

/** The sample with its map conversion and site position taken out: a building that does not know where it stands. */
export function withoutGeoreference(ifc: string): string {
  return ifc
    .replace(/^#\d+\s*=\s*IFCMAPCONVERSION\([^;]*;\r?\n/gm, "")
    .replace(/^#\d+\s*=\s*IFCPROJECTEDCRS\([^;]*;\r?\n/gm, "")
    .replace(/(=\s*IFCSITE\([^;]*?),\(\d+(?:,-?\d+){2,3}\),\(\d+(?:,-?\d+){2,3}\),/g, "$1,$,$,");
}

/** The same building as other content: nothing is answered from the cache. */
export function asNewContent(ifc: string, mark: string): string {
  return ifc.replace("END-ISO-10303-21;", `/* ${mark} */\nEND-ISO-10303-21;`);
}

/**
 * Puts a file into the page and gives the function that drops it on the window as a user would: enter, over, drop. Handing
 * the content over is the test's own work and must not be measured with the product's.
 */
export async function prepareDrop(
  page: Page,
  name: string,
  content: string,
  changedAtMs?: number,
): Promise<() => Promise<void>> {
  const transfer = await page.evaluateHandle(
    ({ fileName, text, lastModified }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName, { lastModified: lastModified ?? Date.now() }));
      return data;
    },
    { fileName: name, text: content, lastModified: changedAtMs },
  );
  return async () => {
    for (const type of ["dragenter", "dragover", "drop"])
      await page.dispatchEvent("body", type, { dataTransfer: transfer });
    await transfer.dispose();
  };
}

/** @param changedAtMs when the file was changed last; now, when absent */
export async function dropFile(
  page: Page,
  name: string,
  content: string,
  changedAtMs?: number,
): Promise<void> {
  const drop = await prepareDrop(page, name, content, changedAtMs);
  await drop();
}
