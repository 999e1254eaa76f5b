import { civilDate, columnOf, dayNumber, err, ok, type Problem, type Result, type Table } from "../../kernel/index.js";
import { describeMembership, type MembershipShares, membershipProblems } from "./membership.js";
import { placesOfCodes, placesOfNumbers } from "./pupil-places.js";
import { levelsOf, numbersOf } from "./pupils-used.js";
import { sharesFromTable } from "./share-table.js";
import type { MeasureSpecification, Membership } from "./specification.js";
import { rollStatus, sharesFromSpells, type Windows } from "./spells.js";

/** Whose pupils they are, over the pupils used: row i has the entries `start[i]` … `start[i + 1]` − 1. */
export interface SchoolMembership {
  readonly schools: readonly string[];
  /** Null where every pupil is wholly at one school: `school[i]` is then the pupil's. */
  readonly start: Int32Array | null;
  readonly school: Int32Array;
  readonly share: Float64Array | null;
  /** Sentences on what the rules did. */
  readonly notes: readonly string[];
}

const roles: Readonly<Record<string, number>> = {
  main: rollStatus.main,
  subsidiary: rollStatus.subsidiary,
  "alternative provision": rollStatus.alternativeProvision,
  guest: rollStatus.guest,
};

/**
 * Place among the pupils used of the pupil of every row of a membership table; −1 for those that are not used or not known.
 * Ids may be texts or whole numbers, the same in both tables.
 */
function pupilPlaces(table: Table, idColumn: string, pupils: Table, pupilColumn: string, rows: Int32Array): Int32Array {
  const own = pupils.columns.get(pupilColumn);
  const theirs = table.columns.get(idColumn);
  if (own?.kind === "number" && theirs?.kind === "number") return placesOfNumbers(own.values, rows, theirs.values);
  const ids = columnOf(table, idColumn, "category");
  const known = columnOf(pupils, pupilColumn, "category");
  if (known.coding !== undefined && known.coding === ids.coding) return placesOfCodes(known.codes, rows, ids.codes);
  const placeOfId = new Map<string, number>();
  for (let i = 0; i < rows.length; i++) placeOfId.set(known.levels[known.codes[rows[i]!]!]!, i);
  const ofLevel = Int32Array.from(ids.levels, (id) => placeOfId.get(id) ?? -1);
  return ids.codes.map((code) => (code < 0 ? -1 : ofLevel[code]!));
}

/** Keeps the rows of a membership table that concern the pupils used. */
function rowsOfUsed(places: Int32Array): Int32Array {
  let count = 0;
  for (const place of places) if (place >= 0) count++;
  const rows = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < places.length; row++) if (places[row]! >= 0) rows[at++] = row;
  return rows;
}

