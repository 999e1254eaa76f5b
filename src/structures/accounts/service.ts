import { createHash } from "node:crypto";
import { type CivilDate, dateInWords, err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendMany, StaleStream } from "../../platform/log/index.js";
import { type AccountsBody, keyOfBody } from "./body.js";
import { checkDocument } from "./document.js";
import { checkFiling, type OpinionFiling, type TypedFiling } from "./opinion.js";
import { documentLimit } from "./parameters.js";
import { problemCodes } from "./problem-codes.js";
import {
  type BodyDue,
  documentsKept,
  idOfFiling,
  type KeptFiling,
  loadDocument,
  loadDue,
  loadFilings,
  registerKnows,
  saveDocument,
  saveFilings,
  trustOn,
} from "./store.js";
import { type AccountsState, accountsDue, accountsState, isYearEnd } from "./year.js";

/** A problem of a filing with the code's own remedy. */
export const problemOf = (code: keyof typeof problemCodes, place: string, message: string): Problem => ({
  ...{ code, place, message, remedy: problemCodes[code].remedy },
});

/** SHA-256 of a document, 64 small hexadecimal digits. */
export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A document as it was handed in. */
export interface HandedDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Whether the actor may file for a trust or school. */
export function mayFile(actor: Actor, body: AccountsBody): boolean {
  return body.kind === "trust"
    ? holdsRole(actor, ["trust"], { trusts: [body.uid] })
    : holdsRole(actor, ["trust", "school"], { urn: body.urn });
}

/** Whom the accounts of a year are due from, or why not from this body. */
export async function bodyDue(
  queries: Queries,
  body: AccountsBody,
  yearEnd: CivilDate,
): Promise<Result<BodyDue, Problem>> {
  const key = keyOfBody(body);
  if (!isYearEnd(yearEnd))
    return err(problemOf("accounts-year-wrong", key, `no year of accounts ends on ${dateInWords(yearEnd)}`));
  const [due] = await loadDue(queries, yearEnd, { bodies: [key] });
  if (due) return ok(due);
  const trust = body.kind === "school" ? await trustOn(queries, body.urn, yearEnd) : null;
  if (trust !== null)
    return err(problemOf("accounts-school-in-trust", key, `it was in ${trust} on ${dateInWords(yearEnd)}`));
  return err(
    (await registerKnows(queries, body))
      ? problemOf("accounts-body-absent", key, `it had no school, or was not open, on ${dateInWords(yearEnd)}`)
      : problemOf("accounts-body-unknown", key, "the register does not know it"),
  );
}

/** An opinion to file. */
export interface FilingOrder {
  readonly body: AccountsBody;
  readonly yearEnd: CivilDate;
  /** Without the document's hash where the document comes with it. */
  readonly typed: TypedFiling;
  readonly document: HandedDocument | null;
  /** The version that whoever files has seen: 0 files anew, another one corrects it. */
  readonly expected: number;
}

function readDocument(document: HandedDocument, today: CivilDate): Result<string, Problem> {
  const checked = checkDocument(document.bytes, document.name, valueOn(documentLimit, today).value);
  return checked.ok ? ok(sha256Of(checked.value)) : checked;
}

/** Checks a filing and its document without saving anything. */
export function checkOrder(
  { body, yearEnd, typed, document }: FilingOrder,
  today: CivilDate,
): Result<OpinionFiling, readonly Problem[]> {
  const hash = document ? readDocument(document, today) : ok(typed.documentSha256);
  const named = { ...typed, documentSha256: hash.ok ? hash.value : "0".repeat(64) };
  const checked = checkFiling(named, body, yearEnd, today, (field) => field);
  const problems = [...(checked.ok ? [] : checked.error), ...(hash.ok ? [] : [hash.error])];
  return checked.ok && hash.ok ? ok(checked.value) : err(problems);
}

/** What the log remembers of a filing. */
export const eventOf = (filing: OpinionFiling, version: number) => ({
  kind: version === 1 ? "opinion-filed" : "opinion-corrected",
  body: { ...filing },
});

/** Where the events of a body's accounts belong: who reaches it reads them. */
export const logPlace = (body: AccountsBody) => (body.kind === "trust" ? { trust: body.uid } : { urn: body.urn });

/** The stream of events of the accounts of a body and year. */
export const streamOf = (body: AccountsBody, yearEnd: CivilDate) => `accounts/filing/${keyOfBody(body)}/${yearEnd}`;

/**
 * Files an auditor's opinion, or corrects the one that stands: the earlier filing stays on record.
 * @throws {StaleStream} when somebody else has filed or corrected since `expected`
 */
export function fileOpinion(
  database: Database,
  actor: Actor,
  order: FilingOrder,
  now: Date,
): Promise<Result<KeptFiling, readonly Problem[]>> {
  const { body, yearEnd, document, expected } = order;
  const key = keyOfBody(body);
  return actingAs(database, actor, async (queries) => {
    if (!mayFile(actor, body)) return err([problemOf("accounts-not-yours", key, "the account may not file for it")]);
    const due = await bodyDue(queries, body, yearEnd);
    if (!due.ok) return err([due.error]);
    const checked = checkOrder(order, dayInEngland(now));
    if (!checked.ok) return checked;
    if (expected === 0 && due.value.filing !== null)
      return err([problemOf("accounts-filed-already", key, `${due.value.filing} is filed`)]);
    if (expected > 0 && due.value.filing === null)
      return err([problemOf("accounts-not-filed", key, "there is nothing to correct")]);
    const newest = (await loadFilings(queries, body, yearEnd))[0]?.version ?? 0;
    if (newest !== expected) throw new StaleStream(streamOf(body, yearEnd), expected, newest);
    const version = expected + 1;
    const by = { on: dayInEngland(now), at: now.toISOString(), name: nameOf(actor) };
    await saveFilings(queries, [{ body, filing: checked.value, version }], by);
    const filingId = idOfFiling(body, yearEnd, version);
    if (document) await saveDocument(queries, { filingId, ...document, storedAt: by.at });
    const filed = (await loadFilings(queries, body, yearEnd))[0]!;
    const stream = streamOf(body, yearEnd);
    const event = {
      stream,
      expected,
      actor,
      at: now,
      place: logPlace(body),
      events: [eventOf(checked.value, version)],
    };
    await appendMany(queries, [event]);
    return ok(filed);
  });
}

