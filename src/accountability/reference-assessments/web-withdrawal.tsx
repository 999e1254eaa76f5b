import Type from "typebox";
import type { Problem } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { Form, HttpError, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import { ErrorSummary, errorsOf, Govuk, TextField } from "../../platform/pages/index.js";
import { withdrawPublication } from "./service-withdraw.js";
import { findPublication, type Publication, type PublicationEntry, versionOf } from "./store.js";
import { PublicationsTable } from "./web-publications.js";
import { nameOf, publicationsHref, publishedOn, withdrawalHref } from "./web-words.js";

const statisticians = { roles: ["statistician"] } as const;

/** Taking the newest publication of an assessment back, by a signed-in statistician. */
export function addWithdrawalPages(pages: Pages, database: Database): void {
  const path = `${publicationsHref}/:assessment/withdrawal`;
  const { queries } = database;
  const show = async (
    { params, csrf }: PageContext,
    reason: string,
    problems: readonly Problem[],
  ): Promise<PageParts> => {
    const assessment = params.assessment!;
    const publication = await findPublication(queries, assessment);
    if (!publication)
      throw new HttpError(404, "assessment-unknown", `No assessment called "${assessment}" was published.`);
    const title = `Withdraw ${nameOf(publication)}`;
    const props = { publication, reason, problems, csrf, version: await versionOf(queries, assessment) };
    return {
      title: problems.length > 0 ? `Error: ${title}` : title,
      ...{ section: "/proposals", breadcrumbs: [{ text: "Publications", href: publicationsHref }] },
      content: <WithdrawalContent {...props} />,
      ...(problems.length > 0 && { status: 400 }),
    };
  };
  pages.get(path, statisticians, (context) => show(context, "", []));
  const typed = Type.Object({
    reason: Type.String({ maxLength: 1000, default: "" }),
    version: Type.String({ maxLength: 20, default: "" }),
  });
  pages.post(path, statisticians, typed, async (context, { reason, version }) => {
    const assessment = context.params.assessment!;
    const order = { assessment, reason, expected: Number(version) || 0 };
    const done = await withdrawPublication(database, context.actor, order, context.now);
    if (done.ok) return { redirect: publicationsHref, notice: `${assessment} is withdrawn.` };
    const [first] = done.error;
    if (first!.code === "assessment-unknown") throw new HttpError(404, first!.code, first!.message);
    return show(context, reason, done.error);
  });
}

interface WithdrawalProps {
  readonly publication: Publication;
  readonly reason: string;
  readonly problems: readonly Problem[];
  readonly csrf: string;
  readonly version: number;
}

function WithdrawalContent({ publication, reason, problems, csrf, version }: WithdrawalProps) {
  const errors = errorsOf(problems.map(({ message, remedy }) => ({ field: "reason", message, remedy })));
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors.summary} />
        <h1 class="govuk-heading-xl">Withdraw {nameOf(publication)}</h1>
        {publication.withdrawal === null ? (
          <>
            <p class="govuk-body">
              The figures of publication {publication.number}, of {publishedOn(publication)}, will be shown no more,
              here and to programs, and your reason stands in their place. The publication stays in the record, and no
              earlier one takes its place. A corrected one may follow under the same name.
            </p>
            <Form action={withdrawalHref(publication.assessment)} csrf={csrf} version={version}>
              <TextField
                id="reason"
                label="What is wrong with it?"
                hint="It is shown to everybody"
                value={reason}
                error={errors.of.reason}
              />
              <Govuk
                is="button"
                options={{ text: "Withdraw", classes: "govuk-button--warning", preventDoubleClick: true }}
              />
            </Form>
          </>
        ) : (
          <p class="govuk-body">It was withdrawn: {publication.withdrawal}</p>
        )}
      </div>
    </div>
  );
}

/** What stands where the figures of a withdrawn assessment were. */
export function WithdrawnContent({ publication, all }: { publication: Publication; all: readonly PublicationEntry[] }) {
  return (
    <>
      <h1 class="govuk-heading-xl">{nameOf(publication)}</h1>
      <div class="govuk-inset-text">
        These figures were published on {publishedOn(publication)} and withdrawn: {publication.withdrawal}
      </div>
      <PublicationsTable publications={all} caption="All publications of this assessment" />
    </>
  );
}
