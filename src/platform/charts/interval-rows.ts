import { acrossAxis, type Landmark, plumbLines } from "./axes.js";
import { scaleOver } from "./scale.js";
import {
  acrossPercent,
  type ChartHeading,
  chartSvg,
  halo,
  ink,
  lineHeight,
  readableNumber,
  textLines,
  wrapped,
} from "./svg.js";

/** A figure with its interval and its words. */
export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface IntervalRowsChart extends ChartHeading {
  readonly rows: readonly IntervalRow[];
  readonly line: Landmark | null;
  readonly average: Landmark;
  readonly scaleName: string;
  readonly decimals: number;
}

/** Figures with their intervals on one scale, a row each with its words above: groups of pupils, authorities. */
export function intervalRowsChart(chart: IntervalRowsChart): string {
  const scale = scaleOver(
    [chart.average.at, ...(chart.line ? [chart.line.at] : []), ...chart.rows.flatMap((r) => [r.lower, r.upper])],
    4,
  );
  const head = chart.line ? 44 : 26;
  let bottom = head;
  const rows = chart.rows.map((row) => {
    const lines = wrapped(row.label, 30);
    const first = bottom + 18;
    const y = bottom + 14 + lines.length * lineHeight;
    bottom = y + 14;
    return (
      `<line x1="${acrossPercent(scale.share(row.lower))}" x2="${acrossPercent(scale.share(row.upper))}" y1="${y}" y2="${y}" ` +
      `stroke="${ink.strong}" stroke-width="3"/>` +
      `<circle cx="${acrossPercent(scale.share(row.value))}" cy="${y}" r="6" fill="${ink.strong}" stroke="${ink.paper}" stroke-width="2"/>` +
      textLines(lines, first, halo) +
      `<text x="100%" y="${first}" text-anchor="end" ${halo}>${readableNumber(row.value, chart.decimals)}</text>`
    );
  });
  const grid = scale.ticks.map((tick) => {
    const x = acrossPercent(scale.share(tick));
    return `<line x1="${x}" x2="${x}" y1="${head}" y2="${bottom}"/>`;
  });
  return chartSvg(
    chart,
    bottom + 50,
    false,
    `<g stroke="${ink.grid}">${grid.join("")}</g>` +
      plumbLines(chart.line, chart.average, scale, { top: head + 2, bottom }) +
      rows.join("") +
      acrossAxis(scale, bottom, chart.scaleName),
  );
}
