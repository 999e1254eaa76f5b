import { escapeMarkup, ink } from "./svg.js";

/** The three marks of a chart of many points; they differ in shape as well as in colour. */
export type MarkShape = "dot" | "square" | "ring";

/** A kind of point, and what the key calls it. */
export interface Mark {
  readonly shape: MarkShape;
  readonly label: string;
}

const colours: Readonly<Record<MarkShape, string>> = { dot: ink.strong, square: ink.against, ring: ink.quiet };

/**
 * One path for all points of a shape: strokes of no length whose caps are the marks, so that they keep their form
 * while the plot stretches with the page.
 * @param moves path commands, each `M x y h0`
 * @param size the mark's width in pixels
 */
export function markPath(shape: MarkShape, moves: string, size: number): string {
  if (moves === "") return "";
  const path = (colour: string, width: number) =>
    `<path d="${moves}" fill="none" stroke="${colour}" stroke-width="${width}" ` +
    `stroke-linecap="${shape === "square" ? "square" : "round"}" vector-effect="non-scaling-stroke"/>`;
  if (shape !== "ring") return path(colours[shape], size);
  return path(colours.ring, size) + path(ink.paper, Math.max(1, size - 3));
}

/** The key of a chart as an HTML list; the marks in it are decoration, the words carry the meaning. */
export function chartKey(marks: readonly Mark[]): string {
  const items = marks.map(
    ({ shape, label }) =>
      `<li><svg width="16" height="16" aria-hidden="true" focusable="false">${markPath(shape, "M8 8h0", 9)}</svg> ` +
      `${escapeMarkup(label)}</li>`,
  );
  return `<ul class="chart-key">${items.join("")}</ul>`;
}
