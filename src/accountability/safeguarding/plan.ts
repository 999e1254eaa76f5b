import { addDays, type CivilDate, civilDate, dayNumber } from "../../kernel/index.js";
import type { CharterNumber } from "./officer.js";
import { distance, type Point } from "./sites.js";

/** A school to be audited, as the assignment sees it. */
export interface SchoolToAudit {
  readonly urn: string;
  readonly at: Point;
  /** Days in the school, a multiple of a half. */
  readonly days: number;
  /** The day after which the last outcome no longer counts, or null where there is none. */
  readonly due: CivilDate | null;
}

/** An officer who can be sent. */
export interface OfficerToSend {
  readonly charter: CharterNumber;
  readonly base: Point;
  /** Days in schools that the officer has for this plan. */
  readonly days: number;
}

/** What an assignment is made of. */
export interface AssignmentInput {
  readonly schools: readonly SchoolToAudit[];
  readonly officers: readonly OfficerToSend[];
  /** `${charter} ${urn}` of those that must not meet. */
  readonly barred: ReadonlySet<string>;
  /** How far a load may lie from the even share, 0–1. */
  readonly tolerance: number;
  /** Who has each school today, where a plan is changed. */
  readonly current: ReadonlyMap<string, CharterNumber>;
  /** What one change weighs, in kilometres. */
  readonly changeKilometres: number;
}

/** What was asked for, as it is kept with a plan. */
export interface PlanRequest {
  readonly tolerance: number;
  readonly yearsRunning: number;
  readonly changeKilometres: number;
  /** Officers who can't be sent, and since when. */
  readonly away: readonly { readonly charter: string; readonly from: CivilDate }[];
  /** Plan that this one changes; null for a new one. */
  readonly from: number | null;
}

/** What a plan comes to; lengths in kilometres, in straight lines, there and back. */
export interface PlanFigures {
  readonly schools: number;
  readonly officers: number;
  readonly days: number;
  /** The even share of the work, in days for a full officer of the region's mean capacity, and the least and most that anybody has. */
  readonly share: number;
  readonly leastLoad: number;
  readonly mostLoad: number;
  /** What the assignment minimises: each school's days times the journey there and back, plus the changes' weight. */
  readonly cost: number;
  /** No assignment within these loads and bars costs less. */
  readonly bound: number;
  /** How far above the bound the assignment may be, as a share of it. */
  readonly gap: number;
  /** The journeys as they are driven, two half days on one day where that saves. */
  readonly kilometres: number;
  /** Each school in turn to the nearest officer with room: what a person with a map would do. */
  readonly greedyCost: number;
  /** Schools that the greedy way left over. */
  readonly greedyLeft: number;
  readonly changed: number;
  readonly longDays: number;
  /** Schools by how well their place is known. */
  readonly precision: Readonly<Record<string, number>>;
  readonly solver: string;
}

/** How long an audit takes in the school, by pupils: a half day at least, and never less than a day where pupils board or are in special or alternative provision. */
export function auditDays(pupils: number | null, kind: "mainstream" | "other"): number {
  const size = pupils ?? 300;
  if (kind === "other") return size > 150 ? 1.5 : 1;
  if (size <= 120) return 0.5;
  if (size <= 600) return 1;
  return size <= 1200 ? 1.5 : 2;
}

/** The key under which a bar between an officer and a school is kept. */
export const pairKey = (charter: string, urn: string) => `${charter} ${urn}`;

/** What sending an officer to a school costs: a journey there and back on each day, half a one for half a day. */
export function visitCost(input: AssignmentInput, officer: OfficerToSend, school: SchoolToAudit): number {
  const current = input.current.get(school.urn);
  const change = current !== undefined && current !== officer.charter ? input.changeKilometres : 0;
  return 2 * school.days * distance(officer.base, school.at) + change;
}

/** The least and most days that an officer may have, in halves: the even share by capacity, give or take the tolerance. */
export function loadLimits(input: AssignmentInput): readonly { readonly least: number; readonly most: number }[] {
  const work = input.schools.reduce((sum, school) => sum + school.days, 0);
  const capacity = input.officers.reduce((sum, officer) => sum + officer.days, 0);
  return input.officers.map((officer) => {
    const share = capacity > 0 ? (work * officer.days) / capacity : 0;
    // Loads are halves, so the limits may be tightened to halves, which makes the bound sharper; at least half a day either way.
    const least = Math.min(Math.ceil(2 * share * (1 - input.tolerance)) / 2, Math.floor(2 * share) / 2);
    const most = Math.min(
      Math.max(Math.floor(2 * share * (1 + input.tolerance)) / 2, Math.ceil(2 * share) / 2),
      Math.floor(2 * officer.days) / 2,
    );
    return { least: Math.min(least, most), most };
  });
}

