import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { govukFolder } from "./govuk.js";

/** The typefaces of our pages: what the reader's machine has; the licensed one of GOV.UK is not ours to use. */
export const fontStack = '"Helvetica Neue",helvetica,arial,sans-serif';

/** A file that never changes under its address: the address holds a hash of the content. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

/** A file under an address with the hash of its content, to be served for ever: `/assets/audit-1a2b….js`. */
export function asset(name: string, extension: string, type: string, body: string): Asset {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { path: `/assets/${name}-${hash}.${extension}`, type, body };
}

/**
 * govuk-frontend's stylesheet without what belongs to GOV.UK alone: its typeface and its crest.
 * @throws {Error} when a new version of the package hides one of them in a way this function doesn't know.
 */
export function unbranded(css: string): string {
  const plain = css
    .replace(/\/\*![^*]*Margaret Calvert[\s\S]*?\*\//g, "")
    .replace(/@font-face\{[^}]*\}/g, "")
    .replaceAll("GDS Transport,arial,sans-serif", fontStack)
    .replace(/(-webkit-mask-image|mask-image|background-image):url\([^)]*crest[^)]*\);?/g, "")
    .replace(/\/\*# sourceMappingURL=.*?\*\//, "");
  if (/GDS Transport|crest\.svg|url\(/.test(plain))
    throw new Error(
      "govuk-frontend's stylesheet still names GOV.UK's typeface or crest; see src/platform/pages/assets.ts",
    );
  return plain;
}

const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#0b4f3c"/>' +
  '<path d="M8 7h11l5 5v13H8z" fill="#fff"/><path d="M19 7v5h5" fill="none" stroke="#0b4f3c" stroke-width="2"/>' +
  '<path d="M11 18l3 3 6-6" fill="none" stroke="#0b4f3c" stroke-width="2.5"/></svg>';

/** Everything a page loads: GOV.UK's styles, our own (one file), and an icon. No script and no font. */
export interface SiteAssets {
  readonly govuk: Asset;
  readonly site: Asset;
  readonly icon: Asset;
  readonly all: readonly Asset[];
}

/** Reads the styles once and gives each its address. */
export function siteAssets(): SiteAssets {
  const css = "text/css; charset=utf-8";
  const govuk = asset(
    "govuk",
    "css",
    css,
    unbranded(readFileSync(join(govukFolder, "govuk-frontend.min.css"), "utf8")),
  );
  const site = asset("site", "css", css, readFileSync(new URL("./site.css", import.meta.url), "utf8"));
  const icon = asset("icon", "svg", "image/svg+xml", favicon);
  return { govuk, site, icon, all: [govuk, site, icon] };
}
