import { readableNumber } from "../../platform/charts/index.js";
import type { PublishedMeasure, PublishedReview } from "./published.js";
import { ModelChecks } from "./web-checks.js";
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
