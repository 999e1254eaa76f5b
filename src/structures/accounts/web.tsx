import Type, { type Static } from "typebox";
import { type CivilDate, civilDate, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  type Access,
  HttpError,
  type PageContext,
  type PageParts,
  type Pages,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../platform/http/index.js";
import { dateNames, type Link, typedDate } from "../../platform/pages/index.js";
import { findRegion } from "../../register/index.js";
import { type AccountsBody, parseBody } from "./body.js";
import {
  type AccountsRecord,
  fileOpinion,
  type HandedDocument,
  mayFile,
  ownTasks,
  readAccounts,
  readDocumentOf,
  regionAccounts,
} from "./service.js";
import { documentOf, draftFiling, forgetDraft, readDraft } from "./service-drafts.js";
import { importOpinions } from "./service-import.js";
import { idOfFiling } from "./store.js";
import type { Draft } from "./store-drafts.js";
import { addressOf, CheckAnswers, emptyForm, FilingForm, type FormState } from "./web-form.js";
import { AccountsMethod, AccountsPage, OwnTasks, RegionAccounts, TableForm } from "./web-lists.js";
import { isYearEnd, lastYearEnd } from "./year.js";

export interface AccountsPagesOptions extends PagesOptions {
  readonly database: Database;
}

const filers: Access = { roles: ["trust", "school"] };
const overseers: Access = { roles: ["regional-officer", "regional-director", "policy-official", "statistician"] };
const readers: Access = {
  roles: ["trust", "school", "regional-officer", "regional-director", "policy-official", "statistician"],
};

const home: Link = { text: "Accounts", href: "/accounts" };

/** The year end that an address names by its year. @throws {HttpError} 404 */
function yearEndOf(text: string | undefined): CivilDate {
  if (text === undefined || !/^(19|20|21)\d{2}$/.test(text))
    throw new HttpError(404, "not-found", `There are no accounts of the year "${text}".`);
  const yearEnd = civilDate(`${text}-08-31`);
  if (!isYearEnd(yearEnd)) throw new HttpError(404, "not-found", `No year of accounts ends in ${text}.`);
  return yearEnd;
}

function bodyOf(text: string | undefined): AccountsBody {
  const body = parseBody(text ?? "");
  if (!body.ok) throw new HttpError(404, "not-found", `${body.error}.`);
  return body.value;
}

/** What a form of files was filled with. */
const fields = Type.Object({
  draft: Type.String({ maxLength: 100 }),
  ...Object.fromEntries(
    [...dateNames("yearEnd"), ...dateNames("signedOn")].map((name) => [
      name,
      Type.Optional(Type.String({ maxLength: 40 })),
    ]),
  ),
  opinion: Type.Optional(Type.String({ maxLength: 40 })),
  grounds: Type.Optional(Type.String({ maxLength: 20_000 })),
  regularity: Type.Optional(Type.String({ maxLength: 40 })),
  regularityGrounds: Type.Optional(Type.String({ maxLength: 20_000 })),
  auditor: Type.Optional(Type.String({ maxLength: 2000 })),
});

const version = Type.Object({ version: Type.String({ pattern: "^[0-9]{1,9}$" }) });

function typedFrom(body: Static<typeof fields>) {
  const { opinion = "", grounds = "", regularity = "", regularityGrounds = "", auditor = "" } = body;
  const dates = { yearEnd: typedDate(body, "yearEnd"), signedOn: typedDate(body, "signedOn") };
  return { ...dates, opinion, grounds, regularity, regularityGrounds, auditor, documentSha256: "" };
}

/** A problem with the document belongs to the field of the document, wherever it was found. */
const ofDocument = (problem: Problem & { readonly field?: string }) =>
  problem.field === undefined && problem.code.startsWith("accounts-document")
    ? { ...problem, field: "document" }
    : problem;

class AccountsPages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async record({
    actor,
    params,
    now,
  }: PageContext): Promise<{ body: AccountsBody; yearEnd: CivilDate; record: AccountsRecord }> {
    const [body, yearEnd] = [bodyOf(params.body), yearEndOf(params.year)];
    return { body, yearEnd, record: orNotFound(await readAccounts(this.#database, actor, { body, yearEnd }, now)) };
  }

  async tasks({ actor, query, today, now }: PageContext): Promise<PageParts> {
    const yearEnd = query.year === undefined ? lastYearEnd(today) : yearEndOf(String(query.year));
    const tasks = await ownTasks(this.#database, actor, yearEnd, now);
    return parts("Audited accounts", [], <OwnTasks tasks={tasks} yearEnd={yearEnd} />);
  }

  async region({ actor, params, query, today, now }: PageContext): Promise<PageParts> {
    const region = findRegion(params.region ?? "");
    if (!region) throw new HttpError(404, "not-found", `There is no region ${params.region}.`);
    const yearEnd = query.year === undefined ? lastYearEnd(today) : yearEndOf(String(query.year));
    const tasks = orNotFound(await regionAccounts(this.#database, actor, { yearEnd, region: region.code }, now));
    return parts(
      `Accounts, ${region.name}`,
      [],
      <RegionAccounts tasks={tasks} yearEnd={yearEnd} region={region.name} />,
    );
  }

  async page(context: PageContext): Promise<PageParts> {
    const { body, yearEnd, record } = await this.record(context);
    const own = mayFile(context.actor, body);
    return parts(
      `Accounts of ${record.due.name}`,
      own ? [home] : [],
      <AccountsPage record={record} yearEnd={yearEnd} mayFile={own} />,
    );
  }

  async form(context: PageContext): Promise<PageParts> {
    const { yearEnd, record } = await this.record(context);
    const { draft: named } = context.query;
    const draft = typeof named === "string" ? await readDraft(this.#database, context.actor, named) : null;
    const own = draft?.body === record.due.body ? draft : null;
    const state: FormState = own
      ? { typed: own.typed, problems: [], documentKept: own.documentName, draft: own.id }
      : emptyForm(record);
    return this.formWith(context, record, yearEnd, state);
  }

  formWith({ csrf }: PageContext, record: AccountsRecord, yearEnd: CivilDate, state: FormState): PageParts {
    const title = `${state.problems.length > 0 ? "Error: " : ""}File the accounts of ${record.due.name}`;
    const back = [home, { text: record.due.name, href: addressOf(record.due.body, yearEnd) }];
    return parts(title, back, <FilingForm record={record} yearEnd={yearEnd} state={state} csrf={csrf} />);
  }

  async submit(
    context: PageContext,
    body: Static<typeof fields>,
    files: readonly HandedDocument[],
    wrong: readonly Problem[],
  ) {
    const { body: whose, yearEnd, record } = await this.record(context);
    const typed = typedFrom(body);
    const [document] = files;
    const order = {
      body: whose,
      yearEnd,
      typed,
      document: document ? { name: document.name, bytes: document.bytes } : null,
    };
    const drafted = await draftFiling(this.#database, context.actor, order, body.draft || null, context.now);
    if (drafted.ok && wrong.length === 0)
      return { redirect: `${addressOf(record.due.body, yearEnd)}/check/${drafted.value}` };
    const others = drafted.ok ? [] : drafted.error.map(ofDocument);
    const problems = [
      ...others.filter(({ code }) => wrong.length === 0 || code !== "accounts-document-missing"),
      ...wrong.map((problem) => ({ ...problem, field: "document" })),
    ];
    const kept = body.draft ? documentOf(await readDraft(this.#database, context.actor, body.draft)) : null;
    return this.formWith(context, record, yearEnd, {
      typed,
      problems,
      documentKept: kept?.name ?? null,
      draft: body.draft || null,
    });
  }

  async draft({ actor, params }: PageContext): Promise<Draft> {
    const draft = await readDraft(this.#database, actor, params.draft ?? "");
    if (draft === null || draft.body !== params.body)
      throw new HttpError(404, "not-found", "What was typed is no longer here. Fill in the form again.");
    return draft;
  }

  async check(context: PageContext): Promise<PageParts> {
    const { yearEnd, record } = await this.record(context);
    const draft = await this.draft(context);
    const back = [home, { text: record.due.name, href: addressOf(record.due.body, yearEnd) }];
    return parts(
      "Check your answers",
      back,
      <CheckAnswers record={record} yearEnd={yearEnd} draft={draft} csrf={context.csrf} />,
    );
  }

  async file(context: PageContext, expected: number) {
    const { body, yearEnd, record } = await this.record(context);
    const draft = await this.draft(context);
    const order = { body, yearEnd, typed: draft.typed, document: documentOf(draft), expected };
    const filed = await fileOpinion(this.#database, context.actor, order, context.now);
    if (!filed.ok) {
      const problems = filed.error.map(ofDocument);
      return this.formWith(context, record, yearEnd, {
        typed: draft.typed,
        problems,
        documentKept: draft.documentName,
        draft: draft.id,
      });
    }
    await forgetDraft(this.#database, context.actor, draft.id);
    return {
      redirect: addressOf(record.due.body, yearEnd),
      notice: expected === 0 ? "The opinion is filed." : "The correction is filed.",
    };
  }

  async document({ actor, params }: PageContext) {
    const [body, yearEnd] = [bodyOf(params.body), yearEndOf(params.year)];
    const found = orNotFound(
      await readDocumentOf(this.#database, actor, idOfFiling(body, yearEnd, Number(params.version))),
    );
    return {
      name: `accounts-${params.body}-${params.year}.pdf`,
      type: "application/pdf",
      body: Buffer.from(found.bytes),
    };
  }

  table({ params, csrf }: PageContext, problems: readonly Problem[]): PageParts {
    const yearEnd = yearEndOf(params.year);
    const title = `${problems.length > 0 ? "Error: " : ""}File a table of opinions`;
    return parts(title, [home], <TableForm yearEnd={yearEnd} problems={problems} csrf={csrf} />);
  }

  async fileTable(context: PageContext, [table]: readonly HandedDocument[], wrong: readonly Problem[]) {
    const yearEnd = yearEndOf(context.params.year);
    if (!table || wrong.length > 0) return this.table(context, wrong);
    const filed = await importOpinions(this.#database, context.actor, table, yearEnd, context.now);
    if (!filed.ok) return this.table(context, filed.error);
    const { trusts, schools } = filed.value;
    return {
      redirect: `/accounts?year=${context.params.year}`,
      notice: `Filed for ${trusts} trusts and ${schools} schools.`,
    };
  }
}

const parts = (title: string, breadcrumbs: readonly Link[], content: PageParts["content"]): PageParts => ({
  ...{ title, section: null, breadcrumbs, content },
});

function orNotFound<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  const { code, message, remedy } = result.error;
  throw new HttpError(
    code === "accounts-not-yours" ? 403 : 404,
    code,
    `${message[0]!.toUpperCase()}${message.slice(1)}. ${remedy}`,
  );
}

function addPages(pages: Pages, own: AccountsPages): void {
  const accounts = "/accounts/:body/:year";
  pages.get("/accounts", filers, (context) => own.tasks(context));
  pages.get("/accounts/method", "anyone", async () => parts("How filings are judged", [], <AccountsMethod />));
  pages.get("/accounts/region/:region", overseers, (context) => own.region(context));
  pages.get("/accounts/table/:year", filers, async (context) => own.table(context, []));
  pages.upload(
    "/accounts/table/:year",
    filers,
    { types: ["csv"], bytes: 10_000_000, files: 1, field: "table" },
    Type.Object({}),
    (context, _body, files, problems) => own.fileTable(context, files, problems),
  );
  pages.get(accounts, readers, (context) => own.page(context));
  pages.get(`${accounts}/file`, filers, (context) => own.form(context));
  pages.upload(
    `${accounts}/file`,
    filers,
    { types: ["pdf"], bytes: 10_000_000, files: 1, field: "document", optional: true },
    fields,
    (context, body, files, problems) => own.submit(context, body, files, problems),
  );
  pages.get(`${accounts}/check/:draft`, filers, (context) => own.check(context));
  pages.post(`${accounts}/check/:draft`, filers, version, (context, body) => own.file(context, Number(body.version)));
  pages.file(`${accounts}/document/:version`, readers, (context) => own.document(context));
}

/** The pages of accounts: what is to be filed, the form, and who is missing. */
export function accountsPages({ database, ...options }: AccountsPagesOptions): RouteGroup {
  return (server) => addPages(pagesOn(server, options), new AccountsPages(database));
}
