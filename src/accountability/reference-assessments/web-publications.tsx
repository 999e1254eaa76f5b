import Type from "typebox";
import { dateInWords, type Problem, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { Form, type PageContext, type PageParts, type Pages, type UploadedFile } from "../../platform/http/index.js";
import { ErrorSummary, errorsOf, FileField, Govuk, RadioField, Table, TextField } from "../../platform/pages/index.js";
import { assessedPhases } from "./service-publish.js";
import { publishSent } from "./service-send.js";
import { listPublications, type PublicationEntry } from "./store.js";
import { studyProblem } from "./study/problem.js";
import { publicationsHref as href, withdrawalHref } from "./web-words.js";

const statisticians = { roles: ["statistician"] } as const;
const list = { text: "Reference assessments", href: "/reference-assessments" };
const text = (maxLength: number) => Type.String({ maxLength, default: "" });

/** What is typed beside the two files. */
const typedSchema = Type.Object({
  ...{ phase: text(80), subject: text(80), assessment: text(80), pupils: text(10), reason: text(1000) },
});

type Typed = Readonly<Record<"phase" | "subject" | "assessment" | "pupils" | "reason", string>>;

const nothing: Typed = { phase: "", subject: "", assessment: "", pupils: "", reason: "" };
const fields = ["files", "phase", "subject", "assessment", "pupils", "reason"];

/** Publishing by a signed-in statistician: the list of all publications, and the two files of results that a run wrote. */
export function addPublicationPages(
  pages: Pages,
  { database, version }: { readonly database: Database; readonly version: string },
): void {
  const show = async ({ csrf }: PageContext, typed: Typed, problems: readonly Problem[]): Promise<PageParts> => ({
    title: problems.length > 0 ? "Error: Publications" : "Publications",
    ...{ section: "/proposals", breadcrumbs: [list] },
    content: (
      <PublicationsContent {...{ typed, problems, csrf }} publications={await listPublications(database.queries)} />
    ),
    ...(problems.length > 0 && { status: 400 }),
  });
  pages.get(href, statisticians, (context) => show(context, nothing, []));
  pages.upload(
    href,
    statisticians,
    { types: ["json"], bytes: 30 * 1024 * 1024, files: 2, field: "files" },
    typedSchema,
    async (context, typed, files, wrong) => {
      const sent = wrong.length > 0 ? null : pairOf(files);
      if (sent === null) return show(context, typed, wrong.length > 0 ? wrong : [notThePair(files)]);
      if (typed.pupils !== "real" && typed.pupils !== "made-up") return show(context, typed, [pupilsUnsaid]);
      const order = { ...typed, ...sent, synthetic: typed.pupils === "made-up" };
      const published = await publishSent(database, context.actor, order, version, context.now);
      if (!published.ok) return show(context, typed, published.error);
      const { number, assessment } = published.value;
      return { redirect: `${list.href}/${assessment}`, notice: `This is publication ${number} of ${assessment}.` };
    },
  );
}

/** The results and their record among the files that were sent, whatever order they came in. */
function pairOf(files: readonly UploadedFile[]) {
  const named = (name: string) => files.find((file) => file.name.toLowerCase() === name);
  const [results, record] = [named("results.json"), named("record.json")];
  if (!results || !record) return null;
  return {
    results: { place: results.name, bytes: results.bytes },
    record: { place: record.name, bytes: record.bytes },
  };
}

const notThePair = (files: readonly UploadedFile[]): Problem =>
  studyProblem(
    "study-results-missing",
    "files",
    `results.json and record.json are needed, and ${files.map(({ name }) => name).join(" and ") || "nothing"} was sent`,
    "Choose both files of the folder that a run wrote.",
  );

const pupilsUnsaid = studyProblem(
  "assessment-heading",
  "pupils",
  "nothing says whether the pupils are real",
  "Choose one of the two.",
);

const dayOf = ({ publishedAt }: Pick<PublicationEntry, "publishedAt">) => {
  const date = parseCivilDate(new Date(publishedAt).toISOString().slice(0, 10));
  return date.ok ? dateInWords(date.value) : publishedAt;
};

/** Publications as a table. */
export function PublicationsTable({
  publications,
  caption,
  withdraws = false,
}: {
  publications: readonly PublicationEntry[];
  caption: string;
  /** Whether the reader may take publications back. */
  withdraws?: boolean;
}) {
  const newest = (one: PublicationEntry) =>
    publications.every(({ assessment, number }) => assessment !== one.assessment || number <= one.number);
  return (
    <Table
      caption={caption}
      rows={publications}
      columns={[
        {
          heading: "Assessment",
          cell: (one) => (
            <a class="govuk-link" href={`${list.href}/${one.assessment}`}>
              {one.assessment}
            </a>
          ),
        },
        {
          heading: "Publication",
          cell: (one) => (
            <>
              {`${one.number}, ${one.withdrawal === null ? (newest(one) ? "shown" : "followed by a newer one") : `withdrawn: ${one.withdrawal}`}`}
              {withdraws && newest(one) && one.withdrawal === null && (
                <>
                  {" "}
                  <a class="govuk-link" href={withdrawalHref(one.assessment)}>
                    Withdraw<span class="govuk-visually-hidden"> {one.assessment}</span>
                  </a>
                </>
              )}
            </>
          ),
        },
        { heading: "Day", cell: dayOf },
        { heading: "By", cell: ({ publishedBy }) => publishedBy },
        { heading: "Pupils", cell: ({ synthetic }) => (synthetic ? "made up" : "real") },
        { heading: "Why it followed", cell: ({ reason, number }) => reason ?? (number === 1 ? "–" : "made anew") },
      ]}
    />
  );
}

interface PublicationsProps {
  readonly publications: readonly PublicationEntry[];
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly csrf: string;
}

function PublicationsContent({ publications, typed, problems, csrf }: PublicationsProps) {
  const errors = errorsOf(
    problems.map(({ place, message, remedy }) =>
      fields.includes(place)
        ? { field: place, message, remedy }
        : { field: "files", message: `${place}: ${message}`, remedy },
    ),
  );
  return (
    <>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">Publications</h1>
      <p class="govuk-body">
        A study is run where its pupils' files are, by <code>./greenpaper reference-assessments run</code>, and what it
        wrote is published here. Pupils' files never come to this server. Figures that were changed since, that
        disclosure control would keep back, or whose calibration did not converge or is not identified, are refused.
      </p>
      <Form action={href} csrf={csrf} multipart>
        <FileField
          id="files"
          label="results.json and record.json"
          hint="Both files of one folder, chosen together."
          accept={[".json", "application/json"]}
          multiple
          error={errors.of.files}
        />
        <RadioField
          id="phase"
          label="Whose assessment is it?"
          value={typed.phase}
          items={assessedPhases.map((phase) => ({ value: phase, text: phase }))}
          error={errors.of.phase}
        />
        <TextField
          id="subject"
          label="Subject"
          hint="The study's own, where this is empty."
          value={typed.subject}
          width={20}
          error={errors.of.subject}
        />
        <TextField
          id="assessment"
          label="Name in addresses"
          hint="Made of phase and subject, as year-4-mathematics, where this is empty."
          value={typed.assessment}
          width={20}
          error={errors.of.assessment}
        />
        <RadioField
          id="pupils"
          label="Are the pupils real?"
          value={typed.pupils}
          items={[
            { value: "real", text: "Real pupils" },
            { value: "made-up", text: "Made-up pupils: every page says so" },
          ]}
          error={errors.of.pupils}
        />
        <TextField
          id="reason"
          label="Why it follows an earlier publication"
          hint="Needed where the assessment is published already. It is shown to everybody; the earlier publication stays in the record."
          value={typed.reason}
          error={errors.of.reason}
        />
        <Govuk is="button" options={{ text: "Publish", preventDoubleClick: true }} />
      </Form>
      {publications.length > 0 && (
        <PublicationsTable publications={publications} caption="All publications" withdraws />
      )}
    </>
  );
}
