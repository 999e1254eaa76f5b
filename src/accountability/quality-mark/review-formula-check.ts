import type { SettingPath } from "../../ingest/settings-file.js";
import { nearest } from "../../kernel/index.js";
import {
  columnUses,
  FormulaError,
  type FormulaModel,
  type GroupFactor,
  type RandomPart,
  sourcesOfTerm,
} from "../../statistics/formula/index.js";
import { readMeasureFormula } from "../value-added/index.js";
import type { WrittenReview } from "./review-file-schema.js";
import type { reviewProblem } from "./review-problem.js";
import { reviewDefaults } from "./review-schema-parts.js";

type Report = (code: Parameters<typeof reviewProblem>[0], path: SettingPath, message: string, remedy?: string) => void;

/** Settings that a formula says itself. */
const replaced = ["intake", "interactions", "slopes", "groups"] as const;

const nameOf = (one: string | { readonly column: string }) => (typeof one === "string" ? one : one.column);
const named = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);

/** The formula of a review that was checked; null where it has none. */
export function formulaOf({ formula }: WrittenReview): FormulaModel | null {
  return formula === undefined ? null : readMeasureFormula(formula);
}

/** The formula, or null where it can't be read or there is none. */
export function readableFormula(written: WrittenReview): FormulaModel | null {
  try {
    return formulaOf(written);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return null;
  }
}

/** The factor of a group that is the school: the membership's mm(), else the column of the pupils' school, else the mm() of columns. */
export function isSchool(factor: GroupFactor, { pupils, membership }: WrittenReview): boolean {
  if (factor.kind === "column") return !membership && factor.name === pupils.school;
  if (!membership) return pupils.school === undefined;
  const { table, spells } = membership;
  const weight = table ? table.share : (spells?.unit ?? reviewDefaults.unit);
  const school = table ? table.school : spells?.school;
  return named(factor.ids).join() === school && named(factor.weights).join() === weight;
}

/** The part of the formula that is the schools' own. */
export function schoolPart(model: FormulaModel, written: WrittenReview): RandomPart | undefined {
  return model.random.find(({ factors }) => factors.length === 1 && isSchool(factors[0]!, written));
}

/** Columns and properties of the intake of which some terms are made, each once, without backticks. */
export const sourcesOf = (terms: FormulaModel["fixed"]) => [
  ...new Set(terms.terms.flatMap((term) => sourcesOfTerm(terms, term)).map((name) => name.replaceAll("`", ""))),
];

/** Covariates whose effect differs between schools, by `slopes` or by the formula. */
export function slopesOf(written: WrittenReview): readonly string[] {
  const model = readableFormula(written);
  const school = model && schoolPart(model, written);
  return school ? sourcesOf(school.effects) : (written.slopes ?? []);
}

/** How the school's part has to be written. */
function schoolAdvice({ pupils, membership }: WrittenReview): string {
  if (membership?.table) return `(1 | mm(${membership.table.school}, ${membership.table.share}))`;
  if (membership?.spells)
    return `(1 | mm(${membership.spells.school}, ${membership.spells.unit ?? reviewDefaults.unit}))`;
  return `(1 | ${pupils.school ?? "mm(school1 + school2, share1 + share2)"})`;
}

/** What is wrong with a formula, or with it beside the other settings. */
export function checkFormula(written: WrittenReview, report: Report): void {
  for (const key of replaced)
    if (written[key] !== undefined)
      report("settings-contradictory", [key], `\`${key}\` and \`formula\` are both set`, "Write it in the formula.");
  written.cohorts?.forEach(({ baseline }, index) => {
    if (baseline !== undefined)
      report(
        "settings-contradictory",
        ["cohorts", index, "baseline"],
        "a formula has one baseline for all years",
        "Leave the year out, or use `outcome`, `prior` and `context` in place of the formula.",
      );
  });
  let model: FormulaModel | null = null;
  try {
    model = formulaOf(written);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    report("formula-invalid", ["formula", error.at], error.reason, error.remedy);
  }
  if (!model) return;
  checkResponse(model, written, report);
  checkRoles(model, written, report);
  checkSchool(model, written, report);
}

