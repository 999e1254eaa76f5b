import { raw } from "hono/html";
import { addDays, type CivilDate, dateInWords } from "../../../kernel/index.js";
import { Form } from "../../../platform/http/index.js";
import { errorsOf, FileField, Govuk, Table, TextArea, tag } from "../../../platform/pages/index.js";
import { stateWords } from "../cases/change.js";
import { caseParametersOn } from "../cases/parameters.js";
import { effectOf, effectOfAll, evidenceFor, type SchoolView } from "./service.js";
import { CaseEffect } from "./web-effect.js";
import {
  AppealFields,
  accepted,
  CorrectionFacts,
  caseHref,
  DocumentList,
  FormPage,
  type Problems,
  ReasonForm,
  reasonLabel,
  stateTag,
} from "./web-parts.js";

/** What a school can do now, as a list of tasks. */
export function StepList({ view, today }: { readonly view: SchoolView; readonly today: CivilDate }) {
  const { found, mayAnswer, corrections } = view;
  const to = (path: string) => caseHref(view, path);
  const last = lastDayOfAppeal(found, today);
  const open = corrections.filter(({ state }) => state === "draft").length;
  const items = [
    ...(mayAnswer
      ? [
          {
            title: { text: "Corrections" },
            href: to("/corrections"),
            hint: { text: "A pupil who was counted wrongly, with evidence, and what it would change" },
            status: { text: open > 0 ? `${open} not raised yet` : `${corrections.length} so far` },
          },
          {
            title: { text: "Say something to the case" },
            href: to("/representation"),
            hint: { text: "Words and documents" },
            status: { text: `${found.representations.length} so far` },
          },
          {
            title: { text: "Say that you have said all" },
            href: to("/finish"),
            hint: { text: `Or wait until ${dateInWords(found.answerBy ?? today)}` },
            status: { text: "Not yet" },
          },
        ]
      : [{ title: { text: "Corrections" }, href: to("/corrections"), status: { text: `${corrections.length}` } }]),
    ...(last === null
      ? []
      : [
          {
            title: { text: "Appeal" },
            ...(today <= last && { href: to("/appeal") }),
            hint: { text: `Possible until ${dateInWords(last)}` },
            status: { text: today <= last ? "Not made" : "The time is over" },
          },
        ]),
    ...(found.mark?.state === "awarded"
      ? [{ title: { text: "Certificate" }, href: `/schools/${found.urn}/certificate`, status: { text: "Ready" } }]
      : []),
  ];
  return (
    <>
      <h2 class="govuk-heading-l">What you can do</h2>
      <Govuk is="task-list" options={{ idPrefix: "steps", items }} />
      <OtherYears view={view} />
    </>
  );
}

/** The last day on which the school may appeal; null where there is nothing to appeal against. */
function lastDayOfAppeal({ state, decision, mark }: SchoolView["found"], today: CivilDate): CivilDate | null {
  if (state !== "published" || decision?.decision === "awarded" || mark === null) return null;
  return addDays(mark.from, caseParametersOn(today).appealDays);
}

/** The way to the school's cases of other years, which may still be answered or appealed; nothing where there is one year. */
function OtherYears({ view }: { readonly view: SchoolView }) {
  const others = view.cases.filter(({ academicYear }) => academicYear !== view.found.academicYear);
  if (others.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-l">Other years</h2>
      <ul class="govuk-list govuk-list--bullet">
        {others.map(({ urn, academicYear, state }) => (
          <li>
            <a class="govuk-link" href={caseHref({ found: { ...view.found, urn, academicYear }, cases: view.cases })}>
              The case of {academicYear}
            </a>
            , {stateWords[state]}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The corrections of a case, with what all that are open would change together. */
export function CorrectionList({ view, today }: { readonly view: SchoolView; readonly today: CivilDate }) {
  const { found, corrections } = view;
  const all = effectOfAll(view);
  return (
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
                <a class="govuk-link" href={caseHref(view, `/corrections/${id}`)}>
                  {`… ${hint}`}
                </a>
              ),
            },
            { heading: "Reason", cell: ({ reason }) => reasonLabel(reason, today) },
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
          <CaseEffect found={found} rule={view.rule} id="all" effect={all} />
        </>
      )}
      {view.mayAnswer && (
        <>
          <h2 class="govuk-heading-l">A new correction</h2>
          <ReasonForm view={view} on={today} />
        </>
      )}
    </>
  );
}

/** One correction: what it says and would change, and the steps that are left. */
export function CorrectionContent(props: {
  readonly view: SchoolView;
  readonly correction: SchoolView["corrections"][number];
  readonly today: CivilDate;
  readonly csrf: string;
  readonly problems: Problems;
}) {
  const { view, correction, today, csrf, problems } = props;
  const { found } = view;
  const asked = evidenceFor(correction.reason, today);
  const to = (step: string) => caseHref(view, `/corrections/${correction.id}/${step}`);
  const outcome = found.corrections.find(({ number }) => number === correction.number)?.outcome ?? null;
  const isDraft = correction.state === "draft";
  return (
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
        <CaseEffect found={found} rule={view.rule} id={correction.id} effect={effectOf(view, correction.id)} />
      ) : (
        <p class="govuk-body">It has been settled.</p>
      )}
      <h2 class="govuk-heading-l">What it says</h2>
      <CorrectionFacts correction={correction} asked={asked} on={today} />
      <h2 class="govuk-heading-m">Documents</h2>
      <DocumentList documents={view.documents.filter(({ correctionId }) => correctionId === correction.id)} />
      {isDraft && view.mayAnswer && (
        <>
          <Form action={to("documents")} csrf={csrf} multipart>
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
          <Form action={to("raise")} csrf={csrf} version={found.version}>
            <Govuk is="button" options={{ text: "Raise the correction", preventDoubleClick: true }} />
          </Form>
          <Form action={to("drop")} csrf={csrf}>
            <Govuk is="button" options={{ text: "Withdraw it", classes: "govuk-button--warning" }} />
          </Form>
        </>
      )}
    </FormPage>
  );
}

/** The form of a representation or of an appeal. */
export function WordsContent(props: {
  readonly view: SchoolView;
  readonly kind: "representation" | "appeal";
  readonly heading: string;
  readonly typed: { readonly words: string; readonly ground: string };
  readonly today: CivilDate;
  readonly csrf: string;
  readonly problems: Problems;
}) {
  const { view, kind, heading, typed, today, csrf, problems } = props;
  const { found } = view;
  const { of } = errorsOf(problems);
  return (
    <FormPage caption={found.school.name} heading={heading} problems={problems}>
      <Form action={caseHref(view, `/${kind}`)} csrf={csrf} version={found.version} multipart>
        {kind === "appeal" ? (
          <AppealFields on={today} ground={typed.ground} words={typed.words} problems={problems} />
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
}
