import { addDays, type CivilDate, err, type Json, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actorName, holdsRole } from "../../platform/identity/index.js";
import { appendMany } from "../../platform/log/index.js";
import { type Audit, auditId } from "./audit.js";
import { barOfContinuity, barsBetween } from "./interests.js";
import { type CharterNumber, charterStatus } from "./officer.js";
import { countsFrom } from "./outcomes.js";
import {
  changeKilometres,
  loadTolerance,
  longDayKilometres,
  outcomeMonths,
  yearsAfterGoverning,
  yearsAfterWorking,
  yearsRunning,
} from "./parameters.js";
import {
  type AssignmentInput,
  assignmentCost,
  auditDays,
  datesOf,
  greedyAssignment,
  loadLimits,
  type Outing,
  type PlanFigures,
  type PlanRequest,
  pairKey,
  schoolDays,
} from "./plan.js";
import { notAllowed, problem } from "./problems.js";
import { acting } from "./service-audits.js";
import { addAudits, auditsOfYear, pastAudits, replanAudits } from "./store-audits.js";
import { listOfficers } from "./store-officers.js";
import { loadOutcomes } from "./store-outcomes.js";
import { findPlan, type KeptVisit, markAdopted, plannableSchools, savePlan, visitsOf } from "./store-plans.js";

const planners = ["regional-officer", "regional-director"] as const;

/** What a plan is asked for: a region, a year, and who is away. */
export interface PlanOrder {
  readonly region: string;
  readonly year: number;
  readonly today: CivilDate;
  readonly away: readonly { readonly charter: string; readonly from: CivilDate }[];
  /** The plan that is changed: its schools stay where they are unless a change is worth it. */
  readonly from: number | null;
}

/** An assignment to solve, with what is needed to write the plan down afterwards; it crosses threads, so bars are a list. */
export interface PlanTask {
  readonly order: PlanOrder;
  readonly request: PlanRequest;
  readonly input: Omit<AssignmentInput, "barred" | "current"> & {
    readonly barred: readonly string[];
    readonly current: readonly (readonly [string, CharterNumber])[];
  };
  readonly precision: Readonly<Record<string, number>>;
}

/** What the thread answers. */
export interface PlanSolution {
  readonly assignment: readonly number[];
  readonly outings: readonly (readonly Outing[])[];
  readonly cost: number;
  readonly bound: number;
}

/** The input as the rules read it. */
export function inputOf({ input }: PlanTask): AssignmentInput {
  return { ...input, barred: new Set(input.barred), current: new Map(input.current) };
}

/** The school days of the year that are left. */
const daysLeft = ({ year, today }: PlanOrder) => schoolDays(year).filter((day) => day >= today);

