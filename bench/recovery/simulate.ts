import { type Random, seededRandom } from "../../src/kernel/random.js";
import type { MixedModelDesign, RandomTerm } from "../../src/statistics/mixed-model/index.js";

/** The size and shape of made-up pupils, and the standard deviations they are drawn with. */
export interface Shape {
  readonly name: string;
  readonly schools: number;
  /** Pupils of one school in one cohort: a whole number drawn between these two, both possible. */
  readonly pupils: readonly [from: number, to: number];
  readonly cohorts: number;
  /** Share of pupils with a second school, of their time between a fifth and a half. */
  readonly moverShare: number;
  readonly deviations: { readonly school: number; readonly cohort: number; readonly residual: number };
}

/** Pupils drawn from the model itself, and the values they were drawn with. */
export interface Simulated {
  readonly design: MixedModelDesign;
  readonly fixed: readonly number[];
  /** Variances in the order of the fit's components: schools, schools' cohorts where there are several, residual. */
  readonly variances: readonly number[];
  readonly school: Float64Array;
  /** School by cohort: school × cohorts + cohort; empty with one cohort. */
  readonly cohort: Float64Array;
  /** Pupils of each school with any time there. */
  readonly pupils: Int32Array;
}

/** True coefficients: constant, prior attainment, its square, disadvantage, the school's mean intake. */
const coefficients = [0.1, 0.65, 0.05, -0.3, 0.1];
const names = ["(Intercept)", "prior", "I(prior^2)", "disadvantaged", "intake"];

const draws = (random: Random, n: number, deviation: number) =>
  Float64Array.from({ length: n }, () => deviation * random.normal());

interface Rows {
  readonly y: number[];
  readonly columns: readonly number[][];
  readonly start: number[];
  readonly school: number[];
  readonly cohort: number[];
  readonly share: number[];
}

function drawRows(shape: Shape, random: Random, school: Float64Array, cohort: Float64Array): Rows {
  const rows: Rows = { y: [], columns: [[], [], [], []], start: [0], school: [], cohort: [], share: [] };
  const intake = draws(random, shape.schools, 0.4);
  const [from, to] = shape.pupils;
  for (let s = 0; s < shape.schools; s++)
    for (let t = 0; t < shape.cohorts; t++)
      for (let k = from + random.below(to - from + 1); k > 0; k--) {
        const prior = intake[s]! + 0.9 * random.normal();
        const disadvantaged = random.uniform() < 0.25 - 0.1 * Math.tanh(prior) ? 1 : 0;
        const x = [prior, prior ** 2, disadvantaged, intake[s]!];
        const moved = random.uniform() < shape.moverShare;
        const elsewhere = moved ? 0.2 + 0.3 * random.uniform() : 0;
        const parts = [[s, 1 - elsewhere] as const];
        if (moved) parts.push([(s + 1 + random.below(Math.min(10, shape.schools - 1))) % shape.schools, elsewhere]);
        let y = coefficients[0]! + shape.deviations.residual * random.normal();
        x.forEach((value, c) => {
          y += coefficients[c + 1]! * value;
          rows.columns[c]!.push(value);
        });
        for (const [at, share] of parts) {
          y += share * (school[at]! + (cohort[at * shape.cohorts + t] ?? 0));
          rows.school.push(at);
          rows.share.push(share);
          rows.cohort.push(t);
        }
        rows.y.push(y);
        rows.start.push(rows.school.length);
      }
  return rows;
}

/** Draws pupils by the model: a seed gives the same pupils on every machine. */
export function simulate(shape: Shape, seed: number): Simulated {
  const random = seededRandom(seed).fork(shape.name);
  const { schools, cohorts, deviations } = shape;
  const school = draws(random, schools, deviations.school);
  const cohort = cohorts > 1 ? draws(random, schools * cohorts, deviations.cohort) : new Float64Array(0);
  const { y, columns, start, school: places, cohort: years, share } = drawRows(shape, random, school, cohort);
  const level = Int32Array.from(places);
  const pupils = new Int32Array(schools);
  for (const s of level) pupils[s]! += 1;
  const coefficient = [{ name: "(Intercept)", values: null }];
  const common = { start: Int32Array.from(start), weight: Float64Array.from(share), coefficients: coefficient };
  const random1: RandomTerm = {
    group: "school",
    levels: Array.from({ length: schools }, (_, s) => String(s)),
    level,
    ...common,
  };
  const random2: RandomTerm = {
    group: "cohort",
    levels: Array.from({ length: schools * cohorts }, (_, k) => `${Math.floor(k / cohorts)}:${k % cohorts}`),
    level: level.map((s, e) => s * cohorts + years[e]!),
    ...common,
  };
  return {
    design: {
      rows: y.length,
      response: { name: "score", values: Float64Array.from(y) },
      fixed: names.map((name, c) => ({ name, values: c === 0 ? null : Float64Array.from(columns[c - 1]!) })),
      random: cohorts > 1 ? [random1, random2] : [random1],
    },
    fixed: coefficients,
    variances: [deviations.school, ...(cohorts > 1 ? [deviations.cohort] : []), deviations.residual].map((d) => d ** 2),
    school,
    cohort,
    pupils,
  };
}
