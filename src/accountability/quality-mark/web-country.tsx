import type { DecisionCounts, PublishedReview } from "./published.js";
import { DecisionHeadlines, DecisionsFigure } from "./web-counts.js";
import {
  CaterpillarFigure,
  HistogramFigure,
  type MeasuredSchool,
  type MeasureWords,
  type Spread,
} from "./web-measures.js";
import { capitalised, counted, standingWords } from "./web-words.js";

/** One phase's schools, as the country's page shows them. */
export interface CountryMeasure {
  readonly phase: string;
  readonly words: MeasureWords;
  readonly schools: readonly MeasuredSchool[];
  readonly spread: Spread | null;
}

export interface CountryPage {
  readonly review: PublishedReview;
  readonly country: DecisionCounts;
  readonly regions: readonly DecisionCounts[];
  readonly measures: readonly CountryMeasure[];
}

/** What the mark is, for someone who has never heard of it. */
export function WhatTheMarkIs() {
  return (
    <>
      <p class="govuk-body">
        Once a year every school is asked three things: what it adds to its pupils' results, whether it keeps them safe,
        and whether its accounts are in order. The value it adds is measured over several years, in context, and every
        pupil counts for the time spent in the school. A school that meets all three holds the Quality Mark for a year
        and is exempt from any other external accountability.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/method">
          How the measure works and how a school is decided
        </a>
      </p>
    </>
  );
}

function PhaseSection({ measure }: { measure: CountryMeasure }) {
  const { phase, words, schools, spread } = measure;
  return (
    <>
      <h3 class="govuk-heading-m">{`${capitalised(phase)} schools`}</h3>
      {spread ? (
        <>
          <HistogramFigure
            id={`spread-${phase}`}
            title={`How many ${phase} schools add how much`}
            spread={spread}
            measure={words}
          />
          <CaterpillarFigure
            id={`schools-${phase}`}
            title={`Every ${phase} school with its interval`}
            schools={schools}
            measure={words}
            lead="The same schools one by one, from the lowest figure to the highest."
          />
        </>
      ) : (
        <p class="govuk-body">Not computed: no {phase} school has enough pupils for the measure.</p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`/method/${phase}`}>
          {`The ${phase} model, its checks, and what another choice would change`}
        </a>
      </p>
    </>
  );
}

/** The start page: the country's decisions, by region, and how the measure spreads. */
export function CountryContent({ review, country, regions, measures }: CountryPage) {
  return (
    <>
      <span class="govuk-caption-xl">Annual review {review.academicYear}</span>
      <h1 class="govuk-heading-xl">{review.title}</h1>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <p class="govuk-body-l">
            {review.standing === "in-review"
              ? `${counted(country.schools, "school is", "schools are")} in the review.`
              : `Of ${counted(country.schools, "school")}, ${counted(country.decisions.awarded, "holds", "hold")} the Quality Mark and ` +
                `${counted(country.decisions.refused, "was", "were")} refused it.`}
          </p>
          <p class="govuk-body">{standingWords[review.standing]}</p>
        </div>
      </div>
      <h2 class="govuk-visually-hidden">Decisions</h2>
      <DecisionHeadlines counts={country} narrow="" />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h2 class="govuk-heading-l">What the Quality Mark is</h2>
          <WhatTheMarkIs />
        </div>
      </div>
      <h2 class="govuk-heading-l">Decisions by region</h2>
      <DecisionsFigure
        id="regions"
        title="Share of each region's schools by decision"
        rows={regions}
        rowName="Region"
        linkTo={(row) => `/regions/${row.code}`}
      />
      <p class="govuk-body">
        {"Go to a region: "}
        {regions.map((region, k) => (
          <>
            {k > 0 && ", "}
            <a class="govuk-link" href={`/regions/${region.code}`}>
              {region.name}
            </a>
          </>
        ))}
      </p>
      <h2 class="govuk-heading-l">How the measure spreads</h2>
      {measures.map((measure) => (
        <PhaseSection measure={measure} />
      ))}
    </>
  );
}
