import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type CivilDate, civilDate, dateInWords } from "../../../kernel/index.js";
import { intervalBarChart, readableNumber } from "../../../platform/charts/index.js";
import type { StoredEvent } from "../../../platform/log/index.js";
import { Figure, Fold, Govuk, Table, tag } from "../../../platform/pages/index.js";
import { findAuthority, findRegion } from "../../../register/index.js";
import type { DecisionParameters, Reason } from "../decision.js";
import { markStateOn, markWords } from "../marks/mark.js";
import { capitalised, DecisionTag, decisionName, interval, percentage } from "../web-words.js";
import type { StoredCase } from "./store-case.js";
import type { YearReview } from "./store-open.js";
import { caseAddress, eventSentence, secondReadingWords, stateColours, stateName, whoDid } from "./web-case-words.js";
import { WithSchoolLinks } from "./web-school-links.js";

/** What the page of a case shows. */
export interface CaseContentProps {
  readonly found: StoredCase;
  readonly events: readonly StoredEvent[];
  readonly year: YearReview;
  readonly rule: DecisionParameters;
  readonly today: CivilDate;
  /** The steps that may be taken now, as links or buttons; empty for who may only read. */
  readonly steps: Child;
}

/** A school's case: what it rests on, what the rule proposes and why, and everything that was done. */
export function CaseContent(props: CaseContentProps) {
  const { found, events, year, today, steps } = props;
  const { school, proposal, missing, representations, corrections } = found;
  return (
    <>
      <span class="govuk-caption-xl">{`Case of the review ${found.academicYear}`}</span>
      <h1 class="govuk-heading-xl">{school.name}</h1>
      <p class="govuk-body">{raw(tag(stateName(found.state), stateColours[found.state]))}</p>
      <Where found={found} today={today} />
      {steps}
      <h2 class="govuk-heading-l">What the rule proposes</h2>
      <p class="govuk-body">
        <DecisionTag decision={proposal.decision} />
      </p>
      <Reasons reasons={proposal.reasons} />
      {missing.length > 0 && (
        <>
          <h3 class="govuk-heading-m">What is missing</h3>
          <ul class="govuk-list govuk-list--bullet">
            {missing.map(({ text }) => (
              <li>{text}</li>
            ))}
          </ul>
        </>
      )}
      <Evidence {...props} />
      {found.decision !== null && <Decided found={found} />}
      {(representations.length > 0 || corrections.length > 0) && <SchoolSaid found={found} />}
      {found.appeal !== null && <Appealed found={found} />}
      <h2 class="govuk-heading-l">What was done</h2>
      <Table
        caption="History of the case"
        captionHidden
        columns={[
          { heading: "When", cell: ({ at }) => dateInWords(civilDate(at.slice(0, 10))) },
          { heading: "Who", cell: whoDid },
          { heading: "What", cell: (event) => <WithSchoolLinks text={`${eventSentence(event)}.`} /> },
        ]}
        rows={[...events].reverse()}
      />
      <Fold summary="The numbers in force, with their sources">
        <Table
          caption="Parameters on the day of the evidence"
          columns={[
            { heading: "Number", cell: ({ label }) => label },
            { heading: "Value", cell: ({ value, unit }) => `${JSON.stringify(value)} ${unit}` },
            { heading: "Since", cell: ({ from }) => from },
            {
              heading: "Source",
              cell: ({ source }) => (source.kind === "assumption" ? `Assumption: ${source.why}` : source.citation),
            },
          ]}
          rows={year.parameters}
          small
        />
        <p class="govuk-body-s">
          {`Evidence of ${dateInWords(year.evidenceOn)}, program ${year.codeVersion}, inputs ${found.inputsHash}, version ${found.version} of the case.`}
        </p>
      </Fold>
    </>
  );
}

function Where({ found, today }: Pick<CaseContentProps, "found" | "today">) {
  const { school, urn, mark, answerBy } = found;
  const rows = [
    ["URN", urn],
    ["Phase", capitalised(school.phase)],
    ["Authority", findAuthority(school.authorityCode)?.name ?? school.authorityCode],
    ["Region", findRegion(school.regionCode)?.name ?? school.regionCode],
    ...(answerBy === null ? [] : [["School may answer until", dateInWords(answerBy)]]),
    ...(mark === null
      ? []
      : [
          ["Mark", markWords[markStateOn(mark, today)]],
          ["Published", dateInWords(mark.from)],
          ...(mark.until === null ? [] : [["Holds until", dateInWords(mark.until)]]),
          ...(mark.words === null ? [] : [["Why", mark.words]]),
        ]),
  ] as const;
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key! }, value: { text: value! } })) }}
    />
  );
}

