import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const foreign = new Set(["node_modules", "dist", "coverage"]);

/** Every Markdown file of the repository, and nothing that was installed, built or made. */
function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreign.has(entry.name) || entry.name.startsWith(".") ? [] : pagesBelow(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** A page without its code, in which brackets are no links. */
const prose = (text: string) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");

const linksOf = (text: string) =>
  [...prose(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g), ...prose(text).matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map(
    (match) => match[1]!,
  );

/** Headings as the usual renderers name them in addresses. */
const anchorsOf = (text: string) =>
  new Set(
    [...text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) =>
      match[1]!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/g, "-"),
    ),
  );

/** The links of a page that lead nowhere. */
function broken(page: string): string[] {
  return linksOf(readFileSync(page, "utf8")).filter((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return false;
    const [path, anchor] = link.split("#", 2);
    const target = path ? resolve(dirname(page), decodeURIComponent(path)) : page;
    if (!existsSync(target) || relative(root, target).startsWith("..")) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsOf(readFileSync(target, "utf8")).has(anchor);
  });
}

describe("every relative link leads to a file of the repository, and to a heading that is there", () => {
  it.each(pagesBelow(root).map((page) => [relative(root, page), page]))("%s", (_, page) => {
    expect(broken(page!)).toEqual([]);
  });

  it("(a page's links are found, a heading's anchor too)", () => {
    expect(linksOf("[a](b.md) ![c](d.svg 'words') `[no](x)`\n```\n[no](y)\n```\n[f]: g.md")).toEqual([
      "b.md",
      "d.svg",
      "g.md",
    ]);
    expect([...anchorsOf("# One, two & `three`\n## Was es gibt")]).toEqual(["one-two--three", "was-es-gibt"]);
  });
});
