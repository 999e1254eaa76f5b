import { type Random, seededRandom } from "../../src/kernel/random.js";
import type { Drift, MixedModelDesign, RandomTerm } from "../../src/statistics/mixed-model/index.js";

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
  /** Correlation of a school's cohorts from one year to the next, which the model then has as an autoregressive series; left out, none. */
  readonly autocorrelation?: number;
  /** What of the pupils the model does not know; left out, the model is the one they are drawn by. */
  readonly fault?: Fault;
}

/** A way in which pupils differ from the model that is fitted to them. The words are the bench's. */
export type Fault = keyof typeof faults;

/** What each fault is. */
export const faults = {
  "heavy-tails": "schools' effects have the tails of Student's t with 3 degrees of freedom",
  spread: "the residuals' variance grows fivefold from the lowest to the highest tenth of prior attainment",
  ceiling: "the best two in five pupils share the highest mark",
  "noisy-prior": "prior attainment is measured with a reliability of 0.86, and the intake is not in the model",
  "movers-differ": "movers do 0.2 worse than others alike, and the model doesn't know",
  "drift-unknown": "the model takes a school's cohorts for independent of each other",
  "main-school": "the model takes each pupil wholly for the school of most of the time",
} as const;

/** Pupils drawn from the model itself, and the values they were drawn with. */
export interface Simulated {
  readonly design: MixedModelDesign;
  readonly fixed: readonly number[];
  /** In the order of the fit's components: variance of schools, of their cohorts where there are several, autocorrelation, residual. */
  readonly variances: readonly number[];
  readonly school: Float64Array;
  /** School by cohort: school × cohorts + cohort; empty with one cohort. */
  readonly cohort: Float64Array;
  /** Mean prior attainment that each school's pupils are drawn around. */
  readonly intake: Float64Array;
  /** Pupils of each school with any time there. */
  readonly pupils: Int32Array;
}

/** True coefficients: constant, prior attainment, its square, disadvantage, the school's mean intake. */
const coefficients = [0.1, 0.65, 0.05, -0.3, 0.1];
const names = ["(Intercept)", "prior", "I(prior^2)", "disadvantaged", "intake"];

const draws = (random: Random, n: number, deviation: number) =>
  Float64Array.from({ length: n }, () => deviation * random.normal());

/** Every school's cohorts as a stationary series, school × cohorts + cohort. */
function drawCohorts({ schools, cohorts, deviations, autocorrelation = 0 }: Shape, random: Random): Float64Array {
  const out = draws(random, cohorts > 1 ? schools * cohorts : 0, deviations.cohort);
  for (let k = 0; k < out.length; k++)
    if (k % cohorts > 0) out[k] = autocorrelation * out[k - 1]! + Math.sqrt(1 - autocorrelation ** 2) * out[k]!;
  return out;
}

/** Effects with the tails of Student's t with 3 degrees of freedom, which has the variance 3. */
function heavyDraws(random: Random, n: number, deviation: number): Float64Array {
  return Float64Array.from({ length: n }, () => {
    const squares = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
    return (deviation * random.normal()) / Math.sqrt(squares);
  });
}

interface Rows {
  readonly y: number[];
  readonly columns: readonly number[][];
  readonly start: number[];
  readonly school: number[];
  readonly cohort: number[];
  readonly share: number[];
}

interface Effects {
  readonly school: Float64Array;
  readonly cohort: Float64Array;
  readonly intake: Float64Array;
}

/** One pupil's result and what the model sees of the pupil: prior attainment, its square, disadvantage, intake. */
function drawPupil({ deviations, fault }: Shape, random: Random, intake: number): { y: number; seen: number[] } {
  const prior = intake + 0.9 * random.normal();
  const disadvantaged = random.uniform() < 0.25 - 0.1 * Math.tanh(prior) ? 1 : 0;
  const spread = fault === "spread" ? Math.exp(0.25 * prior - 0.06) : 1;
  const [constant, slope, curve, gap, ofIntake] = trueCoefficients(fault);
  const y =
    constant! +
    slope! * prior +
    curve! * prior ** 2 +
    gap! * disadvantaged +
    ofIntake! * intake +
    deviations.residual * spread * random.normal();
  const seen = fault === "noisy-prior" ? prior + 0.4 * random.normal() : prior;
  return { y, seen: [seen, seen ** 2, disadvantaged, intake] };
}

