import type { FixedColumn, MixedModelDesign, RandomTerm } from "../../src/statistics/mixed-model/index.js";
import { type Pupils, smallCovariates } from "./generate.js";

/** The names of the groups, here and in the peers' scripts. */
export const schoolGroup = "school";
export const schoolCohortGroup = "school:cohort";
export const authorityGroup = "authority";

function filled(rows: number, value: (i: number) => number): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(8 * rows));
  for (let i = 0; i < rows; i++) column[i] = value(i);
  return column;
}

/**
 * The numeric columns of the model, without the intercept: what a program that reads pupil files has in memory when the
 * fit begins.
 */
export function covariates({ prior, idaci, small }: Pupils): FixedColumn[] {
  const rows = prior.length;
  return [
    { name: "prior", values: prior },
    { name: "prior2", values: filled(rows, (i) => prior[i]! ** 2) },
    { name: "prior3", values: filled(rows, (i) => prior[i]! ** 3) },
    ...smallCovariates.flatMap((name) => {
      const bytes = small[name];
      const column = { name, values: filled(rows, (i) => bytes[i]!) };
      return name === "fsm" ? [column, { name: "idaci", values: idaci }] : [column];
    }),
  ];
}

function cohortContrasts(cohort: Uint8Array, cohorts: number): FixedColumn[] {
  return Array.from({ length: cohorts - 1 }, (_, k) => ({
    name: `cohort${k + 2}`,
    values: filled(cohort.length, (i) => (cohort[i] === k + 1 ? 1 : 0)),
  }));
}

/** School × cohort of every entry of the memberships. */
function cohortLevels({ school, start, cohort }: Pupils, cohorts: number): Int32Array {
  const level = new Int32Array(new SharedArrayBuffer(4 * school.length));
  for (let i = 0; i < cohort.length; i++) {
    const [from, to] = start.length > 0 ? [start[i]!, start[i + 1]!] : [i, i + 1];
    for (let e = from; e < to; e++) level[e] = school[e]! * cohorts + cohort[i]!;
  }
  return level;
}

/** The authority of every pupil's last school. */
function authorityTerm({ authority, authorityEffect, school, start, score }: Pupils): RandomTerm {
  const level = new Int32Array(new SharedArrayBuffer(4 * score.length));
  for (let i = 0; i < level.length; i++) level[i] = authority[school[start.length > 0 ? start[i]! : i]!]!;
  return {
    group: authorityGroup,
    levels: Array.from(authorityEffect, (_, k) => String(k)),
    start: null,
    level,
    weight: null,
    coefficients: [{ name: "(Intercept)", values: null }],
  };
}

/**
 * score ~ 1 + covariates + cohorts + (1 | school by share) + (1 | school by share : cohort) + (1 | authority), the last two where there are
 * several cohorts, and authorities.
 */
export function designOf(pupils: Pupils, columns: readonly FixedColumn[]): MixedModelDesign {
  const schools = pupils.effect.length;
  const cohorts = pupils.cohortEffect.length > 0 ? pupils.cohortEffect.length / schools : 1;
  const shared = pupils.start.length > 0;
  const term = (group: string, levels: number, level: Int32Array): RandomTerm => ({
    group,
    levels: Array.from({ length: levels }, (_, j) => String(j)),
    start: shared ? pupils.start : null,
    level,
    weight: shared ? pupils.share : null,
    coefficients: [{ name: "(Intercept)", values: null }],
  });
  return {
    rows: pupils.score.length,
    response: { name: "score", values: pupils.score },
    fixed: [{ name: "(Intercept)", values: null }, ...columns, ...cohortContrasts(pupils.cohort, cohorts)],
    random: [
      term(schoolGroup, schools, pupils.school),
      ...(cohorts > 1 ? [term(schoolCohortGroup, schools * cohorts, cohortLevels(pupils, cohorts))] : []),
      ...(pupils.authority.length > 0 ? [authorityTerm(pupils)] : []),
    ],
  };
}
