import { type CivilDate, err, type Json, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents, type NewEvent, readStream } from "../../platform/log/index.js";
import {
  type Consultation,
  type ConsultationStep,
  checkResponse,
  type Response,
  type StepFacts,
  takeStep,
} from "./consultation.js";
import { ratingOf } from "./delphi.js";
import { agreementParametersOn, fewestDaysOpen, mostRounds } from "./parameters.js";
import { problemCodes } from "./problem-codes.js";
import {
  type MemberRating,
  makeReport,
  type Report,
  roundsOf,
  type Statement,
  type StatementRounds,
} from "./report.js";
import {
  addResponse,
  addStatement,
  findConsultation,
  hideResponse,
  lastResponse,
  loadRatings,
  loadResponses,
  loadStatements,
  lockConsultation,
  type StoredConsultation,
  saveConsultation,
  saveRatings,
} from "./store.js";

/** A problem with the usual remedy of its code, or a nearer one. */
export const problem = (
  code: keyof typeof problemCodes,
  place: string,
  message: string,
  remedy: string = problemCodes[code].remedy,
): Problem => ({ code, place, message, remedy });

/** A plain value for the log. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Whether the actor sits on the Expert Working Group. */
export const isMember = (actor: Actor): boolean => holdsRole(actor, ["working-group"]);

type Outcome<T> = Promise<Result<T, readonly Problem[]>>;

const notMember = (place: string) =>
  err([problem("framework-role", place, "only the Expert Working Group may do this")]);
const unknown = (id: string) => err([problem("consultation-unknown", id, "there is no such consultation")]);

/** One change of a consultation by the group: the row and its event, or the reasons why not. */
async function change(
  database: Database,
  actor: Actor,
  order: { readonly id: string; readonly expected: number; readonly now: Date },
  work: (
    before: StoredConsultation,
    queries: Queries,
  ) => Promise<Result<{ readonly after: StoredConsultation; readonly event: NewEvent }, readonly Problem[]>>,
): Outcome<StoredConsultation> {
  const { id, expected, now } = order;
  if (!isMember(actor)) return notMember(id);
  return actingAs(database, actor, async (queries) => {
    const before = await findConsultation(queries, id);
    if (!before) return unknown(id);
    const made = await work(before, queries);
    if (!made.ok) return made;
    const version = await appendEvents(queries, {
      ...{ stream: streamOf(id), expected, actor, at: now },
      events: [made.value.event],
    });
    const after = { ...made.value.after, version };
    await saveConsultation(queries, after);
    return ok(after);
  });
}

const streamOf = (id: string) => `specialist-framework/consultation/${id}`;

/** What the group writes of a consultation. */
export type ConsultationDraft = Pick<Consultation, "id" | "title" | "about" | "opens" | "closes" | "questions">;

/** Begins a draft. */
export async function createConsultation(
  database: Database,
  actor: Actor,
  draft: ConsultationDraft,
  now: Date,
): Outcome<StoredConsultation> {
  if (!isMember(actor)) return notMember(draft.id);
  const incomplete = draftProblems(draft);
  if (incomplete.length > 0) return err(incomplete);
  return actingAs(database, actor, async (queries) => {
    if (await findConsultation(queries, draft.id))
      return err([problem("consultation-exists", draft.id, "there is a consultation with this id")]);
    const version = await appendEvents(queries, {
      ...{ stream: streamOf(draft.id), expected: 0, actor, at: now },
      events: [{ kind: "consultation-drafted", body: asJson(draft) }],
    });
    const created: StoredConsultation = {
      ...draft,
      state: "draft",
      rounds: 0,
      roundOpen: false,
      report: null,
      version,
    };
    await saveConsultation(queries, created);
    return ok(created);
  });
}

/** What can't even be kept as a draft. */
function draftProblems(draft: ConsultationDraft): readonly Problem[] {
  const problems: Problem[] = [];
  if (!/^[a-z][a-z0-9-]{2,79}$/.test(draft.id))
    problems.push(
      problem(
        "consultation-incomplete",
        "id",
        `"${draft.id}" is not in small letters, digits and hyphens`,
        "Write it as `special-schools-2026`.",
      ),
    );
  if (draft.title.trim() === "")
    problems.push(problem("consultation-incomplete", "title", "it is empty", "Give the consultation a title."));
  if (draft.closes < draft.opens)
    problems.push(problem("consultation-too-short", "closes", "it would close before it opens"));
  return problems;
}

