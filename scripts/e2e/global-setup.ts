import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildTwin } from "../build.ts";
import { ROOT } from "../root.ts";

/** Journeys run against a production build; `npm test` has made it, a single `npm run e2e` makes it when it is missing. */
export async function setup(): Promise<void> {
  if (existsSync(join(ROOT, "dist/index.html"))) return;
  await buildTwin((line) => process.stdout.write(`${line}\n`));
}
