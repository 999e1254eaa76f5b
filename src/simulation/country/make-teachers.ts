import { phaseOfSubject, placeCount } from "../classes.js";
import { portableExp } from "../exponential.js";
import { type SchoolColumns, type TeacherColumns, teacherColumns } from "./country.js";
import { classAt, cumulatedShares, evenShare } from "./spread.js";

/** What the teachers of a country are drawn from. */
export interface TeacherMakeUp {
  /** By subject: full-time equivalents. */
  readonly stock: readonly number[];
  /** Subject × age band (under 35, 35 to 54, 55 and over): shares. */
  readonly ages: readonly (readonly number[])[];
  /** Shares of the ages from 35 to 54 among teachers of those ages, all subjects together: 20. */
  readonly middleAges: readonly number[];
  /** Shares of the ages from 55 among those of 55 and over: 13. */
  readonly olderAges: readonly number[];
  /** By subject: of teachers of 35 to 54, the share of 54. */
  readonly atFiftyFour: readonly number[];
  /** By subject and years of service from none to four: those who entered so many years ago and stayed, as shares of the subject's teachers. */
  readonly newlyQualified: readonly (readonly number[])[];
  /** By age band: shares of the newly qualified. */
  readonly newlyQualifiedAges: readonly number[];
  /** By phase and age band: share of women. */
  readonly women: readonly (readonly number[])[];
  /** By phase: full-time equivalents a head. */
  readonly fteAHead: readonly number[];
  /** Phase × place: weights of teachers' places. */
  readonly places: readonly (readonly number[])[];
}

/** Ages of each band and their weights, as entrants have them: a rise to 25, level years to 34, a slow fall to 54, a fast one from 55 on. The
 * bands are published, the shape within is assumed; that of teachers in post is deduced from 35 on. */
