import { type CivilDate, err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, holdsRole } from "../../platform/identity/index.js";
import { appendEvents, appendMany, StaleStream } from "../../platform/log/index.js";
import { type CharterStatus, charterStatus, type Officer, parseCharterNumber } from "./officer.js";
import { changeOfficerAs, isOfInterests, type OfficerChange } from "./officer-change.js";
import { charterYears } from "./parameters.js";
import { notAllowed, problem } from "./problems.js";
import { acting } from "./service-audits.js";
import { type Point, placeSchools } from "./sites.js";
import {
  addOfficers,
  changeOfficer,
  findOfficer,
  type KeptOfficer,
  listOfficers,
  officerOfPerson,
} from "./store-officers.js";
import { plannableSchools, saveSites } from "./store-plans.js";

/** What the public may know of a charter. */
export interface PublicCharter {
  readonly charter: string;
  readonly name: string;
  readonly status: CharterStatus;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

const publicPart = (officer: KeptOfficer, on: CivilDate): PublicCharter => ({
  charter: officer.charter,
  name: officer.name,
  status: charterStatus(officer, on),
  from: officer.chartered.from,
  until: officer.chartered.to,
});

/** Checks a charter number for anybody who is shown one: whose it is and whether it holds on the day. */
export async function checkCharter(
  queries: Queries,
  text: string,
  on: CivilDate,
): Promise<Result<PublicCharter, readonly Problem[]>> {
  const number = parseCharterNumber(text);
  if (!number.ok) return err([problem("officer-unknown", "charter number", number.error)]);
  const officer = await findOfficer(queries, number.value);
  return officer
    ? ok(publicPart(officer, on))
    : err([problem("officer-unknown", "charter number", `no charter ${number.value} has been given`)]);
}

/** The officers within reach, of a region or of all. */
export function officersFor(database: Database, actor: Actor, region?: string): Promise<readonly KeptOfficer[]> {
  return acting(database, actor, (queries) => listOfficers(queries, region));
}

/** The officer that the actor is, or null. */
export function ownOfficer(database: Database, actor: Actor): Promise<KeptOfficer | null> {
  return acting(database, actor, async (queries) =>
    actor.kind === "person" ? officerOfPerson(queries, actor.id) : null,
  );
}

/** An officer as a file or the synthetic England gives one. */
export type OfficerRow = Officer & { readonly subject: string | null };

/** Enters officers in the register; those who are there already are left as they are. */
export function registerOfficers(
  database: Database,
  actor: Actor,
  officers: readonly OfficerRow[],
  now: Date,
): Promise<Result<{ readonly added: number; readonly known: number }, readonly Problem[]>> {
  return database.queries.transaction(async (queries) => {
    if (!holdsRole(actor, ["administrator"])) return err([notAllowed("entering officers", "an administrator")]);
    const known = new Set((await listOfficers(queries)).map(({ charter }) => charter));
    const fresh = officers.filter(({ charter }) => !known.has(charter));
    await addOfficers(queries, fresh);
    await appendMany(
      queries,
      fresh.map((officer) => ({
        stream: `safeguarding/officer/${officer.charter}`,
        expected: 0,
        actor,
        at: now,
        events: [
          {
            kind: "officer-chartered",
            body: { region: officer.region, from: officer.chartered.from, until: officer.chartered.to },
          },
        ],
      })),
    );
    return ok({ added: fresh.length, known: officers.length - fresh.length });
  });
}

/** An officer with what the reader may change. */
export interface OfficerView {
  readonly officer: KeptOfficer;
  readonly mayChangeCharter: boolean;
}

const office = ["regional-officer", "regional-director"] as const;

function mayOf(actor: Actor, officer: KeptOfficer): { readonly charter: boolean; readonly interests: boolean } {
  const charter = holdsRole(actor, ["administrator"]);
  const isOwn = actor.kind === "person" && officer.person === actor.id;
  return { charter, interests: charter || isOwn || holdsRole(actor, office, { region: officer.region }) };
}

const unknown = (charter: string) =>
  problem("officer-unknown", `charter ${charter}`, "there is no such officer within your reach");

/** An officer with charter and interests, for an administrator, the region's office and the officer. */
export function viewOfficer(
  database: Database,
  actor: Actor,
  charter: string,
): Promise<Result<OfficerView, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const officer = await findOfficer(queries, charter);
    if (!officer) return err([unknown(charter)]);
    const may = mayOf(actor, officer);
    return may.interests ? ok({ officer, mayChangeCharter: may.charter }) : err([unknown(charter)]);
  });
}

/**
 * Changes an officer: interests are the officer's own to declare (or the region's to enter); charters are an administrator's.
 * @param seen the version that whoever changes has seen
 * @throws {StaleStream} where somebody else has changed it meanwhile
 */
export function changeOfficerBy(
  database: Database,
  actor: Actor,
  charter: string,
  change: OfficerChange,
  seen: number,
  now: Date,
): Promise<Result<KeptOfficer, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const officer = await findOfficer(queries, charter);
    if (!officer) return err([unknown(charter)]);
    const [ofInterests, may] = [isOfInterests(change), mayOf(actor, officer)];
    if (!(ofInterests ? may.interests : may.charter))
      return err([notAllowed("this change", ofInterests ? "the officer or the region's officer" : "an administrator")]);
    if (officer.version !== seen) throw new StaleStream(`safeguarding/officer/${charter}`, seen, officer.version);
    const today = dayInEngland(now);
    const changed = changeOfficerAs(officer, change, today, valueOn(charterYears, today).value);
    if (!changed.ok) return changed;
    const next = changed.value;
    if (!(await changeOfficer(queries, next, seen)))
      throw new StaleStream(`safeguarding/officer/${charter}`, seen, officer.version);
    const { kind, ...body } = change;
    await appendEvents(queries, {
      stream: `safeguarding/officer/${charter}`,
      expected: seen,
      actor,
      at: now,
      events: [{ kind: kind === "renewed" ? "charter-renewed" : kind, body: JSON.parse(JSON.stringify(body)) }],
    });
    return ok({ ...next, version: seen + 1 });
  });
}

/** Keeps where schools are, from the places that are known; the others are placed among their neighbours. */
export async function placeRegions(
  queries: Queries,
  codes: readonly string[],
  known: ReadonlyMap<string, Point>,
  on: CivilDate,
): Promise<{ readonly placed: number; readonly unknown: number }> {
  const schools = (await Promise.all(codes.map((code) => plannableSchools(queries, code, on)))).flat();
  const sites = placeSchools(schools, known);
  await saveSites(queries, sites);
  return { placed: sites.length, unknown: schools.length - sites.length };
}
