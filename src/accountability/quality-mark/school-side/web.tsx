import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import Type, { type Static } from "typebox";
import { dateInWords, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  type Access,
  Form,
  HttpError,
  type PageContext,
  type PageParts,
  type Pages,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
  type UploadedFile,
} from "../../../platform/http/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import {
  dateNames,
  errorsOf,
  FileField,
  Govuk,
  type Link,
  Table,
  TextArea,
  tag,
  typedDate,
} from "../../../platform/pages/index.js";
import { caseParametersOn } from "../cases/parameters.js";
import { CaseContent } from "../cases/web-case.js";
import { readEnquiries } from "../exemption/service.js";
import { EnquiryTable } from "../exemption/web-parts.js";
import type { TypedCorrection } from "./correction-check.js";
import type { PupilSide } from "./pupil-side.js";
import {
  addEvidence,
  draftCorrection,
  dropDraft,
  effectOf,
  effectOfAll,
  evidenceFor,
  raiseCorrection,
  readDocument,
  readSchoolSide,
  type SchoolView,
  takeSchoolStep,
} from "./service.js";
import type { KeptEffect } from "./store.js";
import { evidenceUploads } from "./uploads.js";
import {
  AppealFields,
  accepted,
  CaseEffect,
  CorrectionFacts,
  CorrectionForm,
  DocumentList,
  FormPage,
  type Problems,
  ReasonForm,
  reasonLabel,
  shareRows,
  stateTag,
} from "./web-parts.js";

export interface SchoolSidePagesOptions extends PagesOptions {
  readonly database: Database;
  readonly side: PupilSide;
}

const heads: Access = { roles: ["school"] };
const page = (title: string, breadcrumbs: readonly Link[], content: Child, problems: Problems = []): PageParts => ({
  ...{ title: `${problems.length > 0 ? "Error: " : ""}${title}`, section: null, breadcrumbs, content },
  ...(problems.length > 0 && { status: 400 }),
});

function orStop<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  const { code, message, remedy } = result.error;
  throw new HttpError(
    code === "case-not-yours" ? 403 : 404,
    code,
    `${message[0]!.toUpperCase()}${message.slice(1)}. ${remedy}`,
  );
}

const withField = (problem: Problem & { readonly field?: string }, field: string) => ({
  ...problem,
  field: problem.field ?? field,
});

/** The schools that somebody speaks for. */
const ownSchools = (actor: Actor): string[] =>
  actor.kind === "person"
    ? actor.grants.flatMap(({ role, scope }) => (role === "school" && scope.kind === "school" ? [scope.urn] : []))
    : [];

const text = (most: number) => Type.Optional(Type.String({ maxLength: most }));
const factNames = [
  "checked",
  "excludedOn",
  "excludedBy",
  "admittedOn",
  "arrivedOn",
  "country",
  "language",
  "leftOn",
  "diedOn",
  "from",
  "until",
  "otherSchool",
  "what",
];
const dateFacts = ["excludedOn", "admittedOn", "arrivedOn", "leftOn", "diedOn", "from", "until"];
const correctionFields = Type.Object({
  pupil: text(100),
  action: text(20),
  words: text(10_000),
  ...Object.fromEntries(factNames.map((name) => [`fact-${name}`, text(10_000)])),
  ...Object.fromEntries(dateFacts.flatMap((name) => dateNames(`fact-${name}`)).map((name) => [name, text(40)])),
  ...Object.fromEntries(
    Array.from({ length: shareRows }, (_, i) => [
      [`share-urn-${i}`, text(20)],
      [`share-${i}`, text(20)],
    ]).flat(),
  ),
});
const versionField = Type.Object({ version: Type.String({ pattern: "^[0-9]{1,9}$" }) });
const wordsFields = Type.Object({
  version: Type.String({ pattern: "^[0-9]{1,9}$" }),
  words: text(20_000),
  ground: text(60),
});

function typedFrom(reason: string, body: Readonly<Record<string, unknown>>): TypedCorrection {
  const field = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : "");
  return {
    ...{ reason, action: field("action"), words: field("words") },
    facts: Object.fromEntries(
      factNames.map((name) => [
        name,
        dateFacts.includes(name) ? typedDate(body, `fact-${name}`) : field(`fact-${name}`),
      ]),
    ),
    shares: Array.from({ length: shareRows }, (_, i) => ({
      urn: field(`share-urn-${i}`),
      percent: field(`share-${i}`),
    })).filter(({ percent }) => percent !== ""),
  };
}

