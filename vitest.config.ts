import { defineConfig } from "vitest/config";

/**
 * Journeys that have passed on two busy cores with software GL: they gate every change. The others in scripts/e2e are run by
 * `npm run journeys`; one moves up here when it has passed there on a clean clone.
 */
const GATING = ["start", "ifc-command", "commands"].map((name) => `scripts/e2e/${name}.e2e.ts`);

const browser = {
  environment: "node" as const,
  globalSetup: ["scripts/e2e/global-setup.ts"],
  fileParallelism: false,
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

/** Four kinds: `unit` in Node, `built` reads dist/ after a build, `e2e` and `journeys` in a real Chromium, one file after another. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "workers/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts"],
          environment: "node",
          testTimeout: 60_000,
        },
      },
      {
        test: { name: "built", include: ["scripts/check/**/*.built.ts"], environment: "node" },
      },
      { test: { ...browser, name: "e2e", include: GATING } },
      { test: { ...browser, name: "journeys", include: ["scripts/e2e/**/*.e2e.ts"], exclude: GATING } },
    ],
  },
});
