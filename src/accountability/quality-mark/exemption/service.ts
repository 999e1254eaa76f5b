import {
  type CivilDate,
  err,
  ok,
  type Problem,
  parseUrn,
  type Result,
  type Urn,
  valueOn,
} from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import { appendMany } from "../../../platform/log/index.js";
import { findAuthority, findSchool, loadFamily, type School } from "../../../register/index.js";
import { marksOf } from "../marks/index.js";
import { closedSchool, decideExemption, type Exemption, identityOf, markThatCounts } from "./exemption.js";
import { sameSchoolLinks, type VisitPurpose, visitPurposes } from "./parameters.js";
import { problemCodes } from "./problem-codes.js";
import {
  type Enquiry,
  enquiriesAbout,
  enquiriesOf,
  enquiriesOfRegion,
  enquiryNumbers,
  findEnquiry,
  saveEnquiries,
} from "./store.js";

/** What is answered to whoever asks about a school. */
export interface ExemptionAnswer extends Exemption {
  /** As it was asked. */
  readonly urn: string;
  readonly name: string;
  /** The URN whose mark counts: the same school under an earlier or later one, or the same. */
  readonly countedUrn: string;
  /** Every URN of the same school, from the first to the newest. */
  readonly sameSchool: readonly string[];
  readonly region: string | null;
  readonly purpose: VisitPurpose;
  readonly on: CivilDate;
  /** The number of the enquiry about this school; null where it was not recorded. */
  readonly enquiry: number | null;
}

/** The most schools of one list. */
export const longestList = 30_000;

const problem = (code: keyof typeof problemCodes, place: string, message: string): Problem => ({
  ...{ code, place, message, remedy: problemCodes[code].remedy },
});

/** The purpose with a code on a day. */
export function purposeOf(code: string, on: CivilDate): Result<VisitPurpose, Problem> {
  const found = valueOn(visitPurposes, on).value.find((purpose) => purpose.code === code);
  return found
    ? ok(found)
    : err(
        problem(
          "exemption-purpose-unknown",
          "purpose",
          code === "" ? "what the visit is for was not chosen" : `"${code}" is no purpose of a visit`,
        ),
      );
}

const isOpen = ({ status }: School) => status === "open" || status === "open-proposed-to-close";

/** Answers about one school, without recording that somebody asked. */
export async function answerExemption(
  queries: Queries,
  urn: string,
  purpose: VisitPurpose,
  on: CivilDate,
): Promise<Result<ExemptionAnswer, Problem>> {
  const parsed = parseUrn(urn);
  if (!parsed.ok) return err(problem("exemption-school-unknown", urn, parsed.error));
  const school = await findSchool(queries, parsed.value);
  if (!school) return err(problem("exemption-school-unknown", urn, "the register describes no such school"));
  const { links, schools } = await loadFamily(queries, parsed.value);
  const { urns, successors } = identityOf(urn, links, valueOn(sameSchoolLinks, on).value);
  const newest = urns.at(-1)!;
  const current = newest === urn ? school : (schools.find((one) => one.urn === newest) ?? school);
  const held = await marksOf(queries, urns, on);
  const marks = urns.flatMap((one) => {
    const mark = held.get(one);
    return mark ? [{ urn: one, mark }] : [];
  });
  const closed = !isOpen(current) && purpose.accountability;
  const answer = closed
    ? closedSchool(current.closed, successors)
    : decideExemption(markThatCounts(marks, newest), purpose, on);
  const region = findAuthority(school.authority)?.region ?? null;
  const countedUrn = marks.at(-1)?.urn ?? newest;
  return ok({ ...answer, urn, name: school.name, countedUrn, sameSchool: urns, region, purpose, on, enquiry: null });
}

/** Answers about a school to anybody, and records nothing. */
export async function lookUpExemption(
  database: Database,
  { urn, purpose: code }: { readonly urn: string; readonly purpose: string },
  now: Date,
): Promise<Result<ExemptionAnswer, Problem>> {
  const purpose = purposeOf(code, dayInEngland(now));
  return purpose.ok ? answerExemption(database.queries, urn, purpose.value, dayInEngland(now)) : purpose;
}

/** One line of an answer to a list: the answer, or why there is none. */
export type ListedAnswer = Result<ExemptionAnswer, Problem>;

