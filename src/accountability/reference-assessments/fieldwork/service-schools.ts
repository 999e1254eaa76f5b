import { randomBytes } from "node:crypto";
import { parseCsv } from "../../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, parseCivilDate } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import { appendMany, type Entry, StaleStream } from "../../../platform/log/index.js";
import { drawPersons, permanentOrder } from "../../../statistics/survey/index.js";
import { type SampledSchool, schoolsToInvite } from "./field.js";
import { problem } from "./problem.js";
import { type FieldPupil, pupilColumns, readPupil } from "./pupil.js";
import { asJson, notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import {
  addPupils,
  findSampled,
  findStudy,
  loadPupils,
  lockPupils,
  lockUnit,
  removePupils,
  samplesOfSchool,
  savePupils,
  saveSchools,
} from "./store.js";
import type { FieldStudy } from "./study.js";

/** What a school answers. */
export interface SchoolAnswer {
  readonly study: string;
  readonly urn: string;
  readonly takesPart: boolean;
  /** Why not. */
  readonly reason: string;
  /** Pupils on the list of the year group, and the day of the session. */
  readonly roll: number | null;
  readonly sessionOn: string;
  readonly expected: number;
}

const mayRun = (actor: Actor, urn: string) =>
  holdsRole(actor, ["school", "teacher"], { urn }) || runsAssessments(actor);
const streamOf = ({ study, urn }: { readonly study: string; readonly urn: string }) =>
  `assessment-fieldwork/school/${study}/${urn}`;
/** An entry of a school's stream, once its version has risen. */
export const entryOf = (school: SampledSchool, actor: Actor, at: Date, kind: string, body: object): Entry => ({
  ...{ stream: streamOf(school), expected: school.version - 1, actor, at, events: [{ kind, body: asJson(body) }] },
  place: { urn: school.urn, ...(school.region !== null && { region: school.region }) },
});

/** Twelve figures and letters that can't be mistaken for one another (Crockford's base 32): 60 bits. */
export function sessionCode(): string {
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return Array.from(randomBytes(12), (byte) => letters[byte & 31]).join("");
}

/** The pupils of a school that takes part: lines of its list, drawn from the seed of the sample, with booklets in turn. */
function drawnPupils(study: FieldStudy, urn: string, roll: number): FieldPupil[] {
  const { pupilsPerSchool, seed } = study.design!;
  const count = study.booklets!.booklets.length;
  const { positions } = drawPersons(roll, pupilsPerSchool, "systematic", `${study.id} ${urn}`, seed);
  // The first booklet is a function of seed and school, so that every booklet is given as often as any other.
  const first = permanentOrder(
    Array.from({ length: count }, (_, b) => `${study.id} ${urn} booklet ${b}`),
    seed,
  )[0]!;
  return positions.map((position, k) => ({
    ...{ id: randomBytes(8).toString("hex"), study: study.id, urn, line: position + 1, code: sessionCode() },
    ...{
      booklet: ((first + k) % count) + 1,
      sex: "not-said",
      disadvantaged: "not-known",
      born: null,
      arrangements: [],
    },
    ...{ attendance: "expected", state: "not-started", device: null, finishedAt: null, version: 1 },
  }));
}

function acceptanceProblems(study: FieldStudy, answer: SchoolAnswer): Problem[] {
  const found: Problem[] = [];
  const day = parseCivilDate(answer.sessionOn);
  if (!day.ok || day.value < study.opens || day.value > study.closes)
    found.push(
      problem(
        "fieldwork-roll-invalid",
        "sessionOn",
        `the day of the session lies from ${study.opens} to ${study.closes}`,
      ),
    );
  if (answer.roll === null || !(Number.isInteger(answer.roll) && answer.roll >= 1 && answer.roll <= 3000))
    found.push(
      problem(
        "fieldwork-roll-invalid",
        "roll",
        "say how many pupils are on the list of the year group, from 1 to 3,000",
      ),
    );
  if (!study.booklets)
    found.push(
      problem(
        "fieldwork-not-yet",
        study.id,
        "its booklets have not been assembled",
        "Assemble them before schools accept.",
      ),
    );
  return found;
}

/**
 * Records a school's answer. Who accepts has pupils drawn at once; who refuses is replaced by the next choice of its unit, once every school of
 * the choices before has refused.
 *
 * @throws {StaleStream} when somebody answered meanwhile
 */
export async function answerForSchool(
  database: Database,
  actor: Actor,
  answer: SchoolAnswer,
  today: CivilDate,
  now: Date,
): Outcome<SampledSchool> {
  const { study: id, urn } = answer;
  if (!holdsRole(actor, ["school"], { urn }) && !runsAssessments(actor))
    return notAllowed(urn, "only the school or the statistician answers for it");
  const visible = await actingAs(database, actor, async (queries) => findSampled(queries, id, urn));
  if (!visible) return unknownStudy(id);
  // The rest reaches schools that the actor may not see: replacements.
  return database.queries.transaction(async (queries) => {
    const study = (await findStudy(queries, id))!;
    const unit = await lockUnit(queries, id, visible.unit);
    const before = unit.find((school) => school.urn === urn)!;
    if (before.version !== answer.expected) throw new StaleStream(streamOf(before), answer.expected, before.version);
    const wrong = await stepProblems(queries, study, before, answer, today);
    if (wrong.length > 0) return err(wrong);
    const after: SampledSchool = answer.takesPart
      ? {
          ...before,
          state: "accepted",
          reason: "",
          roll: answer.roll,
          sessionOn: answer.sessionOn,
          version: before.version + 1,
        }
      : {
          ...before,
          state: "refused",
          reason: answer.reason,
          roll: null,
          sessionOn: null,
          version: before.version + 1,
        };
    const invited = answer.takesPart
      ? []
      : schoolsToInvite(unit.map((school) => (school.urn === urn ? after : school))).map(
          (school): SampledSchool => ({ ...school, state: "invited", version: school.version + 1 }),
        );
    await saveSchools(queries, [after, ...invited]);
    if (answer.takesPart) await addPupils(queries, drawnPupils(study, urn, answer.roll!));
    else await removePupils(queries, id, urn);
    const { roll, sessionOn, reason } = after;
    await appendMany(queries, [
      entryOf(
        after,
        actor,
        now,
        answer.takesPart ? "school-accepted" : "school-refused",
        answer.takesPart ? { roll, sessionOn } : { reason },
      ),
      ...invited.map((school) =>
        entryOf(school, actor, now, "school-invited", { unit: school.unit, choice: school.choice }),
      ),
    ]);
    return ok(after);
  });
}

async function stepProblems(
  queries: Queries,
  study: FieldStudy,
  before: SampledSchool,
  answer: SchoolAnswer,
  today: CivilDate,
): Promise<Problem[]> {
  if (study.erasedAt !== null || today > study.closes)
    return [problem("fieldwork-school-state", before.urn, `sessions ended on ${study.closes}`)];
  if (answer.takesPart) {
    if (before.state !== "invited")
      return [
        problem(
          "fieldwork-school-state",
          before.urn,
          `the school has ${before.state === "reserve" ? "not been asked" : before.state} already`,
        ),
      ];
    return acceptanceProblems(study, answer);
  }
  if (before.state !== "invited" && before.state !== "accepted")
    return [problem("fieldwork-school-state", before.urn, "the school has refused already")];
  const pupils = before.state === "accepted" ? await loadPupils(queries, study.id, before.urn) : [];
  if (pupils.some(({ state }) => state !== "not-started"))
    return [
      problem(
        "fieldwork-school-state",
        before.urn,
        "sessions have begun in the school",
        "Record for each pupil who did not take part why.",
      ),
    ];
  return answer.reason === "" ? [problem("fieldwork-reason-missing", "reason", "it is empty")] : [];
}

/** The assessments a school has been asked to take part in. */
export async function schoolSamples(database: Database, actor: Actor, urn: string) {
  if (!mayRun(actor, urn)) return notAllowed(urn, "only the school itself sees this");
  return actingAs(database, actor, async (queries) => {
    const samples: { readonly school: SampledSchool; readonly study: FieldStudy }[] = [];
    for (const school of await samplesOfSchool(queries, urn)) {
      const study = await findStudy(queries, school.study);
      if (study) samples.push({ school, study });
    }
    return ok(samples);
  });
}

/** A school's part in a study, with its drawn pupils. */
export async function viewSchool(database: Database, actor: Actor, id: string, urn: string) {
  if (!mayRun(actor, urn)) return notAllowed(urn, "only the school itself sees this");
  return actingAs(database, actor, async (queries) => {
    const [study, school] = [await findStudy(queries, id), await findSampled(queries, id, urn)];
    if (!study || !school || school.state === "reserve") return unknownStudy(id);
    return ok({ study, school, pupils: await loadPupils(queries, id, urn) });
  });
}

/** What is written of one pupil. */
export interface PupilChange {
  readonly line: number;
  readonly fields: Parameters<typeof readPupil>[0];
  readonly place: string;
  /** The version that was seen; null takes whatever stands there, as a whole file does. */
  readonly expected: number | null;
}

/** Writes what a school says of its drawn pupils, all or nothing. @returns them with their new versions @throws {StaleStream} when one was changed meanwhile */
export async function describePupils(
  database: Database,
  actor: Actor,
  { study: id, urn }: { readonly study: string; readonly urn: string },
  changes: readonly PupilChange[],
): Outcome<readonly FieldPupil[]> {
  if (!mayRun(actor, urn)) return notAllowed(urn, "only the school itself writes this");
  return actingAs(database, actor, async (queries) => {
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    if (study.erasedAt !== null)
      return err([problem("fieldwork-session-closed", id, "what tells pupils apart has been erased")]);
    const byLine = new Map((await lockPupils(queries, id, urn)).map((pupil) => [pupil.line, pupil]));
    const problems: Problem[] = [];
    const after = new Map<number, FieldPupil>();
    for (const { line, fields, place, expected } of changes) {
      const before = byLine.get(line);
      if (!before) {
        problems.push(problem("fieldwork-pupil-unknown", place, `no pupil of line ${line} was drawn`));
        continue;
      }
      if (after.has(line)) problems.push(problem("fieldwork-pupil-invalid", place, `line ${line} stands there twice`));
      if (expected !== null && before.version !== expected)
        throw new StaleStream(`${streamOf({ study: id, urn })} line ${line}`, expected, before.version);
      const { facts, problems: wrong } = readPupil(fields, place);
      problems.push(...wrong);
      if (before.state === "finished" && !["present", "expected"].includes(facts.attendance))
        problems.push(
          problem("fieldwork-pupil-invalid", place, "the pupil has finished the session, and so took part"),
        );
      const began = before.state !== "not-started" && facts.attendance === "expected";
      const attendance = began ? "present" : facts.attendance;
      after.set(line, { ...before, ...facts, attendance, version: before.version + 1 });
    }
    if (problems.length > 0) return err(problems);
    await savePupils(queries, [...after.values()]);
    return ok([...after.values()]);
  });
}

/** The same from a CSV file of the school. */
export async function importPupils(
  database: Database,
  actor: Actor,
  where: { readonly study: string; readonly urn: string },
  bytes: Uint8Array,
  name: string,
): Outcome<readonly FieldPupil[]> {
  if (!mayRun(actor, where.urn)) return notAllowed(where.urn, "only the school itself writes this");
  const rows = parseCsv(bytes, name, pupilColumns);
  if (!rows.ok) return rows;
  const changes = rows.value.map(({ line, fields }) => ({
    line: Number(fields.line),
    fields: { ...fields, arrangements: fields.arrangements.split(/[\s;|]+/).filter((one) => one !== "") },
    place: `${name}, line ${line}`,
    expected: null,
  }));
  return describePupils(database, actor, where, changes);
}
