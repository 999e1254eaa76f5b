import { createHash, randomBytes } from "node:crypto";
import { type CivilDate, err, ok, type Problem, type Result, valueOn } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actingAs, holdsRole, type Role } from "../../../platform/identity/index.js";
import { startJob } from "../../../platform/jobs/index.js";
import { readStream, StaleStream, type StoredEvent } from "../../../platform/log/index.js";
import { correctionReasons } from "../../value-added/index.js";
import type { CaseCommand } from "../cases/case.js";
import { type CaseKey, changeCase, loadCase, loadNewestCase, type StoredCase, streamOf } from "../cases/store-case.js";
import { type CaseLine, casesOfSchool } from "../cases/store-list.js";
import { loadYearReview, rulesOf, type YearReview } from "../cases/store-open.js";
import { mayAnswer } from "../cases/transitions-answer.js";
import type { DecisionParameters } from "../decision.js";
import { appealGrounds } from "./appeal-grounds.js";
import { checkCorrection, type FieldProblem, type TypedCorrection } from "./correction-check.js";
import { correctionEvidence, type EvidenceAsked, evidenceLimit } from "./correction-evidence.js";
import { keyOfAll, keyWithAccepted, setsWanted } from "./effect-sets.js";
import { askedEffects } from "./jobs-effects.js";
import { problemCodes } from "./problem-codes.js";
import type { PupilSide } from "./pupil-side.js";
import {
  askEffects,
  type KeptCorrection,
  type KeptDocument,
  type KeptEffect,
  loadCorrections,
  loadDocument,
  loadDocuments,
  loadEffects,
  moveCorrection,
  saveCorrection,
  saveDocuments,
} from "./store.js";

/** A problem of what a school says, with the field it is of. */
export const problemOf = (code: keyof typeof problemCodes, field: string, message: string): FieldProblem => ({
  ...{ field, code, place: field, message, remedy: problemCodes[code].remedy },
});

