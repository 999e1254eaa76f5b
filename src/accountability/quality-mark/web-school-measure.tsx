import {
  intervalBarChart,
  readableNumber,
  seriesChart,
  signedNumber,
  waterfallChart,
} from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { ExplanationStep } from "../value-added/index.js";
import type { PublishedMeasure, PublishedReview, SchoolPage } from "./published.js";
import type { MeasureWords, Spread } from "./web-measures.js";
import { capitalised, interval, intervalName, percentage } from "./web-words.js";

/** A school with what its page compares it with. */
export interface SchoolContentOptions {
  readonly review: PublishedReview;
  readonly school: SchoolPage;
  /** Null where the review has no measure of the school's phase. */
  readonly measure: (PublishedMeasure & { readonly words: MeasureWords }) | null;
  /** All measured schools of the phase; null where there are none. */
  readonly spread: Spread | null;
}

/** A school whose every figure is there. */
export interface Measured extends SchoolContentOptions {
  readonly measure: NonNullable<SchoolContentOptions["measure"]>;
  readonly valueAdded: number;
  readonly lower: number;
  readonly upper: number;
}

/** The school with its figures, or null where one of them is missing. */
export function measured(options: SchoolContentOptions): Measured | null {
  const { valueAdded, lower, upper } = options.school;
  if (valueAdded === null || lower === null || upper === null || options.measure === null) return null;
  return { ...options, measure: options.measure, valueAdded, lower, upper };
}

/** The figure in words: what it means, how sure it is, and where the line is. */
export function MeasureInWords({ school, measure, valueAdded, lower, upper }: Measured) {
  const { decimals, outcome, confidence } = measure.words;
  const size = readableNumber(Math.abs(valueAdded), decimals);
  const side = valueAdded >= 0 ? "above" : "below";
  const line = readableNumber(measure.line, decimals);
  return (
    <>
      <p class="govuk-body">
        {`Pupils here reached on average ${size} ${side} what pupils with the same prior attainment and context reach elsewhere (${outcome}). ` +
          `Results are partly chance: the school's own figure probably lies ${interval(lower, upper, decimals)} (${intervalName(confidence)}).`}
      </p>
      <p class="govuk-body">
        {school.probabilityBelow === null
          ? `The probability that the figure is below the agreed line of ${line} was not computed.`
          : `The probability that it is below the agreed line of ${line} is ${percentage(school.probabilityBelow)}. ` +
            `A school is refused on this measure only at ${percentage(measure.refusalProbability)} or more.`}
        {school.probabilityOtherwise !== null &&
          ` If as many other pupils of the same school had come, the decision would have been another with a probability of ${percentage(school.probabilityOtherwise)}.`}
      </p>
    </>
  );
}

/** The figure and its interval over the shape of all schools. */
export function MeasureFigure(options: Measured) {
  const { measure, spread, valueAdded, lower, upper, school } = options;
  const { decimals, outcome, confidence } = measure.words;
  const number = (value: number) => readableNumber(value, decimals);
  const title = `Value added, against the agreed line and all ${school.phase} schools`;
  const chart = intervalBarChart({
    id: "measure",
    title,
    description: `Value added ${number(valueAdded)}, ${intervalName(confidence)} ${interval(lower, upper, decimals)}; agreed line ${number(measure.line)}; average 0.`,
    value: valueAdded,
    lower,
    upper,
    decimals,
    others: spread?.bins ?? [],
    line: { at: measure.line, label: `Agreed line ${number(measure.line)}` },
    average: { at: 0, label: "Average, 0" },
    scaleName: outcome,
  });
  const rows: readonly (readonly [string, string])[] = [
    ["Value added", number(valueAdded)],
    [capitalised(intervalName(confidence)), interval(lower, upper, decimals)],
    [
      "Standard error",
      school.standardError === null ? "not computed" : readableNumber(school.standardError, decimals + 1),
    ],
    [
      "Prediction error (with the uncertainty of the model's coefficients)",
      school.predictionError === null ? "not computed" : readableNumber(school.predictionError, decimals + 1),
    ],
    ["Agreed line", number(measure.line)],
    ...(spread
      ? ([["Half of all schools lie", interval(spread.quarter, spread.threeQuarters, decimals)]] as const)
      : []),
  ];
  return (
    <Figure
      title={title}
      lead="The thick bar is this school's interval, the mark its figure. The grey shape behind shows how many schools there are at each value."
      chart={chart}
      table={
        <Table
          caption="The measure of this school"
          rows={rows}
          small
          columns={[
            { heading: "Figure", cell: ([name]) => name },
            { heading: "Value", numeric: true, cell: ([, value]) => value },
          ]}
        />
      }
    />
  );
}

/** A step as it is shown: `isTotal` where it is a figure in its own right, drawn from zero, and not a change. */
interface ShownStep {
  readonly label: string;
  readonly change: number;
  readonly total: number;
  readonly isTotal: boolean;
}

