import { readFileSync } from "node:fs";
import { raw } from "hono/html";
import { readableNumber } from "../../platform/charts/index.js";
import { Headlines, Table } from "../../platform/pages/index.js";
import type { ValueAddedMeasure } from "../value-added/index.js";
import type { Decision } from "./decision.js";
import type { ReviewReportInput } from "./report-input.js";
import { hasOtherFigures, ReportOtherFigures } from "./report-other-figures.js";
import { ReportSchools } from "./report-schools.js";
import { countsInForce, ModelAlternatives } from "./web-alternatives.js";
import { ChanceInDecisions } from "./web-chance.js";
import { ModelChecks } from "./web-checks.js";
import { FurtherRecords } from "./web-further-records.js";
import { CaterpillarFigure, type MeasuredSchool, type MeasureWords } from "./web-measures.js";
import {
  AlternativesTable,
  CoefficientsTable,
  FitRecord,
  ModelFormula,
  modelInWords,
  VariancesTable,
  Warnings,
} from "./web-model.js";
import {
  counted,
  decimalsOf,
  decisionMeaning,
  decisionName,
  decisions,
  intervalName,
  percentage,
  shareOf,
} from "./web-words.js";

let styles: string | null = null;

/** The report's own styles, read once. */
function reportStyles(): string {
  styles ??= readFileSync(new URL("./report.css", import.meta.url), "utf8");
  return styles;
}

function DecisionCounts({ input }: { input: ReviewReportInput }) {
  const all = input.decisions.length;
  const count = (decision: Decision) => input.decisions.filter((d) => d.decision === decision).length;
  const items = decisions
    .map((decision) => ({ decision, n: count(decision) }))
    .filter(({ n }) => n > 0)
    .map(({ decision, n }) => ({
      label: decisionName(decision),
      figure: readableNumber(n),
      note: `${shareOf(n, all)} of ${counted(all, "school")}`,
    }));
  return items.length === 0 ? (
    <p class="govuk-body">
      No decision was made. The <a href="#notes">warnings and notes</a> say why.
    </p>
  ) : (
    <Headlines items={items} />
  );
}