class SchoolPages {
  readonly #database: Database;
  readonly #side: PupilSide;

  constructor({ database, side }: SchoolSidePagesOptions) {
    this.#database = database;
    this.#side = side;
  }

  async view({ actor, params, now }: PageContext): Promise<SchoolView> {
    return orStop(await readSchoolSide(this.#database, actor, params.urn ?? "", now));
  }

  back(view: SchoolView, further: readonly Link[] = []): readonly Link[] {
    return [{ text: view.found.school.name, href: `/my-school/${view.found.urn}` }, ...further];
  }

  async home({ actor }: PageContext) {
    const [only, ...others] = ownSchools(actor);
    if (only !== undefined && others.length === 0) return { redirect: `/my-school/${only}` };
    const content = (
      <FormPage caption="Quality Mark" heading="Your schools" problems={[]}>
        <ul class="govuk-list">
          {ownSchools(actor).map((urn) => (
            <li>
              <a class="govuk-link" href={`/my-school/${urn}`}>
                {urn}
              </a>
            </li>
          ))}
        </ul>
      </FormPage>
    );
    return page("Your schools", [], content);
  }

  async school(context: PageContext): Promise<PageParts> {
    const view = await this.view(context);
    const { found, events, year, rule } = view;
    const enquiries = await readEnquiries(this.#database, context.actor, found.urn, 20);
    const content = (
      <>
        <CaseContent
          found={found}
          events={events}
          year={year}
          rule={rule}
          today={context.today}
          steps={this.steps(view, context)}
        />
        <h2 class="govuk-heading-l">Documents that you handed in</h2>
        <DocumentList documents={view.documents} />
        <h2 class="govuk-heading-l">Who asked whether your school may be visited</h2>
        <EnquiryTable enquiries={enquiries} caption="Enquiries about the school, the newest first" />
      </>
    );
    return page(found.school.name, [], content);
  }

  steps({ found, mayAnswer, corrections }: SchoolView, { today }: PageContext): Child {
    const at = `/my-school/${found.urn}`;
    const last = found.mark === null ? null : found.mark.from;
    const mayAppeal = found.state === "published" && found.decision?.decision !== "awarded";
    const open = corrections.filter(({ state }) => state === "draft").length;
    const items = [
      ...(mayAnswer
        ? [
            {
              title: { text: "Corrections" },
              href: `${at}/corrections`,
              hint: { text: "A pupil who was counted wrongly, with evidence, and what it would change" },
              status: { text: open > 0 ? `${open} not raised yet` : `${corrections.length} so far` },
            },
            {
              title: { text: "Say something to the case" },
              href: `${at}/representation`,
              hint: { text: "Words and documents" },
              status: { text: `${found.representations.length} so far` },
            },
            {
              title: { text: "Say that you have said all" },
              href: `${at}/finish`,
              hint: { text: `Or wait until ${dateInWords(found.answerBy ?? today)}` },
              status: { text: "Not yet" },
            },
          ]
        : [{ title: { text: "Corrections" }, href: `${at}/corrections`, status: { text: `${corrections.length}` } }]),
      ...(mayAppeal && last !== null
        ? [
            {
              title: { text: "Appeal" },
              href: `${at}/appeal`,
              hint: { text: `Within ${caseParametersOn(today).appealDays} days of ${dateInWords(last)}` },
              status: { text: "Not made" },
            },
          ]
        : []),
      ...(found.mark?.state === "awarded"
        ? [{ title: { text: "Certificate" }, href: `/schools/${found.urn}/certificate`, status: { text: "Ready" } }]
        : []),
    ];
    return (
      <>
        <h2 class="govuk-heading-l">What you can do</h2>
        <Govuk is="task-list" options={{ idPrefix: "steps", items }} />
      </>
    );
  }

  effect({ found, rule }: SchoolView, id: string, effect: KeptEffect | null): Child {
    return <CaseEffect found={found} rule={rule} id={id} effect={effect} />;
  }

  async corrections(context: PageContext): Promise<PageParts> {
    const view = await this.view(context);
    const { found, corrections } = view;
    const all = effectOfAll(view);
    const content = (
      <>
        <span class="govuk-caption-xl">{found.school.name}</span>
        <h1 class="govuk-heading-xl">Corrections</h1>
        {corrections.length === 0 ? (
          <p class="govuk-body">There are none.</p>
        ) : (
          <Table
            caption="Corrections of the case"
            captionHidden
            rows={corrections}
            columns={[
              {
                heading: "Pupil",
                cell: ({ id, hint }) => (
                  <a class="govuk-link" href={`/my-school/${found.urn}/corrections/${id}`}>
                    {`… ${hint}`}
                  </a>
                ),
              },
              { heading: "Reason", cell: ({ reason }) => reasonLabel(reason, context.today) },
              {
                heading: "State",
                cell: ({ state }) => raw(tag(stateTag(state).text, stateTag(state).classes.replace("govuk-tag--", ""))),
              },
              {
                heading: "Officer's reason",
                cell: ({ number }) => found.corrections.find((one) => one.number === number)?.outcome?.words ?? "",
              },
            ]}
          />
        )}
        {all !== null && (
          <>
            <h2 class="govuk-heading-l">All that are open, together</h2>
            {this.effect(view, "all", all)}
          </>
        )}
        {view.mayAnswer && (
          <>
            <h2 class="govuk-heading-l">A new correction</h2>
            <ReasonForm urn={found.urn} on={context.today} />
          </>
        )}
      </>
    );
    return page("Corrections", this.back(view), content);
  }

  async form(context: PageContext, typed: TypedCorrection, reference: string, problems: Problems): Promise<PageParts> {
    const view = await this.view(context);
    const asked = evidenceFor(typed.reason, context.today);
    if (!asked) throw new HttpError(404, "not-found", "Choose one of the reasons on the page of the corrections.");
    const label = reasonLabel(typed.reason, context.today);
    const hint = await this.#side.hint(view.found.urn);
    const content = (
      <FormPage caption={view.found.school.name} heading={`A pupil: ${label}`} problems={problems}>
        <CorrectionForm
          urn={view.found.urn}
          on={context.today}
          asked={asked}
          typed={typed}
          reference={reference}
          hint={hint}
          problems={problems}
          csrf={context.csrf}
        />
      </FormPage>
    );
    const list = { text: "Corrections", href: `/my-school/${view.found.urn}/corrections` };
    return page("A new correction", this.back(view, [list]), content, problems);
  }

  async draft(
    context: PageContext,
    body: Static<typeof correctionFields>,
    files: readonly UploadedFile[],
    wrong: readonly Problem[],
  ) {
    const urn = context.params.urn ?? "";
    const typed = typedFrom(String(context.query.reason ?? ""), body);
    const reference = String(body.pupil ?? "");
    const problems = wrong.map((problem) => withField(problem, "documents"));
    if (problems.length > 0) return this.form(context, typed, reference, problems);
    const drafted = await draftCorrection(
      this.#database,
      context.actor,
      { urn, reference, typed, documents: files },
      this.#side,
      context.now,
    );
    if (drafted.ok) return { redirect: `/my-school/${urn}/corrections/${drafted.value}` };
    return this.form(context, typed, reference, drafted.error);
  }

  async correction(context: PageContext, problems: Problems = []): Promise<PageParts> {
    const view = await this.view(context);
    const { found } = view;
    const correction = view.corrections.find(({ id }) => id === context.params.id);
    if (!correction) throw new HttpError(404, "not-found", "There is no such correction.");
    const asked = evidenceFor(correction.reason, context.today);
    const at = `/my-school/${found.urn}/corrections/${correction.id}`;
    const outcome = found.corrections.find(({ number }) => number === correction.number)?.outcome ?? null;
    const isDraft = correction.state === "draft";
    const content = (
      <FormPage
        caption={found.school.name}
        heading={`Correction of a pupil ending in ${correction.hint}`}
        problems={problems}
      >
        <p class="govuk-body">
          <Govuk is="tag" options={stateTag(correction.state)} /> {outcome?.words}
        </p>
        <h2 class="govuk-heading-l">What it would change</h2>
        {isDraft || correction.state === "raised" ? (
          this.effect(view, correction.id, effectOf(view, correction.id))
        ) : (
          <p class="govuk-body">It has been settled.</p>
        )}
        <h2 class="govuk-heading-l">What it says</h2>
        <CorrectionFacts correction={correction} asked={asked} on={context.today} />
        <h2 class="govuk-heading-m">Documents</h2>
        <DocumentList documents={view.documents.filter(({ correctionId }) => correctionId === correction.id)} />
        {isDraft && view.mayAnswer && (
          <>
            <Form action={`${at}/documents`} csrf={context.csrf} multipart>
              <FileField
                id="documents"
                label="Add documents"
                hint={`They have to show ${asked?.documents.join("; ") ?? "it"}. PDF, PNG or JPEG of at most 5 megabytes.`}
                accept={accepted}
                multiple
                error={errorsOf(problems).of.documents}
              />
              <Govuk is="button" options={{ text: "Add them", classes: "govuk-button--secondary" }} />
            </Form>
            <Form action={`${at}/raise`} csrf={context.csrf} version={found.version}>
              <Govuk is="button" options={{ text: "Raise the correction", preventDoubleClick: true }} />
            </Form>
            <Form action={`${at}/drop`} csrf={context.csrf}>
              <Govuk is="button" options={{ text: "Withdraw it", classes: "govuk-button--warning" }} />
            </Form>
          </>
        )}
      </FormPage>
    );
    const list = { text: "Corrections", href: `/my-school/${found.urn}/corrections` };
    return page("A correction", this.back(view, [list]), content, problems);
  }

  async words(
    context: PageContext,
    kind: "representation" | "appeal",
    typed: { words: string; ground: string },
    problems: Problems,
  ): Promise<PageParts> {
    const view = await this.view(context);
    const { found } = view;
    const { of } = errorsOf(problems);
    const heading = kind === "appeal" ? "Appeal against the decision" : "Say something to the case";
    const content = (
      <FormPage caption={found.school.name} heading={heading} problems={problems}>
        <Form action={`/my-school/${found.urn}/${kind}`} csrf={context.csrf} version={found.version} multipart>
          {kind === "appeal" ? (
            <AppealFields on={context.today} ground={typed.ground} words={typed.words} problems={problems} />
          ) : (
            <>
              <TextArea
                id="words"
                label="What you want to say"
                hint="Whoever decides reads it. Don’t name pupils."
                rows={8}
                value={typed.words}
                error={of.words}
              />
              <FileField
                id="documents"
                label="Documents (optional)"
                hint="PDF, PNG or JPEG of at most 5 megabytes"
                accept={accepted}
                multiple
                error={of.documents}
              />
            </>
          )}
          <Govuk is="button" options={{ text: kind === "appeal" ? "Appeal" : "Send it", preventDoubleClick: true }} />
        </Form>
      </FormPage>
    );
    return page(heading, this.back(view), content, problems);
  }

  async say(
    context: PageContext,
    kind: "representation" | "appeal",
    body: Static<typeof wordsFields>,
    files: readonly UploadedFile[],
    wrong: readonly Problem[],
  ) {
    const urn = context.params.urn ?? "";
    const typed = { words: body.words ?? "", ground: body.ground ?? "" };
    if (wrong.length > 0)
      return this.words(
        context,
        kind,
        typed,
        wrong.map((problem) => withField(problem, "documents")),
      );
    const step =
      kind === "appeal"
        ? ({ kind: "appeal", ...typed } as const)
        : ({ kind: "represent", words: typed.words } as const);
    const taken = await takeSchoolStep(
      this.#database,
      context.actor,
      { urn, expected: Number(body.version), step, documents: files },
      context.now,
    );
    if (!taken.ok)
      return this.words(
        context,
        kind,
        typed,
        taken.error.map((problem) => withField(problem, "words")),
      );
    return {
      redirect: `/my-school/${urn}`,
      notice: kind === "appeal" ? "The appeal is made." : "It is part of the case.",
    };
  }

  async finish(context: PageContext, problems: Problems = []): Promise<PageParts> {
    const view = await this.view(context);
    const content = (
      <FormPage caption={view.found.school.name} heading="Have you said all?" problems={problems}>
        <p class="govuk-body">
          From then on your region’s office may decide. You can’t raise further corrections or say more.
        </p>
        <Form action={`/my-school/${view.found.urn}/finish`} csrf={context.csrf} version={view.found.version}>
          <Govuk is="button" options={{ text: "We have said all", preventDoubleClick: true }} />
        </Form>
      </FormPage>
    );
    return page("Have you said all?", this.back(view), content, problems);
  }

  /** Takes a step on a draft; what refuses it is shown on the draft's page. */
  async onDraft(
    context: PageContext,
    act: (place: { urn: string; id: string }) => Promise<Result<unknown, readonly Problem[]>>,
    next: string,
    notice: string,
  ) {
    const place = { urn: context.params.urn ?? "", id: context.params.id ?? "" };
    const done = await act(place);
    if (!done.ok)
      return this.correction(
        context,
        done.error.map((problem) => withField(problem, "documents")),
      );
    return {
      redirect: next === "" ? `/my-school/${place.urn}/corrections/${place.id}` : `/my-school/${place.urn}/${next}`,
      notice,
    };
  }

  routes(pages: Pages): void {
    const database = this.#database;
    const school = "/my-school/:urn";
    pages.get("/my-school", heads, (context) => this.home(context));
    pages.get(school, heads, (context) => this.school(context));
    pages.get(`${school}/corrections`, heads, (context) => this.corrections(context));
    pages.get(`${school}/corrections/new`, heads, (context) =>
      this.form(context, typedFrom(String(context.query.reason ?? ""), {}), "", []),
    );
    pages.upload(`${school}/corrections/new`, heads, evidenceUploads, correctionFields, (context, body, files, wrong) =>
      this.draft(context, body, files, wrong),
    );
    pages.get(`${school}/corrections/:id`, heads, (context) => this.correction(context));
    pages.upload(
      `${school}/corrections/:id/documents`,
      heads,
      { ...evidenceUploads, optional: false },
      Type.Object({}),
      (context, _body, files, wrong) =>
        wrong.length > 0
          ? this.correction(
              context,
              wrong.map((problem) => withField(problem, "documents")),
            )
          : this.onDraft(
              context,
              (place) => addEvidence(database, context.actor, place, files, context.now),
              "",
              "The documents are added.",
            ),
    );
    pages.post(`${school}/corrections/:id/raise`, heads, versionField, (context, { version }) =>
      this.onDraft(
        context,
        (place) => raiseCorrection(database, context.actor, { ...place, expected: Number(version) }, context.now),
        "corrections",
        "The correction is raised.",
      ),
    );
    pages.post(`${school}/corrections/:id/drop`, heads, Type.Object({}), (context) =>
      this.onDraft(
        context,
        (place) => dropDraft(database, context.actor, place, context.now),
        "corrections",
        "The correction is withdrawn.",
      ),
    );
    for (const kind of ["representation", "appeal"] as const) {
      pages.get(`${school}/${kind}`, heads, (context) => this.words(context, kind, { words: "", ground: "" }, []));
      pages.upload(`${school}/${kind}`, heads, evidenceUploads, wordsFields, (context, body, files, wrong) =>
        this.say(context, kind, body, files, wrong),
      );
    }
    pages.get(`${school}/finish`, heads, (context) => this.finish(context));
    pages.post(`${school}/finish`, heads, versionField, async (context, { version }) => {
      const urn = context.params.urn ?? "";
      const order = { urn, expected: Number(version), step: { kind: "finish-answer" } as const, documents: [] };
      const done = await takeSchoolStep(database, context.actor, order, context.now);
      return done.ok
        ? { redirect: `/my-school/${urn}`, notice: "Your answer is complete." }
        : this.finish(context, done.error);
    });
    pages.file(
      "/case-documents/:id",
      { roles: ["school", "regional-officer", "regional-director"] },
      async ({ actor, params }) => {
        const found = await readDocument(database, actor, params.id ?? "");
        if (!found) throw new HttpError(404, "not-found", "There is no such document that you may see.");
        return { name: found.name.replace(/[^\w. -]/g, "_"), type: found.type, body: Buffer.from(found.bytes) };
      },
    );
  }
}

/** The pages on which a head sees and answers the school's own case. */
export function schoolSidePages(options: SchoolSidePagesOptions): RouteGroup {
  return (server) => new SchoolPages(options).routes(pagesOn(server, options));
}