/** Changes a draft. */
export function changeDraft(
  database: Database,
  actor: Actor,
  draft: ConsultationDraft,
  expected: number,
  now: Date,
): Outcome<StoredConsultation> {
  return change(database, actor, { id: draft.id, expected, now }, async (before) => {
    const problems = [...draftProblems(draft)];
    if (before.state !== "draft")
      problems.push(problem("consultation-step", before.title, `it is ${before.state}, no draft any more`));
    if (problems.length > 0) return err(problems);
    return ok({ after: { ...before, ...draft }, event: { kind: "draft-changed", body: asJson(draft) } });
  });
}

/** Takes the group's next step: opens, closes, begins or ends a round, reports. */
export async function stepConsultation(
  database: Database,
  actor: Actor,
  order: { readonly id: string; readonly step: ConsultationStep; readonly expected: number },
  today: CivilDate,
  now: Date,
): Outcome<StoredConsultation> {
  const { id, step } = order;
  if (!isMember(actor)) return notMember(id);
  const records = await recordsOf(database, id);
  return change(database, actor, { ...order, now }, async (before) => {
    const taken = takeStep(before, step, stepFacts(records, before, today));
    if (!taken.ok) return taken;
    const report = step === "report" ? reportOf(before, records, today) : before.report;
    const after = { ...before, ...taken.value, report };
    return ok({ after, event: { kind: `step-${step}`, body: asJson({ rounds: after.rounds, report }) } });
  });
}

/** Everything of a consultation, read by the owner of the tables: members see each other's ratings only summed up. */
interface Records {
  readonly responses: Awaited<ReturnType<typeof loadResponses>>;
  readonly statements: readonly Statement[];
  readonly ratings: readonly MemberRating[];
}

async function recordsOf({ queries }: Database, id: string): Promise<Records> {
  return {
    responses: await loadResponses(queries, id),
    statements: await loadStatements(queries, id),
    ratings: await loadRatings(queries, id),
  };
}

function stepFacts({ statements, ratings }: Records, { rounds }: Consultation, today: CivilDate): StepFacts {
  const rated = statements.map(
    ({ number }) => ratings.filter((rating) => rating.statement === number && rating.round === rounds).length,
  );
  return {
    today,
    fewestDays: valueOn(fewestDaysOpen, today).value,
    mostRounds: valueOn(mostRounds, today).value,
    statements: statements.length,
    fewestRated: Math.min(...rated),
    fewestRatings: agreementParametersOn(today).fewestRatings,
  };
}

function reportOf(consultation: Consultation, records: Records, today: CivilDate): Report {
  const { responses, statements, ratings } = records;
  return makeReport(consultation, responses, statements, ratings, agreementParametersOn(today));
}

/**
 * Anybody's response to an open consultation.
 * @returns its number
 */
export function respond(
  database: Database,
  actor: Actor,
  id: string,
  response: Response,
  today: CivilDate,
  now: Date,
): Outcome<number> {
  // By the owner of the tables, since the public may neither count the responses nor see those that aren't published.
  return database.queries.transaction(async (queries) => {
    const consultation = await lockConsultation(queries, id);
    if (!consultation || consultation.state === "draft") return unknown(id);
    const checked = checkResponse(consultation, response, today);
    if (!checked.ok) return checked;
    const number = (await lastResponse(queries, id)) + 1;
    await appendEvents(queries, {
      ...{ stream: responseStream(id, number), expected: 0, actor, at: now },
      events: [{ kind: "response-received", body: asJson(response) }],
    });
    await addResponse(queries, id, number, response, now);
    return ok(number);
  });
}

const responseStream = (id: string, number: number) => `specialist-framework/response/${id}/${number}`;

/** Hides a response from the public with a reason, or shows it again without one. */
export function moderate(
  database: Database,
  actor: Actor,
  order: { readonly id: string; readonly response: number; readonly because: string | null },
  now: Date,
): Outcome<null> {
  const { id, response, because } = order;
  if (!isMember(actor)) return Promise.resolve(notMember(id));
  return actingAs(database, actor, async (queries) => {
    if (!(await hideResponse(queries, id, response, because)))
      return err([problem("response-unknown", id, `it has no response ${response}`)]);
    const stream = responseStream(id, response);
    await appendEvents(queries, {
      ...{ stream, expected: (await readStream(queries, stream)).length, actor, at: now },
      events: [{ kind: because === null ? "response-shown" : "response-hidden", body: { because } }],
    });
    return ok(null);
  });
}

