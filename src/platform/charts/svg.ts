/** Text made safe for SVG and HTML, as content or inside a double-quoted attribute. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * A coordinate as short text: at most two decimals, never an exponent.
 * @throws {RangeError} when it is not finite: a chart with a hole in its arithmetic must not be shown.
 */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a chart coordinate must be finite, got ${value}`);
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** A share of the plot's width, from 0 to 1, as an SVG percentage. */
export function acrossPercent(share: number): string {
  return `${coordinate(share * 100)}%`;
}

/** A number as a reader sees it: a true minus sign, thousands set apart, this many decimals, and never "−0". */
export function readableNumber(value: number, decimals = 0): string {
  const plain = Math.abs(value).toFixed(decimals);
  const [whole, fraction] = plain.split(".") as [string, string | undefined];
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
}

/** Colours that stay apart in the common kinds of colour blindness and, as greys, in print. */
export const ink = {
  text: "#0b0c0c",
  quiet: "#484949",
  grid: "#dcdfe1",
  axis: "#8a9094",
  /** The first series: dark blue of the Government Analysis Function's palette. */
  strong: "#12436d",
  /** Bars that lines cross: light enough to see the lines, dark enough to see the bars (3.4 : 1 on white). */
  bar: "#5b8db8",
  /** What stands against the line: that palette's orange. */
  against: "#f46a25",
  againstEdge: "#a8400c",
  /** That palette's dark pink, for lines that decide. */
  line: "#801650",
  neutral: "#a8b0b6",
  paper: "#ffffff",
} as const;

/** Cuts words into lines of at most `most` characters; a longer word keeps a line of its own. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The height of a line of words in a chart, in pixels. */
export const lineHeight = 18;

/** Lines of words from the left edge, the first on `y`. */
export function textLines(lines: readonly string[], y: number, attributes = ""): string {
  const spans = lines.map(
    (line, k) => `<tspan x="0" y="${coordinate(y + k * lineHeight)}">${escapeMarkup(line)}</tspan>`,
  );
  return `<text${attributes === "" ? "" : ` ${attributes}`}>${spans.join("")}</text>`;
}

/** White seams round a label, so that it can be read across lines and dots. */
export const halo = `paint-order="stroke" stroke="${ink.paper}" stroke-width="4" stroke-linejoin="round"`;

/** What each chart is told about itself: ids must differ between the charts of a page. */
export interface ChartHeading {
  /** Letters, digits and hyphens; unique on the page. */
  readonly id: string;
  /** The short name a screen reader says first. */
  readonly title: string;
  /** What the chart shows, in one or two sentences with its main figures. */
  readonly description: string;
}

/**
 * The outer element. Nothing is scaled: widths are percentages and heights are pixels, so that text keeps its size
 * on a phone. `gutter` charts write the scale to the left of the plot, where the stylesheet leaves room.
 */
export function chartSvg(heading: ChartHeading, height: number, gutter: boolean, content: string): string {
  const { id } = heading;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart${gutter ? " chart--gutter" : ""}" role="img" ` +
    `aria-labelledby="${id}-title ${id}-about" width="100%" height="${coordinate(height)}" overflow="visible" ` +
    `font-size="14" fill="${ink.text}">` +
    `<title id="${id}-title">${escapeMarkup(heading.title)}</title>` +
    `<desc id="${id}-about">${escapeMarkup(heading.description)}</desc>${content}</svg>`
  );
}

/** The width of the space left of a gutter chart's plot, and right of it, in pixels; the stylesheet says the same. */
export const gutter = { left: 48, right: 10 } as const;

/**
 * A chart as a picture of its own, for a file: it gets a fixed width and its gutter.
 * @param width in pixels
 */
export function standaloneSvg(chart: string, width: number): string {
  const height = Number(/ height="([\d.]+)"/.exec(chart)?.[1] ?? "320");
  const inner = chart
    .replace("<svg ", `<svg x="${gutter.left}" y="8" `)
    .replace('width="100%"', `width="${width - gutter.left - gutter.right}"`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + 16}" ` +
    `viewBox="0 0 ${width} ${height + 16}" font-family="system-ui, Arial, sans-serif">` +
    `<rect width="100%" height="100%" fill="${ink.paper}"/>${inner}</svg>`
  );
}
