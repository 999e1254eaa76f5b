import { err, ok, type Problem, type Result, sharedPlaces, type Table } from "../../kernel/index.js";
import { FormulaError } from "../../statistics/formula/index.js";
import type { MixedModelDesign, RandomTerm } from "../../statistics/mixed-model/index.js";
import { type Cohorts, cohortNotes, cohortProblems, cohortsOf } from "./cohorts.js";
import { type Covariate, type CovariateRole, covariatesOf, outcomeOf, slopeValues } from "./covariates.js";
import { farFromZero } from "./far-from-zero.js";
import { formulaProblem, formulaShape, type ModelShape } from "./formula-shape.js";
import { choosePupils, levelsOf, type PupilsUsed } from "./pupils-used.js";
import { driftOf, driftProblems } from "./school-drift.js";
import { membershipOf, type SchoolMembership } from "./school-membership.js";
import type { FurtherGroup, MeasureSpecification, Membership } from "./specification.js";

/** A group within schools: which school and which level of the column each of its levels is. */
export interface WithinSchool {
  readonly group: FurtherGroup;
  /** Place among the design's random terms. */
  readonly term: number;
  readonly school: Int32Array;
  readonly part: Int32Array;
  /** Levels of the column, as years. */
  readonly parts: readonly string[];
}

/** The mixed model of a specification on its pupils, with the way back from columns and levels to what they stand for. */
export interface ValueAddedDesign {
  readonly model: MixedModelDesign;
  /** The role of each fixed column. */
  readonly roles: readonly CovariateRole[];
  readonly used: PupilsUsed;
  readonly cohorts: Cohorts;
  /** The first random term is the school's. */
  readonly membership: SchoolMembership;
  readonly within: readonly WithinSchool[];
  readonly formula: string;
  readonly notes: readonly string[];
}

const intercept = { name: "(Intercept)", values: null };

/** School by level of a column, as far as pupils have it: a school's own cohorts. */
function withinSchoolTerm(
  group: FurtherGroup,
  term: number,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
): { random: RandomTerm; within: WithinSchool } {
  const { codes, levels: parts } = levelsOf(pupils, group.column, rows);
  const { start, school, schools } = membership;
  const place = new Int32Array(schools.length * parts.length).fill(-1);
  const level = sharedPlaces(school.length).fill(-1);
  const ofSchool: number[] = [];
  const ofPart: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const end = start ? start[i + 1]! : i + 1;
    for (let e = start ? start[i]! : i; e < end; e++) {
      if (school[e]! < 0) continue;
      const key = school[e]! * parts.length + codes[i]!;
      if (place[key]! < 0) {
        place[key] = ofSchool.length;
        ofSchool.push(school[e]!);
        ofPart.push(codes[i]!);
      }
      level[e] = place[key]!;
    }
  }
  const levels = ofSchool.map((s, k) => `${schools[s]}:${parts[ofPart[k]!]}`);
  return {
    random: {
      ...{ group: group.name, levels, start, level, weight: membership.share, coefficients: [intercept] },
      ...driftOf(group, ofSchool, ofPart, parts),
    },
    within: { group, term, school: Int32Array.from(ofSchool), part: Int32Array.from(ofPart), parts },
  };
}

function schoolInWords(school: string | null, membership: Membership): string {
  switch (membership.kind) {
    case "one-school":
      return school!;
    case "columns":
      return `mm(${membership.schools.join(" + ")}, ${membership.shares.join(" + ")})`;
    case "table":
      return `mm(${membership.school}, ${membership.share})`;
    case "spells":
      return `mm(${membership.school}, ${membership.unit} on roll)`;
  }
}

function formulaOf(
  specification: MeasureSpecification,
  covariates: readonly Covariate[],
  within: readonly WithinSchool[],
): string {
  const { outcomes, membership, groups, slopes } = specification;
  const outcome =
    outcomes.length === 1
      ? outcomes[0]!.column
      : `composite(${outcomes.map(({ column, weight }) => (weight === 1 ? column : `${weight} * ${column}`)).join(" + ")})`;
  const school = schoolInWords(specification.school, membership);
  const random = [
    `(1${slopes.map((slope) => ` + ${slope}`).join("")} | ${school})`,
    ...groups
      .filter((group) => !group.withinSchool || within.some((kept) => kept.group === group))
      .map(({ column, withinSchool, drift }) => {
        const own = `1 | ${withinSchool ? `${school}:` : ""}${column}`;
        return drift === undefined ? `(${own})` : `${drift === "autoregressive" ? "ar1" : "rw1"}(${own})`;
      }),
  ];
  return `${outcome} ~ ${["1", ...covariates.map(({ words }) => words)].join(" + ")} + ${random.join(" + ")}`;
}

