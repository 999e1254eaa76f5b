import { acrossAxis, type Landmark, plumbLines, uprightAxis } from "./axes.js";
import { type Scale, scaleOver } from "./scale.js";
import { acrossPercent, type ChartHeading, chartSvg, coordinate, ink } from "./svg.js";

/** How many lie from `from` up to, and not with, `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Counts values in classes of a round width, about `classes` of them, whose bounds are multiples of that width.
 * The last class holds its upper bound.
 * @throws {RangeError} when there is no value or one is not finite.
 */
export function binsOf(values: readonly number[], classes = 30): readonly Bin[] {
  const { ticks } = scaleOver(values, classes);
  const counts = new Array<number>(ticks.length - 1).fill(0);
  const low = ticks[0]!;
  const width = (ticks.at(-1)! - low) / counts.length;
  for (const value of values) counts[Math.min(counts.length - 1, Math.floor((value - low) / width + 1e-9))]! += 1;
  return counts.map((count, k) => ({ from: ticks[k]!, to: ticks[k + 1]!, count }));
}

export interface HistogramChart extends ChartHeading {
  readonly bins: readonly Bin[];
  readonly line: Landmark | null;
  readonly average: Landmark | null;
  /** What is counted, above the upright scale: "Schools". */
  readonly countName: string;
  /** What is measured, below the scale across. */
  readonly scaleName: string;
  /** A curve to compare with: counts a class would hold at these figures. */
  readonly curve?: readonly { readonly at: number; readonly count: number }[];
}

function curvePath(
  points: readonly { at: number; count: number }[],
  across: Scale,
  y: (count: number) => number,
): string {
  const steps = points.map(
    ({ at, count }, i) => `${i ? "L" : "M"}${coordinate(across.share(at) * 1000)} ${coordinate(y(count))}`,
  );
  return (
    `<svg x="0" y="0" width="100%" height="300" viewBox="0 0 1000 300" preserveAspectRatio="none">` +
    `<path d="${steps.join("")}" fill="none" stroke="${ink.line}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>`
  );
}

/** Counts in classes, as upright bars, with the agreed line and the average marked. */
export function histogramChart(chart: HistogramChart): string {
  const plot = { top: 48, bottom: 250 };
  const across = scaleOver(
    [...chart.bins.flatMap((bin) => [bin.from, bin.to]), ...(chart.line ? [chart.line.at] : [])],
    5,
    true,
  );
  const counts = scaleOver([0, ...chart.bins.map((bin) => bin.count), ...(chart.curve ?? []).map((p) => p.count)], 4);
  const y = (count: number) => plot.bottom - counts.share(count) * (plot.bottom - plot.top);
  const bars = chart.bins
    .filter((bin) => bin.count > 0)
    .map((bin) => {
      const left = across.share(bin.from);
      return (
        `<rect x="${acrossPercent(left)}" width="${acrossPercent(across.share(bin.to) - left)}" ` +
        `y="${coordinate(y(bin.count))}" height="${coordinate(plot.bottom - y(bin.count))}"/>`
      );
    });
  return chartSvg(
    chart,
    304,
    true,
    uprightAxis(counts, plot, chart.line || chart.average ? "" : chart.countName) +
      `<g fill="${ink.bar}" stroke="${ink.paper}">${bars.join("")}</g>` +
      (chart.curve ? curvePath(chart.curve, across, y) : "") +
      plumbLines(chart.line, chart.average, across, plot) +
      acrossAxis(across, plot.bottom, chart.scaleName),
  );
}
