import { phases, placeCount, regions, subjects, trustSizes } from "../classes.js";
import { Hash } from "../hash.js";
import type { DerivedTotals, SchoolTotals, TeacherTotals } from "../published/totals.js";
import type { Country } from "./country.js";
import { makeProviders } from "./make-providers.js";
import { makeSchools, makeTransfers, sharesOf } from "./make-schools.js";
import { makeTeachers, type TeacherMakeUp } from "./make-teachers.js";
import { makeTrusts } from "./make-trusts.js";
import { cumulatedShares } from "./spread.js";

/** The published totals of a country. */
export interface CountryTotals {
  readonly name: string;
  readonly teachers: TeacherTotals;
  readonly schools: SchoolTotals;
  readonly derived: DerivedTotals;
}

/** Standard deviation of the log of schools' present funding about the regional level: assumed, since no table by school is published. */
const spreadOfFunding = 0.04;

/** Kind × age band, cumulated: as the published entrants of secondary schools, for want of a table of primary. */
function entrantAges({ shares }: TeacherTotals): Float64Array {
  const kinds = [shares.newlyQualified, shares.returners, shares.newToSector];
  return Float64Array.from(kinds.flatMap((kind) => [...cumulatedShares(kind)]));
}

/** Women among primary teachers: assumed the same at every age, since the tables by age are of secondary teachers. */
const womenInPrimary = 0.85;

/** The last value known at or before a census. */
const knownAt = <T>(values: readonly T[], first: number, census: number): T =>
  values[Math.max(0, Math.min(values.length - 1, census - first))]!;

function agesBySubject({ stocks, firstStocks }: TeacherTotals, census: number): number[][] {
  const table = knownAt(stocks, firstStocks, census);
  const all = [0, 1, 2].map((band) => table.reduce((sum, row) => sum + row[band]!, 0));
  return [all, ...table].map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((value) => value / sum);
  });
}

/** Of newly qualified entrants, those still teaching after none to four years: losses of the cohort of 2010, as in the inputs of leaving. */
const stillTeaching = [1, 0.87, 0.82, 0.77, 0.73];

/** Newly qualified entrants of a subject in the year up to a census; of the first year known, before it. */
function enteredIn({ flows, firstFlows }: TeacherTotals, subject: number, census: number): number {
  return knownAt(flows.newlyQualified[subject]!, firstFlows, census) ?? 0;
}

function makeUpOf(totals: CountryTotals, census: number): TeacherMakeUp {
  const stock = totals.derived.stocks[census - totals.derived.firstStock];
  if (!stock) throw new RangeError(`there is no stock of teachers of ${census}`);
  const cells = totals.schools.cells.map((phase) => phase.flat());
  const sum = (phase: number, of: "fte" | "headcount") => cells[phase]!.reduce((all, cell) => all + cell[of], 0);
  return {
    stock,
    ages: agesBySubject(totals.teachers, census),
    middleAges: knownAt(totals.teachers.middleAges, totals.teachers.firstStocks, census),
    olderAges: knownAt(totals.teachers.olderAges, totals.teachers.firstStocks, census),
    atFiftyFour: knownAt(totals.teachers.atFiftyFour, totals.teachers.firstStocks, census),
    newlyQualified: stock.map((fte, s) =>
      stillTeaching.map((kept, served) => (kept * enteredIn(totals.teachers, s, census - served)) / fte),
    ),
    newlyQualifiedAges: totals.teachers.shares.newlyQualified,
    women: [[womenInPrimary, womenInPrimary, womenInPrimary], totals.teachers.shares.women],
    fteAHead: phases.map((_, phase) => sum(phase, "fte") / sum(phase, "headcount")),
    places: cells.map((phase) => phase.map((cell) => cell.fte)),
  };
}

/** Pupils of every year group on the day of a census, from the intakes. */
export function yearGroupsOf({ intake }: DerivedTotals, census: number): number[] {
  const { first, intakes, transfer } = intake;
  const [staying, stayingSecond] = [intake.stayingOn[0]!, intake.stayingOn[1]!];
  return Array.from({ length: 14 }, (_, group) => {
    const entered = intakes[Math.max(0, Math.min(intakes.length - 1, census - group - first))]!;
    const kept =
      group < 7 ? 1 : group < 12 ? transfer : group === 12 ? transfer * staying : transfer * staying * stayingSecond;
    return Math.round(entered * kept);
  });
}

function meanPayOf(totals: SchoolTotals): number {
  const paid = totals.cells.flat(2).filter((cell) => cell.pay > 0);
  return paid.reduce((sum, cell) => sum + cell.fte * cell.pay, 0) / paid.reduce((sum, cell) => sum + cell.fte, 0);
}

function ratioOf(teachers: TeacherTotals, phase: "primary" | "secondary", census: number): number {
  const at = census - teachers.firstNumbers;
  return teachers[phase].pupils[at]! / teachers[phase].teachers[at]!;
}

