import { dateInWords } from "../../../kernel/index.js";
import { readableNumber } from "../../../platform/charts/index.js";
import { Form } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../../platform/pages/index.js";
import { findRegion, type Region } from "../../../register/index.js";
import { counted, decisionName } from "../web-words.js";
import { stateWords } from "./change.js";
import type { BatchPreview } from "./service.js";
import type { CaseLine } from "./store-list.js";
import type { YearReview } from "./store-open.js";
import type { Publication } from "./store-publish.js";
import type { SampleOfKind } from "./tables.js";
import { AnswerBy, type DateFields } from "./web-steps.js";

/** A step with many cases, to be checked before it is taken. */
export function ManyContent(props: {
  readonly step: "send" | "decide";
  readonly year: string;
  readonly lines: readonly CaseLine[];
  readonly date: DateFields;
  readonly days: number;
  readonly errors: readonly Link[];
  readonly csrf: string;
}) {
  const { step, year, lines, date, days, errors, csrf } = props;
  const title = step === "send" ? "Send cases to their schools" : "Decide cases as proposed";
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {step === "send"
          ? `${counted(lines.length, "school")} will be asked to answer by the same day.`
          : `${counted(lines.length, "case")} will be decided as the rule proposes. Each takes its own decision, or none does.`}
      </p>
      <Table
        caption="The chosen cases"
        captionHidden
        columns={[
          { heading: "School", cell: ({ name, urn }) => `${name} (${urn})` },
          { heading: "Rule proposes", cell: ({ proposed }) => decisionName(proposed) },
        ]}
        rows={lines}
      />
      <Form action="/cases/steps/confirm" csrf={csrf}>
        <input type="hidden" name="year" value={year} />
        <input type="hidden" name="step" value={step} />
        {lines.map(({ urn, version }) => (
          <>
            <input type="hidden" name="urns" value={urn} />
            <input type="hidden" name="versions" value={String(version)} />
          </>
        ))}
        {step === "send" && <AnswerBy date={date} days={days} errors={errors} yearName="year_" />}
        <Govuk is="button" options={{ text: step === "send" ? "Send" : "Decide" }} />
      </Form>
    </>
  );
}

/** What a publication would hold, region by region, and what keeps it waiting. */
export function PublishContent(props: {
  readonly year: YearReview;
  readonly batches: readonly { readonly region: Region; readonly preview: BatchPreview }[];
  readonly publications: readonly Publication[];
  readonly errors: readonly Link[];
  readonly csrf: string;
}) {
  const { year, batches, publications, errors, csrf } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">{`Publish the decisions of ${year.academicYear}`}</h1>
      <p class="govuk-body">
        A region’s decisions go out together, when every one of its cases is decided and a second person has read the
        share that is drawn of them. From that moment they are public, the marks hold from today, and schools may
        appeal.
      </p>
      {batches.map(({ region, preview }) => (
        <RegionBatch year={year.academicYear} {...{ region, preview, csrf }} />
      ))}
      {publications.length > 0 && (
        <Table
          caption="What was published"
          columns={[
            { heading: "When", cell: ({ startedAt }) => dateInWords(startedAt.slice(0, 10) as never) },
            {
              heading: "Where",
              cell: ({ regionCode }) =>
                regionCode === null ? "England" : (findRegion(regionCode)?.name ?? regionCode),
            },
            { heading: "By", cell: ({ startedBy }) => startedBy },
            {
              heading: "Decisions",
              numeric: true,
              cell: ({ cases, finishedAt }) => (finishedAt === null ? "under way" : readableNumber(cases)),
            },
            {
              heading: "Read by a second person",
              cell: ({ sample }) => (sample === null ? "–" : sampleTotals(sample) || "none had to be"),
            },
          ]}
          rows={publications}
        />
      )}
    </>
  );
}

