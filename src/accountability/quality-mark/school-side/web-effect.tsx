import { intervalRowsChart, readableNumber } from "../../../platform/charts/index.js";
import { Figure, Govuk, Table } from "../../../platform/pages/index.js";
import { type Proposal, proposeDecision } from "../cases/proposal.js";
import type { StoredCase } from "../cases/store-case.js";
import type { DecisionParameters } from "../decision.js";
import { DecisionTag, decisionName } from "../web-words.js";
import { evidenceWith } from "./service-settle.js";
import type { KeptEffect } from "./store.js";

/** What corrections would change: figure, interval and decision before and after, as a picture with the numbers beside it. */
export function EffectView({
  id,
  effect,
  before,
  after,
  line,
}: {
  id: string;
  effect: KeptEffect | null;
  /** What the rule proposes now, and would propose. */
  before: Proposal;
  after: Proposal | null;
  line: number;
}) {
  const result = effect?.result ?? null;
  if (result === null)
    return (
      <Govuk
        is="inset-text"
        options={{
          text: "The effect is being computed from the pupil files, by the measure’s own engine. That takes up to some minutes. Load this page again to see it.",
        }}
      />
    );
  if (result.problems.length > 0)
    return (
      <Govuk
        is="inset-text"
        options={{
          text: `The effect could not be computed, and so is left out: ${result.problems.map(({ message }) => message).join("; ")}.`,
        }}
      />
    );
  if (result.before === null || result.after === null)
    return (
      <Govuk
        is="inset-text"
        options={{
          text: "The school is not in the measure: no pupil counts for it, so no correction changes anything.",
        }}
      />
    );
  const [was, is] = [result.before, result.after];
  const decimals = was.upper - was.lower < 2 ? 2 : 1;
  const number = (value: number) => readableNumber(value, decimals);
  const row = (label: string, value: (figure: typeof was) => number, places = decimals) => ({
    label,
    before: readableNumber(value(was), places),
    after: readableNumber(value(is), places),
  });
  const rows = [
    row("Value added", ({ valueAdded }) => valueAdded),
    row("Interval from", ({ lower }) => lower),
    row("Interval to", ({ upper }) => upper),
    row("Prediction error", ({ predictionError }) => predictionError, decimals + 1),
    row("Pupils", ({ pupils }) => pupils, 0),
    row("Pupil-equivalents", ({ pupilEquivalents }) => pupilEquivalents, 1),
    {
      label: "What the rule proposes",
      before: decisionName(before.decision),
      after: after === null ? "" : decisionName(after.decision),
    },
  ];
  return (
    <>
      {result.notCounted.length > 0 && (
        <Govuk
          is="warning-text"
          options={{
            iconFallbackText: "Warning",
            text:
              result.notCounted.length === 1
                ? "No pupil with this reference counts for the school: a correction of that pupil changes nothing."
                : `${result.notCounted.length} of the references are of nobody who counts for the school.`,
          }}
        />
      )}
      {after !== null && (
        <p class="govuk-body">
          <DecisionTag decision={before.decision} /> {before.decision === after.decision ? "stays" : "would become"}{" "}
          <DecisionTag decision={after.decision} />
        </p>
      )}
      <Figure
        title="Value added with its interval, before and after"
        chart={intervalRowsChart({
          ...{ id: `effect-${id}`, title: "Value added with its interval, before and after", decimals },
          description: `Before ${number(was.valueAdded)}, after ${number(is.valueAdded)}; agreed line ${number(line)}.`,
          rows: [
            { label: "Before", value: was.valueAdded, lower: was.lower, upper: was.upper },
            { label: "After", value: is.valueAdded, lower: is.lower, upper: is.upper },
          ],
          line: { at: line, label: `Agreed line ${number(line)}` },
          average: { at: 0, label: "Average, 0" },
          scaleName: "Value added",
        })}
        table={
          <Table
            caption="Before and after"
            captionHidden
            rows={rows}
            columns={[
              { heading: "What", cell: ({ label }) => label },
              { heading: "Before", numeric: true, cell: (one) => one.before },
              { heading: "After", numeric: true, cell: (one) => one.after },
            ]}
          />
        }
      />
      <p class="govuk-body">
        {result.held
          ? "Computed exactly for the published ratios of the variances: coefficients, figure and errors are those of files in which the pupils had been counted so."
          : "These pupils make a school or year that the published fit doesn’t know, so everything was measured anew, as if the files had been so from the start."}{" "}
        {`No other school changes by more than ${readableNumber(result.largestElsewhere, 3)} of its prediction error.`}
      </p>
      {result.others.length > 0 && (
        <p class="govuk-body">{`The pupils also have time at ${result.others.map(({ urn, before: old, after: own }) => `${urn} (${number(old)} to ${number(own)})`).join(", ")}.`}</p>
      )}
    </>
  );
}

/** An effect beside the case's own proposal. */
export function CaseEffect({
  found,
  rule,
  id,
  effect,
}: {
  found: StoredCase;
  rule: DecisionParameters;
  id: string;
  effect: KeptEffect | null;
}) {
  const figure = effect?.result?.after ?? null;
  const after = figure === null ? null : proposeDecision(found.urn, evidenceWith(found.evidence, figure, []), rule);
  return <EffectView id={id} effect={effect} before={found.proposal} after={after} line={rule.line} />;
}
