import type { Problem, Table } from "../../kernel/index.js";
import {
  columnUses,
  designOf,
  type FormulaColumn,
  type FormulaError,
  type FormulaFrame,
  type FormulaGroup,
  type FormulaModel,
  readFormula,
} from "../../statistics/formula/index.js";
import type { FixedColumn, RandomTerm } from "../../statistics/mixed-model/index.js";
import { type CovariateRole, fillMissing, intakeCovariate, intakeName, intakeValues } from "./covariates.js";
import type { WithinSchool } from "./design.js";
import { farFromZero } from "./far-from-zero.js";
import { levelsOf, numbersOf } from "./pupils-used.js";
import type { SchoolMembership } from "./school-membership.js";
import type { FurtherGroup, MeasureFormula, MeasureSpecification } from "./specification.js";

/** The columns and groups of a model, with what they stand for. The first random term is the school's. */
export interface ModelShape {
  readonly fixed: readonly FixedColumn[];
  readonly roles: readonly CovariateRole[];
  readonly random: readonly RandomTerm[];
  readonly within: readonly WithinSchool[];
  /** In R's words. */
  readonly formula: string;
  readonly notes: readonly string[];
}

/** Properties of the school's intake that a formula may name, as `school_mean(prior)`. */
export const intakeFunctions: readonly string[] = ["school_mean", "school_sd"];

/** A formula of a measure with all that it says. @throws {FormulaError} */
export const readMeasureFormula = (text: string): FormulaModel => readFormula(text, intakeFunctions);

interface MadeFrame {
  readonly frame: FormulaFrame;
  /** Where values were missing of which the specification wants an indicator. */
  readonly indicators: readonly { readonly of: string; readonly column: FixedColumn }[];
}

/** A category in which missing is a level of its own. */
function withMissingLevel({ codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] }) {
  if (!codes.includes(-1)) return { codes, levels };
  return { codes: codes.map((code) => (code < 0 ? levels.length : code)), levels: [...levels, "missing"] };
}

/** The columns that the formula names, over the pupils used. */
function frameOf(
  specification: MeasureSpecification,
  formula: MeasureFormula,
  model: FormulaModel,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
): MadeFrame {
  const kept = [...specification.prior, ...specification.context].filter(({ missing }) => missing === "indicator");
  const columns = new Map<string, FormulaColumn>();
  const indicators: { of: string; column: FixedColumn }[] = [];
  for (const { name, membership: within } of columnUses(model)) {
    if (within === formula.school || columns.has(name)) continue;
    const hasIndicator = kept.some(({ column }) => column === name);
    if (pupils.columns.get(name)?.kind === "number") {
      const values = numbersOf(pupils, name, rows);
      const { filled, indicator } = hasIndicator ? fillMissing(values) : { filled: values, indicator: null };
      columns.set(name, { kind: "number", values: filled });
      if (indicator) indicators.push({ of: name, column: { name: `${name} missing`, values: indicator } });
    } else {
      const found = levelsOf(pupils, name, rows);
      columns.set(name, { kind: "category", ...(hasIndicator ? withMissingLevel(found) : found) });
    }
  }
  const { schools: levels, start, school: level, share: weight } = membership;
  const frame: FormulaFrame = {
    rows: rows.length,
    columns,
    memberships: new Map([[formula.school, { levels, start, level, weight }]]),
    functions: new Map([
      ["school_mean", (values) => intakeValues(values, "mean", membership)],
      ["school_sd", (values) => intakeValues(values, "standard-deviation", membership)],
    ]),
  };
  return { frame, indicators };
}

function fixedPart(
  specification: MeasureSpecification,
  made: ReturnType<typeof designOf>,
  { frame, indicators }: MadeFrame,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
): Pick<ModelShape, "fixed" | "roles"> {
  const prior = new Set(specification.prior.map(({ column }) => column));
  const others = new Set([
    ...specification.context.map(({ column }) => column),
    ...specification.intake.map(intakeName),
  ]);
  const roleOf = (from: readonly string[]): CovariateRole | null => {
    if (from.length === 0) return "constant";
    if (from.every((name) => prior.has(name))) return "prior";
    return from.every((name) => prior.has(name) || others.has(name)) ? "context" : null;
  };
  const columns = [
    ...made.design.fixed.map((column, j) => ({ column, role: roleOf(made.from[j]!) })),
    ...indicators.filter(({ of }) => frame.columns.has(of)).map(({ of, column }) => ({ column, role: roleOf([of]) })),
  ].filter(({ role }) => role !== null);
  const named = new Set(made.from.flat());
  for (const intake of specification.intake)
    if (!named.has(intakeName(intake)))
      columns.push({ column: intakeCovariate(intake, pupils, rows, membership).columns[0]!, role: "context" });
  return { fixed: columns.map(({ column }) => column), roles: columns.map(({ role }) => role!) };
}