/** A region's batch: what it waits for, or the button that takes it on. */
function RegionBatch(props: {
  readonly year: string;
  readonly region: Region;
  readonly preview: BatchPreview;
  readonly csrf: string;
}) {
  const { year, region, csrf } = props;
  const { decided, waiting, sample } = props.preview;
  const toDraw = sample.some((one) => one.toDraw.length > 0);
  const listed = [...waiting]
    .map(([state, n]) => `${readableNumber(n)} ${stateWords[state as keyof typeof stateWords]}`)
    .join(", ");
  const step = (path: string, text: string) => (
    <Form action={path} csrf={csrf}>
      <input type="hidden" name="year" value={year} />
      <input type="hidden" name="region" value={region.code} />
      <Govuk is="button" options={{ text, preventDoubleClick: true }} />
    </Form>
  );
  return (
    <>
      <h2 class="govuk-heading-m">{region.name}</h2>
      <p class="govuk-body">
        {toDraw
          ? `Every case is decided. Before they go out, a second person reads a tenth of them: ${sample.map(kindInWords).join(" and ")}.`
          : waiting.size > 0
            ? `Not yet: ${listed}. ${counted(decided, "case")} decided.`
            : decided === 0
              ? "No decision waits for publication."
              : `${counted(decided, "decision")} to publish.`}
      </p>
      {toDraw && step("/cases/draw", `Draw the second readings in ${region.name}`)}
      {waiting.size === 0 && !toDraw && decided > 0 && step("/cases/publish", `Publish in ${region.name}`)}
    </>
  );
}

/** The second readings of a batch over all its regions. */
const sampleTotals = (sample: readonly SampleOfKind[]) =>
  (["awarded", "refused"] as const)
    .map((decision) => sample.filter((one) => one.decision === decision))
    .filter((all) => all.length > 0)
    .map((all) => all.reduce((sum, one) => ({ ...one, of: sum.of + one.of, taken: sum.taken + one.taken })))
    .map(kindInWords)
    .join(", ");

const kindInWords = ({ decision, of, taken }: SampleOfKind) =>
  `${taken} of ${counted(of, decision === "awarded" ? "award" : "refusal")}`;

/** The years' reviews, and the opening of the next. */
export function ReviewsContent(props: {
  readonly years: readonly YearReview[];
  readonly next: string;
  readonly errors: readonly Link[];
  readonly csrf: string;
}) {
  const { years, next, errors, csrf } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">The years’ reviews</h1>
      <Table
        caption="Reviews"
        captionHidden
        columns={[
          {
            heading: "Year",
            cell: ({ academicYear }) => (
              <a class="govuk-link" href={`/cases?year=${encodeURIComponent(academicYear)}`}>
                {academicYear}
              </a>
            ),
          },
          { heading: "Evidence of", cell: ({ evidenceOn }) => dateInWords(evidenceOn) },
          { heading: "Opened by", cell: ({ openedBy }) => openedBy },
          { heading: "Measured review", numeric: true, cell: ({ reviewId }) => String(reviewId) },
          {
            heading: "Seal of the draw",
            cell: ({ drawCommitment }) => <code class="site-code">{drawCommitment.slice(0, 16)}…</code>,
          },
        ]}
        rows={years}
      />
      {years.map(({ academicYear }) => (
        <Form action="/cases/refresh" csrf={csrf}>
          <input type="hidden" name="year" value={academicYear} />
          <Govuk
            is="button"
            options={{ text: `Bring ${academicYear} up to the newest evidence`, classes: "govuk-button--secondary" }}
          />
        </Form>
      ))}
      <h2 class="govuk-heading-m">Open the next review</h2>
      <p class="govuk-body">
        Every open school of the newest measured review gets a case. The seed by which decisions are drawn for second
        reading is made at the same time and kept under seal.
      </p>
      <Form action="/cases/reviews" csrf={csrf}>
        <Govuk
          is="input"
          options={{
            ...{ id: "year", name: "year", value: next, classes: "govuk-input--width-10" },
            label: { text: "Academic year", classes: "govuk-label--s" },
            hint: { text: "As 2026/27" },
            ...(errors.length > 0 && { errorMessage: { text: errors[0]!.text } }),
          }}
        />
        <Govuk is="button" options={{ text: "Open the review", preventDoubleClick: true }} />
      </Form>
    </>
  );
}