function checkResponse({ response }: FormulaModel, { outcome, outcomes }: WrittenReview, report: Report): void {
  if (response.kind === "value" && response.of.kind !== "name")
    report(
      "formula-invalid",
      ["formula", response.at],
      `the outcome of a review is a column, not "${response.name}"`,
      "Make the column in the pupil files, or add several up by composite(2 * maths + reading).",
    );
  const columns = response.kind === "composite" ? named(response.parts) : [response.name.replaceAll("`", "")];
  const declared = [...(outcome === undefined ? [] : [outcome]), ...(outcomes ?? [])];
  declared.forEach((one, index) => {
    if (!columns.includes(nameOf(one)))
      report(
        "settings-contradictory",
        outcome === undefined ? ["outcomes", index] : ["outcome"],
        `\`${nameOf(one)}\` is not the outcome of the formula`,
        `Name ${columns.map((name) => `\`${name}\``).join(" or ")}, or leave it out.`,
      );
  });
}

/** `prior` and `context` beside a formula only say what its columns are and what is done where they are missing. */
function checkRoles(model: FormulaModel, { prior = [], context = [] }: WrittenReview, report: Report): void {
  const fixed = [...new Set(columnUses(model).flatMap(({ name, part }) => (part === "fixed" ? [name] : [])))];
  const check = (column: string, path: SettingPath) => {
    if (fixed.includes(column)) return;
    const guess = nearest(column, fixed);
    report(
      "name-unknown",
      path,
      `the formula has no \`${column}\` outside its random parts`,
      `${guess ? `Did you mean \`${guess}\`? ` : ""}It has ${fixed.join(", ") || "none"}.`,
    );
  };
  const shaped = "the formula says what is made of a column";
  prior.forEach((one, index) => {
    check(nameOf(one), ["prior", index]);
    for (const key of ["degree", "spline"] as const)
      if (typeof one !== "string" && one[key] !== undefined)
        report(
          "settings-contradictory",
          ["prior", index, key],
          shaped,
          "Write it there, as poly(prior, 3) or ns(prior, df = 4).",
        );
  });
  context.forEach((one, index) => {
    check(nameOf(one), ["context", index]);
    if (typeof one !== "string" && one.reference !== undefined)
      report(
        "settings-contradictory",
        ["context", index, "reference"],
        shaped,
        'Write it there, as factor(sex, ref = "boy").',
      );
  });
}

function checkSchool(model: FormulaModel, written: WrittenReview, report: Report): void {
  const invalid = (at: number, message: string, remedy: string) =>
    report("formula-invalid", ["formula", at], message, remedy);
  const advice = schoolAdvice(written);
  const school = schoolPart(model, written);
  const [first] = school?.factors ?? [];
  for (const { factors } of model.random)
    for (const factor of factors)
      if (factor.kind === "membership" && (!isSchool(factor, written) || (first && factor.text !== first.text)))
        invalid(
          factor.at,
          `${factor.text} is not how this review says at which schools a pupil was`,
          `Write ${first ? `(1 | ${first.text})` : advice}.`,
        );
  if (!school) {
    const mistaken = model.random.some(({ factors }) => factors.some(({ kind }) => kind === "membership"));
    const last = model.random.at(-1);
    if (!mistaken && (written.pupils.school !== undefined || written.membership))
      invalid(last?.at ?? model.formula.right.at, "no part of the formula is the school's", `Add + ${advice}.`);
    return;
  }
  if (!school.effects.intercept)
    invalid(school.at, "the school's part has no effect of the school itself", `Begin it with 1, as ${advice}.`);
  const seen = new Set<string>();
  for (const { group, factors, effects, at } of model.random) {
    const own = factors.some((factor) => factor.text === first!.text);
    if (seen.has(group))
      invalid(
        at,
        `the group ${group} stands in two parts`,
        `Put what varies into one part, as (1 + prior | ${group}), with one bar.`,
      );
    seen.add(group);
    if (own && factors.length > 2)
      invalid(at, "a part within schools has one column beside the school", `As (1 | ${first!.text}:cohort).`);
    if (own && factors.length === 2 && (effects.terms.length > 0 || !effects.intercept))
      invalid(
        at,
        "within schools only a level can vary",
        `Write (1 | ${group}); slopes stand in the school's own part.`,
      );
  }
}
