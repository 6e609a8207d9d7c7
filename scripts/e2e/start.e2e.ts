import { spawn } from "node:child_process";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.ts";
import { waitForTwin } from "./launch.ts";
import { expectAlive, state, whenIdle } from "./twin-page.ts";
import { watchPage } from "./watch-page.ts";
import { zh } from "./words.ts";

/** Journey 1: `npm start` on a machine without internet. */
describe("start", () => {
  const children: { kill(signal: NodeJS.Signals): boolean }[] = [];
  afterAll(() => {
    for (const child of children) child.kill("SIGTERM");
  });

  /** The address that the start command prints on stdout when it is ready. */
  function startProduct(): Promise<{ url: string; lines: string[] }> {
    const child = spawn(join(ROOT, "node_modules/.bin/tsx"), ["scripts/start.ts", "--port", "0"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    return new Promise((resolve, reject) => {
      let text = "";
      child.on("exit", (code) => reject(new Error(`start ended with ${code}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const url = /https?:\/\/[\w.:[\]-]+/.exec(text)?.[0];
        if (url && text.includes("\n")) resolve({ url, lines: text.trim().split("\n") });
      });
    });
  }

  it("prints one line with the address and shows the city, without any other host", async () => {
    const { url, lines } = await startProduct();
    expect(lines).toHaveLength(1);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);

    const answer = await fetch(url);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain("'unsafe-inline'");

    const browser = await chromium.launch({ executablePath: findChromium()!, args: [...CHROMIUM_FLAGS] });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 0.5 });
      page.setDefaultTimeout(60_000);
      const problems = await watchPage(page);
      const foreign: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
          foreign.push(request.url());
      });
      await page.goto(url, { waitUntil: "commit" });
      await page.getByRole("heading", { level: 1 }).waitFor();
      const early = await page.evaluate(() => document.querySelectorAll("#city canvas").length);
      expect(early, "the shell is there before the engine").toBe(0);
      await waitForTwin(page);
      await whenIdle(page);
      await expectAlive(page);
      expect((await state(page)).ui.engine).toBe("ready");
      expect(foreign).toEqual([]);
      expect(problems.list()).toEqual([]);
      await page.getByText(zh("provenance.SAMPLE"), { exact: false }).first().waitFor();
    } finally {
      await browser.close();
    }
  });

  it("says in one sentence what is wrong with an option", async () => {
    const child = spawn(join(ROOT, "node_modules/.bin/tsx"), ["scripts/start.ts", "--port", "99999"], {
      cwd: ROOT,
    });
    let text = "";
    child.stderr.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
    expect(code).toBe(1);
    expect(text.trim()).toMatch(/^--port 99999: .+\.$/);
  });
});
