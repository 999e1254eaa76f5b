import { Fold } from "../../platform/pages/index.js";
import type { Baseline } from "./make-baseline.js";
import { Results } from "./results.js";
import { Breakdown, counts, divisions } from "./results-breakdown.js";
import type { Sheet } from "./shown.js";

const [teachers, unfilled] = counts;
const [phase, subject, region] = divisions;

/** What is shown by phase, subject and region in the last year. */
const choices = [
  { count: teachers, division: phase },
  { count: teachers, division: subject },
  { count: unfilled, division: subject },
  { count: teachers, division: region },
] as const;

/** The tables of a baseline as files, by their name. */
export function baselineSheets(baseline: Baseline): ReadonlyMap<string, Sheet> {
  const sheets = new Map<string, Sheet>();
  const collect = (sheet: Sheet) => {
    sheets.set(sheet.id, sheet);
    return null;
  };
  baselineParts(baseline, collect).toString();
  return sheets;
}

const link = ({ id }: Sheet) => (
  <p>
    <a class="govuk-link" href={`/simulate/baseline/${id}.csv`}>
      Download as CSV
    </a>
  </p>
);

function baselineParts({ run }: Baseline, download: (sheet: Sheet) => ReturnType<typeof link> | null) {
  const at = run.years - 1;
  return (
    <>
      <Results run={{ ...run, download, further: null }} />
      {choices.map(({ count, division }) => (
        <Fold summary={`${count.label} by ${division.label.toLowerCase()}`}>
          <Breakdown run={{ ...run, download }} choice={{ count, division, at }} />
        </Fold>
      ))}
    </>
  );
}

/** The country without any change, as charts and tables that need no script. */
export function BaselineContent({ baseline }: { baseline: Baseline | null }) {
  if (!baseline)
    return (
      <p class="govuk-body">
        The country without any change is being run on this server for the first time.{" "}
        <a class="govuk-link" href="/simulate">
          Load the page again
        </a>{" "}
        in some seconds.
      </p>
    );
  return (
    <>
      <h2 class="govuk-heading-m">Without any change</h2>
      <p class="govuk-body-s">
        Everybody, and {baseline.run.draws} draws of the uncertain numbers on a tenth of the teachers. Result hash{" "}
        <code class="site-code">{baseline.hash}</code>, as <code class="site-code">./greenpaper simulate</code> gives
        it.
      </p>
      {baselineParts(baseline, link)}
    </>
  );
}
