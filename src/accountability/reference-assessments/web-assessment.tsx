import { Figure, Headlines, Table } from "../../platform/pages/index.js";
import type { FigureRow, StudyResults, TrendRow } from "./published/results.js";
import { levelInWords, sharedInWords } from "./published/words.js";
import type { Publication, PublicationEntry } from "./store.js";
import { cyclesChart } from "./web-charts.js";
import { MadeUp } from "./web-list.js";
import { PublicationsTable } from "./web-publications.js";
import {
  asPercent,
  changeInWords,
  changeOf,
  gapGroup,
  interval,
  nameOf,
  publishedOn,
  seriesOf,
  shown,
  signed,
} from "./web-words.js";

const all = { statistic: "mean", group: null, level: null } as const;

/** Figures of cycles as a table. */
function CyclesTable({ caption, rows, decimals }: { caption: string; rows: readonly FigureRow[]; decimals: number }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      columns={[
        { heading: "Cycle", cell: ({ cycle }) => cycle },
        { heading: "Figure", numeric: true, cell: ({ value }) => shown(value, decimals) },
        { heading: "Standard error", numeric: true, cell: ({ standardError }) => shown(standardError, 1) },
        { heading: "95% interval", numeric: true, cell: (row) => interval(row, decimals) },
        { heading: "Pupils", numeric: true, cell: ({ n }) => n.toLocaleString("en-GB") },
      ]}
    />
  );
}

interface SeriesProps {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly rows: readonly FigureRow[];
  readonly scaleName: string;
  readonly decimals?: number;
}

function CyclesFigure({ id, title, lead, rows, scaleName, decimals = 0 }: SeriesProps) {
  if (rows.length === 0) return null;
  const told = rows.map((row) => `${row.cycle} ${shown(row.value, decimals)} (${interval(row, decimals)})`).join(", ");
  return (
    <Figure
      title={title}
      lead={lead}
      chart={cyclesChart({
        ...{ id, title, rows, scaleName, decimals },
        description: `With 95% intervals: ${told}.`,
        levelName: `as in ${rows[0]!.cycle}`,
      })}
      table={<CyclesTable caption={title} rows={rows} decimals={decimals} />}
    />
  );
}

function Changes({ results }: { results: StudyResults }) {
  const { disclosed, cycles } = results;
  const since = disclosed.trends.filter(
    ({ from, to, statistic }) =>
      from === cycles[0] &&
      to === cycles.at(-1) &&
      (statistic === "mean" || statistic === "gap" || statistic === "standard"),
  );
  if (since.length === 0) return null;
  const rows = since.map((row) => (row.statistic === "standard" ? asPercent(row) : row));
  const what = (row: TrendRow) =>
    row.statistic === "standard" ? `% at ${row.of} or above` : row.statistic === "gap" ? "Gap" : "Mean";
  return (
    <>
      <h2 class="govuk-heading-l">What changed since {cycles[0]}</h2>
      <Table
        caption={`Changes from ${cycles[0]} to ${cycles.at(-1)}`}
        captionHidden
        rows={rows}
        columns={[
          { heading: "Pupils", cell: levelInWords },
          { heading: "Figure", cell: what },
          { heading: "Change", numeric: true, cell: ({ value }) => signed(value, 1) },
          {
            heading: "95% interval",
            numeric: true,
            cell: ({ low, high }) => `${signed(low, 1)} to ${signed(high, 1)}`,
          },
          {
            heading: "p, corrected",
            numeric: true,
            cell: ({ adjustedP }) => (adjustedP < 0.001 ? "< 0.001" : adjustedP.toFixed(3)),
          },
          { heading: "Told from none?", cell: ({ distinguishable }) => (distinguishable ? "Yes" : "No") },
        ]}
      />
    </>
  );
}

function Curriculum({ results }: { results: StudyResults }) {
  const { curriculum, disclosed, cycles } = results;
  if (!curriculum) return null;
  const withAll = changeOf(disclosed.trends, cycles, all);
  const without = changeOf(curriculum.trends, cycles, all);
  if (!withAll || !without) return null;
  const rows = [
    { name: `All ${curriculum.neutral + curriculum.favoured.length} questions`, row: withAll },
    { name: `Without the ${curriculum.favoured.length} that one curriculum favours`, row: without },
  ];
  return (
    <>
      <h2 class="govuk-heading-l">Does the curriculum of the day show?</h2>
      <p class="govuk-body">
        {curriculum.favoured.length} questions are covered by the curriculum of some cycle and not by that of another.
        Without them the whole scaling is done again. If the two changes differed much, the trend would be one of
        curricula.
      </p>
      <Table
        caption="The change of the mean with and without them"
        rows={rows}
        columns={[
          { heading: "Questions", cell: ({ name }) => name },
          { heading: "Change", numeric: true, cell: ({ row }) => signed(row.value, 1) },
          {
            heading: "95% interval",
            numeric: true,
            cell: ({ row }) => `${signed(row.low, 1)} to ${signed(row.high, 1)}`,
          },
          { heading: "Told from none?", cell: ({ row }) => (row.distinguishable ? "Yes" : "No") },
        ]}
      />
    </>
  );
}

