import { readFileSync } from "node:fs";
import { raw } from "hono/html";
import { ReportContent, type TechnicalReport } from "./web-report.js";

let styles: string | null = null;

/** The report's own styles, read once. */
function reportStyles(): string {
  styles ??= readFileSync(new URL("./report.css", import.meta.url), "utf8");
  return styles;
}

/** The technical report as one HTML file that needs nothing else. */
export function reportFile(report: TechnicalReport): string {
  const page = (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Technical report: ${report.title}`}</title>
        <style>{raw(reportStyles())}</style>
      </head>
      <body>
        <main>
          <ReportContent report={report} />
        </main>
      </body>
    </html>
  );
  return `<!doctype html>\n${String(page)}\n`;
}
