import { Table } from "../../platform/pages/index.js";
import type { IntakeEffect, ModelRecord } from "../value-added/index.js";
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

/** What a review asked to be reported of its model beside coefficients and variances; nothing where it asked for nothing. */
export function FurtherRecords({ model, about }: { model: ModelRecord; about: string }) {
  return <>{model.intake && <WithinAndBetween intake={model.intake} about={about} />}</>;
}
