import { type CivilDate, dateInWords, err, type Json, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { type JobId, startJob } from "../../platform/jobs/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { type Scenario, scenarioText } from "../../simulation/scenario/index.js";
import { type StatementJob, statementJob, statementStream } from "./jobs.js";
import { problemCodes } from "./problem-codes.js";
import { supplyModel } from "./runs.js";
import {
  addShortageList,
  addStatement,
  changeStatement,
  findStatement,
  type ShortageList,
  type StoredStatement,
  shortageLists,
} from "./store.js";

const problem = (
  code: keyof typeof problemCodes,
  place: string,
  message: string,
  remedy: string = problemCodes[code].remedy,
): Problem => ({ code, place, message, remedy });

type Outcome<T> = Promise<Result<T, readonly Problem[]>>;

/** Whether the actor may ask for statements and see those that aren't published. */
export const mayPlan = (actor: Actor): boolean => holdsRole(actor, ["policy-official", "statistician"]);

/** Whether the actor may publish statements and adopt lists. */
export const mayAdopt = (actor: Actor): boolean => holdsRole(actor, ["policy-official"]);

const nameOf = (actor: Actor) => (actor.kind === "public" ? "the public" : actor.name);
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const listStream = "teacher-supply/shortage-list";

/** What a statement is asked to look at. */
export interface StatementAsked {
  /** Calendar year in which the academic year begins. */
  readonly year: number;
  readonly draws: number;
  readonly seed: number;
  /** 1 ∕ n: one person in n is simulated; everybody where it is left out. */
  readonly share?: number;
}

/** The draws that a statement may be made of. */
export const statementDraws = { low: 20, high: 500, usual: 100 } as const;

/** Asks for a statement: what is asked is checked, and a job begins to simulate. */
export async function askForStatement(
  database: Database,
  actor: Actor,
  { year, draws, seed, share = 1 }: StatementAsked,
  now: Date,
): Outcome<{ readonly id: number; readonly job: JobId }> {
  if (!mayPlan(actor))
    return err([
      problem("supply-role", "statement", "only a policy official or a statistician may ask for a statement"),
    ]);
  const { years } = supplyModel;
  if (!Number.isInteger(year) || year < years.from || year > years.to)
    return err([
      problem(
        "supply-statement-year",
        "year",
        `${year} is not within the simulation`,
        `Choose a year from ${years.from} to ${years.to}.`,
      ),
    ]);
  const scenario: Scenario = { ...supplyModel.scenario, draws, seed, share };
  return actingAs(database, actor, async (queries) => {
    const asked = { year, scenario: scenarioText(scenario), askedAt: now.toISOString(), askedBy: nameOf(actor) };
    const id = await addStatement(queries, asked);
    const input: StatementJob = { statement: id, year, scenario: asked.scenario };
    const job = await startJob(queries, statementJob, asJson(input), actor);
    await changeStatement(queries, { id, version: 1 }, { job: String(job) });
    await appendEvents(queries, {
      ...{ stream: statementStream(id), expected: 0, actor, at: now },
      events: [{ kind: "statement-asked-for", body: { year, scenario: asked.scenario, job } }],
    });
    return ok({ id, job });
  });
}

/** One change of a statement with its event, or the reasons why not. */
async function known(queries: Queries, id: number): Promise<Result<StoredStatement, readonly Problem[]>> {
  const found = await findStatement(queries, id);
  return found
    ? ok(found)
    : err([problem("supply-statement-unknown", `statement ${id}`, "there is none with this number")]);
}

/**
 * Publishes a statement that was made, with the answer to what it shows.
 * @throws {StaleStream} when somebody else has changed it meanwhile
 */
export async function publishStatement(
  database: Database,
  actor: Actor,
  order: { readonly id: number; readonly expected: number; readonly answer: string },
  now: Date,
): Outcome<StoredStatement> {
  const { id, expected } = order;
  const answer = order.answer.trim();
  if (!mayAdopt(actor))
    return err([problem("supply-role", `statement ${id}`, "only a policy official may publish a statement")]);
  return actingAs(database, actor, async (queries) => {
    const found = await known(queries, id);
    if (!found.ok) return found;
    const { state, content } = found.value;
    if (state !== "made" || !content)
      return err([
        problem(
          "supply-statement-not-ready",
          `statement ${id}`,
          state === "published" ? "it is published already" : "it is still being made",
        ),
      ]);
    if (answer === "") return err([problem("supply-answer-missing", "answer", "it is empty")]);
    const version = await appendEvents(queries, {
      ...{ stream: statementStream(id), expected, actor, at: now },
      events: [{ kind: "statement-published", body: { answer, resultHash: found.value.resultHash } }],
    });
    const change = {
      ...({ state: "published", answer, version } as const),
      ...{ publishedAt: now.toISOString(), publishedBy: nameOf(actor) },
    };
    await changeStatement(queries, found.value, change);
    return ok({ ...found.value, ...change });
  });
}

/**
 * Adopts the shortage list of a published statement from a day on: the subjects that the rule found short, and no others.
 * @param order.expected the number of the newest list that was seen; 0 before the first
 * @throws {StaleStream} when somebody else has adopted one meanwhile
 */
export async function adoptShortageList(
  database: Database,
  actor: Actor,
  order: { readonly statement: number; readonly from: CivilDate; readonly expected: number },
  today: CivilDate,
  now: Date,
): Outcome<ShortageList> {
  const { statement, from, expected } = order;
  if (!mayAdopt(actor))
    return err([problem("supply-role", `statement ${statement}`, "only a policy official may adopt a shortage list")]);
  return actingAs(database, actor, async (queries) => {
    const found = await known(queries, statement);
    if (!found.ok) return found;
    const { state, content } = found.value;
    if (state !== "published" || !content)
      return err([problem("supply-statement-not-ready", `statement ${statement}`, "it isn't published")]);
    const [before] = await shortageLists(queries);
    if (from < today) return err([problem("supply-list-order", "from", `${dateInWords(from)} is past`)]);
    if (before && from <= before.from)
      return err([problem("supply-list-order", "from", `the list before it begins on ${dateInWords(before.from)}`)]);
    const subjects = content.shortages.filter(({ short }) => short).map(({ subject }) => subject);
    const number = await appendEvents(queries, {
      ...{ stream: listStream, expected, actor, at: now },
      events: [{ kind: "shortage-list-adopted", body: { statement, from, subjects } }],
    });
    const list = { number, statement, from, subjects, adoptedAt: now.toISOString(), adoptedBy: nameOf(actor) };
    await addShortageList(queries, list);
    return ok(list);
  });
}
