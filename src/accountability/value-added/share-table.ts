import { err, ok, type Result } from "../../kernel/index.js";
import { type MembershipCode, type MembershipShares, type RowFindings, rowFindings } from "./membership.js";
import { buildShares, rowsByPupil } from "./share-builder.js";

/** A table of pupil, school and share, one row a part, in any order. */
export interface ShareTable {
  /** Place of the pupil, from 0. */
  readonly pupil: Int32Array;
  /** Place of the school, from 0; −1 where it is not known: that share is unaccounted. */
  readonly school: Int32Array;
  /** 0–1; `NaN` is missing and an error. */
  readonly share: Float64Array;
}

/** Sums of shares as near to 1 as this are 1. */
const tolerance = 1e-9;
/** Shares are often written with two decimals: each may be out by half of the last one, and a single share is not rounded. */
const roundingOf = (shares: number) => (shares > 1 ? 0.005 * shares + tolerance : tolerance);

/**
 * Shares from a table of shares.
 *
 * A pupil's shares of one school are added up. Shares that miss 1 by no more than rounding to two decimals are used as they
 * are written. Where they all add up to less than 1, the remainder is unaccounted
 * (`unaccounted`), or the shares are divided by their sum (`rescale`), or each of the pupil's rows is an error (`stop`).
 * A pupil without a share is unaccounted under every rule but `stop`, where only pupils with rows are judged.
 *
 * @param pupils how many there are; those without a row get theirs too
 * @returns the shares, or every row that has no meaning
 * @throws {RangeError} when columns differ in length, a pupil is out of range, or a school is below −1.
 */
export function sharesFromTable(
  table: ShareTable,
  pupils: number,
  remainder: "unaccounted" | "rescale" | "stop",
): Result<MembershipShares, RowFindings> {
  const rows = table.pupil.length;
  for (const column of [table.school, table.share])
    if (column.length !== rows) throw new RangeError(`a column of shares has ${column.length} rows, not ${rows}`);
  const { first, order } = rowsByPupil(table.pupil, pupils);
  const errors = impossibleShares(table, first, order, remainder);
  if (errors.codes.length > 0) return err(errors);
  const shares = buildShares(pupils, rows);
  for (let pupil = 0; pupil < pupils; pupil++) {
    const begin = first[pupil]!;
    const end = first[pupil + 1]!;
    sortBySchool(order, table.school, begin, end);
    const sum = sumOf(table.share, order, begin, end);
    const rounded = Math.abs(sum - 1) > tolerance && Math.abs(sum - 1) <= roundingOf(end - begin);
    const short = !rounded && sum < 1 - tolerance;
    const divisor = rounded || (short && remainder !== "rescale") ? 1 : sum;
    if (rounded) shares.note("shares-rounded");
    if (short && sum > 0) shares.note(remainder === "rescale" ? "pupil-rescaled" : "pupil-partly-unaccounted");
    let unaccounted = sum === 0 ? 1 : divisor === 1 ? Math.max(0, 1 - sum) : 0;
    for (let i = begin; i < end; ) {
      const school = table.school[order[i]!]!;
      let part = 0;
      for (let same = 0; i < end && table.school[order[i]!] === school; i++, same++) {
        part += table.share[order[i]!]!;
        if (same > 0) shares.note("share-repeated", order[i]!);
      }
      if (part === 0) continue;
      if (school === -1) {
        shares.note("pupil-outside");
        unaccounted += part / divisor;
      } else {
        shares.add(school, part / divisor);
      }
    }
    shares.close(unaccounted);
  }
  return ok(shares.finish());
}

function impossibleShares(table: ShareTable, first: Int32Array, order: Int32Array, remainder: string): RowFindings {
  const rows: number[] = [];
  const codes: MembershipCode[] = [];
  for (let row = 0; row < table.share.length; row++) {
    const [share, school] = [table.share[row]!, table.school[row]!];
    if (school < -1) throw new RangeError(`row ${row} names school ${school}`);
    if (share >= 0 && share < Number.POSITIVE_INFINITY) continue;
    rows.push(row);
    codes.push(share < 0 ? "share-negative" : "share-not-a-number");
  }
  // A sum says something only where each of its parts does.
  if (codes.length > 0) return rowFindings(rows, codes);
  for (let pupil = 0; pupil + 1 < first.length; pupil++) {
    const [begin, end] = [first[pupil]!, first[pupil + 1]!];
    const sum = sumOf(table.share, order, begin, end);
    const rounding = roundingOf(end - begin);
    const above = sum > 1 + rounding;
    const below = remainder === "stop" && end > begin && sum < 1 - rounding;
    for (let i = begin; i < end && (above || below); i++) {
      rows.push(order[i]!);
      codes.push(above ? "shares-above-one" : "shares-below-one");
    }
  }
  return rowFindings(rows, codes);
}

function sumOf(share: Float64Array, order: Int32Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += share[order[i]!]!;
  return sum;
}

/** Puts a pupil's rows in ascending order of school, rows of the same school in their own order. */
function sortBySchool(order: Int32Array, school: Int32Array, begin: number, end: number): void {
  if (end - begin > 48) {
    order.subarray(begin, end).sort((a, b) => school[a]! - school[b]! || a - b);
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const row = order[i]!;
    let j = i - 1;
    for (; j >= begin && school[order[j]!]! > school[row]!; j--) order[j + 1] = order[j]!;
    order[j + 1] = row;
  }
}
