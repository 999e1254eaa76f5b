import type { FormulaFrame, FormulaMembership } from "./columns.js";
import { type Evaluator, levelsOfColumn } from "./evaluate.js";
import type { GroupFactor, RandomPart } from "./model.js";
import { suggest } from "./suggest.js";

/** A group with who belongs where, and for a product of factors which level of each its levels are. */
export interface MadeGroup extends FormulaMembership {
  readonly factors: readonly {
    readonly text: string;
    readonly levels: readonly string[];
    readonly codes: Int32Array;
  }[];
}

/** Divides the last row's weights by their sum. */
function scaleFrom(weight: number[], begin: number): void {
  let sum = 0;
  for (let e = begin; e < weight.length; e++) sum += weight[e]!;
  for (let e = begin; e < weight.length; e++) weight[e]! /= sum;
}

/** Memberships from columns of the rows: one id and one weight for each place; an empty id or `0` is none. */
function wideMembership(
  factor: Extract<GroupFactor, { kind: "membership" }>,
  frame: FormulaFrame,
  evaluator: Evaluator,
): FormulaMembership {
  const places = factor.ids.map((id, k) => ({
    ids: levelsOfColumn(evaluator.column(id.name, id)),
    id,
    weight: factor.weights[k]!,
    weights: evaluator.column(factor.weights[k]!.name, factor.weights[k]!),
  }));
  const levels: string[] = [];
  const place = new Map<string, number>();
  const codeOf = places.map(({ ids }) => new Int32Array(ids.levels.length).fill(-1));
  const start = new Int32Array(frame.rows + 1);
  const level: number[] = [];
  const weight: number[] = [];
  for (let row = 0; row < frame.rows; row++) {
    places.forEach(({ ids, weights, weight: named }, k) => {
      if (weights.kind !== "number")
        throw evaluator.error(
          "column-kind",
          named,
          `"${named.name}" holds no numbers`,
          "A weight is a column of numbers.",
        );
      const own = ids.codes[row]!;
      if (own < 0 || ids.levels[own] === "0" || weights.values[row] === 0) return;
      const share = weights.values[row]!;
      if (!(share > 0) || !Number.isFinite(share))
        throw evaluator.error(
          "weight-invalid",
          named,
          `the weight "${named.name}" is ${share} in row ${row + 1}`,
          "A weight is a number from 0 upwards.",
          row,
        );
      let code = codeOf[k]![own]!;
      if (code < 0) {
        const name = ids.levels[own]!;
        code = place.get(name) ?? levels.length;
        if (code === levels.length) {
          levels.push(name);
          place.set(name, code);
        }
        codeOf[k]![own] = code;
      }
      level.push(code);
      weight.push(share);
    });
    start[row + 1] = level.length;
    if (factor.scaled) scaleFrom(weight, start[row]!);
  }
  return { levels, start, level: Int32Array.from(level), weight: Float64Array.from(weight) };
}

function factorMembership(factor: GroupFactor, frame: FormulaFrame, evaluator: Evaluator): FormulaMembership {
  const given = frame.memberships?.get(factor.text);
  if (given) return given;
  if (factor.kind === "membership") {
    const [id] = factor.ids;
    if (factor.ids.length === 1 && frame.memberships && !frame.columns.has(id!.name))
      throw evaluator.error(
        "column-unknown",
        factor,
        `there is no membership ${factor.text}`,
        suggest(factor.text, [...frame.memberships.keys()], "memberships"),
      );
    return wideMembership(factor, frame, evaluator);
  }
  const { codes, levels } = evaluator.levels(factor.name, factor);
  const occurs = new Int32Array(levels.length).fill(-1);
  let count = 0;
  for (const code of codes) if (occurs[code]! < 0) occurs[code] = count++;
  if (count === levels.length) return { levels, start: null, level: codes, weight: null };
  const kept: string[] = [];
  levels.forEach((level, code) => {
    if (occurs[code]! >= 0) kept[occurs[code]!] = level;
  });
  return { levels: kept, start: null, level: codes.map((code) => occurs[code]!), weight: null };
}

/** The levels of one factor within those of another, as far as rows have them, in order of appearance. */
function within(left: MadeGroup, right: MadeGroup, rows: number): MadeGroup {
  const [many, one] = right.start === null ? [left, right] : [right, left];
  const places = new Map<number, number>();
  const pairs: [number, number][] = [];
  const level = new Int32Array(many.level.length).fill(-1);
  for (let i = 0; i < rows; i++) {
    const end = many.start ? many.start[i + 1]! : i + 1;
    const other = one.level[i]!;
    for (let e = many.start ? many.start[i]! : i; e < end; e++) {
      const own = many.level[e]!;
      if (own < 0 || other < 0) continue;
      const key = own * one.levels.length + other;
      let at = places.get(key);
      if (at === undefined) {
        at = pairs.length;
        places.set(key, at);
        pairs.push(many === left ? [own, other] : [other, own]);
      }
      level[e] = at;
    }
  }
  const side = (group: MadeGroup, k: 0 | 1) =>
    group.factors.map((factor) => ({ ...factor, codes: Int32Array.from(pairs, (pair) => factor.codes[pair[k]!]!) }));
  return {
    levels: pairs.map(([a, b]) => `${left.levels[a]}:${right.levels[b]}`),
    start: many.start,
    level,
    weight: many.weight,
    factors: [...side(left, 0), ...side(right, 1)],
  };
}

/** Who belongs where in the group of a random part. */
export function groupOf({ factors, at, end }: RandomPart, frame: FormulaFrame, evaluator: Evaluator): MadeGroup {
  const made = factors.map((factor): MadeGroup => {
    const membership = factorMembership(factor, frame, evaluator);
    const codes = Int32Array.from(membership.levels, (_, code) => code);
    return { ...membership, factors: [{ text: factor.text, levels: membership.levels, codes }] };
  });
  if (made.filter(({ start, weight }) => start !== null || weight !== null).length > 1)
    throw evaluator.error(
      "random-part-invalid",
      { at, end },
      "a group can have only one factor with several memberships",
      "Combine mm() with columns that have one value a row, as mm(school, share):cohort.",
    );
  return made.reduce((left, right) => within(left, right, frame.rows));
}
