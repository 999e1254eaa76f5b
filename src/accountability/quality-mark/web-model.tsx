import { readableNumber } from "../../platform/charts/index.js";
import { Govuk, Table, type TableColumn } from "../../platform/pages/index.js";
import type { ModelRecord, VarianceComponent } from "../value-added/index.js";
import type { Alternative } from "./decision.js";
import { counted } from "./web-words.js";

/** A number with so many significant digits as its standard error supports: two digits of the error. */
export function withError(value: number, standardError: number): string {
  return readableNumber(value, errorDecimals(standardError));
}

/** Decimals that show two significant digits of a standard error. */
function errorDecimals(standardError: number): number {
  if (!(standardError > 0) || !Number.isFinite(standardError)) return 3;
  return Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(standardError))));
}

function significant(value: number, digits: number): string {
  if (value === 0) return "0";
  return readableNumber(value, Math.min(10, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))))));
}

/** The method's name as a reader may look it up. */
export function methodName(method: ModelRecord["method"]): string {
  return method === "REML" ? "restricted maximum likelihood (REML)" : "maximum likelihood (ML)";
}

/** The groups of the model that have an effect of their own: all but the residual. */
function groupsOf(model: ModelRecord): readonly string[] {
  return [...new Set(model.levels.map((level) => level.group))];
}

function Letter({ of, index }: { of: string; index?: string }) {
  return index === undefined ? (
    <mi>{of}</mi>
  ) : (
    <msub>
      <mi>{of}</mi>
      <mi>{index}</mi>
    </msub>
  );
}

/** One random term of the formula; a pupil's school is weighted by the share of time spent there. */
function GroupTerm({ group, first }: { group: string; first: boolean }) {
  const effect = (index: string) => (
    <msubsup>
      <mi>u</mi>
      <mi>{index}</mi>
      <mtext>{group}</mtext>
    </msubsup>
  );
  return first ? (
    <>
      <munder>
        <mo>∑</mo>
        <mi>j</mi>
      </munder>
      <Letter of="w" index="ij" />
      {effect("j")}
    </>
  ) : (
    effect("i")
  );
}

/** The model as a formula, with its letters explained below. */
export function ModelFormula({ model }: { model: ModelRecord }) {
  const groups = groupsOf(model);
  return (
    <>
      <section class="site-formula" aria-label="The model as a formula" tabindex={0}>
        <math display="block">
          <Letter of="y" index="i" />
          <mo>=</mo>
          <msubsup>
            <mi>x</mi>
            <mi>i</mi>
            <mo>′</mo>
          </msubsup>
          <mi>β</mi>
          {groups.map((group, k) => (
            <>
              <mo>+</mo>
              <GroupTerm group={group} first={k === 0} />
            </>
          ))}
          <mo>+</mo>
          <Letter of="e" index="i" />
        </math>
      </section>
      <dl class="govuk-summary-list govuk-summary-list--no-border">
        <Term letter="yᵢ" words="the outcome of pupil i" />
        <Term letter="xᵢ′β" words="what the model expects of a pupil with this prior attainment and context" />
        <Term
          letter="wᵢⱼ"
          words="the share of time that pupil i spent in school j; a pupil's shares add up to one, less any time that could not be accounted for"
        />
        {groups.map((group, k) => (
          <Term
            letter={`u (${group})`}
            words={
              k === 0
                ? groups.length > 1
                  ? "what a school adds; the published figure is this, and the mean of the school's own years where the model has them"
                  : "what a school adds: the figure that is published"
                : `what pupils of the same ${group} have in common beyond that (a school's own ${group} where it is within schools)`
            }
          />
        ))}
        <Term letter="eᵢ" words="everything else about the pupil, and chance" />
      </dl>
      <p class="govuk-body">
        The same in the notation of statistical software: <code class="site-code">{model.formula}</code>
      </p>
    </>
  );
}

function Term({ letter, words }: { letter: string; words: string }) {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{letter}</dt>
      <dd class="govuk-summary-list__value">{words}</dd>
    </div>
  );
}

/** Coefficients with their standard errors, and the interval these give. */
export function CoefficientsTable({ model, about }: { model: ModelRecord; about: string }) {
  type Row = ModelRecord["fixedEffects"][number];
  const columns: readonly TableColumn<Row>[] = [
    { heading: "Term", cell: (row) => <code class="site-code">{row.name}</code> },
    { heading: "Estimate", numeric: true, cell: (row) => withError(row.estimate, row.standardError) },
    { heading: "Standard error", numeric: true, cell: (row) => withError(row.standardError, row.standardError) },
    {
      heading: "95% interval",
      numeric: true,
      cell: (row) =>
        `${withError(row.estimate - 1.96 * row.standardError, row.standardError)} to ${withError(row.estimate + 1.96 * row.standardError, row.standardError)}`,
    },
  ];
  return <Table caption={`Coefficients: ${about}`} columns={columns} rows={model.fixedEffects} small />;
}