/** A document as it was handed in, within the limits of the form. */
export interface HandedEvidence {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A case of a school's own. */
export interface OwnCase {
  readonly urn: string;
  /** As `2024/25`; the newest review's where it is left out. */
  readonly academicYear?: string | undefined;
}

/** What a school sees of its own case. */
export interface SchoolView {
  readonly found: StoredCase;
  /** The school's cases of all years, the newest first. */
  readonly cases: readonly CaseLine[];
  readonly events: readonly StoredEvent[];
  readonly year: YearReview;
  readonly rule: DecisionParameters;
  readonly corrections: readonly KeptCorrection[];
  readonly documents: readonly KeptDocument[];
  readonly effects: ReadonlyMap<string, KeptEffect>;
  /** Whether the school may say something on the day. */
  readonly mayAnswer: boolean;
}

const heads: readonly Role[] = ["school"];
const newId = () => randomBytes(8).toString("hex");
const nameOf = (actor: Actor) => (actor.kind === "public" ? "nobody" : actor.name);

const ownCase = (queries: Queries, { urn, academicYear }: OwnCase): Promise<StoredCase | null> =>
  academicYear === undefined ? loadNewestCase(queries, urn) : loadCase(queries, { urn, academicYear });

const notThere = (urn: string) => problemOf("case-not-there", "case", `school ${urn} has no case that you may see`);
const notYours = (urn: string) => problemOf("case-not-yours", "case", `the account does not speak for school ${urn}`);

/** A case of a school with all that belongs to it. */
export function readSchoolSide(
  database: Database,
  actor: Actor,
  own: OwnCase,
  now: Date,
): Promise<Result<SchoolView, Problem>> {
  const { urn } = own;
  return actingAs(database, actor, async (queries) => {
    if (!holdsRole(actor, heads, { urn })) return err(notYours(urn));
    const found = await ownCase(queries, own);
    return found ? ok(await viewOf(queries, found, now)) : err(notThere(urn));
  });
}

/** All that belongs to a case, as far as whoever asks may see it. */
export async function viewOf(queries: Queries, found: StoredCase, now: Date): Promise<SchoolView> {
  const year = (await loadYearReview(queries, found.academicYear))!;
  return {
    ...{
      found,
      year,
      cases: await casesOfSchool(queries, found.urn),
      events: await readStream(queries, streamOf(found)),
    },
    rule: (await rulesOf(queries, year.reviewId))(found.evidence.phase),
    corrections: await loadCorrections(queries, found),
    documents: await loadDocuments(queries, found),
    effects: await loadEffects(queries, found),
    mayAnswer: mayAnswer(found, dayInEngland(now)),
  };
}

/** The documents of a case for whoever may see them. */
export function readDocument(database: Database, actor: Actor, id: string) {
  return actingAs(database, actor, (queries) => loadDocument(queries, id));
}

/** What is asked of a reason on a day. */
export const evidenceFor = (reason: string, on: CivilDate): EvidenceAsked | null =>
  valueOn(correctionEvidence, on).value.find((one) => one.reason === reason) ?? null;

/** Asks for the effects that have to be known, and starts their computing where one is not. */
export async function wantEffects(queries: Queries, found: StoredCase, actor: Actor, now: Date): Promise<void> {
  const corrections = await loadCorrections(queries, found);
  const known = await loadEffects(queries, found);
  const missing = setsWanted(corrections).filter((key) => !known.has(key));
  const { urn, academicYear, school, evidence } = found;
  await askEffects(
    queries,
    missing.map((key) => ({
      ...{ urn, academicYear, regionCode: school.regionCode, phase: evidence.phase, key },
      ...{ askedAt: now.toISOString(), computedAt: null, result: null },
    })),
  );
  if (missing.length > 0) await startJob(queries, askedEffects, { academicYear }, actor);
}

function documentRows(
  { urn, academicYear, school }: StoredCase,
  documents: readonly HandedEvidence[],
  part: KeptDocument["part"],
  correctionId: string | null,
  actor: Actor,
  now: Date,
) {
  return documents.map(({ name, type, bytes }) => ({
    ...{ id: newId(), urn, academicYear, regionCode: school.regionCode, part, correctionId, name, type, bytes },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    ...{ storedAt: now.toISOString(), storedBy: nameOf(actor) },
  }));
}

/** A correction as a school drafts it. */
export interface DraftOrder extends OwnCase {
  /** The pupil's reference as in the pupil files of the review; it is hashed at once and not kept. */
  readonly reference: string;
  readonly typed: TypedCorrection;
  readonly documents: readonly HandedEvidence[];
}

/** Drafts a correction of one pupil, so that its effect is seen before it is raised. */
export function draftCorrection(
  database: Database,
  actor: Actor,
  { urn, academicYear: year, reference, typed, documents }: DraftOrder,
  side: Pick<PupilSide, "hash">,
  now: Date,
): Promise<Result<string, readonly FieldProblem[]>> {
  return actingAs(database, actor, async (queries) => {
    if (!holdsRole(actor, heads, { urn })) return err([notYours(urn)]);
    const found = await ownCase(queries, { urn, academicYear: year });
    if (!found) return err([notThere(urn)]);
    const today = dayInEngland(now);
    const problems: FieldProblem[] = [];
    if (!mayAnswer(found, today))
      problems.push(problemOf("case-not-yours", "case", "the case is not with the school now"));
    const pupil = reference.trim();
    if (pupil === "") problems.push(problemOf("correction-pupil-missing", "pupil", "no reference is given"));
    const [reasons, asked] = [valueOn(correctionReasons, today).value, valueOn(correctionEvidence, today).value];
    const checked = checkCorrection(typed, { reasons, asked, today });
    if (!checked.ok) problems.push(...checked.error);
    const hash = side.hash(pupil);
    const others = await loadCorrections(queries, found);
    if (others.some((one) => one.pupil === hash && (one.state === "draft" || one.state === "raised")))
      problems.push(problemOf("correction-pupil-twice", "pupil", "this pupil has a correction"));
    if (problems.length > 0 || !checked.ok) return err(problems);
    const { academicYear, school, evidence } = found;
    const id = newId();
    await saveCorrection(queries, {
      ...{
        id,
        urn,
        academicYear,
        regionCode: school.regionCode,
        phase: evidence.phase,
        pupil: hash,
        hint: pupil.slice(-3),
      },
      ...checked.value,
      ...{ state: "draft", number: null, madeAt: now.toISOString(), madeBy: nameOf(actor) },
    });
    await saveDocuments(queries, documentRows(found, documents, "correction", id, actor, now));
    await wantEffects(queries, found, actor, now);
    return ok(id);
  });
}

/** A correction of a school's own case. */
export interface OwnCorrection extends OwnCase {
  readonly id: string;
}

/** Does something with an own draft. */
function withDraft(
  database: Database,
  actor: Actor,
  { urn, academicYear, id }: OwnCorrection,
  work: (queries: Queries, found: StoredCase, draft: KeptCorrection) => Promise<Result<StoredCase, readonly Problem[]>>,
): Promise<Result<StoredCase, readonly Problem[]>> {
  const act = actingAs(database, actor, async (queries): Promise<Result<StoredCase, readonly Problem[]>> => {
    if (!holdsRole(actor, heads, { urn })) return err([notYours(urn)]);
    const found = await ownCase(queries, { urn, academicYear });
    if (!found) return err([notThere(urn)]);
    const draft = (await loadCorrections(queries, found)).find((one) => one.id === id && one.state === "draft");
    return draft
      ? work(queries, found, draft)
      : err([problemOf("correction-not-there", "correction", "there is no such draft")]);
  });
  return undoing(act);
}

/** Adds documents to a draft. */
export function addEvidence(
  database: Database,
  actor: Actor,
  place: OwnCorrection,
  documents: readonly HandedEvidence[],
  now: Date,
): Promise<Result<StoredCase, readonly Problem[]>> {
  return withDraft(database, actor, place, async (queries, found) => {
    const before = (await loadDocuments(queries, found)).filter(({ correctionId }) => correctionId === place.id);
    const most = valueOn(evidenceLimit, dayInEngland(now)).value.documents;
    if (before.length + documents.length > most)
      return err([problemOf("evidence-too-large", "documents", `a correction has at most ${most} documents`)]);
    await saveDocuments(queries, documentRows(found, documents, "correction", place.id, actor, now));
    return ok(found);
  });
}

/** Drops a draft. */
export function dropDraft(
  database: Database,
  actor: Actor,
  place: OwnCorrection,
  now: Date,
): Promise<Result<StoredCase, readonly Problem[]>> {
  return withDraft(database, actor, place, async (queries, found) => {
    await moveCorrection(queries, place.id, "dropped");
    await wantEffects(queries, found, actor, now);
    return ok(found);
  });
}

/**
 * Raises a draft: from then on it is part of the case, and the region's office settles it. The case and its log get the reason and the number;
 * facts, words and documents stay here.
 * @throws {StaleStream} when somebody else has changed the case since `expected`
 */
export function raiseCorrection(
  database: Database,
  actor: Actor,
  place: OwnCorrection & { readonly expected: number },
  now: Date,
): Promise<Result<StoredCase, readonly Problem[]>> {
  return withDraft(database, actor, place, async (queries, found, draft) => {
    const asked = evidenceFor(draft.reason, dayInEngland(now))?.documents ?? [];
    const documents = (await loadDocuments(queries, found)).filter(({ correctionId }) => correctionId === draft.id);
    if (documents.length < asked.length)
      return err([
        problemOf("correction-document-missing", "documents", `missing: ${asked.slice(documents.length).join("; ")}`),
      ]);
    const label =
      valueOn(correctionReasons, dayInEngland(now)).value.find(({ code }) => code === draft.reason)?.label ??
      draft.reason;
    const number = found.corrections.length + 1;
    await moveCorrection(queries, draft.id, "raised", number);
    const command: CaseCommand = {
      ...{
        kind: "correct",
        reason: draft.reason,
        words: `A pupil is to be ${draft.action === "shares" ? "counted by other shares of time" : "left out"}: ${label}.`,
      },
      detail: { correction: draft.id, action: draft.action },
    };
    return orUndo(await changeCase(queries, { ...keyOf(found), expected: place.expected, command, actor, at: now }));
  });
}

const keyOf = ({ urn, academicYear }: CaseKey): CaseKey => ({ urn, academicYear });

/** A refusal by the case undoes what was written before it. */
class Undone extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super("refused by the case");
    this.problems = problems;
  }
}

