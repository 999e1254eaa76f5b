import { anyFormat, type ColumnRequest, readTable, sourceFile } from "../ingest/index.js";
import {
  type Column,
  err,
  missingDay,
  ok,
  type Problem,
  type Progress,
  type Result,
  type Table,
} from "../kernel/index.js";
import {
  columnUses,
  type FormulaColumn,
  type FormulaFrame,
  type FormulaMembership,
  type FormulaModel,
  type GroupFactor,
} from "../statistics/formula/index.js";
import { membershipOfRows } from "./fit-membership.js";

/** Which files a formula is fitted to. */
export interface FitFiles {
  readonly pupils: readonly string[];
  /** Files with a row a membership; none where an mm() names columns of the pupils. */
  readonly membership: readonly string[];
  /** The column that tells pupils apart in both; null where there is no membership. */
  readonly pupil: string | null;
}

/** The tables that a formula needs. */
export interface FitTables {
  readonly pupils: Table;
  readonly membership: { readonly table: Table; readonly factor: LongMembership } | null;
}

type LongMembership = Extract<GroupFactor, { kind: "membership" }>;

/** The mm() of the formula that the membership files hold; null where they are none. */
function longMembership(model: FormulaModel, files: FitFiles): LongMembership | null {
  if (files.membership.length === 0) return null;
  const factors = model.random.flatMap((part) => part.factors);
  return factors.find((one): one is LongMembership => one.kind === "membership" && one.ids.length === 1) ?? null;
}

/** Each of the pupils' columns once: a number where something computes with it, else as it is, else a text. */
function pupilColumns(model: FormulaModel, elsewhere: LongMembership | null, pupil: string | null): ColumnRequest[] {
  const uses = new Map<string, { readonly as: Set<string>; readonly askedAt: string }>();
  for (const { name, as, membership, at } of columnUses(model)) {
    if (membership !== null && membership === elsewhere?.text) continue;
    const use = uses.get(name) ?? { as: new Set(), askedAt: `--formula, character ${at + 1}` };
    use.as.add(as);
    uses.set(name, use);
  }
  if (pupil !== null) uses.set(pupil, { as: new Set(["id"]), askedAt: "--pupil" });
  return [...uses].map(([name, { as, askedAt }]): ColumnRequest => {
    const kind = as.has("number") || as.has("weight") ? "number" : as.has("either") ? "either" : "category";
    return { name, kind, missing: name === pupil ? "refuse" : "allow", askedAt };
  });
}

/** Reads the columns that a formula names, all or nothing. */
export async function readFitTables(
  model: FormulaModel,
  files: FitFiles,
  progress: Progress,
): Promise<Result<FitTables, readonly Problem[]>> {
  const factor = longMembership(model, files);
  if (!factor && files.membership.length > 0)
    return err([
      {
        code: "formula-invalid",
        place: "--formula",
        message: "no part of the formula uses the membership",
        remedy: "Add one with its columns, as (1 | mm(school, share)), or leave --membership out.",
      },
    ]);
  const sources = (paths: readonly string[]) => paths.map((path) => sourceFile(path));
  const columns = pupilColumns(model, factor, factor ? files.pupil : null);
  const pupils = await readTable({ files: sources(files.pupils), columns, format: anyFormat, progress });
  if (!pupils.ok) return pupils;
  if (!factor) return ok({ pupils: pupils.value, membership: null });
  const asked = (name: string, kind: ColumnRequest["kind"], missing: ColumnRequest["missing"]): ColumnRequest => ({
    ...{ name, kind, missing },
    askedAt: "--membership",
  });
  const table = await readTable({
    files: sources(files.membership),
    columns: [
      asked(files.pupil!, "category", "refuse"),
      asked(factor.ids[0]!.name, "category", "allow"),
      asked(factor.weights[0]!.name, "number", "allow"),
    ],
    format: anyFormat,
    progress,
  });
  return table.ok ? ok({ pupils: pupils.value, membership: { table: table.value, factor } }) : table;
}

function formulaColumn(column: Column): FormulaColumn {
  if (column.kind === "number") return { kind: "number", values: column.values };
  if (column.kind === "category") return { kind: "category", codes: column.codes, levels: column.levels };
  return { kind: "number", values: Float64Array.from(column.days, (day) => (day === missingDay ? Number.NaN : day)) };
}

/** The pupils' columns as a formula is read on them. */
export function frameOf({ rows, columns }: Table): FormulaFrame {
  return { rows, columns: new Map([...columns].map(([name, column]) => [name, formulaColumn(column)])) };
}

/** The memberships of the pupils used; null where the formula has none in a table. */
export function membershipsOf(
  { pupils, membership }: FitTables,
  pupil: string | null,
  rows: Int32Array,
): Result<
  { readonly memberships: Map<string, FormulaMembership>; readonly notes: readonly string[] } | null,
  readonly Problem[]
> {
  if (!membership) return ok(null);
  const { table, factor } = membership;
  const columns = { pupil: pupil!, group: factor.ids[0]!.name, weight: factor.weights[0]!.name };
  const made = membershipOfRows(pupils, table, columns, rows);
  if (!made.ok) return err(made.error);
  const { alone } = made.value;
  const notes =
    alone === 0
      ? []
      : [`${alone} rows have no membership in ${table.name}: no effect of ${factor.text} counts for them.`];
  return ok({ memberships: new Map([[factor.text, made.value.membership]]), notes });
}
