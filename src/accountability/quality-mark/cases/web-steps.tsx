import type { Child } from "hono/jsx";
import { addDays, type CivilDate, dateInWords, type Problem, parseCivilDate } from "../../../kernel/index.js";
import { Form } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../../platform/pages/index.js";
import type { Decision } from "../decision.js";
import { decisionLabel, decisionMeaning, decisionName, decisions } from "../web-words.js";
import type { CaseCommand } from "./case.js";
import type { CaseParameters } from "./parameters.js";
import type { StoredCase } from "./store-case.js";
import { mayAnswer } from "./transitions-answer.js";
import { secondReadingOf } from "./transitions-decision.js";
import { Reasons } from "./web-case.js";
import { caseAddress, secondReadingWords } from "./web-case-words.js";

/** A step that needs nothing but words. */
export interface WordStep {
  readonly title: string;
  readonly explanation: string;
  readonly label: string;
  readonly button: string;
  command(words: string): CaseCommand;
}

/** The steps that need nothing but words, by the end of their address. */
export const wordSteps: Readonly<Record<string, WordStep>> = {
  "send-back": {
    title: "Send the decision back",
    explanation: "The case goes back to whoever decides, without a decision.",
    label: "What should be looked at again?",
    button: "Send it back",
    command: (words) => ({ kind: "send-back", words }),
  },
  recall: {
    title: "Take the decision back",
    explanation: "The decision has not been published. The case is decided anew.",
    label: "Why is the decision taken back?",
    button: "Take the decision back",
    command: (words) => ({ kind: "recall", words }),
  },
  reopen: {
    title: "Open the case again",
    explanation: "What was published stays until a new decision is published.",
    label: "Why is the case opened again?",
    button: "Open the case again",
    command: (words) => ({ kind: "reopen", words }),
  },
  withdraw: {
    title: "Withdraw the mark",
    explanation: "The mark ends today, and the reason is public. It is done by somebody who did not make the decision.",
    label: "Why should the mark not have been awarded?",
    button: "Withdraw the mark",
    command: (words) => ({ kind: "withdraw", words }),
  },
  restore: {
    title: "Restore the mark",
    explanation: "The mark holds again, up to the day it would have.",
    label: "Why is the mark restored?",
    button: "Restore the mark",
    command: (words) => ({ kind: "restore", words }),
  },
};

/** The steps that an officer may take with a case on a day: the end of the address, and the link's words. */
export function stepsFor(
  found: StoredCase,
  person: string,
  today: CivilDate,
): (readonly [path: string, text: string])[] {
  const steps: (readonly [string, string])[] = [];
  const { state, mark, decision } = found;
  const undecided = state === "open" || state === "with-school" || state === "ready";
  if (undecided) steps.push(["send", state === "open" ? "Send to the school" : "Send again, with a later date"]);
  if (undecided && !mayAnswer(found, today)) steps.push(["decide", "Decide"]);
  if (state === "second-reader" && decision?.by.id !== person)
    steps.push(["agree", "Read as second person"], ["send-back", "Send the decision back"]);
  if (state === "second-reader" || state === "decided") steps.push(["recall", "Take the decision back"]);
  if (state === "appealed") steps.push(["appeal", "Decide the appeal"]);
  if (mark?.state === "awarded" || mark?.state === "suspended") steps.push(["withdraw", "Withdraw the mark"]);
  if (mark?.state === "suspended") steps.push(["restore", "Restore the mark"]);
  if ((state === "published" || state === "appeal-decided") && mark?.state !== "awarded" && mark?.state !== "suspended")
    steps.push(["reopen", "Open the case again"]);
  return steps;
}

/** The links to the steps. */
export function Steps({ found, person, today }: { found: StoredCase; person: string; today: CivilDate }) {
  const steps = stepsFor(found, person, today);
  if (steps.length === 0) return null;
  return (
    <div class="govuk-button-group">
      {steps.map(([path, text], i) => (
        <Govuk
          is="button"
          options={{
            ...{ text, href: `${caseAddress(found)}/${path}` },
            // What takes something back is never what the eye is led to.
            ...((i > 0 || path === "recall" || path === "withdraw") && { classes: "govuk-button--secondary" }),
          }}
        />
      ))}
    </div>
  );
}

interface StepProps {
  readonly found: StoredCase;
  readonly errors: readonly Link[];
  readonly csrf: string;
}

/** An error of a field, as its component wants it. */
const errorOf = (errors: readonly Link[], id: string) => {
  const found = errors.find(({ href }) => href === `#${id}`);
  return found ? { errorMessage: { text: found.text } } : {};
};

function Heading({ found, title, errors }: { found: StoredCase; title: string; errors: readonly Link[] }) {
  return (
    <>
      <ErrorSummary errors={errors} />
      <span class="govuk-caption-l">{`${found.school.name}, review ${found.academicYear}`}</span>
      <h1 class="govuk-heading-l">{title}</h1>
    </>
  );
}

