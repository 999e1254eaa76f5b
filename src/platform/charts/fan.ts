import { heightOf, uprightAxis } from "./axes.js";
import { type Scale, scaleOver } from "./scale.js";
import { acrossPercent, type ChartHeading, chartSvg, coordinate, escapeMarkup, ink } from "./svg.js";

/** One year of a fan. */
export interface FanPoint {
  readonly label: string;
  /** On the line. */
  readonly value: number;
  /** On the dashed line that it is compared with; null without one. */
  readonly compared: number | null;
  /** The band about the line; null where none is known yet. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

export interface FanChart extends ChartHeading {
  /** In order of time, equally far apart. */
  readonly points: readonly FanPoint[];
  readonly scaleName: string;
  readonly pointsName: string;
}

const plot = { top: 30, bottom: 230 };
/** The plot's own width, which is stretched to the page's. */
const inner = 1000;

const stretched = (content: string) =>
  `<svg x="0" y="0" width="100%" height="${plot.bottom}" viewBox="0 0 ${inner} ${plot.bottom}" preserveAspectRatio="none">${content}</svg>`;

const line = (points: readonly string[], attributes: string) =>
  points.length < 2
    ? ""
    : `<polyline points="${points.join(" ")}" fill="none" vector-effect="non-scaling-stroke" ${attributes}/>`;

/** A line through the years with the band of what is uncertain about it, and a dashed line that it is compared with. */
export function fanChart(chart: FanChart): string {
  const { points } = chart;
  const values = points.flatMap(({ value, compared, band }) => [
    ...[value, ...(compared === null ? [] : [compared])],
    ...(band ? [band.low, band.high] : []),
  ]);
  const scale: Scale = scaleOver(values, 5);
  const n = points.length;
  const across = (k: number) => (n === 1 ? 0.5 : k / (n - 1));
  const at = (k: number, value: number) =>
    `${coordinate(across(k) * inner)},${coordinate(heightOf(scale, plot, value))}`;
  const banded = points.flatMap(({ band }, k) => (band ? [{ k, band }] : []));
  const fan =
    banded.length < 2
      ? ""
      : `<polygon fill="${ink.bar}" fill-opacity="0.35" points="${[
          ...banded.map(({ k, band }) => at(k, band.high)),
          ...[...banded].reverse().map(({ k, band }) => at(k, band.low)),
        ].join(" ")}"/>`;
  const compared = points.flatMap(({ compared: value }, k) => (value === null ? [] : [at(k, value)]));
  const labels = points.map(({ label }, k) =>
    k % 3 === 0 || n <= 5
      ? `<text x="${acrossPercent(across(k))}" y="${plot.bottom + 22}" text-anchor="${k === 0 ? "start" : k === n - 1 ? "end" : "middle"}">${escapeMarkup(label)}</text>`
      : "",
  );
  return chartSvg(
    chart,
    278,
    true,
    uprightAxis(scale, plot, chart.scaleName) +
      stretched(
        fan +
          line(compared, `stroke="${ink.quiet}" stroke-width="2" stroke-dasharray="6 4"`) +
          line(
            points.map(({ value }, k) => at(k, value)),
            `stroke="${ink.strong}" stroke-width="3"`,
          ),
      ) +
      `<g fill="${ink.quiet}">${labels.join("")}` +
      `<text x="50%" y="${plot.bottom + 44}" text-anchor="middle">${escapeMarkup(chart.pointsName)}</text></g>`,
  );
}

/** The key of a fan as an HTML list; the words carry the meaning. @param band what the band is, null where there is none */
export function fanKey(words: {
  readonly line: string;
  readonly compared: string | null;
  readonly band: string | null;
}): string {
  const item = (mark: string, label: string) =>
    `<li><svg width="26" height="16" aria-hidden="true" focusable="false">${mark}</svg> ${escapeMarkup(label)}</li>`;
  const stroke = (attributes: string) => `<line x1="1" x2="25" y1="8" y2="8" ${attributes}/>`;
  return `<ul class="chart-key">${[
    item(stroke(`stroke="${ink.strong}" stroke-width="3"`), words.line),
    ...(words.compared === null
      ? []
      : [item(stroke(`stroke="${ink.quiet}" stroke-width="2" stroke-dasharray="6 4"`), words.compared)]),
    ...(words.band === null
      ? []
      : [item(`<rect x="1" y="2" width="24" height="12" fill="${ink.bar}" fill-opacity="0.35"/>`, words.band)]),
  ].join("")}</ul>`;
}
