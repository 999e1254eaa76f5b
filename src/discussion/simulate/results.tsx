import { Figure, Fold } from "../../platform/pages/figure.js";
import { type Headline, Headlines } from "../../platform/pages/headlines.js";
import { Table } from "../../platform/pages/table.js";
import type { FigureYear, ScenarioReport } from "../../simulation/report/index.js";
import { academicYearOf, amount, amountLike, amountWithBand, differenceUnit } from "../runs/amounts.js";
import { FigureByYear, lineByYear, yearsOf } from "./results-figures.js";
import { PoorestFifth } from "./results-poorest.js";
import { Uncertainty } from "./results-uncertainty.js";
import type { Sheet, ShownRun } from "./shown.js";

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** What an extra teacher-year costs, and how sure that is. */
export function costPerTeacherYearWords(ratio: ScenarioReport["perTeacherYear"]): Pick<Headline, "figure" | "note"> {
  if (ratio === "no draws" || ratio === "no extra cost") return { figure: "No extra cost" };
  if (ratio === "no gain in teacher-years")
    return { figure: "No gain", note: "There are no more teachers than without it" };
  if (ratio === "no gain in most draws") return { figure: "No sure gain", note: "Most draws find no more teachers" };
  const pounds = (value: number) => amount(value, "pounds", 2);
  const { value, low, high, gaining } = ratio;
  if (high === null)
    return {
      figure: `${pounds(low)} or more`,
      note: `No upper end: ${Math.round(gaining * 100)}% of the draws gain teachers`,
    };
  if (low === high) return { figure: pounds(value) };
  const digits = low > value / 2 && high < 2 * value ? 2 : 1; // so wide an interval supports no second digit
  return { figure: amount(value, "pounds", digits), note: `${pounds(low)} to ${pounds(high)}` };
}

/** The first figure and the cost in a line, for where the results themselves aren't in sight. */
export function summaryOf(run: ShownRun): string {
  const [first, ...others] = headlinesOf(run);
  const cost = run.changes ? others.find(({ label }) => label.startsWith("Cost from")) : undefined;
  const words = ({ label, figure }: Headline) => `${label}: ${figure}`;
  return [first!, ...(cost ? [cost] : [])].map(words).join(". ");
}

function headlinesOf(run: ShownRun): readonly Headline[] {
  const last = run.first + run.years - 1;
  const at = (id: string): FigureYear => yearsOf(run, id).at(-1)!;
  const item = (id: string, label: string, unit: "fte" | "people" | "share"): Headline => {
    const { scenario, baseline, difference, effect, level } = at(id);
    if (!run.changes)
      return {
        label,
        figure: amountLike(scenario, scenario, level.parameters, unit),
        note: level.parameters ? bandWords(scenario, level.parameters, unit) : "",
      };
    const words = amountWithBand(difference, effect.parameters, differenceUnit(unit), true);
    const [figure, ...interval] = words.split(" (");
    return {
      label,
      figure: difference === 0 ? "No change" : figure!,
      note: [
        ...interval.map((ends) => ends.replace(")", "")),
        ...moved(
          amountLike(baseline, scenario, level.parameters, unit),
          amountLike(scenario, scenario, level.parameters, unit),
        ),
      ].join("; "),
    };
  };
  const total = sum(run.report.costs.map(({ pounds }) => sum(pounds.filter(Number.isFinite))));
  return [
    item("teachers", `Teachers in ${academicYearOf(last)}`, "fte"),
    item("unfilled", `Posts without a teacher of the subject, ${academicYearOf(last)}`, "fte"),
    item("leavers", `Leavers in ${academicYearOf(last)}`, "people"),
    ...(run.changes
      ? [
          {
            label: `Cost from ${academicYearOf(run.first)} to ${academicYearOf(last)}`,
            figure: total === 0 ? "None" : amount(total, "pounds", 2),
            note: "In pounds of each year",
          },
          { label: "Cost of an extra teacher-year", ...costPerTeacherYearWords(run.report.perTeacherYear) },
        ]
      : []),
  ];
}

