import { Table } from "../../platform/pages/index.js";
import type { Publication } from "./store.js";
import { changeOf, gapGroup, nameOf, publicationsHref, seriesOf, shown, signed } from "./web-words.js";

/** Whether any of what is shown is of made-up pupils. */
export function MadeUp({ publications }: { publications: readonly Pick<Publication, "synthetic">[] }) {
  if (!publications.some(({ synthetic }) => synthetic)) return null;
  return (
    <div class="govuk-inset-text">
      These pupils, schools and answers are made up, to show how the assessments work: a synthetic England, sampled,
      scaled and estimated by the same program that would do it for real ones. Nothing here says anything about real
      pupils.
    </div>
  );
}

function latest(publication: Publication) {
  const { results } = publication;
  const all = { statistic: "mean", group: null, level: null } as const;
  const last = seriesOf(results, all).at(-1);
  const change = changeOf(results.disclosed.trends, results.cycles, all);
  const gap = gapGroup(results);
  const gapNow = gap ? seriesOf(results, { statistic: "gap", ...gap }).at(-1) : undefined;
  const gapChange = gap ? changeOf(results.disclosed.trends, results.cycles, { statistic: "gap", ...gap }) : null;
  return { last, change, gapNow, gapChange };
}

const verdict = (row: { value: number; standardError: number; distinguishable: boolean } | null) =>
  row === null
    ? "–"
    : `${signed(row.value, 1)} (error ${shown(row.standardError, 1)}), ${row.distinguishable ? "a real change" : "can't be told from none"}`;

/** Every published assessment with its change since the first cycle. */
export function ListContent({
  publications,
  publishes,
}: {
  publications: readonly Publication[];
  /** Whether the reader publishes assessments. */
  publishes: boolean;
}) {
  return (
    <>
      <h1 class="govuk-heading-xl">National Reference Assessments</h1>
      <p class="govuk-body-l">
        Whether the school system improves: the same questions every four years, to a sample of pupils in Reception and
        Years 4, 8 and 12, whatever the curriculum of the day.
      </p>
      <MadeUp publications={publications} />
      {publishes && (
        <p class="govuk-body">
          <a class="govuk-link" href={publicationsHref}>
            Publish an assessment, and see all publications
          </a>
        </p>
      )}
      {publications.length === 0 ? (
        <p class="govuk-body">No assessment has been published yet.</p>
      ) : (
        <Table
          caption="Change since the first cycle, on each assessment's own scale"
          rows={publications}
          columns={[
            {
              heading: "Assessment",
              cell: (one) => (
                <a class="govuk-link" href={`/reference-assessments/${one.assessment}`}>
                  {nameOf(one)}
                </a>
              ),
            },
            { heading: "Cycles", cell: ({ results }) => results.cycles.join(", ") },
            {
              heading: "Mean now",
              numeric: true,
              cell: (one) => (latest(one).last ? shown(latest(one).last!.value) : "–"),
            },
            { heading: "Change of the mean", cell: (one) => verdict(latest(one).change) },
            {
              heading: "Gap now",
              numeric: true,
              cell: (one) => (latest(one).gapNow ? shown(latest(one).gapNow!.value) : "–"),
            },
            { heading: "Change of the gap", cell: (one) => verdict(latest(one).gapChange) },
          ]}
        />
      )}
      <h2 class="govuk-heading-m">How to read this</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          Each scale has a mean of 500 and a standard deviation of 100 in its first cycle. Scales of phases can't be
          compared.
        </li>
        <li>
          The gap is the mean of pupils without free school meals less that of pupils with them. A gap that falls is a
          gap that closes.
        </li>
        <li>
          A change is called real where so large a one would come about by chance less than once in twenty times, the
          several comparisons made together taken into account. Errors count sampling, measurement, the questions and
          the link between cycles.
        </li>
        <li>
          No school and no pupil can be found in these figures. Figures of fewer than 30 pupils, or of pupils of fewer
          than five schools, aren't published, nor are others that would give them away.
        </li>
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href="/reference-assessments.csv">
          Download all figures (CSV)
        </a>
        {" · "}
        <a class="govuk-link" href="/disadvantage">
          The gap as a rank index and in months
        </a>
      </p>
    </>
  );
}
