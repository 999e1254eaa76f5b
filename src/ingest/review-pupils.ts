import type { DraftSpecification, ReviewFile } from "../accountability/quality-mark/index.js";
import { type MeasureSpecification, readMeasureFormula } from "../accountability/value-added/index.js";
import { columnOf, err, nearest, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import { columnUses } from "../statistics/formula/index.js";
import { collectProblems, problem } from "./problems.js";
import { reportRepeatedPupils, withPupilColumn } from "./pupil-ids.js";
import { readReviewTable, type WantedColumn } from "./review-files.js";

/** The pupils with the specification, in which every kind is now known. */
export interface ReviewPupils {
  readonly table: Table;
  readonly specification: MeasureSpecification;
}

/** A column of the pupil files and what it is needed as; `any` takes whatever else needs it, and a category alone. */
interface Need {
  readonly name: string;
  readonly kind: "number" | "category" | "either" | "any";
  readonly missing: "allow" | "refuse";
  readonly path: readonly (string | number)[];
}

const kindOfUse = { number: "number", levels: "any", either: "either", id: "category", weight: "number" } as const;

/** What a formula needs of the pupil files, each at its place in the text; the columns of a membership table are elsewhere. */
function needsOfFormula({ specification }: ReviewFile): Need[] {
  const { formula, membership, context } = specification;
  if (!formula) return [];
  const elsewhere = membership.kind === "table" || membership.kind === "spells" ? formula.school : null;
  return columnUses(readMeasureFormula(formula.text))
    .filter((use) => use.membership === null || use.membership !== elsewhere)
    .map(({ name, as, at }) => {
      const stated = as === "either" ? context.find(({ column }) => column === name)?.kind : null;
      return { name, kind: stated ?? kindOfUse[as], missing: "allow", path: ["formula", at] };
    });
}

function needsOf(review: ReviewFile): Need[] {
  const { specification } = review;
  const own = needsOfIds(review);
  return specification.formula ? [...own, ...needsOfFormula(review)] : [...own, ...needsOfRoles(review)];
}

const one = (name: string, kind: Need["kind"], path: Need["path"], missing: Need["missing"] = "allow"): Need => ({
  ...{ name, kind, path, missing },
});

/** The columns of pupils, schools, years and groups of pupils. */
function needsOfIds({ specification, pupils }: ReviewFile): Need[] {
  return [
    ...pupils.pupil.map((name, i) => one(name, "category", ["pupils", "pupil", i], "refuse")),
    ...(specification.school === null ? [] : [one(specification.school, "category", ["pupils", "school"])]),
    ...(specification.year === null ? [] : [one(specification.year, "any", ["pupils", "year"])]),
    ...(specification.residual ? [one(specification.residual.varies, "number", ["residual", "varies"])] : []),
    // A group at a quantile needs numbers; one at a level takes the column as its covariate is read.
    ...specification.subgroups.map(({ column, members }, i) =>
      one(column, members.kind === "level" ? "any" : "number", ["subgroups", i]),
    ),
  ];
}

function needsOfRoles({ specification }: ReviewFile): Need[] {
  return [
    ...specification.outcomes.map(({ column }, i) =>
      one(column, "number", specification.outcomes.length > 1 ? ["outcomes", i] : ["outcome"]),
    ),
    ...specification.prior.map(({ column }, i) => one(column, "number", ["prior", i])),
    ...specification.cohorts.flatMap(({ rule }, i) =>
      rule.kind === "leave-out"
        ? []
        : rule.prior.map(({ column }, k) => one(column, "number", ["cohorts", i, "baseline", k])),
    ),
    ...specification.context.map(({ column, kind }, i) => one(column, kind ?? "either", ["context", i])),
    ...specification.intake.map(({ of }, i) => one(of, "number", ["intake", i])),
    ...specification.groups.map(({ column }, i) => one(column, "any", ["groups", i])),
  ];
}

/** Each column once, with the kind that all who need it can use. */
function mergeNeeds(review: ReviewFile, needs: readonly Need[]): Result<readonly WantedColumn[], readonly Problem[]> {
  const merged = new Map<string, Need>();
  const problems: Problem[] = [];
  for (const need of needs) {
    const before = merged.get(need.name);
    if (!before) {
      merged.set(need.name, need);
      continue;
    }
    const missing = before.missing === "refuse" ? "refuse" : need.missing;
    const kinds = new Set([before.kind, need.kind]);
    if (kinds.has("number") && kinds.has("category")) {
      const message = `column "${need.name}" is used as a number here and as a category in ${review.placeOf(before.path)}`;
      const remedy = "Use another column, or a copy of it under another name.";
      problems.push(problem("kind-contradictory", review.placeOf(need.path), message, remedy));
    }
    const kind = (["number", "category", "either"] as const).find((one) => kinds.has(one)) ?? "any";
    merged.set(need.name, { ...before, kind, missing });
  }
  if (problems.length > 0) return err(problems);
  return ok([...merged.values()].map((need) => ({ ...need, kind: need.kind === "any" ? "category" : need.kind })));
}

/** Reads the pupils that a review names, with unique ids; finds out which covariates are categories. */
export async function readReviewPupils(
  review: ReviewFile,
  progress: Progress,
): Promise<Result<ReviewPupils, readonly Problem[]>> {
  const wanted = mergeNeeds(review, needsOf(review));
  if (!wanted.ok) return wanted;
  const read = await readReviewTable(review, review.pupils, wanted.value, progress);
  if (!read.ok) return read;
  const { specification } = review;
  const table = withPupilColumn(withoutNone(read.value, specification), review.pupils.pupil, specification.pupil);
  const problems = collectProblems();
  if (review.pupils.pupil.length > 0) reportRepeatedPupils(table, specification.pupil, problems);
  for (const found of unknownReferences(review, table)) problems.add(found);
  if (problems.count() > 0) return err(problems.all());
  return ok({ table, specification: withKinds(specification, table) });
}

/** Where schools stand in several columns of the pupils, `0` is no school. */
function withoutNone(table: Table, { membership }: DraftSpecification): Table {
  if (membership.kind !== "columns") return table;
  const columns = new Map(table.columns);
  for (const name of membership.schools) {
    const column = columnOf(table, name, "category");
    const none = column.levels.indexOf("0");
    if (none >= 0) columns.set(name, { ...column, codes: column.codes.map((code) => (code === none ? -1 : code)) });
  }
  return { name: table.name, rows: table.rows, columns, placeOf: (row) => table.placeOf(row) };
}

function withKinds(specification: DraftSpecification, table: Table): MeasureSpecification {
  const context = specification.context.map((covariate) => {
    const kind = table.columns.get(covariate.column)?.kind === "number" ? ("number" as const) : ("category" as const);
    return { ...covariate, kind };
  });
  return { ...specification, context };
}

/** Reference levels that no pupil has. */
function unknownReferences(review: ReviewFile, table: Table): Problem[] {
  return review.specification.context.flatMap(({ column: name, reference }, index) => {
    const column = table.columns.get(name);
    if (reference === null || column?.kind !== "category" || column.levels.includes(reference)) return [];
    const guess = nearest(reference, column.levels);
    const shown = column.levels
      .slice(0, 12)
      .map((level) => `"${level}"`)
      .join(", ");
    const remedy = `${guess === null ? "" : `Did you mean "${guess}"? `}The levels are ${shown}${column.levels.length > 12 ? ", …" : ""}.`;
    const message = `no pupil has the reference level "${reference}" of "${name}"`;
    return [problem("level-unknown", review.placeOf(["context", index, "reference"]), message, remedy)];
  });
}
