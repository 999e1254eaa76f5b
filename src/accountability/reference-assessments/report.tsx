import { readFileSync } from "node:fs";
import { raw } from "hono/html";
import type { Publication } from "./store.js";
import { ReportContent } from "./web-report.js";
import { nameOf } from "./web-words.js";

let styles: string | null = null;

/** The report's own styles, read once. */
function reportStyles(): string {
  styles ??= readFileSync(new URL("./report.css", import.meta.url), "utf8");
  return styles;
}

/** The technical report as one HTML file that needs nothing else. */
export function reportFile(publication: Publication): string {
  const page = (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Technical report: ${nameOf(publication)}`}</title>
        <style>{raw(reportStyles())}</style>
      </head>
      <body>
        <main>
          <ReportContent publication={publication} />
        </main>
      </body>
    </html>
  );
  return `<!doctype html>\n${String(page)}\n`;
}
