import { dateInWords, madeOnce } from "../../../kernel/index.js";
import { intervalRowsChart } from "../../../platform/charts/index.js";
import type { PageContext, Pages } from "../../../platform/http/index.js";
import { ErrorSummary, Figure, Govuk, Headlines, Table, TextField } from "../../../platform/pages/index.js";
import type { PlannedChoice, PlannedFigure } from "../../../statistics/survey/index.js";
import { type PhaseFrame, phaseFrame } from "./frame.js";
import { fieldworkParameters } from "./parameters.js";
import { type PlanQuestion, planSample, type SamplePlan } from "./planner.js";
import { frameSchools } from "./store-frame.js";
import { type Phase, phaseFacts, phases } from "./study.js";
import { type FieldworkWeb, formErrors, page, start, statisticians, typedNumber } from "./web-shared.js";

const fields = ["schools", "pupilsPerSchool", "tilt", "gapChange", "overlap", "linkError"] as const;
type Field = (typeof fields)[number];
const usual: Readonly<Record<Field, string>> = {
  ...{ schools: "350", pupilsPerSchool: "20", tilt: "0.5", gapChange: "8", overlap: "0.5", linkError: "1.5" },
};
const words: Readonly<Record<Field, readonly [label: string, hint: string]>> = {
  schools: ["Schools", "How many are drawn"],
  pupilsPerSchool: ["Pupils a school", "As far as the school has them"],
  tilt: [
    "Oversampling of schools with many disadvantaged pupils",
    "0 is in proportion to pupils, 1 raises them strongly",
  ],
  gapChange: [
    "Smallest change in the disadvantage gap that must be found",
    "In points of a scale with standard deviation 100; with a chance of 80%",
  ],
  overlap: ["Share of schools that are in both cycles", "From 0 to 1"],
  linkError: ["Standard error of the link between two cycles", "In points"],
};
const pounds = (n: number) => `£${Math.round(n / 1000).toLocaleString("en-GB")},000`;
const points = (n: number | null | undefined) => (n === null || n === undefined ? "not known" : n.toFixed(1));

const frameOf = madeOnce(phaseFrame);

/** The planner: what a sample would tell before money is spent. */
export function addPlanPages(pages: Pages, { database }: FieldworkWeb): void {
  pages.get("/assessment-fieldwork/plan", statisticians, async ({ query, today }: PageContext) => {
    const text = (name: string) => (typeof query[name] === "string" ? query[name].slice(0, 20) : null);
    const phase = phases.find((one) => one === text("phase")) ?? "year-4";
    const typed = Object.fromEntries(fields.map((name) => [name, text(name) ?? usual[name]])) as Record<Field, string>;
    const number = (name: Field) => typedNumber(typed[name]);
    const question: PlanQuestion = {
      ...{ schools: number("schools"), pupilsPerSchool: number("pupilsPerSchool"), tilt: number("tilt") },
      ...{ gapChange: number("gapChange"), overlap: number("overlap"), linkError: number("linkError") },
    };
    const frame = frameOf(await frameSchools(database.queries), phase);
    const plan = planSample(frame.schools, question, today);
    const problems = plan.ok ? [] : plan.error;
    return page(
      "Plan a sample",
      [start],
      <PlanContent
        {...{ phase, typed, frame, question, problems, plan: plan.ok ? plan.value : null, day: dateInWords(today) }}
      />,
      problems,
    );
  });
}

interface PlanProps {
  readonly phase: Phase;
  readonly typed: Readonly<Record<Field, string>>;
  readonly frame: PhaseFrame;
  readonly question: PlanQuestion;
  readonly plan: SamplePlan | null;
  readonly problems: Parameters<typeof formErrors>[0];
  readonly day: string;
}

function PlanContent({ phase, typed, frame, question, plan, problems, day }: PlanProps) {
  const errors = formErrors(problems, fields);
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">Plan a sample</h1>
      <p class="govuk-body">
        What a sample of schools in the register would tell of the country, and what it costs, before money is spent.
        Nothing is drawn here.
      </p>
      <form method="get" action="/assessment-fieldwork/plan" novalidate>
        <Govuk
          is="select"
          options={{
            ...{ id: "phase", name: "phase", label: { text: "Year", classes: "govuk-label--s" } },
            items: phases.map((one) => ({ value: one, text: phaseFacts[one].words, selected: one === phase })),
          }}
        />
        {fields.map((id) => (
          <TextField
            {...{ id, label: words[id][0], hint: words[id][1], value: typed[id], error: errors.of[id], width: 4 }}
          />
        ))}
        <Govuk is="button" options={{ text: "Work it out" }} />
      </form>
      <p class="govuk-body">
        {frame.schools.length.toLocaleString("en-GB")} schools in the register on {day} have pupils in{" "}
        {phaseFacts[phase].words}.
        {frame.leftOut.length > 0 &&
          ` Not covered: ${frame.leftOut.map(({ why, schools }) => `${schools} ${why}`).join("; ")}.`}
      </p>
      {plan && <PlanResults plan={plan} question={question} />}
      {plan && <Cheapest plan={plan} question={question} />}
      <h2 class="govuk-heading-m">What is assumed</h2>
      <ul class="govuk-list govuk-list--bullet">
        {fieldworkParameters
          .filter(({ id }) => /planning|cost|response/.test(id))
          .map(({ label, unit, values }) => {
            const { value, source } = values.at(-1)!;
            return (
              <li>
                {label}: {value.toLocaleString("en-GB")} {unit}. {source.kind === "assumption" ? source.why : ""}
              </li>
            );
          })}
      </ul>
    </div>
  );
}

