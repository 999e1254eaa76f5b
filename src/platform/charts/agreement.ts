import { acrossAxis, heightOf, uprightAxis } from "./axes.js";
import { markPath } from "./marks.js";
import { scaleOver } from "./scale.js";
import { acrossPercent, type ChartHeading, chartSvg, coordinate, halo, ink } from "./svg.js";

export interface AgreementChart extends ChartHeading {
  readonly points: readonly { readonly expected: number; readonly found: number }[];
  readonly expectedName: string;
  readonly foundName: string;
  /** What the diagonal means: "perfect agreement". */
  readonly diagonal: string;
}

/**
 * Found against expected, with the line on which both are equal: calibration, or quantiles against the normal
 * distribution. Both scales are the same, so that distance from the line reads as error.
 */
export function agreementChart(chart: AgreementChart): string {
  const plot = { top: 30, bottom: 310 };
  const scale = scaleOver(
    chart.points.flatMap((p) => [p.expected, p.found]),
    5,
  );
  const moves = chart.points.map(
    (p) => `M${coordinate(scale.share(p.expected) * 1000)} ${coordinate(heightOf(scale, plot, p.found))}h0`,
  );
  const diagonal =
    `<line x1="0%" x2="100%" y1="${plot.bottom}" y2="${plot.top}" stroke="${ink.line}" stroke-width="2" stroke-dasharray="7 4"/>` +
    `<text x="${acrossPercent(0.74)}" y="${coordinate(plot.bottom - 0.6 * (plot.bottom - plot.top))}" fill="${ink.line}" ${halo} ` +
    `text-anchor="start" font-size="14">${chart.diagonal}</text>`;
  const dots =
    `<svg x="0" y="0" width="100%" height="320" viewBox="0 0 1000 320" preserveAspectRatio="none" overflow="visible">` +
    `${markPath("dot", moves.join(""), chart.points.length > 40 ? 4 : 9)}</svg>`;
  return chartSvg(
    chart,
    364,
    true,
    uprightAxis(scale, plot, chart.foundName) + diagonal + dots + acrossAxis(scale, plot.bottom, chart.expectedName),
  );
}