function Words({
  label,
  hint,
  value,
  errors,
}: {
  label: string;
  hint?: string;
  value: string;
  errors: readonly Link[];
}) {
  return (
    <Govuk
      is="textarea"
      options={{
        ...{ id: "words", name: "words", value, rows: "6", label: { text: label, classes: "govuk-label--s" } },
        ...(hint !== undefined && { hint: { text: hint } }),
        ...errorOf(errors, "words"),
      }}
    />
  );
}

/** A step of words alone. */
export function WordStepContent(props: StepProps & { path: string; step: WordStep; words: string }) {
  const { found, path, step, words, errors, csrf } = props;
  return (
    <>
      <Heading found={found} title={step.title} errors={errors} />
      <p class="govuk-body">{step.explanation}</p>
      <Form action={`${caseAddress(found)}/${path}`} csrf={csrf} version={found.version}>
        <Words label={step.label} hint="The school reads these words." value={words} errors={errors} />
        <Govuk is="button" options={{ text: step.button }} />
      </Form>
    </>
  );
}

/** Sending a case to its school. */
export function SendContent({ found, errors, csrf, date, days }: StepProps & { date: DateFields; days: number }) {
  return (
    <>
      <Heading found={found} title="Send the case to the school" errors={errors} />
      <p class="govuk-body">
        The school reads the evidence, the decision that the rule proposes and every reason. It may raise corrections
        and say what it wants to be weighed.
      </p>
      <Form action={`${caseAddress(found)}/send`} csrf={csrf} version={found.version}>
        <AnswerBy date={date} days={days} errors={errors} />
        <Govuk is="button" options={{ text: "Send to the school" }} />
      </Form>
    </>
  );
}

/** A day as its three fields. */
export type DateFields = Readonly<Record<"day" | "month" | "year", string>>;

/** A day as three fields. */
export const dateFields = (date: CivilDate): DateFields => ({
  ...{ day: String(Number(date.slice(8))), month: String(Number(date.slice(5, 7))), year: date.slice(0, 4) },
});

/** The day that three fields say, or null where they say none. */
export function readDate({ day, month, year }: DateFields): CivilDate | null {
  const two = (text: string) => text.padStart(2, "0");
  const read = parseCivilDate(`${year.padStart(4, "0")}-${two(month)}-${two(day)}`);
  return read.ok ? read.value : null;
}

/** The question for the last day to answer. */
export function AnswerBy(props: {
  readonly date: DateFields;
  readonly days: number;
  readonly errors: readonly Link[];
  /** The name of the year's field, where another field is called year. */
  readonly yearName?: string;
}) {
  const { date, days, errors, yearName = "year" } = props;
  const item = (name: keyof DateFields, width: string) => ({
    ...{
      name: name === "year" ? yearName : name,
      id: name === "day" ? "answer-by" : `answer-by-${name}`,
      value: date[name],
      classes: `govuk-input--width-${width}`,
    },
    label: name.charAt(0).toUpperCase() + name.slice(1),
  });
  return (
    <Govuk
      is="date-input"
      options={{
        id: "answer-by-group",
        fieldset: { legend: { text: "Until when may the school answer?", classes: "govuk-fieldset__legend--s" } },
        hint: { text: `At least ${days} days from today.` },
        items: [item("day", "2"), item("month", "2"), item("year", "4")],
        ...errorOf(errors, "answer-by"),
      }}
    />
  );
}

/** The day that is suggested: three weeks from today. */
export const suggestedAnswer = (today: CivilDate): DateFields => dateFields(addDays(today, 21));

/** The question what is decided. */
export function DecideContent(props: StepProps & { decision: string; words: string; action: string; title: string }) {
  const { found, errors, csrf, decision, words, action, title } = props;
  return (
    <>
      <Heading found={found} title={title} errors={errors} />
      <p class="govuk-body">{`The rule proposes: ${decisionName(found.proposal.decision)}.`}</p>
      <Reasons reasons={found.proposal.reasons} />
      <Form action={`${caseAddress(found)}/${action}`} csrf={csrf} version={found.version}>
        <Govuk
          is="radios"
          options={{
            ...{ idPrefix: "decision", name: "decision", value: decision },
            fieldset: { legend: { text: "What do you decide?", classes: "govuk-fieldset__legend--s" } },
            items: decisions.map((one) => ({
              ...{ value: one, text: decisionLabel(one), hint: { text: decisionMeaning(one) } },
            })),
            ...errorOf(errors, "decision"),
          }}
        />
        <Words
          label="Your reasons"
          hint={
            action === "appeal"
              ? "The school reads these words, and they are public where the decision changes."
              : "Needed where you decide otherwise than the rule proposes. The school reads these words."
          }
          value={words}
          errors={errors}
        />
        <Govuk is="button" options={{ text: "Continue" }} />
      </Form>
    </>
  );
}

