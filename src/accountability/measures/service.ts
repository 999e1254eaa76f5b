import {
  addDays,
  type CivilDate,
  dateInWords,
  err,
  type Json,
  ok,
  type Problem,
  type Result,
} from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents, type NewEvent } from "../../platform/log/index.js";
import { judgeMeasure } from "./judge.js";
import { problemCodes } from "./problem-codes.js";
import type { ProposedMeasure } from "./proposed-measure.js";
import {
  addDeclaration,
  type Declaration,
  endDeclaration,
  findMeasure,
  type RegisteredMeasure,
  saveVersion,
} from "./store.js";

const problem = (code: keyof typeof problemCodes, place: string, message: string, remedy?: string): Problem => ({
  ...{ code, place, message },
  remedy: remedy ?? problemCodes[code].remedy,
});

/** What is wrong with a proposal before it can be judged at all. */
export function checkProposal(proposed: ProposedMeasure): readonly Problem[] {
  const problems: Problem[] = [];
  const incomplete = (place: string, message: string, remedy: string) =>
    problems.push(problem("measure-incomplete", place, message, remedy));
  if (!/^[a-z][a-z0-9-]{2,79}$/.test(proposed.id))
    incomplete(
      "id",
      `"${proposed.id}" is not in small letters, digits and hyphens, 3 to 80 of them`,
      "Write it as `value-added-primary`.",
    );
  if (proposed.title.trim() === "") incomplete("title", "it is empty", "Give the measure a title.");
  if (proposed.reads.length === 0) incomplete("reads", "nothing is named", "Name what the measure is made from.");
  if (proposed.population.kinds.length === 0)
    incomplete("kinds", "no kind of school is covered", "Choose at least one.");
  if (proposed.population.pupils.trim() === "") incomplete("pupils", "it is empty", "Say which pupils count.");
  if (!Number.isInteger(proposed.years) || proposed.years < 1 || proposed.years > 10)
    incomplete(
      "years",
      `${proposed.years} is not a whole number from 1 to 10`,
      "Say how many years are looked at together.",
    );
  if (proposed.threshold && (!Number.isFinite(proposed.threshold.value) || proposed.threshold.unit.trim() === ""))
    incomplete("threshold", "it has no number or no unit", "Give both, or draw no line.");
  return problems;
}

const mayWrite = (actor: Actor) => holdsRole(actor, ["policy-official"]);

const nameOf = (actor: Actor) => (actor.kind === "public" ? "the public" : actor.name);

/**
 * Proposes a measure: the rules judge it, and the register keeps it with the outcome, admitted or refused. A new admitted declaration
 * ends the one before on its own first day; a refused one changes nothing but the record.
 *
 * @param expected the version of the measure that was seen; 0 for one that the register doesn't have
 * @throws {StaleStream} when somebody else has changed the measure meanwhile
 */
export async function proposeMeasure(
  database: Database,
  actor: Actor,
  proposed: ProposedMeasure,
  expected: number,
  now: Date,
): Promise<Result<Declaration, readonly Problem[]>> {
  if (!mayWrite(actor))
    return err([problem("measure-role", proposed.id, "only a policy official may propose a measure")]);
  const problems = checkProposal(proposed);
  if (problems.length > 0) return err(problems);
  return actingAs(database, actor, async (queries) => {
    const known = await findMeasure(queries, proposed.id);
    const before = known?.declarations.find(({ outcome, until }) => outcome === "admitted" && until === null) ?? null;
    const declaration = declare(proposed, (known?.declarations.length ?? 0) + 1, actor, now);
    if (declaration.outcome === "admitted" && before && proposed.from <= before.from)
      return err([
        problem(
          "measure-order",
          "from",
          `the declaration that holds now begins on ${dateInWords(before.from)}`,
          `Let the new one begin on ${dateInWords(addDays(before.from, 1))} or later.`,
        ),
      ]);
    const event = {
      kind: declaration.outcome === "admitted" ? "measure-admitted" : "measure-refused",
      body: { number: declaration.number, proposed: asJson(proposed), reasons: asJson(declaration.reasons) },
    };
    await record(queries, proposed.id, expected, actor, now, event);
    if (declaration.outcome === "admitted" && before) await endDeclaration(queries, before, proposed.from, null);
    await addDeclaration(queries, declaration);
    return ok(declaration);
  });
}

function declare(proposed: ProposedMeasure, number: number, actor: Actor, now: Date): Declaration {
  const judged = judgeMeasure(proposed);
  return {
    ...{ measure: proposed.id, number, proposed, from: proposed.from, until: null, withdrawnBecause: null },
    outcome: judged.ok ? "admitted" : "refused",
    reasons: judged.ok ? [] : judged.error,
    notes: judged.ok ? judged.value : [],
    ...{ judgedAt: now.toISOString(), judgedBy: nameOf(actor) },
  };
}

/** Writes the event and the version that follows from it. */
async function record(
  queries: Queries,
  id: string,
  expected: number,
  actor: Actor,
  at: Date,
  event: NewEvent,
): Promise<void> {
  const version = await appendEvents(queries, {
    stream: `measures/measure/${id}`,
    expected,
    actor,
    at,
    events: [event],
  });
  await saveVersion(queries, id, version);
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/**
 * Withdraws an admitted measure from a day on, with the reason.
 * @throws {StaleStream} when somebody else has changed the measure meanwhile
 */
export async function withdrawMeasure(
  database: Database,
  actor: Actor,
  order: { readonly id: string; readonly expected: number; readonly until: CivilDate; readonly because: string },
  now: Date,
): Promise<Result<RegisteredMeasure, readonly Problem[]>> {
  const { id, until, because } = order;
  if (!mayWrite(actor)) return err([problem("measure-role", id, "only a policy official may withdraw a measure")]);
  if (because.trim() === "")
    return err([problem("measure-incomplete", "because", "it is empty", "Say why it is withdrawn.")]);
  return actingAs(database, actor, async (queries) => {
    const known = await findMeasure(queries, id);
    if (!known) return err([problem("measure-unknown", id, "the register has no measure with this id")]);
    const admitted = known.declarations.find(({ outcome, until: end }) => outcome === "admitted" && end === null);
    if (!admitted)
      return err([problem("measure-not-in-force", id, "no admitted declaration of it holds without an end")]);
    if (until < admitted.from)
      return err([problem("measure-order", "until", `it began on ${dateInWords(admitted.from)} and can't end before`)]);
    const body = { number: admitted.number, until, because };
    await record(queries, id, order.expected, actor, now, { kind: "measure-withdrawn", body });
    await endDeclaration(queries, admitted, until, because);
    const after = await findMeasure(queries, id);
    return ok(after!);
  });
}
