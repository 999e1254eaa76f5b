import { heightOf, type Landmark, levelLine, uprightAxis } from "./axes.js";
import { scaleOver } from "./scale.js";
import {
  acrossPercent,
  type ChartHeading,
  chartSvg,
  coordinate,
  escapeMarkup,
  halo,
  ink,
  readableNumber,
} from "./svg.js";

/** One point in time, or one tenth of a distribution, with its interval. */
export interface SeriesPoint {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface SeriesChart extends ChartHeading {
  /** In order, from left to right. */
  readonly points: readonly SeriesPoint[];
  readonly line: Landmark | null;
  readonly average: Landmark;
  readonly scaleName: string;
  /** What the points are, below the plot: "Year", "Tenth of prior attainment". */
  readonly pointsName: string;
  readonly decimals: number;
  /** Joins neighbours: only where the points follow each other in time. */
  readonly joined: boolean;
}

/** A few points in order with their intervals; each says its figure where there is room. */
export function seriesChart(chart: SeriesChart): string {
  const plot = { top: 30, bottom: 250 };
  const scale = scaleOver(
    [chart.average.at, ...(chart.line ? [chart.line.at] : []), ...chart.points.flatMap((p) => [p.lower, p.upper])],
    5,
  );
  const n = chart.points.length;
  const x = (k: number) => acrossPercent((k + 0.5) / n);
  const y = (value: number) => coordinate(heightOf(scale, plot, value));
  const links = chart.joined
    ? chart.points
        .slice(1)
        .map((p, k) => `<line x1="${x(k)}" y1="${y(chart.points[k]!.value)}" x2="${x(k + 1)}" y2="${y(p.value)}"/>`)
    : [];
  const dots = chart.points.map((p, k) => {
    const figure =
      n <= 6
        ? `<text x="${x(k)}" dx="10" y="${coordinate(heightOf(scale, plot, p.value) - 7)}" ${halo}>${readableNumber(p.value, chart.decimals)}</text>`
        : "";
    return (
      `<line x1="${x(k)}" x2="${x(k)}" y1="${y(p.lower)}" y2="${y(p.upper)}" stroke="${ink.strong}" stroke-width="2"/>` +
      `<circle cx="${x(k)}" cy="${y(p.value)}" r="5" fill="${ink.strong}" stroke="${ink.paper}" stroke-width="1.5"/>${figure}` +
      `<text x="${x(k)}" y="${plot.bottom + 22}" text-anchor="middle" fill="${ink.quiet}">${escapeMarkup(p.label)}</text>`
    );
  });
  const { average, line } = chart;
  const lineIsLower = line !== null && line.at < average.at;
  const levels = [levelLine(average, heightOf(scale, plot, average.at), false, { end: "right", above: lineIsLower })];
  if (line) levels.push(levelLine(line, heightOf(scale, plot, line.at), true, { end: "right", above: !lineIsLower }));
  return chartSvg(
    chart,
    298,
    true,
    uprightAxis(scale, plot, chart.scaleName) +
      levels.map((level) => level.line).join("") +
      `<g stroke="${ink.strong}" stroke-opacity="0.5">${links.join("")}</g>` +
      dots.join("") +
      levels.map((level) => level.words).join("") +
      `<text x="50%" y="${plot.bottom + 44}" text-anchor="middle" fill="${ink.quiet}">${escapeMarkup(chart.pointsName)}</text>`,
  );
}
