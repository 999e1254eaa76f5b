import Type from "typebox";
import { type CivilDate, type Problem, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  HttpError,
  type PageContext,
  type PageParts,
  type Pages,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../platform/http/index.js";
import { actingAs, type Role } from "../../platform/identity/index.js";
import { StaleStream } from "../../platform/log/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import { supplyCsv, trainingCsv } from "./csv.js";
import { adoptShortageList, askForStatement, mayAdopt, mayPlan, publishStatement, statementDraws } from "./service.js";
import {
  findStatement,
  latestStatement,
  listStatements,
  type MadeStatement,
  type StoredStatement,
  shortageListOn,
  shortageLists,
} from "./store.js";
import { AskContent, HistoryContent, nothingTyped, OfficialPart, type Typed } from "./web-planner.js";
import { ListInForce, StatementContent } from "./web-statement.js";
import { yearInWords } from "./web-words.js";

const planners: { readonly roles: readonly Role[] } = { roles: ["policy-official", "statistician"] };
const officials: { readonly roles: readonly Role[] } = { roles: ["policy-official"] };
const home: Link = { text: "Enough teachers", href: "/teacher-supply" };
const section = "/proposals";
const table = "text/csv; charset=utf-8; header=present";
const changed = "Somebody else has changed this meanwhile. Look at it again.";

/** The pages of teacher supply (R1): the statement of sufficiency, the shortage list, and what planners and officials do. */
export function supplyPages(options: PagesOptions & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    addPublicPages(pages, database);
    addPlannerPages(pages, database);
  };
}

function addPublicPages(pages: Pages, database: Database): void {
  pages.get("/teacher-supply", "anyone", async ({ actor, today }) => {
    const latest = await latestStatement(database.queries);
    const lists = await listsOn(database, today);
    return {
      ...{ title: "Enough teachers: the statement of sufficiency", section, breadcrumbs: [] },
      content: (
        <>
          <h1 class="govuk-heading-xl">Enough teachers</h1>
          <p class="govuk-body-l">
            {latest
              ? `The yearly statement of sufficiency of ${yearInWords(latest.year)}: the teachers that England's schools need, who there is, and what is missing, by subject and region. The Secretary of State answers for it.`
              : "The yearly statement of sufficiency says how many teachers England's schools need, who there is, and what is missing. None has been published yet."}
          </p>
          {latest ? <StatementContent stored={latest} {...lists} /> : <ListInForce {...lists} />}
          <p class="govuk-body">
            <a class="govuk-link" href="/teacher-supply/history">
              All statements and shortage lists
            </a>
          </p>
          {mayPlan(actor) && (
            <Govuk is="button" options={{ text: "Ask for a statement", href: "/teacher-supply/ask" }} />
          )}
        </>
      ),
    };
  });
  pages.get("/teacher-supply/history", "anyone", async ({ actor }) => ({
    ...{ title: "Statements and shortage lists", section, breadcrumbs: [home] },
    content: (
      <HistoryContent
        statements={await actingAs(database, actor, listStatements)}
        lists={await shortageLists(database.queries)}
      />
    ),
  }));
  pages.get("/teacher-supply/:statement", "anyone", async (context) =>
    statementPage(database, await known(database, context), context),
  );
  for (const [name, csvOf] of [
    ["supply", supplyCsv],
    ["training", trainingCsv],
  ] as const)
    pages.file(`/teacher-supply/:statement/${name}.csv`, "anyone", async (context) => {
      const statement = await known(database, context);
      if (!isMade(statement)) throw unknownStatement(context);
      return { name: `${name}-${statement.year}.csv`, type: table, body: csvOf(statement.content) };
    });
}

const isMade = (statement: StoredStatement): statement is MadeStatement => statement.content !== null;

const unknownStatement = ({ params }: Pick<PageContext, "params">) =>
  new HttpError(
    404,
    "supply-statement-unknown",
    `There is no published statement "${params.statement}". Look at the list of statements.`,
  );

async function known(database: Database, context: PageContext): Promise<StoredStatement> {
  const text = context.params.statement ?? "";
  if (!/^[1-9]\d{0,8}$/.test(text)) throw unknownStatement(context);
  const found = await actingAs(database, context.actor, (queries) => findStatement(queries, Number(text)));
  if (!found) throw unknownStatement(context);
  return found;
}

