import {
  confidenceInterval,
  differenceOf,
  type Estimate,
  type EstimateOptions,
  type Figure,
  type Groups,
  type JointEstimates,
  means,
  percentiles,
  proportionsAbove,
  rankGapOfMeans,
  type SurveyDesign,
  standardDeviations,
} from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import { sidesAreEnough } from "../published/disclosure.js";
import type { FigureRow, HeldBack, Statistic } from "../published/results.js";
import type { Study } from "../study/study.js";
import type { CycleGroup } from "./cells.js";

/** Where a figure belongs: a key that is the same in every cycle. */
export interface FigureKey {
  readonly statistic: Statistic;
  readonly group: string | null;
  readonly level: string | null;
  readonly of: string | null;
}

/** A figure that may be published, before it is a row. */
export interface KeyedEstimate extends FigureKey {
  readonly cycle: string;
  readonly estimate: Estimate;
}

/** What the estimates of one cycle are made from. */
export interface CycleValues {
  readonly cycle: string;
  /** On the reporting scale, a column a plausible value. */
  readonly values: readonly Float64Array[];
  readonly design: SurveyDesign;
  readonly groups: readonly CycleGroup[];
  readonly options: EstimateOptions;
}

/** What a figure is a weighted sum of: for its covariance with that of another cycle. */
export interface FigureSource {
  readonly joint: JointEstimates;
  readonly coefficients: Float64Array;
}

/** Figures, what they are made of by their key, and what was held back. */
export interface Made {
  readonly figures: readonly KeyedEstimate[];
  readonly sources: ReadonlyMap<string, FigureSource>;
  readonly heldBack: readonly HeldBack[];
}

/** A figure's key as text, the same in every cycle. */
export const keyOf = ({ statistic, group, level, of }: FigureKey): string =>
  JSON.stringify([statistic, group, level, of]);

/** One of the figures by itself. */
function alone(joint: JointEstimates, at: number): FigureSource {
  const coefficients = new Float64Array(joint.names.length);
  coefficients[at] = 1;
  return { joint, coefficients };
}

class Making {
  readonly figures: KeyedEstimate[] = [];
  readonly sources = new Map<string, FigureSource>();
  readonly heldBack: HeldBack[] = [];
  readonly #values: CycleValues;
  readonly #study: Study;
  readonly #rule: DisclosureRule;

  constructor(values: CycleValues, study: Study, rule: DisclosureRule) {
    this.#values = values;
    this.#study = study;
    this.#rule = rule;
  }

