import { columnOf, sharedFloats, type Table } from "../../kernel/index.js";
import type { FixedColumn } from "../../statistics/mixed-model/index.js";
import { knotsFor, naturalSplineBasis } from "../../statistics/splines/index.js";
import type { Cohorts } from "./cohorts.js";
import { levelsOf, missingIn, numbersOf } from "./pupils-used.js";
import type { SchoolMembership } from "./school-membership.js";
import type { ContextCovariate, IntakeCovariate, MeasureSpecification, PriorAttainment } from "./specification.js";

/** What a column of the fixed part stands for in the explanation of a school's figure. */
export type CovariateRole = "constant" | "prior" | "context";

/** A covariate with its columns, in the names R would give them. */
export interface Covariate {
  /** As the specification calls it. */
  readonly name: string;
  readonly role: CovariateRole;
  readonly columns: readonly FixedColumn[];
  /** As it stands in the formula. */
  readonly words: string;
}

/** The values with the mean in place of what is missing, and an indicator of where that was; null where nothing is. */
export function fillMissing(values: Float64Array): { filled: Float64Array; indicator: Float64Array | null } {
  let sum = 0;
  let count = 0;
  for (const value of values)
    if (Number.isFinite(value)) {
      sum += value;
      count++;
    }
  if (count === values.length) return { filled: values, indicator: null };
  const mean = count > 0 ? sum / count : 0;
  const filled = sharedFloats(values.length);
  filled.set(values);
  const indicator = sharedFloats(values.length);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]!)) {
      filled[i] = mean;
      indicator[i] = 1;
    }
  return { filled, indicator };
}

/** 1 where a row has the code, 0 elsewhere; a loop, because `Float64Array.from` with a function takes ten times as long. */
function indicatorOf(codes: Int32Array, code: number): Float64Array {
  const out = sharedFloats(codes.length);
  for (let i = 0; i < codes.length; i++) if (codes[i] === code) out[i] = 1;
  return out;
}

/** Which codes some row has, by place; the last place is for what is missing. */
function presentCodes(codes: Int32Array, levels: number): Uint8Array {
  const present = new Uint8Array(levels + 1);
  for (let i = 0; i < codes.length; i++) present[codes[i]! < 0 ? levels : codes[i]!] = 1;
  return present;
}

function powerOf(values: Float64Array, exponent: number): Float64Array {
  const out = sharedFloats(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i]! ** exponent;
  return out;
}

const missingColumn = (name: string, indicator: Float64Array | null): FixedColumn[] =>
  indicator ? [{ name: `${name} missing`, values: indicator }] : [];

/** The values of those who are measured from a baseline, and their mean in place of the others'. */
function ofMembers(values: Float64Array, members: Uint8Array): Float64Array {
  const own = values.filter((value, i) => members[i] === 1 && Number.isFinite(value));
  const mean = own.length > 0 ? own.reduce((a, b) => a + b, 0) / own.length : 0;
  return values.map((value, i) => (members[i] === 1 ? value : mean));
}

/**
 * A subject of prior attainment in its shape.
 * @param members which of the rows are measured from it; null for all
 * @param mark what tells its columns from those of another baseline
 */
function priorCovariate(
  prior: PriorAttainment,
  pupils: Table,
  rows: Int32Array,
  members: Uint8Array | null,
  mark: string,
): Covariate {
  const { shape } = prior;
  const name = prior.column + mark;
  const values = numbersOf(pupils, prior.column, rows);
  const { filled, indicator } = fillMissing(members ? ofMembers(values, members) : values);
  if (shape.kind === "polynomial") {
    const columns = Array.from(
      { length: shape.degree },
      (_, k): FixedColumn =>
        k === 0 ? { name, values: filled } : { name: `I(${name}^${k + 1})`, values: powerOf(filled, k + 1) },
    );
    return {
      name,
      role: "prior",
      columns: [...columns, ...missingColumn(name, indicator)],
      words: columns.map((c) => c.name).join(" + "),
    };
  }
  const basis = naturalSplineBasis(
    filled,
    knotsFor(members ? filled.filter((_, i) => members[i] === 1) : filled, shape.degreesOfFreedom),
  );
  const words = `ns(${name}, df = ${shape.degreesOfFreedom})`;
  return {
    name,
    role: "prior",
    columns: [...basis.map((values, k) => ({ name: `${words}${k + 1}`, values })), ...missingColumn(name, indicator)],
    words,
  };
}

