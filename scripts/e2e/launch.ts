import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { ROOT } from "../root.ts";
import { createTwinServer, type TwinServer, type TwinServerOptions } from "../server/twin-server.ts";
import { CHROMIUM_FLAGS, CHROMIUM_MISSING, findChromium } from "./chromium.ts";
import { watchPage } from "./watch-page.ts";

export interface LaunchOptions {
  /** Query and fragment of the first address, e.g. `?scenario=hazard-flood`. */
  readonly address?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Device pixels per CSS pixel. Default 0.3: software GL draws a tenth of the pixels, the layout stays. */
  readonly pixelRatio?: number;
  readonly reducedMotion?: boolean;
  /** Language of the browser; the product itself starts in Chinese. */
  readonly browserLocale?: string;
  /** Whether the simulated feed plays. Default true. */
  readonly feed?: boolean;
  /** What lets the page publish to the embedded broker. Nobody may without it. */
  readonly publishToken?: string;
}

/** Home of Shenyang without its buildings: journeys that do not look at them need not wait for software GL to draw them. */
export const BARE_CITY = "?view=123.454206,41.768567,1768.3,332,-24&hide=city-shenyang";

export interface TwinUnderTest {
  readonly server: TwinServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console, uncaught exceptions and policy violations since the start or the last `forget`. */
  readonly problems: { readonly list: () => readonly string[]; readonly forget: () => void };
  close(): Promise<void>;
}

/** The build under test: `dist/`, or the folder that TWIN_DIST names (which may lack the tiles and Cesium's files). */
export function builtProduct(): Pick<TwinServerOptions, "root" | "tilesetsDir" | "cesiumDir"> {
  const root = process.env.TWIN_DIST ?? join(ROOT, "dist");
  return {
    root,
    ...(!existsSync(join(root, "tilesets")) && { tilesetsDir: join(ROOT, "tilesets") }),
    ...(!existsSync(join(root, "cesium")) && { cesiumDir: join(ROOT, "node_modules/cesium/Build/Cesium") }),
  };
}

/** Serves the built product on a free port and opens it in Chromium, 1440 x 900. Resolves when the city engine is ready. */
export async function launchTwin(options: LaunchOptions = {}): Promise<TwinUnderTest> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(CHROMIUM_MISSING);
  const server = await createTwinServer({
    ...builtProduct(),
    ...(options.feed === undefined ? {} : { feed: options.feed }),
    ...(options.publishToken !== undefined && { publishToken: options.publishToken }),
  });
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1440, height: 900 },
      deviceScaleFactor: options.pixelRatio ?? 0.3,
      locale: options.browserLocale ?? "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: options.reducedMotion === false ? "no-preference" : "reduce",
    });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const problems = await watchPage(page);
    await page.goto(`${server.url}/${options.address ?? ""}`, { waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    const opened = browser;
    return {
      server,
      browser,
      context,
      page,
      problems,
      async close() {
        await opened.close();
        await server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    await server.close();
    throw error;
  }
}

/** Resolves when `window.twin` is there and the city engine has started (or says why it could not). */
export async function waitForTwin(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const twin = (window as { twin?: { state(): { ui?: { engine?: string } } } }).twin;
      const engine = twin?.state().ui?.engine;
      return engine === "ready" || engine === "failed";
    },
    null,
    { timeout: 120_000 },
  );
}
