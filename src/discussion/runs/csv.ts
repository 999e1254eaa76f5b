import type { SimulationParameter } from "../../simulation/parameters/index.js";
import type { ScenarioReport } from "../../simulation/report/index.js";
import { rangeInWords, sourceInWords } from "./words.js";

/** A field by RFC 4180; a text that a spreadsheet would take for a formula is marked as text. */
function field(value: string | number | null): string {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as the text of a CSV file, the heading first. */
export const csvTable = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

/** Every figure of a report by year, with the bands of its effect; what wasn't run is empty. */
export function reportCsv({ figures }: ScenarioReport): string {
  const head = [
    ...["figure", "year", "baseline", "scenario", "difference", "parameters_low", "parameters_high"],
    ...["chance_low", "chance_high", "structure_low", "structure_high"],
  ];
  const rows = figures.map(({ figure, year, baseline, scenario, difference, effect }) => [
    ...[figure, year, baseline, scenario, difference],
    ...[effect.parameters, effect.chance, effect.structure].flatMap((band) => [band?.low ?? null, band?.high ?? null]),
  ]);
  return csvTable([head, ...rows]);
}

/** Every declared parameter, a line a value. */
export function parametersCsv(parameters: readonly SimulationParameter[]): string {
  const head = ["path", "label", "unit", "from", "value", "status", "source", "low", "high", "range", "why_so_wide"];
  const rows = parameters.flatMap((parameter) =>
    parameter.values.map(({ from, value, source }) => [
      ...[parameter.path, parameter.label, parameter.unit, from, value, source.status, sourceInWords(source)],
      ...[parameter.bounds.low, parameter.bounds.high, rangeInWords(parameter), parameter.range?.why ?? ""],
    ]),
  );
  return csvTable([head, ...rows]);
}