export const ageBands: readonly { readonly first: number; readonly shares: Float64Array }[] = [
  { first: 22, shares: cumulatedShares([0.35, 0.7, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) },
  { first: 35, shares: cumulatedShares(Array.from({ length: 20 }, (_, k) => 1.32 - 0.0326 * k)) },
  { first: 55, shares: cumulatedShares([1, 0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03]) },
];

/** The ages of the newly qualified under 35, cumulated: the square of an even share, so that most are in their first years. */
const newlyQualifiedAges: Float64Array = Float64Array.from({ length: 13 }, (_, k) => Math.sqrt((k + 1) / 13));

/**
 * The ages from 35 to 54 of a subject, cumulated: everybody's, tilted (times a power of one factor a year of age, solved by halving) so that the
 * subject has its own share of 54.
 */
function middleAges(everybody: readonly number[], atFiftyFour: number): Float64Array {
  const tilted = (slope: number) =>
    everybody.map((share, k) => share * portableExp(slope * (k + 1 - everybody.length)));
  let [low, high] = [-1, 1];
  for (let step = 0; step < 50; step++) {
    const slope = (low + high) / 2;
    const weights = tilted(slope);
    const share = weights.at(-1)! / weights.reduce((a, b) => a + b, 0);
    if (share < atFiftyFour) low = slope;
    else high = slope;
  }
  return cumulatedShares(tilted((low + high) / 2));
}

/** The respects in which teachers are spread evenly. */
const respect = {
  place: 0,
  school: 1,
  band: 2,
  age: 3,
  start: 4,
  breaks: 5,
  sex: 6,
  fte: 7,
  fteSize: 8,
  grade: 9,
  head: 10,
  first: 11,
};

/** Part-time teachers work 40, 60 or 80% of full time, each as often: assumed; how many there are follows from the published headcount. */
const partTime = [40, 60, 80];

function gradeOf(k: number, service: number, headsShare: number): number {
  if (service >= 10 && evenShare(k, respect.head) < headsShare) return 3;
  const share = evenShare(k, respect.grade);
  if (service < 5) return 0;
  return share < 0.17 ? 2 : share < 0.85 ? 1 : 0;
}

/** The shares of the ages of a cumulated row. */
const sharesOf = (cumulated: Float64Array) => cumulated.map((share, k) => share - (k > 0 ? cumulated[k - 1]! : 0));

/** Years of service of the early career, which follow from the entrants of as many years. */
const early = 5;

/**
 * By age (0 to 127) and years of service from none to four: cumulated chances that a subject's teacher has served so long, so that there are as
 * many as entered in each year and stayed, at the ages of entrants and as many years more.
 * @param bands the subject's shares of age bands
 * @param within cumulated shares of the ages of each band
 */
function earlyService(of: TeacherMakeUp, subject: number, bands: readonly number[], within: readonly Float64Array[]) {
  const [teachers, entrants] = [new Float64Array(128), new Float64Array(128)];
  for (const [band, { first, shares }] of ageBands.entries()) {
    for (const [k, share] of sharesOf(within[band]!).entries()) teachers[first + k] = bands[band]! * share;
    for (const [k, share] of sharesOf(band === 0 ? newlyQualifiedAges : shares).entries())
      entrants[first + k] = of.newlyQualifiedAges[band]! * share;
  }
  const chances = new Float64Array(128 * early);
  for (let age = 0; age < 128; age++) {
    let sum = 0;
    for (let served = 0; served < early; served++) {
      const share = age < served ? 0 : of.newlyQualified[subject]![served]! * entrants[age - served]!;
      if (teachers[age]! > 0) sum += share / teachers[age]!;
      chances[age * early + served] = Math.min(1, sum);
    }
  }
  return chances;
}

/** Years of service: of the early career by its chances, else by age; who would still be in it by age is past it by as many years. */
function servedBy(k: number, age: number, chances: Float64Array): number {
  const share = evenShare(k, respect.first);
  for (let served = 0; served < early; served++) if (share < chances[age * early + served]!) return served;
  const served = serviceOf(k, age);
  return served >= early ? served : Math.max(1, Math.min(early + served, age - 22));
}

/** Years of service of an age: most began between 22 and 26, some later (a fourth power), and breaks take up to three tenths. */
function serviceOf(k: number, age: number): number {
  const start = 22 + Math.min(18, age - 22) * fourthPower(evenShare(k, respect.start));
  const early = evenShare(k, respect.breaks);
  return Math.floor(Math.max(0, age + 0.4 - start) * (1 - 0.3 * early * early));
}

/** By products, which every engine rounds alike; a power may differ in its last bit. */
const fourthPower = (x: number) => x * x * (x * x);

/** A school of a phase and place, by size. */
function schoolIn(schools: SchoolColumns, cell: number, share: number): number {
  const [from, to] = [schools.starts[cell]!, schools.starts[cell + 1]!];
  return classAt(schools.within, share, from, to);
}

/** How many heads a subject's teachers are. */
export const headcounts = (of: TeacherMakeUp): readonly number[] =>
  of.stock.map((fte, subject) => Math.round(fte / of.fteAHead[phaseOfSubject(subject)]!));

/**
 * The teachers of the first census: as many as published of each subject, in the places, ages, sexes and hours that are published for them. Each
 * respect is spread evenly over a subject's teachers, so that totals are met nearly exactly.
 */
export function makeTeachers(of: TeacherMakeUp, schools: SchoolColumns): TeacherColumns {
  const heads = headcounts(of);
  const count = heads.reduce((a, b) => a + b, 0);
  const teachers = teacherColumns(count);
  const phaseHeads = [heads[0]!, count - heads[0]!];
  const phaseSchools = [schools.firstSecondary, schools.count - schools.firstSecondary];
  const places = of.places.map(cumulatedShares);
  const ages = of.ages.map(cumulatedShares);
  const [young, old] = [ageBands[0]!.shares, cumulatedShares(of.olderAges)];
  const order = shuffledIds(count);
  let row = 0;
  for (const [subject, number] of heads.entries()) {
    const phase = phaseOfSubject(subject);
    const part = (1 - of.fteAHead[phase]!) / 0.4;
    const within = [young, middleAges(of.middleAges, of.atFiftyFour[subject]!), old];
    const chances = earlyService(of, subject, of.ages[subject]!, within);
    const headsShare = phaseSchools[phase]! / (0.59 * phaseHeads[phase]!);
    for (let k = 0; k < number; k++, row++) {
      const place = classAt(places[phase]!, evenShare(k, respect.place));
      const band = classAt(ages[subject]!, evenShare(k, respect.band));
      const age = ageBands[band]!.first + classAt(within[band]!, evenShare(k, respect.age));
      const service = servedBy(k, age, chances);
      teachers.id[row] = order[row]!;
      teachers.subject[row] = subject;
      teachers.school[row] = schoolIn(schools, phase * placeCount + place, evenShare(k, respect.school));
      teachers.age[row] = age;
      teachers.service[row] = service;
      teachers.grade[row] = gradeOf(k, service, headsShare);
      teachers.sex[row] = evenShare(k, respect.sex) < of.women[phase]![band]! ? 1 : 0;
      teachers.fte[row] =
        evenShare(k, respect.fte) < part ? partTime[Math.floor(3 * evenShare(k, respect.fteSize))]! : 100;
    }
  }
  teachers.length = count;
  return bySchool(teachers, heads, schools.count);
}

/** The rows of each subject in the order of schools: neighbours are then counted in the same cells, which makes every loop quicker. */
function bySchool(teachers: TeacherColumns, heads: readonly number[], schools: number): TeacherColumns {
  const sorted = teacherColumns(teachers.length);
  sorted.length = teachers.length;
  let from = 0;
  for (const number of heads) {
    const next = new Uint32Array(schools + 1);
    for (let i = from; i < from + number; i++) next[teachers.school[i]! + 1]! += 1;
    for (let s = 0; s < schools; s++) next[s + 1]! += next[s]!;
    for (let i = from; i < from + number; i++) {
      const to = from + next[teachers.school[i]!]!++;
      sorted.id[to] = teachers.id[i]!;
      sorted.school[to] = teachers.school[i]!;
      sorted.subject[to] = teachers.subject[i]!;
      sorted.age[to] = teachers.age[i]!;
      sorted.service[to] = teachers.service[i]!;
      sorted.fte[to] = teachers.fte[i]!;
      sorted.grade[to] = teachers.grade[i]!;
      sorted.sex[to] = teachers.sex[i]!;
    }
    from += number;
  }
  return sorted;
}

/**
 * A number for each row, each once, so that every n-th number is an even sample of all subjects and places: multiples of a step that has no
 * divisor in common with the count.
 */
function shuffledIds(count: number): Uint32Array {
  const ids = new Uint32Array(count);
  let step = Math.floor(count * 0.6180339887498949) | 1;
  while (commonDivisor(step, count) !== 1) step += 2;
  let id = 0;
  for (let row = 0; row < count; row++) {
    ids[row] = id;
    id += step;
    if (id >= count) id -= count;
  }
  return ids;
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
