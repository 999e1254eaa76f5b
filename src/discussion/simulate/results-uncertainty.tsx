import { rangeBarsChart } from "../../platform/charts/index.js";
import { Figure } from "../../platform/pages/figure.js";
import { Table } from "../../platform/pages/table.js";
import { type Band, headlineFigures } from "../../simulation/report/index.js";
import { academicYearOf, amount, amountWithBand, differenceUnit } from "../runs/amounts.js";
import { yearsOf } from "./results-figures.js";
import type { ShownRun } from "./shown.js";

const mostBars = 10;

/** The three uncertainties apart, in the last year. */
function Apart({ run }: { run: ShownRun }) {
  const last = run.first + run.years - 1;
  const kinds = ["parameters", "chance", "structure"] as const;
  const heads = { parameters: "Uncertain numbers", chance: "Chance", structure: "Forms of response" };
  const rows = headlineFigures.map((figure) => ({ figure, year: yearsOf(run, figure.id).at(-1)! }));
  const words = (value: number, band: Band | null, unit: (typeof headlineFigures)[number]["unit"]) => {
    if (!band) return "not looked at";
    const asked = run.changes ? differenceUnit(unit) : unit;
    return band.low === band.high ? "none" : amountWithBand(value, band, asked, run.changes).replace(/^.* \(|\)$/g, "");
  };
  return (
    <Table
      caption={`${run.changes ? "The scenario's effect" : "Figures"} in ${academicYearOf(last)}, by what is uncertain`}
      small
      columns={[
        { heading: "Figure", cell: ({ figure }) => figure.label },
        ...kinds.map((kind) => ({
          ...{ heading: heads[kind], numeric: true },
          cell: ({ figure, year }: (typeof rows)[number]) =>
            words(
              run.changes ? year.difference : year.scenario,
              year[run.changes ? "effect" : "level"][kind],
              figure.unit,
            ),
        })),
      ]}
      rows={rows}
    />
  );
}

function Drivers({ run }: { run: ShownRun }) {
  const { tornado } = run.report;
  if (!tornado) return null;
  const year = yearsOf(run, tornado.figure).find((one) => one.year === tornado.year)!;
  const at = tornado.of === "effect" ? year.difference : year.scenario;
  const signed = tornado.of === "effect";
  const unit =
    Math.max(...tornado.bars.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) >= 10_000 ? 1000 : 1;
  const title = `What drives ${signed ? "the effect on teachers" : "the number of teachers"} in ${academicYearOf(tornado.year)}`;
  const bars = tornado.bars.filter(({ low, high }) => low !== high);
  const words = (value: number) => amount(value, "fte", 2, signed);
  const lead = `Each uncertain number alone is moved over nine tenths of its range. ${
    bars[0] ? `${bars[0].dimension} does most: ${words(bars[0].low)} to ${words(bars[0].high)}.` : "None moves it."
  }`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={rangeBarsChart({
        ...{ id: "tornado", title, description: lead },
        rows: bars.slice(0, mostBars).map(({ dimension, low, high }) => ({
          ...{ label: dimension, from: low / unit, to: high / unit, figures: `${words(low)} to ${words(high)}` },
        })),
        reference: { at: at / unit, label: "As declared" },
        scaleName: unit === 1 ? "Full-time equivalents" : "Thousands of full-time equivalents",
      })}
      table={
        <>
          <Table
            caption={title}
            captionHidden
            small
            columns={[
              { heading: "Uncertain number", cell: ({ dimension }) => dimension },
              { heading: "At the low end", numeric: true, cell: ({ low }) => words(low) },
              { heading: "At the high end", numeric: true, cell: ({ high }) => words(high) },
            ]}
            rows={tornado.bars}
          />
          {run.download({
            id: "drivers",
            head: ["dimension", "low", "high"],
            rows: tornado.bars.map(({ dimension, low, high }) => [dimension, low, high]),
          })}
        </>
      }
    />
  );
}

/** How sure a run is: the uncertainties apart, and what drives the result. */
export function Uncertainty({ run }: { run: ShownRun }) {
  return (
    <>
      <p class="govuk-body">
        Uncertain numbers are drawn together from their ranges; chance is the same country with other luck; forms are
        other ways in which people may answer to money. Each is looked at with the others held.
      </p>
      <Apart run={run} />
      {run.report.tornado === null && run.further}
      <Drivers run={run} />
    </>
  );
}
