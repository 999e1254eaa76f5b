import { Fold, Headlines, Table } from "../../platform/pages/index.js";
import {
  type SimulationParameter,
  type SourcedValue,
  simulationParameters,
  type ValueSource,
  valueInYear,
} from "../../simulation/parameters/index.js";
import { modelHorizon } from "../../simulation/scenario/index.js";
import { academicYearOf } from "../runs/amounts.js";
import { rangeInWords } from "../runs/words.js";

/** Parameters whose paths begin alike. */
export interface ParameterGroup {
  /** The first part of their paths. */
  readonly id: string;
  readonly label: string;
  readonly parameters: readonly SimulationParameter[];
}

const groupWords: Readonly<Record<string, string>> = {
  pupils: "Pupils",
  funding: "Core funding of schools",
  premium: "Pupil Premium",
  pay: "Pay",
  leaving: "Leaving",
  entry: "Returners and those new to the sector",
  training: "Training places, recruits and the three-year guarantee",
  posts: "Posts",
  hours: "Working hours",
  moving: "Moves between schools",
  promotion: "Promotion",
  shortage: "Shortage subjects",
  loans: "Student loans",
  "service-benefit": "National Service Benefit",
  sabbatical: "Sabbaticals",
  fees: "Fees and bursaries",
  "recruitment-fund": "National Recruitment Fund",
  development: "Entitlement to development",
};

const groupOf = ({ path }: SimulationParameter) => path.slice(0, path.indexOf("."));

/** Every parameter in its group, in the order of their declaration. */
export const parameterGroups: readonly ParameterGroup[] = [...new Set(simulationParameters.map(groupOf))].map((id) => ({
  ...{ id, label: groupWords[id] ?? id },
  parameters: simulationParameters.filter((parameter) => groupOf(parameter) === id),
}));

const statuses = ["law", "published", "proposal", "assumption"] as const;

const number = (value: number) => value.toLocaleString("en-GB", { maximumSignificantDigits: 6 }).replace("-", "\u2212");

/** A value in the words of its form, where the parameter is a switch. */
function valueWords({ forms }: SimulationParameter, value: number): string {
  return forms?.find((form) => form.value === value)?.label ?? number(value);
}

function Source({ source }: { source: ValueSource }) {
  if (source.status === "assumption")
    return (
      <>
        <strong>Assumption</strong> ({source.owner}): {source.why}
      </>
    );
  if (source.status === "proposal")
    return (
      <>
        <strong>Proposal {source.proposal}</strong>: {source.why}
      </>
    );
  const { status, title, href, page, published } = source;
  return (
    <>
      <strong>{status === "law" ? "Law" : "Published"}</strong>:{" "}
      <a class="govuk-link" href={href}>
        {title}
      </a>
      {page === null ? "" : `, ${page}`} ({published})
    </>
  );
}

/** Values that follow each other from one source, so that it is said once. */
function bySource(values: readonly SourcedValue[]): readonly (readonly SourcedValue[])[] {
  const runs: SourcedValue[][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last && JSON.stringify(last[0]!.source) === JSON.stringify(value.source)) last.push(value);
    else runs.push([value]);
  }
  return runs;
}

function Parameter({ parameter }: { parameter: SimulationParameter }) {
  const { path, label, unit, values, bounds, range, forms } = parameter;
  const today = valueInYear(parameter, modelHorizon.first);
  const rows = [
    {
      name: `Value in ${academicYearOf(modelHorizon.first)}`,
      cell: <>{`${valueWords(parameter, today.value)} (${unit})`}</>,
    },
    {
      name: "Allowed",
      cell: (
        <>{forms ? forms.map((form) => form.label).join("; ") : `${number(bounds.low)} to ${number(bounds.high)}`}</>
      ),
    },
    {
      name: "How sure",
      cell: (
        <>
          {range
            ? `${rangeInWords(parameter)}: ${range.why}${range.together ? `. Drawn together: ${range.together}` : ""}`
            : "no uncertainty is carried"}
        </>
      ),
    },
    { name: "Source", cell: <Source source={today.source} /> },
  ];
  return (
    <section class="site-parameter" id={path}>
      <h2 class="govuk-heading-s">{label}</h2>
      <p class="govuk-body-s">
        <code class="site-code">{path}</code>{" "}
        <a class="govuk-link" href={`/simulate?change=${path}`}>
          Change it<span class="govuk-visually-hidden">: {label}</span>
        </a>
      </p>
      <Table
        caption={label}
        captionHidden
        small
        columns={[
          { heading: "What", cell: ({ name }) => name },
          { heading: "It is", cell: ({ cell }) => cell },
        ]}
        rows={rows}
      />
      {values.length > 1 && (
        <Fold summary={`Its ${values.length} values by date`}>
          {bySource(values).map((run) => (
            <>
              <Table
                caption={`${label}, from ${run[0]!.from}`}
                captionHidden
                small
                columns={[
                  { heading: "From", cell: ({ from }: SourcedValue) => from },
                  { heading: "Value", numeric: true, cell: ({ value }: SourcedValue) => valueWords(parameter, value) },
                ]}
                rows={run}
              />
              <p class="govuk-body-s">
                <Source source={run[0]!.source} />
              </p>
            </>
          ))}
        </Fold>
      )}
    </section>
  );
}

/** The groups of numbers, and how many of them stand on what. */
export function ParametersContent() {
  const values = simulationParameters.flatMap((one) => one.values);
  const count = (status: (typeof statuses)[number]) => values.filter(({ source }) => source.status === status).length;
  return (
    <>
      <h1 class="govuk-heading-l">Every number that goes into the simulation</h1>
      <p class="govuk-body-l site-lead">
        {simulationParameters.length} numbers with {values.length.toLocaleString("en-GB")} values by date; each value
        has a source, or is an assumption with a reason and somebody who answers for it.
      </p>
      <Headlines
        items={[
          { label: "Values from law", figure: String(count("law")) },
          { label: "Published values", figure: String(count("published")) },
          { label: "Values of proposals", figure: String(count("proposal")) },
          { label: "Assumptions", figure: String(count("assumption")) },
        ]}
      />
      <Table
        caption="Groups of numbers"
        columns={[
          {
            heading: "Group",
            cell: ({ id, label }) => (
              <a class="govuk-link" href={`/simulate/parameters/${id}`}>
                {label}
              </a>
            ),
          },
          { heading: "Numbers", numeric: true, cell: ({ parameters }) => String(parameters.length) },
          {
            heading: "With a range",
            numeric: true,
            cell: ({ parameters }) => String(parameters.filter(({ range }) => range !== null).length),
          },
        ]}
        rows={parameterGroups}
      />
      <p class="govuk-body">
        <a class="govuk-link" href="/simulate/parameters.csv">
          All of them as CSV
        </a>
      </p>
    </>
  );
}

/** The numbers of one group with everything that is known of each. */
export function ParameterGroupContent({ group }: { group: ParameterGroup }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{group.label}: the numbers that go in</h1>
        {group.parameters.map((parameter) => (
          <Parameter parameter={parameter} />
        ))}
      </div>
    </div>
  );
}
