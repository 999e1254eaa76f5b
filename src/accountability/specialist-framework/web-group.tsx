import type { CivilDate } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { ConsultationStep } from "./consultation.js";
import type { MemberRating, ReceivedResponse } from "./report.js";
import type { GroupView } from "./service.js";
import type { AdoptedFramework, StoredConsultation } from "./store.js";
import type { DraftFields } from "./web-form.js";
import { ResponsePart, standing } from "./web-public.js";
import { StatementFigure } from "./web-report.js";
import { counted } from "./web-words.js";

interface GroupStartProps {
  readonly consultations: readonly StoredConsultation[];
  readonly frameworks: readonly AdoptedFramework[];
  readonly today: CivilDate;
}

/** Where the group begins: its consultations, and what it adopted. */
export function GroupStartContent({ consultations, frameworks, today }: GroupStartProps) {
  return (
    <>
      <h1 class="govuk-heading-xl">Expert Working Group</h1>
      <Govuk is="button" options={{ text: "Write a consultation", href: "/specialist-framework/group/new" }} />
      {consultations.length === 0 && <p class="govuk-body">Nothing has been asked yet.</p>}
      <Govuk
        is="task-list"
        options={{
          idPrefix: "consultation",
          items: consultations.map((consultation) => ({
            title: { text: consultation.title },
            href: `/specialist-framework/group/${consultation.id}`,
            status: { text: standing(consultation, today) },
          })),
        }}
      />
      <h2 class="govuk-heading-l">Frameworks</h2>
      <p class="govuk-body">
        {frameworks.length === 0
          ? "None is adopted: the schools are awaiting it."
          : `${frameworks.length} adopted; the newest is version ${frameworks[0]!.version}.`}
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/specialist-framework/group/adopt">
          Adopt a framework
        </a>
      </p>
    </>
  );
}

interface DraftProps {
  readonly fields: DraftFields;
  readonly errors: readonly Link[];
  readonly csrf: string;
  /** Whether the draft is there already, so that its short name stays. */
  readonly known: boolean;
}

/** The form of a consultation's draft. */
export function DraftContent({ fields, errors, csrf, known }: DraftProps) {
  const errorOf = (id: string) => {
    const found = errors.find(({ href }) => href === `#${id}`);
    return found ? { errorMessage: { text: found.text } } : {};
  };
  const input = (id: "title" | "id" | "opens" | "closes", label: string, hint: string) => (
    <Govuk
      is="input"
      options={{
        ...{ id, name: id, value: fields[id], label: { text: label, classes: "govuk-label--s" } },
        ...(hint !== "" && { hint: { text: hint } }),
        ...errorOf(id),
      }}
    />
  );
  const area = (id: "about" | "questions", label: string, hint: string) => (
    <Govuk
      is="textarea"
      options={{
        ...{ id, name: id, value: fields[id], rows: "8" },
        ...{ label: { text: label, classes: "govuk-label--s" }, hint: { text: hint } },
        ...errorOf(id),
      }}
    />
  );
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Write a consultation</h1>
        <Form
          action={known ? `/specialist-framework/group/${fields.id}/draft` : "/specialist-framework/group/new"}
          csrf={csrf}
        >
          <input type="hidden" name="version" value={fields.version} />
          {input("title", "Title", "")}
          {known ? (
            <input type="hidden" name="id" value={fields.id} />
          ) : (
            input("id", "Short name", "Small letters, digits and hyphens, as special-schools-2027. It never changes.")
          )}
          {area("about", "Why it is asked, and what becomes of the answers", "An empty line begins a paragraph.")}
          {area(
            "questions",
            "Questions, one a line",
            "To offer answers, write them after the question: How often? | every year | every third year",
          )}
          {input("opens", "First day for responses", "As 2027-01-11")}
          {input("closes", "Last day for responses", "Twelve weeks or more after the first, as 2027-04-05")}
          <Govuk is="button" options={{ text: "Keep the draft" }} />
        </Form>
      </div>
    </div>
  );
}

interface GroupProps {
  readonly consultation: StoredConsultation;
  readonly responses: readonly ReceivedResponse[];
  readonly view: GroupView;
  /** What this member rated in the round under way. */
  readonly own: readonly MemberRating[];
  readonly today: CivilDate;
  readonly errors: readonly Link[];
  readonly csrf: string;
  /** What was typed as a new statement. */
  readonly statement: { readonly words: string; readonly restsOn: string };
}

/** The group's page of one consultation: the next step, the responses, the statements and the rating. */
export function GroupContent(props: GroupProps) {
  const { consultation, responses, view, today, errors, csrf } = props;
  const base = `/specialist-framework/group/${consultation.id}`;
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">{consultation.title}</h1>
      <p class="govuk-body">
        <Govuk is="tag" options={{ text: standing(consultation, today) }} />
        {consultation.roundOpen &&
          ` Round ${consultation.rounds} is under way; rated by ${counted(view.ratedNow ?? 0, "member")} so far.`}
      </p>
      <Steps consultation={consultation} csrf={csrf} />
      {consultation.roundOpen && <RateForm {...props} />}
      <h2 class="govuk-heading-l">{`Statements (${view.statements.length})`}</h2>
      {view.statements.map((rounds) => (
        <StatementFigure rounds={rounds} id="group" />
      ))}
      {consultation.state === "rating" && !consultation.roundOpen && <StatementForm {...props} />}
      <h2 class="govuk-heading-l">{`Responses (${responses.length})`}</h2>
      {responses.map((response) => (
        <section>
          <ResponsePart consultation={consultation} response={response} />
          <Moderation response={response} base={base} csrf={csrf} />
        </section>
      ))}
    </>
  );
}

