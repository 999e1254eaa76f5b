import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { ProposedMeasure } from "./proposed-measure.js";
import type { Declaration, RegisteredMeasure } from "./store.js";
import { basisWords, consequenceWords } from "./web-form.js";
import { foremost, kindsInWords, Reasons, Sentences, standing } from "./web-list.js";

/** What a measure declares, as a list of keys and values. */
export function DeclarationList({ proposed }: { proposed: ProposedMeasure }) {
  const { population, outcomes, threshold } = proposed;
  const rows: readonly (readonly [string, string])[] = [
    ["Made of", basisWords[proposed.basis]],
    ["Reads", proposed.reads.join("; ")],
    ["Covers", `${kindsInWords({ proposed })}: ${population.pupils}`],
    ["Leaves out", population.leavesOut || "nobody"],
    ["Outcomes", outcomes.map(outcomeInWords).join("; ") || "none"],
    ["Earlier attainment", proposed.usesPriorAttainment ? "taken into account" : "not taken into account"],
    ["Years together", String(proposed.years)],
    ["Time in the school", proposed.weightedByTime ? "pupils are weighted by it" : "not weighted"],
    ["Line", threshold ? `${threshold.value} ${threshold.unit}` : "none"],
    ["What follows", consequenceWords[proposed.consequence]],
    ["From", dateInWords(proposed.from)],
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

function outcomeInWords({ column, keyStage, aspect }: ProposedMeasure["outcomes"][number]): string {
  const stage = keyStage === null ? "key stage not declared" : keyStage === 0 ? "early years" : `Key Stage ${keyStage}`;
  return `${column} (${stage}, ${aspect ?? "aspect not declared"})`;
}

interface MeasureProps {
  readonly measure: RegisteredMeasure;
  readonly today: CivilDate;
  /** The token of the form; null for whoever may not withdraw. */
  readonly csrf: string | null;
  readonly errors: readonly Link[];
  /** What was typed into the form. */
  readonly typed: { readonly until: string; readonly because: string };
}

/** One measure with everything that was ever declared of it. */
export function MeasureContent({ measure, today, csrf, errors, typed }: MeasureProps) {
  const now = foremost(measure, today);
  const { text, colour } = standing(now, today);
  const canEnd = measure.declarations.some(({ outcome, until }) => outcome === "admitted" && until === null);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">{now.proposed.title}</h1>
        <Govuk is="tag" options={{ text, classes: `govuk-tag--${colour}` }} />
        {measure.declarations.map((declaration) => (
          <DeclarationPart declaration={declaration} today={today} />
        ))}
        {csrf !== null && (
          <>
            <h2 class="govuk-heading-l">For policy officials</h2>
            <p class="govuk-body">
              <a class="govuk-link" href={`/measures/propose?of=${measure.id}`}>
                Propose a new declaration of this measure
              </a>
            </p>
            {canEnd && <Withdraw measure={measure} csrf={csrf} errors={errors} typed={typed} />}
          </>
        )}
      </div>
    </div>
  );
}

function DeclarationPart({ declaration, today }: { declaration: Declaration; today: CivilDate }) {
  const { number, judgedAt, judgedBy, reasons, notes, until, withdrawnBecause } = declaration;
  const day = dateInWords(judgedAt.slice(0, 10) as CivilDate);
  return (
    <section>
      <h2 class="govuk-heading-m">{`Declaration ${number}: ${standing(declaration, today).text.toLowerCase()}`}</h2>
      <p class="govuk-hint">{`Proposed by ${judgedBy} and judged on ${day}.`}</p>
      {until !== null && (
        <p class="govuk-body">
          {`It holds until ${dateInWords(until)}, not included${withdrawnBecause === null ? "; a later declaration takes over." : `: ${withdrawnBecause}`}`}
        </p>
      )}
      {reasons.length > 0 && <Reasons reasons={reasons} />}
      <Sentences sentences={notes} />
      <DeclarationList proposed={declaration.proposed} />
    </section>
  );
}

function Withdraw({ measure, csrf, errors, typed }: Omit<MeasureProps, "today"> & { csrf: string }) {
  const message = (href: string) => errors.find((error) => error.href === href);
  return (
    <Form action={`/measures/${measure.id}/withdraw`} csrf={csrf} version={measure.version}>
      <h3 class="govuk-heading-m">Withdraw it</h3>
      <Govuk
        is="input"
        options={{
          ...{ id: "until", name: "until", value: typed.until, classes: "govuk-input--width-10" },
          label: { text: "First day on which it no longer holds" },
          hint: { text: "As 2027-09-01" },
          ...(message("#until") && { errorMessage: { text: message("#until")!.text } }),
        }}
      />
      <Govuk
        is="textarea"
        options={{
          ...{ id: "because", name: "because", value: typed.because, rows: "3" },
          label: { text: "Why it is withdrawn" },
          hint: { text: "Everybody can read this." },
          ...(message("#because") && { errorMessage: { text: message("#because")!.text } }),
        }}
      />
      <Govuk is="button" options={{ text: "Withdraw the measure", classes: "govuk-button--warning" }} />
    </Form>
  );
}
