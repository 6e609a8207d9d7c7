import { defineConfig } from "vitest/config";

const browser = {
  environment: "node" as const,
  globalSetup: ["scripts/e2e/global-setup.ts"],
  fileParallelism: false,
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

/** Three kinds: `unit` in Node, `built` reads dist/ after a build, `e2e` in a real Chromium, one file after another. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "workers/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts"],
          environment: "node",
          // limits are guards against what hangs, not measurements: two busy cores stretch everything
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000, interval: 25 } },
        },
      },
      {
        test: {
          name: "built",
          include: ["scripts/check/**/*.built.ts"],
          environment: "node",
          testTimeout: 120_000,
        },
      },
      { test: { ...browser, name: "e2e", include: ["scripts/e2e/**/*.e2e.ts"] } },
    ],
  },
});