const stepWords: Readonly<Record<ConsultationStep, string>> = {
  open: "Put it to everybody",
  close: "Close it to responses",
  "begin-round": "Begin a round of rating",
  "end-round": "End the round",
  report: "Publish the report",
};

function stepsOf({ state, roundOpen, rounds }: StoredConsultation): readonly ConsultationStep[] {
  switch (state) {
    case "draft":
      return ["open"];
    case "open":
      return ["close"];
    case "rating":
      return roundOpen ? ["end-round"] : rounds > 0 ? ["begin-round", "report"] : ["begin-round"];
    case "reported":
      return [];
  }
}

function Steps({ consultation, csrf }: { consultation: StoredConsultation; csrf: string }) {
  return (
    <>
      {consultation.state === "draft" && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/specialist-framework/group/${consultation.id}/draft`}>
            Change the draft
          </a>
        </p>
      )}
      {stepsOf(consultation).map((step) => (
        <Form action={`/specialist-framework/group/${consultation.id}/step`} csrf={csrf} version={consultation.version}>
          <input type="hidden" name="step" value={step} />
          <Govuk is="button" options={{ text: stepWords[step], classes: "govuk-button--secondary" }} />
        </Form>
      ))}
    </>
  );
}

function RateForm({ consultation, view, own, csrf }: GroupProps) {
  return (
    <Form action={`/specialist-framework/group/${consultation.id}/rate`} csrf={csrf}>
      <h2 class="govuk-heading-l">Your ratings</h2>
      <p class="govuk-body">
        From 1, it should not be in the framework, to 9, it should be in it. The others see how the group spread, never
        your own rating; a remark is shown without your name. You can change them until the round ends.
      </p>
      {view.statements.map(({ statement }) => {
        const mine = own.find(
          (rating) => rating.statement === statement.number && rating.round === consultation.rounds,
        );
        return (
          <fieldset class="govuk-fieldset" id={`statement-${statement.number}`}>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{statement.words}</legend>
            <Govuk
              is="select"
              options={{
                ...{ id: `rating-${statement.number}`, name: "rating", value: mine ? String(mine.rating) : "" },
                label: { text: "Your rating" },
                items: [
                  { value: "", text: "Not yet" },
                  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ value: String(n), text: ratingText(n) })),
                ],
              }}
            />
            <Govuk
              is="input"
              options={{
                ...{ id: `remark-${statement.number}`, name: "remark", value: mine?.remark ?? "" },
                label: { text: "Remark, if you like" },
              }}
            />
          </fieldset>
        );
      })}
      <Govuk is="button" options={{ text: "Save your ratings" }} />
    </Form>
  );
}

const ratingText = (n: number) => (n === 1 ? "1 – should not be in" : n === 9 ? "9 – should be in" : String(n));

function StatementForm({ consultation, csrf, statement, errors }: GroupProps) {
  const error = errors.find(({ href }) => href === "#statement");
  return (
    <Form
      action={`/specialist-framework/group/${consultation.id}/statement`}
      csrf={csrf}
      version={consultation.version}
    >
      <h3 class="govuk-heading-m">Write a statement</h3>
      <Govuk
        is="textarea"
        options={{
          ...{ id: "statement", name: "words", value: statement.words, rows: "2" },
          label: { text: "One sentence that can be in the framework or not" },
          ...(error && { errorMessage: { text: error.text } }),
        }}
      />
      <Govuk
        is="input"
        options={{
          ...{ id: "rests-on", name: "restsOn", value: statement.restsOn, classes: "govuk-input--width-10" },
          label: { text: "Numbers of the responses it comes from" },
          hint: { text: "As 3, 7, 12" },
        }}
      />
      <Govuk is="button" options={{ text: "Add the statement", classes: "govuk-button--secondary" }} />
    </Form>
  );
}

function Moderation({ response, base, csrf }: { response: ReceivedResponse; base: string; csrf: string }) {
  const id = `because-${response.number}`;
  if (!response.mayBePublished) return <p class="govuk-hint">Not to be published; only the group may read it.</p>;
  const hidden = response.hiddenBecause !== null;
  return (
    <Form action={`${base}/moderate`} csrf={csrf}>
      <input type="hidden" name="response" value={String(response.number)} />
      {hidden ? (
        <>
          <p class="govuk-hint">{`Hidden: ${response.hiddenBecause}`}</p>
          <input type="hidden" name="because" value="" />
        </>
      ) : (
        <Govuk
          is="input"
          options={{ id, name: "because", label: { text: `Why response ${response.number} should not be shown` } }}
        />
      )}
      <Govuk
        is="button"
        options={{
          text: hidden ? `Show response ${response.number} again` : `Hide response ${response.number}`,
          classes: "govuk-button--secondary",
        }}
      />
    </Form>
  );
}
