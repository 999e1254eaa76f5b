import {
  calibrate,
  drawItems,
  type ItemParameters,
  itemStandardErrors,
  latentRegression,
  plausibleValues,
  type Responses,
  regressionsOfDraws,
} from "../../src/statistics/item-response/index.js";
import { keyedDraws } from "../../src/statistics/random/index.js";

const persons = 600;
const items = 12;
const count = 10;
/** In standard deviations of the population, which is what a calibration's scale is in. */
const gap = 0.5;

interface Hits {
  covered: number;
  bias: number;
  error: number;
}

function valueIn<T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** Persons of two groups half a standard deviation apart, on twelve items: true items, and responses. */
function draw(seed: number): {
  readonly truth: ItemParameters;
  readonly responses: Responses;
  readonly design: Float64Array;
} {
  const [{ normal }, { uniform }] = [keyedDraws(seed, 1), keyedDraws(seed, 2)];
  const slope = Float64Array.from({ length: items }, (_, j) => Math.exp(0.3 * normal(1e6 + j, 0)));
  const intercepts = Array.from({ length: items }, (_, j) => Float64Array.of(0, normal(1e6 + j, 1)));
  const design = new Float64Array(persons * 2);
  const scores = new Uint8Array(persons * items);
  for (let i = 0; i < persons; i++) {
    design.set([1, i % 2], i * 2);
    const theta = gap * ((i % 2) - 0.5) + Math.sqrt(1 - gap * gap * 0.25) * normal(i, 0);
    for (let j = 0; j < items; j++)
      scores[i * items + j] = Number(uniform(i, j) < 1 / (1 + Math.exp(-slope[j]! * theta - intercepts[j]![1]!)));
  }
  const names = Array.from({ length: items }, (_, j) => `I${j + 1}`);
  return {
    truth: { names, models: names.map(() => "two-parameter"), slope, intercepts, guessing: new Float64Array(items) },
    responses: {
      items: names.map((name) => ({ name, maximum: 1 })),
      booklets: [Uint16Array.from(names, (_, j) => j)],
      booklet: new Uint16Array(persons),
      starts: Uint32Array.from({ length: persons + 1 }, (_, i) => i * items),
      scores,
      weights: null,
      group: null,
      groups: ["all"],
    },
    design,
  };
}

/** The gap of plausible values and its error by Rubin's rules, persons drawn one by one. */
function rubin(values: readonly Float64Array[]): readonly [number, number] {
  const each = values.map((column) => {
    const moments = [0, 1].map((g) => {
      const own = column.filter((_, i) => i % 2 === g);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      return { mean, square: own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (own.length - 1) / own.length };
    });
    return { gap: moments[1]!.mean - moments[0]!.mean, variance: moments[0]!.square + moments[1]!.square };
  });
  const mean = each.reduce((sum, one) => sum + one.gap, 0) / count;
  const within = each.reduce((sum, one) => sum + one.variance, 0) / count;
  const between = each.reduce((sum, one) => sum + (one.gap - mean) ** 2, 0) / (count - 1);
  return [mean, Math.sqrt(within + (1 + 1 / count) * between)];
}

/**
 * How often 95% intervals of a gap hold the truth: by the regression with the items known, by plausible values with and without draws of the regression,
 * and with items that were estimated from the same persons, with and without draws of them.
 */
export function populationCoverage(seeds: number) {
  const ways = new Map<string, Hits>();
  const note = (way: string, estimate: number, error: number) => {
    const hits = ways.get(way) ?? { covered: 0, bias: 0, error: 0 };
    ways.set(way, hits);
    hits.covered += Math.abs(estimate - gap) < 1.959964 * error ? 1 / seeds : 0;
    hits.bias += (estimate - gap) / seeds;
    hits.error += error / seeds;
  };
  for (let seed = 1; seed <= seeds; seed++) {
    const { truth, responses, design } = draw(seed);
    const options = { design, names: ["constant", "group"] };
    const known = valueIn(latentRegression(responses, truth, options));
    note("regression, items known", known.coefficients[1]!, known.standardErrors[1]!);
    const drawing = { seed, count };
    note(
      "values, items known, regression not drawn",
      ...rubin(valueIn(plausibleValues(responses, truth, known, drawing))),
    );
    const parameterDraws = { design };
    note(
      "values, items known, regression drawn",
      ...rubin(valueIn(plausibleValues(responses, truth, known, { ...drawing, parameterDraws }))),
    );
    const calibration = valueIn(calibrate(responses, { model: "two-parameter" }));
    const errors = valueIn(itemStandardErrors(responses, calibration, { method: "observed" }));
    const fit = valueIn(latentRegression(responses, calibration.items, options));
    note(
      "values, items estimated, regression drawn",
      ...rubin(valueIn(plausibleValues(responses, calibration.items, fit, { ...drawing, parameterDraws }))),
    );
    const draws = drawItems(calibration.items, errors, seed);
    const pairs = valueIn(regressionsOfDraws(responses, draws, count, options, fit));
    const itemDraws = (at: number) => pairs[at]!;
    note(
      "values, items and regression drawn",
      ...rubin(valueIn(plausibleValues(responses, calibration.items, fit, { ...drawing, parameterDraws, itemDraws }))),
    );
  }
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    seeds,
    errorOfCoverage: round(Math.sqrt((0.95 * 0.05) / seeds)),
    ...Object.fromEntries(
      [...ways].map(([way, { covered, bias, error }]) => [
        way,
        { covered: round(covered), bias: round(bias), error: round(error) },
      ]),
    ),
  };
}