function PlanResults({ plan, question }: { plan: SamplePlan; question: PlanQuestion }) {
  const { precision, share, cost, unitsDrawn } = plan.asked;
  const rows = plan.bySchools.flatMap(({ schools, gap, mean, cost: money }) =>
    gap === null ? [] : [{ schools, gap, mean, money }],
  );
  return (
    <div>
      <h2 class="govuk-heading-l">What this sample tells</h2>
      <Headlines
        items={[
          { label: "The national mean, ±", figure: points(precision.all.halfWidth), note: "points, 95% interval" },
          {
            label: "The share at a standard, ±",
            figure: `${(100 * share.all.halfWidth).toFixed(1)}`,
            note: "percentage points, where 70% reach it",
          },
          {
            label: "Smallest change in the gap it finds",
            figure: points(precision.gap?.smallestDetectable),
            note: "points, with a chance of 80%",
          },
          {
            label: "Cost",
            figure: pounds(cost),
            note: `about ${Math.round(precision.persons).toLocaleString("en-GB")} pupils taking part`,
          },
        ]}
      />
      {rows.length > 0 && (
        <Figure
          title="More schools find smaller changes in the gap"
          lead={`The smallest change in the gap that is found, by number of schools, with ${question.pupilsPerSchool} pupils each. What is asked for is the line.`}
          chart={intervalRowsChart({
            id: "plan-by-schools",
            title: "Smallest change in the gap that is found, by number of schools",
            description: "One row for each number of schools; further right finds only larger changes.",
            rows: rows.map(({ schools, gap, money }) => ({
              label: `${schools} schools, ${pounds(money)}`,
              value: gap,
              lower: 0,
              upper: gap,
            })),
            line: { at: question.gapChange, label: "asked for" },
            average: { at: 0, label: "none" },
            scaleName: "Points of a scale with standard deviation 100",
            decimals: 1,
          })}
          table={
            <Table
              caption="Precision by number of schools"
              columns={[
                { heading: "Schools", cell: (row) => String(row.schools) },
                { heading: "Mean, ±", numeric: true, cell: (row) => points(row.mean) },
                { heading: "Change in the gap", numeric: true, cell: (row) => points(row.gap) },
                { heading: "Cost", numeric: true, cell: (row) => pounds(row.money) },
              ]}
              rows={rows}
            />
          }
        />
      )}
      <Table
        caption="Every figure of this sample"
        columns={[
          { heading: "Figure", cell: ([name]: FigureRow) => name },
          { heading: "Standard error", numeric: true, cell: ([, figure]) => points(figure?.standardError) },
          { heading: "95% interval, ±", numeric: true, cell: ([, figure]) => points(figure?.halfWidth) },
          { heading: "Smallest change found", numeric: true, cell: ([, figure]) => points(figure?.smallestDetectable) },
        ]}
        rows={[
          ["Mean of all", precision.all],
          ["Mean of disadvantaged pupils", precision.subgroup],
          ["Mean of the others", precision.others],
          ["Gap", precision.gap],
        ]}
      />
      <Table
        caption="Schools drawn by stratum"
        columns={[
          { heading: "Stratum", cell: (row) => row.name },
          { heading: "Schools there are", numeric: true, cell: (row) => row.units.toLocaleString("en-GB") },
          { heading: "Disadvantaged pupils", numeric: true, cell: (row) => `${(100 * row.subgroup).toFixed(0)}%` },
          { heading: "Drawn", numeric: true, cell: (_, h) => String(unitsDrawn[h]) },
        ]}
        rows={plan.strata}
      />
    </div>
  );
}

type FigureRow = readonly [string, PlannedFigure | null];

function Cheapest({ plan: { cheapest }, question }: { plan: SamplePlan; question: PlanQuestion }) {
  if (!cheapest.ok)
    return (
      <Govuk
        is="inset-text"
        options={{
          text: `No sample of this frame finds a change of ${question.gapChange} points. ${cheapest.error.map(({ message, remedy }) => `${message}. ${remedy}.`).join(" ")}`,
        }}
      />
    );
  const { best, byPersonsPerUnit } = cheapest.value;
  const schoolsOf = ({ unitsDrawn }: PlannedChoice) => unitsDrawn.reduce((a, b) => a + b, 0);
  return (
    <div>
      <h2 class="govuk-heading-l">The cheapest sample that finds a change of {question.gapChange} points</h2>
      <p class="govuk-body">
        {schoolsOf(best)} schools with {best.personsPerUnit} pupils each, oversampling {best.tilt}: {pounds(best.cost)}.
      </p>
      <Table
        caption="The cheapest for each number of pupils a school"
        columns={[
          { heading: "Pupils a school", cell: (choice) => String(choice.personsPerUnit) },
          { heading: "Schools", numeric: true, cell: (choice) => String(schoolsOf(choice)) },
          { heading: "Oversampling", numeric: true, cell: (choice) => String(choice.tilt) },
          { heading: "Cost", numeric: true, cell: (choice) => pounds(choice.cost) },
        ]}
        rows={byPersonsPerUnit}
      />
    </div>
  );
}
