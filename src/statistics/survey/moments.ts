import type { SurveyDesign } from "./design.js";
import {
  type EstimateOptions,
  type Groups,
  type JointEstimates,
  jointEstimates,
  type Statistic,
  type Variable,
} from "./joint.js";
import { countsOf, everybody, membershipOf } from "./membership.js";

/** Sums over persons by group: `sums` adds a person's share to the group's accumulators, `finish` makes results of them. */
interface Summed {
  readonly variables: readonly Variable[];
  /** Accumulators a group. */
  readonly width: number;
  /** Results a group, by name. */
  readonly results: readonly string[];
  /** Values to be summed (times the weight) of the columns; written once. */
  readonly terms: (columns: readonly Float64Array[], persons: number) => readonly Float64Array[];
  readonly finish: (weight: number, sums: Float64Array, at: number, results: Float64Array, to: number) => void;
}

/** A statistic that is a function of weighted sums within groups. */
function summedStatistic(summed: Summed, groups: Groups): Statistic {
  const { variables, width, results: labels, terms, finish } = summed;
  const G = groups.names.length;
  const perGroup = labels.length;
  return {
    names: groups.names.flatMap((group) => labels.map((label) => (label === "" ? group : `${group}: ${label}`))),
    variables,
    population: Int32Array.from({ length: G * perGroup }, (_, j) => Math.floor(j / perGroup)),
    prepare(columns, weights) {
      const persons = weights.length;
      const member = membershipOf(groups, columns, persons);
      const columnsOfTerms = terms(columns, persons);
      // Of each group: the sum of the weights, then the sums of the terms.
      const stride = width + 1;
      const whole = new Float64Array((G + 1) * stride);
      const sums = new Float64Array((G + 1) * stride);
      const addAll = (w: Float64Array) => {
        sums.fill(0);
        for (let i = 0; i < persons; i++) sums[member[i]! * stride]! += w[i]!;
        columnsOfTerms.forEach((term, t) => {
          for (let i = 0; i < persons; i++) sums[member[i]! * stride + 1 + t]! += w[i]! * term[i]!;
        });
      };
      const addChanged = (w: Float64Array, changed: Int32Array) => {
        sums.set(whole);
        for (const i of changed) {
          const [at, more] = [member[i]! * stride, w[i]! - weights[i]!];
          sums[at]! += more;
          for (let t = 0; t < width; t++) sums[at + 1 + t]! += more * columnsOfTerms[t]![i]!;
        }
        // A group whose weights are all gone has nothing, not what rounding leaves of it.
        for (let at = 0; at < sums.length; at += stride)
          if (Math.abs(sums[at]!) < 1e-12 * Math.abs(whole[at]!)) sums.fill(0, at, at + stride);
      };
      return {
        ...countsOf(member, weights, G, G * perGroup, (j) => Math.floor(j / perGroup)),
        evaluate(w, results, changed) {
          if (changed) addChanged(w, changed);
          else addAll(w);
          if (w === weights) whole.set(sums);
          for (let g = 0; g < G; g++) finish(sums[g * stride]!, sums, g * stride + 1, results, g * perGroup);
        },
      };
    },
  };
}

const run = (summed: Summed, design: SurveyDesign, groups: Groups | undefined, options?: EstimateOptions) =>
  jointEstimates(summedStatistic(summed, groups ?? everybody(design.weights.length)), design, options);

/** One result of the sums of the variables themselves. */
const plainSums = (
  variables: readonly Variable[],
  f: (sums: Float64Array, at: number, weight: number) => number,
): Summed => ({
  variables,
  width: variables.length,
  results: [""],
  terms: (columns) => columns,
  finish: (weight, sums, at, results, to) => {
    results[to] = f(sums, at, weight);
  },
});

/** Weighted means by group, Σwx ÷ Σw. One figure a group, by its name (`all` without groups). */
export function means(
  values: Variable,
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const mean = plainSums([values], (sums, at, weight) => sums[at]! / weight);
  return run(mean, design, groups, options);
}

