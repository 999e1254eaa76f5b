import {
  acrossPercent,
  type ChartHeading,
  chartSvg,
  escapeMarkup,
  ink,
  lineHeight,
  readableNumber,
  textLines,
  wrapped,
} from "./svg.js";

/** One part of every bar, in order from the left. `hatch` tells it apart where colours can't. */
export interface BarPart {
  readonly label: string;
  readonly fill: string;
  readonly hatch: "none" | "diagonal" | "dots";
  /** Whether its figures are written in white. */
  readonly dark: boolean;
}

export interface StackedBarsChart extends ChartHeading {
  readonly parts: readonly BarPart[];
  /** One count a part, in the order of `parts`. */
  readonly rows: readonly { readonly label: string; readonly counts: readonly number[] }[];
  /** What is counted, after each row's sum: "schools". */
  readonly unit: string;
}

const barHeight = 24;

function pattern(id: string, part: BarPart): string {
  const mark =
    part.hatch === "dots"
      ? `<circle cx="3" cy="3" r="1.4" fill="${ink.quiet}"/>`
      : `<path d="M-1 1l2 -2M0 6l6 -6M5 7l2 -2" stroke="${ink.quiet}"/>`;
  return (
    `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse">` +
    `<rect width="6" height="6" fill="${part.fill}"/>${mark}</pattern>`
  );
}

/** What a part is filled with: its colour, or its pattern in the chart (or key) with this id. */
function fillOf(part: BarPart, id: string, k: number): string {
  return part.hatch === "none" ? part.fill : `url(#${id}-part-${k})`;
}

function patterns(parts: readonly BarPart[], id: string): string {
  const made = parts.map((part, k) => (part.hatch === "none" ? "" : pattern(`${id}-part-${k}`, part))).join("");
  return made === "" ? "" : `<defs>${made}</defs>`;
}

/** The key of stacked bars as an HTML list. */
export function barsKey(id: string, parts: readonly BarPart[]): string {
  const items = parts.map((part, k) => {
    const own = `${id}-key-${k}`;
    return (
      `<li><svg width="16" height="16" aria-hidden="true" focusable="false">${patterns([part], own)}` +
      `<rect x="1" y="1" width="14" height="14" fill="${fillOf(part, own, 0)}" stroke="${ink.quiet}"/></svg> ` +
      `${escapeMarkup(part.label)}</li>`
    );
  });
  return `<ul class="chart-key">${items.join("")}</ul>`;
}

/** A segment's count, where it fits even on a phone. */
function segmentFigure(part: BarPart, count: number, share: number, middle: number, y: number): string {
  const narrowest = 280;
  const text = readableNumber(count);
  if (share * narrowest < text.length * 9 + 8) return "";
  const seam = part.hatch === "none" ? "" : ` paint-order="stroke" stroke="${part.fill}" stroke-width="4"`;
  const fill = part.dark ? ink.paper : ink.text;
  return `<text x="${acrossPercent(middle)}" y="${y}" text-anchor="middle" fill="${fill}"${seam}>${text}</text>`;
}

/** One bar a row, cut in shares of the row's sum, with the counts written where there is room on a phone. */
export function stackedBarsChart(chart: StackedBarsChart): string {
  let top = 0;
  const rows = chart.rows.map((row) => {
    const sum = row.counts.reduce((a, b) => a + b, 0);
    const lines = wrapped(row.label, 24);
    const first = top + 16;
    const bar = top + 6 + lines.length * lineHeight;
    top = bar + barHeight + 16;
    let before = 0;
    const cells = row.counts.map((count, k) => {
      if (count === 0) return "";
      const part = chart.parts[k]!;
      const left = before / sum;
      const share = count / sum;
      before += count;
      return (
        `<rect x="${acrossPercent(left)}" width="${acrossPercent(share)}" y="${bar}" height="${barHeight}" ` +
        `fill="${fillOf(part, chart.id, k)}" stroke="${ink.paper}"/>` +
        segmentFigure(part, count, share, left + share / 2, bar + 17)
      );
    });
    return (
      textLines(lines, first) +
      `<text x="100%" y="${first}" text-anchor="end" fill="${ink.quiet}">${readableNumber(sum)} ${escapeMarkup(chart.unit)}</text>` +
      cells.join("")
    );
  });
  return chartSvg(chart, top, false, patterns(chart.parts, chart.id) + rows.join(""));
}
