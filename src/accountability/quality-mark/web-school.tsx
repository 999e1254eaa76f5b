import {
  intervalBarChart,
  readableNumber,
  seriesChart,
  signedNumber,
  waterfallChart,
} from "../../platform/charts/index.js";
import { Figure, Govuk, Table } from "../../platform/pages/index.js";
import type { ExplanationStep } from "../value-added/index.js";
import type { PublishedMeasure, PublishedReview, SchoolPage } from "./published.js";
import type { MeasureWords, Spread } from "./web-measures.js";
import {
  capitalised,
  counted,
  DecisionTag,
  decisionMeaning,
  interval,
  intervalName,
  percentage,
  spelt,
} from "./web-words.js";

export interface SchoolContentOptions {
  readonly review: PublishedReview;
  readonly school: SchoolPage;
  /** Null where the review has no measure of the school's phase. */
  readonly measure: (PublishedMeasure & { readonly words: MeasureWords }) | null;
  /** All measured schools of the phase; null where there are none. */
  readonly spread: Spread | null;
}

/** A school whose every figure is there. */
interface Measured extends SchoolContentOptions {
  readonly measure: NonNullable<SchoolContentOptions["measure"]>;
  readonly valueAdded: number;
  readonly lower: number;
  readonly upper: number;
}

function measured(options: SchoolContentOptions): Measured | null {
  const { valueAdded, lower, upper } = options.school;
  if (valueAdded === null || lower === null || upper === null || options.measure === null) return null;
  return { ...options, measure: options.measure, valueAdded, lower, upper };
}

function DecisionBox({ school }: { school: SchoolPage }) {
  return (
    <section class={`site-decision site-decision--${school.decision}`} aria-labelledby="decision">
      <h2 class="govuk-heading-m" id="decision">
        Decision: <DecisionTag decision={school.decision} />
      </h2>
      <p class="govuk-body">{decisionMeaning(school.decision)}</p>
      {school.reasons.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{school.reasons.length === 1 ? "The reason" : "The reasons"}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {school.reasons.map((reason) => (
              <li>{reason.text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function About({ school }: { school: SchoolPage }) {
  const rows: readonly (readonly [string, string])[] = [
    ["URN", school.urn],
    ["Phase and kind", `${capitalised(school.phase)}, ${spelt(school.kind)}`],
    ["Town", school.town ?? "Not in the register"],
    ["Local authority", school.authority],
    ["Trust", school.trust ?? "Not part of a trust"],
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

/** The figure in words: what it means, how sure it is, and where the line is. */
function MeasureInWords({ school, measure, valueAdded, lower, upper }: Measured) {
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
      </p>
    </>
  );
}

function MeasureFigure(options: Measured) {
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

function HowItCameAbout({ school, measure }: Measured) {
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

/** What a reliability means for a reader: how far the figure was drawn towards the average. */
function reliabilityInWords(reliability: number): string {
  const kept = percentage(reliability);
  if (reliability >= 0.8)
    return `High (${kept}). There are enough pupils for the figure to be mostly the school's own.`;
  if (reliability >= 0.5)
    return `Moderate (${kept}). Part of the difference from the average may be chance, so the figure was drawn towards the average by the rest.`;
  return `Low (${kept}). Most of the difference from the average may be chance, so the figure was drawn strongly towards the average.`;
}

function WhoseResultsCount({ school }: { school: SchoolPage }) {
  const pupils = school.pupils === null ? "not computed" : counted(school.pupils, "pupil");
  const equivalents = school.pupilEquivalents === null ? "not computed" : readableNumber(school.pupilEquivalents, 1);
  const rows: readonly (readonly [string, string])[] = [
    ["Pupils", `${pupils} spent at least some of the measured time here`],
    ["Pupil-equivalents", `${equivalents}: a pupil who was here for half the time counts as half`],
    ["Reliability", school.reliability === null ? "not computed" : reliabilityInWords(school.reliability)],
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

function YearByYear({ school, measure }: Measured) {
  const { decimals, outcome, confidence } = measure.words;
  if (school.years.length === 0) return <p class="govuk-body">Not computed: the measure has one cohort only.</p>;
  const points = school.years.map((y) => ({
    label: y.year,
    value: y.valueAdded,
    lower: y.valueAdded - 1.96 * y.standardError,
    upper: y.valueAdded + 1.96 * y.standardError,
  }));
  const lead = "One cohort is few pupils and its figure moves by chance; the decision rests on all cohorts together.";
  return (
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
        scaleName: confidence === undefined ? outcome : `${outcome}, with 95% intervals`,
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
            { heading: "Standard error", numeric: true, cell: (y) => readableNumber(y.standardError, decimals + 1) },
            { heading: "Pupil-equivalents", numeric: true, cell: (y) => readableNumber(y.pupilEquivalents, 1) },
          ]}
        />
      }
    />
  );
}

/** A date as `14 March 2026`; the text as it is where it is no date. */
function longDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return day;
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

function Evidence({ school }: { school: SchoolPage }) {
  const { safeguarding, accounts } = school;
  const rows = [
    {
      key: { text: "Safeguarding audit" },
      value: {
        text: safeguarding
          ? `${capitalised(spelt(safeguarding.outcome))}, ${longDate(safeguarding.on)}`
          : "No audit has come yet. That is neither a pass nor a failure.",
      },
    },
    {
      key: { text: "Accounts" },
      value: {
        text: accounts
          ? `${capitalised(spelt(accounts.opinion))}, ${longDate(accounts.on)}`
          : "No auditor's opinion has come yet. That is neither a pass nor a failure.",
      },
    },
  ];
  return <Govuk is="summary-list" options={{ rows }} />;
}

function NotComputed({ school }: { school: SchoolPage }) {
  const why = school.reasons.map((reason) => reason.text).join(" ") || decisionMeaning(school.decision);
  return <Govuk is="inset-text" options={{ text: `The measure was not computed for this school. ${why}` }} />;
}

/** A school's page: what was decided and why, the measure with its uncertainty, and how it came about. */
export function SchoolContent(options: SchoolContentOptions) {
  const { review, school } = options;
  const full = measured(options);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">{`${school.authority}, ${school.region} · Annual review ${review.academicYear}`}</span>
        <h1 class="govuk-heading-xl">{school.name}</h1>
        <DecisionBox school={school} />
        <About school={school} />
        <h2 class="govuk-heading-l">What the school adds</h2>
        {full ? (
          <>
            <MeasureInWords {...full} />
            <MeasureFigure {...full} />
            <h2 class="govuk-heading-l">How the figure came about</h2>
            <HowItCameAbout {...full} />
            <h2 class="govuk-heading-l">Whose results count</h2>
            <WhoseResultsCount school={school} />
            <h2 class="govuk-heading-l">Year by year</h2>
            <YearByYear {...full} />
          </>
        ) : (
          <NotComputed school={school} />
        )}
        <h2 class="govuk-heading-l">Safeguarding and accounts</h2>
        <Evidence school={school} />
      </div>
    </div>
  );
}
