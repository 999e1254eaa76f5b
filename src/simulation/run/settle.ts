import { fifths, placeCount } from "../classes.js";
import type { SchoolColumns, TeacherColumns } from "../country/country.js";
import { drawShare, isBelow, personKey } from "../draws.js";
import { benefitOf, isPaidBenefit, nearest, partOf, repaymentOf } from "./benefit.js";
import { payPosition } from "./pay.js";
import { inYear, lifePurposes, purposes } from "./purposes.js";
import { type Tally, tallyAt } from "./tally.js";
import type { TeacherYear } from "./teacher-year.js";

const at = {
  teachers: tallyAt("teachers"),
  fte: tallyAt("fte"),
  early: tallyAt("early-career"),
  withLoan: tallyAt("with-loan"),
  sabbaticals: tallyAt("sabbaticals"),
  sabbaticalFte: tallyAt("sabbatical-fte"),
  pay: tallyAt("pay"),
  onCosts: tallyAt("employer-costs"),
  interest: tallyAt("loan-interest"),
  repaid: tallyAt("loan-repaid"),
  paidOff: tallyAt("loan-paid-off"),
  benefit: tallyAt("benefit-paid"),
  receivers: tallyAt("benefit-receivers"),
  balance: tallyAt("loan-balance"),
  liability: tallyAt("benefit-liability"),
  cover: tallyAt("sabbatical-cost"),
  fund: tallyAt("fund-paid"),
  development: tallyAt("development-cost"),
};

/** By school, pence. */
export interface Spending {
  readonly pay: Float64Array;
  readonly programmes: Float64Array;
}

/** The year of a loan: interest, what pay takes off it, the benefit, and what the benefit still owes. */
function settleLoan(
  columns: TeacherColumns,
  i: number,
  of: TeacherYear,
  pay: number,
  cell: number,
  tally: Tally,
): void {
  const before = columns.balance[i]!;
  const plan = columns.plan[i]!;
  const interest = nearest(before * of.interest[plan]!);
  const repaid = repaymentOf(of, plan, before + interest, pay);
  let left = before + interest - repaid;
  const benefit = benefitOf(columns, i, of, repaid, left);
  if (benefit > 0) {
    tally[at.benefit + cell]! += benefit;
    tally[at.receivers + cell]! += 1;
    if (of.benefit.form === 1) {
      tally[at.paidOff + cell]! += benefit;
      left -= benefit;
    }
  }
  columns.balance[i] = left;
  tally[at.interest + cell]! += interest;
  tally[at.repaid + cell]! += repaid;
  tally[at.balance + cell]! += left;
  if (left > 0) tally[at.withLoan + cell]! += 1;
  if (of.benefit.form !== 0) tally[at.liability + cell]! += stillOwed(columns, i, of, repaid, left);
}

/** What the benefit would pay in the years of service that are left to its last, at this year's balance, pay and rule. */
function stillOwed(columns: TeacherColumns, i: number, of: TeacherYear, repaid: number, left: number): number {
  const subject = columns.subject[i]!;
  const next = columns.service[i]! + 2;
  const from = Math.max(next, of.benefit.first);
  if (!isPaidBenefit(of, subject, from)) return 0;
  const years = Math.floor(of.benefit.last) - from + 1;
  const all = years * (of.benefit.form === 2 ? repaid : partOf(columns.loan[i]!, of, subject));
  return Math.min(all, left);
}

/** Counts everybody, and their loans, without a year's passing: the census before the first year. */
export function count(columns: TeacherColumns, schools: SchoolColumns, tally: Tally): void {
  for (let i = 0; i < columns.length; i++) {
    const cell = columns.subject[i]! * placeCount + schools.place[columns.school[i]!]!;
    tally[at.teachers + cell]! += 1;
    tally[at.fte + cell]! += columns.fte[i]!;
    tally[at.balance + cell]! += columns.balance[i]!;
  }
}

/** The work of programmes in a year for one teacher; adds their costs. @returns what they cost the school, pence */
function payProgrammes(
  columns: TeacherColumns,
  i: number,
  of: TeacherYear,
  {
    fundPayment,
    away,
    worked,
    key,
    cell,
  }: {
    readonly fundPayment: number;
    readonly away: number;
    readonly worked: number;
    readonly key: number;
    readonly cell: number;
  },
  tally: Tally,
): number {
  let cost = 0;
  const { development, sabbatical } = of;
  if (columns.service[i]! < 5 && development.share > 0 && drawShare(key, lifePurposes.need) < development.share) {
    tally[at.development + cell]! += development.cost;
    cost += development.cost;
  }
  if (away > 0) {
    const cover = nearest(worked * (1 + of.onCosts) * away * sabbatical.cover);
    tally[at.sabbaticals + cell]! += 1;
    tally[at.sabbaticalFte + cell]! += nearest(columns.fte[i]! * away);
    tally[at.cover + cell]! += cover;
    columns.owed[i] = sabbatical.duty;
    cost += cover;
  }
  if (columns.funded[i]! > 0) {
    columns.funded[i]! -= 1;
    tally[at.fund + cell]! += fundPayment;
    cost += fundPayment;
  }
  return cost;
}

/** Share of the year that a teacher is away on a funded sabbatical, in the year of service that gives a right to it. */
function shareAway({ sabbatical, year }: TeacherYear, yearOfService: number, key: number): number {
  const taken = yearOfService < sabbatical.taken.length ? sabbatical.taken[yearOfService]! : 0;
  return taken > 0 && drawShare(key, inYear(purposes.sabbatical, year)) < taken ? sabbatical.length : 0;
}

/**
 * Pay, loans, benefits and programmes of a year, of everybody in post at its census; and the count of them.
 * @param fundPayment what a funded post is paid, pence
 * @param spending by school, added to, pence: pay and employers' costs, and what programmes cost it
 */
export function settle(
  columns: TeacherColumns,
  schools: SchoolColumns,
  of: TeacherYear,
  fundPayment: number,
  luck: number,
  tally: Tally,
  spending: Spending,
): void {
  const { place } = schools;
  const { id, school: own, subject, fte: ftes, service, grade, balance, funded } = columns;
  const { pay: table, onCosts: onTop, sabbatical, development } = of;
  const programmes = development.share > 0 || sabbatical.taken.some((share) => share > 0);
  for (let i = 0; i < columns.length; i++) {
    const [school, fte, served] = [own[i]!, ftes[i]!, service[i]!];
    const where = place[school]!;
    const cell = subject[i]! * placeCount + where;
    const worked = nearest(table[payPosition(grade[i]!, served, (where / fifths.length) | 0)]! * fte * 0.01);
    let pay = worked;
    if (programmes || funded[i]! > 0) {
      const key = personKey(luck, id[i]!);
      const away = shareAway(of, served + 1, key);
      if (away > 0) pay = nearest(worked * (1 - away * (1 - sabbatical.pay)));
      spending.programmes[school]! += payProgrammes(columns, i, of, { fundPayment, away, worked, key, cell }, tally);
    }
    const onCosts = nearest(pay * onTop);
    tally[at.teachers + cell]! += 1;
    tally[at.fte + cell]! += fte;
    tally[at.pay + cell]! += pay;
    tally[at.onCosts + cell]! += onCosts;
    tally[at.early + cell]! += isBelow(served, 5);
    if (balance[i]! > 0) settleLoan(columns, i, of, pay, cell, tally);
    spending.pay[school]! += pay + onCosts;
  }
}
