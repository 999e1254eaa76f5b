import { rangeBarsChart } from "../../../platform/charts/index.js";
import { Figure } from "../../../platform/pages/figure.js";
import { Table } from "../../../platform/pages/table.js";
import { seriesRow } from "../../../simulation/report/index.js";
import { academicYearOf, amount } from "../amounts.js";
import type { RunToShow } from "../shown.js";
import { byId } from "./elements.js";
import { showIn } from "./show.js";

const counts = [
  { series: "fte", label: "Teachers, full-time equivalents", divisor: 100, unit: "fte" },
  { series: "unfilled", label: "Posts without a teacher of the subject", divisor: 100, unit: "fte" },
  { series: "leavers", label: "Leavers", divisor: 1, unit: "people" },
  { series: "trainees", label: "Postgraduates who begin training", divisor: 1, unit: "people" },
  { series: "newly-qualified", label: "Newly qualified teachers who enter", divisor: 1, unit: "people" },
  { series: "sabbaticals", label: "Teachers on a funded sabbatical", divisor: 1, unit: "people" },
  { series: "benefit-paid", label: "Service benefit paid", divisor: 100, unit: "pounds" },
  { series: "benefit-liability", label: "Service benefit still owed", divisor: 100, unit: "pounds" },
  { series: "funding", label: "Core funding of schools", divisor: 100, unit: "pounds" },
  { series: "premium", label: "Pupil Premium", divisor: 100, unit: "pounds" },
] as const;

const divisions = [
  { name: "phase", label: "Phase" },
  { name: "subject", label: "Subject" },
  { name: "region", label: "Region" },
  { name: "fifth", label: "Fifth of schools" },
] as const;

const fifthWords = ["1, least poor", "2", "3", "4", "5, poorest"];

/** A cell's name in words. */
function cellWords(breakdown: string, cell: string): string {
  if (breakdown === "fifth") return fifthWords[Number(cell) - 1] ?? cell;
  const words = cell.replaceAll("-", " ");
  if (breakdown !== "region") return words[0]!.toUpperCase() + words.slice(1);
  return words.replace(/\b(?!and\b|the\b|of\b)\w/g, (letter) => letter.toUpperCase());
}

const select = (name: string) => byId(`explorer-${name}`, HTMLSelectElement);

/** One count of a run by one division: the choices, a chart and a table. */
export class Explorer {
  #run: RunToShow | null = null;

  constructor() {
    for (const { series, label } of counts) select("series").append(new Option(label, series));
    for (const { name, label } of divisions) select("breakdown").append(new Option(label, name));
    select("breakdown").value = "subject";
    for (const name of ["series", "breakdown", "year"]) select(name).addEventListener("change", () => this.#draw());
  }

  show(run: RunToShow): void {
    this.#run = run;
    if (select("year").options.length === 0) {
      for (let t = 0; t < run.years; t++) select("year").append(new Option(academicYearOf(run.first + t), String(t)));
      select("year").value = String(run.years - 1);
    }
    this.#draw();
  }

  #draw(): void {
    const run = this.#run;
    if (!run) return;
    const count = counts.find(({ series }) => series === select("series").value) ?? counts[0];
    const division = divisions.find(({ name }) => name === select("breakdown").value) ?? divisions[1];
    const at = Number(select("year").value);
    const cells = run.pair.scenario.breakdowns.find(({ name }) => name === division.name)?.cells ?? [];
    const rows = cells.map((cell) => {
      const read = (side: "baseline" | "scenario") =>
        seriesRow(run.pair[side], count.series, division.name, cell)[at]! / count.divisor;
      const [baseline, scenario] = [read("baseline"), read("scenario")];
      return { cell, label: cellWords(division.name, cell), baseline, scenario, difference: scenario - baseline };
    });
    const place = byId("explorer-result", HTMLDivElement);
    if (!rows.every(({ scenario }) => Number.isFinite(scenario))) {
      place.innerHTML = `<p class="govuk-inset-text">${count.label}: not counted by ${division.label.toLowerCase()}, or still being run.</p>`;
      return;
    }
    const year = academicYearOf(run.first + at);
    const title = `${count.label} by ${division.label.toLowerCase()}, ${year}`;
    const worded = (value: number, signed = false) => amount(value, count.unit, signed ? 2 : 3, signed);
    const lead = run.changes
      ? "How far the scenario moves it; one run, without an interval."
      : "One run, without an interval.";
    const value = (row: (typeof rows)[number]) => (run.changes ? row.difference : row.scenario);
    const level = run.changes
      ? [
          { heading: "Without", numeric: true, cell: (row: (typeof rows)[number]) => worded(row.baseline) },
          { heading: "With the scenario", numeric: true, cell: (row: (typeof rows)[number]) => worded(row.scenario) },
          {
            ...{ heading: "Difference", numeric: true },
            cell: (row: (typeof rows)[number]) => (row.difference === 0 ? "none" : worded(row.difference, true)),
          },
        ]
      : [{ heading: "Figure", numeric: true, cell: (row: (typeof rows)[number]) => worded(row.scenario) }];
    const largest = Math.max(...rows.map((row) => Math.abs(value(row))));
    const unit = largest >= 1e6 ? 1e6 : largest >= 20_000 ? 1000 : 1;
    showIn(place, (download) => (
      <Figure
        title={title}
        lead={lead}
        chart={rangeBarsChart({
          ...{ id: "explorer-chart", title, description: lead },
          rows: rows.map((row) => ({
            ...{ label: row.label, from: 0, to: value(row) / unit },
            figures: value(row) === 0 ? "none" : worded(value(row), run.changes),
          })),
          reference: { at: 0, label: run.changes ? "No difference" : "" },
          scaleName:
            `${count.unit === "pounds" ? "£" : ""}${unit === 1 ? "" : unit === 1000 ? "thousands" : " millions"}`.trim(),
        })}
        table={
          <>
            <Table
              caption={title}
              captionHidden
              small
              columns={[{ heading: division.label, cell: ({ label }: (typeof rows)[number]) => label }, ...level]}
              rows={rows}
            />
            {download({
              id: `${count.series}-by-${division.name}`,
              head: [division.name, "year", "baseline", "scenario", "difference"],
              rows: rows.map((row) => [row.cell, run.first + at, row.baseline, row.scenario, row.difference]),
            })}
          </>
        }
      />
    ));
  }
}
