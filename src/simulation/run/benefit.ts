import type { TeacherColumns } from "../country/country.js";
import type { TeacherYear } from "./teacher-year.js";

/** The nearest whole number of one that isn't negative, halves up: as `Math.round`, which takes a branch that goes wrong every other time. */
export function nearest(sum: number): number {
  return Math.floor(sum + 0.5);
}

/** What the year's pay takes off a loan before any benefit, pence. */
export function repaymentOf(of: TeacherYear, plan: number, balance: number, pay: number): number {
  const over = pay - of.thresholds[plan]!;
  if (over <= 0 || balance <= 0) return 0;
  const due = nearest(over * of.repayment);
  return Math.min(due, balance);
}

/** Whether the National Service Benefit pays a teacher in a year of service. */
export function isPaidBenefit({ benefit, shortage }: TeacherYear, subject: number, yearOfService: number): boolean {
  if (benefit.form === 0 || yearOfService < benefit.first || yearOfService > benefit.last) return false;
  return !benefit.shortageOnly || shortage[subject] === 1;
}

/** The equal part of a loan that a year of service pays off, pence; greater where the subject is short. */
export function partOf(loan: number, { benefit, shortage }: TeacherYear, subject: number): number {
  const part = loan / benefit.term;
  return nearest(shortage[subject] === 1 ? part * benefit.acceleration : part);
}

/**
 * The benefit of a year, pence: a part of the loan off the balance that is left after the year's repayment (form 1), or that repayment given
 * back (form 2).
 */
export function benefitOf(columns: TeacherColumns, i: number, of: TeacherYear, repaid: number, left: number): number {
  if (left + repaid <= 0) return 0;
  const subject = columns.subject[i]!;
  if (!isPaidBenefit(of, subject, columns.service[i]! + 1)) return 0;
  if (of.benefit.form === 2) return repaid;
  const part = partOf(columns.loan[i]!, of, subject);
  return Math.min(part, left);
}
