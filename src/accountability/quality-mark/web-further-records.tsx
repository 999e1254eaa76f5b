import { readableNumber } from "../../platform/charts/index.js";
import { Table } from "../../platform/pages/index.js";
import type {
  DriftRecord,
  IntakeEffect,
  ModelRecord,
  OutcomesRecord,
  ResidualVarianceRecord,
} from "../value-added/index.js";
import { withError } from "./web-model.js";

type Estimate = IntakeEffect["within"];

const estimate = ({ estimate: value, standardError }: Estimate) =>
  `${withError(value, standardError)} (${withError(standardError, standardError)})`;

/** What covariates are worth within schools and between them. */
function WithinAndBetween({ intake, about }: { intake: readonly IntakeEffect[]; about: string }) {
  return (
    <>
      <p class="govuk-body">
        Within schools: what one unit more means among the pupils of one school. Between schools: what a school's mean
        being one unit higher means for its pupils' mean. The difference is the contextual effect: what the school's
        intake means for a pupil of given attainment. The model takes all of it off the schools, whether it comes of the
        classmates or of what schools with such intakes do.
      </p>
      <Table
        caption={`Effects within and between schools, with standard errors: ${about}`}
        rows={intake}
        small
        columns={[
          { heading: "Covariate", cell: ({ of }) => <code class="site-code">{of}</code> },
          { heading: "Within schools", numeric: true, cell: ({ within }) => estimate(within) },
          { heading: "Between schools", numeric: true, cell: ({ between }) => estimate(between) },
          { heading: "Difference (contextual)", numeric: true, cell: ({ contextual }) => estimate(contextual) },
        ]}
      />
    </>
  );
}

/** The variances of each outcome of a composite, and how far schools that add to one add to another. */
function OutcomesAlone({ outcomes, about }: { outcomes: OutcomesRecord; about: string }) {
  return (
    <>
      <Table
        caption={`Each outcome fitted alone, in its standard deviations: ${about}`}
        rows={outcomes.parts.flatMap((part) => part.varianceComponents.map((one) => ({ part, one })))}
        small
        columns={[
          { heading: "Outcome", cell: ({ part }) => part.outcome },
          { heading: "Group", cell: ({ one }) => (one.term === "" ? one.group : `${one.group}, ${one.term}`) },
          { heading: "Variance", numeric: true, cell: ({ one }) => readableNumber(one.variance, 4) },
          {
            heading: "Standard error",
            numeric: true,
            cell: ({ one }) => (one.standardError === null ? "not computed" : readableNumber(one.standardError, 4)),
          },
        ]}
      />
      <ul class="govuk-list govuk-list--bullet">
        {outcomes.correlations.map(({ of, and, correlation }) => (
          <li>
            {correlation === null
              ? `Correlation of what schools add to ${of} and to ${and}: not computed, as schools do not differ in one of them.`
              : `Correlation of what schools add to ${of} and to ${and}: ${readableNumber(correlation, 2)}.`}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        The correlations are free of the pupils' chance, and are worked out from the variances of both outcomes and of
        their sum. They have no standard error here; with few schools they may lie well off, and even beyond 1.
      </p>
    </>
  );
}

/** The residual variance as it depends on a covariate, and what that changes. */
function VaryingResidual({ residual, about }: { residual: ResidualVarianceRecord; about: string }) {
  const { varies, tenths, exponent, rounds, settled, parameters, criterion, criterionOfOne, errorRatio } = residual;
  const better = criterionOfOne - criterion - 2 * parameters;
  return (
    <>
      <Table
        caption={`Residual variance by tenth of ${varies}: ${about}`}
        rows={tenths}
        small
        columns={[
          { heading: `Mean ${varies}`, numeric: true, cell: ({ value }) => readableNumber(value, 2) },
          { heading: "Pupils", numeric: true, cell: ({ pupils }) => readableNumber(pupils) },
          { heading: "Residual variance", numeric: true, cell: ({ variance }) => readableNumber(variance, 4) },
        ]}
      />
      <p class="govuk-body">
        {(exponent === null
          ? ""
          : `The standard deviation is multiplied by exp(${readableNumber(exponent, 4)}) a unit. `) +
          (settled
            ? `The variances stood still after ${rounds} rounds. `
            : `The variances had not settled after ${rounds} rounds: use them with care. `) +
          `Against one variance for all, the criterion falls by ${readableNumber(criterionOfOne - criterion, 1)} with ${parameters} more ` +
          `${parameters === 1 ? "parameter" : "parameters"}: by Akaike's count ${better > 0 ? "better" : "not better"}. ` +
          `Schools' errors are ${readableNumber(errorRatio.low, 3)} to ${readableNumber(errorRatio.high, 3)} times those with one variance ` +
          `(middle school ${readableNumber(errorRatio.middle, 3)}).`}
      </p>
    </>
  );
}

/** How schools drift from year to year, and whether the model is the better for it. */
function Drifting({ drift }: { drift: DriftRecord }) {
  const { kind, autocorrelation, criterion, criterionIndependent, parameters } = drift;
  const gain = criterionIndependent - criterion;
  return (
    <p class="govuk-body">
      {(kind === "random-walk"
        ? "A school's years are a random walk: each is the year before and a step. "
        : `A school's years are an autoregressive series: neighbouring years' deviations correlate by ${
            autocorrelation ? readableNumber(autocorrelation.estimate, 2) : "an amount that was not computed"
          } (standard error ${
            autocorrelation?.standardError == null ? "not computed" : readableNumber(autocorrelation.standardError, 2)
          }). `) +
        `Against years that know nothing of each other, the criterion ${gain >= 0 ? "falls" : "rises"} by ${readableNumber(Math.abs(gain), 1)} with ` +
        `${parameters === 0 ? "as many parameters" : "one parameter more"}: by Akaike's count ${gain > 2 * parameters ? "better" : "not better"}. ` +
        "The current year's figure draws on the years before it as far as they tell of it."}
    </p>
  );
}

/** What a review asked to be reported of its model beside coefficients and variances; nothing where it asked for nothing. */
export function FurtherRecords({ model, about }: { model: ModelRecord; about: string }) {
  return (
    <>
      {model.intake && <WithinAndBetween intake={model.intake} about={about} />}
      {model.drift && <Drifting drift={model.drift} />}
      {model.residual && <VaryingResidual residual={model.residual} about={about} />}
      {model.outcomes && <OutcomesAlone outcomes={model.outcomes} about={about} />}
    </>
  );
}
