import { barsKey, readableNumber, stackedBarsChart } from "../../platform/charts/index.js";
import { Figure, type Headline, Headlines, Table, type TableColumn } from "../../platform/pages/index.js";
import type { DecisionCounts } from "./published.js";
import { barParts, counted, decisionName, decisionsIn, shareOf } from "./web-words.js";

/** The counts of decisions as large figures, each leading to the list of its schools. */
export function DecisionHeadlines({ counts, narrow }: { counts: DecisionCounts; narrow: string }) {
  const items: readonly Headline[] = decisionsIn([counts.decisions]).map((decision) => {
    const n = counts.decisions[decision];
    return {
      label: decisionName(decision),
      figure: readableNumber(n),
      note: `${shareOf(n, counts.schools)} of ${counted(counts.schools, "school")}`,
      ...(n > 0 && { link: { text: "See the schools", href: `/schools?decision=${decision}${narrow}` } }),
    };
  });
  return <Headlines items={items} />;
}

/** Decisions by region, or by authority of a region: bars of shares, with the counts as a table. */
export function DecisionsFigure(props: {
  id: string;
  title: string;
  rows: readonly DecisionCounts[];
  rowName: string;
  linkTo: (row: DecisionCounts) => string;
}) {
  const { id, title, rows, rowName, linkTo } = props;
  const decisions = decisionsIn(rows.map((row) => row.decisions));
  const parts = barParts(decisions);
  const columns: readonly TableColumn<DecisionCounts>[] = [
    {
      heading: rowName,
      cell: (row) => (
        <a class="govuk-link" href={linkTo(row)}>
          {row.name}
        </a>
      ),
    },
    { heading: "Schools", numeric: true, cell: (row) => readableNumber(row.schools) },
    ...decisions.map((decision) => ({
      heading: decisionName(decision),
      numeric: true,
      cell: (row: DecisionCounts) => readableNumber(row.decisions[decision]),
    })),
  ];
  const chart = stackedBarsChart({
    id,
    title,
    description: `Shares of the schools of each ${rowName.toLowerCase()} by decision. The table below holds the counts.`,
    parts,
    rows: rows.map((row) => ({ label: row.name, counts: decisions.map((decision) => row.decisions[decision]) })),
    unit: "schools",
  });
  return (
    <Figure
      title={title}
      chartKey={barsKey(id, parts)}
      chart={chart}
      tableTitle={`Show the counts, with links to each ${rowName.toLowerCase()}`}
      table={<Table caption={title} columns={columns} rows={rows} small />}
    />
  );
}

/** A table of places with their counts, open on the page. */
export function CountsTable(props: {
  caption: string;
  rows: readonly DecisionCounts[];
  rowName: string;
  /** The page of a row, where rows have one. */
  linkTo?: (row: DecisionCounts) => string;
}) {
  const { linkTo } = props;
  const columns: readonly TableColumn<DecisionCounts>[] = [
    {
      heading: props.rowName,
      cell: (row) =>
        linkTo ? (
          <a class="govuk-link" href={linkTo(row)}>
            {row.name}
          </a>
        ) : (
          row.name
        ),
    },
    { heading: "Schools", numeric: true, cell: (row) => readableNumber(row.schools) },
    { heading: "Awarded", numeric: true, cell: (row) => readableNumber(row.decisions.awarded) },
    { heading: "Refused", numeric: true, cell: (row) => readableNumber(row.decisions.refused) },
    {
      heading: "Neither",
      numeric: true,
      cell: ({ schools, decisions: d }) => readableNumber(schools - d.awarded - d.refused),
    },
  ];
  return <Table caption={props.caption} captionHidden columns={columns} rows={props.rows} />;
}