/** The correlation of neighbouring years, which stands among the variances of a group that drifts. */
const isAutocorrelation = ({ term }: VarianceComponent) => term === "autocorrelation";

/** Whether a component is a variance (and not the covariance of two terms). */
function isVariance(component: VarianceComponent): boolean {
  return !component.term.includes(", ") && !isAutocorrelation(component);
}

/** Variance components with their standard errors and the share of the whole that each makes up. */
export function VariancesTable({ model, about }: { model: ModelRecord; about: string }) {
  const intercepts = model.varianceComponents.filter((c) => c.term === "(Intercept)" || /residual/i.test(c.group));
  const sum = intercepts.reduce((total, c) => total + c.variance, 0);
  const hasSlopes = model.varianceComponents.some((c) => c.term !== "" && c.term !== "(Intercept)");
  const columns: readonly TableColumn<VarianceComponent>[] = [
    { heading: "Group", cell: (row) => capitalisedGroup(row.group) },
    ...(hasSlopes ? [{ heading: "Term", cell: (row: VarianceComponent) => row.term || "(Intercept)" }] : []),
    { heading: "Variance", numeric: true, cell: (row) => significant(row.variance, 4) },
    {
      heading: "Standard error",
      numeric: true,
      cell: (row) => (row.standardError === null ? "not computed" : significant(row.standardError, 2)),
    },
    {
      heading: "Standard deviation",
      numeric: true,
      cell: (row) =>
        isVariance(row) && row.variance >= 0
          ? significant(Math.sqrt(row.variance), 3)
          : isAutocorrelation(row)
            ? "a correlation"
            : "a covariance",
    },
    {
      heading: "Share of the variance",
      numeric: true,
      cell: (row) =>
        intercepts.includes(row) && sum > 0 ? `${readableNumber((100 * row.variance) / sum, 1)}%` : "not a share",
    },
  ];
  return <Table caption={`Variances: ${about}`} columns={columns} rows={model.varianceComponents} small />;
}

function capitalisedGroup(group: string): string {
  return group.charAt(0).toUpperCase() + group.slice(1);
}

/** "Effects of school", "Effects of school: slope of prior". */
function effectName(group: string, term: string): string {
  return term === "(Intercept)" ? `Effects of ${group}` : `Effects of ${group}: slope of ${term}`;
}

/** How the fit went, for whoever wants to check it. */
export function FitRecord({ model }: { model: ModelRecord }) {
  const rows: readonly (readonly [string, string])[] = [
    ["Pupils", readableNumber(model.n)],
    ["Coefficients", readableNumber(model.p)],
    ...model.levels.map(({ group, term, count }) => [effectName(group, term), readableNumber(count)] as const),
    ["Estimated by", methodName(model.method)],
    [model.method === "REML" ? "REML criterion" : "−2 log-likelihood", readableNumber(model.criterion, 3)],
    ["Log-likelihood", readableNumber(model.logLikelihood, 3)],
    ["Evaluations", readableNumber(model.evaluations)],
    ["Largest gradient", model.gradient.toExponential(1)],
    ["Converged", model.converged ? "Yes" : "No: don't use these figures"],
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

/** What the fit warned of, or that it did not. */
export function Warnings({ model }: { model: ModelRecord }) {
  if (!model.converged)
    return (
      <Govuk
        is="warning-text"
        options={{ iconFallbackText: "Warning", text: "The fit did not converge. Its figures must not be used." }}
      />
    );
  return model.warnings.length === 0 ? (
    <p class="govuk-body">The fit converged and gave no warning.</p>
  ) : (
    <ul class="govuk-list govuk-list--bullet">
      {model.warnings.map((warning) => (
        <li>{warning}</li>
      ))}
    </ul>
  );
}

/** How many schools' decisions another choice would change. */
export function AlternativesTable({ alternatives, about }: { alternatives: readonly Alternative[]; about: string }) {
  if (alternatives.length === 0) return <p class="govuk-body">No other choice was tried for this measure.</p>;
  const columns: readonly TableColumn<Alternative>[] = [
    { heading: "Another choice", cell: (row) => row.label },
    { heading: "Awarded", numeric: true, cell: (row) => readableNumber(row.awarded) },
    { heading: "Refused", numeric: true, cell: (row) => readableNumber(row.refused) },
    { heading: "Decisions it would change", numeric: true, cell: (row) => readableNumber(row.changed) },
  ];
  return <Table caption={`What another choice would change: ${about}`} columns={columns} rows={alternatives} />;
}

/** The model in two sentences without a symbol. */
export function modelInWords(model: ModelRecord, outcome: string): string {
  const schools = model.levels[0];
  const units = schools ? ` in ${counted(schools.count, "school")}` : "";
  return (
    `For each of ${counted(model.n, "pupil")}${units}, the model expects the ${outcome} that pupils with the same prior attainment and context ` +
    `reach on average. What a school's pupils have in common above or below that expectation, each counted by the time ` +
    `spent there, is the school's value added. It was estimated by ${methodName(model.method)}.`
  );
}
