import { type MembershipCode, membershipProblems, rowFindings } from "../accountability/value-added/index.js";
import { columnOf, err, ok, type Problem, type Result, type Table } from "../kernel/index.js";
import type { FormulaMembership } from "../statistics/formula/index.js";

/** Columns of a table with a row a membership. */
export interface MembershipColumns {
  readonly pupil: string;
  readonly group: string;
  readonly weight: string;
}

/** Rows of the table by the pupil that they name: those of pupil p are `order[first[p]]` … `order[first[p + 1] − 1]`. */
function rowsByPupil(codes: Int32Array, pupils: number): { first: Int32Array; order: Int32Array } {
  const first = new Int32Array(pupils + 1);
  for (let row = 0; row < codes.length; row++) first[codes[row]! + 1]!++;
  for (let p = 0; p < pupils; p++) first[p + 1]! += first[p]!;
  const [next, order] = [first.slice(), new Int32Array(codes.length)];
  for (let row = 0; row < codes.length; row++) order[next[codes[row]!]!++] = row;
  return { first, order };
}

function impossibleWeights(weights: Float64Array, table: Table): Problem[] {
  const rows: number[] = [];
  const codes: MembershipCode[] = [];
  for (let row = 0; row < weights.length; row++) {
    if (weights[row]! >= 0 && weights[row]! < Number.POSITIVE_INFINITY) continue;
    rows.push(row);
    codes.push(weights[row]! < 0 ? "share-negative" : "share-not-a-number");
  }
  return membershipProblems(rowFindings(rows, codes), (row) => table.placeOf(row));
}

/**
 * The memberships of some rows of the pupils, with the weights as they are written: they need not add up to one. A pupil may
 * have several rows. A row without a group, or with a weight of 0, is no membership; groups without pupils are left out.
 * @param rows of the pupils, in the order of the model
 * @returns with how many of the rows have no membership
 */
export function membershipOfRows(
  pupils: Table,
  table: Table,
  columns: MembershipColumns,
  rows: Int32Array,
): Result<{ readonly membership: FormulaMembership; readonly alone: number }, readonly Problem[]> {
  const weights = columnOf(table, columns.weight, "number").values;
  const problems = impossibleWeights(weights, table);
  if (problems.length > 0) return err(problems);
  const own = columnOf(pupils, columns.pupil, "category");
  const theirs = columnOf(table, columns.pupil, "category");
  const group = columnOf(table, columns.group, "category");
  const codeOfId = new Map(theirs.levels.map((id, code) => [id, code]));
  const codeOf = Int32Array.from(own.levels, (id) => codeOfId.get(id) ?? -1);
  const { first, order } = rowsByPupil(theirs.codes, theirs.levels.length);
  const place = new Int32Array(group.levels.length).fill(-1);
  const levels: string[] = [];
  const start = new Int32Array(rows.length + 1);
  const [level, weight]: [number[], number[]] = [[], []];
  let alone = 0;
  for (let i = 0; i < rows.length; i++) {
    const pupil = codeOf[own.codes[rows[i]!]!]!;
    for (let e = pupil < 0 ? 0 : first[pupil]!; pupil >= 0 && e < first[pupil + 1]!; e++) {
      const row = order[e]!;
      const code = group.codes[row]!;
      if (code < 0 || weights[row] === 0) continue;
      if (place[code]! < 0) place[code] = levels.push(group.levels[code]!) - 1;
      level.push(place[code]!);
      weight.push(weights[row]!);
    }
    start[i + 1] = level.length;
    if (start[i + 1] === start[i]) alone++;
  }
  return ok({
    membership: { levels, start, level: Int32Array.from(level), weight: Float64Array.from(weight) },
    alone,
  });
}
