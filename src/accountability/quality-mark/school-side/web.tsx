import Type, { type Static } from "typebox";
import type { Problem, Result } from "../../../kernel/index.js";
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
import { Govuk, type Link } from "../../../platform/pages/index.js";
import { readAcademicYear, yearInAddress } from "../cases/academic-years.js";
import { CaseContent } from "../cases/web-case.js";
import { readEnquiries } from "../exemption/service.js";
import { EnquiryTable } from "../exemption/web-parts.js";
import type { TypedCorrection } from "./correction-check.js";
import type { PupilSide } from "./pupil-side.js";
import {
  addEvidence,
  draftCorrection,
  dropDraft,
  evidenceFor,
  type OwnCase,
  type OwnCorrection,
  raiseCorrection,
  readDocument,
  readSchoolSide,
  type SchoolView,
  takeSchoolStep,
} from "./service.js";
import { evidenceUploads } from "./uploads.js";
import { CorrectionContent, CorrectionList, StepList, WordsContent } from "./web-content.js";
import {
  correctionFields,
  orStop,
  ownSchools,
  page,
  typedFrom,
  versionField,
  withField,
  wordsFields,
} from "./web-fields.js";
import { CorrectionForm, caseHref, DocumentList, FormPage, type Problems, reasonLabel } from "./web-parts.js";

export interface SchoolSidePagesOptions extends PagesOptions {
  readonly database: Database;
  readonly side: PupilSide;
}

const heads: Access = { roles: ["school"] };

/** The case that an address names: of the year it asks for, or of the newest review. @throws {HttpError} 404 where it asks for no year */
function caseAsked({ params, query }: PageContext): OwnCase {
  const urn = params.urn ?? "";
  if (query.year === undefined) return { urn };
  const academicYear = readAcademicYear(String(query.year));
  if (academicYear === null) throw new HttpError(404, "not-found", "A year is written as 2024-25.");
  return { urn, academicYear };
}

/** The address of a page about the case that was asked for. */
function addressOf(context: PageContext, path = ""): string {
  const { urn, academicYear } = caseAsked(context);
  return `/my-school/${urn}${path}${academicYear === undefined ? "" : `?year=${yearInAddress(academicYear)}`}`;
}

class SchoolPages {
  readonly #database: Database;
  readonly #side: PupilSide;

  constructor({ database, side }: SchoolSidePagesOptions) {
    this.#database = database;
    this.#side = side;
  }

  async view(context: PageContext): Promise<SchoolView> {
    return orStop(await readSchoolSide(this.#database, context.actor, caseAsked(context), context.now));
  }

  back(view: SchoolView, further: readonly Link[] = []): readonly Link[] {
    return [{ text: view.found.school.name, href: caseHref(view) }, ...further];
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
          steps={<StepList view={view} today={context.today} />}
        />
        <h2 class="govuk-heading-l">Documents that you handed in</h2>
        <DocumentList documents={view.documents} />
        <h2 class="govuk-heading-l">Who asked whether your school may be visited</h2>
        <EnquiryTable enquiries={enquiries} caption="Enquiries about the school, the newest first" />
      </>
    );
    return page(found.school.name, [], content);
  }

  async corrections(context: PageContext): Promise<PageParts> {
    const view = await this.view(context);
    return page("Corrections", this.back(view), <CorrectionList view={view} today={context.today} />);
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
          view={view}
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
    const list = { text: "Corrections", href: caseHref(view, "/corrections") };
    return page("A new correction", this.back(view, [list]), content, problems);
  }

  async draft(
    context: PageContext,
    body: Static<typeof correctionFields>,
    files: readonly UploadedFile[],
    wrong: readonly Problem[],
  ) {
    const typed = typedFrom(String(context.query.reason ?? ""), body);
    const reference = String(body.pupil ?? "");
    const problems = wrong.map((problem) => withField(problem, "documents"));
    if (problems.length > 0) return this.form(context, typed, reference, problems);
    const drafted = await draftCorrection(
      this.#database,
      context.actor,
      { ...caseAsked(context), reference, typed, documents: files },
      this.#side,
      context.now,
    );
    if (drafted.ok) return { redirect: addressOf(context, `/corrections/${drafted.value}`) };
    return this.form(context, typed, reference, drafted.error);
  }

  async correction(context: PageContext, problems: Problems = []): Promise<PageParts> {
    const view = await this.view(context);
    const correction = view.corrections.find(({ id }) => id === context.params.id);
    if (!correction) throw new HttpError(404, "not-found", "There is no such correction.");
    const content = (
      <CorrectionContent
        view={view}
        correction={correction}
        today={context.today}
        csrf={context.csrf}
        problems={problems}
      />
    );
    const list = { text: "Corrections", href: caseHref(view, "/corrections") };
    return page("A correction", this.back(view, [list]), content, problems);
  }

  async words(
    context: PageContext,
    kind: "representation" | "appeal",
    typed: { words: string; ground: string },
    problems: Problems,
  ): Promise<PageParts> {
    const view = await this.view(context);
    const heading = kind === "appeal" ? "Appeal against the decision" : "Say something to the case";
    const shown = { view, kind, heading, typed, problems, today: context.today, csrf: context.csrf };
    return page(heading, this.back(view), <WordsContent {...shown} />, problems);
  }

  async say(
    context: PageContext,
    kind: "representation" | "appeal",
    body: Static<typeof wordsFields>,
    files: readonly UploadedFile[],
    wrong: readonly Problem[],
  ) {
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
      { ...caseAsked(context), expected: Number(body.version), step, documents: files },
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
      redirect: addressOf(context),
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
        <Form action={caseHref(view, "/finish")} csrf={context.csrf} version={view.found.version}>
          <Govuk is="button" options={{ text: "We have said all", preventDoubleClick: true }} />
        </Form>
      </FormPage>
    );
    return page("Have you said all?", this.back(view), content, problems);
  }

  /** Takes a step on a draft; what refuses it is shown on the draft's page. */
  async onDraft(
    context: PageContext,
    act: (place: OwnCorrection) => Promise<Result<unknown, readonly Problem[]>>,
    next: string,
    notice: string,
  ) {
    const place = { ...caseAsked(context), id: context.params.id ?? "" };
    const done = await act(place);
    if (!done.ok)
      return this.correction(
        context,
        done.error.map((problem) => withField(problem, "documents")),
      );
    return {
      redirect: addressOf(context, next === "" ? `/corrections/${place.id}` : `/${next}`),
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
      const step = { kind: "finish-answer" } as const;
      const order = { ...caseAsked(context), expected: Number(version), step, documents: [] };
      const done = await takeSchoolStep(database, context.actor, order, context.now);
      return done.ok
        ? { redirect: addressOf(context), notice: "Your answer is complete." }
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
