import { placeCount } from "../classes.js";
import type { Country, TeacherColumns } from "../country/country.js";
import { ageBands } from "../country/make-teachers.js";
import { classAt } from "../country/spread.js";
import { drawShare, personKey } from "../draws.js";
import { isFundedPost, schoolIn } from "./career.js";
import { isOfPart, type Part } from "./part.js";
import { lifePurposes } from "./purposes.js";
import { type Tally, tallyAt } from "./tally.js";
import type { TeacherYear } from "./teacher-year.js";

/** The kinds of entrant. */
export const entrantKinds = ["newly-qualified", "returners", "new-to-sector"] as const;

/** Share of each kind who work part-time, and with it the mean time worked: assumed, newly qualified nearly all full time. */
export const partTimeOfKind: readonly number[] = [0.05, 0.45, 0.15];
/** Full-time equivalents a head of each kind: part-timers work 0.6 on average. */
export const fteOfKind: readonly number[] = partTimeOfKind.map((share) => 1 - 0.4 * share);

/** The year's entrants: how many of each subject and kind, and how they are shared among places. */
export interface EntryPlan {
  readonly firstId: number;
  /** Subject × kind: heads. */
  readonly heads: Int32Array;
  /** Subject × kind × place: cumulated shares. */
  readonly places: Float64Array;
  /** Mean loan of a new graduate, pence, and the share of those under 40 who have one. */
  readonly loan: number;
  readonly holders: number;
}

const at = {
  heads: [tallyAt("newly-qualified"), tallyAt("returners"), tallyAt("new-to-sector")],
  fte: [tallyAt("newly-qualified-fte"), tallyAt("returners-fte"), tallyAt("new-to-sector-fte")],
  loans: tallyAt("loans-of-entrants"),
};

/** Position in `loanPlans` of a loan taken on for a first degree at 18. */
function planOf(age: number, calendar: number): number {
  const began = calendar - age + 18;
  return began >= 2023 ? 3 : began >= 2012 ? 2 : began >= 1998 ? 1 : 0;
}

/**
 * A person's student loan. Balances spread evenly from half to one and a half times the mean; those of before 2012 were a third as great and are
 * paid down over twenty years of work.
 */
export function setLoan(
  columns: TeacherColumns,
  i: number,
  calendar: number,
  key: number,
  mean: number,
  holders: number,
): void {
  const age = columns.age[i]!;
  const plan = planOf(age, calendar);
  const has = plan > 0 && age < 45 && drawShare(key, lifePurposes.loanHolder) < holders;
  const first = Math.round(mean * (0.5 + drawShare(key, lifePurposes.loanSize)) * (plan === 1 ? 1 / 3 : 1));
  const left = plan === 1 ? Math.max(0, 1 - (age - 22) / 20) : 1;
  const balance = has ? Math.round(first * left) : 0;
  columns.plan[i] = balance > 0 ? plan : 0;
  columns.loan[i] = balance > 0 ? first : 0;
  columns.balance[i] = balance;
}

function ageOf(country: Country, kind: number, key: number): number {
  const share = drawShare(key, lifePurposes.age);
  const band = classAt(country.entrants.ages, share, kind * 3, kind * 3 + 3) - kind * 3;
  const within = drawShare(key, lifePurposes.ageWithin);
  if (kind === 0 && band === 0) return 22 + Math.floor(13 * within * within); // the cumulated shares are newlyQualifiedAges
  const age = ageBands[band]!.first + classAt(ageBands[band]!.shares, within);
  return kind > 0 && age < 24 ? 24 : age;
}

/** Years served before: none of the newly qualified, up to fifteen of a returner, up to ten of who comes from elsewhere. */
function servedBefore(kind: number, age: number, share: number): number {
  if (kind === 0) return 0;
  const most = Math.min(kind === 1 ? 15 : 10, age - 23);
  return kind === 1 ? 1 + Math.floor(share * (most - 1)) : Math.floor(share * most);
}

const partTime = [40, 60, 80];

function enterOne(
  columns: TeacherColumns,
  country: Country,
  of: TeacherYear,
  plan: EntryPlan,
  id: number,
  subject: number,
  kind: number,
  place: number,
  luck: number,
): void {
  const i = columns.length++;
  const key = personKey(luck, id);
  const age = ageOf(country, kind, key);
  const service = servedBefore(kind, age, drawShare(key, lifePurposes.service));
  columns.id[i] = id;
  columns.subject[i] = subject;
  columns.school[i] = schoolIn(country.schools, subject, place, drawShare(key, lifePurposes.school));
  columns.age[i] = age;
  columns.service[i] = service;
  columns.grade[i] = service >= 5 ? 1 : 0;
  columns.sex[i] = drawShare(key, lifePurposes.sex) < country.entrants.women[subject === 0 ? 0 : 1]! ? 1 : 0;
  columns.fte[i] =
    drawShare(key, lifePurposes.hours) < partTimeOfKind[kind]!
      ? partTime[Math.floor(3 * drawShare(key, lifePurposes.hoursSize))]!
      : 100;
  columns.owed[i] = 0;
  columns.funded[i] = isFundedPost(of, subject, columns.grade[i]!, place) ? of.fund.years : 0;
  setLoan(columns, i, of.calendar, key, plan.loan, plan.holders);
}

/** The part's share of the year's entrants. Whom a number belongs to follows from the plan alone, so every worker counts through all of it. */
export function enter(
  columns: TeacherColumns,
  country: Country,
  of: TeacherYear,
  plan: EntryPlan,
  part: Part,
  luck: number,
  tally: Tally,
): void {
  let first = plan.firstId;
  for (let subject = 0; subject * entrantKinds.length < plan.heads.length; subject++) {
    for (let kind = 0; kind < entrantKinds.length; kind++) {
      const row = subject * entrantKinds.length + kind;
      const from = row * placeCount;
      const heads = plan.heads[row]!;
      for (let id = Math.ceil(first / part.every) * part.every; id < first + heads; id += part.every) {
        if (!isOfPart(id, part)) continue;
        const place = classAt(plan.places, spread(id - first, heads), from, from + placeCount) - from;
        enterOne(columns, country, of, plan, id, subject, kind, place, luck);
        const i = columns.length - 1;
        const cell = subject * placeCount + place;
        tally[at.heads[kind]! + cell]! += 1;
        tally[at.fte[kind]! + cell]! += columns.fte[i]!;
        tally[at.loans + cell]! += columns.balance[i]!;
      }
      first += heads;
    }
  }
}

/** Where the k-th of n stands in its subject's row of places: multiples of the golden ratio, so that any run of them is spread over all. */
function spread(k: number, n: number): number {
  if (n < 1) return 0;
  const at = 0.5 + k * 0.6180339887498949;
  return at - Math.floor(at);
}
