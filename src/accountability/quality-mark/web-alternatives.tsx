import { agreementChart, barsKey, readableNumber, stackedBarsChart } from "../../platform/charts/index.js";
import { Figure, Fold, Table, type TableColumn } from "../../platform/pages/index.js";
import type { Comparison, MeasuredAlternative } from "./comparison.js";
import type { Decision } from "./decision.js";
import { counted, decisionName, decisionParts, shareOf } from "./web-words.js";

/** What a page knows of the measure beside its alternatives. */
export interface AlternativesOptions {
  /** Of the charts' elements; one a page and measure. */
  readonly id: string;
  /** "primary schools", or the review's title. */
  readonly about: string;
  readonly comparison: Comparison;
  /** Decisions in force: awarded, refused, others. */
  readonly inForce: { readonly awarded: number; readonly refused: number; readonly other: number };
  readonly decimals: number;
}

/** The decisions in force, as the bars count them. */
export function countsInForce(decisions: readonly { readonly decision: Decision }[]): AlternativesOptions["inForce"] {
  const count = (wanted: Decision) => decisions.filter(({ decision }) => decision === wanted).length;
  const [awarded, refused] = [count("awarded"), count("refused")];
  return { awarded, refused, other: decisions.length - awarded - refused };
}

const agreement = (value: number | null) => (value === null ? "not computed" : readableNumber(value, 3));

/** Awarded, refused, neither: the parts of the bars of this page. */
const parts = [decisionParts[0]!, decisionParts[1]!, { ...decisionParts[2]!, label: "Neither" }];

/** What every way of measuring would change, with how far its figures agree with those in force. */
function ModelsTable({
  models,
  about,
  decimals,
}: { models: readonly MeasuredAlternative[] } & Pick<AlternativesOptions, "about" | "decimals">) {
  const columns: readonly TableColumn<MeasuredAlternative>[] = [
    { heading: "Measured", cell: (row) => row.label },
    { heading: "Awarded", numeric: true, cell: (row) => readableNumber(row.awarded) },
    { heading: "Refused", numeric: true, cell: (row) => readableNumber(row.refused) },
    { heading: "Neither", numeric: true, cell: (row) => readableNumber(row.other) },
    { heading: "Decisions it would change", numeric: true, cell: (row) => readableNumber(row.changed) },
    { heading: "Newly refused", numeric: true, cell: (row) => readableNumber(row.newlyRefused) },
    { heading: "No longer refused", numeric: true, cell: (row) => readableNumber(row.noLongerRefused) },
    { heading: "Correlation", numeric: true, cell: (row) => agreement(row.correlation) },
    { heading: "Agreement of ranks", numeric: true, cell: (row) => agreement(row.rankCorrelation) },
    {
      heading: "Largest move",
      numeric: true,
      cell: ({ largestMove: move }) =>
        move === null
          ? "none"
          : `${readableNumber(move.inForce, decimals)} to ${readableNumber(move.alternative, decimals)}`,
    },
  ];
  return (
    <Table caption={`What another way of measuring would change: ${about}`} columns={columns} rows={models} small />
  );
}

function DecisionBars({
  id,
  about,
  inForce,
  models,
}: AlternativesOptions & { models: readonly MeasuredAlternative[] }) {
  const title = "Decisions by each way of measuring";
  const rows = [{ label: "The measure in force", ...inForce }, ...models];
  const lead = models
    .map(
      ({ label, refused, changed }) =>
        `${label}: ${counted(changed, "other decision")}, ${readableNumber(refused)} refused`,
    )
    .join("; ");
  return (
    <Figure
      title={title}
      lead="Every bar is the same schools with the same audits and accounts, decided by the rule in force; only the value added is measured differently."
      chartKey={barsKey(`${id}-models`, parts)}
      chart={stackedBarsChart({
        id: `${id}-models`,
        title,
        description: lead,
        parts,
        rows: rows.map(({ label, awarded, refused, other }) => ({ label, counts: [awarded, refused, other] })),
        unit: "schools",
      })}
      table={
        <Table
          caption={`Decisions by each way of measuring: ${about}`}
          rows={rows}
          small
          columns={[
            { heading: "Measured", cell: (row) => row.label },
            { heading: decisionName("awarded"), numeric: true, cell: (row) => readableNumber(row.awarded) },
            { heading: decisionName("refused"), numeric: true, cell: (row) => readableNumber(row.refused) },
            { heading: "Neither", numeric: true, cell: (row) => readableNumber(row.other) },
          ]}
        />
      }
    />
  );
}

