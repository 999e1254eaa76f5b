import { readableNumber } from "../../platform/charts/index.js";
import { Table } from "../../platform/pages/index.js";
import type { SchoolMeasure, YearMeasure } from "../value-added/index.js";
import type { SchoolDecision } from "./decision.js";
import type { ReviewReportInput } from "./report-input.js";
import { decisionLabel, interval, percentage } from "./web-words.js";

interface Row {
  readonly school: string;
  readonly measure: SchoolMeasure | undefined;
  readonly decision: SchoolDecision | undefined;
}

/** Every school of the measure or of the decisions, in the order in which people look names and numbers up. */
function rowsOf({ measure, decisions }: ReviewReportInput): readonly Row[] {
  const measures = new Map(measure.schools.map((m) => [m.school, m]));
  const decided = new Map(decisions.map((d) => [d.school, d]));
  const order = new Intl.Collator("en", { numeric: true });
  return [...new Set([...measures.keys(), ...decided.keys()])]
    .sort((a, b) => order.compare(a, b))
    .map((school) => ({ school, measure: measures.get(school), decision: decided.get(school) }));
}

/** Sentences that stand among the reasons of every school: said once above the table instead of in each row. */
function sharedReasons(decisions: readonly SchoolDecision[]): ReadonlySet<string> {
  const [first, ...others] = decisions;
  if (!first || others.length === 0) return new Set();
  const shared = new Set(first.reasons.map((reason) => reason.text));
  for (const { reasons } of others)
    for (const text of shared) if (!reasons.some((reason) => reason.text === text)) shared.delete(text);
  return shared;
}

/** The decision with its own reasons; an award needs none. */
function DecisionCell({ decision, shared }: { decision: SchoolDecision | undefined; shared: ReadonlySet<string> }) {
  if (!decision) return <>not decided</>;
  if (decision.decision === "awarded") return <>{decisionLabel("awarded")}</>;
  return (
    <>
      <strong>{decisionLabel(decision.decision)}</strong>
      {decision.reasons
        .filter((reason) => !shared.has(reason.text))
        .map((reason) => (
          <span class="report-reason">{reason.text}</span>
        ))}
    </>
  );
}

/** The current year beside the published average; no columns where schools have no years of their own. */
function currentYear({ measure }: ReviewReportInput, decimals: number) {
  if (measure.schools.every(({ years }) => years.length === 0)) return [];
  const current = (row: Row) => row.measure?.years.find(({ lessAverage }) => lessAverage !== null);
  const figure = (show: (year: YearMeasure) => string) => (row: Row) => {
    const year = current(row);
    return year ? show(year) : "not computed";
  };
  return [
    {
      heading: "Current year",
      numeric: true,
      cell: figure(
        (y) =>
          `${readableNumber(y.valueAdded, decimals)} (${interval(y.lower, y.upper, decimals).replace("from ", "")})`,
      ),
    },
    {
      heading: "Current year less average",
      numeric: true,
      cell: figure(({ lessAverage: less }) =>
        less
          ? `${readableNumber(less.estimate, decimals)} (${interval(less.lower, less.upper, decimals).replace("from ", "")})`
          : "not computed",
      ),
    },
  ] as const;
}

/** The table of schools with what a reader needs of each; every figure is in the CSV file beside the report. */
export function ReportSchools({ input, decimals }: { input: ReviewReportInput; decimals: number }) {
  const figure = (show: (measure: SchoolMeasure) => string) => (row: Row) =>
    row.measure ? show(row.measure) : "not computed";
  const shared = sharedReasons(input.decisions);
  return (
    <>
      <p class="govuk-body">
        Standard errors and unrounded figures are in the list of schools (CSV) made with this report.
      </p>
      {shared.size > 0 && <p class="govuk-body">{`Of every school: ${[...shared].join(" ")}`}</p>}
      <Table
        caption="Every school with its decision and its measure"
        captionHidden
        rows={rowsOf(input)}
        small
        columns={[
          { heading: "School", cell: (row) => row.school },
          { heading: "Decision", cell: (row) => <DecisionCell decision={row.decision} shared={shared} /> },
          { heading: "Value added", numeric: true, cell: figure((m) => readableNumber(m.valueAdded, decimals)) },
          {
            heading: "Interval",
            numeric: true,
            cell: figure((m) => interval(m.lower, m.upper, decimals).replace("from ", "")),
          },
          ...currentYear(input, decimals),
          { heading: "Pupils", numeric: true, cell: figure((m) => readableNumber(m.pupils)) },
          { heading: "Pupil-equivalents", numeric: true, cell: figure((m) => readableNumber(m.pupilEquivalents, 1)) },
          { heading: "Reliability", numeric: true, cell: figure((m) => percentage(m.reliability)) },
          {
            heading: "Probability below the line",
            numeric: true,
            cell: (row) =>
              row.decision && row.decision.probabilityBelow !== null
                ? percentage(row.decision.probabilityBelow)
                : "not computed",
          },
        ]}
      />
    </>
  );
}
