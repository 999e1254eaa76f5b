import type { Parameter, Source } from "../../kernel/index.js";
import { readableNumber } from "../../platform/charts/index.js";
import { Fold, Table } from "../../platform/pages/index.js";
import {
  type ComparatorExample,
  comparatorExamples,
  type MembershipExample,
  membershipExamples,
} from "../value-added/index.js";
import { type QualityMarkExample, qualityMarkExamples } from "./examples.js";
import { qualityMarkParameters } from "./parameters.js";
import type { PublishedReview } from "./published.js";
import { ModelFormula } from "./web-model.js";
import {
  capitalised,
  counted,
  decimalsOf,
  decisionMeaning,
  decisionName,
  decisions,
  longDate,
  percentage,
  spelt,
} from "./web-words.js";

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
        floor target, no Key Stage 1 result is an outcome, and no measure of a single aspect of a school is used.
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

function DecisionExample({ example }: { example: QualityMarkExample }) {
  const { title, input, decision, because } = example;
  const { measure } = input;
  const facts: readonly (readonly [string, string])[] = [
    ["Kind of school", spelt(input.kind)],
    [
      "Value added",
      measure === null
        ? "none"
        : `${readableNumber(measure.valueAdded, 2)}, give or take ${readableNumber(measure.predictionError, 2)}, from ${readableNumber(measure.pupilEquivalents, 1)} pupil-equivalents`,
    ],
    ["Safeguarding audit", input.safeguarding ? spelt(input.safeguarding.outcome) : "has not come"],
    ["Accounts", input.accounts ? spelt(input.accounts.opinion) : "have not come"],
    ["Decision", decisionName(decision)],
  ];
  return (
    <Fold summary={title}>
      <Table
        caption={`The case: ${title}`}
        captionHidden
        rows={facts}
        columns={[
          { heading: "Fact", cell: ([name]) => name },
          { heading: "Here", cell: ([, value]) => value },
        ]}
      />
      <p class="govuk-body">{because}</p>
    </Fold>
  );
}

function TimeExample({ example }: { example: MembershipExample }) {
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

function MethodExample({ example }: { example: ComparatorExample }) {
  const { title, story, expected, decimals, because } = example;
  return (
    <Fold summary={title}>
      <p class="govuk-body">{story}</p>
      <Table
        caption={`What comes out: ${title}`}
        captionHidden
        rows={Object.entries(expected)}
        columns={[
          { heading: "Figure", cell: ([name]) => capitalised(name) },
          { heading: "Here", numeric: true, cell: ([, value]) => readableNumber(value, decimals) },
        ]}
      />
      <p class="govuk-body">{because}</p>
    </Fold>
  );
}

function sourceInWords(source: Source): string {
  return source.kind === "assumption" ? `Assumption: ${source.why}` : `${capitalised(source.kind)}: ${source.citation}`;
}

/** Every value with its date and its source in full: an assumption is only as good as its reason. */
function Parameters() {
  return (
    <dl class="govuk-summary-list">
      {(qualityMarkParameters as readonly Parameter<ParameterValue>[]).map((parameter) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{parameter.label}</dt>
          <dd class="govuk-summary-list__value">
            {parameter.values.map((dated) => (
              <>
                <p class="govuk-body">
                  <strong>{valueInWords(dated.value)}</strong>
                  {` ${parameter.unit}, from ${longDate(dated.from)}`}
                </p>
                <p class="govuk-body-s">{sourceInWords(dated.source)}</p>
              </>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a parameter of the rule may be. */
type ParameterValue = number | string | boolean | readonly number[];

function valueInWords(value: ParameterValue): string {
  if (typeof value === "number") return readableNumber(value, Number.isInteger(value) ? 0 : 2);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string"
    ? value
    : value.map((v) => readableNumber(v, Number.isInteger(v) ? 0 : 2)).join(", ");
}

/** How the measure works and how a school is decided, for all phases. */
export function MethodContent({ review }: { review: PublishedReview }) {
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
        <h3 class="govuk-heading-m">Worked examples</h3>
        <p class="govuk-body">Each is also a test of the program. The schools are made up.</p>
        {qualityMarkExamples.map((example) => (
          <DecisionExample example={example} />
        ))}
        <h2 class="govuk-heading-l">Other ways of measuring: worked examples</h2>
        <p class="govuk-body">
          What Progress 8, FFT's weighting by time and the contextual value added of 2010 make of a few pupils. Each is
          also a test of the program, and the same rules were checked against the department's published tables. What
          they would change for real schools stands with each phase's fit.
        </p>
        {comparatorExamples.map((example) => (
          <MethodExample example={example} />
        ))}
        <h2 class="govuk-heading-l">Where the numbers come from</h2>
        <Parameters />
        <h2 class="govuk-heading-l">Whose time counts: worked examples</h2>
        <p class="govuk-body">Each is also a test of the program. The pupils and schools are made up.</p>
        {membershipExamples.map((example) => (
          <TimeExample example={example} />
        ))}
      </div>
    </div>
  );
}
