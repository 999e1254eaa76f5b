import type { Combination, MixedModelFit, WeightedEffect } from "../../statistics/mixed-model/index.js";
import type { Cohorts } from "./cohorts.js";
import type { ValueAddedDesign, WithinSchool } from "./design.js";
import type { IntervalFigure, YearMeasure } from "./measure.js";
import type { MeasureSpecification } from "./specification.js";

/** One level of a group within schools: its place among the levels and the pupils' time in it. */
export interface OwnPart {
  readonly term: number;
  readonly level: number;
  readonly part: number;
  readonly weight: number;
}

/** For every school the levels of its own cohorts, each with the time of the pupils in it. */
export function partsBySchool(design: ValueAddedDesign): OwnPart[][] {
  const out: OwnPart[][] = design.membership.schools.map(() => []);
  for (const { term, school, part } of design.within) {
    const { level, weight } = design.model.random[term]!;
    const time = new Float64Array(school.length);
    for (let e = 0; e < level.length; e++) if (level[e]! >= 0) time[level[e]!]! += weight ? weight[e]! : 1;
    for (let k = 0; k < school.length; k++)
      if (time[k]! > 0) out[school[k]!]!.push({ term, level: k, part: part[k]!, weight: time[k]! });
  }
  return out;
}

/** The weight of each level of a column: for the year by its place from the latest, those left out counted too, else the same for all. */
function partWeights(
  specification: MeasureSpecification,
  { years }: Cohorts,
  { group, parts }: WithinSchool,
): readonly number[] {
  const { yearWeights, year } = specification;
  if (group.column !== year || yearWeights === null) return parts.map(() => 1);
  return parts.map((part) => yearWeights[years.indexOf(part)] ?? 0);
}

/**
 * The published figure as a sum of effects: the lasting one and, for each group within schools, the mean of the school's own levels
 * by their weights. Years without a pupil of the school leave their weight to the others.
 */
export function publishedParts(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  s: number,
  own: readonly OwnPart[],
): WeightedEffect[] {
  const parts: WeightedEffect[] = [{ term: 0, level: s, coefficient: 0, weight: 1 }];
  for (const within of design.within) {
    const weights = partWeights(specification, design.cohorts, within);
    const levels = own.filter((part) => part.term === within.term && weights[part.part]! > 0);
    const total = levels.reduce((sum, { part }) => sum + weights[part]!, 0);
    for (const { level, part } of levels)
      parts.push({ term: within.term, level, coefficient: 0, weight: weights[part]! / total });
  }
  return parts;
}

/** The first sum less the second, as one sum, so that what both hold drops out. */
export function lessParts(parts: readonly WeightedEffect[], minus: readonly WeightedEffect[]): WeightedEffect[] {
  const sum = new Map<string, WeightedEffect>();
  const add = (part: WeightedEffect, sign: number) => {
    const key = `${part.term}:${part.level}:${part.coefficient}`;
    sum.set(key, { ...part, weight: (sum.get(key)?.weight ?? 0) + sign * part.weight });
  };
  for (const part of parts) add(part, 1);
  for (const part of minus) add(part, -1);
  return [...sum.values()].filter(({ weight }) => weight !== 0);
}

/** A sum of effects with the interval of a margin in standard errors. */
export function withInterval({ estimate, predictionError }: Combination, margin: number): IntervalFigure {
  return {
    estimate,
    predictionError,
    lower: estimate - margin * predictionError,
    upper: estimate + margin * predictionError,
  };
}

/** The current year: the latest that any pupil used is of, in order of text; null where schools have no years of their own. */
export function latestYear({ year }: MeasureSpecification, design: ValueAddedDesign): string | null {
  const years = design.within.find(({ group }) => group.column === year);
  if (!years) return null;
  let latest: string | null = null;
  for (const part of years.part) {
    const name = years.parts[part]!;
    if (latest === null || name > latest) latest = name;
  }
  return latest;
}

/** What the figures of a school's years are made from; `margin` is half the interval's width in standard errors. */
interface YearsBasis {
  readonly specification: MeasureSpecification;
  readonly design: ValueAddedDesign;
  readonly fit: MixedModelFit;
  readonly margin: number;
  readonly latest: string | null;
}

/** A school's years in order, each with its own interval, and of the latest also its difference from the published average. */
export function yearsOf(
  { specification, design, fit, margin, latest }: YearsBasis,
  s: number,
  own: readonly OwnPart[],
  published: readonly WeightedEffect[],
): YearMeasure[] {
  const years = design.within.find(({ group }) => group.column === specification.year);
  if (!years) return [];
  return own
    .filter(({ term }) => term === years.term)
    .map(({ term, level, part, weight }): YearMeasure => {
      const year = years.parts[part]!;
      const parts: WeightedEffect[] = [
        { term: 0, level: s, coefficient: 0, weight: 1 },
        { term, level, coefficient: 0, weight: 1 },
      ];
      const { estimate, predictionError, lower, upper } = withInterval(fit.combine(parts), margin);
      const lessAverage = year === latest ? withInterval(fit.combine(lessParts(parts, published)), margin) : null;
      return {
        year,
        valueAdded: estimate,
        standardError: predictionError,
        lower,
        upper,
        pupilEquivalents: weight,
        lessAverage,
      };
    })
    .sort((a, b) => (a.year < b.year ? -1 : 1));
}
