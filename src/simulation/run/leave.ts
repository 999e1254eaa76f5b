import { fifths, placeCount } from "../classes.js";
import { copyTeacher, type SchoolColumns, type TeacherColumns } from "../country/country.js";
import { drawShare, drawWord, isBelow, personKey } from "../draws.js";
import { happens } from "../logistic-chance.js";
import { benefitOf, repaymentOf } from "./benefit.js";
import { payPosition } from "./pay.js";
import { inYear, lifePurposes, purposes } from "./purposes.js";
import { type Tally, tallyAt } from "./tally.js";
import { ageClasses, ageClassOf, hazardFactor, oldest, type TeacherYear } from "./teacher-year.js";

const at = {
  leavers: tallyAt("leavers"),
  fte: tallyAt("leavers-fte"),
  under55: tallyAt("leavers-under-55-fte"),
  loans: tallyAt("loans-of-leavers"),
};

/** The hazard's factor for what a teacher would be paid on top if they stayed, and the log-odds added for it. */
interface Answer {
  factor: number;
  logit: number;
}

/** What the benefit and the fund mean for a teacher's leaving; nothing for most. */
function answerToPayments(columns: TeacherColumns, i: number, of: TeacherYear, region: number, answer: Answer): void {
  answer.factor = of.payFactor;
  answer.logit = 0;
  const offered = of.benefit.form !== 0 && columns.balance[i]! > 0;
  const funded = columns.funded[i]! > 0 && of.fund.payment > 0;
  if (!offered && !funded) return;
  const pay = of.pay[payPosition(columns.grade[i]!, columns.service[i]!, region)]! * columns.fte[i]! * 0.01;
  if (offered) {
    const repaid = repaymentOf(of, columns.plan[i]!, columns.balance[i]!, pay);
    const benefit = benefitOf(columns, i, of, repaid, columns.balance[i]! - repaid);
    raise(of.benefit.answer, (benefit * of.benefit.value) / pay, answer);
  }
  if (funded) raise(of.fund.answer, of.fund.payment / pay, answer);
}

function raise(response: TeacherYear["benefit"]["answer"], share: number, answer: Answer): void {
  if (response.form === 1) answer.factor *= hazardFactor(response, share);
  else if (response.form === 2) answer.logit += response.response * share;
}

/** Whether a share of a draw is below a chance times a factor: below the chance itself once the draw is divided by the factor. */
function happensTimes(word: number, logit: number, factor: number): boolean {
  if (factor === 1) return happens(word, logit);
  const scaled = word / factor;
  return scaled < 4294967296 && happens(scaled, logit);
}

/** Log-odds that only proposals add: development in the first five years, the prospect of a sabbatical, service owed. */
function logitOfProposals(columns: TeacherColumns, i: number, of: TeacherYear, key: number): number {
  const served = columns.service[i]!;
  let logit = columns.owed[i]! > 0 ? of.sabbatical.owed : 0;
  if (of.development.share > 0 && served <= 5 && drawShare(key, lifePurposes.need) < of.development.share)
    logit += of.development.answer;
  if (served + 1 < of.sabbatical.prospect.length) logit += of.sabbatical.prospect[served + 1]!;
  return logit;
}

/** Whether any proposal that bears on leaving is in force in a year, or was and is still felt. */
function hasProposals({ benefit, development, sabbatical }: TeacherYear): boolean {
  return benefit.form !== 0 || development.share > 0 || sabbatical.owed !== 0;
}

/**
 * A year passes: everybody is a year older and has served one more, and those leave whose draw says so. The last row takes a leaver's place: no
 * sum depends on the order of rows.
 * @param luck first word of the draws
 */
export function leave(
  columns: TeacherColumns,
  schools: SchoolColumns,
  of: TeacherYear,
  luck: number,
  tally: Tally,
): void {
  const { place } = schools;
  const { id, age: ages, service: services, subject: subjects, school, fte: ftes, owed, funded } = columns;
  const { logits, place: byPlace, payFactor } = of;
  const byService = Float64Array.from({ length: 256 }, (_, served) => of.service[served] ?? of.service[0]!);
  const byTime = Float64Array.of(0, of.partTime);
  const purpose = inYear(purposes.leave, of.year);
  const classes = ageClasses.length;
  const proposals = hasProposals(of);
  const answer: Answer = { factor: payFactor, logit: 0 };
  let i = 0;
  let length = columns.length;
  while (i < length) {
    const subject = subjects[i]!;
    const where = place[school[i]!]!;
    const age = ages[i]! + 1;
    const served = services[i]! + 1;
    ages[i] = age;
    services[i] = served;
    let logit = logits[subject * classes + ageClassOf[age]!]! + byPlace[where]! + byService[served]!;
    logit += byTime[isBelow(ftes[i]!, 100)]!;
    const key = personKey(luck, id[i]!);
    if (proposals || funded[i]! > 0) {
      answerToPayments(columns, i, of, (where / fifths.length) | 0, answer);
      logit += answer.logit + logitOfProposals(columns, i, of, key);
    }
    if (age < oldest && !happensTimes(drawWord(key, purpose), logit, answer.factor)) {
      if (owed[i]! > 0) owed[i]! -= 1;
      i++;
      continue;
    }
    const cell = subject * placeCount + where;
    tally[at.leavers + cell]! += 1;
    tally[at.fte + cell]! += ftes[i]!;
    if (age < 55) tally[at.under55 + cell]! += ftes[i]!;
    tally[at.loans + cell]! += columns.balance[i]!;
    length--;
    if (i < length) copyTeacher(columns, length, i);
  }
  columns.length = length;
}