/** The group of the specification that a random part stands for; null where it was dropped. */
function groupOf({ groups }: MeasureSpecification, { part }: FormulaGroup, school: string): FurtherGroup | null {
  const own = part.factors.some(({ text }) => text === school);
  const columns = part.factors.flatMap((factor) =>
    factor.kind === "column" && factor.text !== school ? [factor.name] : [],
  );
  if (own) return groups.find(({ column, withinSchool }) => withinSchool && column === columns[0]) ?? null;
  const named = columns.map((name) =>
    groups.find((group) => !group.withinSchool && group.name === part.group && group.column === name),
  );
  return named.every(Boolean) ? (named[0] ?? null) : null;
}

/** Which school and which level of the other factor each level of a group within schools is. */
function withinOf(group: FurtherGroup, term: number, { factors }: FormulaGroup, school: string): WithinSchool {
  const own = factors.find(({ text }) => text === school)!;
  const other = factors.find(({ text }) => text !== school)!;
  return { group, term, school: own.codes, part: other.codes, parts: other.levels };
}

function randomPart(
  specification: MeasureSpecification,
  { school }: MeasureFormula,
  { design, groups }: ReturnType<typeof designOf>,
): Pick<ModelShape, "random" | "within" | "notes"> {
  const base = groups.findIndex(({ part }) => part.factors.length === 1 && part.factors[0]!.text === school);
  const slopes = new Set(specification.slopes);
  const term = design.random[base]!;
  const coefficients = term.coefficients.filter((_, c) => groups[base]!.from[c]!.every((name) => slopes.has(name)));
  const random: RandomTerm[] = [{ ...term, group: "school", coefficients }];
  const within: WithinSchool[] = [];
  const notes = coefficients.flatMap(({ name, values }) => (values ? farFromZero({ name, values }) : []));
  groups.forEach((made, k) => {
    const group = k === base ? null : groupOf(specification, made, school);
    if (!group) return;
    if (group.withinSchool) {
      const place = withinOf(group, random.length, made, school);
      if (new Set(place.part).size < 2) {
        notes.push(
          `The group "${group.name}" was left out: with one level of "${group.column}" it is the school itself.`,
        );
        return;
      }
      within.push(place);
    }
    random.push({ ...design.random[k]!, group: group.name });
  });
  return { random, within, notes };
}

/**
 * The model of a formula over the pupils used. Terms with a column that has no role in the specification are dropped, and properties of the
 * intake that the specification has and the formula has not are added, so that a variant of the roles is a variant of the model.
 * @throws {FormulaError} where a column can't be what the formula makes of it
 */
export function formulaShape(
  specification: MeasureSpecification,
  formula: MeasureFormula,
  pupils: Table,
  rows: Int32Array,
  membership: SchoolMembership,
): ModelShape {
  const model = readMeasureFormula(formula.text);
  const made = frameOf(specification, formula, model, pupils, rows, membership);
  const found = designOf(model, made.frame);
  const plain = (from: readonly (readonly string[])[]) => from.map((names) => names.map((n) => n.replaceAll("`", "")));
  const design = {
    ...found,
    from: plain(found.from),
    groups: found.groups.map((group) => ({ ...group, from: plain(group.from) })),
  };
  return {
    ...fixedPart(specification, design, made, pupils, rows, membership),
    ...randomPart(specification, formula, design),
    formula: formula.text.replace(/\s+/g, " ").trim(),
  };
}

/** A fault of the formula on these pupils, at its place in the review file. */
export function formulaProblem(
  error: FormulaError,
  places: readonly string[],
  pupils: Table,
  rows: Int32Array,
): Problem {
  const where = error.row === null ? "" : ` (${pupils.placeOf(rows[error.row]!)})`;
  return {
    code: "formula-invalid",
    place: places[error.at] ?? pupils.name,
    message: `${error.reason.replace(/ in row \d+$/, "")}${where}`,
    remedy: error.remedy,
  };
}
