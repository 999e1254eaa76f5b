import { dateOfDay, err, missingDay, ok, type Result } from "../../kernel/index.js";
import { type MembershipCode, type MembershipShares, type RowFindings, rowFindings } from "./membership.js";
import { buildShares, rowsByPupil, type ShareBuilder } from "./share-builder.js";
import { SpellSweep } from "./spell-sweep.js";
import { termCensusDays } from "./term-days.js";

/** What a spell's registration is. The lower number counts where two run at once; a guest never counts. */
export const rollStatus = { main: 0, subsidiary: 1, alternativeProvision: 2, guest: 3 } as const;

/** Times on roll as columns, one row a spell, in any order. */
export interface Spells {
  /** Place of the pupil, from 0. */
  readonly pupil: Int32Array;
  /** Place of the school, from 0; −1 where it is unknown, abroad, or a provider without a URN. */
  readonly school: Int32Array;
  /** First day on roll, as a day number. */
  readonly entered: Int32Array;
  /** Last day on roll, as the census and the common transfer file have it; `missingDay` is still on roll. */
  readonly left: Int32Array;
  /** Values of {@link rollStatus}; null where every spell is a main registration. */
  readonly status: Uint8Array | null;
}

/** The stretch of time that counts for each pupil, in day numbers: `from` is in it, `to` is not. */
export interface Windows {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Shares of time from spells on roll, by the rules in this folder's README ("Membership"): the paper asks for a measure
 * weighted by the time a pupil spends in a school.
 *
 * @param pupils how many there are; those without a spell get their row too
 * @param unit `days` of the calendar, or `terms`, each counted by its census day
 * @param termDays the census days in ascending order; left out, they are the department's, see {@link termCensusDays}
 * @returns the shares, or every row that has no meaning
 * @throws {RangeError} when columns differ in length, a pupil or status is out of range, a school is below −1, or a
 *   window holds no day (no term).
 */
export function sharesFromSpells(
  spells: Spells,
  pupils: number,
  windows: Windows,
  unit: "days" | "terms",
  termDays?: Int32Array,
): Result<MembershipShares, RowFindings> {
  const schools = checkColumns(spells, pupils, windows);
  const errors = impossibleSpells(spells);
  if (errors.codes.length > 0) return err(errors);
  const { first, order } = rowsByPupil(spells.pupil, pupils);
  const positions = unit === "terms" ? termPositions(windows, termDays) : null;
  const shares = buildShares(pupils, spells.pupil.length);
  const sweep = new SpellSweep(schools);
  for (let pupil = 0; pupil < pupils; pupil++) {
    const begin = first[pupil]!;
    const end = first[pupil + 1]!;
    if (end - begin > 1) noteRepeated(spells, order, begin, end, shares);
    const from = windows.from[pupil]!;
    const to = windows.to[pupil]!;
    const origin = position(positions, from);
    const total = position(positions, to) - origin;
    if (total === 0) throw new RangeError(emptyWindow(windows, pupil, "term"));
    sweep.open(total);
    for (let i = begin; i < end; i++) addSpell(sweep, spells, order[i]!, from, to, origin, positions, shares);
    sweep.run();
    for (let i = 0; i < sweep.schools; i++) shares.add(sweep.school[i]!, sweep.time[i]! / total);
    noteSweep(sweep, shares);
    shares.close(sweep.missing / total);
  }
  return ok(shares.finish());
}

/** Positions in time: how many term days lie before each day from `base` on. */
interface Positions {
  readonly base: number;
  readonly before: Int32Array;
}

function termPositions(windows: Windows, termDays: Int32Array | undefined): Positions {
  let [base, end] = [windows.from[0] ?? 0, windows.to[0] ?? 0];
  for (let i = 1; i < windows.from.length; i++) {
    base = Math.min(base, windows.from[i]!);
    end = Math.max(end, windows.to[i]!);
  }
  const days = termDays ?? termCensusDays(base, end);
  const before = new Int32Array(end - base + 1);
  let next = 0;
  for (let i = 0; i < before.length; i++) {
    while (next < days.length && days[next]! < base + i) next++;
    before[i] = next;
  }
  return { base, before };
}

function position(positions: Positions | null, day: number): number {
  return positions === null ? day : positions.before[day - positions.base]!;
}

/** Cuts a spell to its pupil's window and adds what is left of it. */
function addSpell(
  sweep: SpellSweep,
  spells: Spells,
  row: number,
  from: number,
  to: number,
  origin: number,
  positions: Positions | null,
  shares: ShareBuilder,
): void {
  const rank = spells.status === null ? rollStatus.main : spells.status[row]!;
  if (rank === rollStatus.guest) {
    shares.note("spell-guest");
    return;
  }
  const left = spells.left[row]!;
  const begins = Math.max(spells.entered[row]!, from);
  const ends = left === missingDay ? to : Math.min(left + 1, to);
  if (begins >= ends) {
    shares.note("spell-outside-window");
    return;
  }
  const first = position(positions, begins) - origin;
  const last = position(positions, ends) - origin;
  if (last > first) sweep.add(first, last, spells.school[row]!, rank, row);
}

function noteSweep(sweep: SpellSweep, shares: ShareBuilder): void {
  if (sweep.outside) shares.note("pupil-outside");
  if (sweep.late) shares.note("pupil-arrived-late");
  if (sweep.early) shares.note("pupil-left-early");
  if (sweep.dual) shares.note("spells-dual");
  if (sweep.overlapRow >= 0) shares.note("spells-overlap", sweep.overlapRow);
  if (sweep.gapRow >= 0) shares.note("spells-gap", sweep.gapRow);
}

/** Each of a pupil's rows that is the same as an earlier one: by comparison where they are few, else by a set. */
function noteRepeated(spells: Spells, order: Int32Array, begin: number, end: number, shares: ShareBuilder): void {
  const seen = end - begin > 8 ? new Set<string>() : null;
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    let repeated = false;
    if (seen) {
      const key = `${spells.school[row]} ${spells.entered[row]} ${spells.left[row]} ${spells.status?.[row]}`;
      repeated = seen.has(key);
      seen.add(key);
    } else {
      for (let j = begin; j < i && !repeated; j++) repeated = isSame(spells, row, order[j]!);
    }
    if (repeated) shares.note("spell-repeated", row);
  }
}

