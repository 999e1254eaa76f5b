import type { MixedModelDesign, RandomTerm } from "./design.js";
import { scalarsOf } from "./families.js";
import { type Links, linksFromTriplets, unitOfScalar } from "./links.js";
import type { Objective } from "./objective.js";
import type { Optimum } from "./optimum.js";
import type { Sums } from "./sums.js";

/** Rows to take out of sums or to bring in: a small design with the same columns, groups and levels as the one that was summed. */
export interface RowChange {
  readonly design: MixedModelDesign;
  /** 1 brings the rows in, −1 takes them out. */
  readonly sign: 1 | -1;
}

/** What a row has in each scalar, after the change of basis of its group's coefficients. */
interface Entry {
  readonly scalar: number;
  readonly z: number;
}

/** The entries of row i through one term, with the coefficients of `coefficients`' term. */
function termEntries(sums: Sums, random: readonly RandomTerm[], t: number, i: number, root: number): Entry[] {
  const { start, level, weight } = random[t]!;
  // A coarse term's rows are read through the fine term that is folded into it, with the coarse one's slopes.
  const coarse = sums.terms.findIndex(
    (other, o) => o !== t && other.place.family === sums.terms[t]!.place.family && other.place.kind === "whole",
  );
  const of = coarse >= 0 ? coarse : t;
  const { basis, width } = sums.terms[of]!;
  const out: Entry[] = [];
  for (let e = start ? start[i]! : i; e < (start ? start[i + 1]! : i + 1); e++) {
    if (level[e]! < 0) continue;
    const share = root * (weight ? weight[e]! : 1);
    const raw = random[of]!.coefficients.map(({ values }) => (values ? share * values[i]! : share));
    const { first, rest } = scalarsOf(
      { families: sums.families, places: sums.terms.map(({ place }) => place) },
      t,
      level[e]!,
    );
    for (let k = 0; k < width; k++) {
      let z = 0;
      for (let a = 0; a <= k; a++) z += raw[a]! * basis[a * width + k]!;
      out.push({ scalar: k === 0 ? first : rest + k, z });
    }
  }
  return out;
}

/** Whether a finer term is folded into this one: its rows are then read through that. */
function isFoldedOver({ terms }: Sums, t: number): boolean {
  const { family, kind } = terms[t]!.place;
  return kind === "whole" && terms.some(({ place }) => place.family === family && place.kind === "fine");
}

/** x̃ and ỹ of row i. */
function standardRow(
  { standardisation, fixed }: Sums,
  design: MixedModelDesign,
  i: number,
  root: number,
): Float64Array {
  const p = fixed.length;
  const { basis, centre, scale } = standardisation;
  const row = new Float64Array(p + 1);
  for (let j = 0; j < p; j++)
    for (let a = 0; a < p; a++) {
      const { values } = design.fixed[a]!;
      row[j]! += root * basis[a * p + j]! * (values ? values[i]! : 1);
    }
  row[p] = (root * (design.response.values[i]! - centre)) / scale;
  return row;
}

/**
 * The sums with some rows taken out or brought in, as where a pupil was counted wrongly. Nothing else is read again; the units of the sums
 * (centres, scales) stay. The levels of drifting groups and of groups inside others must have had rows before.
 * @throws {RangeError} when a row belongs to a level that no row belonged to
 */
export function changeSums(sums: Sums, changes: readonly RowChange[]): Sums {
  const w = sums.fixed.length + 1;
  const [gram, zx, own] = [sums.gram, sums.zx, sums.own].map((array) => Float64Array.from(array)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const unitOf = unitOfScalar(sums);
  const triplets = { row: [] as number[], column: [] as number[], value: [] as number[] };
  let { rows, logWeights } = sums;
  for (const { design, sign } of changes)
    for (let i = 0; i < design.rows; i++) {
      const weight = design.weights ? design.weights[i]! : 1;
      const x = standardRow(sums, design, i, Math.sqrt(weight));
      const entries = sums.terms.flatMap((_, t) =>
        isFoldedOver(sums, t) ? [] : termEntries(sums, design.random, t, i, Math.sqrt(weight)),
      );
      for (let a = 0; a < w; a++) for (let b = 0; b < w; b++) gram[a * w + b]! += sign * x[a]! * x[b]!;
      for (const { scalar, z } of entries) for (let c = 0; c < w; c++) zx[scalar * w + c]! += sign * z * x[c]!;
      for (const [k, a] of entries.entries())
        for (const b of entries.slice(0, k + 1)) {
          if (unitOf[a.scalar] === unitOf[b.scalar]) addOwn(sums, own, unitOf[a.scalar]!, a, b, sign);
          else {
            triplets.row.push(a.scalar);
            triplets.column.push(b.scalar);
            triplets.value.push(sign * a.z * b.z);
          }
        }
      rows += sign;
      logWeights += sign * Math.log(weight);
    }
  return { ...sums, rows, logWeights, gram, zx, own, links: changedLinks(sums, triplets) };
}

function addOwn({ families }: Sums, own: Float64Array, unit: number, a: Entry, b: Entry, sign: number): void {
  const family = families.find(({ firstUnit, units }) => unit >= firstUnit && unit < firstUnit + units)!;
  const local = unit - family.firstUnit;
  const [block, base] = [family.firstOwn + local * family.width ** 2, family.firstScalar + local * family.width];
  const [i, j] = [a.scalar - base, b.scalar - base];
  if (!(i >= 0 && i < family.width)) throw new RangeError(`a row belongs to a level that had no rows`);
  own[block + i * family.width + j]! += sign * a.z * b.z;
  if (a !== b) own[block + j * family.width + i]! += sign * a.z * b.z;
}

function changedLinks(sums: Sums, added: { row: number[]; column: number[]; value: number[] }): Links {
  if (added.row.length === 0) return sums.links;
  const [row, column, value] = [[...added.row], [...added.column], [...added.value]];
  const { start, column: known, value: values } = sums.links;
  for (let i = 0; i < sums.scalars; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++)
      if (known[e]! > i) {
        row.push(i);
        column.push(known[e]!);
        value.push(values[e]!);
      }
  return linksFromTriplets(sums.scalars, Int32Array.from(row), Int32Array.from(column), Float64Array.from(value));
}

/**
 * The optimum's place among changed sums: variances as they were, everything else anew. One evaluation; for a few rows among many the
 * variances would hardly move, and the change of a figure is then that of the rows alone.
 * @param objective of the changed sums
 */
export function holdVariances(objective: Objective, optimum: Optimum): Optimum {
  objective.system.refine("final");
  return { ...optimum, evaluation: objective.evaluate(optimum.theta) };
}
