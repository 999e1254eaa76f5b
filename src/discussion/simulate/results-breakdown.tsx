import { rangeBarsChart } from "../../platform/charts/index.js";
import { Figure } from "../../platform/pages/figure.js";
import { Table } from "../../platform/pages/table.js";
import { seriesRow } from "../../simulation/report/index.js";
import { academicYearOf, amount } from "../runs/amounts.js";
import type { ShownRun } from "./shown.js";

/** What can be looked at, each by some of the divisions. */
export const counts = [
  { series: "fte", label: "Teachers, full-time equivalents", divisor: 100, unit: "fte" },
  { series: "unfilled", label: "Posts without a teacher of the subject", divisor: 100, unit: "fte" },
  { series: "leavers", label: "Leavers", divisor: 1, unit: "people" },
  { series: "trainees", label: "Postgraduates who begin training", divisor: 1, unit: "people" },
  { series: "training-places", label: "Places that training providers offer", divisor: 1, unit: "people" },
  { series: "newly-qualified", label: "Newly qualified teachers who enter", divisor: 1, unit: "people" },
  { series: "sabbaticals", label: "Teachers on a funded sabbatical", divisor: 1, unit: "people" },
  { series: "benefit-paid", label: "Service benefit paid", divisor: 100, unit: "pounds" },
  { series: "benefit-liability", label: "Service benefit still owed", divisor: 100, unit: "pounds" },
  { series: "funding", label: "Core funding of schools", divisor: 100, unit: "pounds" },
  { series: "premium", label: "Pupil Premium", divisor: 100, unit: "pounds" },
] as const;

/** How it can be divided. */
export const divisions = [
  { name: "phase", label: "Phase" },
  { name: "subject", label: "Subject" },
  { name: "region", label: "Region" },
  { name: "fifth", label: "Fifth of schools" },
  { name: "provider-kind", label: "Kind of training provider" },
  { name: "trust-size", label: "Size of trust" },
] as const;

/** Words of cells whose names don't say enough. */
const cellNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "provider-kind": {
    "higher-education": "Universities and colleges",
    "school-centred": "School-centred",
    national: "National salaried programme",
  },
  "trust-size": {
    none: "No trust",
    "1": "One school",
    "2-to-5": "2 to 5 schools",
    "6-to-11": "6 to 11 schools",
    "12-to-29": "12 to 29 schools",
    "30-and-more": "30 schools and more",
  },
};

const fifthWords = ["1, least poor", "2", "3", "4", "5, poorest"];

/** A cell's name in words. */
function cellWords(breakdown: string, cell: string): string {
  if (breakdown === "fifth") return fifthWords[Number(cell) - 1] ?? cell;
  const named = cellNames[breakdown]?.[cell];
  if (named !== undefined) return named;
  const words = cell.replaceAll("-", " ");
  if (breakdown !== "region") return words[0]!.toUpperCase() + words.slice(1);
  return words.replace(/\b(?!and\b|the\b|of\b)\w/g, (letter) => letter.toUpperCase());
}

export type Count = (typeof counts)[number];
export type Division = (typeof divisions)[number];

interface Row {
  readonly cell: string;
  readonly label: string;
  readonly baseline: number;
  readonly scenario: number;
  readonly difference: number;
}

/** What is looked at: a count, how it is divided, and the position of the year. */
export interface BreakdownChoice {
  readonly count: Count;
  readonly division: Division;
  readonly at: number;
}

function rowsOf({ pair }: Pick<ShownRun, "pair">, { count, division, at }: BreakdownChoice): readonly Row[] {
  const cells = pair.scenario.breakdowns.find(({ name }) => name === division.name)?.cells ?? [];
  return cells.map((cell) => {
    const read = (side: "baseline" | "scenario") =>
      seriesRow(pair[side], count.series, division.name, cell)[at]! / count.divisor;
    const [baseline, scenario] = [read("baseline"), read("scenario")];
    return { cell, label: cellWords(division.name, cell), baseline, scenario, difference: scenario - baseline };
  });
}

/** Whether a run counted it so. */
export function isCounted(run: Pick<ShownRun, "pair">, choice: BreakdownChoice): boolean {
  const rows = rowsOf(run, choice);
  return rows.length > 0 && rows.every(({ scenario }) => Number.isFinite(scenario));
}

/** One count of a run by one division, as bars and as a table. */
export function Breakdown({ run, choice }: { run: Omit<ShownRun, "further">; choice: BreakdownChoice }) {
  const { count, division, at } = choice;
  const rows = rowsOf(run, choice);
  const title = `${count.label} by ${division.label.toLowerCase()}, ${academicYearOf(run.first + at)}`;
  const worded = (value: number, signed = false) => amount(value, count.unit, signed ? 2 : 3, signed);
  const lead = run.changes
    ? "How far the scenario moves it; one run, without an interval."
    : "One run, without an interval.";
  const shown = (row: Row) => (run.changes ? row.difference : row.scenario);
  const changed = (value: number) => (value === 0 ? "none" : worded(value, run.changes));
  const numeric = (heading: string, cell: (row: Row) => string) => ({ heading, numeric: true, cell });
  const columns = run.changes
    ? [
        numeric("Without", ({ baseline }) => worded(baseline)),
        numeric("With the scenario", ({ scenario }) => worded(scenario)),
        numeric("Difference", ({ difference }) => changed(difference)),
      ]
    : [numeric("Figure", ({ scenario }) => worded(scenario))];
  const largest = Math.max(...rows.map((row) => Math.abs(shown(row))));
  const unit = largest >= 1e6 ? 1e6 : largest >= 20_000 ? 1000 : 1;
  const people = count.unit === "pounds" ? "£" : count.unit === "fte" ? "Full-time equivalents" : "People";
  const scaleName = `${people}${unit === 1 ? "" : unit === 1000 ? ", thousands" : ", millions"}`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={rangeBarsChart({
        ...{ id: `${count.series}-by-${division.name}`, title, description: lead, scaleName },
        rows: rows.map((row) => ({
          ...{ label: row.label, from: 0, to: shown(row) / unit, figures: changed(shown(row)) },
        })),
        reference: { at: 0, label: run.changes ? "No difference" : "" },
      })}
      table={
        <>
          <Table
            caption={title}
            captionHidden
            small
            columns={[{ heading: division.label, cell: ({ label }: Row) => label }, ...columns]}
            rows={rows}
          />
          {run.download({
            id: `${count.series}-by-${division.name}`,
            head: [division.name, "year", "baseline", "scenario", "difference"],
            rows: rows.map((row) => [row.cell, run.first + at, row.baseline, row.scenario, row.difference]),
          })}
        </>
      }
    />
  );
}
