import { civilDate, dateOfDay, dayNumber, ok, type Problem, type Result, type Table } from "../../kernel/index.js";
import { membershipOf, type SchoolMembership } from "./school-membership.js";
import type { MeasureSpecification, Membership } from "./specification.js";

/** Each pupil at one school, with how it was chosen. */
export interface LastSchools {
  readonly membership: SchoolMembership;
  /** A clause that follows "each pupil counts wholly". */
  readonly words: string;
}

/** Spells of which only the last day of the window counts. */
function lastDay(membership: Extract<Membership, { kind: "spells" }>): Membership {
  const windows = membership.windows.map((window) => ({
    ...window,
    from: dateOfDay(dayNumber(civilDate(window.to)) - 1),
  }));
  return { ...membership, unit: "days", windows };
}

/** The entry with the largest share of each pupil, −1 where there is none. Of equal shares the first school in the table. */
function largestShare({ schools, start, school, share }: SchoolMembership): SchoolMembership {
  if (!start) return { schools, start, school, share: null, notes: [] };
  const only = new Int32Array(start.length - 1).fill(-1);
  for (let i = 0; i < only.length; i++) {
    let most = 0;
    for (let e = start[i]!; e < start[i + 1]!; e++)
      if (school[e]! >= 0 && (share ? share[e]! : 1) > most) {
        most = share ? share[e]! : 1;
        only[i] = school[e]!;
      }
  }
  return { schools, start: null, school: only, share: null, notes: [] };
}

/**
 * Each pupil wholly at the last school, as the department's tables count: the school in the pupils' own column where there is one, else
 * where the pupil was on roll on the last day of the window. A table of shares doesn't say which school was last; there the
 * school with the largest share stands for it.
 *
 * @param shares the membership in force over the same pupils
 * @param table the membership table or the spells
 */
export function lastSchoolsOf(
  specification: MeasureSpecification,
  pupils: Table,
  table: Table | null,
  rows: Int32Array,
  shares: SchoolMembership,
): Result<LastSchools, readonly Problem[]> {
  const { membership, school } = specification;
  if (membership.kind === "one-school" || school !== null) {
    const made = membershipOf({ ...specification, membership: { kind: "one-school" } }, pupils, null, rows);
    return made.ok ? ok({ membership: made.value, words: `at the school in "${school}"` }) : made;
  }
  if (membership.kind === "table" || membership.kind === "columns")
    return ok({
      membership: largestShare(shares),
      words: "at the school with the largest share, since the shares don't say which came last",
    });
  const made = membershipOf({ ...specification, membership: lastDay(membership) }, pupils, table, rows);
  if (!made.ok) return made;
  return ok({
    membership: largestShare(made.value),
    words: "at the school on whose roll the pupil was on the last day of the window, and nowhere if on none",
  });
}
