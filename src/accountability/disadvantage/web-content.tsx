import { seriesChart } from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { AssessedGap } from "./assessed.js";
import type { AttainmentMeasure, YearGap } from "./attainment.js";

const shown = (value: number | null, decimals = 1) =>
  value === null ? "–" : value.toFixed(decimals).replace(/^-/, "−");
const range = (low: number | null, high: number | null, decimals = 1) =>
  low === null || high === null ? "–" : `${shown(low, decimals)} to ${shown(high, decimals)}`;

/** A measure with its years. */
export interface MeasureGaps {
  readonly measure: AttainmentMeasure;
  readonly years: readonly YearGap[];
}

function Measure({ measure, years }: MeasureGaps) {
  const unit = measure.kind === "share" ? "percentage points" : "points";
  const index = years.filter(({ rankIndex }) => rankIndex !== null);
  const table = (
    <Table
      caption={measure.title}
      rows={years}
      columns={[
        { heading: "Year", cell: ({ year }) => year },
        { heading: `Of the ${measure.lower}`, numeric: true, cell: ({ lower }) => shown(lower) },
        { heading: "Of others", numeric: true, cell: ({ others }) => shown(others) },
        { heading: `Gap, ${unit}`, numeric: true, cell: ({ gap }) => shown(gap) },
        { heading: "Rank index", numeric: true, cell: ({ rankIndex }) => shown(rankIndex, 2) },
        { heading: "… could be", numeric: true, cell: ({ rankLow, rankHigh }) => range(rankLow, rankHigh) },
        { heading: "Months", numeric: true, cell: ({ months }) => shown(months) },
      ]}
    />
  );
  const [first] = index;
  if (!first) return table;
  return (
    <Figure
      title={measure.title}
      lead={`Rank index, 0 (no difference) to 10: ${measure.lower} pupils against ${measure.others}.`}
      chart={seriesChart({
        id: measure.id,
        title: measure.title,
        description: `Rank index by year: ${index.map(({ year, rankIndex }) => `${year} ${shown(rankIndex, 2)}`).join(", ")}.`,
        points: index.map(({ year, rankIndex, rankError }) => {
          const half = rankError === null ? 0 : 1.96 * rankError;
          const label = index.length > 8 ? `’${year.slice(2)}` : year;
          return { label, value: rankIndex!, lower: rankIndex! - half, upper: rankIndex! + half };
        }),
        line: null,
        average: { at: first.rankIndex!, label: `as in ${first.year}` },
        scaleName: "Index",
        pointsName: "Year",
        decimals: 1,
        joined: true,
      })}
      table={table}
    />
  );
}

/** The disadvantage gap from both sources. */
export function DisadvantageContent({
  assessed,
  measures,
  months,
  synthetic,
}: {
  assessed: readonly AssessedGap[];
  measures: readonly MeasureGaps[];
  months: number;
  synthetic: boolean;
}) {
  const imported = measures.filter(({ years }) => years.length > 0);
  return (
    <>
      <h1 class="govuk-heading-xl">The disadvantage gap</h1>
      <p class="govuk-body-l">
        How far disadvantaged pupils are behind others, as an index of ranks and in months, from the National Reference
        Assessments and from published attainment.
      </p>
      <h2 class="govuk-heading-l">From the reference assessments</h2>
      {synthetic && (
        <div class="govuk-inset-text">
          These pupils are made up: a synthetic England. The published attainment below is real.
        </div>
      )}
      {assessed.length === 0 ? (
        <p class="govuk-body">No assessment with a gap has been published yet.</p>
      ) : (
        <Table
          caption="Pupils without free school meals less those with, with 95% intervals"
          rows={assessed}
          columns={[
            { heading: "Assessment", cell: ({ name }) => name },
            { heading: "Cycle", cell: ({ cycle }) => cycle },
            { heading: "Rank index", numeric: true, cell: ({ index }) => shown(index?.value ?? null, 2) },
            {
              heading: "95% interval",
              numeric: true,
              cell: ({ index }) => range(index?.low ?? null, index?.high ?? null, 2),
            },
            { heading: "Months", numeric: true, cell: ({ months: gap }) => shown(gap?.value ?? null) },
            {
              heading: "95% interval",
              numeric: true,
              cell: ({ months: gap }) => range(gap?.low ?? null, gap?.high ?? null),
            },
          ]}
        />
      )}
      <h2 class="govuk-heading-l">From published attainment in England</h2>
      {imported.length === 0 ? (
        <p class="govuk-body">
          Nothing has been imported. The command <code>greenpaper disadvantage import</code> reads the department's
          files.
        </p>
      ) : (
        imported.map((one) => <Measure {...one} />)
      )}
      <h2 class="govuk-heading-m">What these figures can and can't say</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          The index ranks all pupils: 0 where the two groups' mean ranks are the same, 10 where every pupil of the one
          group is above every pupil of the other. A published percentage tells only who is on which side of a standard:
          pupils on one side count as level, and “could be” says how far the order within the sides could move it.
        </li>
        <li>
          {`Months count a standard deviation of attainment as ${months} months of progress, a convention. Pupils gain more than that a year when they are small and less when they are older, so months of different ages don't compare. From a percentage they rest on attainment being normal with the same spread in both groups.`}
        </li>
        <li>
          Attainment 8 has a gap in points alone: the spread of scores isn't in the published files. Its grading changed
          in 2017, and grades of 2020 and 2021 were not from examinations.
        </li>
        <li>
          No tests were taken at 11 and in Reception in 2020 and 2021. The tests, and who counts as disadvantaged,
          changed over the years: that is why there are reference assessments.
        </li>
        <li>
          Published attainment is of all pupils, so it has no sampling error. Where numbers of pupils are published,
          intervals say how much the chance of one cohort could move the figure.
        </li>
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href="/disadvantage.csv">
          Download the gaps (CSV)
        </a>
        {" · "}
        <a class="govuk-link" href="/reference-assessments">
          The reference assessments
        </a>
      </p>
    </>
  );
}
