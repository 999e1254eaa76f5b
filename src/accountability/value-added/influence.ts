import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { InfluenceGroup, SchoolMeasure } from "./measure.js";
import { forEachEntry, type OwnEffects, type OwnRow, ownEffects } from "./own-effects.js";
import type { MeasureSpecification } from "./specification.js";

/** The product of a k×m and an m×n matrix, row-major, times a factor. */
function product(a: Float64Array, b: Float64Array, k: number, m: number, n: number, factor = 1): Float64Array {
  const out = new Float64Array(k * n);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < m; j++) {
      const times = factor * a[i * m + j]!;
      if (times !== 0) for (let c = 0; c < n; c++) out[i * n + c]! += times * b[j * n + c]!;
    }
  return out;
}

/** Each pupil's leverage among the effects of the pupil's schools, the fixed effects held. */
function leverages(design: ValueAddedDesign, { size, covariance, rowOf }: OwnEffects, variance: number): Float64Array {
  const out = new Float64Array(design.model.rows);
  forEachEntry(design, (i, e, s) => {
    const { places, values, count } = rowOf(i, e);
    const c = covariance[s]!;
    let sum = 0;
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) sum += values[a]! * c[places[a]! * size[s]! + places[b]!]! * values[b]!;
    out[i]! += ((design.model.weights?.[i] ?? 1) * sum) / variance;
  });
  return out;
}

/**
 * With more pupils than this the fixed effects are held: of a school with m of n pupils their part in a change is of the order of
 * m p / n, a few thousandths, and it would take longer than all the rest.
 */
const fixedHeldAbove = 200_000;

/** Sweeps over the pupils of several schools; each lessens what is left by the schools' coupling, a few hundredths where a tenth move. */
const sweeps = 3;

/**
 * What the schools' effects take up of the fixed columns: the solution of the equations with each column in place of the outcome,
 * size×p a school. Schools with pupils in common are brought into agreement by sweeps.
 */
function takenUpBySchools(design: ValueAddedDesign, own: OwnEffects, p: number, variance: number): Float64Array[] {
  const { size, covariance, fixedProducts, rowOf } = own;
  const { start, school } = design.membership;
  const solve = (right: readonly Float64Array[]) =>
    covariance.map((c, s) => product(c, right[s]!, size[s]!, size[s]!, p, 1 / variance));
  let solution = solve(fixedProducts);
  for (let sweep = 0; start && p > 0 && sweep < sweeps; sweep++) {
    const right = fixedProducts.map((values) => values.slice());
    for (let i = 0; i < design.model.rows; i++) {
      const [from, to] = [start[i]!, start[i + 1]!];
      if (to - from < 2) continue;
      const precision = design.model.weights?.[i] ?? 1;
      const parts = Array.from({ length: to - from }, (_, k) =>
        takenUpByOne(solution, rowOf(i, from + k), school[from + k]!, p),
      );
      for (let e = from; e < to; e++) {
        const { places, values, count } = rowOf(i, e);
        for (let other = from; other < to; other++) {
          if (other === e) continue;
          for (let a = 0; a < count; a++)
            for (let c = 0; c < p; c++)
              right[school[e]!]![places[a]! * p + c]! -= precision * values[a]! * parts[other - from]![c]!;
        }
      }
    }
    solution = solve(right);
  }
  return solution;
}

/** A pupil's row at one school times what that school's effects take up. */
function takenUpByOne(solution: readonly Float64Array[], { places, values, count }: OwnRow, s: number, p: number) {
  const out = new Float64Array(p);
  for (let a = 0; a < count; a++) for (let c = 0; c < p; c++) out[c]! += values[a]! * solution[s]![places[a]! * p + c]!;
  return out;
}

/**
 * For each school by how much its published figure moves, at most, when one of its pupils is left out and the variances are kept.
 *
 * With r the pupil's residual given everything, h the pupil's leverage and g = ∂figure/∂y, the figure moves by −g r / (1 − h): the
 * closed form of leaving out a row of a linear predictor (docs/methods/value-added.md). g and h come from each school's own effects
 * given the others', and from the fixed effects, which move with the pupil. It is exact where no pupil is at two schools and there is
 * no further group; beside movers the covariances between schools' own effects are left out (a third of a hundredth in a test).
 *
 * @param residual of every pupil, given fixed part, schools and groups
 * @returns the largest absolute change of each school; 0 for a school without pupils
 */
