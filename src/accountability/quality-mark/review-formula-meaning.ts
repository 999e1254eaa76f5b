import { columnUses, type FormulaModel } from "../../statistics/formula/index.js";
import type { FurtherGroup, IntakeCovariate, Membership } from "../value-added/index.js";
import type { DraftSpecification, ReviewFile } from "./review-file.js";
import type { WrittenReview } from "./review-file-schema.js";
import { formulaOf, isSchool, schoolPart, sourcesOf } from "./review-formula-check.js";

/** What a formula says of the specification. */
type FormulaRoles = Pick<
  DraftSpecification,
  "outcomes" | "prior" | "context" | "intake" | "slopes" | "groups" | "membership" | "formula"
>;

/** The outcome columns of a formula with their weights. */
export function outcomesOfFormula({ response }: FormulaModel): readonly { column: string; weight: number }[] {
  if (response.kind === "composite") return response.parts.map(({ name, weight }) => ({ column: name, weight }));
  return response.of.kind === "name" ? [{ column: response.of.name, weight: 1 }] : [];
}

/** `school_mean(prior)` and `school_sd(prior)` among the sources of the terms. */
function intakeOf(sources: readonly string[]): IntakeCovariate[] {
  return sources.flatMap((source) => {
    const [, name, of] = /^(school_mean|school_sd)\((.*)\)$/s.exec(source) ?? [];
    if (name === undefined) return [];
    return [{ of: of!, statistic: name === "school_mean" ? ("mean" as const) : ("standard-deviation" as const) }];
  });
}

function groupsOf(model: FormulaModel, written: WrittenReview): FurtherGroup[] {
  return model.random.flatMap(({ group, factors }) => {
    const within = factors.some((factor) => isSchool(factor, written));
    return factors
      .filter((factor) => !isSchool(factor, written))
      .flatMap((factor) => (factor.kind === "column" ? [factor.name] : []))
      .map((column) => ({ name: within ? `school:${column}` : group, column, withinSchool: within }));
  });
}

/** What each column of the formula is: `prior` as the review file names it, everything else context. */
function rolesOf(model: FormulaModel, written: WrittenReview): Pick<FormulaRoles, "prior" | "context"> {
  const entries = <T extends { readonly column: string }>(list: readonly (string | T)[] = []) =>
    list.map((one) => (typeof one === "string" ? { column: one } : one)) as readonly (
      | T
      | { readonly column: string }
    )[];
  const missingOf = (one: object) => ("missing" in one ? (one.missing as "exclude" | "indicator" | "stop") : "exclude");
  const prior = entries(written.prior).map((one) => ({
    column: one.column,
    shape: { kind: "polynomial", degree: 1 } as const,
    missing: missingOf(one),
  }));
  const stated = new Map(entries(written.context).map((one) => [one.column, one]));
  const uses = columnUses(model).filter(
    ({ part, name }) => (part === "fixed" || part === "effects") && !prior.some(({ column }) => column === name),
  );
  const context = [...new Set(uses.map(({ name }) => name))].map((column) => {
    const as = new Set(uses.filter(({ name }) => name === column).map((use) => use.as));
    const own = stated.get(column) ?? { column };
    const kind =
      "kind" in own && own.kind ? own.kind : as.has("number") ? "number" : as.has("either") ? null : "category";
    return { column, kind: kind as "number" | "category" | null, reference: null, missing: missingOf(own) };
  });
  return { prior, context };
}

/**
 * The specification's roles as a formula says them, and the formula itself with the place of each character.
 * @param written was checked
 * @param membership as the review's settings say it
 */
export function formulaRoles(
  written: WrittenReview,
  membership: Membership,
  placeOf: ReviewFile["placeOf"],
): FormulaRoles | null {
  const model = formulaOf(written);
  if (!model) return null;
  const school = schoolPart(model, written)!;
  const [factor] = school.factors;
  const { text } = model.formula;
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  return {
    ...rolesOf(model, written),
    outcomes: outcomesOfFormula(model),
    intake: intakeOf([...new Set([...sourcesOf(model.fixed), ...sourcesOf(school.effects)])]),
    slopes: sourcesOf(school.effects),
    groups: groupsOf(model, written),
    membership:
      membership.kind === "one-school" && factor!.kind === "membership"
        ? {
            kind: "columns",
            schools: names(factor!.ids),
            shares: names(factor!.weights),
            remainder: factor!.scaled ? "rescale" : "unaccounted",
          }
        : membership,
    formula: {
      text,
      school: factor!.text,
      places: Array.from({ length: text.length }, (_, at) => placeOf(["formula", at])),
    },
  };
}