/** Gathers what an assignment is made of: schools still to be audited, officers who can be sent, bars, who has what today. */
export async function loadPlanTask(queries: Queries, order: PlanOrder): Promise<Result<PlanTask, readonly Problem[]>> {
  const { region, year, today } = order;
  const on = today;
  const left = daysLeft(order);
  if (left.length === 0)
    return err([problem("assignment-impossible", `the year ${year}`, "no school day of the year is left")]);
  const audits = await auditsOfYear(queries, region, year);
  const annual = new Map(audits.filter(({ kind }) => kind === "annual").map((audit) => [audit.urn, audit]));
  const schools = (await plannableSchools(queries, region, on)).filter(
    ({ urn }) => (annual.get(urn)?.state ?? "planned") === "planned",
  );
  const unplaced = schools.filter(({ east }) => east === null);
  if (schools.length === unplaced.length)
    return err([
      problem("sites-missing", `region ${region}`, `no place is known of any of ${unplaced.length} schools`),
    ]);
  const placed = schools.filter(({ east }) => east !== null);
  const officers = (await listOfficers(queries, region)).flatMap((officer) => {
    const awayFrom = order.away.find(({ charter }) => charter === officer.charter)?.from;
    const usable = left.filter(
      (day) => charterStatus(officer, day) === "chartered" && !(awayFrom && day >= awayFrom),
    ).length;
    const days = Math.floor((2 * officer.daysPerYear * usable) / schoolDays(year).length) / 2;
    return days > 0 ? [{ officer, days }] : [];
  });
  if (officers.length === 0)
    return err([problem("officers-missing", `region ${region}`, "no officer can be sent in what is left of the year")]);
  const outcomes = await loadOutcomes(
    queries,
    countsFrom(on, valueOn(outcomeMonths, on).value),
    on,
    placed.map(({ urn }) => urn),
  );
  const past = await pastAudits(
    queries,
    placed.map(({ urn }) => urn),
    year,
  );
  const years = new Map<string, number[]>();
  for (const one of past)
    years.set(pairKey(one.officer, one.urn), [...(years.get(pairKey(one.officer, one.urn)) ?? []), one.year]);
  const waiting = {
    afterWorking: valueOn(yearsAfterWorking, on).value,
    afterGoverning: valueOn(yearsAfterGoverning, on).value,
  };
  const running = valueOn(yearsRunning, on).value;
  const barred = officers.flatMap(({ officer }) =>
    placed.flatMap((school) => {
      const key = pairKey(officer.charter, school.urn);
      const ties = {
        urn: school.urn,
        trusts: school.trusts,
        authority: school.authority,
        maintained: !/academy|free school/i.test(school.type),
      };
      const bars = officer.interests.length > 0 && barsBetween(officer.interests, ties, on, waiting).length > 0;
      return bars || barOfContinuity(years.get(key) ?? [], year, running) !== null ? [key] : [];
    }),
  );
  const request: PlanRequest = {
    tolerance: valueOn(loadTolerance, on).value,
    yearsRunning: running,
    changeKilometres: valueOn(changeKilometres, on).value,
    away: order.away,
    from: order.from,
  };
  const current = order.from === null ? [] : [...annual.values()].map((audit) => [audit.urn, audit.officer] as const);
  const precision: Record<string, number> = unplaced.length > 0 ? { unknown: unplaced.length } : {};
  for (const school of placed) precision[school.precision!] = (precision[school.precision!] ?? 0) + 1;
  const isOther = (type: string) => /special|pupil referral|alternative provision/i.test(type);
  return ok({
    order,
    request,
    precision,
    input: {
      schools: placed.map((school) => ({
        urn: school.urn,
        at: { east: school.east!, north: school.north! },
        days: auditDays(school.pupils, isOther(school.type) ? "other" : "mainstream"),
        due: outcomes.has(school.urn) ? addDays(outcomes.get(school.urn)!.on, 366) : null,
      })),
      officers: officers.map(({ officer, days }) => ({ charter: officer.charter, base: officer.base, days })),
      tolerance: request.tolerance,
      changeKilometres: request.changeKilometres,
      barred,
      current,
    },
  });
}

/** The plan's figures and visits. */
export function writePlan(
  task: PlanTask,
  solution: PlanSolution,
): { readonly figures: PlanFigures; readonly visits: readonly Omit<KeptVisit, "plan">[] } {
  const input = inputOf(task);
  const days = daysLeft(task.order);
  const assignment = Int32Array.from(solution.assignment);
  const greedy = greedyAssignment(input);
  const long = valueOn(longDayKilometres, task.order.today).value;
  const visits = new Map<number, Omit<KeptVisit, "plan">>();
  let [kilometres, longDays, changed] = [0, 0, 0];
  solution.outings.forEach((outings, i) => {
    const { charter } = input.officers[i]!;
    for (const { outing, day, on } of datesOf(outings, input.schools, days)) {
      kilometres += outing.kilometres;
      if (outing.kilometres / Math.max(1, outing.days) > long) longDays += 1;
      for (const j of outing.schools) {
        const { urn, days: length } = input.schools[j]!;
        const other = outing.schools.find((one) => one !== j);
        const before = visits.get(j);
        const current = input.current.get(urn);
        visits.set(j, {
          ...{ urn, officer: charter, days: length },
          day: Math.min(before?.day ?? day, day),
          plannedOn: before && before.plannedOn < on ? before.plannedOn : on,
          pairedWith: other === undefined ? (before?.pairedWith ?? null) : input.schools[other]!.urn,
          kilometres: (before?.kilometres ?? 0) + outing.kilometres / outing.schools.length,
          changed: current !== undefined && current !== charter,
        });
      }
    }
  });
  for (const visit of visits.values()) if (visit.changed) changed += 1;
  const loads = input.officers.map((_, i) =>
    input.schools.reduce((sum, school, j) => sum + (assignment[j] === i ? school.days : 0), 0),
  );
  const work = input.schools.reduce((sum, school) => sum + school.days, 0);
  const figures: PlanFigures = {
    ...{
      schools: input.schools.length,
      officers: input.officers.length,
      days: work,
      share: work / input.officers.length,
    },
    ...{ leastLoad: Math.min(...loads), mostLoad: Math.max(...loads) },
    ...{
      cost: solution.cost,
      bound: solution.bound,
      gap: solution.bound > 0 ? (solution.cost - solution.bound) / solution.bound : 0,
    },
    ...{ kilometres, greedyCost: assignmentCost(input, greedy), greedyLeft: greedy.filter((i) => i < 0).length },
    ...{ changed, longDays, precision: task.precision, solver: "HiGHS 1.15" },
  };
  loadLimits(input); // throws where the input makes no sense
  return { figures, visits: [...visits.values()] };
}