/** Who is shown to have filed. */
export const nameOf = (actor: Actor): string => (actor.kind === "public" ? "nobody" : actor.name);

/** Brings the document of a filing that was made with its hash alone. */
export function bringDocument(
  database: Database,
  actor: Actor,
  place: { readonly body: AccountsBody; readonly yearEnd: CivilDate },
  document: HandedDocument,
  now: Date,
): Promise<Result<KeptFiling, readonly Problem[]>> {
  const key = keyOfBody(place.body);
  return actingAs(database, actor, async (queries) => {
    if (!mayFile(actor, place.body))
      return err([problemOf("accounts-not-yours", key, "the account may not file for it")]);
    const [filing] = await loadFilings(queries, place.body, place.yearEnd);
    if (!filing) return err([problemOf("accounts-not-filed", key, "nothing is filed")]);
    const hash = readDocument(document, dayInEngland(now));
    if (!hash.ok) return err([hash.error]);
    if (hash.value !== filing.documentSha256)
      return err([problemOf("accounts-document-differs", document.name, `its SHA-256 is ${hash.value}`)]);
    if (await loadDocument(queries, filing.id)) return ok(filing);
    await saveDocument(queries, { filingId: filing.id, ...document, storedAt: now.toISOString() });
    return ok(filing);
  });
}

/** The accounts of a trust or school of a year, as somebody may see them. */
export interface AccountsRecord {
  readonly due: BodyDue;
  readonly dueOn: CivilDate;
  readonly state: AccountsState;
  /** Newest first; empty where nothing is filed. */
  readonly filings: readonly (KeptFiling & { readonly documentKept: boolean })[];
}

/** Reads the accounts of a trust or school of a year. */
export function readAccounts(
  database: Database,
  actor: Actor,
  { body, yearEnd }: { readonly body: AccountsBody; readonly yearEnd: CivilDate },
  now: Date,
): Promise<Result<AccountsRecord, Problem>> {
  return actingAs(database, actor, async (queries) => {
    const due = await bodyDue(queries, body, yearEnd);
    if (!due.ok) return due;
    const filings = await loadFilings(queries, body, yearEnd);
    const kept = await documentsKept(
      queries,
      filings.map(({ id }) => id),
    );
    return ok({
      due: due.value,
      dueOn: accountsDue(yearEnd),
      state: accountsState(due.value.filedOn, yearEnd, dayInEngland(now)),
      filings: filings.map((filing) => ({ ...filing, documentKept: kept.has(filing.id) })),
    });
  });
}

/** The document of a filing, for those who may see it. */
export function readDocumentOf(
  database: Database,
  actor: Actor,
  filing: string,
): Promise<Result<HandedDocument, Problem>> {
  return actingAs(database, actor, async (queries) => {
    const found = await loadDocument(queries, filing);
    return found ? ok(found) : err(problemOf("accounts-not-filed", filing, "there is no document of this filing"));
  });
}

/** One who has to file, and where that stands. */
export interface AccountsTask extends BodyDue {
  readonly state: AccountsState;
}

const withState = (rows: readonly BodyDue[], yearEnd: CivilDate, today: CivilDate): AccountsTask[] =>
  rows.map((row) => ({ ...row, state: accountsState(row.filedOn, yearEnd, today) }));

/** What the actor has to file for a year: of the trusts and schools of the own grants. */
export function ownTasks(
  database: Database,
  actor: Actor,
  yearEnd: CivilDate,
  now: Date,
): Promise<readonly AccountsTask[]> {
  const own = actor.kind === "person" ? actor.grants : [];
  const bodies = own.flatMap(({ role, scope }) =>
    role === "trust" && scope.kind === "trust"
      ? [`trust-${scope.uid}`]
      : (role === "trust" || role === "school") && scope.kind === "school"
        ? [`school-${scope.urn}`]
        : [],
  );
  return actingAs(database, actor, async (queries) =>
    withState(await loadDue(queries, yearEnd, { bodies }), yearEnd, dayInEngland(now)),
  );
}

/** The accounts of a region, or of the country, for those who oversee them. */
export function regionAccounts(
  database: Database,
  actor: Actor,
  { yearEnd, region }: { readonly yearEnd: CivilDate; readonly region: string | null },
  now: Date,
): Promise<Result<readonly AccountsTask[], Problem>> {
  return actingAs(database, actor, async (queries) => {
    const roles = ["regional-officer", "regional-director", "policy-official", "statistician"] as const;
    if (!holdsRole(actor, roles, region === null ? {} : { region }))
      return err(problemOf("accounts-not-yours", region ?? "England", "the account doesn't oversee these accounts"));
    const rows = await loadDue(queries, yearEnd, region === null ? {} : { region });
    return ok(withState(rows, yearEnd, dayInEngland(now)));
  });
}