/** Writes a statement for the group to rate, before its first round or between two. */
export function writeStatement(
  database: Database,
  actor: Actor,
  order: {
    readonly id: string;
    readonly words: string;
    readonly restsOn: readonly number[];
    readonly expected: number;
  },
  now: Date,
): Outcome<StoredConsultation> {
  const { words, restsOn } = order;
  return change(database, actor, { ...order, now }, async (before, queries) => {
    const known = new Set((await loadResponses(queries, before.id)).map(({ number }) => number));
    const missing = restsOn.filter((number) => !known.has(number));
    const problems: Problem[] = [];
    if (before.state !== "rating" || before.roundOpen)
      problems.push(
        problem(
          "consultation-step",
          before.title,
          before.roundOpen ? "a round is under way" : `it is ${before.state}`,
          "Write statements after the close and outside a round.",
        ),
      );
    if (words.trim() === "") problems.push(problem("statement-incomplete", "statement", "it has no words"));
    if (missing.length > 0)
      problems.push(problem("statement-incomplete", "statement", `there is no response ${missing.join(", ")}`));
    if (problems.length > 0) return err(problems);
    const number = (await loadStatements(queries, before.id)).length + 1;
    await addStatement(queries, before.id, { number, words, restsOn });
    return ok({ after: before, event: { kind: "statement-written", body: asJson({ number, words, restsOn }) } });
  });
}

/** One member's rating of one statement, as it was sent. */
export interface GivenRating {
  readonly statement: number;
  readonly rating: number;
  readonly remark: string;
}

/**
 * A member's ratings in the round under way. They can be given again until the round ends. The log keeps that a member rated, not how:
 * a rating stays with the member and in the group's spread.
 */
export function rate(
  database: Database,
  actor: Actor,
  id: string,
  given: readonly GivenRating[],
  now: Date,
): Outcome<number> {
  if (!isMember(actor) || actor.kind !== "person") return Promise.resolve(notMember(id));
  const member = actor.id;
  return actingAs(database, actor, async (queries) => {
    const consultation = await findConsultation(queries, id);
    if (!consultation) return unknown(id);
    if (!consultation.roundOpen) return err([problem("rating-refused", consultation.title, "no round is under way")]);
    const known = new Set((await loadStatements(queries, id)).map(({ number }) => number));
    const problems: Problem[] = [];
    const ratings: MemberRating[] = [];
    for (const { statement, rating, remark } of given) {
      const value = ratingOf(rating);
      if (!known.has(statement)) problems.push(problem("rating-refused", `statement ${statement}`, "there is none"));
      else if (value === null)
        problems.push(problem("rating-refused", `statement ${statement}`, `${rating} is no whole number from 1 to 9`));
      else ratings.push({ statement, round: consultation.rounds, member, rating: value, remark: remark.trim() });
    }
    if (given.length === 0) problems.push(problem("rating-refused", consultation.title, "nothing was rated"));
    if (problems.length > 0) return err(problems);
    const stream = `specialist-framework/ratings/${id}/${consultation.rounds}/${member}`;
    await appendEvents(queries, {
      ...{ stream, expected: (await readStream(queries, stream)).length, actor, at: now },
      events: [{ kind: "statements-rated", body: { round: consultation.rounds, statements: ratings.length } }],
    });
    await saveRatings(queries, id, ratings, now);
    return ok(ratings.length);
  });
}

/** What the group sees of its ratings: every statement with its rounds that have ended, and of the one under way only how many rated. */
export interface GroupView {
  readonly statements: readonly StatementRounds[];
  /** Members who have rated in the round under way; null outside one. */
  readonly ratedNow: number | null;
}

/** The group's view of a consultation; null to whoever is not of the group. */
export async function groupView(
  database: Database,
  actor: Actor,
  consultation: StoredConsultation,
  today: CivilDate,
): Promise<GroupView | null> {
  if (!isMember(actor)) return null;
  const { statements, ratings } = await recordsOf(database, consultation.id);
  const { rounds, roundOpen } = consultation;
  const ended = ratings.filter(({ round }) => !roundOpen || round < rounds);
  const now = ratings.filter(({ round }) => round === rounds);
  const parameters = agreementParametersOn(today);
  return {
    statements: statements.map((statement) => roundsOf(statement, ended, parameters)),
    ratedNow: roundOpen ? new Set(now.map(({ member }) => member)).size : null,
  };
}
