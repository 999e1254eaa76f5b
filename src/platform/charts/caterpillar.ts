import { heightOf, type LabelPlace, type Landmark, levelLine, uprightAxis } from "./axes.js";
import { type Mark, markPath } from "./marks.js";
import { scaleOver } from "./scale.js";
import { type ChartHeading, chartSvg, coordinate, ink } from "./svg.js";

/** One school with its interval; `mark` is a place in the chart's list of marks. */
export interface CaterpillarPoint {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly mark: number;
}

export interface CaterpillarChart extends ChartHeading {
  /** In any order; the chart sorts them by value. */
  readonly points: readonly CaterpillarPoint[];
  readonly marks: readonly Mark[];
  /** The line that decides, or null where there is none. */
  readonly line: Landmark | null;
  /** The average of all, labelled: usually 0. */
  readonly average: Landmark;
  /** What is measured, above the scale. */
  readonly scaleName: string;
}

/** More points than this are thinned evenly in order of value: a screen has no more columns to show them in. */
export const mostCaterpillarPoints = 2500;

/** Every k-th point, with the first and the last, so that at most `most` are left. */
function thinned<T>(sorted: readonly T[], most: number): readonly T[] {
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (most - 1))]!);
}

function markSize(count: number): number {
  if (count <= 40) return 9;
  if (count <= 150) return 7;
  if (count <= 600) return 5;
  return 3;
}

/** The average and the agreed line, their words where they cover neither the curve nor each other. */
function landmarks(chart: CaterpillarChart, y: (value: number) => number): string {
  const { average, line } = chart;
  // The curve rises from the lower left to the upper right: the corners upper left and lower right are free.
  const upperLeft: LabelPlace = { end: "left", above: true };
  const lowerRight: LabelPlace = { end: "right", above: false };
  const crowded = line !== null && line.at <= average.at && y(line.at) - y(average.at) < 24;
  const parts = [levelLine(average, y(average.at), false, crowded ? upperLeft : lowerRight)];
  if (line !== null) parts.push(levelLine(line, y(line.at), true, line.at > average.at ? upperLeft : lowerRight));
  return parts.map((part) => part.line).join("") + parts.map((part) => part.words).join("");
}

/** Schools from lowest to highest, each a mark with its interval, against the average and the agreed line. */
export function caterpillarChart(chart: CaterpillarChart): string {
  const sorted = chart.points.toSorted((a, b) => a.value - b.value);
  const shown = thinned(sorted, mostCaterpillarPoints);
  const plot = { top: 30, bottom: 350 };
  const scale = scaleOver(
    [...shown.flatMap((p) => [p.lower, p.upper]), chart.average.at, ...(chart.line ? [chart.line.at] : [])],
    7,
  );
  const y = (value: number) => heightOf(scale, plot, value);
  const moves = chart.marks.map(() => [] as string[]);
  const intervals = shown.map((point, i) => {
    const x = coordinate(i + 0.5);
    moves[point.mark]!.push(`M${x} ${coordinate(y(point.value))}h0`);
    return `M${x} ${coordinate(y(point.lower))}V${coordinate(y(point.upper))}`;
  });
  const count = shown.length;
  const hairline = count <= 150 ? 1.5 : count <= 600 ? 1 : 0.6;
  const curve =
    `<svg x="0" y="0" width="100%" height="380" viewBox="0 0 ${count} 380" preserveAspectRatio="none" overflow="visible">` +
    `<path d="${intervals.join("")}" fill="none" stroke="${ink.axis}" stroke-width="${hairline}" ` +
    `${count > 600 ? 'stroke-opacity="0.55" ' : ""}vector-effect="non-scaling-stroke"/>` +
    `${chart.marks.map((mark, k) => markPath(mark.shape, moves[k]!.join(""), markSize(count))).join("")}</svg>`;
  const foot =
    `<g fill="${ink.quiet}"><text x="0" y="376">\u2190 lowest</text>` +
    `<text x="100%" y="376" text-anchor="end">highest \u2192</text></g>`;
  return chartSvg(chart, 384, true, uprightAxis(scale, plot, chart.scaleName) + curve + landmarks(chart, y) + foot);
}