/** Keeps a plan that was made for somebody. */
export function keepPlan(
  queries: Queries,
  task: PlanTask,
  solution: PlanSolution,
  actor: Actor,
  now: Date,
): Promise<number> {
  const { figures, visits } = writePlan(task, solution);
  const { region, year } = task.order;
  return savePlan(
    queries,
    { region, year, madeAt: now.toISOString(), madeBy: actorName(actor), request: task.request, figures },
    visits,
  );
}

/** Puts a plan in force: its visits become the year's audits; audits that were begun stay with whoever began them. */
export function adoptPlan(
  database: Database,
  actor: Actor,
  id: number,
  now: Date,
): Promise<Result<{ readonly planned: number; readonly reassigned: number }, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const plan = await findPlan(queries, id);
    if (!plan) return err([problem("plan-unknown", `plan ${id}`, "there is no such plan within your reach")]);
    if (!holdsRole(actor, planners, { region: plan.region }))
      return err([notAllowed("putting a plan in force", "the region's officer or director")]);
    if (plan.adoptedAt !== null)
      return err([problem("plan-adopted", `plan ${id}`, `it is in force since ${plan.adoptedAt.slice(0, 10)}`)]);
    const visits = await visitsOf(queries, id);
    const known = new Map(
      (await auditsOfYear(queries, plan.region, plan.year))
        .filter(({ kind }) => kind === "annual")
        .map((audit) => [audit.urn, audit]),
    );
    const trusts = new Map(
      (await plannableSchools(queries, plan.region, dayInEngland(now))).map(({ urn, trusts: own }) => [
        urn,
        own[0] ?? null,
      ]),
    );
    const fresh: Audit[] = [];
    const moved: Audit[] = [];
    for (const { urn, officer, plannedOn } of visits) {
      const before = known.get(urn);
      if (!before)
        fresh.push(
          plannedAudit({
            urn,
            officer,
            plannedOn,
            year: plan.year,
            region: plan.region,
            trust: trusts.get(urn) ?? null,
          }),
        );
      else if (before.state === "planned" && (before.officer !== officer || before.plannedOn !== plannedOn))
        moved.push({ ...before, officer, plannedOn, version: before.version + 1 });
    }
    await addAudits(queries, fresh);
    await replanAudits(queries, moved);
    await markAdopted(queries, id, now);
    const event = (audit: Audit, kind: string) => ({
      stream: `safeguarding/audit/${audit.id}`,
      expected: audit.version - 1,
      actor,
      at: now,
      events: [{ kind, body: { plan: id, officer: audit.officer, on: audit.plannedOn } satisfies Json }],
    });
    await appendMany(queries, [
      ...fresh.map((audit) => event(audit, "audit-planned")),
      ...moved.map((audit) => event(audit, "audit-planned-anew")),
    ]);
    const reassigned = moved.filter((audit) => known.get(audit.urn)!.officer !== audit.officer).length;
    return ok({ planned: fresh.length, reassigned });
  });
}

function plannedAudit(known: Pick<Audit, "urn" | "officer" | "plannedOn" | "year" | "region" | "trust">): Audit {
  return {
    ...known,
    id: auditId(known.year, known.urn, 1),
    kind: "annual",
    state: "planned",
    ...{ standard: null, begunOn: null, submittedOn: null, secondReader: null, readingWhy: null, draw: null },
    ...{ readerWords: "", outcome: null, reasons: null, signedOn: null, version: 1 },
  };
}

/** Assigns single audits by hand: for a region that has no plan yet, or between plans. */
export function assignByHand(
  database: Database,
  actor: Actor,
  region: string,
  visits: readonly {
    readonly urn: string;
    readonly officer: CharterNumber;
    readonly plannedOn: CivilDate;
    readonly trust: string | null;
  }[],
  year: number,
  now: Date,
): Promise<Result<{ readonly planned: number }, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    if (!holdsRole(actor, planners, { region }))
      return err([notAllowed("assigning audits", "the region's officer or director")]);
    const known = new Set((await auditsOfYear(queries, region, year)).map(({ urn }) => urn));
    const fresh = visits.filter(({ urn }) => !known.has(urn)).map((visit) => plannedAudit({ ...visit, year, region }));
    await addAudits(queries, fresh);
    await appendMany(
      queries,
      fresh.map((audit) => ({
        stream: `safeguarding/audit/${audit.id}`,
        expected: 0,
        actor,
        at: now,
        events: [{ kind: "audit-planned", body: { officer: audit.officer, on: audit.plannedOn } }],
      })),
    );
    return ok({ planned: fresh.length });
  });
}
