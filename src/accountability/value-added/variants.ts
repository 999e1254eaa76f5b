import type { NumberColumn, Table } from "../../kernel/index.js";
import { contextual2010 } from "./comparators/contextual-2010.js";
import { levelsOf, type PupilsUsed } from "./pupils-used.js";
import type { SchoolMembership } from "./school-membership.js";
import type { IntakeCovariate, MeasureSpecification } from "./specification.js";

/** A specification with pupils and schools of its own, ready to be fitted. */
export interface Variant {
  readonly specification: MeasureSpecification;
  readonly pupils: Table;
  /** Places among the pupils of the measure in force; null for all of them. */
  readonly places: Int32Array | null;
  readonly how: string;
}

/** A variant, or why there is none. */
export type VariantOrReason = Variant | string;

/** Without the products and slopes of covariates that are no longer there. */
function withoutLoose(specification: MeasureSpecification): MeasureSpecification {
  const names = new Set([
    ...specification.prior.map(({ column }) => column),
    ...specification.context.map(({ column }) => column),
    ...specification.intake.map(
      ({ of, statistic }) => `${statistic === "standard-deviation" ? "school_sd" : "school_mean"}(${of})`,
    ),
  ]);
  return {
    ...specification,
    interactions: specification.interactions.filter((pair) => pair.every((name) => names.has(name))),
    slopes: specification.slopes.filter((name) => names.has(name)),
  };
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Prior attainment only. */
export function withoutContext(specification: MeasureSpecification, pupils: Table): VariantOrReason {
  if (specification.context.length + specification.intake.length === 0)
    return "The measure in force takes no context into account.";
  return {
    specification: withoutLoose({ ...specification, context: [], intake: [] }),
    pupils,
    places: null,
    how: "The same model without the pupils' and the schools' context, fitted anew.",
  };
}

/** The latest year's pupils alone; a year is read in order of text, as "2023/24" before "2024/25". */
export function latestYearOnly(specification: MeasureSpecification, pupils: Table, used: PupilsUsed): VariantOrReason {
  const { year } = specification;
  if (year === null) return "The pupils have no year.";
  const { codes, levels } = levelsOf(pupils, year, used.rows);
  let latest = -1;
  for (const code of new Set(codes)) if (latest < 0 || levels[code]! > levels[latest]!) latest = code;
  let count = 0;
  for (const code of codes) if (code === latest) count++;
  if (count === codes.length) return "The pupils are all of one year.";
  const places = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] === latest) places[at++] = i;
  const rule = specification.cohorts.find((cohort) => cohort.year === levels[latest])?.rule;
  return {
    specification: {
      ...specification,
      prior: rule?.kind === "other-baseline" ? rule.prior : specification.prior,
      cohorts: [],
      groups: specification.groups.filter(({ column }) => column !== year),
      yearWeights: null,
    },
    pupils,
    places,
    how: `The same model on the pupils of ${levels[latest]} alone, fitted anew.`,
  };
}

/** Words by which a column of disadvantage is known: free school meals, the income deprivation index, pupil premium. */
const disadvantage = /(^|[^a-z])(ever_?)?(fsm_?\d*|idaci|disadvantaged?|deprivation|pupil_?premium|pp)([^a-z]|$)/i;

/** A category of two levels as a number: 1 for the level that is not the reference. */
function asNumber(pupils: Table, column: string, reference: string | null): NumberColumn | null {
  const own = pupils.columns.get(column);
  if (own?.kind === "number") return own;
  if (own?.kind !== "category" || own.levels.length !== 2) return null;
  const other = own.levels.find((level) => level !== (reference ?? [...own.levels].sort()[0]))!;
  const at = own.levels.indexOf(other);
  const values = new Float64Array(own.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = own.codes[i]! < 0 ? Number.NaN : own.codes[i] === at ? 1 : 0;
  return { kind: "number", name: `${column}${other}`, values };
}

/**
 * With the means of the schools' intakes where the measure has none, without them where it has: the debate as a switch.
 * With them a school is compared with schools of like intake; without, with all schools.
 */
export function otherIntake(specification: MeasureSpecification, pupils: Table): VariantOrReason {
  if (specification.formula)
    return "The model is a formula: write school_mean() into it, or leave it out, in a review file of its own.";
  if (specification.intake.length > 0)
    return {
      specification: withoutLoose({ ...specification, intake: [] }),
      pupils,
      places: null,
      how: `Without the school intake (${listed(specification.intake.map(({ of, statistic }) => `${statistic} of ${of}`))}), fitted anew: a school is compared with all schools and not with those of like intake.`,
    };
  const columns = [
    ...specification.prior.map(({ column }) => asNumber(pupils, column, null)),
    ...specification.context
      .filter(({ column }) => disadvantage.test(column))
      .map(({ column, reference }) => asNumber(pupils, column, reference)),
  ].filter((column) => column !== null);
  if (columns.length === 0) return "There is neither prior attainment nor a column known as one of disadvantage.";
  const intake = columns.map(({ name }): IntakeCovariate => ({ of: name, statistic: "mean" }));
  return {
    specification: { ...specification, intake },
    pupils: {
      name: pupils.name,
      rows: pupils.rows,
      columns: new Map([...pupils.columns, ...columns.map((column) => [column.name, column] as const)]),
      placeOf: (row) => pupils.placeOf(row),
    },
    places: null,
    how: `With the school means of ${listed(columns.map(({ name }) => name))}, fitted anew: a school is compared with schools of like intake, and what such schools do in common vanishes.`,
  };
}

/** The measure of the performance tables 2006–2010 in its shape. */
export function contextualShape(specification: MeasureSpecification, pupils: Table): VariantOrReason {
  if (specification.formula) return "The model is a formula, which says its own shape.";
  if (specification.prior.length === 0) return "There is no prior attainment.";
  return {
    specification: withoutLoose(contextual2010(specification)),
    pupils,
    places: null,
    how: "Two levels, pupils in their last schools; context as in force, with mean and spread of the school's prior attainment. All years together, where the department fitted each alone.",
  };
}

/** The membership of some of the pupils, in the order of the places. */
export function membershipAt(membership: SchoolMembership, places: Int32Array): SchoolMembership {
  const { schools, start, school, share } = membership;
  if (!start) return { schools, start, school: Int32Array.from(places, (i) => school[i]!), share: null, notes: [] };
  const first = new Int32Array(places.length + 1);
  for (let k = 0; k < places.length; k++) first[k + 1] = first[k]! + start[places[k]! + 1]! - start[places[k]!]!;
  const [own, part] = [new Int32Array(first[places.length]!), share ? new Float64Array(first[places.length]!) : null];
  for (let k = 0; k < places.length; k++)
    for (let e = start[places[k]!]!, to = first[k]!; e < start[places[k]! + 1]!; e++, to++) {
      own[to] = school[e]!;
      if (part) part[to] = share![e]!;
    }
  return { schools, start: first, school: own, share: part, notes: [] };
}
