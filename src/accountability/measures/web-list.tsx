import { raw } from "hono/html";
import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Fold, Govuk, Table, tag } from "../../platform/pages/index.js";
import type { MeasureExample } from "./examples.js";
import { judgeMeasure, ruleBehind } from "./judge.js";
import type { Declaration, RegisteredMeasure } from "./store.js";
import { consequenceWords, kindWords } from "./web-form.js";

/** Where a declaration stands on a day. */
export function standing(
  declaration: Declaration,
  today: CivilDate,
): { readonly text: string; readonly colour: string } {
  if (declaration.outcome === "refused") return { text: "Refused", colour: "red" };
  if (declaration.withdrawnBecause !== null && declaration.until !== null && declaration.until <= today)
    return { text: "Withdrawn", colour: "grey" };
  if (declaration.until !== null && declaration.until <= today) return { text: "Replaced", colour: "grey" };
  return declaration.from <= today
    ? { text: "Admitted", colour: "green" }
    : { text: `Admitted from ${dateInWords(declaration.from)}`, colour: "blue" };
}

/** The declaration that says most of a measure on a day: the one that holds, else the newest. */
export function foremost({ declarations }: RegisteredMeasure, today: CivilDate): Declaration {
  const holds = declarations.find(
    ({ outcome, from, until }) => outcome === "admitted" && from <= today && (until === null || today < until),
  );
  return holds ?? declarations[0]!;
}

interface ListProps {
  readonly measures: readonly RegisteredMeasure[];
  readonly examples: readonly MeasureExample[];
  readonly today: CivilDate;
  readonly mayPropose: boolean;
}

/** The register: what holds schools to account, what was refused and why. */
export function MeasuresContent({ measures, examples, today, mayPropose }: ListProps) {
  return (
    <>
      <h1 class="govuk-heading-xl">Register of accountability measures</h1>
      <p class="govuk-body-l">
        What may hold a school to account. Floor targets, Key Stage 1 results and measures of a single aspect are
        refused, with the rule they break. The Quality Mark reads nothing that is not admitted here.
      </p>
      {mayPropose && <Govuk is="button" options={{ text: "Propose a measure", href: "/measures/propose" }} />}
      {measures.length === 0 ? (
        <p class="govuk-body">No measure has been proposed yet.</p>
      ) : (
        <Table
          caption="Measures of the register"
          rows={measures}
          columns={[
            { heading: "Measure", cell: (measure) => <MeasureLink measure={measure} today={today} /> },
            { heading: "Covers", cell: (measure) => kindsInWords(foremost(measure, today)) },
            {
              heading: "What follows",
              cell: (measure) => consequenceWords[foremost(measure, today).proposed.consequence],
            },
            { heading: "State", cell: (measure) => <Standing declaration={foremost(measure, today)} today={today} /> },
          ]}
        />
      )}
      <h2 class="govuk-heading-l">Worked examples: the measures that schools knew</h2>
      <p class="govuk-body">
        Each is held against the rules when this page is made; none of them is in the register by that.
      </p>
      {examples.map((example) => (
        <Example example={example} />
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href="/measures.csv">
          Download the register (CSV)
        </a>
      </p>
    </>
  );
}

function MeasureLink({ measure, today }: { measure: RegisteredMeasure; today: CivilDate }) {
  return (
    <a class="govuk-link" href={`/measures/${measure.id}`}>
      {foremost(measure, today).proposed.title}
    </a>
  );
}

function Standing({ declaration, today }: { declaration: Declaration; today: CivilDate }) {
  const { text, colour } = standing(declaration, today);
  return raw(tag(text, colour));
}

/** Whom a declaration covers, as "Special schools, pupil referral units". */
export function kindsInWords({ proposed }: Pick<Declaration, "proposed">): string {
  const words = proposed.population.kinds.map((kind) => kindWords[kind].toLowerCase()).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Example({ example }: { example: MeasureExample }) {
  const judged = judgeMeasure(example.measure);
  return (
    <Fold summary={`${example.measure.title}: ${judged.ok ? "admitted" : "refused"}`}>
      <p class="govuk-body">{example.story}</p>
      {judged.ok ? <Sentences sentences={judged.value} /> : <Reasons reasons={judged.error} />}
    </Fold>
  );
}

/** Reasons against a measure, each with the rule it rests on. */
export function Reasons({ reasons }: { reasons: readonly { readonly code: string; readonly text: string }[] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {reasons.map(({ code, text }) => (
        <li>
          {text} {ruleBehind(code) !== null && <span class="govuk-hint">{`The rule: ${ruleBehind(code)}`}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Plain sentences, one a line. */
export function Sentences({ sentences }: { sentences: readonly string[] }) {
  return sentences.length === 0 ? null : (
    <ul class="govuk-list govuk-list--bullet">
      {sentences.map((sentence) => (
        <li>{sentence}</li>
      ))}
    </ul>
  );
}
