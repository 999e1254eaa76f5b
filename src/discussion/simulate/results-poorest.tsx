import { Table } from "../../platform/pages/table.js";
import { seriesRow } from "../../simulation/report/index.js";
import { type AmountUnit, academicYearOf, amount } from "../runs/amounts.js";
import { counts } from "./results-breakdown.js";
import type { ShownRun } from "./shown.js";

interface Row {
  readonly label: string;
  readonly series: string;
  readonly divisor: number;
  readonly unit: AmountUnit;
}

/** What is only of interest here, beside what can be looked at by any division. */
const further: readonly Row[] = [
  { label: "Pupils", series: "pupils", divisor: 1, unit: "people" },
  { label: "Paid by the recruitment fund", series: "fund-paid", divisor: 100, unit: "pounds" },
];
const rows: readonly Row[] = [
  "pupils",
  "fte",
  "unfilled",
  "leavers",
  "funding",
  "premium",
  "fund-paid",
  "balance",
].flatMap((series) => [...further, ...counts].find((row) => row.series === series) ?? []);

/** The last year of the poorest and the least poor fifth of schools, with and without the scenario. */
export function PoorestFifth({ run }: { run: ShownRun }) {
  const at = run.years - 1;
  const value = (side: "baseline" | "scenario", { series, divisor }: Row, fifth: string) =>
    seriesRow(run.pair[side], series, "fifth", fifth)[at]! / divisor;
  const known = rows.filter((row) => Number.isFinite(value("scenario", row, "5")));
  const column = (heading: string, fifth: string, side: "baseline" | "scenario") => ({
    ...{ heading, numeric: true },
    cell: (row: Row) => amount(value(side, row, fifth), row.unit),
  });
  const sheet = {
    id: "poorest-fifth",
    head: ["series", "fifth", "year", "baseline", "scenario"],
    rows: rows.flatMap((row) =>
      ["1", "2", "3", "4", "5"].flatMap((fifth) =>
        Array.from({ length: run.years }, (_, t) => [
          ...[row.series, fifth, run.first + t],
          ...(["baseline", "scenario"] as const).map(
            (side) => seriesRow(run.pair[side], row.series, "fifth", fifth)[t]! / row.divisor,
          ),
        ]),
      ),
    ),
  };
  return (
    <>
      <Table
        caption={`Schools in ${academicYearOf(run.first + at)} by the share of disadvantaged pupils: fifths of pupils`}
        small
        columns={[
          { heading: "What is counted", cell: ({ label }) => label },
          ...(run.changes ? [column("Poorest fifth, without", "5", "baseline")] : []),
          column(run.changes ? "Poorest fifth, with the scenario" : "Poorest fifth", "5", "scenario"),
          column(run.changes ? "Least poor fifth, with the scenario" : "Least poor fifth", "1", "scenario"),
        ]}
        rows={known}
      />
      {run.download(sheet)}
    </>
  );
}
