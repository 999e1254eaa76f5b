import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstPage, nextPage } from "./next-page.js";

describe("where a sign-in leads", () => {
  it.each(["/", "/schools/100123?year=2025%2F26&a=b", "/regions/E12000001", "/a%20b"])("%s, as asked", (path) => {
    expect(nextPage(path)).toBe(path);
  });

  it.each([
    ["another site", "https://evil.example/"],
    ["another site without its scheme", "//evil.example"],
    ["what browsers read as that", "/\\evil.example"],
    ["the same further in", "/a\\evil"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line end, which would begin a header", "/a\r\nSet-Cookie: a=b"],
    ["dots that lead there", "/..//evil.example"],
    ["the sign-in itself", "/sign-in?next=/a"],
    ["the way out", "/sign-out"],
    ["no path", "schools"],
    ["nothing", undefined],
    ["two of them", ["/a", "/b"]],
    ["more than an address should have", `/${"a".repeat(3000)}`],
  ])("not to %s", (_, asked) => {
    expect(nextPage(asked)).toBe(firstPage);
  });

  it("stays on this site, whatever is asked", () => {
    const anyAddress = fc.oneof(
      fc.webUrl(),
      fc.string().map((text) => `/${text}`),
      fc
        .array(fc.constantFrom("/", "\\", ".", "%2f", "%5c", "evil.example", "\t", "\n", "?", "#", "@", ":"))
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(anyAddress, (asked) => {
        const here = "https://greenpaper.example";
        expect(new URL(nextPage(asked), here).origin).toBe(here);
        expect(nextPage(asked)).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      }),
      { numRuns: 2000 },
    );
  });
});
