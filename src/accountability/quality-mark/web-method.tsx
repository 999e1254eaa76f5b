import type { Parameter, Source } from "../../kernel/index.js";
import { readableNumber } from "../../platform/charts/index.js";
import { Fold, Table } from "../../platform/pages/index.js";
import type { MembershipExample } from "../value-added/index.js";
import type { PublishedMeasure, PublishedReview } from "./published.js";
import { ModelChecks } from "./web-checks.js";
import type { MeasureWords } from "./web-measures.js";
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
  capitalised,
  counted,
  decimalsOf,
  decisionMeaning,
  decisionName,
  decisions,
  percentage,
  spelt,
} from "./web-words.js";

/** A parameter as pages show it: any value, with its dates and sources. */
export type ShownParameter = Parameter<number | string | boolean | readonly number[]>;

export interface MethodPage {
  readonly review: PublishedReview;
  readonly parameters: readonly ShownParameter[];
  readonly examples: readonly MembershipExample[];
}

const steps: readonly (readonly [string, string])[] = [
  [
    "Start from where the pupils were.",
    "Each pupil's result is compared with what pupils with the same prior attainment reach across the country, not with a fixed target.",
  ],
  [
    "Take the context into account.",
    "Pupils in like circumstances are compared with each other, so that a school is not marked for the neighbourhood it serves.",
  ],
  [
    "Share each pupil by time.",
    "A pupil who spent two thirds of the key stage here and one third elsewhere counts two thirds here. Taking a pupil off the roll does not take the result off the school.",
  ],
  [
    "Allow for chance.",
    "With few pupils, a few good or bad days move the average. The figure is drawn towards the average as far as chance may explain it, and is never shown without its interval.",
  ],
  ["Look at several years.", "All cohorts are estimated together: one year does not make or break a school."],
];

