import { membershipProblems, sharesFromTable } from "../../accountability/value-added/index.js";
import { type Column, columnOf, type Progress, type Table } from "../../kernel/index.js";
import { completeRows, designOf, type FormulaColumn, type FormulaMembership } from "../../statistics/formula/index.js";
import type { MixedModelDesign } from "../../statistics/mixed-model/index.js";
import type { SourceFile } from "../file-bytes.js";
import { collectProblems } from "../problems.js";
import { reportRepeatedPupils } from "../pupil-ids.js";
import { readTable } from "../read-table.js";
import { comparePupils } from "../review-membership.js";
import { anyFormat, type ColumnRequest } from "../table-request.js";
import type { RowCounts } from "./check-rows.js";
import { SumsFault } from "./engine.js";
import { columnsInUse, membershipPlaces, type SumsModel } from "./sums-model.js";

/** Files that stand for the tables of a model. */
export interface SumsFiles {
  readonly pupils: readonly SourceFile[];
  /** Empty where the model has no table of memberships. */
  readonly memberships: readonly SourceFile[];
}

type Wanted = readonly [name: string, kind: ColumnRequest["kind"], missing: ColumnRequest["missing"]];

async function read(files: readonly SourceFile[], wanted: readonly Wanted[], progress: Progress): Promise<Table> {
  const columns = new Map(wanted.map(([name, kind, missing]) => [name, { name, kind, missing, askedAt: null }]));
  const table = await readTable({ files, columns: [...columns.values()], format: anyFormat, progress });
  if (!table.ok) throw new SumsFault(table.error);
  return table.value;
}

function formulaColumn(column: Column): FormulaColumn {
  if (column.kind === "date") throw new TypeError(`column "${column.name}" was not asked for as days`);
  return column;
}

/** Which pupils had which school for what share of the time, for every row of the pupils. */
function membershipOf(model: SumsModel, pupils: Table, members: Table): FormulaMembership {
  const [place] = membershipPlaces(model);
  const problems = collectProblems();
  const id = model.pupils.id!;
  const memberId = model.memberships!.id;
  reportRepeatedPupils(pupils, id, problems);
  comparePupils(pupils, columnOf(pupils, id, "category"), members, columnOf(members, memberId, "category"), problems);
  if (problems.count() > 0) throw new SumsFault(problems.all());
  const own = columnOf(pupils, id, "category");
  const rowOf = new Map<string, number>();
  own.codes.forEach((code, row) => {
    rowOf.set(own.levels[code]!, row);
  });
  const theirs = columnOf(members, memberId, "category");
  const rowOfCode = Int32Array.from(theirs.levels, (level) => rowOf.get(level)!);
  const school = columnOf(members, place!.school, "category");
  const shares = sharesFromTable(
    {
      pupil: theirs.codes.map((code) => rowOfCode[code]!),
      school: school.codes,
      share: columnOf(members, place!.share, "number").values,
    },
    pupils.rows,
    "unaccounted",
  );
  if (!shares.ok) throw new SumsFault(membershipProblems(shares.error, members.placeOf));
  return { levels: school.levels, start: shares.value.start, level: shares.value.school, weight: shares.value.share };
}

/** The memberships of some of the rows. */
function pick({ levels, start, level, weight }: FormulaMembership, rows: Int32Array): FormulaMembership {
  const begin = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    begin[i + 1] = begin[i]! + start![row + 1]! - start![row]!;
  });
  const [levelOut, weightOut] = [new Int32Array(begin.at(-1)!), new Float64Array(begin.at(-1)!)];
  rows.forEach((row, i) => {
    levelOut.set(level.subarray(start![row]!, start![row + 1]!), begin[i]!);
    weightOut.set(weight!.subarray(start![row]!, start![row + 1]!), begin[i]!);
  });
  return { levels, start: begin, level: levelOut, weight: weightOut };
}

/**
 * Reads the tables of a model from files into a design in memory, by the rules that databases follow too.
 * @throws {SumsFault} with every problem of the files
 * @throws {FormulaError} where the formula and the columns don't fit
 */
export async function designOfFiles(
  model: SumsModel,
  files: SumsFiles,
  progress: Progress,
): Promise<{ readonly design: MixedModelDesign; readonly counts: RowCounts }> {
  const { numbers, either, categories, keys } = columnsInUse(model);
  const places = membershipPlaces(model);
  const members: readonly Wanted[] = places.flatMap(({ school, share }) => [
    [school, "category", "allow"] as const,
    [share, "number", "allow"] as const,
  ]);
  const { memberships } = model;
  const pupils = await read(
    files.pupils,
    [
      ...[...categories, ...keys].map((name) => [name, "category", "allow"] as const),
      ...numbers.map((name) => [name, "number", "allow"] as const),
      ...either.filter((name) => !numbers.includes(name)).map((name) => [name, "either", "allow"] as const),
      ...(memberships ? [[model.pupils.id!, "category", "refuse"] as const] : members),
    ],
    progress,
  );
  const columns = new Map([...pupils.columns].map(([name, column]) => [name, formulaColumn(column)]));
  const complete = completeRows(model.formula, { rows: pupils.rows, columns });
  const counts = {
    pupils: pupils.rows,
    used: complete.frame.rows,
    missing: complete.leftOut.map(({ column, count }) => ({ column, pupils: count })),
  };
  if (!memberships) return { design: designOf(model.formula, complete.frame).design, counts };
  const table = await read(files.memberships, [[memberships.id, "category", "refuse"], ...members], progress);
  const membership = pick(membershipOf(model, pupils, table), complete.rows);
  const shared = model.formula.random.flatMap(({ factors }) => factors).find(({ kind }) => kind === "membership")!;
  const frame = { ...complete.frame, memberships: new Map([[shared.text, membership]]) };
  return { design: designOf(model.formula, frame).design, counts };
}
