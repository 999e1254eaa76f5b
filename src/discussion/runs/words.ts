import type { SimulationParameter, ValueSource } from "../../simulation/parameters/index.js";
import { headlineFigures, type ScenarioReport } from "../../simulation/report/index.js";
import { academicYearOf, amount, amountLike, amountWithBand, differenceUnit } from "./amounts.js";

/** A report as a table for the terminal: the chosen years of every figure, what it costs, what drives it. */
export function reportInWords(report: ScenarioReport, years: readonly number[]): string {
  const lines = headlineFigures.flatMap(({ id, label, unit }) => {
    const rows = report.figures.filter(({ figure, year }) => figure === id && years.includes(year));
    return [
      label,
      ...rows.map(({ year, baseline, scenario, difference, effect, level }) => {
        const change =
          difference === 0 ? "no change" : amountWithBand(difference, effect.parameters, differenceUnit(unit), true);
        const plain = (value: number) => amountLike(value, scenario, level.parameters, unit);
        return `  ${academicYearOf(year)}  ${plain(baseline)} → ${plain(scenario)}  (${change})`;
      }),
    ];
  });
  const costs = report.costs.map(
    ({ label, pounds }) =>
      `  ${label}: ${amountWithBand(
        pounds.reduce((a, b) => a + b, 0),
        null,
        "pounds",
      )}`,
  );
  const { perTeacherYear: ratio, tornado } = report;
  const pounds = (value: number) => amount(value, "pounds", 2);
  const perYear =
    typeof ratio === "string"
      ? ratio
      : ratio.high === null
        ? `${pounds(ratio.value)}, at least ${pounds(ratio.low)}, no upper end: ${Math.round(ratio.gaining * 100)}% of the draws gain teachers`
        : amountWithBand(ratio.value, { low: ratio.low, high: ratio.high }, "pounds");
  return [
    ...lines,
    ...(costs.length > 0 ? ["Cost over all years", ...costs] : []),
    `Cost of an extra teacher-year: ${perYear}`,
    ...(report.figures.some(({ effect }) => effect.parameters)
      ? []
      : ["One run, without intervals: ask for --draws to see how sure it is."]),
    ...(tornado
      ? [
          `What drives teachers in ${tornado.year} (${tornado.of}):`,
          ...tornado.bars
            .slice(0, 10)
            .map(({ dimension, low, high }) => `  ${dimension}: ${amount(low, "fte")} to ${amount(high, "fte")}`),
        ]
      : []),
  ].join("\n");
}

/** Where a value comes from, in a sentence. */
export function sourceInWords(source: ValueSource): string {
  if (source.status === "assumption") return `assumption of ${source.owner}: ${source.why}`;
  if (source.status === "proposal") return `proposal ${source.proposal}: ${source.why}`;
  const { status, title, href, page, published } = source;
  return `${status}: ${title}${page === null ? "" : `, ${page}`} (${published}) ${href}`;
}

/** The range of a parameter in words; empty where it has none. */
export function rangeInWords({ range }: SimulationParameter): string {
  if (!range) return "";
  const { distribution, low, mode, high, as } = range;
  return `${distribution} ${low} – ${mode} – ${high}${as === "factor" ? " × the value" : ""}`;
}
