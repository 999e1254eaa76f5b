import {
  autocorrelation,
  fitMixedModel,
  type MixedModelFit,
  type WeightedEffect,
} from "../../src/statistics/mixed-model/index.js";
import { type Shape, type Simulated, simulate } from "./simulate.js";

/** 95% of a normal distribution lies within so many standard errors. */
const z = 1.959963984540054;

/** A mean over seeds with its Monte Carlo error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/** How estimates and 95% intervals of one quantity did over the seeds. */
export interface Recovered {
  readonly name: string;
  readonly truth: number;
  /** Mean of estimate less truth. */
  readonly bias: Mean;
  /** Mean of the standard errors ÷ standard deviation of the estimates: 1 where they are right. */
  readonly errorToDeviation: number;
  readonly coverage: Mean;
  /** Seeds without a standard error, as at a variance of zero; they are not in the coverage. */
  readonly without: number;
}

/** How the intervals of one kind of school's figure did, over all schools of all seeds. */
export interface FigureCoverage {
  readonly name: string;
  /** Of estimate less truth. */
  readonly bias: Mean;
  readonly coverage: Mean;
  /** With the conditional error in place of the prediction error. */
  readonly conditional: Mean;
  /** Over the tenth of the schools with the fewest pupils. */
  readonly smallestTenth: Mean;
  /** Correlation of estimate and truth over the schools. */
  readonly correlation: Mean;
  /** By how many standard deviations between schools a school is shown too high where its intake is one standard deviation higher. */
  readonly byIntake: Mean;
  /** Over schools whose own truth is 1.5 standard deviations or more below the average: shrinkage draws these up. */
  readonly farBelow: Mean;
}

/** What one shape's seeds say. */
export interface Coverage {
  readonly seeds: number;
  readonly pupils: number;
  readonly converged: number;
  readonly fixed: readonly Recovered[];
  readonly components: readonly Recovered[];
  readonly figures: readonly FigureCoverage[];
}

/** Mean of the numbers with its error from their spread; NaN is left out. */
export function meanOf(values: readonly number[]): Mean {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (known.length - 1) / known.length) };
}

interface One {
  readonly estimate: number;
  readonly standardError: number | null;
}

function recovered(name: string, truth: number, seeds: readonly One[]): Recovered {
  const known = seeds.filter((one): one is One & { standardError: number } => one.standardError !== null);
  const estimates = seeds.map(({ estimate }) => estimate);
  const bias = meanOf(estimates.map((estimate) => estimate - truth));
  const deviation = bias.error * Math.sqrt(seeds.length);
  return {
    name,
    truth,
    bias,
    errorToDeviation: meanOf(known.map(({ standardError }) => standardError)).mean / deviation,
    coverage: meanOf(
      known.map(({ estimate, standardError }) => (Math.abs(estimate - truth) <= z * standardError ? 1 : 0)),
    ),
    without: seeds.length - known.length,
  };
}

/** A figure of a school as a weighted sum of effects, with its truth. */
interface Figure {
  readonly name: string;
  readonly parts: (s: number) => WeightedEffect[];
  readonly truth: (s: number) => number;
  /** Standard deviation of the truths between schools. */
  readonly deviation: number;
}

function figuresOf({ cohorts, deviations }: Shape, { school, cohort }: Simulated): Figure[] {
  const lasting = (s: number): WeightedEffect => ({ term: 0, level: s, coefficient: 0, weight: 1 });
  if (cohorts === 1)
    return [{ name: "school", parts: (s) => [lasting(s)], truth: (s) => school[s]!, deviation: deviations.school }];
  const years = (s: number, of: readonly number[]) =>
    of.map((t): WeightedEffect => ({ term: 1, level: s * cohorts + t, coefficient: 0, weight: 1 / of.length }));
  const figure = (name: string, of: readonly number[]): Figure => ({
    name,
    parts: (s) => [lasting(s), ...years(s, of)],
    truth: (s) => school[s]! + of.reduce((sum, t) => sum + cohort[s * cohorts + t]! / of.length, 0),
    deviation: Math.sqrt(deviations.school ** 2 + (of.length > 0 ? deviations.cohort ** 2 / of.length : 0)),
  });
  const all = Array.from({ length: cohorts }, (_, t) => t);
  return [figure("lasting effect", []), figure("published average", all), figure("latest year", [cohorts - 1])];
}

