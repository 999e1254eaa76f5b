import { phaseOfSubject, placeCount, subjects } from "../classes.js";
import type { Country } from "../country/country.js";
import { stageOf } from "./pupil-year.js";
import type { Reader } from "./reader.js";

/** What posts are counted from: weighted pupils of each phase and place (90), those over 16 for more. */
export type Need = Float64Array;

const sizesOf = new WeakMap<Country, Float64Array>();

/** Shares of each phase's pupils by phase and place, kept by country. */
function sharesOf(country: Country): Float64Array {
  const known = sizesOf.get(country);
  if (known) return known;
  const { schools } = country;
  const shares = new Float64Array(2 * placeCount);
  for (let s = 0; s < schools.count; s++)
    shares[(s < schools.firstSecondary ? 0 : placeCount) + schools.place[s]!]! += schools.size[s]!;
  for (const from of [0, placeCount]) {
    const phase = shares.subarray(from, from + placeCount);
    const all = phase.reduce((a, b) => a + b, 0);
    for (let k = 0; k < placeCount; k++) phase[k]! /= all;
  }
  sizesOf.set(country, shares);
  return shares;
}

/** Weighted pupils if every place kept its share of its phase: without individual pupils. */
export function expectedNeed(country: Country, yearGroups: readonly number[], postSixteen: number): Need {
  const weighted = [0, 0];
  for (const [group, pupils] of yearGroups.entries())
    weighted[group < 7 ? 0 : 1]! += pupils * (stageOf[group] === 3 ? postSixteen : 1);
  return sharesOf(country).map((share, k) => share * weighted[k < placeCount ? 0 : 1]!);
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

const stocksOf = new WeakMap<Country, Float64Array>();

/** Hundredths of a full-time equivalent by subject, kept by country. */
function stockBySubject(country: Country): Float64Array {
  const known = stocksOf.get(country);
  if (known) return known;
  const { length, subject, fte } = country.teachers;
  const stock = new Float64Array(subjects.length);
  for (let i = 0; i < length; i++) stock[subject[i]!]! += fte[i]!;
  stocksOf.set(country, stock);
  return stock;
}

/**
 * The stock of a first census by subject × place as those in the run have it, brought to the country's subjects: in a sample, posts are then
 * measured against the sample's own teachers, and what chance it has in its places isn't taken for vacancies.
 */
export function firstStock(country: Country, counted: Float64Array): Float64Array {
  const all = stockBySubject(country);
  const own = new Float64Array(subjects.length);
  for (let cell = 0; cell < counted.length; cell++) own[Math.floor(cell / placeCount)]! += counted[cell]!;
  return counted.map((fte, cell) => {
    const subject = Math.floor(cell / placeCount);
    return own[subject]! > 0 ? (fte * all[subject]!) / own[subject]! : 0;
  });
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