  #add(key: FigureKey, figure: Figure, source: FigureSource): void {
    const { cycle } = this.#values;
    this.sources.set(keyOf(key), source);
    const { statistic, group, level } = key;
    if (figure.estimate) this.figures.push({ ...key, cycle, estimate: figure.estimate });
    else this.heldBack.push({ cycle, group, level, statistic, reason: figure.reason });
  }

  /** Whether so few lie on one side that it would tell of single pupils. */
  #sides(key: FigureKey, share: number, pupils: number): boolean {
    if (sidesAreEnough(share, pupils, this.#rule)) return true;
    const { statistic, group, level } = key;
    const reason = `fewer than ${this.#rule.fewestOnASide} pupils on one side of ${key.of}`;
    this.heldBack.push({ cycle: this.#values.cycle, group, level, statistic, reason });
    return false;
  }

  /** Every statistic of every level. */
  group(name: string | null, groups: Groups): void {
    const { values, design, options } = this.#values;
    const { standards, percentiles: fractions } = this.#study;
    const levels = groups.names;
    if (levels.length === 0) return;
    const levelOf = (k: number) => (name === null ? null : levels[k]!);
    const joint = means(values, design, groups, options);
    const sizes = joint.figures.map(({ estimate }) => estimate?.n ?? 0);
    joint.figures.forEach(
      (figure, k) =>
        void this.#add({ statistic: "mean", group: name, level: levelOf(k), of: null }, figure, alone(joint, k)),
    );
    const spreads = standardDeviations(values, design, groups, options);
    spreads.figures.forEach(
      (figure, k) =>
        void this.#add({ statistic: "sd", group: name, level: levelOf(k), of: null }, figure, alone(spreads, k)),
    );
    const ascending = [...fractions].sort((a, b) => a - b);
    if (ascending.length > 0) {
      const points = percentiles(values, ascending, design, groups, { ...options, replicates: "density" });
      points.figures.forEach((figure, at) => {
        const k = Math.floor(at / ascending.length);
        const share = ascending[at % ascending.length]!;
        const key: FigureKey = {
          statistic: "percentile",
          group: name,
          level: levelOf(k),
          of: `P${+(100 * share).toPrecision(6)}`,
        };
        if (this.#sides(key, share, sizes[k]!)) this.#add(key, figure, alone(points, at));
      });
    }
    const cuts = [...standards].sort((a, b) => a.cut - b.cut);
    if (cuts.length === 0) return;
    const shares = proportionsAbove(
      values,
      cuts.map(({ cut }) => cut),
      design,
      groups,
      options,
    );
    levels.forEach((level, k) => {
      for (const { name: standard, cut } of cuts) {
        const at = shares.names.indexOf(`${level}: ≥ ${cut}`);
        const figure = shares.figures[at]!;
        const key: FigureKey = { statistic: "standard", group: name, level: levelOf(k), of: standard };
        if (!figure.estimate || this.#sides(key, figure.estimate.value, sizes[k]!))
          this.#add(key, figure, alone(shares, at));
      }
    });
  }

  gap({ group, shown, gap }: CycleGroup): void {
    if (!gap) return;
    const { values, design, options } = this.#values;
    const joint = means(values, design, shown, options);
    const level = `${gap.higher} less ${gap.lower}`;
    const of = (statistic: Statistic): FigureKey => ({ statistic, group: group.name, level, of: null });
    const coefficients = differenceOf(joint, gap.lower, gap.higher);
    const found = joint.combine(coefficients);
    this.#add(of("gap"), found, { joint, coefficients });
    const ranks = rankGapOfMeans(values, design, shown, { lower: gap.lower, others: gap.higher }, options);
    this.#add(of("rank-gap"), ranks.joint.combine(ranks.coefficients), ranks);
    const sd = standardDeviations(
      values,
      design,
      { names: ["all"], of: new Uint8Array(design.weights.length) },
      options,
    );
    const unit = sd.figures[0]!.estimate?.value;
    if (found.estimate && unit)
      this.#add(
        of("standardised-gap"),
        { estimate: inUnitsOf(found.estimate, unit) },
        { joint, coefficients: coefficients.map((one) => one / unit) },
      );
  }
}

/** An estimate in another unit, taken as known: the error of a standard deviation is a few hundredths of that of a gap. */
function inUnitsOf(estimate: Estimate, unit: number): Estimate {
  const { sampling, measurement, linking, items } = estimate.parts;
  const square = unit ** 2;
  return {
    ...estimate,
    value: estimate.value / unit,
    standardError: estimate.standardError / unit,
    parts: {
      sampling: sampling / square,
      measurement: measurement / square,
      linking: linking / square,
      items: items / square,
    },
  };
}

/** Every figure of a cycle that may be published. */
export function figuresOfCycle(values: CycleValues, study: Study, rule: DisclosureRule): Made {
  const making = new Making(values, study, rule);
  const { cycle, design, groups } = values;
  const persons = design.weights.length;
  if (persons < rule.fewestPupils)
    return {
      figures: [],
      sources: new Map(),
      heldBack: [
        { cycle, group: null, level: null, statistic: null, reason: `fewer than ${rule.fewestPupils} pupils` },
      ],
    };
  making.group(null, { names: ["all"], of: new Uint8Array(persons) });
  for (const one of groups) {
    for (const { name, shown, reason } of one.rulings)
      if (!shown) making.heldBack.push({ cycle, group: one.group.name, level: name, statistic: null, reason: reason! });
    making.group(one.group.name, one.shown);
    making.gap(one);
  }
  return making;
}

/** An estimate as a published row has it. */
export function published(estimate: Estimate, confidence: number): Omit<FigureRow, keyof FigureKey | "cycle"> {
  const { low, high } = confidenceInterval(estimate, confidence);
  const { value, standardError, parts, degreesOfFreedom, n, weighted } = estimate;
  return {
    ...{ value, standardError, low, high, parts, n, weighted },
    degreesOfFreedom: Number.isFinite(degreesOfFreedom) ? degreesOfFreedom : null,
  };
}
