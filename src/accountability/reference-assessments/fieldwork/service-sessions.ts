import { parseCsv } from "../../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { appendEvents } from "../../../platform/log/index.js";
import { itemsOfBooklet } from "./assembly.js";
import { type Item, scoreOf } from "./item.js";
import { problem } from "./problem.js";
import type { FieldPupil } from "./pupil.js";
import { asJson, notAllowed, type Outcome, runsAssessments, streamOfStudy, unknownStudy } from "./service.js";
import { keepsAnswer, type SentAnswer } from "./session.js";
import {
  findStudy,
  loadPupils,
  loadResponses,
  lockByCode,
  responsesOf,
  type StoredResponse,
  savePupils,
  saveResponses,
  saveStudy,
} from "./store.js";
import { itemsNamed, type StoredItem } from "./store-items.js";
import type { FieldStudy } from "./study.js";

/** What a pupil's page shows: never the key. */
export type ShownItem = Pick<Item, "id" | "kind" | "prompt" | "options" | "maximum" | "stimulus" | "stimulusText">;

/** A session as it stands. */
export interface SessionView {
  readonly study: FieldStudy;
  readonly pupil: FieldPupil;
  readonly blocks: readonly (readonly ShownItem[])[];
  readonly answers: ReadonlyMap<string, StoredResponse>;
}

/** How a code is typed: without regard to case, blanks and hyphens, and I, L and O as the figures they look like. */
export const readCode = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0")
    .replace(/[^0-9A-Z]/g, "")
    .slice(0, 40);

const closed = (message: string): Result<never, readonly Problem[]> =>
  err([problem("fieldwork-session-closed", "code", message)]);

interface OpenSession {
  readonly study: FieldStudy;
  readonly pupil: FieldPupil;
  readonly items: readonly (readonly StoredItem[])[];
}

/** The session that the code opens today, held until the transaction ends. The code is the ticket: nobody signs in. */
async function openSession(
  queries: Queries,
  code: string,
  today: CivilDate,
): Promise<Result<OpenSession, readonly Problem[]>> {
  const pupil = await lockByCode(queries, code);
  const study = pupil && (await findStudy(queries, pupil.study));
  if (!pupil || !study?.booklets) return closed("no session has this code");
  if (today < study.opens) return closed(`sessions begin on ${study.opens}`);
  if (today > study.closes) return closed(`sessions ended on ${study.closes}`);
  if (!["expected", "present"].includes(pupil.attendance))
    return closed("the school has written down that this pupil does not take part");
  const blocks = itemsOfBooklet(study.booklets, pupil.booklet);
  const known = await itemsNamed(queries, blocks.flat());
  return ok({ study, pupil, items: blocks.map((ids) => ids.map((id) => known.get(id)!)) });
}

const shown = ({ id, kind, prompt, options, maximum, stimulus, stimulusText }: StoredItem): ShownItem => ({
  ...{ id, kind, prompt, options, maximum, stimulus, stimulusText },
});

/** A session as its page shows it; finished ones are closed. */
export async function viewSession(database: Database, code: string, today: CivilDate): Outcome<SessionView> {
  return database.queries.transaction(async (queries) => {
    const open = await openSession(queries, code, today);
    if (!open.ok) return open;
    const { study, pupil, items } = open.value;
    const answers = await responsesOf(queries, pupil.id);
    return ok({
      ...{ study, pupil, blocks: items.map((block) => block.map(shown)) },
      answers: new Map(answers.map((answer) => [answer.item, answer])),
    });
  });
}

const begun = (pupil: FieldPupil, device: string): FieldPupil => ({
  ...{ ...pupil, state: "started", attendance: "present", device, version: pupil.version + 1 },
});

/** Begins a session on a tablet, or goes on with it on this one: answers that another still holds fill gaps, and overwrite nothing. */
export async function beginSession(
  database: Database,
  code: string,
  device: string,
  today: CivilDate,
): Outcome<FieldPupil> {
  return database.queries.transaction(async (queries) => {
    const open = await openSession(queries, code, today);
    if (!open.ok) return open;
    const { pupil } = open.value;
    if (pupil.state === "finished") return closed("this session is finished");
    const after = begun(pupil, device);
    if (pupil.state !== "started" || pupil.device !== device) await savePupils(queries, [after]);
    return ok(after);
  });
}

/** What became of a sent answer. */
export type Receipt = "kept" | "ignored";

/**
 * Takes answers of a session. What is sent twice, or after something newer, changes nothing; a finished session still takes what a tablet held back
 * for questions that have no answer, until the window ends.
 */
export async function saveAnswers(
  database: Database,
  code: string,
  sent: readonly SentAnswer[],
  today: CivilDate,
  now: Date,
): Outcome<readonly Receipt[]> {
  return database.queries.transaction(async (queries) => {
    const open = await openSession(queries, code, today);
    if (!open.ok) return open;
    const { pupil, items } = open.value;
    const byId = new Map(items.flat().map((item) => [item.id, item]));
    const kept = new Map((await responsesOf(queries, pupil.id)).map((response) => [response.item, response]));
    const current = pupil.state === "finished" ? null : (pupil.device ?? sent[0]?.device ?? null);
    const changed = new Map<string, StoredResponse>();
    const receipts: Receipt[] = [];
    for (const one of sent) {
      const item = byId.get(one.item);
      const score = item && scoreOf(item, one.answer);
      if (!item || score === undefined)
        return err([
          problem(
            "fieldwork-answer-invalid",
            one.item,
            item
              ? `"${one.answer.slice(0, 40)}" can't be an answer to it`
              : "the question is not in this pupil's booklet",
          ),
        ]);
      const before = kept.get(one.item) ?? null;
      // After the end, what was finished stands.
      const keeps = pupil.state === "finished" ? before === null : keepsAnswer(one, before, current);
      receipts.push(keeps ? "kept" : "ignored");
      if (!keeps) continue;
      const { device, sequence, answer } = one;
      const response: StoredResponse = {
        ...{
          pupil: pupil.id,
          item: one.item,
          answer,
          score,
          device,
          sequence,
          source: "session",
          savedAt: now.toISOString(),
        },
      };
      kept.set(one.item, response);
      changed.set(one.item, response);
    }
    await saveResponses(queries, [...changed.values()]);
    if (pupil.state === "not-started" && sent.length > 0) await savePupils(queries, [begun(pupil, sent[0]!.device)]);
    return ok(receipts);
  });
}