interface FigureShares {
  readonly name: string;
  readonly bias: number;
  readonly coverage: number;
  readonly conditional: number;
  readonly smallestTenth: number;
  readonly correlation: number;
  readonly byIntake: number;
  readonly farBelow: number;
}

/** Covariance of two lists of equal length. */
function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  return a.reduce((sum, value, i) => sum + (value - meanA!) * (b[i]! - meanB!), 0) / (a.length - 1);
}
const correlationOf = (a: readonly number[], b: readonly number[]) =>
  covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));

const shareOf = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length; // NaN for none

function sharesOf(shape: Shape, simulated: Simulated, fit: MixedModelFit): FigureShares[] {
  const { pupils } = simulated;
  const schools = [...pupils.keys()].filter((s) => pupils[s]! > 0);
  const smallest = new Set(
    schools.toSorted((a, b) => pupils[a]! - pupils[b]!).slice(0, Math.ceil(schools.length / 10)),
  );
  return figuresOf(shape, simulated).map(({ name, parts, truth, deviation }) => {
    const one = schools.map((s) => {
      const { estimate, predictionError, conditionalError } = fit.combine(parts(s));
      const off = estimate - truth(s);
      return {
        s,
        off,
        estimate,
        covered: Math.abs(off) <= z * predictionError,
        conditionally: Math.abs(off) <= z * conditionalError,
        below: truth(s) <= -1.5 * deviation,
      };
    });
    const intake = schools.map((s) => simulated.intake[s]!);
    const errors = one.map(({ off }) => off);
    return {
      name,
      correlation: correlationOf(
        one.map(({ estimate }) => estimate),
        schools.map(truth),
      ),
      byIntake: covariance(errors, intake) / Math.sqrt(covariance(intake, intake)) / deviation,
      bias: one.reduce((sum, { off }) => sum + off, 0) / one.length,
      coverage: shareOf(one.map(({ covered }) => covered)),
      conditional: shareOf(one.map(({ conditionally }) => conditionally)),
      smallestTenth: shareOf(one.filter(({ s }) => smallest.has(s)).map(({ covered }) => covered)),
      farBelow: shareOf(one.filter(({ below }) => below).map(({ covered }) => covered)),
    };
  });
}

/**
 * Draws pupils by the model with each seed, fits the model to them, and tells how near estimates and intervals came.
 * Monte Carlo errors are from the spread between seeds.
 */
export function coverageOf(shape: Shape, seeds: readonly number[]): Coverage {
  const fits = seeds.map((seed) => {
    const simulated = simulate(shape, seed);
    const fit = fitMixedModel(simulated.design, "REML");
    return {
      rows: simulated.design.rows,
      converged: fit.convergence.converged,
      fixed: fit.fixedEffects,
      components: fit.varianceComponents,
      shares: sharesOf(shape, simulated, fit),
    };
  });
  const { fixed, variances } = simulate(shape, seeds[0]!);
  const first = fits[0]!;
  return {
    seeds: seeds.length,
    pupils: meanOf(fits.map(({ rows }) => rows)).mean,
    converged: fits.filter(({ converged }) => converged).length,
    fixed: first.fixed.map(({ name }, c) =>
      recovered(
        name,
        fixed[c]!,
        fits.map((fit) => fit.fixed[c]!),
      ),
    ),
    components: first.components.map(({ group, term }, c) =>
      recovered(
        term === autocorrelation ? `${group} ${term}` : group,
        variances[c]!,
        fits.map(({ components }) => ({
          estimate: components[c]!.variance,
          standardError: components[c]!.standardError,
        })),
      ),
    ),
    figures: first.shares.map(({ name }, f) => {
      const over = (of: (shares: FigureShares) => number) => meanOf(fits.map(({ shares }) => of(shares[f]!)));
      return {
        name,
        bias: over(({ bias }) => bias),
        coverage: over(({ coverage }) => coverage),
        conditional: over(({ conditional }) => conditional),
        smallestTenth: over(({ smallestTenth }) => smallestTenth),
        correlation: over(({ correlation }) => correlation),
        byIntake: over(({ byIntake }) => byIntake),
        farBelow: over(({ farBelow }) => farBelow),
      };
    }),
  };
}