export function largestChanges(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  residual: Float64Array,
): Float64Array {
  const fixed = design.model.rows > fixedHeldAbove ? [] : design.model.fixed;
  const own = ownEffects(specification, design, fit, fixed);
  const { size, covariance, published, rowOf } = own;
  const p = fixed.length;
  const variance = fit.sigma ** 2;
  const slopes = covariance.map((c, s) => product(published[s]!, c, 1, size[s]!, size[s]!, 1 / variance));
  const takenUp = takenUpBySchools(design, own, p, variance);
  const figureTakenUp = takenUp.map((b, s) => product(published[s]!, b, 1, size[s]!, p));
  const leverage = leverages(design, own, variance);
  const { start, school } = design.membership;

  /** The pupil's fixed columns less what the schools' effects take up of them. */
  const leftOfRow = (i: number): Float64Array => {
    const row = Float64Array.from(fixed, ({ values }) => values?.[i] ?? 1);
    for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++) {
      if (school[e]! < 0) continue;
      const part = takenUpByOne(takenUp, rowOf(i, e), school[e]!, p);
      for (let c = 0; c < p; c++) row[c]! -= part[c]!;
    }
    return row;
  };

  const largest = new Float64Array(size.length);
  forEachEntry(design, (i, e, s) => {
    const { places, values, count } = rowOf(i, e);
    const precision = design.model.weights?.[i] ?? 1;
    let slope = 0;
    for (let a = 0; a < count; a++) slope += precision * slopes[s]![places[a]!]! * values[a]!;
    // The fixed effects' part costs p² a pupil: only those are looked at closely who come near the largest change without it.
    if (Math.abs((slope * residual[i]!) / (1 - leverage[i]!)) < 0.5 * largest[s]!) return;
    const row = leftOfRow(i);
    const moved = product(fit.fixedCovariance, row, p, p, 1, precision / variance);
    const h = leverage[i]! + product(row, moved, 1, p, 1)[0]!;
    slope -= product(figureTakenUp[s]!, moved, 1, p, 1)[0]!;
    largest[s] = Math.max(largest[s]!, Math.abs((slope * residual[i]!) / (1 - h)));
  });
  return largest;
}

/** A group of schools has at least so many, so that no figure is one school's. */
const fewestSchools = 10;

/** The value that so many of the sorted values, as a share, do not exceed. */
const quantile = (sorted: Float64Array, share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;

/**
 * The largest changes by a single pupil, over schools in order of size, in up to five groups of equally many schools.
 * @param largest of each school, as {@link largestChanges} has it
 */
export function influenceBySize(schools: readonly SchoolMeasure[], largest: Float64Array): InfluenceGroup[] {
  const order = [...schools.keys()]
    .filter((s) => schools[s]!.pupils > 0 && schools[s]!.predictionError > 0)
    .sort((a, b) => schools[a]!.pupilEquivalents - schools[b]!.pupilEquivalents || a - b);
  const groups = Math.min(5, Math.floor(order.length / fewestSchools));
  return Array.from({ length: groups }, (_, k) => {
    const members = order.slice(Math.floor((k * order.length) / groups), Math.floor(((k + 1) * order.length) / groups));
    const changes = Float64Array.from(members, (s) => largest[s]!).sort();
    const inErrors = Float64Array.from(members, (s) => largest[s]! / schools[s]!.predictionError).sort();
    return {
      schools: members.length,
      fromEquivalents: schools[members[0]!]!.pupilEquivalents,
      toEquivalents: schools[members.at(-1)!]!.pupilEquivalents,
      change: { middle: quantile(changes, 0.5), ninth: quantile(changes, 0.9), largest: quantile(changes, 1) },
      inErrors: { middle: quantile(inErrors, 0.5), ninth: quantile(inErrors, 0.9), largest: quantile(inErrors, 1) },
    };
  });
}
