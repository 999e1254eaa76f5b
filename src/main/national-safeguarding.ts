import {
  assignByHand,
  charterNumberOf,
  importOutcomes,
  type OfficerRow,
  type OutcomeLine,
  registerOfficers,
  type Site,
  saveSites,
} from "../accountability/safeguarding/index.js";
import type { England } from "../england/index.js";
import {
  academicYearOf,
  addDays,
  civilDate,
  ok,
  type Problem,
  type Random,
  type Result,
  seededRandom,
} from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { dayInEngland } from "../platform/http/index.js";
import { systemActor } from "../platform/identity/index.js";
import { regions } from "../register/index.js";
import { inventedName } from "./local-people.js";

/** What a synthetic England has for the safeguarding audit. */
export interface NationalSafeguarding {
  readonly sites: readonly Site[];
  readonly outcomes: readonly OutcomeLine[];
  readonly officers: readonly OfficerRow[];
  /** The first schools of the officers as whom anybody may sign in, by charter: there is something to do before a region has planned. */
  readonly first: readonly {
    readonly charter: OfficerRow["charter"];
    readonly region: string;
    readonly urns: readonly string[];
  }[];
  /** Trust of each school named in `first`. */
  readonly trusts: readonly (readonly [urn: string, trust: string])[];
}

/** Schools for one officer: about sixty audit days each. */
const schoolsPerOfficer = 50;
const firstSchools = 6;

function officerOf(
  region: string,
  index: number,
  number: number,
  base: England["schools"][number],
  random: Random,
): OfficerRow {
  const charter = charterNumberOf(String(100_000 + index * 1000 + number));
  const subject =
    number === 0 ? `safeguarding-officer-${region}` : number === 1 ? `safeguarding-officer-${region}-2` : null;
  // Some were chartered in the founding year and lapse now; those as whom anybody signs in don't.
  const isFounder = number > 1 && random.uniform() < 0.04;
  const worked = random.uniform() < 0.25;
  const workedAt = { kind: "works", in: { kind: "school", urn: base.urn }, words: "was its designated lead" } as const;
  return {
    charter,
    name: inventedName(subject ?? charter),
    person: null,
    subject,
    region,
    baseName: base.town,
    base: { east: base.east, north: base.north },
    daysPerYear: random.uniform() < 0.2 ? 45 : 75,
    chartered: {
      from: civilDate(isFounder ? "2023-10-01" : "2024-09-01"),
      to: civilDate(isFounder ? "2026-10-01" : "2027-09-01"),
    },
    suspensions: [],
    interests:
      worked && number > 1
        ? [
            {
              ...workedAt,
              from: civilDate("2012-09-01"),
              to: civilDate("2023-09-01"),
              declared: civilDate("2024-09-01"),
            },
          ]
        : [],
  };
}

/** The safeguarding side of a synthetic England: places, the last year's outcomes, and officers with invented names. */
export function safeguardingOf(england: England): NationalSafeguarding {
  const officers: OfficerRow[] = [];
  const first: { charter: OfficerRow["charter"]; region: string; urns: string[] }[] = [];
  const trusts: [string, string][] = [];
  for (const { code } of england.regions) {
    const index = regions.findIndex((region) => region.code === code);
    const random = seededRandom(england.seed).fork(`safeguarding officers of ${code}`);
    const schools = england.schools.filter((school) => school.region === code);
    for (let number = 0; number < Math.max(3, Math.ceil(schools.length / schoolsPerOfficer)); number++) {
      const base = schools[random.below(schools.length)]!;
      const officer = officerOf(code, index, number, base, random);
      officers.push(officer);
      if (officer.subject === null) continue;
      const apart = (school: (typeof schools)[number]) =>
        Math.hypot(school.east - base.east, school.north - base.north);
      const taken = new Set(first.flatMap(({ urns }) => urns));
      const near = schools
        .filter(({ urn }) => !taken.has(urn))
        .sort((a, b) => apart(a) - apart(b))
        .slice(0, firstSchools);
      first.push({ charter: officer.charter, region: code, urns: near.map(({ urn }) => urn) });
      for (const { urn, trust } of near) if (trust !== null) trusts.push([urn, trust]);
    }
  }
  return {
    sites: england.schools.map(({ urn, east, north }) => ({ urn, east, north, precision: "given" })),
    outcomes: england.evidence.safeguarding.map(({ school, outcome, on }, i) => ({
      urn: school,
      outcome,
      on,
      place: `school ${i + 1}`,
    })),
    officers,
    first,
    trusts,
  };
}

/** Saves the safeguarding side of a synthetic England; a second time changes nothing. */
export async function saveSafeguarding(
  database: Database,
  made: NationalSafeguarding,
  now: Date,
): Promise<Result<"saved", readonly Problem[]>> {
  const actor = systemActor("synthetic England");
  await saveSites(database.queries, made.sites);
  const imported = await importOutcomes(database, actor, made.outcomes, "synthetic England", now);
  if (!imported.ok) return imported;
  const chartered = await registerOfficers(database, actor, made.officers, now);
  if (!chartered.ok) return chartered;
  const today = dayInEngland(now);
  const trustOf = new Map(made.trusts);
  for (const { charter, region, urns } of made.first) {
    const visits = urns.map((urn, i) => ({
      urn,
      officer: charter,
      plannedOn: addDays(today, 2 * i),
      trust: trustOf.get(urn) ?? null,
    }));
    const assigned = await assignByHand(database, actor, region, visits, academicYearOf(today), now);
    if (!assigned.ok) return assigned;
  }
  return ok("saved");
}