/**
 * Makes the mixed model of a specification: pupils with missing values by the stated rules, shares of time, covariates, groups.
 * @param table the membership table or the spells; null for one school a pupil
 */
export function designOf(
  specification: MeasureSpecification,
  pupils: Table,
  table: Table | null,
): Result<ValueAddedDesign, readonly Problem[]> {
  const cohorts = cohortsOf(specification, pupils);
  const unstated = cohortProblems(specification, pupils, cohorts);
  if (unstated.length > 0) return err(unstated);
  const { used, problems } = choosePupils(specification, pupils, cohorts);
  const timeless = driftProblems(specification, pupils, used.rows);
  if (problems.length + timeless.length > 0) return err([...problems, ...timeless]);
  const made = membershipOf(specification, pupils, table, used.rows);
  if (!made.ok) return made;
  try {
    return ok(designFor(specification, pupils, used, made.value, cohorts));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return err([formulaProblem(error, specification.formula?.places ?? [], pupils, used.rows)]);
  }
}

/** The model that the roles of a specification make. */
function shapeOfRoles(
  specification: MeasureSpecification,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
  cohorts: Cohorts,
): ModelShape {
  const covariates = covariatesOf(specification, pupils, rows, membership, cohorts);
  const slopes = specification.slopes.map((name) => slopeValues(name, covariates, pupils, rows));
  const random: RandomTerm[] = [
    {
      group: "school",
      levels: membership.schools,
      start: membership.start,
      level: membership.school,
      weight: membership.share,
      coefficients: [intercept, ...slopes],
    },
  ];
  const within: WithinSchool[] = [];
  const notes = slopes.flatMap(farFromZero);
  for (const group of specification.groups) {
    if (group.withinSchool && new Set(levelsOf(pupils, group.column, rows).codes).size < 2)
      notes.push(
        `The group "${group.name}" was left out: with one level of "${group.column}" it is the school itself.`,
      );
    else if (group.withinSchool) {
      const term = withinSchoolTerm(group, random.length, pupils, rows, membership);
      random.push(term.random);
      within.push(term.within);
    } else {
      const { codes, levels } = levelsOf(pupils, group.column, rows);
      const unknown = codes.reduce((sum, code) => (code < 0 ? sum + 1 : sum), 0);
      if (unknown > 0)
        notes.push(
          `${unknown} pupils have no value in "${group.column}": they are kept, with the effect of an average ${group.name}.`,
        );
      random.push({ group: group.name, levels, start: null, level: codes, weight: null, coefficients: [intercept] });
    }
  }
  return {
    fixed: [intercept, ...covariates.flatMap(({ columns }) => columns)],
    roles: ["constant", ...covariates.flatMap(({ columns, role }) => columns.map(() => role))],
    random,
    within,
    formula: formulaOf(specification, covariates, within),
    notes,
  };
}

/**
 * The mixed model of a specification on pupils who were chosen, and whose schools were found, already.
 * @throws {FormulaError} where the specification has a formula that doesn't fit the columns
 */
export function designFor(
  specification: MeasureSpecification,
  pupils: Table,
  used: PupilsUsed,
  membership: SchoolMembership,
  cohorts: Cohorts,
): ValueAddedDesign {
  const { rows } = used;
  const { formula } = specification;
  const shape = formula
    ? formulaShape(specification, formula, pupils, rows, membership)
    : shapeOfRoles(specification, pupils, rows, membership, cohorts);
  return {
    model: {
      rows: rows.length,
      response: { name: specification.title, values: outcomeOf(specification, pupils, rows) },
      fixed: shape.fixed,
      random: shape.random,
    },
    roles: shape.roles,
    used,
    cohorts,
    membership,
    within: shape.within,
    formula: shape.formula,
    notes: [...cohortNotes(specification, cohorts, rows), ...membership.notes, ...shape.notes],
  };
}
