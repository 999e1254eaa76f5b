import type { Problem, Table } from "../../kernel/index.js";
import type { MixedModelFit, WeightedEffect } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { SubgroupMeasure } from "./measure.js";
import { levelsOf, numbersOf } from "./pupils-used.js";
import { lessParts, withInterval } from "./school-years.js";
import type { MeasureSpecification, Subgroup } from "./specification.js";

/** A group of pupils over all schools, and what its pupils and the others are like in the covariates with slopes. */
export interface SubgroupBasis {
  readonly subgroup: Subgroup;
  readonly pupils: number;
  readonly notInIt: number;
  /** Means of the slopes' covariates over the group's pupils of all schools, and over the others. */
  readonly members: readonly number[];
  readonly others: readonly number[];
  /** Pupils of each school in the group and not in it, whatever their share. */
  readonly membersOfSchool: Int32Array;
  readonly othersOfSchool: Int32Array;
}

/** The value below or above which a quantile's group lies: the smallest value that the quantile of the pupils do not exceed. */
function cutOf(values: Float64Array, quantile: number): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(quantile * sorted.length) - 1))]!;
}

/** Which of the pupils used are in the group: 1 in it, 0 not in it, 2 without a value, who are in neither. */
function membersOf({ column, members }: Subgroup, pupils: Table, rows: Int32Array): Uint8Array {
  if (members.kind === "level") {
    const { codes, levels } = levelsOf(pupils, column, rows);
    const code = levels.indexOf(members.level);
    return Uint8Array.from(codes, (own) => (own < 0 ? 2 : own === code ? 1 : 0));
  }
  const values = numbersOf(pupils, column, rows);
  const cut = cutOf(values, members.quantile);
  const isIn = members.kind === "below" ? (value: number) => value <= cut : (value: number) => value >= cut;
  return Uint8Array.from(values, (value) => (Number.isFinite(value) ? (isIn(value) ? 1 : 0) : 2));
}

function basisOf(subgroup: Subgroup, design: ValueAddedDesign, inGroup: Uint8Array): SubgroupBasis {
  const { schools, start, school, share } = design.membership;
  const membersOfSchool = new Int32Array(schools.length);
  const othersOfSchool = new Int32Array(schools.length);
  const counts = [0, 0, 0];
  for (let i = 0; i < inGroup.length; i++) {
    counts[inGroup[i]!]! += 1;
    if (inGroup[i] === 2) continue;
    const end = start ? start[i + 1]! : i + 1;
    for (let e = start ? start[i]! : i; e < end; e++)
      if (school[e]! >= 0 && (share ? share[e]! > 0 : true))
        (inGroup[i] === 1 ? membersOfSchool : othersOfSchool)[school[e]!]! += 1;
  }
  const slopes = design.model.random[0]!.coefficients.slice(1);
  const meanOver = (values: Float64Array, own: 0 | 1) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) if (inGroup[i] === own) sum += values[i]!;
    return sum / counts[own]!;
  };
  return {
    subgroup,
    pupils: counts[1]!,
    notInIt: counts[0]!,
    members: slopes.map(({ values }) => meanOver(values!, 1)),
    others: slopes.map(({ values }) => meanOver(values!, 0)),
    membersOfSchool,
    othersOfSchool,
  };
}

/** Sorts the pupils into the specification's groups; a group that holds nobody, or everybody, is a problem. */
export function subgroupsOf(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
): { readonly bases: readonly SubgroupBasis[]; readonly problems: readonly Problem[] } {
  const { rows } = design.used;
  const bases = specification.subgroups.map((one) => basisOf(one, design, membersOf(one, pupils, rows)));
  const problems = bases
    .filter((basis) => basis.pupils === 0 || basis.notInIt === 0)
    .map(({ subgroup, pupils: count }): Problem => {
      const { column, name, members } = subgroup;
      const kind = pupils.columns.get(column)?.kind;
      const levels = kind === "number" && members.kind !== "level" ? [] : levelsOf(pupils, column, rows).levels;
      return {
        code: "subgroup-empty",
        place: `${pupils.name}, column "${column}"`,
        message: `${count === 0 ? "no pupil" : "every pupil"} is in the group "${name}"`,
        remedy:
          levels.length > 0
            ? `Name one of the levels that occur, as ${levels.slice(0, 12).join(", ")}.`
            : "Choose another quantile: too many pupils have the same value.",
      };
    });
  return { bases, problems };
}

