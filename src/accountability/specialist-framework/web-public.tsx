import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { type Consultation, respondentKinds } from "./consultation.js";
import type { ReceivedResponse } from "./report.js";
import type { AdoptedFramework, StoredConsultation } from "./store.js";
import { CriteriaList } from "./web-criteria.js";
import type { ResponseFields } from "./web-form.js";
import { ReportPart } from "./web-report.js";
import { kindWords } from "./web-words.js";

/** Where a consultation stands on a day, in words. */
export function standing({ state, opens, closes }: Consultation, today: CivilDate): string {
  if (state === "draft") return "Being written";
  if (state === "reported") return "Reported";
  if (state === "rating") return "The group is rating";
  if (today < opens) return `Opens on ${dateInWords(opens)}`;
  return today <= closes ? `Open until ${dateInWords(closes)}` : "Closed to responses";
}

interface StartProps {
  readonly consultations: readonly StoredConsultation[];
  readonly frameworks: readonly AdoptedFramework[];
  /** Schools by kind, as the register counts them; a kind without schools is left out. */
  readonly schools: readonly { readonly kind: keyof typeof kindWords; readonly schools: number }[];
  readonly today: CivilDate;
  readonly isMember: boolean;
}

/** What is asked, what was adopted, and what holds for the schools until then. */
export function StartContent({ consultations, frameworks, schools, today, isMember }: StartProps) {
  const [newest] = frameworks.filter(({ from }) => from <= today);
  return (
    <>
      <h1 class="govuk-heading-xl">Special schools, pupil referral units and alternative provision</h1>
      <p class="govuk-body-l">
        An Expert Working Group asks everybody how these schools can be judged, rates what it hears, reports, and adopts
        a framework. Until a framework holds for its kind, a school is awaiting it: neither failed nor passed.
      </p>
      <Table
        caption="What holds today"
        rows={Object.entries(kindWords) as readonly (readonly [keyof typeof kindWords, string])[]}
        columns={[
          { heading: "Kind of school", cell: ([, words]) => words },
          {
            heading: "Schools",
            numeric: true,
            cell: ([kind]) => String(schools.find((row) => row.kind === kind)?.schools ?? 0),
          },
          {
            heading: "Judged by",
            cell: ([kind]) => <Holding frameworks={frameworks} kind={kind} today={today} />,
          },
        ]}
      />
      {newest && (
        <>
          <h2 class="govuk-heading-l">{newest.title}</h2>
          <p class="govuk-body">{`Version ${newest.version}, from ${dateInWords(newest.from)}.`}</p>
          <CriteriaList criteria={newest.criteria} />
        </>
      )}
      <h2 class="govuk-heading-l">Consultations</h2>
      {consultations.length === 0 ? (
        <p class="govuk-body">The group has not asked anything yet.</p>
      ) : (
        <ul class="govuk-list">
          {consultations.map((consultation) => (
            <li>
              <a class="govuk-link" href={`/specialist-framework/consultations/${consultation.id}`}>
                {consultation.title}
              </a>
              {` \u2013 ${standing(consultation, today)}`}
            </li>
          ))}
        </ul>
      )}
      {isMember && (
        <p class="govuk-body">
          <a class="govuk-link" href="/specialist-framework/group">
            The group's own pages
          </a>
        </p>
      )}
    </>
  );
}

function Holding(props: { frameworks: readonly AdoptedFramework[]; kind: keyof typeof kindWords; today: CivilDate }) {
  const holds = props.frameworks
    .filter(({ from, kinds }) => from <= props.today && kinds.includes(props.kind))
    .sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : b.version - a.version))[0];
  return holds ? (
    <a class="govuk-link" href={`/specialist-framework/frameworks/${holds.version}`}>
      {`${holds.title}, version ${holds.version}`}
    </a>
  ) : (
    <>Awaiting framework</>
  );
}

interface ConsultationProps {
  readonly consultation: StoredConsultation;
  /** The responses that everybody may read. */
  readonly responses: readonly ReceivedResponse[];
  readonly today: CivilDate;
  readonly fields: ResponseFields;
  readonly errors: readonly Link[];
  /** Null where nobody can respond now. */
  readonly csrf: string | null;
}