function Rule({ review }: { review: PublishedReview }) {
  return (
    <>
      <p class="govuk-body">
        A school holds the Quality Mark if three things are true: it is not clearly below the agreed line of value
        added, its safeguarding audit is secure, and its accounts are unqualified. Nothing else counts: there is no
        floor target, Key Stage 1 plays no part, and no measure of a single aspect of a school is used.
      </p>
      <p class="govuk-body">
        <strong>No school is refused on chance.</strong> The rule doesn't ask whether a school's figure is below the
        line, but how probable it is that the school itself is.
      </p>
      <Table
        caption="The rule's numbers in this review"
        rows={review.measures}
        columns={[
          { heading: "Phase", cell: (m) => capitalised(m.phase) },
          {
            heading: "Agreed line",
            numeric: true,
            cell: (m) => readableNumber(m.line, decimalsOf(m.outcomeDeviation)),
          },
          { heading: "Refused from a probability of", numeric: true, cell: (m) => percentage(m.refusalProbability) },
          { heading: "Fewest pupil-equivalents", numeric: true, cell: (m) => readableNumber(m.fewestPupilEquivalents) },
        ]}
      />
      <h3 class="govuk-heading-m">The five decisions</h3>
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

function Example({ example }: { example: MembershipExample }) {
  const rows = [
    ...Object.entries(example.counted),
    ...(example.unaccounted > 0 ? ([["Unaccounted", example.unaccounted]] as const) : []),
  ];
  return (
    <Fold summary={example.title}>
      <p class="govuk-body">{example.story}</p>
      <Table
        caption={`Whose ${example.unit} they are: ${example.title}`}
        captionHidden
        rows={rows}
        columns={[
          { heading: "School", cell: ([school]) => school },
          {
            heading: `${capitalised(example.unit)} of ${example.total}`,
            numeric: true,
            cell: ([, n]) => `${readableNumber(n)} (${percentage(n / example.total)})`,
          },
        ]}
      />
      <p class="govuk-body">{example.because}</p>
    </Fold>
  );
}

function sourceInWords(source: Source): string {
  return source.kind === "assumption" ? `Assumption: ${source.why}` : `${capitalised(source.kind)}: ${source.citation}`;
}

function Parameters({ parameters }: { parameters: readonly ShownParameter[] }) {
  const rows = parameters.flatMap((parameter) => parameter.values.map((dated) => ({ parameter, dated })));
  return (
    <Table
      caption="Parameters of the rule, with the date from which each holds and where it comes from"
      captionHidden
      rows={rows}
      small
      columns={[
        { heading: "Parameter", cell: ({ parameter }) => parameter.label },
        {
          heading: "Value",
          numeric: true,
          cell: ({ parameter, dated }) => `${valueInWords(dated.value)} ${parameter.unit}`.trim(),
        },
        { heading: "From", cell: ({ dated }) => dated.from },
        { heading: "Source", cell: ({ dated }) => sourceInWords(dated.source) },
      ]}
    />
  );
}

function valueInWords(value: number | string | boolean | readonly number[]): string {
  if (typeof value === "number") return readableNumber(value, Number.isInteger(value) ? 0 : 2);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string"
    ? value
    : value.map((v) => readableNumber(v, Number.isInteger(v) ? 0 : 2)).join(", ");
}

/** How the measure works and how a school is decided, for all phases. */
export function MethodContent({ review, parameters, examples }: MethodPage) {
  const first = review.measures[0];
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Method</h1>
        <p class="govuk-body-l">How the value a school adds is measured, and how its Quality Mark is decided.</p>
        <h2 class="govuk-heading-l">The measure in five steps</h2>
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
          {steps.map(([lead, rest]) => (
            <li>
              <strong>{lead}</strong> {rest}
            </li>
          ))}
        </ol>
        {first && (
          <>
            <h2 class="govuk-heading-l">The model</h2>
            <ModelFormula model={first.model} />
          </>
        )}
        <h2 class="govuk-heading-l">Each phase's fit and its checks</h2>
        {review.measures.length === 0 ? (
          <p class="govuk-body">This review has no measure.</p>
        ) : (
          <ul class="govuk-list govuk-list--bullet">
            {review.measures.map((measure) => (
              <li>
                <a class="govuk-link" href={`/method/${measure.phase}`}>
                  {`${capitalised(measure.phase)}: ${measure.title}`}
                </a>{" "}
                {`(${counted(measure.model.n, "pupil")})`}
              </li>
            ))}
          </ul>
        )}
        <h2 class="govuk-heading-l">How a school is decided</h2>
        <Rule review={review} />
        {parameters.length > 0 && (
          <>
            <h2 class="govuk-heading-l">Where the numbers come from</h2>
            <Parameters parameters={parameters} />
          </>
        )}
        {examples.length > 0 && (
          <>
            <h2 class="govuk-heading-l">Whose time counts: worked examples</h2>
            <p class="govuk-body">Each is also a test of the program. The pupils and schools are made up.</p>
            {examples.map((example) => (
              <Example example={example} />
            ))}
          </>
        )}
      </div>
    </div>
  );
}

/** One phase's fit: coefficients, variances, warnings, checks, and what another choice would change. */
export function PhaseMethodContent({
  review,
  measure,
  words,
}: {
  review: PublishedReview;
  measure: PublishedMeasure;
  words: MeasureWords;
}) {
  const about = `${measure.phase} schools`;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">Method, annual review {review.academicYear}</span>
        <h1 class="govuk-heading-xl">{`${capitalised(spelt(measure.phase))} schools: ${measure.title}`}</h1>
        <p class="govuk-body-l">{modelInWords(measure.model, words.outcome)}</p>
        <h2 class="govuk-heading-l">What another choice would change</h2>
        <p class="govuk-body">
          {`The agreed line is ${readableNumber(measure.line, words.decimals)} and a school is refused from a probability of ${percentage(measure.refusalProbability)}. ` +
            "Each row repeats all decisions with one of these changed."}
        </p>
        <AlternativesTable alternatives={measure.alternatives} about={about} />
        <h2 class="govuk-heading-l">Warnings and notes</h2>
        <Warnings model={measure.model} />
        {measure.notes.length > 0 && (
          <ul class="govuk-list govuk-list--bullet">
            {measure.notes.map((note) => (
              <li>{note}</li>
            ))}
          </ul>
        )}
        <h2 class="govuk-heading-l">The formula</h2>
        <p class="govuk-body">
          <code class="site-code">{measure.model.formula}</code>
        </p>
        <h2 class="govuk-heading-l">Coefficients</h2>
        <CoefficientsTable model={measure.model} about={about} />
        <h2 class="govuk-heading-l">Where the differences lie</h2>
        <VariancesTable model={measure.model} about={about} />
        <h2 class="govuk-heading-l">Does the model fit?</h2>
        <ModelChecks
          id={`check-${measure.phase}`}
          about={about}
          diagnostics={measure.diagnostics}
          decimals={words.decimals}
        />
        <h2 class="govuk-heading-l">Record of the fit</h2>
        <FitRecord model={measure.model} />
      </div>
    </div>
  );
}