async function statementPage(
  database: Database,
  statement: StoredStatement,
  { actor, today, csrf }: PageContext,
  errors: readonly Link[] = [],
  typed: Typed = nothingTyped,
): Promise<PageParts> {
  const title = `Statement of ${yearInWords(statement.year)}, number ${statement.id}`;
  const [newest] = await shortageLists(database.queries);
  return {
    ...{ title: errors.length > 0 ? `Error: ${title}` : title, section, breadcrumbs: [home] },
    content: (
      <>
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">{title}</h1>
        {isMade(statement) ? (
          <StatementContent stored={statement} {...(await listsOn(database, today))} />
        ) : (
          <p class="govuk-body">
            It is being made.{" "}
            <a class="govuk-link" href={`/jobs/${statement.job ?? ""}`}>
              See how far it is.
            </a>
          </p>
        )}
        {mayAdopt(actor) && (
          <OfficialPart statement={statement} newest={newest ?? null} errors={errors} typed={typed} csrf={csrf} />
        )}
      </>
    ),
  };
}

/** The list that holds on a day, and the next. */
async function listsOn({ queries }: Database, today: CivilDate) {
  const coming = (await shortageLists(queries)).filter(({ from }) => from > today);
  return { list: await shortageListOn(queries, today), next: coming.at(-1) ?? null };
}

const linksOf = (problems: readonly Problem[]): readonly Link[] =>
  problems.map(({ place, message, remedy }) => ({
    text: `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remedy}`,
    href: `#${place}`,
  }));

function addPlannerPages(pages: Pages, database: Database): void {
  const askPage = (csrf: string, errors: readonly Link[], typed: Typed): PageParts => ({
    title: `${errors.length > 0 ? "Error: " : ""}Ask for a statement of sufficiency`,
    ...{ section, breadcrumbs: [home] },
    ...(errors.length > 0 && { status: 400 }),
    content: <AskContent errors={errors} typed={typed} csrf={csrf} />,
  });
  pages.get("/teacher-supply/ask", planners, async ({ csrf, today }) =>
    askPage(csrf, [], { ...nothingTyped, year: today.slice(0, 4), draws: String(statementDraws.usual) }),
  );
  pages.post("/teacher-supply/ask", planners, askFields, async ({ actor, now, csrf }, typed) => {
    const [year, draws] = [Number(typed.year), Number(typed.draws)];
    const { low, high } = statementDraws;
    if (!(Number.isInteger(draws) && draws >= low && draws <= high))
      return askPage(csrf, [{ text: `Write a whole number from ${low} to ${high}`, href: "#draws" }], {
        ...nothingTyped,
        ...typed,
      });
    const asked = await askForStatement(database, actor, { year, draws, seed: 1 }, now);
    return asked.ok
      ? { redirect: `/teacher-supply/${asked.value.id}`, notice: "The statement is being made." }
      : askPage(csrf, linksOf(asked.error), { ...nothingTyped, ...typed });
  });
  pages.post("/teacher-supply/:statement/publish", officials, publishFields, async (context, typed) => {
    const statement = await known(database, context);
    const again = async (errors: readonly Link[], status = 400) => ({
      ...(await statementPage(database, statement, context, errors, { ...nothingTyped, ...typed })),
      status,
    });
    const order = { id: statement.id, expected: Number(typed.version) || 0, answer: typed.answer };
    const made = await unlessStale(publishStatement(database, context.actor, order, context.now));
    if (made === null) return again([{ text: changed, href: "#answer" }], 409);
    if (!made.ok) return again(linksOf(made.error));
    return { redirect: `/teacher-supply/${statement.id}`, notice: "The statement is published." };
  });
  pages.post("/teacher-supply/:statement/adopt", officials, adoptFields, async (context, typed) => {
    const { actor, today, now } = context;
    const statement = await known(database, context);
    const again = async (errors: readonly Link[], status = 400) => ({
      ...(await statementPage(database, statement, context, errors, { ...nothingTyped, ...typed })),
      status,
    });
    const from = parseCivilDate(typed.from);
    if (!from.ok) return again([{ text: "Write the day as 2027-09-01", href: "#from" }]);
    const order = { statement: statement.id, from: from.value, expected: Number(typed.version) || 0 };
    const made = await unlessStale(adoptShortageList(database, actor, order, today, now));
    if (made === null) return again([{ text: changed, href: "#from" }], 409);
    if (!made.ok) return again(linksOf(made.error));
    return { redirect: `/teacher-supply/${statement.id}`, notice: `Shortage list ${made.value.number} is adopted.` };
  });
}

const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const askFields = Type.Object({ year: text(10), draws: text(10) });
const publishFields = Type.Object({ answer: text(10_000), version: text(10) });
const adoptFields = Type.Object({ from: text(10), version: text(10) });

/** The result, or null where somebody else was first. */
async function unlessStale<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StaleStream) return null;
    throw error;
  }
}