/** One consultation: what is asked, the form while it is open, the responses, and the report when it is out. */
export function ConsultationContent(props: ConsultationProps) {
  const { consultation, responses, today, csrf } = props;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={props.errors} />
        <h1 class="govuk-heading-xl">{consultation.title}</h1>
        <Govuk is="tag" options={{ text: standing(consultation, today) }} />
        {consultation.about.split("\n\n").map((paragraph) => (
          <p class="govuk-body">{paragraph}</p>
        ))}
        {consultation.report && <ReportPart report={consultation.report} id="report" />}
        {csrf === null ? (
          <>
            <h2 class="govuk-heading-l">What was asked</h2>
            <ol class="govuk-list govuk-list--number">
              {consultation.questions.map((question) => (
                <li>{question.text}</li>
              ))}
            </ol>
          </>
        ) : (
          <RespondForm {...props} csrf={csrf} />
        )}
        {responses.length > 0 && (
          <>
            <h2 class="govuk-heading-l">Responses</h2>
            <p class="govuk-body">Those whose senders agreed to it. Others are counted and read by the group.</p>
            {responses.map((response) => (
              <ResponsePart consultation={consultation} response={response} />
            ))}
          </>
        )}
      </div>
    </div>
  );
}

/** A response with its answers and evidence. */
export function ResponsePart(props: { consultation: Consultation; response: ReceivedResponse }) {
  const { response, consultation } = props;
  const who = response.name === "" ? response.respondent : `${response.name} (${response.respondent})`;
  return (
    <article id={`response-${response.number}`}>
      <h3 class="govuk-heading-s">{`Response ${response.number}: ${who}`}</h3>
      {consultation.questions
        .filter(({ id }) => (response.answers[id] ?? "") !== "")
        .map(({ id, text }) => (
          <>
            <p class="govuk-body govuk-!-margin-bottom-1">
              <strong>{text}</strong>
            </p>
            <p class="govuk-body site-typed">{response.answers[id]}</p>
          </>
        ))}
      {response.evidence.map(({ title, link, shows }) => (
        <p class="govuk-body">
          <strong>{"Evidence: "}</strong>
          {link === "" ? (
            title
          ) : (
            <a class="govuk-link" href={link} rel="nofollow noreferrer">
              {title}
            </a>
          )}
          {`. ${shows}`}
        </p>
      ))}
    </article>
  );
}

function RespondForm({ consultation, fields, errors, csrf }: ConsultationProps & { csrf: string }) {
  const errorOf = (id: string) => {
    const found = errors.find(({ href }) => href === `#${id}`);
    return found ? { errorMessage: { text: found.text } } : {};
  };
  return (
    <Form action={`/specialist-framework/consultations/${consultation.id}`} csrf={csrf}>
      <h2 class="govuk-heading-l">Respond</h2>
      <p class="govuk-body">Answer as many of the questions as you like. Please name no pupil.</p>
      <Govuk
        is="select"
        options={{
          ...{ id: "respondent", name: "respondent", value: fields.respondent },
          label: { text: "Whom do you speak for?", classes: "govuk-label--s" },
          items: [{ value: "", text: "Choose" }, ...respondentKinds.map((kind) => ({ value: kind, text: kind }))],
          ...errorOf("respondent"),
        }}
      />
      <Govuk
        is="input"
        options={{
          ...{ id: "name", name: "name", value: fields.name },
          label: { text: "Your name or organisation, if you like", classes: "govuk-label--s" },
        }}
      />
      {consultation.questions.map((question, i) =>
        question.kind === "open" ? (
          <Govuk
            is="textarea"
            options={{
              ...{ id: `answer-${i + 1}`, name: "answer", value: fields.answer[i] ?? "", rows: "6" },
              label: { text: question.text, classes: "govuk-label--s" },
              ...errorOf(`answer-${i + 1}`),
            }}
          />
        ) : (
          <Govuk
            is="select"
            options={{
              ...{ id: `answer-${i + 1}`, name: "answer", value: fields.answer[i] ?? "" },
              label: { text: question.text, classes: "govuk-label--s" },
              items: [{ value: "", text: "No answer" }, ...question.options.map((text) => ({ value: text, text }))],
              ...errorOf(`answer-${i + 1}`),
            }}
          />
        ),
      )}
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Evidence, if you have some</legend>
        {(["evidenceTitle", "evidenceLink", "evidenceShows"] as const).map((id) => (
          <Govuk
            is="input"
            options={{ ...{ id, name: id, value: fields[id] }, label: { text: evidenceLabels[id] }, ...errorOf(id) }}
          />
        ))}
      </fieldset>
      <Govuk
        is="radios"
        options={{
          ...{ idPrefix: "publish", name: "publish", value: fields.publish },
          fieldset: { legend: { text: "May your response be published?", classes: "govuk-fieldset__legend--s" } },
          items: [
            { value: "yes", text: "Yes, with the name above where I gave one" },
            { value: "no", text: "No, only the group may read it" },
          ],
          ...errorOf("publish"),
        }}
      />
      <Govuk is="button" options={{ text: "Send the response" }} />
    </Form>
  );
}

const evidenceLabels = {
  evidenceTitle: "Title of a study, record or example",
  evidenceLink: "Where it can be read (https://…)",
  evidenceShows: "What it shows",
} as const;