/** The first step is the raw average itself; the last shown is always the published figure. */
function shownSteps(steps: readonly ExplanationStep[]): readonly ShownStep[] {
  const shown = steps.map((step, k) => ({ ...step, isTotal: k === 0 || step.code === "published" }));
  const last = shown.at(-1);
  if (!last || last.code === "published") return shown;
  return [...shown, { label: "Published value added", change: 0, total: last.total, isTotal: true }];
}

/** The steps from the raw average to the published figure, as a waterfall and a table. */
export function HowItCameAbout({ school, measure }: Measured) {
  const { decimals } = measure.words;
  const steps = shownSteps(school.explanation);
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return <p class="govuk-body">Not computed: the steps were not kept with this measure.</p>;
  const title = "From the raw average to the published figure";
  const lead = `From ${readableNumber(first.total, decimals)} to ${readableNumber(last.total, decimals)}, step by step. The steps add up exactly.`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={waterfallChart({ id: "waterfall", title, description: lead, decimals, steps })}
      note="White bars add, orange bars take away, dark bars are figures in their own right, measured from the average of all pupils."
      table={
        <Table
          caption={title}
          rows={steps}
          small
          columns={[
            { heading: "Step", cell: (step) => step.label },
            {
              heading: "Change",
              numeric: true,
              cell: (step) => (step.isTotal ? "a figure" : signedNumber(step.change, decimals + 1)),
            },
            { heading: "Sum so far", numeric: true, cell: (step) => readableNumber(step.total, decimals + 1) },
          ]}
        />
      }
    />
  );
}

/** What is claimed of the current year and of the average of the years, each with its own interval, and whether they differ. */
function CurrentYear({ school, measure, valueAdded, lower, upper }: Measured) {
  const { decimals, confidence } = measure.words;
  const current = school.years.find(({ lessAverage }) => lessAverage !== null);
  if (!current?.lessAverage)
    return <p class="govuk-body">The school has no pupils in the latest year, so nothing is claimed about it.</p>;
  const { lessAverage } = current;
  const differs = lessAverage.lower > 0 ? "above" : lessAverage.upper < 0 ? "below" : null;
  const rows: readonly (readonly [string, number, number, number])[] = [
    [`Current year, ${current.year}`, current.valueAdded, current.lower, current.upper],
    ["Average of the years that count: the published figure", valueAdded, lower, upper],
    ["Current year less the average", lessAverage.estimate, lessAverage.lower, lessAverage.upper],
  ];
  return (
    <>
      <p class="govuk-body">
        {differs === null
          ? "The current year does not differ from the average of the years by more than chance may explain."
          : `The current year is ${differs} the average of the years by more than chance may explain.`}{" "}
        The decision rests on the average.
      </p>
      <Table
        caption="The current year and the average of the years"
        rows={rows}
        small
        columns={[
          { heading: "Figure", cell: ([name]) => name },
          { heading: "Value added", numeric: true, cell: ([, value]) => readableNumber(value, decimals) },
          {
            heading: capitalised(intervalName(confidence)),
            numeric: true,
            cell: ([, , from, to]) => interval(from, to, decimals).replace("from ", ""),
          },
        ]}
      />
    </>
  );
}

/** The school cohort by cohort. */
export function YearByYear(options: Measured) {
  const { school, measure } = options;
  const { decimals, outcome, confidence } = measure.words;
  if (school.years.length === 0) return <p class="govuk-body">Not computed: the measure has one cohort only.</p>;
  const points = school.years.map((y) => ({
    label: y.year,
    value: y.valueAdded,
    lower: y.lower,
    upper: y.upper,
  }));
  const lead = "One cohort is few pupils and its figure moves by chance; the decision rests on all cohorts together.";
  return (
    <>
      <CurrentYear {...options} />
      <Figure
        title="Value added, cohort by cohort"
        lead={lead}
        chart={seriesChart({
          id: "years",
          title: "Value added, cohort by cohort",
          description: points.map((p) => `${p.label}: ${readableNumber(p.value, decimals)}`).join("; "),
          points,
          line: { at: measure.line, label: `Agreed line ${readableNumber(measure.line, decimals)}` },
          average: { at: 0, label: "Average, 0" },
          scaleName: confidence === undefined ? outcome : `${outcome}, with ${intervalName(confidence)}s`,
          pointsName: "Cohort",
          decimals,
          joined: true,
        })}
        table={
          <Table
            caption="Value added by cohort"
            rows={school.years}
            small
            columns={[
              { heading: "Cohort", cell: (y) => y.year },
              { heading: "Value added", numeric: true, cell: (y) => readableNumber(y.valueAdded, decimals) },
              {
                heading: capitalised(intervalName(confidence)),
                numeric: true,
                cell: (y) => interval(y.lower, y.upper, decimals).replace("from ", ""),
              },
              { heading: "Pupil-equivalents", numeric: true, cell: (y) => readableNumber(y.pupilEquivalents, 1) },
            ]}
          />
        }
      />
    </>
  );
}
