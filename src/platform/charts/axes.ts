import type { Scale } from "./scale.js";
import { acrossPercent, coordinate, escapeMarkup, halo, ink, readableNumber } from "./svg.js";

/** A figure that matters on a scale, with its words: the agreed line, the average. */
export interface Landmark {
  readonly at: number;
  readonly label: string;
}

/** The plot between the axes: its top and bottom in pixels. */
export interface PlotHeight {
  readonly top: number;
  readonly bottom: number;
}

/** Pixels from the top for a figure on an upright scale. */
export function heightOf(scale: Scale, plot: PlotHeight, value: number): number {
  return plot.bottom - scale.share(value) * (plot.bottom - plot.top);
}

/** Text that keeps inside the plot wherever it stands across it: it hangs to the right, the middle or the left. */
export function anchorAt(share: number): "start" | "middle" | "end" {
  if (share < 0.16) return "start";
  return share > 0.84 ? "end" : "middle";
}

/** Grid lines with their figures in the gutter, and the name of the scale above them. */
export function uprightAxis(scale: Scale, plot: PlotHeight, name: string): string {
  const lines = scale.ticks.map((tick) => {
    const y = coordinate(heightOf(scale, plot, tick));
    return `<line x1="0%" x2="100%" y1="${y}" y2="${y}"/>`;
  });
  const labels = scale.ticks.map((tick) => {
    const y = coordinate(heightOf(scale, plot, tick) + 5);
    return `<text x="-8" y="${y}">${readableNumber(tick, scale.decimals)}</text>`;
  });
  return (
    `<g stroke="${ink.grid}">${lines.join("")}</g>` +
    `<g text-anchor="end" fill="${ink.quiet}">${labels.join("")}</g>` +
    `<text x="-44" y="14" fill="${ink.quiet}">${escapeMarkup(name)}</text>`
  );
}

/** Figures below the plot with small marks, and the name of the scale below them. */
export function acrossAxis(scale: Scale, y: number, name: string): string {
  const labels = scale.ticks.map((tick) => {
    const share = scale.share(tick);
    const x = acrossPercent(share);
    const anchor = share < 0.02 ? "start" : share > 0.98 ? "end" : "middle";
    return (
      `<line x1="${x}" x2="${x}" y1="${coordinate(y)}" y2="${coordinate(y + 5)}" stroke="${ink.axis}"/>` +
      `<text x="${x}" y="${coordinate(y + 20)}" text-anchor="${anchor}">${readableNumber(tick, scale.decimals)}</text>`
    );
  });
  return (
    `<line x1="0%" x2="100%" y1="${coordinate(y)}" y2="${coordinate(y)}" stroke="${ink.axis}"/>` +
    `<g fill="${ink.quiet}">${labels.join("")}` +
    `<text x="50%" y="${coordinate(y + 42)}" text-anchor="middle">${escapeMarkup(name)}</text></g>`
  );
}

/** A landmark's stroke: dashed and in its own colour where it decides something. */
function strokeOf(decides: boolean): string {
  return decides ? `stroke="${ink.line}" stroke-width="2" stroke-dasharray="7 4"` : `stroke="${ink.text}"`;
}

/** Where the words of a level line stand: at one end, above or below the line. */
export interface LabelPlace {
  readonly end: "left" | "right";
  readonly above: boolean;
}

/**
 * A line across the plot at height `y`, dashed where it decides something, and its words (none for an empty label).
 * They come apart so that the words can be written over whatever else the plot holds.
 */
export function levelLine(
  landmark: Landmark,
  y: number,
  decides: boolean,
  place: LabelPlace,
): { readonly line: string; readonly words: string } {
  const x = place.end === "left" ? 'x="4"' : 'x="100%" dx="-4" text-anchor="end"';
  const height = coordinate(y);
  return {
    line: `<line x1="0%" x2="100%" y1="${height}" y2="${height}" ${strokeOf(decides)}/>`,
    words:
      landmark.label === ""
        ? ""
        : `<text ${x} y="${coordinate(place.above ? y - 6 : y + 17)}" fill="${decides ? ink.line : ink.text}" ${halo}>` +
          `${escapeMarkup(landmark.label)}</text>`,
  };
}

/** Upright lines at the agreed line and the average, with their words on two rows above the plot. */
export function plumbLines(line: Landmark | null, average: Landmark | null, scale: Scale, plot: PlotHeight): string {
  return (
    (line ? plumbLine(line, scale, { top: plot.top - 26, bottom: plot.bottom }, true) : "") +
    (average ? plumbLine(average, scale, { top: plot.top - 8, bottom: plot.bottom }, false) : "")
  );
}

function plumbLine(landmark: Landmark, scale: Scale, plot: PlotHeight, decides: boolean): string {
  const share = scale.share(landmark.at);
  const x = acrossPercent(share);
  return (
    `<line x1="${x}" x2="${x}" y1="${coordinate(plot.top)}" y2="${coordinate(plot.bottom)}" ${strokeOf(decides)}/>` +
    `<text x="${x}" y="${coordinate(plot.top - 4)}" text-anchor="${anchorAt(share)}" fill="${decides ? ink.line : ink.text}" ${halo}>` +
    `${escapeMarkup(landmark.label)}</text>`
  );
}
