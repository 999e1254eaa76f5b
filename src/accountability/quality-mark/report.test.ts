import { describe, expect, it } from "vitest";
import { sampleReportInput } from "../../../test/sample-review.js";
import { reviewReport } from "./report.js";

const input = sampleReportInput(60);
const report = reviewReport(input);

describe("the report", () => {
  it("is one file that loads nothing, runs nothing, and forbids itself both", () => {
    expect(report).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"`);
    expect(report).not.toMatch(/<script|\son[a-z]+=|src=|@import|url\((?!#)/i);
    for (const [, href] of report.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^#|^data:,$/);
  });

  it("leads by its contents to sections that exist", () => {
    const wanted = [...report.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
    expect(wanted).toHaveLength(10);
    for (const id of wanted) expect(report).toContain(`id="${id}"`);
  });

  it("escapes what came from somebody's files", () => {
    expect(report).toContain("<title>Chemistry &lt;1997&gt; &amp; a made-up review – annual review</title>");
    expect(report).not.toContain("<1997>");
  });

  it("lists every school once, with its reasons where it was not awarded", () => {
    const rows = report.slice(report.indexOf('id="schools"')).match(/<tr class/g)!.length;
    expect(rows).toBe(input.decisions.length + 1); // and the head
    expect(report).toContain("<strong>Awaiting framework</strong>");
    expect(report).toContain("Special schools wait for the framework of the Expert Working Group.");
  });

  it("says once what is a reason of every school, and leaves it out of the rows", () => {
    const text = "The audited accounts have not been received.";
    const reason = { code: "accounts-missing", text };
    const decisions = input.decisions.map((d) => ({
      ...d,
      decision: "awaiting-evidence" as const,
      reasons: [...d.reasons, reason],
    }));
    const html = reviewReport({ ...input, decisions });
    expect(html.split(text)).toHaveLength(2);
    expect(html).toContain(`Of every school: ${text}`);
    expect(report).not.toContain("Of every school");
  });

  it("says what the spread of residuals means for intervals, and how far one pupil moves a small school's figure", () => {
    const text = report.replace(/<[^>]*>/g, " ");
    expect(text).toContain("the largest is 1.35 times the smallest");
    expect(text).toContain("between 3% narrower and 3% wider");
    expect(text).toContain("no school's by more than 0.80 standard errors".replace("'", "&#39;"));
    expect(text).toContain("11.5 to 41.5 pupil-equivalents");
  });

  it("says for a school without a measure that nothing was computed, and leaves no hole", () => {
    expect(report).toContain("not computed");
    expect(report.replace(/<[^>]*>/g, " ")).not.toMatch(/NaN|Infinity|undefined|\bnull\b|\[object/);
  });

  it("sorts schools as people count, 9 before 10", () => {
    const schools = ["10", "9", "2b", "2a"].map((school) => ({ ...input.measure.schools[0]!, school }));
    const html = reviewReport({ ...input, measure: { ...input.measure, schools }, decisions: [] });
    const names = [...html.slice(html.indexOf('id="schools"')).matchAll(/site-table__name">([^<]+)</g)].map(
      (m) => m[1],
    );
    expect(names).toEqual(["2a", "2b", "9", "10"]);
  });

  it("draws and lists schools of which nothing was decided", () => {
    const html = reviewReport({
      ...input,
      decisions: [],
      notes: ["The measure takes no prior attainment into account."],
    });
    expect(html).toContain("No decision was made.");
    expect(html).toMatch(/<\/svg> No decision<\/li>/);
    expect(html).toContain("not decided");
  });

  it("copes with a review without schools, priors, groups or alternatives, and says what is missing", () => {
    const html = reviewReport({
      ...input,
      alternatives: [],
      decisions: [],
      notes: [],
      measure: {
        ...input.measure,
        schools: [],
        notes: [],
        diagnostics: {
          calibration: [],
          residualsByPrior: [],
          residualQuantiles: [],
          residualsByGroup: [],
          residualHistogram: [],
        },
        model: { ...input.measure.model, converged: false, fixedEffects: [], varianceComponents: [], levels: [] },
      },
    });
    expect(html).toContain("No decision was made.");
    expect(html).toContain("no school has a measure, so there is no chart");
    expect(html).toContain("No other choice was tried");
    expect(html).toContain("Not computed: the measure has no prior attainment.");
    expect(html).toContain("Not computed: the measure has no ten schools whose figures single pupils could move.");
    expect(html).toContain("The fit did not converge. Its figures must not be used.");
  });

  it("of 2,410 schools is smaller than 3 MB", () => {
    const sample = sampleReportInput(2410 - 6);
    const schools = sample.measure.schools.map((school) => ({ ...school, outcomes: [], subgroups: [] }));
    const large = { ...sample, measure: { ...sample.measure, schools } };
    expect(Buffer.byteLength(reviewReport(large))).toBeLessThan(3_000_000);
  });
});