/** From where to where, unless their digits are the same. */
const moved = (before: string, after: string) => (before === after ? [] : [`from ${before} to ${after}`]);

const bandWords = (value: number, band: { low: number; high: number }, unit: "fte" | "people" | "share") =>
  amountWithBand(value, band, unit).replace(/^.* \(|\)$/g, "");

function costSheet({ report, first }: ShownRun): Sheet {
  return {
    id: "cost-by-proposal",
    head: ["proposal", "label", "year", "pounds"],
    rows: report.costs.flatMap(({ proposal, label, pounds }) =>
      pounds.map((cost, t) => [proposal, label, first + t, cost]),
    ),
  };
}

/** What the scenario costs by year and proposal. */
function Costs({ run }: { run: ShownRun }) {
  const { costs } = run.report;
  if (costs.length === 0) return null;
  const years = Array.from({ length: run.years }, (_, t) => run.first + t);
  const total = years.map((_, t) => sum(costs.map(({ pounds }) => pounds[t]!).filter(Number.isFinite)));
  const title = "What it costs the state, by year";
  const lead = `${amount(sum(total), "pounds", 2)} in all. Money that schools get and spend otherwise because of a proposal isn't counted twice.`;
  const columns = [
    { heading: "Year", cell: (t: number) => academicYearOf(years[t]!) },
    ...costs.map(({ proposal, label, pounds }) => ({
      heading: proposal === "pay" ? label : `${label} (${proposal})`,
      numeric: true,
      cell: (t: number) => (pounds[t] === 0 ? "£0" : amount(pounds[t]!, "pounds")),
    })),
    { heading: "Together", numeric: true, cell: (t: number) => amount(total[t]!, "pounds") },
  ];
  return (
    <Figure
      title={title}
      lead={lead}
      chart={lineByYear(
        years.map((year, t) => ({ year, value: total[t]!, compared: null, band: null })),
        "pounds",
        { id: "cost", title, description: lead },
      )}
      tableTitle="Show the cost of each proposal as a table"
      table={
        <>
          <Table caption={title} captionHidden small columns={columns} rows={years.map((_, t) => t)} />
          {run.download(costSheet(run))}
        </>
      }
    />
  );
}

function Pair({ run, ids, of = "level" }: { run: ShownRun; ids: readonly string[]; of?: "level" | "effect" }) {
  return (
    <div class="site-simulate-pair">
      {ids.map((id) => (
        <FigureByYear run={run} id={id} of={of} />
      ))}
    </div>
  );
}

/** Everything that is shown of a run: a few charts, and the rest behind folds. */
export function Results({ run }: { run: ShownRun }) {
  const of = run.changes ? "effect" : "level";
  return (
    <>
      <Headlines items={headlinesOf(run)} />
      <Pair run={run} ids={["teachers", "unfilled"]} of={of} />
      <Costs run={run} />
      {run.changes && (
        <Fold summary="Teachers and unfilled posts, with and without the scenario">
          <Pair run={run} ids={["teachers", "unfilled"]} />
        </Fold>
      )}
      <Fold summary="Leavers, trainees and sabbaticals">
        <Pair run={run} ids={["leavers", "trainees", "sabbaticals"]} />
      </Fold>
      <Fold summary="Service benefit paid and owed, and student loans">
        <Pair run={run} ids={["benefit-paid", "benefit-liability", "loan-balance"]} />
      </Fold>
      <Fold summary="What it means for schools in the poorest fifth">
        <Pair run={run} ids={["poorest-teachers", "poorest-unfilled-share"]} />
        <PoorestFifth run={run} />
      </Fold>
      <Fold summary="How sure this is, and what drives it">
        <Uncertainty run={run} />
      </Fold>
    </>
  );
}
