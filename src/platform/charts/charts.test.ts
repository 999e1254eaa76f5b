import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agreementChart,
  binsOf,
  caterpillarChart,
  chartKey,
  histogramChart,
  intervalBarChart,
  intervalRowsChart,
  mostCaterpillarPoints,
  seriesChart,
  stackedBarsChart,
  standaloneSvg,
  waterfallChart,
} from "./index.js";

const heading = { id: "chart", title: "A title", description: "What it shows" };
const average = { at: 0, label: "Average, 0" };
const line = { at: -0.3, label: "Agreed line −0.3" };

const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const label = fc.string({ maxLength: 60 });
const estimate = fc
  .record({ value: figure, below: fc.double({ min: 0, max: 1e4, noNaN: true }), label })
  .map(({ value, below, label }) => ({
    label,
    value,
    lower: value - below,
    upper: value + below / 2,
  }));
const estimates = fc.array(estimate, { minLength: 1, maxLength: 30 });
const landmark = fc.option(
  figure.map((at) => ({ at, label: "Agreed line" })),
  { nil: null },
);

/** Every chart as a function of random input, for what must hold of all of them. */
const charts: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  [
    "caterpillar",
    fc.record({ points: estimates, line: landmark }).map(({ points, line }) =>
      caterpillarChart({
        ...heading,
        points: points.map((p, k) => ({ ...p, mark: k % 3 })),
        marks: [
          { shape: "dot", label: "one" },
          { shape: "square", label: "two" },
          { shape: "ring", label: "three" },
        ],
        line,
        average,
        scaleName: "Value",
      }),
    ),
  ],
  [
    "histogram",
    fc.record({ values: fc.array(figure, { minLength: 1, maxLength: 80 }), line: landmark }).map(({ values, line }) =>
      histogramChart({
        ...heading,
        bins: binsOf(values),
        line,
        average: null,
        countName: "Schools",
        scaleName: "Value",
      }),
    ),
  ],
  [
    "agreement",
    fc
      .array(fc.record({ expected: figure, found: figure }), { minLength: 1, maxLength: 60 })
      .map((points) => agreementChart({ ...heading, points, expectedName: "x", foundName: "y", diagonal: "equal" })),
  ],
  [
    "waterfall",
    fc
      .array(fc.record({ label, change: figure, total: figure, isTotal: fc.boolean() }), { maxLength: 8 })
      .map((steps) => waterfallChart({ ...heading, steps, decimals: 2 })),
  ],
  [
    "stacked bars",
    fc.array(fc.record({ label, counts: fc.tuple(fc.nat(), fc.nat(), fc.nat(9)) }), { maxLength: 9 }).map((rows) =>
      stackedBarsChart({
        ...heading,
        rows,
        unit: "schools",
        parts: [
          { label: "a", fill: "#12436d", hatch: "none", dark: true },
          { label: "b", fill: "#f46a25", hatch: "diagonal", dark: false },
          { label: "c", fill: "#ffffff", hatch: "dots", dark: false },
        ],
      }),
    ),
  ],
  [
    "interval rows",
    fc
      .record({ rows: estimates, line: landmark })
      .map(({ rows, line }) => intervalRowsChart({ ...heading, rows, line, average, scaleName: "Value", decimals: 2 })),
  ],
  [
    "interval bar",
    fc.record({ own: estimate, others: estimates, line: landmark }).map(({ own, others, line }) =>
      intervalBarChart({
        ...heading,
        ...own,
        others: binsOf(others.map((o) => o.value)),
        line,
        average,
        scaleName: "Value",
        decimals: 1,
      }),
    ),
  ],
  [
    "series",
    fc
      .record({ points: estimates, line: landmark, joined: fc.boolean() })
      .map(({ points, line, joined }) =>
        seriesChart({ ...heading, points, line, average, scaleName: "Value", pointsName: "Year", decimals: 2, joined }),
      ),
  ],
];

