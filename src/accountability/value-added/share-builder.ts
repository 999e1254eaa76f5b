import { sharedFloats, sharedPlaces } from "../../kernel/index.js";
import { type MembershipCode, type MembershipShares, noCounts, rowFindings } from "./membership.js";

/** Fills {@link MembershipShares} pupil by pupil, without an object for any of them. */
export interface ShareBuilder {
  /** A share of the present pupil's time, in ascending order of school. */
  add(school: number, share: number): void;
  /** The present pupil is complete; the next one begins. */
  close(unaccounted: number): void;
  /** Counts a rule's use; with a row, also as a finding of that row. */
  note(code: MembershipCode, row?: number): void;
  finish(): MembershipShares;
}

/** @param most no more entries than this will be added */
export function buildShares(pupils: number, most: number): ShareBuilder {
  const start = sharedPlaces(pupils + 1);
  const school = new Int32Array(most);
  const share = new Float64Array(most);
  const unaccounted = new Float64Array(pupils);
  const counts = noCounts();
  const rows: number[] = [];
  const codes: MembershipCode[] = [];
  let pupil = 0;
  let entries = 0;
  return {
    add(ofSchool, part) {
      school[entries] = ofSchool;
      share[entries++] = part;
    },
    close(rest) {
      if (entries === start[pupil]) counts["pupil-without-time"]++;
      unaccounted[pupil++] = rest;
      start[pupil] = entries;
    },
    note(code, row) {
      counts[code]++;
      if (row === undefined) return;
      rows.push(row);
      codes.push(code);
    },
    finish: () => ({
      start,
      school: firstOf(school, sharedPlaces(entries)),
      share: firstOf(share, sharedFloats(entries)),
      unaccounted,
      findings: rowFindings(rows, codes),
      counts,
    }),
  };
}

/** The first values of a column, moved to a column of just that length. */
function firstOf<Values extends Int32Array | Float64Array>(values: Values, into: Values): Values {
  into.set(values.subarray(0, into.length));
  return into;
}

/**
 * The rows of a table grouped by pupil, by counting: two passes and no comparison.
 * @returns `order`, the rows, those of pupil `i` from `first[i]` to `first[i + 1] - 1` and in their own order
 * @throws {RangeError} when a pupil is not from 0 to `pupils` − 1.
 */
export function rowsByPupil(pupil: Int32Array, pupils: number): { first: Int32Array; order: Int32Array } {
  const first = new Int32Array(pupils + 1);
  for (let row = 0; row < pupil.length; row++) {
    const of = pupil[row]!;
    if (of < 0 || of >= pupils) throw new RangeError(`row ${row} names pupil ${of}, of ${pupils} pupils`);
    first[of + 1]!++;
  }
  for (let i = 0; i < pupils; i++) first[i + 1]! += first[i]!;
  const next = first.slice();
  const order = new Int32Array(pupil.length);
  for (let row = 0; row < pupil.length; row++) order[next[pupil[row]!]!++] = row;
  return { first, order };
}