/** Reasons as a list. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {reasons.map(({ text }) => (
        <li>{text}</li>
      ))}
    </ul>
  );
}

function Evidence({ found, rule }: CaseContentProps) {
  const { measure, safeguarding, accounts, accountsYearEnd, review, phase } = found.evidence;
  const rows = [
    [
      "Safeguarding",
      safeguarding === null
        ? "No audit of the last year"
        : `${safeguarding.outcome === "secure" ? "Secure" : "Not secure"}, audit of ${dateInWords(safeguarding.on)}`,
    ],
    [
      `Accounts of the year to ${dateInWords(accountsYearEnd)}`,
      accounts === null
        ? "No opinion has been filed"
        : `${capitalised(accounts.opinion)}, signed ${dateInWords(accounts.on)}`,
    ],
    [
      "Value added",
      measure?.kind === "measured"
        ? `Review ${review}, measure of ${phase} schools`
        : (measure?.reason.text ?? "Schools of this kind are not measured by it"),
    ],
  ] as const;
  return (
    <>
      <h2 class="govuk-heading-l">Evidence</h2>
      <Govuk
        is="summary-list"
        options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
      />
      {measure?.kind === "measured" && (
        <>
          <MeasurePicture measure={measure} rule={rule} probabilityBelow={found.proposal.probabilityBelow} />
          <p class="govuk-body">
            <a class="govuk-link" href={`/schools/${found.urn}`}>
              How the figure came about, pupil group by pupil group
            </a>
          </p>
        </>
      )}
    </>
  );
}

type Measured = Extract<StoredCase["evidence"]["measure"], { readonly kind: "measured" }>;

function MeasurePicture({
  measure,
  rule,
  probabilityBelow,
}: {
  measure: Measured;
  rule: DecisionParameters;
  probabilityBelow: number | null;
}) {
  const { valueAdded, lower, upper, pupilEquivalents, probabilityOtherwise } = measure;
  const decimals = upper - lower < 2 ? 2 : 1;
  const number = (value: number) => readableNumber(value, decimals);
  const rows = [
    ["Value added", number(valueAdded)],
    ["Interval", interval(lower, upper, decimals)],
    ["Agreed line", number(rule.line)],
    ...(probabilityBelow === null ? [] : [["Probability of being below the line", percentage(probabilityBelow)]]),
    ["Refused from", percentage(rule.refusalProbability)],
    ...(probabilityOtherwise === null
      ? []
      : [["Chance of another decision on another draw of pupils", percentage(probabilityOtherwise)]]),
    ["Pupils, counted by their time in the school", readableNumber(pupilEquivalents, 1)],
  ] as [string, string][];
  return (
    <Figure
      title="Value added with its interval, against the agreed line"
      chart={intervalBarChart({
        ...{ id: "measure", title: "Value added with its interval, against the agreed line" },
        description: `Value added ${number(valueAdded)}, interval ${interval(lower, upper, decimals)}; agreed line ${number(rule.line)}.`,
        ...{ value: valueAdded, lower, upper, decimals, others: [] },
        line: { at: rule.line, label: `Agreed line ${number(rule.line)}` },
        average: { at: 0, label: "Average, 0" },
        scaleName: "value added, in the outcome's units",
      })}
      table={
        <Table
          caption="The figures of the picture"
          columns={[
            { heading: "Figure", cell: ([name]) => name },
            { heading: "Value", numeric: true, cell: ([, value]) => value },
          ]}
          rows={rows}
        />
      }
    />
  );
}

function Decided({ found }: { found: StoredCase }) {
  const { decision, by, on, words, secondReading, agreedBy, agreedOn, reasons } = found.decision!;
  return (
    <>
      <h2 class="govuk-heading-l">The decision</h2>
      <p class="govuk-body">
        <DecisionTag decision={decision} />
      </p>
      <p class="govuk-body">
        {`${by.name} decided on ${dateInWords(on)}.`}
        {secondReading.length > 0 &&
          ` A second person reads it, because ${secondReading.map((why) => secondReadingWords[why]).join(" and ")}.`}
        {agreedBy !== null && agreedOn !== null && ` ${agreedBy.name} agreed on ${dateInWords(agreedOn)}.`}
      </p>
      {words !== null && <blockquote class="govuk-inset-text site-typed">{words}</blockquote>}
      <Reasons reasons={reasons} />
    </>
  );
}

function SchoolSaid({ found }: { found: StoredCase }) {
  return (
    <>
      <h2 class="govuk-heading-l">What the school said</h2>
      {found.representations.map(({ words, by, on }) => (
        <>
          <h3 class="govuk-heading-s">{`${by.name}, ${dateInWords(on)}`}</h3>
          <blockquote class="govuk-inset-text site-typed">{words}</blockquote>
        </>
      ))}
      {found.corrections.map(({ number, reason, words, by, on, outcome }) => (
        <>
          <h3 class="govuk-heading-s">{`Correction ${number}: ${reason.replaceAll("-", " ")}`}</h3>
          <p class="govuk-body">{`${by.name}, ${dateInWords(on)}`}</p>
          <blockquote class="govuk-inset-text site-typed">{words}</blockquote>
          <p class="govuk-body">
            {outcome === null ? (
              <a class="govuk-link" href={`${caseAddress(found)}/corrections/${number}`}>
                {`Accept or turn down correction ${number}`}
              </a>
            ) : (
              `${outcome.accepted ? "Accepted" : "Turned down"} by ${outcome.by.name} on ${dateInWords(outcome.on)}: ${outcome.words}`
            )}
          </p>
        </>
      ))}
    </>
  );
}

function Appealed({ found }: { found: StoredCase }) {
  const { words, by, on, outcome } = found.appeal!;
  return (
    <>
      <h2 class="govuk-heading-l">The appeal</h2>
      <p class="govuk-body">{`${by.name} appealed on ${dateInWords(on)}.`}</p>
      <blockquote class="govuk-inset-text site-typed">{words}</blockquote>
      {outcome !== null && (
        <>
          <p class="govuk-body">
            {`${outcome.by.name} decided on ${dateInWords(outcome.on)}: ${decisionName(outcome.decision)}.`}
          </p>
          <blockquote class="govuk-inset-text site-typed">{outcome.words}</blockquote>
        </>
      )}
    </>
  );
}