const trueCoefficients = (fault: Fault | undefined) =>
  fault === "noisy-prior" ? coefficients.with(4, 0) : coefficients;

function drawRows(shape: Shape, random: Random, { school, cohort, intake }: Effects): Rows {
  const rows: Rows = { y: [], columns: [[], [], [], []], start: [0], school: [], cohort: [], share: [] };
  const [from, to] = shape.pupils;
  for (let s = 0; s < shape.schools; s++)
    for (let t = 0; t < shape.cohorts; t++)
      for (let k = from + random.below(to - from + 1); k > 0; k--) {
        const pupil = drawPupil(shape, random, intake[s]!);
        const moved = random.uniform() < shape.moverShare;
        const elsewhere = moved ? 0.2 + 0.3 * random.uniform() : 0;
        const parts = [[s, 1 - elsewhere] as const];
        if (moved) parts.push([(s + 1 + random.below(Math.min(10, shape.schools - 1))) % shape.schools, elsewhere]);
        let { y } = pupil;
        for (const [at, share] of parts) y += share * (school[at]! + (cohort[at * shape.cohorts + t] ?? 0));
        if (moved && shape.fault === "movers-differ") y -= 0.2;
        pupil.seen.forEach((value, c) => {
          rows.columns[c]!.push(value);
        });
        for (const [at, share] of shape.fault === "main-school" ? [[s, 1] as const] : parts) {
          rows.school.push(at);
          rows.share.push(share);
          rows.cohort.push(t);
        }
        rows.y.push(y);
        rows.start.push(rows.school.length);
      }
  if (shape.fault === "ceiling") {
    const highest = rows.y.toSorted((a, b) => a - b)[Math.floor(0.6 * rows.y.length)]!;
    rows.y.forEach((y, i) => {
      rows.y[i] = Math.min(y, highest);
    });
  }
  return rows;
}

const driftOf = (schools: number, cohorts: number): Drift => ({
  kind: "autoregressive",
  unit: Int32Array.from({ length: schools * cohorts }, (_, k) => Math.floor(k / cohorts)),
  time: Int32Array.from({ length: schools * cohorts }, (_, k) => k % cohorts),
});

/** Draws pupils by the model: a seed gives the same pupils on every machine. */
export function simulate(shape: Shape, seed: number): Simulated {
  const random = seededRandom(seed).fork(shape.name);
  const { schools, cohorts, deviations } = shape;
  const school = (shape.fault === "heavy-tails" ? heavyDraws : draws)(random, schools, deviations.school);
  const cohort = drawCohorts(shape, random);
  const drifts = shape.autocorrelation !== undefined && shape.fault !== "drift-unknown";
  const intake = draws(random, schools, 0.4);
  const drawn = drawRows(shape, random, { school, cohort, intake });
  const { y, columns, start, school: places, cohort: years, share } = drawn;
  const fixed = trueCoefficients(shape.fault);
  const known = shape.fault === "noisy-prior" ? names.slice(0, -1) : names;
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
    ...(drifts ? { drift: driftOf(schools, cohorts) } : {}),
  };
  return {
    design: {
      rows: y.length,
      response: { name: "score", values: Float64Array.from(y) },
      fixed: known.map((name, c) => ({ name, values: c === 0 ? null : Float64Array.from(columns[c - 1]!) })),
      random: cohorts > 1 ? [random1, random2] : [random1],
    },
    fixed,
    variances: [
      deviations.school ** 2,
      ...(cohorts > 1 ? [deviations.cohort ** 2] : []),
      ...(drifts ? [shape.autocorrelation!] : []),
      deviations.residual ** 2,
    ],
    school,
    cohort,
    intake,
    pupils,
  };
}