/** The values of some rows; the table's own array where they are all of them. */
function pick<T extends Int32Array | Float64Array>(values: T, rows: Int32Array, make: (n: number) => T): T {
  if (rows.length === values.length) return values;
  const out = make(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}
const integers = (n: number) => new Int32Array(n);
const numbers = (n: number) => new Float64Array(n);

function windowsOf(
  membership: Extract<Membership, { kind: "spells" }>,
  pupils: Table,
  year: string | null,
  rows: Int32Array,
): Result<Windows, readonly Problem[]> {
  const from = new Int32Array(rows.length);
  const to = new Int32Array(rows.length);
  const day = (text: string) => dayNumber(civilDate(text));
  const general = membership.windows.find((window) => window.year === null);
  if (!year || membership.windows.every((window) => window.year === null)) {
    from.fill(day(general!.from));
    to.fill(day(general!.to));
    return ok({ from, to });
  }
  const { codes, levels } = levelsOf(pupils, year, rows);
  const problems: Problem[] = [];
  const days = levels.map((level, code) => {
    const window = membership.windows.find((candidate) => candidate.year === level) ?? general;
    if (!window) {
      if (codes.includes(code))
        problems.push({
          code: "window-missing",
          place: "the review file, membership.spells.windows",
          message: `there is no window for the year "${level}"`,
          remedy: "Add one with this year and its two dates, or one without a year that holds for the rest.",
        });
      return { from: 0, to: 1 };
    }
    return { from: day(window.from), to: day(window.to) };
  });
  if (problems.length > 0) return err(problems);
  for (let i = 0; i < rows.length; i++) {
    const window = days[codes[i]!]!;
    from[i] = window.from;
    to[i] = window.to;
  }
  return ok({ from, to });
}

/** Shares of a table of pupil, school and share, or of spells; the schools are the table's, in order of first appearance. */
function sharesOf(
  specification: MeasureSpecification,
  membership: Extract<Membership, { kind: "table" | "spells" }>,
  pupils: Table,
  table: Table,
  rows: Int32Array,
): Result<{ shares: MembershipShares; schools: readonly string[] }, readonly Problem[]> {
  const places = pupilPlaces(table, membership.pupil, pupils, specification.pupil, rows);
  const used = rowsOfUsed(places);
  const school = columnOf(table, membership.school, "category");
  const pupil = pick(places, used, integers);
  const schools = pick(school.codes, used, integers);
  const wordy = (findings: Parameters<typeof membershipProblems>[0]) =>
    err(membershipProblems(findings, (row) => table.placeOf(used[row]!)));
  if (membership.kind === "table") {
    const share = pick(columnOf(table, membership.share, "number").values, used, numbers);
    const shares = sharesFromTable({ pupil, school: schools, share }, rows.length, membership.remainder);
    return shares.ok ? ok({ shares: shares.value, schools: school.levels }) : wordy(shares.error);
  }
  const windows = windowsOf(membership, pupils, specification.year, rows);
  if (!windows.ok) return windows;
  const entered = pick(columnOf(table, membership.entered, "date").days, used, integers);
  const left = pick(columnOf(table, membership.left, "date").days, used, integers);
  let status: Uint8Array | null = null;
  if (membership.status) {
    const column = columnOf(table, membership.status, "category");
    const ofLevel = column.levels.map((word) => roles[word.toLowerCase()] ?? rollStatus.main);
    status = new Uint8Array(used.length); // main, where there is no word
    for (let i = 0; i < used.length; i++) {
      const code = column.codes[used[i]!]!;
      if (code >= 0) status[i] = ofLevel[code]!;
    }
  }
  const shares = sharesFromSpells(
    { pupil, school: schools, entered, left, status },
    rows.length,
    windows.value,
    membership.unit,
  );
  return shares.ok ? ok({ shares: shares.value, schools: school.levels }) : wordy(shares.error);
}

function tableOf(table: Table | null): Table {
  if (!table) throw new TypeError("a membership table or spells are named but were not read");
  return table;
}

/** Shares of columns of the pupils' own table; the schools are those of the columns, in order of first appearance. */
function sharesOfColumns(
  { schools: names, shares: parts, remainder }: Extract<Membership, { kind: "columns" }>,
  pupils: Table,
  rows: Int32Array,
): Result<{ shares: MembershipShares; schools: readonly string[] }, readonly Problem[]> {
  const places = new Map<string, number>();
  const [pupil, school, share]: [number[], number[], number[]] = [[], [], []];
  const ids = names.map((name) => levelsOf(pupils, name, rows));
  const values = parts.map((name) => numbersOf(pupils, name, rows));
  for (let i = 0; i < rows.length; i++)
    ids.forEach(({ codes, levels }, k) => {
      const id = codes[i]! < 0 || levels[codes[i]!] === "0" ? null : levels[codes[i]!]!;
      const part = values[k]![i]!;
      if (part === 0 || (id === null && Number.isNaN(part))) return;
      if (id !== null && !places.has(id)) places.set(id, places.size);
      pupil.push(i);
      school.push(id === null ? -1 : places.get(id)!);
      share.push(part);
    });
  const table = { pupil: Int32Array.from(pupil), school: Int32Array.from(school), share: Float64Array.from(share) };
  const made = sharesFromTable(table, rows.length, remainder);
  if (!made.ok) return err(membershipProblems(made.error, (row) => pupils.placeOf(rows[pupil[row]!]!)));
  return ok({ shares: made.value, schools: [...places.keys()] });
}

/**
 * Each used pupil's schools and shares, by the rule the specification names.
 * @param table the membership table or the spells; null for one school a pupil
 * @param rows the pupils used
 */
export function membershipOf(
  specification: MeasureSpecification,
  pupils: Table,
  table: Table | null,
  rows: Int32Array,
): Result<SchoolMembership, readonly Problem[]> {
  const { membership } = specification;
  if (membership.kind === "one-school") {
    const { codes, levels } = levelsOf(pupils, specification.school!, rows);
    return ok({ schools: levels, start: null, school: codes, share: null, notes: [] });
  }
  const made =
    membership.kind === "columns"
      ? sharesOfColumns(membership, pupils, rows)
      : sharesOf(specification, membership, pupils, tableOf(table), rows);
  if (!made.ok) return made;
  const { shares, schools } = made.value;
  return ok({
    schools,
    start: shares.start,
    school: shares.school,
    share: shares.share,
    notes: describeMembership(shares),
  });
}
