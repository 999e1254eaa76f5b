import { type Scale, scaleOver } from "./scale.js";
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

/** One step from a first figure to a last: `total` is the running sum after it. */
export interface WaterfallStep {
  readonly label: string;
  readonly change: number;
  readonly total: number;
  /** A figure in its own right (the first and the last), drawn from zero, and not a change. */
  readonly isTotal: boolean;
}

export interface WaterfallChart extends ChartHeading {
  readonly steps: readonly WaterfallStep[];
  readonly decimals: number;
}

/** Characters of a step's words that fit beside its figure on a phone. */
const labelWidth = 30;

/** With a sign, as a change reads: "+0.3", "−0.1", "0.0". */
export function signedNumber(value: number, decimals: number): string {
  const text = readableNumber(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Where a step's words and bar stand: pixels from the top. */
interface Row {
  readonly step: WaterfallStep;
  readonly lines: readonly string[];
  readonly top: number;
  readonly bar: number;
}

function layRows(steps: readonly WaterfallStep[]): readonly Row[] {
  let top = 0;
  return steps.map((step) => {
    const lines = wrapped(step.label, labelWidth);
    const bar = top + 6 + lines.length * lineHeight;
    const row = { step, lines, top, bar };
    top = bar + barHeight + 14;
    return row;
  });
}

const barHeight = 18;

function drawRow(row: Row, next: Row | undefined, scale: Scale, decimals: number): string {
  const { step } = row;
  const from = step.isTotal ? scale.share(0) : scale.share(step.total - step.change);
  const to = scale.share(step.total);
  const [fill, stroke] = step.isTotal
    ? [ink.strong, ink.strong]
    : step.change < 0
      ? [ink.against, ink.againstEdge]
      : [ink.paper, ink.strong];
  const weight = step.isTotal ? 'font-weight="bold"' : "";
  const figure = step.isTotal ? readableNumber(step.total, decimals) : signedNumber(step.change, decimals);
  const link = next
    ? `<line x1="${acrossPercent(to)}" x2="${acrossPercent(to)}" y1="${row.bar}" y2="${next.bar + barHeight}" ` +
      `stroke="${ink.axis}" stroke-dasharray="2 3"/>`
    : "";
  const zero = acrossPercent(scale.share(0));
  return (
    `${link}<line x1="${zero}" x2="${zero}" y1="${row.bar - 4}" y2="${row.bar + barHeight + 4}" stroke="${ink.text}"/>` +
    `<rect x="${acrossPercent(Math.min(from, to))}" width="${acrossPercent(Math.abs(to - from))}" y="${row.bar}" ` +
    `height="${barHeight}" fill="${fill}" stroke="${stroke}" stroke-width="2"/>` +
    textLines(row.lines, row.top + 16, `${weight} ${halo}`) +
    `<text x="100%" y="${row.top + 16}" text-anchor="end" ${weight} ${halo}>${figure}</text>`
  );
}

/** How a figure came about, one row a step: words and figure above, the bar below, so that it fits a phone. */
export function waterfallChart(chart: WaterfallChart): string {
  const scale = scaleOver([0, ...chart.steps.flatMap((s) => [s.total, s.total - s.change])], 6, true);
  const rows = layRows(chart.steps);
  const height = rows.at(-1) ? rows.at(-1)!.bar + barHeight + 8 : 0;
  return chartSvg(
    chart,
    height,
    false,
    rows.map((row, k) => drawRow(row, rows[k + 1], scale, chart.decimals)).join(""),
  );
}
