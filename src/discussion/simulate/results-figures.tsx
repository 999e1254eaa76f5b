import { type FanPoint, fanChart, fanKey } from "../../platform/charts/index.js";
import { Figure } from "../../platform/pages/figure.js";
import { Table } from "../../platform/pages/table.js";
import { type Band, type FigureYear, type HeadlineFigure, headlineFigures } from "../../simulation/report/index.js";
import { academicYearOf, amount, amountWithBand, scaleOf } from "./amounts.js";
import type { Sheet, ShownRun } from "./shown.js";

const figureNamed = (id: string): HeadlineFigure => {
  const found = headlineFigures.find((figure) => figure.id === id);
  if (!found) throw new RangeError(`there is no figure "${id}"`);
  return found;
};

/** The years of one figure. */
export const yearsOf = ({ report }: ShownRun, id: string): readonly FigureYear[] =>
  report.figures.filter(({ figure }) => figure === id);

/** The unit of a figure's difference. */
export const differenceUnit = (unit: HeadlineFigure["unit"]) => (unit === "share" ? "points" : unit);

/** Numbers of a chart's axis: scaled so that they fit beside it. */
function axisOf(unit: HeadlineFigure["unit"], values: readonly number[]): { divisor: number; name: string } {
  const largest = Math.max(...values.map(Math.abs));
  if (unit === "share") return { divisor: 0.01, name: "%" };
  if (unit === "pounds") {
    const { divisor, after } = scaleOf(unit, largest);
    return { divisor, name: `£${after}` };
  }
  return largest >= 10_000
    ? { divisor: 1000, name: "Thousands" }
    : { divisor: 1, name: unit === "fte" ? "FTE" : "People" };
}

interface Line {
  readonly year: number;
  readonly value: number;
  readonly compared: number | null;
  readonly band: Band | null;
}

/** A chart of a line by year; empty where any part of it wasn't run. */
export function lineByYear(
  lines: readonly Line[],
  unit: HeadlineFigure["unit"],
  heading: { readonly id: string; readonly title: string; readonly description: string },
): string {
  if (!lines.every(({ value }) => Number.isFinite(value))) return "";
  const all = lines.flatMap(({ value, compared, band }) => [
    ...[value, ...(compared === null ? [] : [compared])],
    ...(band ? [band.low, band.high] : []),
  ]);
  const { divisor, name } = axisOf(unit, all);
  const points = lines.map(
    ({ year, value, compared, band }): FanPoint => ({
      ...{ label: String(year), value: value / divisor },
      compared: compared === null ? null : compared / divisor,
      band: band && { low: band.low / divisor, high: band.high / divisor },
    }),
  );
  return fanChart({ ...heading, points, scaleName: name, pointsName: "Academic year that begins in" });
}

/** The table of a figure as a file. */
export function figureSheet(run: ShownRun, id: string): Sheet {
  const bands = (year: FigureYear, of: "level" | "effect") =>
    [year[of].parameters, year[of].chance, year[of].structure].flatMap((band) => [
      band?.low ?? null,
      band?.high ?? null,
    ]);
  const head = (of: string) =>
    ["parameters", "chance", "structure"].flatMap((name) => [`${of}_${name}_low`, `${of}_${name}_high`]);
  return {
    id,
    head: ["figure", "year", "baseline", "scenario", "difference", ...head("scenario"), ...head("difference")],
    rows: yearsOf(run, id).map((year) => [
      ...[id, year.year, year.baseline, year.scenario, year.difference],
      ...bands(year, "level"),
      ...bands(year, "effect"),
    ]),
  };
}

function FigureTable({ run, figure }: { run: ShownRun; figure: HeadlineFigure }) {
  const { unit, label } = figure;
  const difference = {
    heading: "Difference",
    numeric: true,
    cell: ({ difference: value, effect }: FigureYear) =>
      value === 0 ? "none" : amountWithBand(value, effect.parameters, differenceUnit(unit), true),
  };
  const level = {
    heading: run.changes ? "With the scenario" : "Figure",
    numeric: true,
    cell: ({ scenario, level: bands }: FigureYear) => amountWithBand(scenario, bands.parameters, unit),
  };
  const baseline = { heading: "Without", numeric: true, cell: (year: FigureYear) => amount(year.baseline, unit) };
  return (
    <Table
      caption={label}
      captionHidden
      small
      columns={[
        { heading: "Year", cell: ({ year }) => academicYearOf(year) },
        ...(run.changes ? [baseline, level, difference] : [level]),
      ]}
      rows={yearsOf(run, figure.id)}
    />
  );
}

/** One figure by year: its line with the fan, or how far the scenario moves it, and the table. */
export function FigureByYear({ run, id, of }: { run: ShownRun; id: string; of: "level" | "effect" }) {
  const figure = figureNamed(id);
  const years = yearsOf(run, id);
  const last = years.at(-1)!;
  const isEffect = of === "effect";
  const title = isEffect ? `${figure.label}: what the scenario changes` : figure.label;
  const lead = isEffect
    ? `In ${academicYearOf(last.year)}: ${amountWithBand(last.difference, last.effect.parameters, differenceUnit(figure.unit), true)}.`
    : `In ${academicYearOf(last.year)}: ${amountWithBand(last.scenario, last.level.parameters, figure.unit)}${
        run.changes ? `; without the scenario ${amount(last.baseline, figure.unit)}` : ""
      }.`;
  const lines = years.map(
    ({ year, scenario, baseline, difference, level, effect }): Line =>
      isEffect
        ? { year, value: difference, compared: 0, band: effect.parameters }
        : { year, value: scenario, compared: run.changes ? baseline : null, band: level.parameters },
  );
  const drawn = lines.some(({ band }) => band !== null);
  return (
    <Figure
      title={title}
      lead={lead}
      chart={lineByYear(lines, figure.unit, { id: `${of}-${id}`, title, description: lead })}
      chartKey={fanKey({
        line: isEffect ? "Difference" : run.changes ? "With the scenario" : "As things are set today",
        compared: isEffect ? "No difference" : run.changes ? "Without the scenario" : null,
        band: drawn ? `Nine in ten of ${run.draws} draws of the uncertain numbers` : null,
      })}
      table={
        <>
          <FigureTable run={run} figure={figure} />
          {run.download(figureSheet(run, id))}
        </>
      }
    />
  );
}
