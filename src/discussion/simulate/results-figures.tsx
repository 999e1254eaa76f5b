import { type FanPoint, fanChart, fanKey } from "../../platform/charts/index.js";
import { Figure } from "../../platform/pages/figure.js";
import { Table } from "../../platform/pages/table.js";
import { type Band, type FigureYear, type HeadlineFigure, headlineFigures } from "../../simulation/report/index.js";
import { academicYearOf, amountLike, amountWithBand, differenceUnit, scaleOf } from "../runs/amounts.js";
import type { Sheet, ShownRun } from "./shown.js";

const figureNamed = (id: string): HeadlineFigure => {
  const found = headlineFigures.find((figure) => figure.id === id);
  if (!found) throw new RangeError(`there is no figure "${id}"`);
  return found;
};

/** The years of one figure. */
export const yearsOf = ({ report }: ShownRun, id: string): readonly FigureYear[] =>
  report.figures.filter(({ figure }) => figure === id);

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
  const baseline = {
    heading: "Without",
    numeric: true,
    cell: ({ baseline: value, scenario, level: bands }: FigureYear) =>
      amountLike(value, scenario, bands.parameters, unit),
  };
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

type Of = "level" | "effect";

/** That there is nothing to draw, in words; null where there is. */
function nothingWords(years: readonly FigureYear[], of: Of): string | null {
  if (years.every(({ baseline, scenario }) => baseline === 0 && scenario === 0)) return "None in any year.";
  const isMoved = ({ difference, effect: { parameters: band } }: FigureYear) =>
    difference !== 0 || (band !== null && (band.low !== 0 || band.high !== 0));
  return of === "effect" && !years.some(isMoved) ? "The scenario moves it in no year." : null;
}

/** What a figure is in the last year. */
function lastWords({ changes }: ShownRun, last: FigureYear, unit: HeadlineFigure["unit"], of: Of): string {
  const { scenario, baseline, difference, level, effect } = last;
  const words =
    of === "effect"
      ? amountWithBand(difference, effect.parameters, differenceUnit(unit), true)
      : amountWithBand(scenario, level.parameters, unit);
  const before =
    changes && of === "level" ? `; without the scenario ${amountLike(baseline, scenario, level.parameters, unit)}` : "";
  return `In ${academicYearOf(last.year)}: ${words}${before}.`;
}

/** One figure by year: its line with the fan, or how far the scenario moves it, and the table. */
export function FigureByYear({ run, id, of }: { run: ShownRun; id: string; of: Of }) {
  const figure = figureNamed(id);
  const years = yearsOf(run, id);
  const isEffect = of === "effect";
  const title = isEffect ? `${figure.label}: what the scenario changes` : figure.label;
  const nothing = nothingWords(years, of);
  const lead = nothing ?? lastWords(run, years.at(-1)!, figure.unit, of);
  const lines = years.map(
    ({ year, scenario, baseline, difference, level, effect }): Line =>
      isEffect
        ? { year, value: difference, compared: 0, band: effect.parameters }
        : { year, value: scenario, compared: run.changes ? baseline : null, band: level.parameters },
  );
  const isDrawn = lines.some(({ band }) => band !== null);
  const key = fanKey({
    line: isEffect ? "Difference" : run.changes ? "With the scenario" : "As things are set today",
    compared: isEffect ? "No difference" : run.changes ? "Without the scenario" : null,
    band: isDrawn ? `Nine in ten of ${run.draws} draws of the uncertain numbers` : null,
  });
  return (
    <Figure
      title={title}
      lead={lead}
      {...(nothing === null
        ? { chart: lineByYear(lines, figure.unit, { id: `${of}-${id}`, title, description: lead }), chartKey: key }
        : { chart: "" })}
      table={
        <>
          <FigureTable run={run} figure={figure} />
          {run.download(figureSheet(run, id))}
        </>
      }
    />
  );
}