/**
 * Whether the schools' slopes can't be told apart from each other or from nothing: a variance of zero or a correlation of ±1. Differences between
 * groups would then be copies of the school's own figure, or all zero, with intervals that know nothing of it.
 */
function untold(fit: MixedModelFit): boolean {
  return fit.varianceComponents.some(({ group, standardError }) => group === "school" && standardError === null);
}

/** What a school adds for pupils who are like a group's: the published figure with the slopes at the group's means. */
function partsFor(published: readonly WeightedEffect[], s: number, means: readonly number[]): WeightedEffect[] {
  return [...published, ...means.map((weight, k) => ({ term: 0, level: s, coefficient: k + 1, weight }))];
}

/**
 * What one school adds for each group, and how that differs from what it adds for the other pupils, each with its interval.
 * Both are withheld where the school has fewer pupils of the group, or outside it, than the specification asks for, and everywhere where
 * the model can't tell the slopes.
 *
 * @param published the sum of effects that is the school's figure; margin half the interval's width in standard errors
 */
export function subgroupMeasures(
  bases: readonly SubgroupBasis[],
  fit: MixedModelFit,
  s: number,
  published: readonly WeightedEffect[],
  margin: number,
): SubgroupMeasure[] {
  const withheld = untold(fit);
  return bases.map(({ subgroup, members, others, membersOfSchool, othersOfSchool }): SubgroupMeasure => {
    const { name, fewestPupils } = subgroup;
    if (withheld || membersOfSchool[s]! < fewestPupils || othersOfSchool[s]! < fewestPupils)
      return { name, pupils: null, figure: null, difference: null };
    const own = partsFor(published, s, members);
    return {
      name,
      pupils: membersOfSchool[s]!,
      figure: withInterval(fit.combine(own), margin),
      difference: withInterval(fit.combine(lessParts(own, partsFor(published, s, others))), margin),
    };
  });
}

/** Standard deviation, between schools, of what a school adds for the group less what it adds for the others. */
function deviationOf({ members, others }: SubgroupBasis, names: readonly string[], fit: MixedModelFit): number {
  const covariance = (a: string, b: string) =>
    fit.varianceComponents.find(
      ({ group, term }) => group === "school" && [a === b ? a : `${a}, ${b}`, `${b}, ${a}`].includes(term),
    )!.variance;
  let variance = 0;
  names.forEach((a, i) => {
    names.forEach((b, j) => {
      variance += (members[i]! - others[i]!) * (members[j]! - others[j]!) * covariance(a, b);
    });
  });
  return Math.sqrt(Math.max(0, variance));
}

/** Sentences on each group: whom it holds, and how much schools differ in what they add for it. */
export function subgroupNotes(
  bases: readonly SubgroupBasis[],
  design: ValueAddedDesign,
  fit: MixedModelFit,
): readonly string[] {
  if (bases.length > 0 && untold(fit))
    return [
      "What schools add for groups of pupils is not shown: between schools the slopes can't be told apart, or from nothing (a variance of zero or a " +
        "correlation of ±1). Leave out a slope, or bring more pupils.",
    ];
  const names = design.model.random[0]!.coefficients.slice(1).map(({ name }) => name);
  return bases.map((basis) => {
    const { subgroup, pupils, membersOfSchool, othersOfSchool } = basis;
    const { fewestPupils } = subgroup;
    let shown = 0;
    for (let s = 0; s < membersOfSchool.length; s++)
      if (membersOfSchool[s]! >= fewestPupils && othersOfSchool[s]! >= fewestPupils) shown++;
    return (
      `${pupils} of the ${design.model.rows} pupils are in the group "${subgroup.name}". What schools add for it, less what they add for the ` +
      `others, differs between schools with a standard deviation of ${deviationOf(basis, names, fit).toPrecision(3)}; ` +
      `it is shown for the ${shown} schools with ${fewestPupils} or more pupils in the group and outside it. It decides nothing (A3).`
    );
  });
}