function contextCovariate(covariate: ContextCovariate, pupils: Table, rows: Int32Array): Covariate {
  const { column: name } = covariate;
  if (covariate.kind === "number") {
    const { filled, indicator } = fillMissing(numbersOf(pupils, name, rows));
    return {
      name,
      role: "context",
      columns: [{ name, values: filled }, ...missingColumn(name, indicator)],
      words: name,
    };
  }
  const { codes, levels } = levelsOf(pupils, name, rows);
  const present = presentCodes(codes, levels.length);
  const inOrder = levels.map((level, code) => ({ level, code })).filter(({ code }) => present[code] === 1);
  inOrder.sort((a, b) => (a.level < b.level ? -1 : 1));
  const reference = covariate.reference ?? inOrder[0]?.level;
  const columns = inOrder
    .filter(({ level }) => level !== reference)
    .map(({ level, code }): FixedColumn => ({ name: name + level, values: indicatorOf(codes, code) }));
  const missing = present[levels.length] === 1 ? indicatorOf(codes, -1) : null;
  return { name, role: "context", columns: [...columns, ...missingColumn(name, missing)], words: name };
}

/** What a property of the intake is called, in formulas too. */
export const intakeName = ({ of, statistic }: IntakeCovariate) =>
  `${statistic === "standard-deviation" ? "school_sd" : "school_mean"}(${of})`;

/**
 * The mean (or standard deviation) of a column in each pupil's schools, every pupil counted by the share of time;
 * a pupil of several schools has the mean of theirs, by share.
 */
export function intakeValues(
  values: Float64Array,
  statistic: IntakeCovariate["statistic"],
  membership: SchoolMembership,
): Float64Array {
  const spread = statistic === "standard-deviation";
  const { schools, start, school, share } = membership;
  const [weight, sum, squares] = [
    new Float64Array(schools.length),
    new Float64Array(schools.length),
    new Float64Array(schools.length),
  ];
  const each = (visit: (row: number, at: number, part: number) => void) => {
    for (let i = 0; i < values.length; i++) {
      const end = start ? start[i + 1]! : i + 1;
      for (let e = start ? start[i]! : i; e < end; e++)
        if (school[e]! >= 0) visit(i, school[e]!, share ? share[e]! : 1);
    }
  };
  each((row, at, part) => {
    weight[at]! += part;
    sum[at]! += part * values[row]!;
  });
  each((row, at, part) => {
    squares[at]! += part * (values[row]! - sum[at]! / weight[at]!) ** 2;
  });
  const ofSchool = schools.map((_, s) => (spread ? Math.sqrt(squares[s]! / weight[s]!) : sum[s]! / weight[s]!));
  const [total, parts] = [new Float64Array(values.length), new Float64Array(values.length)];
  each((row, at, part) => {
    total[row]! += part * ofSchool[at]!;
    parts[row]! += part;
  });
  const overall = values.reduce((a, b) => a + b, 0) / values.length;
  return total.map((value, i) => (parts[i]! > 0 ? value / parts[i]! : spread ? 0 : overall));
}

/** A property of the school's intake as a covariate. */
export function intakeCovariate(
  { of, statistic }: IntakeCovariate,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
): Covariate {
  const { filled } = fillMissing(numbersOf(pupils, of, rows));
  const name = intakeName({ of, statistic });
  const values = intakeValues(filled, statistic, membership);
  return { name, role: "context", columns: [{ name, values }], words: name };
}

/**
 * Prior attainment. Where years have baselines of their own, each baseline has its columns, which say nothing of the other years' pupils,
 * and all but the first an indicator of its pupils: another test has another scale and another mean.
 */