function isSame(spells: Spells, a: number, b: number): boolean {
  return (
    spells.entered[a] === spells.entered[b] &&
    spells.school[a] === spells.school[b] &&
    spells.left[a] === spells.left[b] &&
    (spells.status === null || spells.status[a] === spells.status[b])
  );
}

function impossibleSpells(spells: Spells): RowFindings {
  const rows: number[] = [];
  const codes: MembershipCode[] = [];
  for (let row = 0; row < spells.pupil.length; row++) {
    const entered = spells.entered[row]!;
    const left = spells.left[row]!;
    const missing = entered === missingDay;
    if (!missing && (left === missingDay || left >= entered)) continue;
    rows.push(row);
    codes.push(missing ? "spell-without-entry" : "spell-ends-before-it-begins");
  }
  return rowFindings(rows, codes);
}

function emptyWindow({ from, to }: Windows, pupil: number, unit: string): string {
  return `the window ${dateOfDay(from[pupil]!)} to ${dateOfDay(to[pupil]!)} holds no ${unit}`;
}

/** The number of schools, once the columns were found to keep what they promise. */
function checkColumns(spells: Spells, pupils: number, windows: Windows): number {
  const rows = spells.pupil.length;
  for (const column of [spells.school, spells.entered, spells.left, spells.status])
    if (column && column.length !== rows)
      throw new RangeError(`a column of spells has ${column.length} rows, not ${rows}`);
  for (const column of [windows.from, windows.to])
    if (column.length !== pupils) throw new RangeError(`${column.length} windows for ${pupils} pupils`);
  for (let pupil = 0; pupil < pupils; pupil++)
    if (windows.from[pupil]! >= windows.to[pupil]!) throw new RangeError(emptyWindow(windows, pupil, "day"));
  let most = -1;
  for (let row = 0; row < rows; row++) {
    const school = spells.school[row]!;
    const status = spells.status === null ? rollStatus.main : spells.status[row]!;
    if (school < -1) throw new RangeError(`row ${row} names school ${school}`);
    if (status > rollStatus.guest) throw new RangeError(`row ${row} has status ${status}, which is none of 0 to 3`);
    if (school > most) most = school;
  }
  return most + 1;
}