/** The alternative whose order of the schools differs most from that in force. */
function mostDifferent(models: readonly MeasuredAlternative[]): MeasuredAlternative | null {
  return models
    .filter(({ rankCorrelation, points }) => rankCorrelation !== null && points.length > 1)
    .reduce<MeasuredAlternative | null>(
      (most, model) => (most === null || model.rankCorrelation! < most.rankCorrelation! ? model : most),
      null,
    );
}

function MostDifferent({
  id,
  about,
  model,
  decimals,
}: { model: MeasuredAlternative } & Omit<AlternativesOptions, "comparison" | "inForce">) {
  const title = `Where schools would move most: ${model.label}`;
  const lead =
    `Of all ways tried this one agrees least with the measure in force: agreement of ranks ${agreement(model.rankCorrelation)} over ` +
    `${counted(model.compared, "school")}. A school on the dashed line has the same figure both ways.`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={agreementChart({
        id: `${id}-agreement`,
        title,
        description: lead,
        points: model.points.map((point) => ({ expected: point.inForce, found: point.alternative })),
        expectedName: "Value added in force",
        foundName: "Measured the other way",
        diagonal: "the same both ways",
      })}
      note={
        model.points.length < model.compared
          ? `Drawn are ${counted(model.points.length, "school")}, evenly along the order in force.`
          : undefined
      }
      table={
        <Table
          caption={`${model.label}, against the measure in force: ${about}`}
          rows={model.points}
          small
          columns={[
            { heading: "In force", numeric: true, cell: (point) => readableNumber(point.inForce, decimals) },
            { heading: "The other way", numeric: true, cell: (point) => readableNumber(point.alternative, decimals) },
          ]}
        />
      }
    />
  );
}

/** The sensitivity of the marks to the way of measuring: a picture, a table, what each way is, and what could not be tried. */
export function ModelAlternatives(options: AlternativesOptions) {
  const { comparison, about, decimals, inForce } = options;
  const made = comparison.models.filter(({ notComputed }) => notComputed === null);
  const not = comparison.models.filter(({ notComputed }) => notComputed !== null);
  if (comparison.models.length === 0)
    return <p class="govuk-body">No other way of measuring was tried for this measure.</p>;
  const schools = inForce.awarded + inForce.refused + inForce.other;
  const most = made.reduce<MeasuredAlternative | null>((a, b) => (a === null || b.changed > a.changed ? b : a), null);
  const different = mostDifferent(made);
  return (
    <>
      {most && (
        <p class="govuk-body">
          {`The same pupils, measured in ${counted(made.length, "other way")}. The most decisions (${readableNumber(most.changed)}, ${shareOf(most.changed, schools)}) would change with: ${most.label}.`}
        </p>
      )}
      {made.length > 0 && <DecisionBars {...options} models={made} />}
      {made.length > 0 && <ModelsTable models={made} about={about} decimals={decimals} />}
      {different && <MostDifferent {...options} model={different} />}
      <Fold summary="What each of them is, and on which pupils">
        <dl class="govuk-summary-list">
          {comparison.models.map(({ label, how, notComputed, pupils }) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{label}</dt>
              <dd class="govuk-summary-list__value">
                {notComputed === null ? `${how} ${counted(pupils, "pupil")}.` : `Not computed. ${notComputed}`}
              </dd>
            </div>
          ))}
        </dl>
      </Fold>
      {not.length > 0 && (
        <p class="govuk-body">{`Not computed: ${not.map(({ label }) => label).join("; ")}. The reasons stand above.`}</p>
      )}
    </>
  );
}
