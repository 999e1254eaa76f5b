import Type, { type Static } from "typebox";
import { dateInWords } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  HttpError,
  type PageContext,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../../platform/http/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import type { Link } from "../../../platform/pages/index.js";
import { shownCorrection } from "../school-side/web-officer.js";
import { caseParametersOn } from "./parameters.js";
import { officers } from "./service.js";
import type { StoredCase } from "./store-case.js";
import { rulesOf } from "./store-open.js";
import { CaseContent } from "./web-case.js";
import { type CaseKit, caseKit } from "./web-case-kit.js";
import { addDecisionPages } from "./web-decision-pages.js";
import { addListPages } from "./web-list-pages.js";
import {
  AgreeContent,
  CorrectionContent,
  readDate,
  SendContent,
  Steps,
  suggestedAnswer,
  WordStepContent,
  wordSteps,
} from "./web-steps.js";

const access = { roles: officers };
const words = Type.String({ maxLength: 5000, default: "" });
const version = Type.String({ maxLength: 9, default: "" });
const short = Type.String({ maxLength: 40, default: "" });
const wordFields = Type.Object({ words, version });
const dateFieldsSchema = Type.Object({ day: short, month: short, year: short, version });
const correctionFields = Type.Object({ accepted: short, words, version });
const versionFields = Type.Object({ version });

/** The pages on which a regional officer works on the year's cases. */
export function casePages(
  options: PagesOptions & { readonly database: Database; readonly version: string },
): RouteGroup {
  const { database } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    addListPages(pages, database, options.version);
    const kit = caseKit(pages, database);
    addCasePage(kit, database);
    addSendPages(kit);
    addWordPages(kit);
    addDecisionPages(kit);
    addSecondReaderPages(kit);
    addCorrectionPages(kit, database);
  };
}

const personId = (actor: Actor): string => (actor.kind === "person" ? actor.id : "");

function addCasePage({ pages, read, page }: CaseKit, database: Database): void {
  pages.get("/cases/:year/:urn", access, async (context) => {
    const { found, events, year } = await read(context);
    const rule = await actingAs(database, context.actor, async (queries) => {
      const rules = await rulesOf(queries, found.evidence.review);
      return rules(found.evidence.phase);
    });
    const judgedByFramework =
      found.school.kind !== "mainstream" &&
      found.proposal.decision !== "awaiting-framework" &&
      holdsRole(context.actor, ["regional-officer"]);
    const steps = (
      <>
        <Steps found={found} person={personId(context.actor)} today={context.today} />
        {judgedByFramework && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/specialist-framework/findings/${found.urn}`}>
              Findings under the framework for schools of its kind
            </a>
          </p>
        )}
      </>
    );
    const content = <CaseContent {...{ found, events, year, rule, steps, today: context.today }} />;
    const parts = page(found, found.school.name, [], content);
    return { ...parts, breadcrumbs: parts.breadcrumbs.slice(0, 1) };
  });
}

function addSendPages({ pages, read, page, take }: CaseKit): void {
  const sendPage = (
    context: PageContext,
    found: StoredCase,
    date: ReturnType<typeof suggestedAnswer>,
    errors: readonly Link[],
  ) => {
    const days = caseParametersOn(context.today).answerDays;
    const content = <SendContent {...{ found, errors, date, days, csrf: context.csrf }} />;
    return page(found, "Send the case to the school", errors, content);
  };
  pages.get("/cases/:year/:urn/send", access, async (context) =>
    sendPage(context, (await read(context)).found, suggestedAnswer(context.today), []),
  );
  pages.post("/cases/:year/:urn/send", access, dateFieldsSchema, async (context, typed) => {
    const answerBy = readDate(typed);
    if (answerBy === null) {
      const errors = [{ href: "#answer-by", text: "Enter a real day, as 17 12 2026" }];
      return sendPage(context, (await read(context)).found, typed, errors);
    }
    const again = (found: StoredCase, errors: readonly Link[]) => sendPage(context, found, typed, errors);
    const notice = `The case is with the school, until ${dateInWords(answerBy)}.`;
    return take(context, typed, { kind: "send-to-school", answerBy }, notice, again);
  });
}

function addWordPages({ pages, read, page, take }: CaseKit): void {
  for (const [path, step] of Object.entries(wordSteps)) {
    const wordPage = (context: PageContext, found: StoredCase, typed: string, errors: readonly Link[]) => {
      const content = <WordStepContent {...{ found, path, step, errors, words: typed, csrf: context.csrf }} />;
      return page(found, step.title, errors, content);
    };
    pages.get(`/cases/:year/:urn/${path}`, access, async (context) =>
      wordPage(context, (await read(context)).found, "", []),
    );
    pages.post(`/cases/:year/:urn/${path}`, access, wordFields, (context, typed) =>
      take(context, typed, step.command(typed.words), `${step.title}: done.`, (found, errors) =>
        wordPage(context, found, typed.words, errors),
      ),
    );
  }
}

function addSecondReaderPages({ pages, read, page, take }: CaseKit): void {
  const agreePage = (context: PageContext, found: StoredCase, errors: readonly Link[]) =>
    found.decision === null
      ? page(found, found.school.name, errors, "There is no decision to read: look at the case.")
      : page(found, "Read as second person", errors, <AgreeContent {...{ found, errors, csrf: context.csrf }} />);
  pages.get("/cases/:year/:urn/agree", access, async (context) => agreePage(context, (await read(context)).found, []));
  pages.post("/cases/:year/:urn/agree", access, versionFields, (context, typed) =>
    take(context, typed, { kind: "agree" }, "You agreed; the case is decided.", (found, errors) =>
      agreePage(context, found, errors),
    ),
  );
}

function addCorrectionPages({ pages, read, page, take }: CaseKit, database: Database): void {
  const correctionPage = async (
    context: PageContext,
    found: StoredCase,
    typed: Pick<Static<typeof correctionFields>, "accepted" | "words">,
    errors: readonly Link[],
  ) => {
    const number = Number(context.params.number);
    if (!found.corrections.some((one) => one.number === number))
      throw new HttpError(404, "correction-unknown", `The case has no correction ${context.params.number}.`);
    const shown = await shownCorrection(database, context.actor, found, number, context.now);
    const content = <CorrectionContent {...{ found, errors, number, ...typed, shown, csrf: context.csrf }} />;
    return page(found, `Correction ${number}`, errors, content);
  };
  pages.get("/cases/:year/:urn/corrections/:number", access, async (context) =>
    correctionPage(context, (await read(context)).found, { accepted: "", words: "" }, []),
  );
  pages.post("/cases/:year/:urn/corrections/:number", access, correctionFields, async (context, typed) => {
    const again = (found: StoredCase, errors: readonly Link[]) => correctionPage(context, found, typed, errors);
    if (typed.accepted !== "yes" && typed.accepted !== "no")
      return again((await read(context)).found, [{ href: "#accepted", text: "Choose whether you accept it" }]);
    const number = Number(context.params.number) || 0;
    const command = {
      kind: "settle-correction",
      number,
      accepted: typed.accepted === "yes",
      words: typed.words,
    } as const;
    return take(context, typed, command, `Correction ${number} is answered.`, again);
  });
}
