import { defineConfig } from "vitest/config";

/**
 * Two projects: `unit` needs nothing but Node and is what `npm run check` runs;
 * `integration` (`*.int.test.ts`) touches databases, DuckDB, HTTP, processes and a browser.
 */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    reporters: ["default"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: ["**/*.int.test.{ts,tsx}", "node_modules"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["src/**/*.int.test.{ts,tsx}", "test/**/*.int.test.ts", "bench/**/*.int.test.ts"],
          globalSetup: ["test/global-setup.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } }, // a busy machine is late, not wrong
          maxWorkers: 2,
          sequence: { groupOrder: 1 }, // after the quick ones
        },
      },
    ],
  },
});