/** Weighted totals by group, Σwx. A column of ones gives the size of the population. */
export function totals(
  values: Variable,
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const total = plainSums([values], (sums, at) => sums[at]!);
  return run(total, design, groups, options);
}

/** Standard deviations of the population by group: √(Σw(x − mean)² ÷ Σw), as IEA and OECD publish them. */
export function standardDeviations(
  values: Variable,
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const summed: Summed = {
    variables: [values],
    width: 2,
    results: [""],
    // About the mean of all, so that the squares don't lose digits.
    terms: ([column], persons) => {
      const origin = middleOf(column!, persons);
      return [column!.map((x) => x - origin), column!.map((x) => (x - origin) ** 2)];
    },
    finish: (weight, sums, at, results, to) => {
      const mean = sums[at]! / weight;
      results[to] = Math.sqrt(Math.max(0, sums[at + 1]! / weight - mean * mean));
    },
  };
  return run(summed, design, groups, options);
}

/** The mean of the values that are there. */
function middleOf(column: Float64Array, persons: number): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < persons; i++)
    if (!Number.isNaN(column[i]!)) {
      sum += column[i]!;
      count++;
    }
  return count > 0 ? sum / count : 0;
}

/**
 * Shares (0–1) of persons at or above each cut, and within each level (below the first cut, …, at or above the last), by group.
 * Named `group: ≥ 475` and `group: level 0` …
 *
 * @param cuts ascending
 * @throws {RangeError} when the cuts don't ascend.
 */
export function proportionsAbove(
  values: Variable,
  cuts: readonly number[],
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  if (cuts.length === 0 || cuts.some((cut, c) => c > 0 && !(cut > cuts[c - 1]!)))
    throw new RangeError(`cuts ascend, got ${cuts.join(", ")}`);
  const summed: Summed = {
    variables: [values],
    width: cuts.length,
    results: [...cuts.map((cut) => `≥ ${cut}`), ...Array.from({ length: cuts.length + 1 }, (_, k) => `level ${k}`)],
    terms: ([column]) => cuts.map((cut) => column!.map((x) => (x >= cut ? 1 : x < cut ? 0 : Number.NaN))),
    finish: (weight, sums, at, results, to) => {
      let above = 1;
      for (let c = 0; c < cuts.length; c++) {
        const share = sums[at + c]! / weight;
        results[to + c] = share;
        results[to + cuts.length + c] = above - share;
        above = share;
      }
      results[to + 2 * cuts.length] = above;
    },
  };
  return run(summed, design, groups, options);
}

/** Ratios of totals by group, Σwy ÷ Σwx. */
export function ratios(
  numerator: Variable,
  denominator: Variable,
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const ratio = plainSums([numerator, denominator], (sums, at) => sums[at]! / sums[at + 1]!);
  return run(ratio, design, groups, options);
}

/** Pearson's correlations of two variables by group. With plausible values of both, the k-th of one goes with the k-th of the other. */
export function correlations(
  first: Variable,
  second: Variable,
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const summed: Summed = {
    variables: [first, second],
    width: 5,
    results: [""],
    terms: ([x, y], persons) => {
      const [ox, oy] = [middleOf(x!, persons), middleOf(y!, persons)];
      const [a, b] = [x!.map((v) => v - ox), y!.map((v) => v - oy)];
      return [a, b, a.map((v) => v * v), b.map((v) => v * v), a.map((v, i) => v * b[i]!)];
    },
    finish: (weight, sums, at, results, to) => {
      const [mx, my] = [sums[at]! / weight, sums[at + 1]! / weight];
      const [xx, yy] = [sums[at + 2]! / weight - mx * mx, sums[at + 3]! / weight - my * my];
      results[to] = xx > 0 && yy > 0 ? (sums[at + 4]! / weight - mx * my) / Math.sqrt(xx * yy) : Number.NaN;
    },
  };
  return run(summed, design, groups, options);
}