/** Attribute values of elements, without the texts between them. */
function attributes(svg: string, names: string): string[] {
  return [...svg.matchAll(new RegExp(`<[a-z]+[^>]*? (?:${names})="([^"]*)"`, "g"))].map((match) => match[1]!);
}

describe.each(charts)("the %s chart, whatever its figures", (_name, chart) => {
  it("holds no number that is not one", () => {
    fc.assert(
      fc.property(chart, (svg) => {
        const drawn = svg.replace(/>[^<]*</g, "><"); // what people wrote may say anything
        expect(drawn).not.toMatch(/NaN|Infinity|undefined|null|e[+-]\d/);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps every mark within the width and the height of the plot", () => {
    fc.assert(
      fc.property(chart, (whole) => {
        const svg = whole.replace(/<defs>.*<\/defs>/, ""); // patterns have a plane of their own
        const height = Number(/ height="([\d.]+)"/.exec(svg)![1]);
        for (const [, x, width] of svg.matchAll(/<rect x="([\d.]+)%" width="([\d.]+)%"/g))
          expect(Number(x) + Number(width)).toBeLessThanOrEqual(100.02);
        for (const share of attributes(svg, "x1|x2|cx").filter((v) => v.endsWith("%"))) {
          expect(Number.parseFloat(share)).toBeGreaterThanOrEqual(0);
          expect(Number.parseFloat(share)).toBeLessThanOrEqual(100);
        }
        for (const y of attributes(svg, "y1|y2|cy")) {
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(height);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has a title, a description, no inline style and balanced elements", () => {
    fc.assert(
      fc.property(chart, (svg) => {
        expect(svg).toContain('role="img" aria-labelledby="chart-title chart-about"');
        expect(svg).toContain('<title id="chart-title">A title</title><desc id="chart-about">What it shows</desc>');
        expect(svg).not.toMatch(/<[^>]* style=|<script|<style/);
        const opened = svg.match(/<[a-z]+[^>]*(?<!\/)>/gi)!.length;
        expect(svg.match(/<\/[a-z]+>/gi)!.length).toBe(opened);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the caterpillar chart", () => {
  const many = Array.from({ length: 6001 }, (_, k) => {
    const value = Math.sin(k) + k / 3000;
    return { value, lower: value - 0.2, upper: value + 0.2, mark: 0 };
  });
  const chart = (points: typeof many, agreed: number | null) =>
    caterpillarChart({
      ...heading,
      points,
      marks: [{ shape: "dot", label: "School" }],
      line: agreed === null ? null : { at: agreed, label: "Agreed line" },
      average,
      scaleName: "Value",
    });
  const dots = (svg: string) => /<path d="([^"]*h0)"/.exec(svg)![1]!.split("M").slice(1);

  it("draws one mark for each school, from the lowest to the highest", () => {
    const heights = dots(chart(many.slice(0, 300), null)).map((move) => Number(move.split(" ")[1]!.replace("h0", "")));
    expect(heights).toHaveLength(300);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });

  it("thins what no screen can show, and keeps both ends", () => {
    const all = chart(many, null);
    expect(dots(all)).toHaveLength(mostCaterpillarPoints);
    const lowest = Math.min(...many.map((p) => p.value));
    const withoutLowest = many.filter((p) => p.value !== lowest);
    expect(dots(chart(withoutLowest, null))[0]).not.toBe(dots(all)[0]);
  });

  it("moves the average's words to the other side where the agreed line is close", () => {
    const near = chart(many.slice(0, 50), -0.02);
    const far = chart(many.slice(0, 50), -1);
    const wordsOf = (svg: string) => /<text ([^>]*)>Average, 0</.exec(svg)![1]!;
    expect(wordsOf(near)).toContain('x="4"');
    expect(wordsOf(far)).toContain('text-anchor="end"');
  });
});

describe("counting values in classes", () => {
  it("never loses or doubles a value", () => {
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1 }), (values) => {
        expect(binsOf(values).reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
      }),
    );
  });

  it("puts a value on a bound into the class above, and the last bound into the last class (by hand)", () => {
    const bins = binsOf([0, 1, 1, 2, 3, 4], 4);
    expect(bins).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 1, to: 2, count: 2 },
      { from: 2, to: 3, count: 1 },
      { from: 3, to: 4, count: 2 },
    ]);
  });
});

describe("reviewed pictures (own output, looked at before it was committed)", () => {
  const folder = "../../../test/pictures";
  const normal = [-1.6, -1.2, -0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.2, 0.4, 0.6, 0.8, 1.1, 1.5];
  const pictures: Readonly<Record<string, string>> = {
    caterpillar: caterpillarChart({
      ...heading,
      points: normal.map((value, k) => ({
        value,
        lower: value - 0.5,
        upper: value + 0.5,
        mark: value < -1 ? 1 : k === 7 ? 2 : 0,
      })),
      marks: [
        { shape: "dot", label: "Awarded" },
        { shape: "square", label: "Refused" },
        { shape: "ring", label: "No decision yet" },
      ],
      line,
      average,
      scaleName: "Value added",
    }),
    histogram: histogramChart({
      ...heading,
      bins: binsOf(normal, 8),
      line,
      average,
      countName: "Schools",
      scaleName: "Value added",
    }),
    agreement: agreementChart({
      ...heading,
      points: normal.map((v) => ({ expected: v, found: v * 1.05 })),
      expectedName: "Predicted",
      foundName: "Observed",
      diagonal: "both equal",
    }),
    waterfall: waterfallChart({
      ...heading,
      decimals: 1,
      steps: [
        { label: "Average outcome, against the average of all pupils", change: -4.2, total: -4.2, isTotal: true },
        { label: "Given where the pupils started", change: 3.2, total: -1, isTotal: false },
        { label: "Given the pupils' context", change: 2, total: 1, isTotal: false },
        { label: "Drawn towards the average", change: -0.4, total: 0.6, isTotal: false },
        { label: "Published value added", change: 0, total: 0.6, isTotal: true },
      ],
    }),
    "stacked-bars": stackedBarsChart({
      ...heading,
      unit: "schools",
      parts: [
        { label: "Awarded", fill: "#12436d", hatch: "none", dark: true },
        { label: "Refused", fill: "#f46a25", hatch: "none", dark: false },
        { label: "Awaiting", fill: "#ffffff", hatch: "diagonal", dark: false },
      ],
      rows: [
        { label: "North", counts: [812, 90, 40] },
        { label: "A region with a name of several lines", counts: [412, 0, 3] },
        { label: "No school", counts: [0, 0, 0] },
      ],
    }),
    "interval-bar": intervalBarChart({
      ...heading,
      value: 0.4,
      lower: 0.1,
      upper: 0.7,
      decimals: 2,
      others: binsOf(normal, 8),
      line,
      average,
      scaleName: "Value added",
    }),
    "interval-rows": intervalRowsChart({
      ...heading,
      rows: [
        { label: "sex: girl", value: 0.01, lower: -0.03, upper: 0.05 },
        { label: "first language: other than English", value: 0.12, lower: 0.04, upper: 0.2 },
      ],
      line: null,
      average,
      scaleName: "Mean residual",
      decimals: 2,
    }),
    series: seriesChart({
      ...heading,
      points: ["2023/24", "2024/25", "2025/26"].map((label, k) => ({
        label,
        value: k / 5,
        lower: k / 5 - 0.3,
        upper: k / 5 + 0.3,
      })),
      line,
      average,
      scaleName: "Value added",
      pointsName: "Cohort",
      decimals: 1,
      joined: true,
    }),
  };

  it.each(Object.entries(pictures))("%s", async (name, svg) => {
    await expect(`${standaloneSvg(svg, 640).replaceAll("><", ">\n<")}\n`).toMatchFileSnapshot(`${folder}/${name}.svg`);
  });

  it("a key names its marks for people and hides the marks from screen readers", () => {
    const key = chartKey([{ shape: "ring", label: "No <decision>" }]);
    expect(key).toContain("No &lt;decision&gt;</li>");
    expect(key).toContain('aria-hidden="true"');
  });
});
