import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unbranded } from "./assets.js";
import { govuk, govukFolder } from "./govuk.js";
import type { GovukComponents } from "./govuk-types.js";

interface Fixtures {
  readonly component: string;
  readonly fixtures: readonly { readonly name: string; readonly options: object; readonly html: string }[];
}

const folder = join(govukFolder, "components");
const components = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => JSON.parse(readFileSync(join(folder, entry.name, "fixtures.json"), "utf8")) as Fixtures);

describe("the typed function for GOV.UK components (expected: the package's own fixtures)", () => {
  it.each(components.map((c) => [c.component, c.fixtures] as const))(
    "makes every fixture of %s to the letter",
    (name, fixtures) => {
      for (const { name: fixture, options, html } of fixtures) {
        const made = govuk(name as keyof GovukComponents, options as never);
        expect(made.trim(), fixture).toBe(html.trim());
      }
    },
  );

  it("was held against hundreds of fixtures, so that an empty folder doesn't pass", () => {
    expect(components.reduce((sum, c) => sum + c.fixtures.length, 0)).toBeGreaterThan(700);
  });

  it("escapes what is given as text", () => {
    expect(govuk("tag", { text: "<script>" })).toContain("&lt;script&gt;");
  });

  it("has the types that the installed version publishes", async () => {
    const script = new URL("../../../scripts/govuk-types.mjs", import.meta.url).href;
    const { govukTypes } = (await import(script)) as { govukTypes: () => string };
    expect(readFileSync(new URL("./govuk-types.ts", import.meta.url), "utf8")).toBe(govukTypes());
  });
});

describe("GOV.UK's stylesheet as we serve it", () => {
  const css = unbranded(readFileSync(join(govukFolder, "govuk-frontend.min.css"), "utf8"));

  it("names neither the licensed typeface nor the crest, and loads nothing", () => {
    expect(css).not.toMatch(/GDS Transport|crest\.svg|@font-face|url\(/);
    expect(css).toContain('font-family:"Helvetica Neue",helvetica,arial,sans-serif');
  });

  it("keeps every rule but the typeface's two", () => {
    const original = readFileSync(join(govukFolder, "govuk-frontend.min.css"), "utf8");
    expect(css.match(/\{/g)!.length).toBe(original.match(/\{/g)!.length - 2);
  });

  it("stops with a reason where a new version hides them elsewhere", () => {
    expect(() => unbranded('a{src:"GDS Transport"}')).toThrow("typeface or crest");
  });
});