/** The value, or the end of the transaction: what was written before is undone. See {@link undoing}. */
export function orUndo(result: Result<StoredCase, readonly Problem[]>): Result<StoredCase, readonly Problem[]> {
  if (!result.ok) throw new Undone(result.error);
  return result;
}

/** Runs work whose refusal undoes it. */
export async function undoing<T>(work: Promise<Result<T, readonly Problem[]>>): Promise<Result<T, readonly Problem[]>> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Undone) return err(error.problems);
    throw error;
  }
}

/** What a school may do with its case beside corrections. */
export type SchoolStep =
  | { readonly kind: "represent"; readonly words: string }
  | { readonly kind: "finish-answer" }
  | { readonly kind: "appeal"; readonly ground: string; readonly words: string };

function commandOf(step: SchoolStep, on: CivilDate): Result<CaseCommand, FieldProblem> {
  if (step.kind !== "appeal") return ok(step);
  const ground = valueOn(appealGrounds, on).value.find(({ code }) => code === step.ground);
  if (!ground) return err(problemOf("appeal-ground-unknown", "ground", `"${step.ground}" is no ground`));
  return ok({ kind: "appeal", words: step.words.trim() === "" ? "" : `${ground.label}. ${step.words}` });
}

/**
 * Makes a representation, says that all is said, or appeals, with documents.
 * @throws {StaleStream} when somebody else has changed the case since `expected`
 */