/** Check your answers, before anything is kept. */
export function CheckDecisionContent(
  props: Omit<StepProps, "errors"> & { decision: Decision; words: string; action: string; parameters: CaseParameters },
) {
  const { found, csrf, decision, words, action, parameters } = props;
  const second = action === "appeal" ? [] : secondReadingOf(found, decision, { parameters });
  const back = `${caseAddress(found)}/${action}`;
  const row = (key: string, value: string) => ({
    ...{ key: { text: key }, value: { text: value } },
    actions: { items: [{ href: back, text: "Change", visuallyHiddenText: key.toLowerCase() }] },
  });
  return (
    <>
      <Heading found={found} title="Check your decision" errors={[]} />
      <Govuk
        is="summary-list"
        options={{
          rows: [
            row("Decision", decisionLabel(decision)),
            row("Your reasons", words === "" ? "None: the rule’s reasons are shown" : words),
          ],
        }}
      />
      <p class="govuk-body">{`The rule proposes: ${decisionName(found.proposal.decision)}.`}</p>
      {second.length > 0 && (
        <p class="govuk-body">
          {`A second person will read it, because ${second.map((why) => secondReadingWords[why]).join(" and ")}.`}
        </p>
      )}
      <p class="govuk-body">
        {action === "appeal"
          ? "The decision on the appeal holds at once."
          : "A tenth of the region’s decisions is drawn for a second reading when all have been taken."}
      </p>
      <Form action={`${back}/confirm`} csrf={csrf} version={found.version}>
        <input type="hidden" name="decision" value={decision} />
        <input type="hidden" name="words" value={words} />
        <Govuk is="button" options={{ text: "Decide" }} />
      </Form>
    </>
  );
}

/** The second person's page. */
export function AgreeContent({ found, errors, csrf }: StepProps) {
  const { decision, by, on, words, reasons, secondReading } = found.decision!;
  return (
    <>
      <Heading found={found} title="Read as second person" errors={errors} />
      <p class="govuk-body">
        {`${by.name} decided on ${dateInWords(on)}: ${decisionName(decision)}. You read it because ${secondReading.map((why) => secondReadingWords[why]).join(" and ")}.`}
      </p>
      {words !== null && <blockquote class="govuk-inset-text site-typed">{words}</blockquote>}
      <Reasons reasons={reasons} />
      <Form action={`${caseAddress(found)}/agree`} csrf={csrf} version={found.version}>
        <Govuk is="button" options={{ text: "I agree with the decision" }} />
      </Form>
      <p class="govuk-body">
        <a class="govuk-link" href={`${caseAddress(found)}/send-back`}>
          I don’t agree: send it back
        </a>
      </p>
    </>
  );
}

/** A correction of the school, to be accepted or turned down. */
export function CorrectionContent(
  props: StepProps & {
    number: number;
    accepted: string;
    words: string /** What the school shows, and what it would change. */;
    shown: Child;
  },
) {
  const { found, errors, csrf, number, accepted, words, shown } = props;
  const correction = found.corrections.find((one) => one.number === number)!;
  return (
    <>
      <Heading
        found={found}
        title={`Correction ${number}: ${correction.reason.replaceAll("-", " ")}`}
        errors={errors}
      />
      <p class="govuk-body">{`${correction.by.name}, ${dateInWords(correction.on)}`}</p>
      <blockquote class="govuk-inset-text site-typed">{correction.words}</blockquote>
      {shown}
      <Form action={`${caseAddress(found)}/corrections/${number}`} csrf={csrf} version={found.version}>
        <Govuk
          is="radios"
          options={{
            ...{ idPrefix: "accepted", name: "accepted", value: accepted },
            fieldset: { legend: { text: "Do you accept it?", classes: "govuk-fieldset__legend--s" } },
            items: [
              { value: "yes", text: "Accept" },
              { value: "no", text: "Turn down" },
            ],
            ...errorOf(errors, "accepted"),
          }}
        />
        <Words label="Why?" hint="The school reads these words." value={words} errors={errors} />
        <Govuk is="button" options={{ text: "Save the answer" }} />
      </Form>
    </>
  );
}

/** Problems of a step as errors of its form, at the field that they are about. */
export function errorsOf(problems: readonly Problem[]): Link[] {
  const fields: Readonly<Record<string, string>> = { "words-missing": "#words", "answer-date-too-soon": "#answer-by" };
  return problems.map(({ code, message, remedy }) => ({
    href:
      fields[code] ?? (["evidence-forbids-award", "school-not-heard"].includes(code) ? "#decision" : "#main-content"),
    text: `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remedy}`,
  }));
}