/** Ends a session; doing it twice is the same. */
export async function finishSession(
  database: Database,
  code: string,
  today: CivilDate,
  now: Date,
): Outcome<FieldPupil> {
  return database.queries.transaction(async (queries) => {
    const open = await openSession(queries, code, today);
    if (!open.ok) return open;
    const { pupil } = open.value;
    if (pupil.state === "finished") return ok(pupil);
    const after: FieldPupil = {
      ...{
        ...pupil,
        state: "finished",
        attendance: "present",
        finishedAt: now.toISOString(),
        version: pupil.version + 1,
      },
    };
    await savePupils(queries, [after]);
    return ok(after);
  });
}

/** The columns of a file of answers on paper. */
export const paperColumns = ["pupil", "item", "answer"] as const;

/** What an import of paper did. */
export interface PaperImport {
  readonly pupils: number;
  readonly responses: number;
}

/**
 * Takes in answers that were given on paper, all or nothing; every bad line is named. A pupil is written by the code on the ticket or by the random id.
 * A pupil who has answered on a tablet is refused.
 */
export async function importPaper(
  database: Database,
  actor: Actor,
  id: string,
  bytes: Uint8Array,
  name: string,
  now: Date,
): Outcome<PaperImport> {
  if (!runsAssessments(actor)) return notAllowed(id);
  const rows = parseCsv(bytes, name, paperColumns);
  if (!rows.ok) return rows;
  return actingAs(database, actor, async (queries) => {
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    if (!study.booklets)
      return err([problem("fieldwork-not-yet", id, "its booklets have not been assembled", "Assemble them first.")]);
    const pupils = await loadPupils(queries, id);
    const byName = new Map(
      pupils.flatMap((pupil) => [
        [pupil.id, pupil] as const,
        ...(pupil.code === null ? [] : [[pupil.code, pupil] as const]),
      ]),
    );
    const onTablet = new Set(
      (await loadResponses(queries, id)).filter(({ source }) => source === "session").map(({ pupil }) => pupil),
    );
    const booklets = study.booklets.booklets.map((_, b) => new Set(itemsOfBooklet(study.booklets!, b + 1).flat()));
    const items = await itemsNamed(
      queries,
      study.booklets.blocks.flatMap((block) => block.items),
    );
    const problems: Problem[] = [];
    const seen = new Map<string, number>();
    const responses: StoredResponse[] = [];
    for (const { line, fields } of rows.value) {
      const place = `${name}, line ${line}`;
      const bad = (message: string, remedy?: string) =>
        problems.push(problem("fieldwork-answer-invalid", place, message, remedy));
      const pupil = byName.get(fields.pupil.trim()) ?? byName.get(readCode(fields.pupil));
      if (!pupil) {
        bad(`no pupil of this sample is called "${fields.pupil}"`, "Write the code on the ticket, or the pupil's id.");
        continue;
      }
      if (!booklets[pupil.booklet - 1]!.has(fields.item)) {
        bad(`item "${fields.item}" is not in booklet ${pupil.booklet}, which this pupil was given`);
        continue;
      }
      if (onTablet.has(pupil.id))
        bad("this pupil has answered on a tablet", "Take the pupil's lines out; a session can't be replaced by paper.");
      if (!["expected", "present"].includes(pupil.attendance))
        bad("the school has written down that this pupil did not take part");
      const score = scoreOf(items.get(fields.item)!, fields.answer);
      if (score === undefined) bad(`"${fields.answer}" can't be an answer to item ${fields.item}`);
      const key = `${pupil.id} ${fields.item}`;
      const before = seen.get(key);
      if (before !== undefined) bad(`the same pupil's answer to ${fields.item} stands on line ${before} too`);
      seen.set(key, line);
      if (score !== undefined)
        responses.push({
          ...{ pupil: pupil.id, item: fields.item, answer: fields.answer.trim(), score },
          ...{ device: "paper", sequence: 0, source: "paper", savedAt: now.toISOString() },
        });
    }
    if (rows.value.length === 0) problems.push(problem("fieldwork-answer-invalid", name, "it has no answers"));
    if (problems.length > 0) return err(problems);
    await saveResponses(queries, responses);
    const touched = new Set(responses.map(({ pupil }) => pupil));
    await savePupils(
      queries,
      pupils
        .filter((pupil) => touched.has(pupil.id))
        .map((pupil) => ({
          ...pupil,
          state: "finished",
          attendance: "present",
          finishedAt: now.toISOString(),
          version: pupil.version + 1,
        })),
    );
    const done = { pupils: touched.size, responses: responses.length };
    const version = await appendEvents(queries, {
      ...{ stream: streamOfStudy(id), expected: study.version, actor, at: now },
      events: [{ kind: "paper-imported", body: asJson(done) }],
    });
    await saveStudy(queries, { ...study, version });
    return ok(done);
  });
}
