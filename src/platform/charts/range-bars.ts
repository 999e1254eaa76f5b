import { acrossAxis, type Landmark, plumbLines } from "./axes.js";
import { scaleOver } from "./scale.js";
import {
  acrossPercent,
  type ChartHeading,
  chartSvg,
  escapeMarkup,
  halo,
  ink,
  lineHeight,
  textLines,
  wrapped,
} from "./svg.js";

/** A bar from one figure to another, with its words above and its figures as text. */
export interface RangeBar {
  readonly label: string;
  /** Either end; in no order. */
  readonly from: number;
  readonly to: number;
  readonly figures: string;
}

export interface RangeBarsChart extends ChartHeading {
  readonly rows: readonly RangeBar[];
  /** Where all bars would meet if nothing moved them. */
  readonly reference: Landmark;
  readonly scaleName: string;
}

/** Bars on one scale about a reference, a row each: what drives a figure, or by how much cells differ. */
export function rangeBarsChart(chart: RangeBarsChart): string {
  const scale = scaleOver([chart.reference.at, ...chart.rows.flatMap(({ from, to }) => [from, to])], 4);
  const head = 26;
  let bottom = head;
  const rows = chart.rows.map(({ label, from, to, figures }) => {
    const lines = wrapped(label, 26);
    const first = bottom + 18;
    const y = bottom + 8 + lines.length * lineHeight;
    bottom = y + 18;
    const [low, high] = [from, to].map((value) => scale.share(value)).sort((a, b) => a - b);
    return (
      `<rect x="${acrossPercent(low!)}" width="${acrossPercent(Math.max(0.002, high! - low!))}" y="${y}" height="10" fill="${ink.strong}"/>` +
      textLines(lines, first, halo) +
      `<text x="100%" y="${first}" text-anchor="end" fill="${ink.quiet}" ${halo}>${escapeMarkup(figures)}</text>`
    );
  });
  return chartSvg(
    chart,
    bottom + 50,
    false,
    plumbLines(null, chart.reference, scale, { top: head, bottom }) +
      rows.join("") +
      acrossAxis(scale, bottom, chart.scaleName),
  );
}
