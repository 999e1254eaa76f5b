import { phaseOfSubject, placeCount, subjects } from "../classes.js";
import type { Country } from "../country/country.js";
import { stageOf } from "./pupil-year.js";
import type { Reader } from "./reader.js";

/** What posts are counted from: weighted pupils of each phase and place (90), those over 16 for more. */
export type Need = Float64Array;

/** Weighted pupils if every place kept its share of its phase: without individual pupils. */
export function expectedNeed(country: Country, yearGroups: readonly number[], postSixteen: number): Need {
  const { schools } = country;
  const weighted = [0, 0];
  for (const [group, pupils] of yearGroups.entries())
    weighted[group < 7 ? 0 : 1]! += pupils * (stageOf[group] === 3 ? postSixteen : 1);
  const need = new Float64Array(2 * placeCount);
  const sizes = [0, 0];
  for (let s = 0; s < schools.count; s++) {
    const phase = s < schools.firstSecondary ? 0 : 1;
    sizes[phase]! += schools.size[s]!;
    need[phase * placeCount + schools.place[s]!]! += schools.size[s]!;
  }
  return need.map((size, k) => (size * weighted[k < placeCount ? 0 : 1]!) / sizes[k < placeCount ? 0 : 1]!);
}

/** Weighted pupils as counted: stage × school, times what one stands for. */
export function countedNeed(country: Country, rolls: Int32Array, every: number, postSixteen: number): Need {
  const { schools } = country;
  const need = new Float64Array(2 * placeCount);
  for (let stage = 0; stage < 4; stage++)
    for (let s = 0; s < schools.count; s++) {
      const group = (s < schools.firstSecondary ? 0 : placeCount) + schools.place[s]!;
      need[group]! += rolls[stage * schools.count + s]! * every * (stage === 3 ? postSixteen : 1);
    }
  return need;
}

/** Full-time equivalents of the first census by subject × place, hundredths. */
export function firstStock(country: Country): Float64Array {
  const { teachers, schools } = country;
  const stock = new Float64Array(subjects.length * placeCount);
  for (let i = 0; i < teachers.length; i++)
    stock[teachers.subject[i]! * placeCount + schools.place[teachers.school[i]!]!]! += teachers.fte[i]!;
  return stock;
}

/**
 * Posts by subject × place, hundredths of a full-time equivalent: the stock of the first census and what was unfilled beside it, in proportion to
 * pupils of the place since, to pupils a teacher, and to the subject's growth in the timetable; and more for time off for development.
 */
export function postsOf(
  country: Country,
  reader: Reader,
  year: number,
  { stock, first, now }: { readonly stock: Float64Array; readonly first: Need; readonly now: Need },
): Float64Array {
  const unfilled = reader.bySubject("posts.unfilled", 0);
  const ratio = ["primary", "secondary"].map(
    (phase, p) => country.pupilsPerTeacher[p]! / reader.value(`posts.pupils-per-teacher.${phase}`, year),
  );
  const off = 1 + earlyShare * reader.value("development.entitlement", year) * reader.value("development.time", year);
  const growth = new Float64Array(subjects.length).fill(1);
  for (let t = 0; t <= year; t++)
    for (const [s, rate] of reader.bySubject("posts.growth", t).entries()) growth[s]! *= 1 + rate;
  return stock.map((fte, cell) => {
    const [subject, place] = [Math.floor(cell / placeCount), cell % placeCount];
    const phase = phaseOfSubject(subject);
    const group = phase * placeCount + place;
    const pupils = first[group]! > 0 ? now[group]! / first[group]! : 0;
    return Math.round(fte * (1 + unfilled[subject]!) * pupils * ratio[phase]! * growth[subject]! * off);
  });
}

/** Of full-time equivalents, those in their first five years: what time off for development is reckoned on. */
const earlyShare = 0.24;