/** A choice of officer for each school, by place in the lists; −1 where a school is left over. */
export type Assignment = Int32Array;

/** What an assignment costs. */
export function assignmentCost(input: AssignmentInput, assignment: Assignment): number {
  return input.schools.reduce((sum, school, j) => {
    const officer = input.officers[assignment[j]!];
    return officer ? sum + visitCost(input, officer, school) : sum;
  }, 0);
}

/** Each school, the longest audits first, to the cheapest officer with room: the baseline that the solver has to beat. */
export function greedyAssignment(input: AssignmentInput): Assignment {
  const limits = loadLimits(input);
  const load = input.officers.map(() => 0);
  const assignment = new Int32Array(input.schools.length).fill(-1);
  const order = input.schools.map((_, j) => j).sort((a, b) => input.schools[b]!.days - input.schools[a]!.days || a - b);
  for (const j of order) {
    const school = input.schools[j]!;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    input.officers.forEach((officer, i) => {
      if (load[i]! + school.days > limits[i]!.most || input.barred.has(pairKey(officer.charter, school.urn))) return;
      const cost = visitCost(input, officer, school);
      if (cost < least) [best, least] = [i, cost];
    });
    assignment[j] = best;
    if (best >= 0) load[best] = load[best]! + school.days;
  }
  return assignment;
}

/** One day on the road, or several at one school: the schools (one, or two half days), the days, the kilometres of all of it. */
export interface Outing {
  readonly schools: readonly number[];
  readonly days: number;
  readonly kilometres: number;
}

/** Kilometres of a day at two schools: from the base to the one, to the other, and back. */
export function pairKilometres(base: Point, a: Point, b: Point): number {
  return distance(base, a) + distance(a, b) + distance(b, base);
}

/**
 * The outings of an officer: a whole number of journeys for each school, and half days two by two as `pairs` says.
 * @param own the officer's schools, by place in the list
 * @param pairs of schools with a half day each, by place in the list; others go alone
 */
export function outingsOf(
  base: Point,
  schools: readonly SchoolToAudit[],
  own: readonly number[],
  pairs: readonly (readonly [number, number])[],
): readonly Outing[] {
  const partner = new Map(pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
  return own.flatMap((j): Outing[] => {
    const school = schools[j]!;
    const whole = Math.floor(school.days);
    const there = distance(base, school.at);
    const outings: Outing[] = whole > 0 ? [{ schools: [j], days: whole, kilometres: 2 * there * whole }] : [];
    if (school.days === whole) return outings;
    const other = partner.get(j);
    if (other === undefined) return [...outings, { schools: [j], days: 0.5, kilometres: 2 * there }];
    if (other < j) return outings; // the day stands with the other school
    const kilometres = pairKilometres(base, school.at, schools[other]!.at);
    return [...outings, { schools: [j, other], days: 1, kilometres }];
  });
}

/** Monday to Friday in the school terms of an academic year, about: without August, the fortnights at Christmas and Easter, and half terms. */
export function schoolDays(year: number): readonly CivilDate[] {
  const span = (from: string, to: string) => ({ from: civilDate(from), to: civilDate(to) });
  const terms = [
    span(`${year}-09-07`, `${year}-10-23`),
    span(`${year}-11-02`, `${year}-12-18`),
    span(`${year + 1}-01-04`, `${year + 1}-02-12`),
    span(`${year + 1}-02-22`, `${year + 1}-03-26`),
    span(`${year + 1}-04-12`, `${year + 1}-05-28`),
    span(`${year + 1}-06-07`, `${year + 1}-07-16`),
  ];
  return terms.flatMap(({ from, to }) => {
    const days: CivilDate[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const weekday = (((dayNumber(day) + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
      if (weekday < 5) days.push(day);
    }
    return days;
  });
}

/**
 * Days for an officer's outings, evenly over the days that are left: the school whose last outcome lapses first goes first.
 * @returns for each outing its number among the officer's days, and its first date
 */
export function datesOf(
  outings: readonly Outing[],
  schools: readonly SchoolToAudit[],
  days: readonly CivilDate[],
): readonly { readonly outing: Outing; readonly day: number; readonly on: CivilDate }[] {
  const never = "0000";
  const dueOf = (outing: Outing) => outing.schools.map((j) => schools[j]!.due ?? never).sort()[0]!;
  const order = [...outings].sort((a, b) =>
    dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : a.schools[0]! - b.schools[0]!,
  );
  const length = (outing: Outing) => Math.max(1, Math.ceil(outing.days));
  const needed = order.reduce((sum, outing) => sum + length(outing), 0);
  let before = 0;
  return order.map((outing) => {
    const at = needed <= days.length ? Math.floor((before * days.length) / needed) : Math.min(before, days.length - 1);
    const dated = { outing, day: before + 1, on: days[at]! };
    before += length(outing);
    return dated;
  });
}
