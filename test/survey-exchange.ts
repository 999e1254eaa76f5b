import {
  accepted,
  difference,
  type Groups,
  givenReplicates,
  type JointEstimates,
  means,
  percentiles,
  proportionsAbove,
  type ReplicateMethod,
  ratios,
  replicateDesign,
  type SurveyDesign,
  totals,
} from "../src/statistics/survey/index.js";

/** A sample that is carried between programs. */
export interface ExchangedSample {
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly groups: Groups;
  readonly weights: Float64Array;
  readonly strata: readonly number[];
  readonly clusters: readonly number[];
  readonly cut: number;
}

/** Errors of the figures, as the names stand in scripts/reference/survey-exchange.R. */
export type ExchangedFigures = Readonly<Record<string, readonly number[]>>;

const column = (rows: readonly (readonly number[])[], at: number) => Float64Array.from(rows, (row) => row[at]!);

/** A sample of rows y, x, group, weight, stratum and cluster. @param cut of the proportion; null for the median of y as R has it */
export function sampleOf(rows: readonly (readonly number[])[], cut: number | null): ExchangedSample {
  const of = rows.map((row) => row[2]!);
  const y = column(rows, 0);
  const sorted = y.toSorted();
  const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
  return {
    ...{ y, x: column(rows, 1), weights: column(rows, 3), cut: cut ?? median },
    groups: { names: Array.from({ length: Math.max(...of) + 1 }, (_, k) => String(k)), of },
    strata: rows.map((row) => row[4]!),
    clusters: rows.map((row) => row[5]!),
  };
}

/** This program's own replicates. */
export function ownDesign({ weights, strata, clusters }: ExchangedSample, method: ReplicateMethod): SurveyDesign {
  const given = { weights, clusters, method, fay: 0.3, seed: 11, count: 24 };
  return accepted(replicateDesign(method === "JK1" ? given : { ...given, strata }));
}

/** Another program's replicates. @param scales what each squared deviation counts @param factors of each person by replicate */
export function givenDesign(
  { weights }: ExchangedSample,
  method: ReplicateMethod,
  scales: readonly number[],
  factors: readonly (readonly number[])[],
): SurveyDesign {
  const replicates = scales.map((_, r) => weights.map((weight, i) => weight * factors[i]![r]!));
  return accepted(givenReplicates({ weights, replicates, method, fay: 0.3, scale: 1, rscales: scales }));
}

/** The figures that are compared: values and errors. */
export function exchanged({ y, x, groups, cut }: ExchangedSample, design: SurveyDesign) {
  const list = (joint: JointEstimates, names = joint.names) => names.map((name) => joint.estimate(name));
  const fractions = [0.25, 0.5, 0.9];
  const domains = means(y, design, groups);
  const gap = difference(domains, groups.names[0]!, groups.names.at(-1)!).estimate;
  const figures = {
    mean: list(means(y, design)),
    total: list(totals(y, design)),
    ratio: list(ratios(y, x, design)),
    proportion: list(proportionsAbove(y, [cut], design), [`all: ≥ ${cut}`]),
    step: list(percentiles(y, fractions, design, undefined, { definition: "step" })),
    interpolated: list(percentiles(y, fractions, design, undefined, { definition: "interpolated" })),
    domains: list(domains),
    gap: gap ? [gap] : [],
  };
  const each = (of: (one: { value: number; standardError: number }) => number): ExchangedFigures =>
    Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, all.map(of)]));
  return { values: each(({ value }) => value), errors: each(({ standardError }) => standardError) };
}

/** The largest difference of two programs' numbers, as a share of the second's. @throws {RangeError} where the figures aren't the same ones */
export function furthest(ours: ExchangedFigures, theirs: ExchangedFigures): number {
  const names = Object.keys(theirs);
  if (names.length === 0 || names.some((name) => ours[name]?.length !== theirs[name]!.length))
    throw new RangeError("the figures of the two programs aren't the same ones");
  return Math.max(
    ...names.flatMap((name) =>
      theirs[name]!.map((their, k) => {
        const apart = Math.abs(ours[name]![k]! - their);
        return their === 0 ? apart : apart / Math.abs(their);
      }),
    ),
  );
}