function traineesOf({ trainees, firstTrainees }: TeacherTotals, census: number): Float64Array {
  return Float64Array.from(trainees, (row) => row[Math.max(0, Math.min(row.length - 1, census - firstTrainees))] ?? 0);
}

/**
 * A country of individuals from published totals, on the day of the census of a year.
 * @param census calendar year in which the academic year of the census begins; 2010 to 2026 for England
 * @throws {RangeError} when there is no stock of that year, or a region or subject is missing from the tables
 */
export function makeCountry(totals: CountryTotals, census: number): Country {
  checkTotals(totals);
  const yearGroups = yearGroupsOf(totals.derived, census);
  const pupils = [yearGroups.slice(0, 7), yearGroups.slice(7)].map((groups) => groups.reduce((a, b) => a + b, 0));
  const schools = makeSchools(totals.schools, pupils, spreadOfFunding);
  const teachers = makeTeachers(makeUpOf(totals, census), schools);
  const country = {
    name: totals.name,
    firstYear: census + 1,
    ...{ schools, teachers, nextId: teachers.length, pupils: { yearGroups } },
    disadvantaged: sharesOf(totals.schools, (cell) => cell.disadvantaged),
    support: sharesOf(totals.schools, (cell) => cell.support + cell.plans),
    transfers: makeTransfers(schools),
    units: Float64Array.from(phases.flatMap((_, phase) => totals.schools.units.map((row) => row[phase]!))),
    meanPay: meanPayOf(totals.schools),
    pupilsPerTeacher: Float64Array.from(phases, (phase) => ratioOf(totals.teachers, phase, census)),
    providers: makeProviders(totals.teachers),
    trusts: makeTrusts(totals.schools, schools),
    trainees: traineesOf(totals.teachers, census),
    entrants: {
      ages: entrantAges(totals.teachers),
      women: Float64Array.of(womenInPrimary, totals.teachers.shares.women[0]!),
    },
  };
  return { ...country, hash: hashOf(country) };
}

/** @throws {RangeError} naming the table and what it lacks */
function checkTotals({ name, teachers, schools, derived }: CountryTotals): void {
  const lengths: readonly (readonly [string, number, number])[] = [
    ["phases of the schools' table", schools.cells.length, phases.length],
    ...schools.cells.map(
      (phase, p) => [`regions of the ${phases[p]} schools' table`, phase.length, regions.length] as const,
    ),
    ...schools.cells
      .flat()
      .map(
        (row, i) =>
          [`fifths of region ${regions[i % regions.length]}`, row.length, placeCount / regions.length] as const,
      ),
    ["regions of the units of funding", schools.units.length, regions.length],
    ["regions of the trusts' table", schools.trusts.trusts.length, regions.length],
    ...schools.trusts.trusts.map((row) => ["sizes of the trusts' table", row.length, trustSizes.length - 1] as const),
    ["groups of schools of the trusts' table", schools.trusts.schools.flat(2).length, phases.length * placeCount],
    ...teachers.training.byRegion
      .flat()
      .map((row) => ["regions of the trainees' table by kind of provider", row.length, regions.length] as const),
    ...teachers.training.bySubject
      .flat()
      .map((row) => ["subjects of the trainees' table by kind of provider", row.length, subjects.length] as const),
    ["subjects of the trainees' table", teachers.trainees.length, subjects.length],
    ...Object.entries(teachers.flows).map(
      ([kind, rows]) => [`subjects of the flow ${kind}`, rows.length, subjects.length] as const,
    ),
    ...derived.stocks.map(
      (row, i) => [`subjects of the stock of ${derived.firstStock + i}`, row.length, subjects.length] as const,
    ),
  ];
  for (const [what, has, wants] of lengths)
    if (has !== wants) throw new RangeError(`${name}: the ${what} are ${has}, and ${wants} are needed`);
}

function hashOf(country: Omit<Country, "hash">): string {
  const { schools, teachers } = country;
  const hash = new Hash().text(country.name).number(country.firstYear);
  hash.numbers(country.trusts.size).numbers(country.trusts.ofSchool);
  hash.numbers(country.providers.kind).numbers(country.providers.region);
  hash.numbers(schools.place).fractions(schools.size).fractions(schools.presentFunding);
  for (const column of [
    teachers.id,
    teachers.school,
    teachers.subject,
    teachers.age,
    teachers.service,
    teachers.fte,
    teachers.grade,
    teachers.sex,
  ])
    hash.numbers(column);
  for (const row of [
    country.disadvantaged,
    country.support,
    country.transfers,
    country.units,
    country.providers.applicants,
    country.providers.spare,
    country.pupilsPerTeacher,
    country.trainees,
    country.entrants.ages,
    country.entrants.women,
  ])
    hash.fractions(row);
  return hash.numbers(country.pupils.yearGroups).fractions([country.meanPay]).toString();
}