export function takeSchoolStep(
  database: Database,
  actor: Actor,
  {
    urn,
    academicYear,
    expected,
    step,
    documents,
  }: OwnCase & {
    readonly expected: number;
    readonly step: SchoolStep;
    readonly documents: readonly HandedEvidence[];
  },
  now: Date,
): Promise<Result<StoredCase, readonly Problem[]>> {
  return undoing(
    actingAs(database, actor, async (queries) => {
      if (!holdsRole(actor, heads, { urn })) return err([notYours(urn)]);
      const found = await ownCase(queries, { urn, academicYear });
      if (!found) return err([notThere(urn)]);
      if (found.version !== expected) throw new StaleStream(streamOf(found), expected, found.version);
      const command = commandOf(step, dayInEngland(now));
      if (!command.ok) return err([command.error]);
      const part = step.kind === "appeal" ? "appeal" : "representation";
      await saveDocuments(queries, documentRows(found, documents, part, null, actor, now));
      return orUndo(await changeCase(queries, { ...keyOf(found), expected, command: command.value, actor, at: now }));
    }),
  );
}

/** The effect that is shown with a correction: with those accepted so far; null where nobody has asked for it. */
export const effectOf = (
  { corrections, effects }: Pick<SchoolView, "corrections" | "effects">,
  id: string,
): KeptEffect | null => effects.get(keyWithAccepted(corrections, id)) ?? null;

/** The effect of all that may still be accepted; null where that is one or none. */
export function effectOfAll({ corrections, effects }: Pick<SchoolView, "corrections" | "effects">): KeptEffect | null {
  const key = keyOfAll(corrections);
  return key === null ? null : (effects.get(key) ?? null);
}
