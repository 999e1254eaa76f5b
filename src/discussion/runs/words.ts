import type { SimulationParameter, ValueSource } from "../../simulation/parameters/index.js";
import type { Band, HeadlineFigure, ScenarioReport } from "../../simulation/report/index.js";
import { headlineFigures } from "../../simulation/report/index.js";
import { decimalsOf, roundToInterval } from "../../simulation/uncertainty/index.js";

const grouped = (value: number, decimals: number) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

const scales = { fte: 1, people: 1, pounds: 1e-6, share: 100 } as const;
const signs = { fte: "", people: "", pounds: " million", share: "%" } as const;

/** A number with its unit, pounds as is usual before it. */
const withUnit = (text: string, unit: HeadlineFigure["unit"]) => {
  const pounds = unit === "pounds" ? (text.startsWith("-") ? `-£${text.slice(1)}` : `£${text}`) : text;
  return text === "0" && unit === "pounds" ? pounds : `${pounds}${signs[unit]}`;
};

/** A figure without an interval, on a few significant digits: one run says no more than that. */
function alone(value: number, unit: HeadlineFigure["unit"], digits = 3): string {
  if (!Number.isFinite(value)) return "not run";
  const scaled = Number((value * scales[unit]).toPrecision(digits));
  if (scaled === 0) return withUnit("0", unit);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(scaled))));
  return withUnit(grouped(scaled, Math.min(decimals, 6)), unit);
}

/** A figure with the digits that its band supports, and the band. */
export function figureInWords(value: number, band: Band | null, unit: HeadlineFigure["unit"]): string {
  if (!band) return alone(value, unit, 2);
  const [middle, low, high] = [value, band.low, band.high].map((one) => one * scales[unit]);
  const rounded = roundToInterval(middle!, low!, high!);
  if (!rounded) return "not run";
  if (rounded.unit === 0) return alone(value, unit);
  const decimals = decimalsOf(rounded.unit);
  return withUnit(
    `${grouped(rounded.value, decimals)} (${grouped(rounded.low, decimals)} to ${grouped(rounded.high, decimals)})`,
    unit,
  );
}

/** A report as a table for the terminal: the chosen years of every figure, what it costs, what drives it. */
export function reportInWords(report: ScenarioReport, years: readonly number[]): string {
  const lines = headlineFigures.flatMap(({ id, label, unit }) => {
    const rows = report.figures.filter(({ figure, year }) => figure === id && years.includes(year));
    return [
      label,
      ...rows.map(({ year, baseline, scenario, difference, effect }) => {
        const change = difference === 0 ? "no change" : figureInWords(difference, effect.parameters, unit);
        return `  ${year}/${String((year + 1) % 100).padStart(2, "0")}  ${alone(baseline, unit)} → ${alone(scenario, unit)}  (${change})`;
      }),
    ];
  });
  const costs = report.costs.map(
    ({ label, pounds }) =>
      `  ${label}: ${figureInWords(
        pounds.reduce((a, b) => a + b, 0),
        null,
        "pounds",
      )}`,
  );
  const { perTeacherYear: ratio, tornado } = report;
  const perYear =
    typeof ratio === "string"
      ? ratio
      : ratio.high === null
        ? `£${grouped(ratio.value, 0)}, at least £${grouped(ratio.low, 0)}, no upper end: ${Math.round(ratio.gaining * 100)}% of the draws gain teachers`
        : `£${ratio.low === ratio.high ? alone(ratio.value, "people", 2) : figureInWords(ratio.value, { low: ratio.low, high: ratio.high }, "people")}`;
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
            .map(({ dimension, low, high }) => `  ${dimension}: ${alone(low, "fte")} to ${alone(high, "fte")}`),
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
