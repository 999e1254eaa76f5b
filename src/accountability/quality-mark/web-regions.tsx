import type { DecisionCounts, PublishedReview, SchoolLine } from "./published.js";
import type { CountryMeasure } from "./web-country.js";
import { CountsTable, DecisionHeadlines, DecisionsFigure } from "./web-counts.js";
import { CaterpillarFigure } from "./web-measures.js";
import { SchoolList } from "./web-schools.js";
import { capitalised, counted, standingWords } from "./web-words.js";

/** All regions with their counts. */
export function RegionsContent({ review, regions }: { review: PublishedReview; regions: readonly DecisionCounts[] }) {
  return (
    <>
      <span class="govuk-caption-xl">Annual review {review.academicYear}</span>
      <h1 class="govuk-heading-xl">Regions</h1>
      <p class="govuk-body">{standingWords[review.standing]}</p>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <CountsTable
            caption="Decisions by region"
            rows={regions}
            rowName="Region"
            linkTo={(row) => `/regions/${row.code}`}
          />
        </div>
      </div>
      <h2 class="govuk-heading-l">The regions side by side</h2>
      <DecisionsFigure
        id="regions"
        title="Share of each region's schools by decision"
        rows={regions}
        rowName="Region"
        linkTo={(row) => `/regions/${row.code}`}
      />
    </>
  );
}

export interface RegionPage {
  readonly review: PublishedReview;
  readonly region: DecisionCounts;
  readonly authorities: readonly DecisionCounts[];
  readonly measures: readonly CountryMeasure[];
  readonly schools: { readonly total: number; readonly lines: readonly SchoolLine[] };
}

/** One region: its decisions, its authorities, its schools on a chart and in a list. */
export function RegionContent({ review, region, authorities, measures, schools }: RegionPage) {
  const all = `/schools?region=${encodeURIComponent(region.code)}`;
  return (
    <>
      <span class="govuk-caption-xl">Annual review {review.academicYear}</span>
      <h1 class="govuk-heading-xl">{region.name}</h1>
      <p class="govuk-body">{standingWords[review.standing]}</p>
      <h2 class="govuk-visually-hidden">Decisions</h2>
      <DecisionHeadlines counts={region} narrow={`&region=${encodeURIComponent(region.code)}`} />
      <h2 class="govuk-heading-l">Local authorities</h2>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <CountsTable
            caption={`Decisions by local authority of ${region.name}`}
            rows={authorities}
            rowName="Local authority"
          />
        </div>
      </div>
      <h2 class="govuk-heading-l">The region's schools</h2>
      {measures.map(({ phase, words, schools: measured }) => (
        <CaterpillarFigure
          id={`schools-${phase}`}
          title={`${capitalised(phase)} schools of ${region.name}`}
          schools={measured}
          measure={words}
        />
      ))}
      <h2 class="govuk-heading-l">List of schools</h2>
      <SchoolList caption={`Schools of ${region.name}`} lines={schools.lines} review={review} />
      {schools.total > schools.lines.length && (
        <p class="govuk-body">
          <a class="govuk-link" href={all}>
            {`See all ${counted(schools.total, "school")} of ${region.name}, with search`}
          </a>
        </p>
      )}
    </>
  );
}