function HowToRead({ input, words }: { input: ReviewReportInput; words: MeasureWords }) {
  const { parameters } = input;
  const line = readableNumber(parameters.line, words.decimals);
  return (
    <>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          {`Value added says by how much a school's pupils did better or worse than pupils with the same start and context elsewhere, in units of the outcome (${words.outcome}). The average is 0; the standard deviation of the pupils' outcome is ${readableNumber(input.measure.outcomeDeviation, words.decimals + 1)}.`}
        </li>
        <li>
          {`Every figure has an interval (${intervalName(words.confidence)}): the school's own figure probably lies within it. Schools whose intervals overlap may not differ at all.`}
        </li>
        <li>
          {`The agreed line is ${line}. A school is refused on value added only where the probability of being below it is at least ${percentage(parameters.refusalProbability)}; with fewer than ${readableNumber(parameters.fewestPupilEquivalents, 0)} pupil-equivalents nothing is decided.`}
        </li>
        <li>
          A pupil-equivalent is one pupil for the whole of the measured time: a pupil who was here for half of it counts
          as half.
        </li>
        <li>Reliability says how much of a school's difference from the average is kept; the rest may be chance.</li>
      </ul>
      <dl class="govuk-summary-list">
        {decisions.map((decision) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{decisionName(decision)}</dt>
            <dd class="govuk-summary-list__value">{decisionMeaning(decision)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Pupils({ pupils }: { pupils: ValueAddedMeasure["pupils"] }) {
  const rows = [
    ["Read", pupils.read],
    ...pupils.leftOut.map((left) => [`Left out: ${left.reason}`, left.count] as const),
    ["Used", pupils.used],
  ] as const;
  return (
    <Table
      caption="Pupils read, left out and used"
      captionHidden
      rows={rows}
      small
      columns={[
        { heading: "Pupils", cell: ([name]) => name },
        { heading: "Number", numeric: true, cell: ([, n]) => readableNumber(n) },
      ]}
    />
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.length === 0 ? (
    <p class="govuk-body">Nothing else to note.</p>
  ) : (
    <ul class="govuk-list govuk-list--bullet">
      {notes.map((note) => (
        <li>{note}</li>
      ))}
    </ul>
  );
}

const contents: readonly (readonly [string, string])[] = [
  ["decisions", "Decisions"],
  ["read", "How to read this report"],
  ["figure", "The schools on one figure"],
  ["alternatives", "What another choice would change"],
  ["chance", "How much is chance"],
  ["notes", "Warnings and notes"],
  ["model", "The model"],
  ["checks", "Does the model fit?"],
  ["groups", "Other figures of each school"],
  ["schools", "Every school"],
];

function Section({ id, children }: { id: string; children?: unknown }) {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-l" id={id}>
        {contents.find(([key]) => key === id)![1]}
      </h2>
      {children}
    </section>
  );
}

function Contents({ input }: { input: ReviewReportInput }) {
  return (
    <nav aria-label="Contents">
      <ul class="govuk-list">
        {contents
          .filter(([id]) => id !== "groups" || hasOtherFigures(input))
          .map(([id, text]) => (
            <li>
              <a class="govuk-link" href={`#${id}`}>
                {text}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** The schools of the measure with their decisions, for the figure. */
function drawnSchools(input: ReviewReportInput): readonly MeasuredSchool[] {
  const decided = new Map(input.decisions.map((d) => [d.school, d.decision]));
  return input.measure.schools.map(({ school, valueAdded, lower, upper }) => ({
    name: school,
    decision: decided.get(school) ?? null,
    valueAdded,
    lower,
    upper,
  }));
}

function ReportBody({ input }: { input: ReviewReportInput }) {
  const { measure } = input;
  const decimals = decimalsOf(measure.outcomeDeviation);
  const words: MeasureWords = {
    outcome: measure.title,
    decimals,
    line: input.parameters.line,
    confidence: input.confidence,
  };
  return (
    <main>
      <h1 class="govuk-heading-xl">{input.title}</h1>
      <p class="govuk-body">{`Annual review, made ${input.made}. This file needs no network, no server and no script.`}</p>
      <Contents input={input} />
      <Section id="decisions">
        <DecisionCounts input={input} />
      </Section>
      <Section id="read">
        <HowToRead input={input} words={words} />
      </Section>
      <Section id="figure">
        <CaterpillarFigure
          id="caterpillar"
          title="Every school with its interval"
          schools={drawnSchools(input)}
          measure={words}
        />
      </Section>
      <Section id="alternatives">
        <AlternativesTable alternatives={input.alternatives} about={input.title} />
        <ModelAlternatives
          id="alternatives"
          about={input.title}
          comparison={input.comparison}
          inForce={countsInForce(input.decisions)}
          decimals={decimals}
        />
      </Section>
      <Section id="chance">
        <ChanceInDecisions comparison={input.comparison} about={input.title} />
      </Section>
      <Section id="notes">
        <Warnings model={measure.model} />
        <Notes notes={[...measure.notes, ...input.notes]} />
        <Pupils pupils={measure.pupils} />
      </Section>
      <Section id="model">
        <p class="govuk-body">{modelInWords(measure.model, measure.title)}</p>
        <ModelFormula model={measure.model} />
        <CoefficientsTable model={measure.model} about={input.title} />
        <VariancesTable model={measure.model} about={input.title} />
        <FurtherRecords model={measure.model} about={input.title} />
        <FitRecord model={measure.model} />
      </Section>
      <Section id="checks">
        <ModelChecks id="check" about={input.title} diagnostics={measure.diagnostics} decimals={decimals} />
      </Section>
      {hasOtherFigures(input) && (
        <Section id="groups">
          <ReportOtherFigures input={input} decimals={decimals} />
        </Section>
      )}
      <Section id="schools">
        <ReportSchools input={input} decimals={decimals} />
      </Section>
    </main>
  );
}

/**
 * The report of a review as one HTML file: styles and charts are in it, it loads nothing and runs nothing.
 * The file forbids itself every network access, so that opening it tells nobody anything.
 */
export function reviewReport(input: ReviewReportInput): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>{`${input.title} – annual review`}</title>
        <style>{raw(reportStyles())}</style>
      </head>
      <body>
        <ReportBody input={input} />
      </body>
    </html>
  );
  return `<!DOCTYPE html>\n${page.toString()}\n`;
}