function ErrorParts({ results }: { results: StudyResults }) {
  const change = changeOf(results.disclosed.trends, results.cycles, all);
  if (!change) return null;
  const { sampling, measurement, items, linking } = change.parts;
  const total = sampling + measurement + items + linking;
  const shared = results.shared.find(({ from, to, counted }) => counted && from === change.from && to === change.to);
  const parts = [
    ["Which schools and pupils were drawn", sampling],
    ["What a pupil's answers leave open", measurement],
    ["How well the questions' difficulties are known", items],
    ["Which questions link the cycles", linking],
  ] as const;
  return (
    <>
      <Table
        caption="Where the uncertainty of the change comes from"
        rows={parts}
        columns={[
          { heading: "Source", cell: ([name]) => name },
          { heading: "Standard error", numeric: true, cell: ([, variance]) => shown(Math.sqrt(variance), 1) },
          {
            heading: "Share of the variance",
            numeric: true,
            cell: ([, variance]) => `${shown((100 * variance) / total)}%`,
          },
        ]}
      />
      {shared && <p class="govuk-body">{sharedInWords(shared)}</p>}
    </>
  );
}

/** One assessment: the trend, the gap, what changed and what the curriculum does to it. */
export function AssessmentContent({
  publication,
  all: publications,
}: {
  publication: Publication;
  /** Every publication of the assessment, the newest first. */
  all: readonly PublicationEntry[];
}) {
  const { results, assessment } = publication;
  const { cycles, disclosed } = results;
  const means = seriesOf(results, all);
  const gap = gapGroup(results);
  const gaps = gap ? seriesOf(results, { statistic: "gap", ...gap }) : [];
  const change = changeOf(disclosed.trends, cycles, all);
  const gapChange = gap ? changeOf(disclosed.trends, cycles, { statistic: "gap", ...gap }) : null;
  const standards = [
    ...new Set(disclosed.figures.flatMap(({ statistic, of }) => (statistic === "standard" ? [of!] : []))),
  ];
  const base = `/reference-assessments/${assessment}`;
  return (
    <>
      <span class="govuk-caption-xl">National Reference Assessments</span>
      <h1 class="govuk-heading-xl">{nameOf(publication)}</h1>
      <MadeUp publications={[publication]} />
      {change && <p class="govuk-body-l">{changeInWords(change, "the mean of all pupils")}</p>}
      {gapChange && <p class="govuk-body">{changeInWords(gapChange, `the gap (${gap!.group})`)}</p>}
      <Headlines
        items={[
          ...(means.length > 0
            ? [
                {
                  label: `Mean, ${means.at(-1)!.cycle}`,
                  figure: shown(means.at(-1)!.value),
                  note: `95% interval ${interval(means.at(-1)!)}`,
                },
              ]
            : []),
          ...(gaps.length > 0
            ? [
                {
                  label: `Gap, ${gaps.at(-1)!.cycle}`,
                  figure: shown(gaps.at(-1)!.value),
                  note: `95% interval ${interval(gaps.at(-1)!)}`,
                },
              ]
            : []),
          ...(means.length > 0
            ? [
                {
                  label: "Pupils of the sample",
                  figure: means.at(-1)!.n.toLocaleString("en-GB"),
                  note: means.at(-1)!.cycle,
                },
              ]
            : []),
        ]}
      />
      <h2 class="govuk-heading-l">The trend</h2>
      <CyclesFigure
        id="trend"
        title="Mean of all pupils"
        lead={`The scale: ${results.scale.words}. Bars are 95% intervals.`}
        rows={means}
        scaleName="Score"
      />
      {gap && (
        <CyclesFigure
          id="gap"
          title={`The gap: ${gap.level}, ${gap.group}`}
          lead="The difference of the two groups' means, in points of the scale. A falling line is a closing gap."
          rows={gaps}
          scaleName="Points"
        />
      )}
      {standards.map((standard) => (
        <CyclesFigure
          id={`standard-${standard.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`}
          title={`Pupils at the standard “${standard}” or above, %`}
          lead="Of all pupils."
          rows={seriesOf(results, { statistic: "standard", group: null, of: standard }).map(asPercent)}
          scaleName="%"
        />
      ))}
      <Changes results={results} />
      <ErrorParts results={results} />
      <Curriculum results={results} />
      <h2 class="govuk-heading-l">Files</h2>
      <ul class="govuk-list">
        {[
          [`${base}/figures.csv`, "All figures with their errors (CSV)"],
          [`${base}/trends.csv`, "All changes (CSV)"],
          [`${base}/report`, "Technical report"],
          [`${base}/report.html`, "Technical report as a file (HTML)"],
        ].map(([href, text]) => (
          <li>
            <a class="govuk-link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
      <p class="govuk-body-s">
        Publication {publication.number} of {publishedOn(publication)}.
        {publication.reason !== null && ` It follows an earlier one: ${publication.reason}`}
      </p>
      {publications.length > 1 && (
        <PublicationsTable publications={publications} caption="All publications of this assessment" />
      )}
    </>
  );
}