function priorCovariates(
  { year, context }: MeasureSpecification,
  pupils: Table,
  rows: Int32Array,
  { baselines, baselineOf, code }: Cohorts,
): Covariate[] {
  if (baselines.length === 1 || !code)
    return baselines[0]!.prior.map((prior) => priorCovariate(prior, pupils, rows, null, ""));
  const place = Int32Array.from(rows, (row) => baselineOf[code[row]!] ?? 0);
  const present = baselines.map((_, b) => b).filter((b) => place.includes(b));
  return present.flatMap((b, k) => {
    const members = Uint8Array.from(place, (own) => (own === b ? 1 : 0));
    const mark = b === 0 ? "" : `[${baselines[b]!.years.join(", ")}]`;
    const subjects = baselines[b]!.prior.map((prior) => priorCovariate(prior, pupils, rows, members, mark));
    if (k === 0 || context.some(({ column }) => column === year)) return subjects;
    const name = `baseline${mark === "" ? "[other years]" : mark}`;
    const level: Covariate = {
      name,
      role: "prior",
      columns: [{ name, values: Float64Array.from(members) }],
      words: name,
    };
    return [level, ...subjects];
  });
}

/** Every covariate of the specification in the order of the formula: prior attainment, context, intake, products. */
export function covariatesOf(
  specification: MeasureSpecification,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
  cohorts: Cohorts,
): Covariate[] {
  const single = [
    ...priorCovariates(specification, pupils, rows, cohorts),
    ...specification.context.map((context) => contextCovariate(context, pupils, rows)),
    ...specification.intake.map((intake) => intakeCovariate(intake, pupils, rows, membership)),
  ];
  const named = (name: string): Covariate => {
    const found = single.find((covariate) => covariate.name === name);
    if (!found) throw new TypeError(`"${name}" is not a covariate of the specification`);
    return found;
  };
  const products = specification.interactions.map(([a, b]): Covariate => {
    const [left, right] = [named(a), named(b)];
    const columns = left.columns.flatMap((x) =>
      right.columns.map(
        (y): FixedColumn => ({
          name: `${x.name}:${y.name}`,
          values: x.values!.map((value, i) => value * y.values![i]!),
        }),
      ),
    );
    const role = left.role === "prior" && right.role === "prior" ? "prior" : "context";
    return { name: `${a}:${b}`, role, columns, words: `${a}:${b}` };
  });
  return [...single, ...products];
}

/** Values less their mean, in standard deviations (those of all values given); zeros where they are all alike. */
export function standardised(values: Float64Array): { readonly values: Float64Array; readonly deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { values: values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0)), deviation };
}

/** The outcome; several are each standardised over the pupils used, weighted, and divided by the sum of the weights. */
export function outcomeOf(specification: MeasureSpecification, pupils: Table, rows: Int32Array): Float64Array {
  const { outcomes } = specification;
  if (outcomes.length === 1) return numbersOf(pupils, outcomes[0]!.column, rows);
  const out = sharedFloats(rows.length);
  const weights = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  for (const { column, weight } of outcomes) {
    const { values } = standardised(numbersOf(pupils, column, rows));
    for (let i = 0; i < out.length; i++) out[i]! += (weight / weights) * values[i]!;
  }
  return out;
}

/** A slope's values: the covariate's own column, or a category's single contrast. */
export function slopeValues(
  name: string,
  covariates: readonly Covariate[],
  pupils: Table,
  rows: Int32Array,
): { name: string; values: Float64Array } {
  const covariate = covariates.find((candidate) => candidate.name === name);
  const first = covariate?.columns[0];
  if (first?.values && (covariate!.columns.length === 1 || first.name === name))
    return { name: first.name, values: first.values };
  if (pupils.columns.get(name)?.kind === "number" && !missingAnywhere(pupils, name, rows))
    return { name, values: numbersOf(pupils, name, rows) };
  columnOf(pupils, name, "number");
  throw new TypeError(`"${name}" can't have a slope that differs between schools: it has several columns`);
}

function missingAnywhere(pupils: Table, name: string, rows: Int32Array): boolean {
  const missing = missingIn(pupils, name);
  return rows.some((row) => missing(row));
}
