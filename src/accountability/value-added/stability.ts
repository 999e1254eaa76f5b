import { correlation } from "../../statistics/association/index.js";
import { autocorrelation } from "../../statistics/mixed-model/index.js";
import type { YearMeasure } from "./measure.js";
import { residualDeviation } from "./published-methods.js";
import type { MeasureSpecification } from "./specification.js";
import type { FittedValueAdded } from "./value-added.js";

/** How far two successive years of the same schools agree. */
export interface YearPair {
  readonly from: string;
  readonly to: string;
  /** Schools with at least {@link fewestInYear} pupil-equivalents in both. */
  readonly schools: number;
  /** Correlation of the years' figures as they are shown: too high, since both years borrow from what all years have in common. */
  readonly shown: number | null;
  /** Correlation of the years' plain mean residuals: too low, since pupils come and go by chance. */
  readonly plain: number | null;
  /** The plain one with the pupils' chance taken out of both spreads; null where no spread is left. */
  readonly corrected: number | null;
}

/** Whether schools that add much in one year add much in the next. */
export interface Stability {
  /** Variance of what schools keep adding, and of the years' own deviations. */
  readonly lasting: number;
  readonly yearly: number;
  /**
   * The model's own correlation of a school's true figures of two neighbouring years: lasting ÷ (lasting + yearly), more where its years
   * are autoregressive; null without variance, and for a random walk, whose years have no one correlation.
   */
  readonly modelled: number | null;
  readonly pairs: readonly YearPair[];
}

/** With fewer pupil-equivalents in a year a school is left out of the pairs, as the tables leave out cohorts below eleven. */
export const fewestInYear = 11;

/** A school's plain mean residual in a year, with the variance that the draw of pupils gives it. */
interface PlainYear {
  readonly mean: number;
  readonly variance: number;
  readonly weight: number;
}

/** Plain mean residuals by school and year: one map a school, from the year's place to the mean. */
function plainYears(term: number, { design, parts, fit }: FittedValueAdded): PlainYear[] {
  const { levels, start, level, weight } = design.model.random[term]!;
  const [sum, time, squares] = [levels, levels, levels].map((of) => new Float64Array(of.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const y = design.model.response.values;
  for (let i = 0; i < y.length; i++) {
    const residual = y[i]! - parts.expected[i]! - parts.groups[i]!;
    const end = start ? start[i + 1]! : i + 1;
    for (let e = start ? start[i]! : i; e < end; e++) {
      const at = level[e]!;
      if (at < 0) continue;
      const w = weight ? weight[e]! : 1;
      sum[at]! += w * residual;
      time[at]! += w;
      squares[at]! += w * w;
    }
  }
  const deviation = residualDeviation(fit.sigma, design.model.weights);
  return levels.map((_, k) => ({
    mean: sum[k]! / time[k]!,
    variance: (deviation ** 2 * squares[k]!) / time[k]! ** 2,
    weight: time[k]!,
  }));
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * The correlation of two years' true means: the covariance of the plain means, which chance leaves alone because the pupils differ,
 * over their spreads less the mean variance that chance adds to each (Spearman's correction for attenuation).
 */
export function correctedCorrelation(
  first: readonly { readonly mean: number; readonly variance: number }[],
  second: readonly { readonly mean: number; readonly variance: number }[],
): number | null {
  if (first.length < 3) return null;
  const [a, b] = [first.map((year) => year.mean), second.map((year) => year.mean)];
  const [ma, mb] = [mean(a), mean(b)];
  const freedom = first.length - 1;
  const spread = (values: readonly number[], centre: number) =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / freedom;
  const left = spread(a, ma) - mean(first.map(({ variance }) => variance));
  const right = spread(b, mb) - mean(second.map(({ variance }) => variance));
  if (!(left > 0 && right > 0)) return null;
  return a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0) / freedom / Math.sqrt(left * right);
}

/**
 * How stable schools are from year to year, three ways; null where the model has no deviation of a school's years.
 * Why the figures on the pages can't simply be correlated: Leckie (2018), on the consistency of school effects.
 */
export function stabilityOf(specification: MeasureSpecification, fitted: FittedValueAdded): Stability | null {
  const { design, fit, measure } = fitted;
  const within = design.within.find(({ group }) => group.column === specification.year);
  if (!within) return null;
  const varianceOf = (group: string, term = "(Intercept)") =>
    fit.varianceComponents.find((component) => component.group === group && component.term === term)?.variance ?? 0;
  const [lasting, yearly] = [varianceOf(design.model.random[0]!.group), varianceOf(within.group.name)];
  const plain = plainYears(within.term, fitted);
  const bySchool: Map<number, PlainYear>[] = measure.schools.map(() => new Map());
  for (let k = 0; k < within.school.length; k++) bySchool[within.school[k]!]!.set(within.part[k]!, plain[k]!);
  const years = [...new Set(within.part)]
    .map((part) => ({ part, name: within.parts[part]! }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const pairs = years.slice(1).map((to, k): YearPair => {
    const from = years[k]!;
    const both = measure.schools.flatMap((school, s) => {
      const [first, second] = [bySchool[s]!.get(from.part), bySchool[s]!.get(to.part)];
      const shown = (year: string): YearMeasure | undefined => school.years.find((own) => own.year === year);
      const [one, other] = [shown(from.name), shown(to.name)];
      return first && second && one && other && first.weight >= fewestInYear && second.weight >= fewestInYear
        ? [{ first, second, shown: [one.valueAdded, other.valueAdded] as const }]
        : [];
    });
    const firsts = both.map(({ first }) => first);
    const seconds = both.map(({ second }) => second);
    return {
      from: from.name,
      to: to.name,
      schools: both.length,
      shown: correlation(
        both.map(({ shown }) => shown[0]),
        both.map(({ shown }) => shown[1]),
      ),
      plain: correlation(
        firsts.map((year) => year.mean),
        seconds.map((year) => year.mean),
      ),
      corrected: correctedCorrelation(firsts, seconds),
    };
  });
  const { drift } = design.model.random[within.term]!;
  const neighbours = drift?.kind === "autoregressive" ? varianceOf(within.group.name, autocorrelation) : 0;
  const known = lasting + yearly > 0 && drift?.kind !== "random-walk";
  return { lasting, yearly, modelled: known ? (lasting + neighbours * yearly) / (lasting + yearly) : null, pairs };
}
