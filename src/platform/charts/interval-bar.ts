import { acrossAxis, anchorAt, type Landmark, plumbLines } from "./axes.js";
import type { Bin } from "./histogram.js";
import { scaleOver } from "./scale.js";
import { acrossPercent, type ChartHeading, chartSvg, coordinate, halo, ink, readableNumber } from "./svg.js";

export interface IntervalBarChart extends ChartHeading {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly decimals: number;
  /** All schools, as a quiet background: where this one stands among them. */
  readonly others: readonly Bin[];
  readonly line: Landmark | null;
  readonly average: Landmark;
  readonly scaleName: string;
}

/** One school's figure and interval over the shape of all schools, against the average and the agreed line. */
export function intervalBarChart(chart: IntervalBarChart): string {
  const plot = { top: 44, bottom: 196 };
  const room = (chart.upper - chart.lower) / 8;
  const scale = scaleOver(
    [
      chart.lower - room,
      chart.upper + room,
      chart.average.at,
      ...(chart.line ? [chart.line.at] : []),
      ...chart.others.flatMap((bin) => [bin.from, bin.to]),
    ],
    5,
    true,
  );
  const most = Math.max(1, ...chart.others.map((bin) => bin.count));
  const bars = chart.others
    .filter((bin) => bin.count > 0)
    .map((bin) => {
      const left = scale.share(bin.from);
      const height = (bin.count / most) * (plot.bottom - plot.top - 44);
      return (
        `<rect x="${acrossPercent(left)}" width="${acrossPercent(scale.share(bin.to) - left)}" ` +
        `y="${coordinate(plot.bottom - height)}" height="${coordinate(height)}"/>`
      );
    });
  const at = scale.share(chart.value);
  const [x1, x2] = [acrossPercent(scale.share(chart.lower)), acrossPercent(scale.share(chart.upper))];
  const y = 136;
  const school =
    `<line x1="${x1}" x2="${x2}" y1="${y}" y2="${y}" stroke="${ink.paper}" stroke-width="14"/>` +
    `<line x1="${x1}" x2="${x2}" y1="${y}" y2="${y}" stroke="${ink.strong}" stroke-width="8"/>` +
    `<circle cx="${acrossPercent(at)}" cy="${y}" r="10" fill="${ink.strong}" stroke="${ink.paper}" stroke-width="3"/>` +
    `<text x="${acrossPercent(at)}" y="${y - 20}" text-anchor="${anchorAt(at)}" font-size="19" font-weight="bold" ${halo}>` +
    `${readableNumber(chart.value, chart.decimals)}</text>`;
  return chartSvg(
    chart,
    250,
    false,
    `<g fill="#d3dae0" stroke="${ink.paper}">${bars.join("")}</g>` +
      plumbLines(chart.line, chart.average, scale, plot) +
      school +
      acrossAxis(scale, plot.bottom, chart.scaleName),
  );
}
