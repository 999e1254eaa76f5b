import { coordinate, escapeMarkup, ink } from "../../platform/charts/index.js";

interface Dot {
  readonly east: number;
  readonly north: number;
  readonly officer: string;
}

interface Base extends Dot {
  readonly name: string;
}

/** Shapes that tell officers apart beside their place: six shapes, taken in turn. */
const shapes: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="2.6"/>`,
  (x, y) => `<path d="M${coordinate(x - 2.4)} ${coordinate(y - 2.4)}h4.8v4.8h-4.8z"/>`,
  (x, y) => `<path d="M${coordinate(x)} ${coordinate(y - 3)}l3 5.4h-6z"/>`,
  (x, y) => `<path d="M${coordinate(x)} ${coordinate(y - 3.2)}l3.2 3.2l-3.2 3.2l-3.2 -3.2z"/>`,
  (x, y) =>
    `<path d="M${coordinate(x - 3)} ${coordinate(y)}h6M${coordinate(x)} ${coordinate(y - 3)}v6" fill="none" stroke-width="2"/>`,
  (x, y) => `<path d="M${coordinate(x)} ${coordinate(y + 3)}l3 -5.4h-6z"/>`,
];

/** Colours that stay apart in the common kinds of colour blindness (Okabe and Ito 2008), less yellow on white. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#000000"];

/**
 * A region's plan as SVG: a mark for each school in its officer's colour and shape, a line to the officer's base. Neighbouring officers
 * share a colour only when there are more than six; the lines tell them apart.
 */
export function planMap(visits: readonly Dot[], bases: readonly Base[], title: string): string {
  const all = [...visits, ...bases];
  const [west, south] = [Math.min(...all.map(({ east }) => east)), Math.min(...all.map(({ north }) => north))];
  const width = Math.max(1, Math.max(...all.map(({ east }) => east)) - west);
  const height = Math.max(1, Math.max(...all.map(({ north }) => north)) - south);
  const scale = 620 / Math.max(width, height);
  const [w, h] = [width * scale + 20, height * scale + 20];
  const at = ({ east, north }: { east: number; north: number }) =>
    [10 + (east - west) * scale, h - 10 - (north - south) * scale] as const;
  const lines: string[] = [];
  const marks: string[] = [];
  const homes: string[] = [];
  bases.forEach((base, i) => {
    const colour = colours[i % colours.length]!;
    const shape = shapes[Math.floor(i / colours.length + i) % shapes.length]!;
    const [bx, by] = at(base);
    const own = visits.filter(({ officer }) => officer === base.officer);
    lines.push(
      `<path d="${own.map((visit) => `M${coordinate(bx)} ${coordinate(by)}L${at(visit).map(coordinate).join(" ")}`).join("")}" stroke="${colour}" stroke-opacity="0.28" stroke-width="0.8" fill="none"/>`,
    );
    marks.push(
      `<g fill="${colour}" stroke="${colour}" stroke-width="0">${own.map((visit) => shape(...at(visit))).join("")}</g>`,
    );
    homes.push(
      `<g><title>${escapeMarkup(`${base.name}: ${own.length} schools`)}</title><circle cx="${coordinate(bx)}" cy="${coordinate(by)}" r="6" fill="#fff" stroke="${colour}" stroke-width="3"/></g>`,
    );
  });
  return (
    `<svg class="chart safeguarding-map" viewBox="0 0 ${coordinate(w)} ${coordinate(h)}" role="img" aria-label="${escapeMarkup(title)}">` +
    `<rect width="100%" height="100%" fill="#fff" stroke="${ink.grid}"/>${lines.join("")}${marks.join("")}${homes.join("")}</svg>`
  );
}