/** The stream of the enquiries about a school. */
const streamOf = (urn: string) => `quality-mark/exemption/${urn}`;

const eventOf = ({ urn: _urn, version: _version, askedAt: _at, ...enquiry }: Enquiry) => ({
  kind: "exemption-asked",
  body: enquiry,
});

/**
 * Answers an agency about one or many schools and records each enquiry with its answer. A school that stands in a list twice is asked about
 * once.
 * @returns an answer for each URN, in the order of the list; those that the register doesn't describe have a problem and no record
 */
export function askExemptions(
  database: Database,
  actor: Actor,
  { urns, purpose: code, note }: { readonly urns: readonly string[]; readonly purpose: string; readonly note: string },
  now: Date,
): Promise<Result<readonly ListedAnswer[], readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    if (actor.kind === "public" || !holdsRole(actor, ["agency"]))
      return err([problem("exemption-not-agency", "enquiry", "the account is no agency's")]);
    if (urns.length > longestList)
      return err([
        problem("exemption-list-too-long", "list", `it has ${urns.length} schools, and ${longestList} are the most`),
      ]);
    const on = dayInEngland(now);
    const purpose = purposeOf(code, on);
    if (!purpose.ok) return err([purpose.error]);
    const known = new Map<string, ListedAnswer>();
    for (const urn of urns) if (!known.has(urn)) known.set(urn, await answerExemption(queries, urn, purpose.value, on));
    const answers = [...known.values()].flatMap((answer) => (answer.ok ? [answer.value] : []));
    const numbers = await enquiryNumbers(
      queries,
      answers.map(({ urn }) => urn),
    );
    const asker =
      actor.kind === "person" ? { id: actor.id, name: actor.name } : { id: `system:${actor.name}`, name: actor.name };
    const enquiries = answers.map(
      (answer): Enquiry => ({
        ...{ urn: answer.urn, version: (numbers.get(answer.urn) ?? 0) + 1, regionCode: answer.region },
        ...{
          agencyId: asker.id,
          agency: asker.name,
          purpose: code,
          note: note.trim() || null,
          askedAt: now.toISOString(),
        },
        ...{ countedUrn: answer.countedUrn, mayVisit: answer.mayVisit, code: answer.code },
        ...{ reason: answer.reason, until: answer.until },
      }),
    );
    await saveEnquiries(queries, enquiries);
    const entries = enquiries.map((enquiry) => ({
      ...{ stream: streamOf(enquiry.urn), expected: enquiry.version - 1, actor, at: now },
      place: { urn: enquiry.urn, ...(enquiry.regionCode !== null && { region: enquiry.regionCode }) },
      events: [eventOf(enquiry)],
    }));
    await appendMany(queries, entries);
    for (const { urn, version } of enquiries) {
      const answer = known.get(urn)!;
      if (answer.ok) known.set(urn, ok({ ...answer.value, enquiry: version }));
    }
    return ok(urns.map((urn) => known.get(urn)!));
  });
}

/** The newest enquiries about a school, for the school and its region's office. */
export function readEnquiries(
  database: Database,
  actor: Actor,
  urn: Urn | string,
  limit = 50,
): Promise<readonly Enquiry[]> {
  return actingAs(database, actor, (queries) => enquiriesAbout(queries, urn, limit));
}

/** The newest enquiries about a region's schools. */
export function readEnquiriesOfRegion(
  database: Database,
  actor: Actor,
  region: string,
  limit = 200,
): Promise<readonly Enquiry[]> {
  return actingAs(database, actor, (queries) => enquiriesOfRegion(queries, region, limit));
}

/** An agency's own newest enquiries. */
export function readOwnEnquiries(database: Database, actor: Actor, limit = 50): Promise<readonly Enquiry[]> {
  return actingAs(database, actor, (queries) =>
    actor.kind === "person" ? enquiriesOf(queries, actor.id, limit) : Promise.resolve([]),
  );
}

/** One enquiry with its answer, for those who may see it; null where there is none that they may. */
export async function readEnquiry(
  database: Database,
  actor: Actor,
  urn: string,
  version: number,
): Promise<Enquiry | null> {
  return actingAs(database, actor, (queries) => findEnquiry(queries, urn, version));
}
