import { readableNumber } from "../../platform/charts/index.js";
import type { Comparison } from "./comparison.js";
import type { PublishedMeasure, PublishedReview } from "./published.js";
import { ModelAlternatives } from "./web-alternatives.js";
import { ChanceInDecisions } from "./web-chance.js";
import { ModelChecks } from "./web-checks.js";
import { FurtherRecords } from "./web-further-records.js";
import type { MeasureWords } from "./web-measures.js";
import {
  AlternativesTable,
  CoefficientsTable,
  FitRecord,
  modelInWords,
  VariancesTable,
  Warnings,
} from "./web-model.js";
import { capitalised, percentage, spelt } from "./web-words.js";

/** The other ways of measuring, and the chance in the decisions. */
function Compared(props: { measure: PublishedMeasure; comparison: Comparison; about: string; decimals: number }) {
  const { measure, comparison, about, decimals } = props;
  const [rule] = measure.alternatives; // the rule in force stands first
  const total = comparison.models.find(({ notComputed }) => notComputed === null);
  const all = total ? total.awarded + total.refused + total.other : 0;
  const [awarded, refused] = [rule?.awarded ?? 0, rule?.refused ?? 0];
  return (
    <>
      <h2 class="govuk-heading-l">What another way of measuring would change</h2>
      <ModelAlternatives
        id={`alternatives-${measure.phase}`}
        about={about}
        comparison={comparison}
        inForce={{ awarded, refused, other: Math.max(0, all - awarded - refused) }}
        decimals={decimals}
      />
      <h2 class="govuk-heading-l">How much is chance</h2>
      <ChanceInDecisions comparison={comparison} about={about} />
    </>
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
        {measure.comparison ? (
          <Compared measure={measure} comparison={measure.comparison} about={about} decimals={words.decimals} />
        ) : (
          <p class="govuk-body">No other way of measuring was tried when this review was published.</p>
        )}
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
        <FurtherRecords model={measure.model} about={about} />
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
