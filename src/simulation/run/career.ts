import { fifths, grades, phaseOfSubject, placeCount, regions } from "../classes.js";
import type { SchoolColumns, TeacherColumns } from "../country/country.js";
import { classAt } from "../country/spread.js";
import { drawShare, personKey } from "../draws.js";
import { inYear, purposes } from "./purposes.js";
import { type Tally, tallyAt } from "./tally.js";
import type { TeacherYear } from "./teacher-year.js";

const at = {
  hours: tallyAt("hours-lost"),
  promoted: tallyAt("promoted"),
  out: tallyAt("moved-out"),
  in: tallyAt("moved-in"),
  outFte: tallyAt("moved-out-fte"),
  inFte: tallyAt("moved-in-fte"),
  loansOut: tallyAt("loans-moved-out"),
  loansIn: tallyAt("loans-moved-in"),
};

const [head, english, mathematics] = [3, 2, 1];

/** Whether the recruitment fund pays for such a post: heads, and teachers of English and mathematics, in the most deprived fifths. */
export function isFundedPost(of: TeacherYear, subject: number, grade: number, place: number): boolean {
  if (of.fund.years === 0 || place % fifths.length < fifths.length - of.fund.fifths) return false;
  return grade === head || subject === english || subject === mathematics;
}

/** The service after which a grade can be left for the next. */
const serviceFor = Uint8Array.of(5, 5, 10, 255);

/**
 * Promotion, fewer hours and moves to another school of the region, of those who stayed.
 * @param toFifths subject × region × fifth: cumulated shares of the fifths to which movers go
 */
export function careers(
  columns: TeacherColumns,
  schools: SchoolColumns,
  of: TeacherYear,
  toFifths: Float64Array,
  luck: number,
  tally: Tally,
): void {
  const { place } = schools;
  const { id, subject: subjects, school, fte, grade, service } = columns;
  const { hours, moving, year } = of;
  const promotion = promotionByService(of);
  const forHours = inYear(purposes.hours, year);
  const forMoves = inYear(purposes.move, year);
  const forPromotion = inYear(purposes.promote, year);
  for (let i = 0; i < columns.length; i++) {
    const key = personKey(luck, id[i]!);
    const subject = subjects[i]!;
    const from = grade[i]!;
    if (drawShare(key, forPromotion) < promotion[from * 256 + service[i]!]!) {
      const where = place[school[i]!]!;
      grade[i] = from + 1;
      tally[at.promoted + subject * placeCount + where]! += 1;
      if (from + 1 === head && isFundedPost(of, subject, head, where)) columns.funded[i] = of.fund.years;
    }
    if (drawShare(key, forHours) < hours[phaseOfSubject(subject)]! && fte[i]! > 40) {
      fte[i]! -= 20;
      tally[at.hours + subject * placeCount + place[school[i]!]!]! += 20;
    }
    if (drawShare(key, forMoves) < moving && grade[i] !== head) {
      const where = place[school[i]!]!;
      const to = move(columns, i, schools, of, toFifths, key, where);
      tallyMove(columns, i, subject * placeCount + where, subject * placeCount + to, tally);
    }
  }
}

/** The chance of promotion by grade and years of service: 4 × 256. */
function promotionByService({ promotion }: TeacherYear): Float64Array {
  return Float64Array.from({ length: grades.length * 256 }, (_, k) =>
    (k & 255) >= serviceFor[k >> 8]! ? promotion[k >> 8]! : 0,
  );
}

function tallyMove(columns: TeacherColumns, i: number, from: number, to: number, tally: Tally): void {
  tally[at.out + from]! += 1;
  tally[at.in + to]! += 1;
  tally[at.outFte + from]! += columns.fte[i]!;
  tally[at.inFte + to]! += columns.fte[i]!;
  tally[at.loansOut + from]! += columns.balance[i]!;
  tally[at.loansIn + to]! += columns.balance[i]!;
}

/** Moves a teacher to a school of their region. @returns the new place */
function move(
  columns: TeacherColumns,
  i: number,
  schools: SchoolColumns,
  of: TeacherYear,
  toFifths: Float64Array,
  key: number,
  where: number,
): number {
  const subject = columns.subject[i]!;
  const region = (where / fifths.length) | 0;
  const from = (subject * regions.length + region) * fifths.length;
  const fifth = classAt(toFifths, drawShare(key, inYear(purposes.place, of.year)), from, from + fifths.length) - from;
  const to = region * fifths.length + fifth;
  columns.school[i] = schoolIn(schools, subject, to, drawShare(key, inYear(purposes.school, of.year)));
  columns.funded[i] = isFundedPost(of, subject, columns.grade[i]!, to) ? of.fund.years : 0;
  return to;
}

/** A school of the subject's phase in a place, by size. */
export function schoolIn(schools: SchoolColumns, subject: number, place: number, share: number): number {
  const group = phaseOfSubject(subject) * placeCount + place;
  return classAt(schools.within, share, schools.starts[group]!, schools.starts[group + 1]!);
}
